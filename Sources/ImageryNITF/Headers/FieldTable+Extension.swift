// Fields of extension subheaders (MIL-STD-2500C Tables; NITF 2.0: MIL-STD-2500A Table XII).

extension FieldTable {
    /// Data extensions of NITF 2.1 and NSIF 1.0.
    static let dataExtension21 = FieldTable(
        "NITF DES subheader", of: "MIL-STD-2500C Table A-8",
        """
        DE 2 a
        DESID 25 a
        DESVER 2 n
        DESCLAS 1
        DESCLSY 2
        DESCODE 11
        DESCTLH 2
        DESREL 20
        DESDCTP 2
        DESDCDT 8
        DESDCXM 4
        DESDG 1
        DESDGDT 8
        DESCLTX 43
        DESCATP 1
        DESCAUT 40
        DESCRSN 1
        DESSRDT 8
        DESCTLN 15
        DESOFLW 6 a if DESID = 'TRE_OVERFLOW'
        DESITEM 3 n if DESID = 'TRE_OVERFLOW'
        DESSHL 4 n
        DESSHF DESSHL b if DESSHL > 0
        """)

    /// Reserved extensions of NITF 2.1 and NSIF 1.0.
    static let reservedExtension21 = FieldTable(
        "NITF RES subheader", of: "MIL-STD-2500C Table A-9",
        """
        RE 2 a
        RESID 25 a
        RESVER 2 n
        RESCLAS 1
        RESCLSY 2
        RESCODE 11
        RESCTLH 2
        RESREL 20
        RESDCTP 2
        RESDCDT 8
        RESDCXM 4
        RESDG 1
        RESDGDT 8
        RESCLTX 43
        RESCATP 1
        RESCAUT 40
        RESCRSN 1
        RESSRDT 8
        RESCTLN 15
        RESSHL 4 n
        RESSHF RESSHL b if RESSHL > 0
        """)

    /// Data extensions of NITF 2.0.
    static let dataExtension20 = FieldTable(
        "NITF DES subheader", of: "MIL-STD-2500A Table XII",
        """
        DE 2
        DESTAG 25
        DESVER 2 n
        DESCLAS 1
        DESCODE 40
        DESCTLH 40
        DESREL 40
        DESCAUT 20
        DESCTLN 20
        DESDWNG 6
        DESDEVT 40 if DESDWNG = '999998'
        DESOFLW 6 if DESTAG = 'Registered Extensions' or DESTAG = 'Controlled Extensions'
        DESITEM 3 n if DESTAG = 'Registered Extensions' or DESTAG = 'Controlled Extensions'
        DESSHL 4 n
        DESSHF DESSHL b if DESSHL > 0
        """)

    /// Reserved extensions of NITF 2.0.
    static let reservedExtension20 = FieldTable(
        "NITF RES subheader", of: "MIL-STD-2500A Table XII",
        """
        RE 2
        RESTAG 25
        RESVER 2 n
        RESCLAS 1
        RESCODE 40
        RESCTLH 40
        RESREL 40
        RESCAUT 20
        RESCTLN 20
        RESDWNG 6
        RESDEVT 40 if RESDWNG = '999998'
        RESSHL 4 n
        RESSHF RESSHL b if RESSHL > 0
        """)
}
