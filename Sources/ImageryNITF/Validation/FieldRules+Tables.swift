// The values that fields may have (MIL-STD-2500C Tables and JBP-2025.1; NITF 2.0: MIL-STD-2500A Tables I to XII).

extension FieldRules {
    static func rules(_ kind: SegmentKind, _ version: Version) -> FieldRules {
        switch (kind, version) {
        case (.image, .v21): image21
        case (.image, .v20): image20
        case (.graphic, .v21): graphic21
        case (.graphic, .v20): symbol20
        case (.label, _): label20
        case (.text, .v21): text21
        case (.text, .v20): text20
        case (.dataExtension, .v21): dataExtension21
        case (.dataExtension, .v20): dataExtension20
        case (.reservedExtension, .v21): reservedExtension21
        case (.reservedExtension, .v20): reservedExtension20
        }
    }

    static func rules(_ version: Version) -> FieldRules { version == .v21 ? fileHeader21 : fileHeader20 }

    /// The security fields of a header whose names begin with `prefix`, and ENCRYP, which is always 0.
    private static func security21(_ prefix: String) -> String {
        """

        \(prefix)CLAS T|S|C|R|U
        \(prefix)DCTP DD|DE|GD|GE|O|X|_
        \(prefix)DCDT date
        \(prefix)DCXM X1|X2|X3|X4|X5|X6|X7|X8|X251|X252|X253|X254|X255|X256|X257|X258|X259|_ ?
        \(prefix)DG S|C|R|_
        \(prefix)DGDT date
        \(prefix)CATP O|D|M|_
        \(prefix)CRSN A|B|C|D|E|F|G|_
        \(prefix)SRDT date
        ENCRYP 0

        """
    }

    private static func security20(_ prefix: String) -> String { "\n\(prefix)CLAS T|S|C|R|U\nENCRYP 0\n" }

    private static let fileHeader21 = FieldRules(
        """
        FHDR NITF|NSIF
        CLEVEL 03|05|06|07|09|99
        STYPE BF01
        OSTAID filled
        FDT time
        FSCOP 0..99999
        FSCPYS 0..99999
        FL 388..999999999999
        HL 388..999999
        LISH 439..999999
        LI 1..9999999999
        LSSH 258..9999
        LS 1..999999
        NUMX 000
        LTSH 282..9999
        LT 1..99999
        LDSH 200..9999
        LD 1..999999999
        LRESH 200..9999
        LRE 1..9999999
        """ + security21("FS"))

    private static let image21 = FieldRules(
        """
        IDATIM time
        NROWS 1..99999999
        NCOLS 1..99999999
        PVTYPE INT|B|SI|R|C
        IREP MONO|RGB|RGB/LUT|MULTI|NODISPLY|NVECTOR|POLAR|VPH|YCbCr601
        ICAT \(categories)|LEG|DTEM|MATR|LOCG|BARO|CURRENT|DEPTH|WIND|VD|PAT ?
        ABPP 1..96
        PJUST L|R
        ICORDS U|G|N|S|D|_
        IC NC|NM|C1|C3|C4|C5|C6|C7|C8|C9|CA|CD|I1|M1|M3|M4|M5|M6|M7|M8|M9|MA|MD
        XBANDS 10..99999
        IREPBAND M|R|G|B|LU|Y|Cb|Cr|_ ?
        IFC N
        IMFLT _ ?
        NLUTS 0..4
        NELUT 1..65536
        ISYNC 0
        IMODE B|P|R|S
        NBPR 1..9999
        NBPC 1..9999
        NPPBH 0..8192
        NPPBV 0..8192
        NBPP 1..96
        IDLVL 1..999
        IALVL 0..998
        ILOC place
        IMAG magnification
        """ + security21("IS"))

    /// Those that NITF 2.0 has, too.
    private static let categories = "VIS|SL|TI|FL|RD|EO|OP|HR|HS|CP|BP|SAR|SARIQ|IR|MAP|MS|FP|MRI|XRAY|CAT"

    private static let graphic21 = FieldRules(
        """
        SFMT C
        SSTRUCT 0000000000000
        SDLVL 1..999
        SALVL 0..998
        SLOC place
        SBND1 place
        SCOLOR C|M
        SBND2 place
        SRES2 00
        """ + security21("SS"))

    private static let text21 = FieldRules(
        """
        TXTALVL 0..998
        TXTDT time
        TXTFMT MTF|STA|UT1|U8S
        """ + security21("TS"))

    private static let dataExtension21 = FieldRules(
        """
        DESID filled
        DESVER 1..99
        DESOFLW XHD|IXSHD|SXSHD|TXSHD|UDHD|UDID
        DESITEM 0..999
        DESSHL 0..9998
        """ + security21("DES"))

    private static let reservedExtension21 = FieldRules(
        """
        RESID filled
        RESVER 1..99
        """ + security21("RES"))

    private static let fileHeader20 = FieldRules(
        """
        CLEVEL 01|02|03|04|05|06|99
        FDT zulu ?
        """ + security20("FS"))

    private static let image20 = FieldRules(
        """
        IDATIM zulu ?
        NROWS 1..99999999
        NCOLS 1..99999999
        PVTYPE INT|B|SI|R|C
        IREP MONO|RGB|RGB/LUT|MULTI|YCbCr601|1D|2D|ND
        ICAT \(categories) ?
        PJUST L|R
        ICORDS U|G|C|N
        IC NC|NM|C0|C1|C2|C3|C4|M0|M3|M4
        NBANDS 1..9
        IREPBAND M|R|G|B|LU|Y|Cb|Cr|_ ?
        IFC N
        NLUTS 0..4
        ISYNC 0|1|2|4
        IMODE B|P|S
        NBPR 1..9999
        NBPC 1..9999
        IDLVL 1..999
        IALVL 0..999
        ILOC place
        IMAG magnification
        """ + security20("IS"))

    private static let symbol20 = FieldRules(
        """
        STYPE B|C|O
        SDLVL 1..999
        SALVL 0..999
        SLOC place
        SLOC2 place
        """ + security20("SS"))

    private static let label20 = FieldRules(
        """
        LDLVL 1..999
        LALVL 0..999
        LLOC place
        """ + security20("LS"))

    private static let text20 = FieldRules(
        "TXTFMT MTF|STA|OTH" + security20("TS"))

    private static let dataExtension20 = FieldRules(
        "DESTAG filled\nDESOFLW XHD|IXSHD|SXSHD|LXSHD|TXSHD|UDHD|UDID" + security20("DES"))

    private static let reservedExtension20 = FieldRules(
        "RESTAG filled" + security20("RES"))
}
