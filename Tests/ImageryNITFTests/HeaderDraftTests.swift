import Foundation
import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

@testable import ImageryNITF

/// Headers that are written: rewriting of foreign ones, precedence, padding, extensions and their overflow (S64).
@Suite struct HeaderDraftTests {
    /// Every header of every file that is valid, read and written again from its metadata, has the same bytes. Files of other
    /// software: the vectors, and the corpus where IMAGERY_CORPUS names one.
    @Test func headersAreRewritten() throws {
        var files = vectors.map { (name: $0.path, bytes: $0.bytes) }
        if let corpus = ProcessInfo.processInfo.environment["IMAGERY_CORPUS"] {
            let folder = URL(fileURLWithPath: corpus).appendingPathComponent("nitf")
            let names = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
            while let url = names?.nextObject() as? URL {
                if let data = try? Data(contentsOf: url, options: .mappedIfSafe), data.first == 0x4e {
                    files.append((url.path, [UInt8](data)))
                }
            }
            #expect(files.count > 100)
        }
        var headers = 0
        for (name, bytes) in files where NITFFile.format(of: bytes) != nil {
            let source = MemorySource(bytes)
            let file = try FileHeader(source) { _ in }
            let list = try SegmentList(file, in: source, limits: Limits()) { _ in }
            for header in [list.file] + list.segments.map(\.header) where header.record.fault == nil {
                headers += 1
                let record = header.record
                // Tables of no entry (NELUT 00000) are not valid.
                if record.numbers("NELUT").contains(0) { continue }
                let stored = Array(record.bytes[..<record.end])
                let rewritten = try? FieldRecord.serialise(record.entries(), record.table)
                #expect(rewritten == stored, "\(name) \(record.table.name)")
                // The same through the extensions of each area; those that overflowed are not in the header.
                guard header.areas.values.allSatisfy({ $0.count == 1 }) else { continue }
                let kind = SegmentKind.allCases.first { [$0.table(.v21).name, $0.table(.v20).name].contains(record.table.name) }
                var draft = HeaderDraft(record.table, areas: kind?.areas ?? [("UDHD", "UDHOFL"), ("XHD", "XHDLOFL")])
                try draft.copy(header.metadata, ignoring: nil, strict: false)
                guard draft.areas.allSatisfy({ record.number($0.link) ?? 0 == 0 }) else { continue }
                #expect((try? draft.serialise(strict: false)) == stored, "\(name) \(record.table.name)")
            }
        }
        #expect(headers >= 2 * vectors.count)
    }

    private func draft(_ entries: [(String, Value)]) throws -> HeaderDraft {
        var draft = HeaderDraft(.image21, areas: SegmentKind.image.areas)
        try draft.copy(Metadata(schema: .nitf, entries: entries.map { .init($0.0, $0.1) }), ignoring: .image20, strict: false)
        return draft
    }

    private func field(_ name: String, of draft: HeaderDraft, strict: Bool = false) throws -> String? {
        let record = FieldRecord(.image21, parsing: try draft.serialise(strict: strict), at: 0)
        return record.place(name).map { String(decoding: record.bytes[$0], as: UTF8.self) }
    }

    @Test func valuesArePadded() throws {
        let made = try draft([
            ("IID1", Value(text: "AB")), ("NROWS", Value(12)), ("IDLVL", Value(text: " 7 ")), ("ILOC", Value(text: "-000100002")),
            ("IID2", Value(text: "Größe   ")),
        ])
        #expect(try field("IID1", of: made) == "AB        ")
        #expect(try field("NROWS", of: made) == "00000012")
        #expect(try field("IDLVL", of: made) == "007")
        #expect(try field("ILOC", of: made) == "-000100002")
        let record = FieldRecord(.image21, parsing: try made.serialise(strict: false), at: 0)
        #expect(record.text("IID2") == "Größe")
        #expect(record.end == record.bytes.count && record.fault == nil)
    }

    @Test func signsStandBeforeZeros() throws {
        var fields: [Metadata.Entry] = ["LINE_NUM_COEFF", "LINE_DEN_COEFF", "SAMP_NUM_COEFF", "SAMP_DEN_COEFF"].map {
            .init($0, Value(list: [Value](repeating: Value(text: "+1.000000E+0"), count: 20)))
        }
        fields += [
            .init("SUCCESS", Value(text: "1")), .init("LAT_OFF", Value(text: "-77.0")), .init("LONG_OFF", Value(text: "+5")),
        ]
        let data = try ExtensionTables.data(.init("RPC00B", Value(group: fields)), strict: false, context: "test")
        #expect(data.count == 1041)
        #expect(String(decoding: data[26..<34], as: UTF8.self) == "-00077.0")
        #expect(String(decoding: data[34..<43], as: UTF8.self) == "+00000005")
    }

    @Test func whatDoesNotFitIsAnError() throws {
        for (name, value) in [("IID1", Value(text: "eleven char")), ("IDLVL", Value(1000)), ("IID2", Value(text: "中"))] {
            let made = try draft([(name, value)])
            #expect(throws: ImageryError.self) { try made.serialise(strict: false) }
        }
        #expect(throws: ImageryError.self) { try draft([("NO_SUCH_FIELD", Value(text: "x"))]) }
    }

    @Test func strictHoldsTextsToTheirCharacterSets() throws {
        let basic = try draft([("IID1", Value(text: "ü"))])
        #expect(try field("IID1", of: basic) != nil)
        #expect(throws: ImageryError.self) { try basic.serialise(strict: true) }
        var extended = try draft([("IID2", Value(text: "ü")), ("IDATIM", Value(text: "--------------"))])
        extended.set("ILOC", "0000000000")
        #expect(try field("IID2", of: extended, strict: true) != nil)
        extended.set("IID2", "tab\there")
        #expect(throws: ImageryError.self) { try extended.serialise(strict: true) }
    }

    /// Fields of NITF 2.0 in the form of 2.1; those that 2.1 lacks are left out.
    @Test func fieldsOfVersion20() throws {
        let old = Metadata(
            schema: .nitf,
            entries: [
                ("ISDWNG", "      "), ("ISCTLN", "number"), ("IDATIM", "25152559ZMAR93"), ("IDLVL", "   "),
                ("ISCODE", String(repeating: " ", count: 40)),
            ]
            .map { .init($0.0, Value(text: $0.1)) })
        let made = try HeaderDraft.copying(old, .image, strict: false)
        #expect(try field("IDATIM", of: made) == "19930325152559")
        #expect(try field("IDLVL", of: made) == "000")
        #expect(try field("ISCTLN", of: made) == "number         ")
        #expect(try field("ISCODE", of: made) == String(repeating: " ", count: 11))
    }

    /// Extensions keep their area and their order; one that has the name of a field is none of it; others go to the last area.
    @Test func extensionsKeepTheirPlace() throws {
        let made = try draft([
            ("UDIDL", Value(text: "00025")), ("UDOFL", Value(text: "000")), ("AAA", Value(bytes: [1])), ("ICAT", Value(bytes: [2])),
            ("IXSHDL", Value(text: "00003")), ("IXSOFL", Value(text: "000")), ("BBB", Value(bytes: [3])),
            ("ICAT", Value(text: "SAR")),
        ])
        let record = FieldRecord(.image21, parsing: try made.serialise(strict: false), at: 0)
        #expect(record.place("UDID").map { Array(record.bytes[$0]) } == NITFBuilder.tre("AAA", [1]) + NITFBuilder.tre("ICAT", [2]))
        #expect(record.place("IXSHD").map { Array(record.bytes[$0]) } == NITFBuilder.tre("BBB", [3]))
        #expect(record.text("ICAT") == "SAR")
        #expect(record.number("UDIDL") == 3 + 12 + 12)
        let plain = try draft([("CCC", Value(bytes: [4, 5]))])
        let other = FieldRecord(.image21, parsing: try plain.serialise(strict: false), at: 0)
        #expect(other.place("IXSHD").map { Array(other.bytes[$0]) } == NITFBuilder.tre("CCC", [4, 5]))
        #expect(other.number("UDIDL") == 0)
    }

    @Test func extensionsThatDoNotFitOverflow() throws {
        let large = [UInt8](repeating: 7, count: 60_000)
        var made = try draft([("AAA", Value(bytes: large)), ("BBB", Value(bytes: large)), ("CCC", Value(bytes: [1]))])
        let rest = made.removeOverflow(area: 1)
        #expect(rest == NITFBuilder.tre("BBB", large) + NITFBuilder.tre("CCC", [1]))
        made.link(area: 1, to: 3)
        let record = FieldRecord(.image21, parsing: try made.serialise(strict: false), at: 0)
        #expect(record.number("IXSHDL") == 60_011 + 3)
        #expect(record.number("IXSOFL") == 3)
        #expect(throws: ImageryError.self) { try draft([("DDD", Value(bytes: [UInt8](repeating: 0, count: 100_000)))]) }
        #expect(throws: ImageryError.self) { try draft([("SEVENTH", Value(bytes: []))]) }
    }
}

/// ICORDS, IGEOLO and RPC00B from a georeference (MIL-STD-2500C Table A-3).
@Suite struct CornerFieldsTests {
    private let corners = [
        Georeference.Point(x: -117.5, y: 34.25), .init(x: -117.25, y: 34.25), .init(x: -117.25, y: 34),
        .init(x: 190, y: -0.5 / 3600),
    ]

    @Test func geographicCorners() throws {
        let place = Georeference(corners: corners, crs: "EPSG:4326")
        let seconds = try CornerFields(place, columns: 9, rows: 9, preferred: nil)
        #expect(seconds.coordinates == "G")
        #expect(seconds.corners == "341500N1173000W341500N1171500W340000N1171500W000001S1700000W")
        let decimal = try CornerFields(place, columns: 9, rows: 9, preferred: "D")
        #expect(decimal.corners == "+34.250-117.500+34.250-117.250+34.000-117.250-00.000-170.000")
    }

    @Test func gridCorners() throws {
        let affine = Georeference.Affine(
            originX: 400_000, originY: 5_000_000, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10)
        let place = Georeference(affine: affine, crs: "EPSG:32733")
        let fields = try CornerFields(place, columns: 2, rows: 3, preferred: "D")
        #expect(fields.coordinates == "S")
        #expect(fields.corners == "334000054999995334000154999995334000154999975334000054999975")
        // Systems with a projection become longitude and latitude; others, and none, are an error.
        #expect(try CornerFields(Georeference(affine: affine, crs: "EPSG:3395"), columns: 2, rows: 3, preferred: nil).block != nil)
        for crs in ["EPSG:2154", "EPSG:3857", nil] {
            #expect {
                try CornerFields(Georeference(affine: affine, crs: crs), columns: 2, rows: 3, preferred: nil)
            } throws: {
                ($0 as? ImageryError)?.kind == .unsupported
            }
        }
        #expect(throws: ImageryError.self) {
            try CornerFields(Georeference(corners: [], crs: "EPSG:4326"), columns: 2, rows: 3, preferred: nil)
        }
    }

    @Test func camera() throws {
        let ones = [Double](repeating: -1.25e-7, count: 20)
        var camera = Georeference.RationalPolynomial(
            errorBias: 1.5, errorRandom: nil, offsets: [100, 200, 34.5, -117.125, -50], scales: [100, 200, 0.5, 0.25, 500],
            lineNumerator: ones, lineDenominator: ones, sampleNumerator: ones, sampleDenominator: ones)
        let text = try #require(camera.extensionData.map { String(decoding: $0, as: UTF8.self) })
        #expect(text.count == 1041)
        #expect(text.hasPrefix("10001.500000.0000010000200+34.5000-117.1250-005000010000200+00.5000+000.2500+0500-1.250000E-7"))
        camera.offsets[0] = 1e7
        #expect(camera.extensionData == nil)
    }
}
