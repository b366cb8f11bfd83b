// Fields of text subheaders (MIL-STD-2500C Table A-6; NITF 2.0: MIL-STD-2500A Table X).

extension FieldTable {
    /// NITF 2.1 and NSIF 1.0.
    static let text21 = FieldTable(
        "NITF text subheader", of: "MIL-STD-2500C Table A-6",
        """
        TE 2 a
        TEXTID 7 a
        TXTALVL 3 n
        TXTDT 14 n
        TXTITL 80
        TSCLAS 1
        TSCLSY 2
        TSCODE 11
        TSCTLH 2
        TSREL 20
        TSDCTP 2
        TSDCDT 8
        TSDCXM 4
        TSDG 1
        TSDGDT 8
        TSCLTX 43
        TSCATP 1
        TSCAUT 40
        TSCRSN 1
        TSSRDT 8
        TSCTLN 15
        ENCRYP 1 n
        TXTFMT 3 a
        TXSHDL 5 n
        TXSOFL 3 n if TXSHDL > 0
        TXSHD TXSHDL-3 t if TXSHDL > 3
        """)

    /// NITF 2.0.
    static let text20 = FieldTable(
        "NITF text subheader", of: "MIL-STD-2500A Table X",
        """
        TE 2
        TEXTID 10
        TXTDT 14
        TXTITL 80
        TSCLAS 1
        TSCODE 40
        TSCTLH 40
        TSREL 40
        TSCAUT 20
        TSCTLN 20
        TSDWNG 6
        TSDEVT 40 if TSDWNG = '999998'
        ENCRYP 1 n
        TXTFMT 3
        TXSHDL 5 n
        TXSOFL 3 n if TXSHDL > 0
        TXSHD TXSHDL-3 t if TXSHDL > 3
        """)
}
