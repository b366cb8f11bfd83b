// Replacement sensor model (STDI-0002 Volume 1, Appendix U).

extension ExtensionTables {
    static let sensorModelRSMAPAToRSMECA: [ExtensionLayout] = [
        ExtensionLayout(
            "RSMAPA", "RSM Adjustable Parameters", "STDI-0002 Volume 1, Appendix U - RSM",
            """
            IID 80 a ; Image Identifier
            EDITION 40 a ; RSM Image Support Data Edition
            TID 40 a ; Triangulation ID
            NPAR 2 n int 1..36 ; Number of Parameters
            XUOL 21 a real [meters] ; Local Coord Origin (XUOL)
            YUOL 21 a real [meters] ; Local Coord Origin (YUOL)
            ZUOL 21 a real [meters] ; Local Coord Origin (ZUOL)
            XUXL 21 a real ; Local Coord Unit Vector (XUXL)
            XUYL 21 a real ; Local Coord Unit Vector (XUYL)
            XUZL 21 a real ; Local Coord Unit Vector (XUZL)
            YUXL 21 a real ; Local Coord Unit Vector (YUXL)
            YUYL 21 a real ; Local Coord Unit Vector (YUYL)
            YUZL 21 a real ; Local Coord Unit Vector (YUZL)
            ZUXL 21 a real ; Local Coord Unit Vector (ZUXL)
            ZUYL 21 a real ; Local Coord Unit Vector (ZUYL)
            ZUZL 21 a real ; Local Coord Unit Vector (ZUZL)
            IRO 2 a int 1..36 ; Image Row Constant Index
            IRX 2 a int 1..36 ; Image Row X Index
            IRY 2 a int 1..36 ; Image Row Y Index
            IRZ 2 a int 1..36 ; Image Row Z Index
            IRXX 2 a int 1..36 ; Image Row X^2 Index
            IRXY 2 a int 1..36 ; Image Row XY Index
            IRXZ 2 a int 1..36 ; Image Row XZ Index
            IRYY 2 a int 1..36 ; Image Row Y^2 Index
            IRYZ 2 a int 1..36 ; Image Row YZ Index
            IRZZ 2 a int 1..36 ; Image Row Z^2 Index
            IC0 2 a int 1..36 ; Image Col Constant Index
            ICX 2 a int 1..36 ; Image Col X Index
            ICY 2 a int 1..36 ; Image Col Y Index
            ICZ 2 a int 1..36 ; Image Col Z Index
            ICXX 2 a int 1..36 ; Image Col X^2 Index
            ICXY 2 a int 1..36 ; Image Col XY Index
            ICXZ 2 a int 1..36 ; Image Col XZ Index
            ICYY 2 a int 1..36 ; Image Col Y^2 Index
            ICYZ 2 a int 1..36 ; Image Col YZ Index
            ICZZ 2 a int 1..36 ; Image Col Z^2 Index
            GXO 2 a int 1..36 ; Ground X Constant Index
            GYO 2 a int 1..36 ; Ground Y Constant Index
            GZO 2 a int 1..36 ; Ground Z Constant Index
            GXR 2 a int 1..36 ; Ground Rotation X
            GYR 2 a int 1..36 ; Ground Rotation Y
            GZR 2 a int 1..36 ; Ground Rotation Z
            GS 2 a int 1..36 ; Ground Scale
            GXX 2 a int 1..36 ; Ground X Adj Proportional to X index
            GXY 2 a int 1..36 ; Ground X Adj Proportional to Y index
            GXZ 2 a int 1..36 ; Ground X Adj Proportional to Z index
            GYX 2 a int 1..36 ; Ground Y Adj Proportional to X index
            GYY 2 a int 1..36 ; Ground Y Adj Proportional to Y index
            GYZ 2 a int 1..36 ; Ground Y Adj Proportional to Z index
            GZX 2 a int 1..36 ; Ground Z Adj Proportional to X index
            GZY 2 a int 1..36 ; Ground Z Adj Proportional to Y index
            GZZ 2 a int 1..36 ; Ground Z Adj Proportional to Z index
            PARVAL * NPAR
                PARVAL 21 a real ; Component Value
            end
            """),
        ExtensionLayout(
            "RSMAPB", "RSM Adjustable Parameters Version B", "STDI-0002 Volume 1, Appendix U, Section 11.4, Table 8",
            """
            IID 80 a
            EDITION 40 a
            TID 40 a
            NPAR 2 n int 1..36
            APTYP 1 a
            LOCTYP 1 a
            NSFX 21 n real
            NSFY 21 n real
            NSFZ 21 n real
            NOFFX 21 n real
            NOFFY 21 n real
            NOFFZ 21 n real
            if LOCTYP = 'R'
                XUOL 21 n real
                YUOL 21 n real
                ZUOL 21 n real
                XUXL 21 n real -1..1
                XUYL 21 n real -1..1
                XUZL 21 n real -1..1
                YUXL 21 n real -1..1
                YUYL 21 n real -1..1
                YUZL 21 n real -1..1
                ZUXL 21 n real -1..1
                ZUYL 21 n real -1..1
                ZUZL 21 n real -1..1
            end
            APBASE 1 a
            if APTYP = 'I'
                NISAP 2 n int 1..99
                NISAPR 2 n int 0..99
                ISAPR * NISAPR
                    XPWRR 1 n int 0..5
                    YPWRR 1 n int 0..5
                    ZPWRR 1 n int 0..5
                end
                NISAPC 2 n int 0..99
                ISAPC * NISAPC
                    XPWRC 1 n int 0..5
                    YPWRC 1 n int 0..5
                    ZPWRC 1 n int 0..5
                end
            end
            if APTYP = 'G'
                NGSAP 2 n int 1..16
                GSAPID * NGSAP
                    GSAPID 4 a
                end
            end
            if APBASE = 'Y'
                NBASIS 2 n int 1..99
                PAR * NPAR
                    AEL * NBASIS
                        AEL 21 n real
                    end
                end
            end
            PARVAL * NPAR
                PARVAL 21 n real
            end
            """),
        ExtensionLayout(
            "RSMDCA", "RSM Direct Error Covariance", "STDI-0002 Volume 1, Appendix U - RSM",
            """
            IID 80 a ; Image Identifier
            EDITION 40 a ; RSM Image Support Data Edition
            TID 40 a ; Triangulation ID
            NPAR 2 n int 1..36 ; Number of Parameters
            NIMGE 3 n int 1..999 ; Number of Images
            NPART 5 n int 1..99999 ; Total Number of Parameters
            IMAGE * NIMGE
                IID 80 a ; Image Identifier
                NPARI 2 n int 1..36 ; Number of Parameters
            end
            XUOL 21 a real [meters] ; Local Coord Origin (XUOL)
            YUOL 21 a real [meters] ; Local Coord Origin (YUOL)
            ZUOL 21 a real [meters] ; Local Coord Origin (ZUOL)
            XUXL 21 a real ; Local Coord Unit Vector (XUXL)
            XUYL 21 a real ; Local Coord Unit Vector (XUYL)
            XUZL 21 a real ; Local Coord Unit Vector (XUZL)
            YUXL 21 a real ; Local Coord Unit Vector (YUXL)
            YUYL 21 a real ; Local Coord Unit Vector (YUYL)
            YUZL 21 a real ; Local Coord Unit Vector (YUZL)
            ZUXL 21 a real ; Local Coord Unit Vector (ZUXL)
            ZUYL 21 a real ; Local Coord Unit Vector (ZUYL)
            ZUZL 21 a real ; Local Coord Unit Vector (ZUZL)
            IRO 2 a int 1..36 ; Image Row Constant Index
            IRX 2 a int 1..36 ; Image Row X Index
            IRY 2 a int 1..36 ; Image Row Y Index
            IRZ 2 a int 1..36 ; Image Row Z Index
            IRXX 2 a int 1..36 ; Image Row X^2 Index
            IRXY 2 a int 1..36 ; Image Row XY Index
            IRXZ 2 a int 1..36 ; Image Row XZ Index
            IRYY 2 a int 1..36 ; Image Row Y^2 Index
            IRYZ 2 a int 1..36 ; Image Row YZ Index
            IRZZ 2 a int 1..36 ; Image Row Z^2 Index
            IC0 2 a int 1..36 ; Image Col Constant Index
            ICX 2 a int 1..36 ; Image Col X Index
            ICY 2 a int 1..36 ; Image Col Y Index
            ICZ 2 a int 1..36 ; Image Col Z Index
            ICXX 2 a int 1..36 ; Image Col X^2 Index
            ICXY 2 a int 1..36 ; Image Col XY Index
            ICXZ 2 a int 1..36 ; Image Col XZ Index
            ICYY 2 a int 1..36 ; Image Col Y^2 Index
            ICYZ 2 a int 1..36 ; Image Col YZ Index
            ICZZ 2 a int 1..36 ; Image Col Z^2 Index
            GXO 2 a int 1..36 ; Ground X Constant Index
            GYO 2 a int 1..36 ; Ground Y Constant Index
            GZO 2 a int 1..36 ; Ground Z Constant Index
            GXR 2 a int 1..36 ; Ground Rotation X
            GYR 2 a int 1..36 ; Ground Rotation Y
            GZR 2 a int 1..36 ; Ground Rotation Z
            GS 2 a int 1..36 ; Ground Scale
            GXX 2 a int 1..36 ; Ground X Adj Proportional to X index
            GXY 2 a int 1..36 ; Ground X Adj Proportional to Y index
            GXZ 2 a int 1..36 ; Ground X Adj Proportional to Z index
            GYX 2 a int 1..36 ; Ground Y Adj Proportional to X index
            GYY 2 a int 1..36 ; Ground Y Adj Proportional to Y index
            GYZ 2 a int 1..36 ; Ground Y Adj Proportional to Z index
            GZX 2 a int 1..36 ; Ground Z Adj Proportional to X index
            GZY 2 a int 1..36 ; Ground Z Adj Proportional to Y index
            GZZ 2 a int 1..36 ; Ground Z Adj Proportional to Z index
            DERCOV * (NPART+1)*(NPART)/2
                DERCOV 21 a real ; Direct Error Covariance Element
            end
            """),
        ExtensionLayout(
            "RSMDCB", "RSM Direct Covariance Version B", "STDI-0002 Volume 1, Appendix U, Section 9.6, Table 6",
            """
            IID 80 a
            EDITION 40 a
            TID 40 a
            NROWCB 2 n int
            NIMGE 3 n int
            IMAGES * NIMGE
                IIDI 80 a
                NCOLCB 2 n int 1..36
            end
            INCAPD 1 a
            if INCAPD = 'Y'
                NPAR 2 n int 1..36
                APTYP 1 a
                LOCTYP 1 a
                NSFX 21 n real
                NSFY 21 n real
                NSFZ 21 n real
                NOFFX 21 n real
                NOFFY 21 n real
                NOFFZ 21 n real
                if LOCTYP = 'R'
                    XUOL 21 n real
                    YUOL 21 n real
                    ZUOL 21 n real
                    XUXL 21 n real -1..1
                    XUYL 21 n real -1..1
                    XUZL 21 n real -1..1
                    YUXL 21 n real -1..1
                    YUYL 21 n real -1..1
                    YUZL 21 n real -1..1
                    ZUXL 21 n real -1..1
                    ZUYL 21 n real -1..1
                    ZUZL 21 n real -1..1
                end
                APBASE 1 a
                if APTYP = 'I'
                    NISAP 2 n int 1..99
                    NISAPR 2 n int 0..99
                    ISAPR * NISAPR
                        XPWRR 1 n int 0..5
                        YPWRR 1 n int 0..5
                        ZPWRR 1 n int 0..5
                    end
                    NISAPC 2 n int 0..99
                    ISAPC * NISAPC
                        XPWRC 1 n int 0..5
                        YPWRC 1 n int 0..5
                        ZPWRC 1 n int 0..5
                    end
                end
                if APTYP = 'G'
                    NGSAP 2 n int 1..16
                    GSAPID * NGSAP
                        GSAPID 4 a
                    end
                end
                if APBASE = 'Y'
                    NBASIS 2 n int 1..99
                    PAR * NPAR
                        AEL * NBASIS
                            AEL 21 n real
                        end
                    end
                end
            end
            COVARIANCES * NIMGE
                ROWS * NROWCB
                    CRSCOV * each(NCOLCB)
                        CRSCOV 21 n real
                    end
                end
            end
            """),
        ExtensionLayout(
            "RSMECA", "RSM Error Covariance", "STDI-0002 Volume 1, Appendix U - RSM",
            """
            IID 80 a ; Image Identifier
            EDITION 40 a ; RSM Image Support Data Edition
            TID 40 a ; Triangulation ID
            INCLIC 1 a ; Include Indirect Error Covariance
            INCLUC 1 a ; Include Indirect Error Covariance
            if INCLIC = 'Y'
                NPAR 2 n int 1..36 ; Number of Parameters
                NPARO 2 n int 1..36 ; Number of Original Adjustable Params
                IGN 2 n int 1..36 ; Number of Independent Subgroups
                CVDATE 8 a ; Version Date of the Orig Image Err Cov
                XUOL 21 a real [meters] ; Local Coord Origin (XUOL)
                YUOL 21 a real [meters] ; Local Coord Origin (YUOL)
                ZUOL 21 a real [meters] ; Local Coord Origin (ZUOL)
                XUXL 21 a real ; Local Coord Unit Vector (XUXL)
                XUYL 21 a real ; Local Coord Unit Vector (XUYL)
                XUZL 21 a real ; Local Coord Unit Vector (XUZL)
                YUXL 21 a real ; Local Coord Unit Vector (YUXL)
                YUYL 21 a real ; Local Coord Unit Vector (YUYL)
                YUZL 21 a real ; Local Coord Unit Vector (YUZL)
                ZUXL 21 a real ; Local Coord Unit Vector (ZUXL)
                ZUYL 21 a real ; Local Coord Unit Vector (ZUYL)
                ZUZL 21 a real ; Local Coord Unit Vector (ZUZL)
                IRO 2 a int 1..36 ; Image Row Constant Index
                IRX 2 a int 1..36 ; Image Row X Index
                IRY 2 a int 1..36 ; Image Row Y Index
                IRZ 2 a int 1..36 ; Image Row Z Index
                IRXX 2 a int 1..36 ; Image Row X^2 Index
                IRXY 2 a int 1..36 ; Image Row XY Index
                IRXZ 2 a int 1..36 ; Image Row XZ Index
                IRYY 2 a int 1..36 ; Image Row Y^2 Index
                IRYZ 2 a int 1..36 ; Image Row YZ Index
                IRZZ 2 a int 1..36 ; Image Row Z^2 Index
                IC0 2 a int 1..36 ; Image Col Constant Index
                ICX 2 a int 1..36 ; Image Col X Index
                ICY 2 a int 1..36 ; Image Col Y Index
                ICZ 2 a int 1..36 ; Image Col Z Index
                ICXX 2 a int 1..36 ; Image Col X^2 Index
                ICXY 2 a int 1..36 ; Image Col XY Index
                ICXZ 2 a int 1..36 ; Image Col XZ Index
                ICYY 2 a int 1..36 ; Image Col Y^2 Index
                ICYZ 2 a int 1..36 ; Image Col YZ Index
                ICZZ 2 a int 1..36 ; Image Col Z^2 Index
                GXO 2 a int 1..36 ; Ground X Constant Index
                GYO 2 a int 1..36 ; Ground Y Constant Index
                GZO 2 a int 1..36 ; Ground Z Constant Index
                GXR 2 a int 1..36 ; Ground Rotation X
                GYR 2 a int 1..36 ; Ground Rotation Y
                GZR 2 a int 1..36 ; Ground Rotation Z
                GS 2 a int 1..36 ; Ground Scale
                GXX 2 a int 1..36 ; Ground X Adj Proportional to X index
                GXY 2 a int 1..36 ; Ground X Adj Proportional to Y index
                GXZ 2 a int 1..36 ; Ground X Adj Proportional to Z index
                GYX 2 a int 1..36 ; Ground Y Adj Proportional to X index
                GYY 2 a int 1..36 ; Ground Y Adj Proportional to Y index
                GYZ 2 a int 1..36 ; Ground Y Adj Proportional to Z index
                GZX 2 a int 1..36 ; Ground Z Adj Proportional to X index
                GZY 2 a int 1..36 ; Ground Z Adj Proportional to Y index
                GZZ 2 a int 1..36 ; Ground Z Adj Proportional to Z index
                IG * IGN
                    NUMOPG 2 n int 1..36 ; Number of Orig Adj Params in Subgroup
                    ERRCVG * (NUMOPG+1)*(NUMOPG)/2
                        ERRCVG 21 a real ; Original Error Covariance Element
                    end
                    TCDF 1 n int 0..2 ; Time Correlation Domain Flag
                    NCSEG 1 n int 2..9 ; Number of Correlation Segments
                    CORSEG * NCSEG
                        CORSEG 21 a real ; Segment Correlation Value
                        TAUSEG 21 a real [seconds] ; Segment Tau Value
                    end
                end
                RESERVED * NPAR*NPARO
                    RESERVED 21 n real
                end
            end
            if INCLUC = 'Y'
                URR 21 a real [pixel^2] ; Unmodeled Row Variance
                URC 21 a real [pixel^2] ; Unmodeled Row-Column Covariance
                UCC 21 a real [pixel^2] ; Unmodeled Column Variance
                UNCSR 1 n int 2..9 ; Number of Corr Segs for ind-variable Row distance
                CORSR * UNCSR
                    UCORSR 21 a real ; Segment Correlation Value
                    UTAUSR 21 a real [pixels] ; Segment Tau Value
                end
                UNCSC 1 n int 2..9 ; Number of Corr Segs for ind-variable Col distance
                CORSC * UNCSC
                    UCORSC 21 a real ; Segment Correlation Value
                    UTAUSC 21 a real [pixels] ; Segment Tau Value
                end
            end
            """),
    ]
}
