// Fields of graphic subheaders (MIL-STD-2500C Table A-5; NITF 2.0: symbols and labels, MIL-STD-2500A Tables VI and VIII).

extension FieldTable {
    /// NITF 2.1 and NSIF 1.0.
    static let graphic21 = FieldTable(
        "NITF graphic subheader", of: "MIL-STD-2500C Table A-5",
        """
        SY 2 a
        SID 10 a
        SNAME 20
        SSCLAS 1
        SSCLSY 2
        SSCODE 11
        SSCTLH 2
        SSREL 20
        SSDCTP 2
        SSDCDT 8
        SSDCXM 4
        SSDG 1
        SSDGDT 8
        SSCLTX 43
        SSCATP 1
        SSCAUT 40
        SSCRSN 1
        SSSRDT 8
        SSCTLN 15
        ENCRYP 1 n
        SFMT 1 a
        SSTRUCT 13 n
        SDLVL 3 n
        SALVL 3 n
        SLOC 10 n
        SBND1 10 n
        SCOLOR 1 a
        SBND2 10 n
        SRES2 2 n
        SXSHDL 5 n
        SXSOFL 3 n if SXSHDL > 0
        SXSHD SXSHDL-3 t if SXSHDL > 3
        """)

    /// NITF 2.0, symbols.
    static let symbol20 = FieldTable(
        "NITF symbol subheader", of: "MIL-STD-2500A Table VI",
        """
        SY 2
        SID 10
        SNAME 20
        SSCLAS 1
        SSCODE 40
        SSCTLH 40
        SSREL 40
        SSCAUT 20
        SSCTLN 20
        SSDWNG 6
        SSDEVT 40 if SSDWNG = '999998'
        ENCRYP 1 n
        STYPE 1
        NLIPS 4 n
        NPIXPL 4 n
        NWDTH 4 n
        NBPP 1 n
        SDLVL 3 n
        SALVL 3 n
        SLOC 10 n
        SLOC2 10 n
        SCOLOR 1
        SNUM 6
        SROT 3 n
        NELUT 3 n
        DLUT NELUT b if NELUT > 0 and SCOLOR != 'C'
        DLUT * NELUT if NELUT > 0 and SCOLOR = 'C'
            DLUT 3 b
        end
        SXSHDL 5 n
        SXSOFL 3 n if SXSHDL > 0
        SXSHD SXSHDL-3 t if SXSHDL > 3
        """)

    /// NITF 2.0, labels.
    static let label20 = FieldTable(
        "NITF label subheader", of: "MIL-STD-2500A Table VIII",
        """
        LA 2
        LID 10
        LSCLAS 1
        LSCODE 40
        LSCTLH 40
        LSREL 40
        LSCAUT 20
        LSCTLN 20
        LSDWNG 6
        LSDEVT 40 if LSDWNG = '999998'
        ENCRYP 1 n
        LFS 1
        LCW 2
        LCH 2
        LDLVL 3 n
        LALVL 3 n
        LLOC 10 n
        LTC 3 b
        LBC 3 b
        LXSHDL 5 n
        LXSOFL 3 n if LXSHDL > 0
        LXSHD LXSHDL-3 t if LXSHDL > 3
        """)
}
