import ImageryBase
import Testing

@testable import ImageryNITF

/// Data of one extension that readers of NITF take apart in different ways, with fields that only the right one finds.
struct Misread: CustomTestStringConvertible, Sendable {
    let tag: String
    /// The file that holds the data, after the project that gives it out; nil for data that are made.
    let source: String?
    /// What the standard says, and some software does not do.
    let rule: String
    let data: [UInt8]
    /// All values of a field in their order, without the blanks behind them.
    let fields: [(name: String, values: [[UInt8]])]

    var testDescription: String { "\(tag): \(rule)" }

    /// The data and the values are packed (`[UInt8](packed:)`).
    init(_ tag: String, of source: String? = nil, _ rule: String, _ data: String, _ fields: KeyValuePairs<String, [String]>) {
        self.tag = tag
        self.source = source
        self.rule = rule
        self.data = [UInt8](packed: data)
        self.fields = fields.map { ($0.key, $0.value.map { [UInt8](packed: $0) }) }
    }
}

/// What the layouts of other software disagree on is settled by the standards or by public files. Each such tag has data that show it.
@Suite("Extensions that are read in different ways") struct MisreadTests {
    @Test(arguments: Misread.samples + Misread.made)
    func isReadAsTheStandardSays(_ misread: Misread) throws {
        let layout = try #require(ExtensionTables.layout(misread.tag))
        let record = FieldRecord(layout.table, parsing: misread.data, at: 0)
        #expect(record.fault == nil && record.end == misread.data.count)
        for (name, values) in misread.fields {
            let found = record.fields.filter {
                layout.table.names[Int($0.spec)] == name && layout.table.specs[Int($0.spec)].variable >= 0
            }
            #expect(found.map { Self.withoutBlanks(record.bytes[record.range($0)]) } == values, "\(name)")
        }
        #expect(try layout.bytes(try #require(layout.value(misread.data).group)) == misread.data)
    }

    private static func withoutBlanks(_ field: ArraySlice<UInt8>) -> [UInt8] {
        Array(field[..<(field.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? field.startIndex)])
    }

    /// RPFDES has no fields of its own: RPFIMG says where its components begin.
    @Test func componentsOfAFrame() throws {
        let data = try #require(Misread.samples.first { $0.tag == "RPFDES" }).data
        let value = NITFExtension.value("RPFDES", data)
        #expect(value["COMPONENTS"]?.bytes == data && value.count == 1)
    }

    /// J2KLRA: software that follows no edition leaves the fields of a parsed stream behind any ORIG, and they are read.
    @Test func parsedStreamBehindAnyOrigin() throws {
        let made = try #require(Misread.made.first { $0.tag == "J2KLRA" }).data
        let value = NITFExtension.value("J2KLRA", [UInt8(ascii: "0")] + made.dropFirst())
        #expect(value["NLEVELS_I"]?.int == 4 && value["NBANDS_I"]?.int == 1 && value["NLAYERS_I"]?.int == 1)
    }

    @Test func everyDisagreementIsHere() {
        let tags = [
            "ACCPOB", "BANDSA", "BANDSB", "CSEXRB", "CSWRPB", "ENGRDA", "ILLUMB", "IOMAPA", "J2KLRA", "MAPLOB", "MTIMSA", "MTIRPB",
            "PIAIMC",
            "PIAPRC", "PIXMTA", "PRJPSB", "RPFDES", "RPFIMG", "RSMAPA", "RSMAPB", "RSMDCA", "RSMDCB", "RSMECA", "RSMECB", "RSMGGA",
            "SENSRB",
            "SNSPSB", "SOURCB",
        ]
        #expect(Set((Misread.samples + Misread.made).map(\.tag)) == Set(tags))
        #expect(Misread.samples.allSatisfy { $0.source != nil })
    }
}
