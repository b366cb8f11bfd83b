// Replacement sensor model (STDI-0002 Volume 1, Appendix U).

extension ExtensionTables {
    static let sensorModelRSMECBToRSMPIA: [ExtensionLayout] = [
        ExtensionLayout(
            "RSMECB", "RSM Error Covariance Version B", "STDI-0002 Volume 1, Appendix U, Section 13.7, Table 10",
            """
            IID 80 a
            EDITION 40 a
            TID 40 a
            INCLIC 1 a
            INCLUC 1 a
            if INCLIC = 'Y'
                NPARO 2 n int 1..53
                IGN 2 n int 1..36
                CVDATE 8 a
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
                    NISAP 2 n int
                    NISAPR 2 n int
                    ISAPR * NISAPR
                        XPWRR 1 n int
                        YPWRR 1 n int
                        ZPWRR 1 n int
                    end
                    NISAPC 2 n int
                    ISAPC * NISAPC
                        XPWRC 1 n int
                        YPWRC 1 n int
                        ZPWRC 1 n int
                    end
                end
                if APTYP = 'G'
                    NGSAP 2 n int
                    GSAPID * NGSAP
                        GSAPID 4 a
                    end
                end
                if APBASE = 'Y'
                    NBASIS 2 n int
                    PAR * NPAR
                        AEL * NBASIS
                            AEL 21 n real
                        end
                    end
                end
                IG * IGN
                    NUMOPG 2 n int
                    ERRCVG * (NUMOPG+1)*(NUMOPG)/2
                        ERRCVG 21 n real
                    end
                    TCDF 1 n int 0..2
                    ACSMC 1 a
                    if ACSMC = 'N'
                        NCSEG 1 n int 2..9
                        CSEG * NCSEG
                            CORSEG 21 n real 0..1
                            TAUSEG 21 n real 0..
                        end
                    end
                    if ACSMC = 'Y'
                        AC 21 n real 0..1
                        ALPC 21 n real 0..1
                        BETC 21 n real 0..10
                        TC 21 n real 0..
                    end
                end
                PAR * NPAR
                    MAP * NPARO
                        MAP 21 n real
                    end
                end
            end
            if INCLUC = 'Y'
                URR 21 n real
                URC 21 n real
                UCC 21 n real
                UACSMC 1 a
                if UACSMC = 'N'
                    UNCSR 1 n int 2..9
                    CORSR * UNCSR
                        UCORSR 21 n real 0..1
                        UTAUSR 21 n real 0..
                    end
                    UNCSC 1 n int 2..9
                    CORSC * UNCSC
                        UCORSC 21 n real 0..1
                        UTAUSC 21 n real 0..
                    end
                end
                if UACSMC = 'Y'
                    UACR 21 n real 0..1
                    UALPCR 21 n real 0..1
                    UBETCR 21 n real 0..10
                    UTCR 21 n real 0..
                    UACC 21 n real 0..1
                    UALPCC 21 n real 0..1
                    UBETCC 21 n real 0..10
                    UTCC 21 n real 0..
                end
            end
            """),
        ExtensionLayout(
            "RSMGGA", "RSM Ground-to-Image Grid", "STDI-0002 Volume 1, Appendix U - RSM",
            """
            IID 80 a ; Image Identifier
            EDITION 40 a ; RSM Image Support Data Edition
            GGRSN 3 d int 1..256 ; Ground-to-image Grid Row Section Number
            GGCSN 3 d int 1..256 ; Ground-to-image Grid Col Section Number
            GGRFEP 21 n real ; Ground-to-image Grid Row Fitting Error
            GGCFEP 21 n real ; Ground-to-image Grid Col Fitting Error
            INTORD 1 d int 0..3 ; Ground-to-image Grid Interp Order
            NPLN 3 d int 2..999 ; Number of Grid Planes
            DELTAZ 21 n real ; Delta Z Between Grid Planes
            DELTAX 21 n real ; Delta X Between Grid Points
            DELTAY 21 n real ; Delta Y Between Grid Points
            ZPLN1 21 n real ; Z Value of Plane 1
            XIPLN1 21 n real ; X Value of Initial Point in Plane 1
            YIPLN1 21 n real ; Y Value of Initial Point in Plane 1
            REFROW 9 n int ; Ref Image Row Coord Value
            REFCOL 9 n int ; Ref Image Col Coord Value
            TNUMRD 2 d int 3..31 ; Total Num of Image Row Coord Digits
            TNUMCD 2 d int 3..31 ; Total Num of Image Col Coord Digits
            FNUMRD 1 d int 1..3 ; Num of Image Row Coord Fractional Digits
            FNUMCD 1 d int 1..3 ; Num of Image Col Coord Fractional Digits
            ORIGINS * NPLN-1
                IXO 4 n int ; Initial Grid Points X Off
                IYO 4 n int ; Initial Grid Points Y Off
            end
            PLANES * NPLN
                NXPTS 3 n int 2.. ; Num of Grid Points in the X Direction
                NYPTS 3 n int 2.. ; Num of Grid Points in the Y Direction
                POINTS * NXPTS*NYPTS
                    RCOORD TNUMRD a int ; Grid Point's Row Coord
                    CCOORD TNUMCD a int ; Grid Point's Col Coord
                end
            end
            """),
        ExtensionLayout(
            "RSMGIA", "RSM Grid Identification", "STDI-0002 Volume 1, Appendix U - RSM",
            """
            IID 80 a ; Image Identifier
            EDITION 40 a ; RSM Image Support Data Edition
            GR0 21 n real ; Low Order Poly Const Coeff for Row
            GRX 21 n real ; Low Order Poly Coeff of X for Row
            GRY 21 n real ; Low Order Poly Coeff of Y for Row
            GRZ 21 n real ; Low Order Poly Coeff of Z for Row
            GRXX 21 n real ; Low Order Poly Coeff of XX for Row
            GRXY 21 n real ; Low Order Poly Coeff of XY for Row
            GRXZ 21 n real ; Low Order Poly Coeff of XZ for Row
            GRYY 21 n real ; Low Order Poly Coeff of YY for Row
            GRYZ 21 n real ; Low Order Poly Coeff of YZ for Row
            GRZZ 21 n real ; Low Order Poly Coeff of ZZ for Row
            GC0 21 n real ; Low Order Poly Const Coeff for Col
            GCX 21 n real ; Low Order Poly Coeff of X for Col
            GCY 21 n real ; Low Order Poly Coeff of Y for Col
            GCZ 21 n real ; Low Order Poly Coeff of Z for Col
            GCXX 21 n real ; Low Order Poly Coeff of XX for Col
            GCXY 21 n real ; Low Order Poly Coeff of XY for Col
            GCXZ 21 n real ; Low Order Poly Coeff of XZ for Col
            GCYY 21 n real ; Low Order Poly Coeff of YY for Col
            GCYZ 21 n real ; Low Order Poly Coeff of YZ for Col
            GCZZ 21 n real ; Low Order Poly Coeff of ZZ for Col
            GRNIS 3 d int ; Row Number of Image Sections
            GCNIS 3 d int ; Col Number of Image Sections
            GTNIS 3 d int ; Total Number of Image Sections
            GRSSIZ 21 n real ; Section Size in Rows
            GCSSIZ 21 n real ; Section Size in Cols
            """),
        ExtensionLayout(
            "RSMIDA", "RSM Identification", "STDI-0002 Volume 1, Appendix U - RSM",
            """
            IID 80 a ; Image Identifier
            EDITION 40 a ; RSM Image Support Data Edition
            ISID 40 a ; Image Sequence Identifier
            SID 40 a ; Sensor Identifier
            STID 40 a ; Sensor Type Identifier
            YEAR 4 d int ; Year of Image Acquisition
            MONTH 2 d int 01..12 ; Month of Image Acquisition
            DAY 2 d int 01..31 ; Day of Image Acquisition
            HOUR 2 d int 00..23 ; Hour of Image Acquisition
            MINUTE 2 d int 00..59 ; Minute of Image Acquisition
            SECOND 9 n real 00.000000..59.999999 ; Second of Image Acquisition
            NRG 8 d int 1..99999999 [pixels] ; Number of Rows Acquired Simultaneously
            NCG 8 d int 1..99999999 [pixels] ; Number of Columns Acquired Simultaneously
            TRG 21 n real [seconds] ; Time Between Adjacent Row Groups
            TCG 21 n real [seconds] ; Time Between Adjacent Column Groups
            GRNDD 1 a ; Ground Domain Form
            XUOR 21 n real [meters] ; Regular Coordinate Origin (XUOR)
            YUOR 21 n real [meters] ; Regular Coordinate Origin (YUOR)
            ZUOR 21 n real [meters] ; Regular Coordinate Origin (ZUOR)
            XUXR 21 n real ; Rectangular Coord Unit Vector (XUXR)
            XUYR 21 n real ; Rectangular Coord Unit Vector (XUYR)
            XUZR 21 n real ; Rectangular Coord Unit Vector (XUZR)
            YUXR 21 n real ; Rectangular Coord Unit Vector (YUXR)
            YUYR 21 n real ; Rectangular Coord Unit Vector (YUYR)
            YUZR 21 n real ; Rectangular Coord Unit Vector (YUZR)
            ZUXR 21 n real ; Rectangular Coord Unit Vector (ZUXR)
            ZUYR 21 n real ; Rectangular Coord Unit Vector (ZUYR)
            ZUZR 21 n real ; Rectangular Coord Unit Vector (ZUZR)
            V1X 21 n real ; Vertex 1 - X coord of the RSM ground domain
            V1Y 21 n real ; Vertex 1 - Y coord of the RSM ground domain
            V1Z 21 n real ; Vertex 1 - Z coord of the RSM ground domain
            V2X 21 n real ; Vertex 2 - X coord of the RSM ground domain
            V2Y 21 n real ; Vertex 2 - Y coord of the RSM ground domain
            V2Z 21 n real ; Vertex 2 - Z coord of the RSM ground domain
            V3X 21 n real ; Vertex 3 - X coord of the RSM ground domain
            V3Y 21 n real ; Vertex 3 - Y coord of the RSM ground domain
            V3Z 21 n real ; Vertex 3 - Z coord of the RSM ground domain
            V4X 21 n real ; Vertex 4 - X coord of the RSM ground domain
            V4Y 21 n real ; Vertex 4 - Y coord of the RSM ground domain
            V4Z 21 n real ; Vertex 4 - Z coord of the RSM ground domain
            V5X 21 n real ; Vertex 5 - X coord of the RSM ground domain
            V5Y 21 n real ; Vertex 5 - Y coord of the RSM ground domain
            V5Z 21 n real ; Vertex 5 - Z coord of the RSM ground domain
            V6X 21 n real ; Vertex 6 - X coord of the RSM ground domain
            V6Y 21 n real ; Vertex 6 - Y coord of the RSM ground domain
            V6Z 21 n real ; Vertex 6 - Z coord of the RSM ground domain
            V7X 21 n real ; Vertex 7 - X coord of the RSM ground domain
            V7Y 21 n real ; Vertex 7 - Y coord of the RSM ground domain
            V7Z 21 n real ; Vertex 7 - Z coord of the RSM ground domain
            V8X 21 n real ; Vertex 8 - X coord of the RSM ground domain
            V8Y 21 n real ; Vertex 8 - Y coord of the RSM ground domain
            V8Z 21 n real ; Vertex 8 - Z coord of the RSM ground domain
            GRPX 21 n real ; Ground Reference Point X
            GRPY 21 n real ; Ground Reference Point Y
            GRPZ 21 n real ; Ground Reference Point Z
            FULLR 8 d int 1..99999999 [pixels] ; Number of Rows in Full Image
            FULLC 8 d int 1..99999999 [pixels] ; Number of Cols in Full Image
            MINR 8 d int 0..99999999 [pixels] ; Minimum Row
            MAXR 8 d int 0..99999999 [pixels] ; Maximum Row
            MINC 8 d int 0..99999999 [pixels] ; Minimum Col
            MAXC 8 d int 0..99999999 [pixels] ; Maximum Col
            IE0 21 n real [radians] ; Illum Elevation Angle Const Coeff
            IER 21 n real ; Illum Elevation Angle Coeff Per Row
            IEC 21 n real ; Illum Elevation Angle Coeff Per Col
            IERR 21 n real ; Illum Elevation Angle Coeff Per Row^2
            IERC 21 n real ; Illum Elevation Angle Coeff Per Row-Col
            IECC 21 n real ; Illum Elevation Angle Coeff Per Col^2
            IA0 21 n real [radians] ; Illum Azimuth Angle Const
            IAR 21 n real ; Illum Azimuth Angle Coeff Per Row
            IAC 21 n real ; Illum Azimuth Angle Coeff Per Col
            IARR 21 n real ; Illum Azimuth Angle Coeff Per Row^2
            IARC 21 n real ; Illum Azimuth Angle Coeff Per Row-Col
            IACC 21 n real ; Illum Azimuth Angle Coeff Per Col^2
            SPX 21 n real ; Sensor x-position
            SVX 21 n real ; Sensor x-velocity
            SAX 21 n real ; Sensor x-acceleration
            SPY 21 n real ; Sensor y-position
            SVY 21 n real ; Sensor y-velocity
            SAY 21 n real ; Sensor y-acceleration
            SPZ 21 n real ; Sensor z-position
            SVZ 21 n real ; Sensor z-velocity
            SAZ 21 n real ; Sensor z-acceleration
            """),
        ExtensionLayout(
            "RSMPCA", "RSM Polynomial Coefficients", "STDI-0002 Volume 1, Appendix U - RSM",
            """
            IID 80 a ; Image Identifier
            EDITION 40 a ; RSM Image Support Data Edition
            RSN 3 d int 1..256 ; Row Section Number
            CSN 3 d int 1..256 ; Column Section Number
            RFEP 21 n real ; Row Fitting Error
            CFEP 21 n real ; Col Fitting Error
            RNRMO 21 n real ; Row Normalization Offset
            CNRMO 21 n real ; Col Normalization Offset
            XNRMO 21 n real ; X Normalization Offset
            YNRMO 21 n real ; Y Normalization Offset
            ZNRMO 21 n real ; Z Normalization Offset
            RNRMSF 21 n real ; Row Normalization Scale Factor
            CNRMSF 21 n real ; Col Normalization Scale Factor
            XNRMSF 21 n real ; X Normalization Scale Factor
            YNRMSF 21 n real ; Y Normalization Scale Factor
            ZNRMSF 21 n real ; Z Normalization Scale Factor
            RNPWRX 1 d int 0..5 ; Row Numerator Poly Max Power of X
            RNPWRY 1 d int 0..5 ; Row Numerator Poly Max Power of Y
            RNPWRZ 1 d int 0..5 ; Row Numerator Poly Max Power of Z
            RNTRMS 3 d int 1..216 ; Row Numerator Poly Number of Poly Terms
            RNPCF * RNTRMS
                RNPCF 21 n real ; Poly Coeff
            end
            RDPWRX 1 d int 0..5 ; Row Denominator Poly Max Power of X
            RDPWRY 1 d int 0..5 ; Row Denominator Poly Max Power of Y
            RDPWRZ 1 d int 0..5 ; Row Denominator Poly Max Power of Z
            RDTRMS 3 d int 1..216 ; Row Denominator Poly Number of Poly Terms
            RDPCF * RDTRMS
                RDPCF 21 n real ; Poly Coeff
            end
            CNPWRX 1 d int 0..5 ; Row Numerator Poly Max Power of X
            CNPWRY 1 d int 0..5 ; Row Numerator Poly Max Power of Y
            CNPWRZ 1 d int 0..5 ; Row Numerator Poly Max Power of Z
            CNTRMS 3 d int 1..216 ; Row Numerator Poly Number of Poly Terms
            CNPCF * CNTRMS
                CNPCF 21 n real ; Poly Coeff
            end
            CDPWRX 1 d int 0..5 ; Row Denominator Poly Max Power of X
            CDPWRY 1 d int 0..5 ; Row Denominator Poly Max Power of Y
            CDPWRZ 1 d int 0..5 ; Row Denominator Poly Max Power of Z
            CDTRMS 3 d int 1..216 ; Row Denominator Poly Number of Poly Terms
            CDPCF * CDTRMS
                CDPCF 21 n real ; Poly Coeff
            end
            """),
        ExtensionLayout(
            "RSMPIA", "RSM Polynomial Identification", "STDI-0002 Volume 1, Appendix U - RSM",
            """
            IID 80 a ; Image Identifier
            EDITION 40 a ; RSM Image Support Data Edition
            R0 21 n real ; Low Order Poly Const Coeff for Row
            RX 21 n real ; Low Order Poly Coff of X for Row
            RY 21 n real ; Low Order Poly Coff of Y for Row
            RZ 21 n real ; Low Order Poly Coff of Z for Row
            RXX 21 n real ; Low Order Poly Coff of XX for Row
            RXY 21 n real ; Low Order Poly Coff of XY for Row
            RXZ 21 n real ; Low Order Poly Coff of XZ for Row
            RYY 21 n real ; Low Order Poly Coff of YY for Row
            RYZ 21 n real ; Low Order Poly Coff of YZ for Row
            RZZ 21 n real ; Low Order Poly Coff of ZZ for Row
            C0 21 n real ; Low Order Poly Const Coeff for Col
            CX 21 n real ; Low Order Poly Coff of X for Col
            CY 21 n real ; Low Order Poly Coff of Y for Col
            CZ 21 n real ; Low Order Poly Coff of Z for Col
            CXX 21 n real ; Low Order Poly Coff of XX for Col
            CXY 21 n real ; Low Order Poly Coff of XY for Col
            CXZ 21 n real ; Low Order Poly Coff of XZ for Col
            CYY 21 n real ; Low Order Poly Coff of YY for Col
            CYZ 21 n real ; Low Order Poly Coff of YZ for Col
            CZZ 21 n real ; Low Order Poly Coff of ZZ for Col
            RNIS 3 d int ; Row Number of Image Sections
            CNIS 3 d int ; Column Number of Image Sections
            TNIS 3 d int ; Total Number of Image Sections
            RSSIZ 21 n real ; Section Size in Rows
            CSSIZ 21 n real ; Section Size in Cols
            """),
    ]
}
