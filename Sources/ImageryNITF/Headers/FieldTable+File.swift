// Fields of the file header (MIL-STD-2500C Table A-1; NITF 2.0: MIL-STD-2500A Table I).

extension FieldTable {
    /// NITF 2.1 and NSIF 1.0.
    static let fileHeader21 = FieldTable(
        "NITF file header", of: "MIL-STD-2500C Table A-1",
        """
        FHDR 4 a
        FVER 5 a
        CLEVEL 2 n
        STYPE 4 a
        OSTAID 10 a
        FDT 14 n
        FTITLE 80
        FSCLAS 1
        FSCLSY 2
        FSCODE 11
        FSCTLH 2
        FSREL 20
        FSDCTP 2
        FSDCDT 8
        FSDCXM 4
        FSDG 1
        FSDGDT 8
        FSCLTX 43
        FSCATP 1
        FSCAUT 40
        FSCRSN 1
        FSSRDT 8
        FSCTLN 15
        FSCOP 5 n
        FSCPYS 5 n
        ENCRYP 1 n
        FBKGC 3 b
        ONAME 24
        OPHONE 18
        FL 12 n
        HL 6 n
        NUMI 3 n
        IMAGES * NUMI
            LISH 6 n
            LI 10 n
        end
        NUMS 3 n
        GRAPHICS * NUMS
            LSSH 4 n
            LS 6 n
        end
        NUMX 3 n
        NUMT 3 n
        TEXTS * NUMT
            LTSH 4 n
            LT 5 n
        end
        NUMDES 3 n
        DES * NUMDES
            LDSH 4 n
            LD 9 n
        end
        NUMRES 3 n
        RES * NUMRES
            LRESH 4 n
            LRE 7 n
        end
        UDHDL 5 n
        UDHOFL 3 n if UDHDL > 0
        UDHD UDHDL-3 t if UDHDL > 3
        XHDL 5 n
        XHDLOFL 3 n if XHDL > 0
        XHD XHDL-3 t if XHDL > 3
        """)

    /// NITF 2.0.
    static let fileHeader20 = FieldTable(
        "NITF file header", of: "MIL-STD-2500A Table I",
        """
        FHDR 9
        CLEVEL 2
        STYPE 4
        OSTAID 10
        FDT 14
        FTITLE 80
        FSCLAS 1
        FSCODE 40
        FSCTLH 40
        FSREL 40
        FSCAUT 20
        FSCTLN 20
        FSDWNG 6
        FSDEVT 40 if FSDWNG = '999998'
        FSCOP 5 n
        FSCPYS 5 n
        ENCRYP 1 n
        ONAME 27
        OPHONE 18
        FL 12 n
        HL 6 n
        NUMI 3 n
        IMAGES * NUMI
            LISH 6 n
            LI 10 n
        end
        NUMS 3 n
        SYMBOLS * NUMS
            LSSH 4 n
            LS 6 n
        end
        NUML 3 n
        LABELS * NUML
            LLSH 4 n
            LL 3 n
        end
        NUMT 3 n
        TEXTS * NUMT
            LTSH 4 n
            LT 5 n
        end
        NUMDES 3 n
        DES * NUMDES
            LDSH 4 n
            LD 9 n
        end
        NUMRES 3 n
        RES * NUMRES
            LRSH 4 n
            LR 7 n
        end
        UDHDL 5 n
        UDHOFL 3 n if UDHDL > 0
        UDHD UDHDL-3 t if UDHDL > 3
        XHDL 5 n
        XHDLOFL 3 n if XHDL > 0
        XHD XHDL-3 t if XHDL > 3
        """)
}
