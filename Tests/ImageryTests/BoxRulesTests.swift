import Imagery
import Testing

/// What `validate` says of the boxes of a JP2 file: each case breaks one rule of T.800 Annex I, and is told with its clause.
@Suite("Rules of JP2 boxes") struct BoxRulesTests {
    /// The bare codestream: 40 x 30 pixels, one component of 8 bits.
    private let stream: [UInt8]

    init() throws {
        let scene = try Raster((0..<40 * 30).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 4) }, rows: 30, columns: 40)
        stream = try scene.encoded(
            as: .jpeg2000, options: WriteOptions(jpeg2000: JPEG2000Choices(wrapping: .bare)))
    }

    /// A breach: the boxes of the header, those before and behind the codestream, and what is to be found.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var signature = Self.box("jP  ", [0x0d, 0x0a, 0x87, 0x0a])
        var fileType = Self.box("ftyp", Array("jp2 \0\0\0\0jp2 ".utf8))
        var header = [Self.imageHeader(), Self.gray]
        var others: [[UInt8]] = []
        var tail: [[UInt8]] = []
        var clause: String
        var message: String

        static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
            let size = UInt32(8 + content.count)
            return (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) } + Array(type.utf8) + content
        }

        static func imageHeader(
            components: UInt8 = 1, depth: UInt8 = 7, compression: UInt8 = 7, unknown: UInt8 = 0, rights: UInt8 = 0
        ) -> [UInt8] { box("ihdr", [0, 0, 0, 30, 0, 0, 0, 40, 0, components, depth, compression, unknown, rights]) }

        static let gray = color([1, 0, 0, 0, 0, 0, 17])
        static func color(_ content: [UInt8]) -> [UInt8] { box("colr", content) }

        /// A profile of 128 bytes and `more`, which says `size`.
        static func profile(class kind: String, _ space: String, size: UInt8 = 128, _ mark: String = "acsp") -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: 128)
            bytes[3] = size
            bytes.replaceSubrange(12..<16, with: Array(kind.utf8))
            bytes.replaceSubrange(16..<20, with: Array(space.utf8))
            bytes.replaceSubrange(36..<40, with: Array(mark.utf8))
            return [2, 0, 0] + bytes
        }

        static let palette: [UInt8] = box("pclr", [0, 2, 3, 7, 7, 7, 0, 0, 0, 255, 255, 255])
        static let mapping: [UInt8] = box("cmap", [0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 2])
        static let rgb = color([1, 0, 0, 0, 0, 0, 16])
        static func mapped(_ palette: [UInt8], _ mapping: [UInt8]) -> [[UInt8]] { [imageHeader(), rgb, palette, mapping] }
        static func defined(_ content: [UInt8]) -> [[UInt8]] { [imageHeader(), gray, box("cdef", content)] }
        static func resolution(_ content: [UInt8]) -> [[UInt8]] { [imageHeader(), gray, box("res ", content)] }
    }

    static let cases: [Case] = [
        Case(
            testDescription: "signature", signature: Case.box("jP  ", [0x0d, 0x0a, 0x87, 0x0b]), clause: "T.800 I.5.1",
            message: "0D 0A 87 0A"),
        Case(testDescription: "no file type", fileType: [], clause: "T.800 I.5.2", message: "no file type box"),
        Case(
            testDescription: "file type twice", others: [Case.box("ftyp", Array("jp2 \0\0\0\0jp2 ".utf8))], clause: "T.800 I.5.2",
            message: "more than one file type box"),
        Case(
            testDescription: "file type cut", fileType: Case.box("ftyp", Array("jp2 \0\0".utf8)), clause: "T.800 I.5.2",
            message: "6 bytes"),
        Case(
            testDescription: "no brands", fileType: Case.box("ftyp", Array("jp2 \0\0\0\0".utf8)), clause: "T.800 I.5.2",
            message: "list is empty"),
        Case(
            testDescription: "minor version", fileType: Case.box("ftyp", Array("jp2 \0\0\0\u{1}jp2 ".utf8)), clause: "T.800 I.5.2",
            message: "minor version"),
        Case(
            testDescription: "brand not in its list", fileType: Case.box("ftyp", Array("jp2 \0\0\0\0jpx ".utf8)),
            clause: "T.800 I.5.2", message: "lacks 'jp2 '"),
        Case(
            testDescription: "HT brand not in its list", fileType: Case.box("ftyp", Array("jph \0\0\0\0jp2 ".utf8)),
            clause: "T.814 Annex D", message: "lacks 'jph '"),
        Case(
            testDescription: "JPX without its family", fileType: Case.box("ftyp", Array("jpx \0\0\0\0mjp2".utf8)),
            clause: "T.801 Annex M", message: "JPX family"),
        Case(
            testDescription: "JPX without JP2", fileType: Case.box("ftyp", Array("jpx \0\0\0\0jpxb".utf8)), clause: "T.800 I.5.2",
            message: "readers of JP2 will not open it"),
        Case(
            testDescription: "another brand", fileType: Case.box("ftyp", Array("abcd\0\0\0\0jp2 ".utf8)), clause: "T.800 I.5.2",
            message: "'abcd'"),
        Case(
            testDescription: "two headers", tail: [Case.box("jp2h", Case.imageHeader() + Case.gray)], clause: "T.800 I.5.3",
            message: "more than one header"),
        Case(testDescription: "no image header", header: [Case.gray], clause: "T.800 I.5.3.1", message: "no image header"),
        Case(
            testDescription: "image header cut", header: [Case.box("ihdr", [0, 0, 0, 30]), Case.gray], clause: "T.800 I.5.3.1",
            message: "4 bytes, not 14"),
        Case(
            testDescription: "components", header: [Case.imageHeader(components: 3), Case.gray], clause: "T.800 I.5.3.1",
            message: "3 components, SIZ 1"),
        Case(
            testDescription: "depth", header: [Case.imageHeader(depth: 11), Case.gray], clause: "T.800 I.5.3.1",
            message: "SIZ does not"),
        Case(
            testDescription: "depth beyond all", header: [Case.imageHeader(depth: 40), Case.gray], clause: "T.800 I.5.3.1",
            message: "38 bits"),
        Case(
            testDescription: "compression", header: [Case.imageHeader(compression: 6), Case.gray], clause: "T.800 I.5.3.1",
            message: "compression is 6"),
        Case(
            testDescription: "UnkC", header: [Case.imageHeader(unknown: 2), Case.gray], clause: "T.800 I.5.3.1",
            message: "UnkC is 2"),
        Case(
            testDescription: "rights that are not there", header: [Case.imageHeader(rights: 1), Case.gray], clause: "T.800 I.5.3.1",
            message: "no box of rights"),
        Case(
            testDescription: "no depths", header: [Case.imageHeader(depth: 255), Case.gray], clause: "T.800 I.5.3.2",
            message: "no bits per component"),
        Case(
            testDescription: "other depths", header: [Case.imageHeader(depth: 255), Case.box("bpcc", [11]), Case.gray],
            clause: "T.800 I.5.3.2", message: "not those of SIZ"),
        Case(
            testDescription: "depths twice", header: [Case.imageHeader(), Case.box("bpcc", [7]), Case.gray],
            clause: "T.800 I.5.3.2",
            message: "one depth for all"),
        Case(
            testDescription: "no color", header: [Case.imageHeader()], clause: "T.800 I.5.3.3", message: "no colour specification"),
        Case(
            testDescription: "two colors", header: [Case.imageHeader(), Case.gray, Case.gray], clause: "T.800 I.5.3.3",
            message: "all colour specifications but the first"),
        Case(
            testDescription: "color cut", header: [Case.imageHeader(), Case.color([1, 0])], clause: "T.800 I.5.3.3",
            message: "too few for its method"),
        Case(
            testDescription: "color space cut", header: [Case.imageHeader(), Case.color([1, 0, 0, 0])], clause: "T.800 I.5.3.3",
            message: "ends before the enumerated"),
        Case(
            testDescription: "color space of others", header: [Case.imageHeader(), Case.color([1, 0, 0, 0, 0, 0, 12])],
            clause: "T.800 I.5.3.3", message: "colour space 12 is none of JP2"),
        Case(
            testDescription: "channels for RGB", header: [Case.imageHeader(), Case.rgb], clause: "T.800 I.5.3.3",
            message: "needs 3 channels, the image has 1"),
        Case(
            testDescription: "method 0", header: [Case.imageHeader(), Case.color([0, 0, 0])], clause: "T.800 I.5.3.3",
            message: "method is 0"),
        Case(
            testDescription: "method of others",
            header: [Case.imageHeader(), Case.color([4, 0, 0] + [UInt8](repeating: 0, count: 16))],
            clause: "T.800 I.5.3.3", message: "method 4"),
        Case(
            testDescription: "no profile", header: [Case.imageHeader(), Case.color(Case.profile(class: "scnr", "GRAY", "none"))],
            clause: "T.800 I.5.3.3", message: "no ICC profile"),
        Case(
            testDescription: "profile of another size",
            header: [Case.imageHeader(), Case.color(Case.profile(class: "scnr", "GRAY", size: 130))], clause: "T.800 I.5.3.3",
            message: "says 130 bytes"),
        Case(
            testDescription: "profile of a printer", header: [Case.imageHeader(), Case.color(Case.profile(class: "prtr", "GRAY"))],
            clause: "T.800 I.5.3.3", message: "class prtr"),
        Case(
            testDescription: "profile of inks", header: [Case.imageHeader(), Case.color(Case.profile(class: "scnr", "CMYK"))],
            clause: "T.800 I.5.3.3", message: "for CMYK"),
        Case(
            testDescription: "palette cut", header: Case.mapped(Case.box("pclr", [0, 2, 3, 7]), Case.mapping),
            clause: "T.800 I.5.3.4",
            message: "too short"),
        Case(
            testDescription: "empty palette", header: Case.mapped(Case.box("pclr", [0, 0, 1, 7]), Case.box("cmap", [0, 0, 1, 0])),
            clause: "T.800 I.5.3.4", message: "0 entries"),
        Case(
            testDescription: "palette of wide columns",
            header: Case.mapped(Case.box("pclr", [0, 1, 1, 60, 0, 0, 0, 0, 0, 0, 0, 0]), Case.mapping),
            clause: "T.800 I.5.3.4", message: "more than 38 bits"),
        Case(
            testDescription: "palette that lacks entries",
            header: Case.mapped(Case.box("pclr", [0, 3, 3, 7, 7, 7, 0, 0, 0, 255, 255, 255]), Case.mapping),
            clause: "T.800 I.5.3.4",
            message: "3 entries need 15 bytes"),
        Case(
            testDescription: "palette without a mapping", header: [Case.imageHeader(), Case.rgb, Case.palette],
            clause: "T.800 I.5.3.4",
            message: "no component mapping"),
        Case(
            testDescription: "mapping without a palette", header: [Case.imageHeader(), Case.gray, Case.box("cmap", [0, 0, 0, 0])],
            clause: "T.800 I.5.3.5", message: "no palette"),
        Case(
            testDescription: "mapping cut", header: Case.mapped(Case.palette, Case.box("cmap", [0, 0, 1])), clause: "T.800 I.5.3.5",
            message: "no list of channels"),
        Case(
            testDescription: "mapping of a component that is not there",
            header: Case.mapped(Case.palette, Case.box("cmap", [0, 4, 1, 0, 0, 0, 1, 1, 0, 0, 1, 2])), clause: "T.800 I.5.3.5",
            message: "component 4"),
        Case(
            testDescription: "mapping of a reserved type",
            header: Case.mapped(Case.palette, Case.box("cmap", [0, 0, 2, 0, 0, 0, 1, 1, 0, 0, 1, 2])), clause: "T.800 I.5.3.5",
            message: "mapping type 2"),
        Case(
            testDescription: "mapping to a column that is not there",
            header: Case.mapped(Case.palette, Case.box("cmap", [0, 0, 1, 5, 0, 0, 1, 1, 0, 0, 1, 2])), clause: "T.800 I.5.3.5",
            message: "column 5"),
        Case(
            testDescription: "direct mapping with a column",
            header: Case.mapped(Case.palette, Case.box("cmap", [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 2])), clause: "T.800 I.5.3.5",
            message: "mapped directly"),
        Case(
            testDescription: "definitions cut", header: Case.defined([0, 1, 0, 0]), clause: "T.800 I.5.3.6", message: "not a count"),
        Case(
            testDescription: "definition of no channel", header: Case.defined([0, 1, 0, 3, 0, 0, 0, 1]), clause: "T.800 I.5.3.6",
            message: "channel 3 is not there"),
        Case(
            testDescription: "definition twice", header: Case.defined([0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]),
            clause: "T.800 I.5.3.6", message: "defined twice"),
        Case(
            testDescription: "definition of a reserved type", header: Case.defined([0, 1, 0, 0, 0, 9, 0, 1]),
            clause: "T.800 I.5.3.6",
            message: "type 9"),
        Case(
            testDescription: "definition of no color", header: Case.defined([0, 1, 0, 0, 0, 0, 0, 7]), clause: "T.800 I.5.3.6",
            message: "colour 7"),
        Case(
            testDescription: "color of the whole image", header: Case.defined([0, 1, 0, 0, 0, 0, 0, 0]), clause: "T.800 I.5.3.6",
            message: "belongs to the whole image"),
        Case(
            testDescription: "no resolution", header: Case.resolution([]), clause: "T.800 I.5.3.7", message: "holds no resolution"),
        Case(
            testDescription: "resolution cut", header: Case.resolution(Case.box("resc", [0, 1])), clause: "T.800 I.5.3.7.1",
            message: "2 bytes, not 10"),
        Case(
            testDescription: "resolution of nothing", header: Case.resolution(Case.box("resd", [0, 1, 0, 0, 0, 1, 0, 1, 0, 0])),
            clause: "T.800 I.5.3.7.1", message: "denominator is 0"),
        Case(
            testDescription: "resolution twice",
            header: Case.resolution(
                Case.box("resc", [0, 1, 0, 1, 0, 1, 0, 1, 0, 0]) + Case.box("resc", [0, 1, 0, 1, 0, 1, 0, 1, 0, 0])),
            clause: "T.800 I.5.3.7", message: "more than one"),
        Case(testDescription: "UUID cut", tail: [Case.box("uuid", [1, 2, 3])], clause: "T.800 I.7.2", message: "3 bytes"),
        Case(
            testDescription: "XML and zeros", tail: [Case.box("xml ", Array("<a/>\0".utf8))], clause: "T.800 I.7.1",
            message: "NULs follow"),
        Case(
            testDescription: "XML with a control", tail: [Case.box("xml ", Array("<a>\u{1}</a>".utf8))], clause: "T.800 I.7.1",
            message: "character 1"),
        Case(
            testDescription: "XML that is no UTF-8", tail: [Case.box("xml ", Array("<a>".utf8) + [0xe9] + Array("</a>".utf8))],
            clause: "T.800 I.7.1", message: "not UTF-8"),
        Case(
            testDescription: "XML with no character", tail: [Case.box("xml ", Array("<a>\u{ffff}</a>".utf8))],
            clause: "T.800 I.7.1",
            message: "that XML does not have"),
        Case(
            testDescription: "XML that does not end", tail: [Case.box("xml ", Array("<a><b></a>".utf8))], clause: "T.800 I.7.1",
            message: "not well-formed"),
        Case(
            testDescription: "UUIDs without their parts", tail: [Case.box("uinf", [])], clause: "T.800 I.7.3",
            message: "one list of UUIDs"),
        Case(
            testDescription: "list of UUIDs cut",
            tail: [Case.box("uinf", Case.box("ulst", [0, 1, 5]) + Case.box("url ", [0, 0, 0, 0, 65, 0]))], clause: "T.800 I.7.3.1",
            message: "not a count"),
        Case(
            testDescription: "address with flags",
            tail: [Case.box("uinf", Case.box("ulst", [0, 0]) + Case.box("url ", [0, 0, 0, 1, 65, 0]))], clause: "T.800 I.7.3.2",
            message: "version or flags"),
        Case(
            testDescription: "address without its end",
            tail: [Case.box("uinf", Case.box("ulst", [0, 0]) + Case.box("url ", [0, 0, 0, 0, 65, 66]))], clause: "T.800 I.7.3.2",
            message: "does not end with a NUL"),
        Case(testDescription: "bytes behind the last box", tail: [[1, 2, 3]], clause: "T.800 I.4", message: "follow the last box"),
    ]

    private func findings(_ file: Case) throws -> [Diagnostic] {
        let bytes =
            file.signature + file.fileType + file.others.flatMap { $0 } + Case.box("jp2h", file.header.flatMap { $0 })
            + Case.box("jp2c", stream) + file.tail.flatMap { $0 }
        return try Dataset(bytes: bytes, format: .jpeg2000).validate()
    }

    @Test(arguments: cases) func aBreachIsTold(file: Case) throws {
        let found = try findings(file)
        #expect(found.contains { $0.clause == file.clause && $0.message.contains(file.message) }, "\(found)")
    }

    /// What is right has no finding: the plain file, a palette, XML of many kinds, a list of UUIDs.
    @Test(arguments: [
        ([Case.imageHeader(), Case.gray], []), (Case.mapped(Case.palette, Case.mapping), []),
        (Case.defined([0, 1, 0, 0, 0, 0, 0, 1]), []), (Case.resolution(Case.box("resc", [0, 1, 0, 1, 0, 1, 0, 1, 0, 0])), []),
        ([Case.imageHeader(), Case.color(Case.profile(class: "mntr", "GRAY"))], []),
        (
            [Case.imageHeader(), Case.gray],
            [
                Case.box("xml ", Array("<?xml version=\"1.0\"?><a b=\"1\"><c/>é</a>".utf8)),
                Case.box("xml ", Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>".utf8) + [0xe9] + Array("</a>".utf8)),
                Case.box("xml ", [0xfe, 0xff, 0, 0x3c, 0, 0x61, 0, 0x2f, 0, 0x3e]),
                Case.box("xml ", Array("<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>".utf8)),
                Case.box("uinf", Case.box("ulst", [0, 0]) + Case.box("url ", [0, 0, 0, 0, 65, 0])),
            ]
        ),
    ])
    func whatIsRightHasNoFinding(header: [[UInt8]], tail: [[UInt8]]) throws {
        #expect(try findings(Case(testDescription: "", header: header, tail: tail, clause: "", message: "")) == [])
    }
}
