// Fields of image subheaders (MIL-STD-2500C Table A-3; NITF 2.0: MIL-STD-2500A Table IV).

extension FieldTable {
    /// NITF 2.1 and NSIF 1.0.
    static let image21 = FieldTable(
        "NITF image subheader", of: "MIL-STD-2500C Table A-3",
        """
        IM 2 a
        IID1 10 a
        IDATIM 14 n
        TGTID 17 a
        IID2 80
        ISCLAS 1
        ISCLSY 2
        ISCODE 11
        ISCTLH 2
        ISREL 20
        ISDCTP 2
        ISDCDT 8
        ISDCXM 4
        ISDG 1
        ISDGDT 8
        ISCLTX 43
        ISCATP 1
        ISCAUT 40
        ISCRSN 1
        ISSRDT 8
        ISCTLN 15
        ENCRYP 1 n
        ISORCE 42
        NROWS 8 n
        NCOLS 8 n
        PVTYPE 3 a
        IREP 8 a
        ICAT 8 a
        ABPP 2 n
        PJUST 1 a
        ICORDS 1 a
        IGEOLO 60 a if ICORDS != ''
        NICOM 1 n
        ICOM * NICOM
            ICOM 80
        end
        IC 2 a
        COMRAT 4 a if IC != 'NC' and IC != 'NM'
        NBANDS 1 n
        XBANDS 5 n if NBANDS = '0'
        BAND_INFO * NBANDS+XBANDS
            IREPBAND 2 a
            ISUBCAT 6 a
            IFC 1 a
            IMFLT 3 a
            NLUTS 1 n
            NELUT 5 n if NLUTS > 0
            LUTD * NLUTS if NLUTS > 0
                LUTD NELUT b
            end
        end
        ISYNC 1 n
        IMODE 1 a
        NBPR 4 n
        NBPC 4 n
        NPPBH 4 n
        NPPBV 4 n
        NBPP 2 n
        IDLVL 3 n
        IALVL 3 n
        ILOC 10 n
        IMAG 4 a
        UDIDL 5 n
        UDOFL 3 n if UDIDL > 0
        UDID UDIDL-3 t if UDIDL > 3
        IXSHDL 5 n
        IXSOFL 3 n if IXSHDL > 0
        IXSHD IXSHDL-3 t if IXSHDL > 3
        """)

    /// NITF 2.0.
    static let image20 = FieldTable(
        "NITF image subheader", of: "MIL-STD-2500A Table IV",
        """
        IM 2
        IID 10
        IDATIM 14
        TGTID 17
        ITITLE 80
        ISCLAS 1
        ISCODE 40
        ISCTLH 40
        ISREL 40
        ISCAUT 20
        ISCTLN 20
        ISDWNG 6
        ISDEVT 40 if ISDWNG = '999998'
        ENCRYP 1 n
        ISORCE 42
        NROWS 8 n
        NCOLS 8 n
        PVTYPE 3
        IREP 8
        ICAT 8
        ABPP 2 n
        PJUST 1
        ICORDS 1
        IGEOLO 60 if ICORDS != 'N'
        NICOM 1 n
        ICOM * NICOM
            ICOM 80
        end
        IC 2
        COMRAT 4 if IC != 'NC' and IC != 'NM'
        NBANDS 1 n
        BAND_INFO * NBANDS
            IREPBAND 2
            ISUBCAT 6
            IFC 1
            IMFLT 3
            NLUTS 1 n
            NELUT 5 n if NLUTS > 0
            LUTD * NLUTS if NLUTS > 0
                LUTD NELUT b
            end
        end
        ISYNC 1 n
        IMODE 1
        NBPR 4 n
        NBPC 4 n
        NPPBH 4 n
        NPPBV 4 n
        NBPP 2 n
        IDLVL 3 n
        IALVL 3 n
        ILOC 10 n
        IMAG 4
        UDIDL 5 n
        UDOFL 3 n if UDIDL > 0
        UDID UDIDL-3 t if UDIDL > 3
        IXSHDL 5 n
        IXSOFL 3 n if IXSHDL > 0
        IXSHD IXSHDL-3 t if IXSHDL > 3
        """)
}
