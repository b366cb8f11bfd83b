import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

@testable import ImageryNITF

@Suite("What is wrong with headers, extensions and contents") struct ValidationTests {
    /// A file of which every field is right.
    private var sound: NITFBuilder {
        var builder = NITFBuilder.image(rows: 4, columns: 6, data: [UInt8](repeating: 7, count: 24))
        builder.file = ["OSTAID": "TEST", "FDT": "20240229235959", "FSCLAS": "U"]
        for (name, value) in ["IDATIM": "2024----------", "ISCLAS": "U", "IREP": "MONO"] { builder.image[name] = value }
        return builder
    }

    private func findings(_ builder: NITFBuilder) throws -> [Diagnostic] {
        let file = try NITFFile(builder.bytes)
        var found = file.diagnostics
        file.validate { found.append($0) }
        for asset in file.assets {
            if case .image(let image) = asset.content { (image as? any ValidatedSource)?.validate { found.append($0) } }
        }
        return found
    }

    private func errors(_ builder: NITFBuilder) throws -> [Diagnostic] { try findings(builder).filter { $0.severity == .error } }

    @Test func aSoundFile() throws { #expect(try findings(sound) == []) }

    @Test(arguments: [Version.v21, .v20]) func everyRuleIsThatOfAField(version: Version) {
        let headers = [(FieldRules.rules(version), version == .v21 ? FieldTable.fileHeader21 : .fileHeader20)]
        let kinds = SegmentKind.allCases.filter { version == .v20 || $0 != .label }
        for (rules, table) in headers + kinds.map({ (FieldRules.rules($0, version), $0.table(version)) }) {
            #expect(!rules.names.isEmpty)
            for name in rules.names {
                let isField = table.index(name) != nil || name == "ENCRYP"
                #expect(isField, "\(table.standard) \(name)")
            }
        }
    }

    /// MIL-STD-2500C Table A-1: what each field may say.
    @Test(arguments: [
        ("CLEVEL", "04"), ("STYPE", "BF02"), ("OSTAID", ""), ("FDT", "20230229000000"), ("FDT", "20241301000000"), ("FDT", "2024"),
        ("FDT", "20240101240000"), ("FSCLAS", "X"), ("FSCLAS", ""), ("FSDCTP", "AB"), ("FSDCDT", "20240230"), ("FSDG", "U"),
        ("FSCATP", "X"), ("FSCRSN", "H"), ("FSSRDT", "2024"), ("ENCRYP", "1"), ("NUMX", "001"),
    ])
    func fieldsOfTheFile(name: String, value: String) throws {
        var builder = sound
        builder.file[name] = value
        let found = try findings(builder)
        #expect(found.map(\.severity) == [.error], "\(found)")
        let place = try NITFFile(builder.bytes).header.record.place(name)
        #expect(found.first?.offset == place?.lowerBound)
        #expect(found.first?.clause == "MIL-STD-2500C Table A-1, \(name)")
    }

    /// MIL-STD-2500C Table A-3.
    @Test(arguments: [
        ("IDATIM", "19210403ZOCT99"), ("ISCLAS", "N"), ("PJUST", "C"), ("ISYNC", "1"), ("IDLVL", "0"), ("IALVL", "999"),
        ("ILOC", "000-10000-"), ("IMAG", "1..0"), ("IMAG", "/0"), ("IREP", "GREY"),
    ])
    func fieldsOfAnImage(name: String, value: String) throws {
        var builder = sound
        builder.image[name] = value
        let found = try errors(builder)
        #expect(found.contains { $0.clause == "MIL-STD-2500C Table A-3, \(name)" && $0.offset != nil }, "\(found)")
    }

    @Test(arguments: [("IMAG", "/004"), ("IMAG", ".5"), ("IMAG", "2"), ("ILOC", "-0010-0020"), ("IDATIM", "--------------")])
    func valuesThatAreRight(name: String, value: String) throws {
        var builder = sound
        builder.image[name] = value
        #expect(try findings(builder) == [])
    }

    @Test func characterSets() throws {
        var builder = sound
        builder.file["FTITLE"] = "a\u{7}b"
        builder.image["TGTID"] = "a\tb"
        let found = try findings(builder)
        #expect(found.map(\.clause) == ["MIL-STD-2500C Table A-1, FTITLE", "MIL-STD-2500C Table A-3, TGTID"])
        // Umlauts belong to the extended set.
        builder = sound
        builder.segments[0].change = { bytes in
            var changed = bytes
            changed[43] = 0xfc
            return changed
        }
        #expect(try findings(builder) == [])
    }

    /// Fields that have to go with each other.
    @Test func representations() throws {
        func fields(_ values: [String: String], bands: [[String: String]]) throws -> [String] {
            var builder = sound
            for (name, value) in values { builder.image[name] = value }
            builder.image["NBANDS"] = "\(bands.count)"
            builder.segments[0].bands = bands.map { $0.merging(["IFC": "N"]) { first, _ in first } }
            builder.segments[0].data = [UInt8](repeating: 1, count: 24 * bands.count)
            return try findings(builder).compactMap { $0.clause?.split(separator: " ").last.map(String.init) }
        }
        let colors = ["R", "G", "B"].map { ["IREPBAND": $0] }
        #expect(try fields(["IREP": "RGB"], bands: colors) == [])
        #expect(try fields(["IREP": "RGB"], bands: colors.reversed()) == ["IREPBAND"])
        #expect(try fields(["IREP": "RGB"], bands: [colors[0]]) == ["NBANDS", "IREPBAND"])
        #expect(try fields(["IREP": "MONO"], bands: colors) == ["NBANDS"])
        #expect(try fields(["IREP": "MULTI"], bands: [[:]]) == ["NBANDS"])
        #expect(try fields(["IREP": "RGB/LUT"], bands: [["IREPBAND": "LU", "NLUTS": "1", "NELUT": "256"]]) == ["NLUTS"])
        #expect(try fields(["IREP": "RGB/LUT"], bands: [["IREPBAND": "LU", "NLUTS": "3", "NELUT": "256"]]) == [])
        #expect(try fields(["IREP": "MONO"], bands: [["IREPBAND": "LU"]]) == ["IREPBAND"])
        #expect(try fields(["IREP": "YCbCr601"], bands: ["Y", "Cb", "Cr"].map { ["IREPBAND": $0] }) == ["IREP"])
        #expect(try fields(["IREP": "RGB", "IMODE": "S"], bands: colors) == ["IMODE"])
        #expect(try fields(["IMODE": "P"], bands: [[:]]) == ["IMODE"])
    }

    @Test func blocks() throws {
        var builder = sound
        builder.image["NPPBH"] = "0"
        builder.file["CLEVEL"] = "09"
        #expect(try findings(builder).map(\.clause) == ["MIL-STD-2500C Table A-3, NPPBH"])
        #expect(try errors(builder) == [])
        builder.image["NPPBH"] = "8193"
        builder.image["NCOLS"] = "8193"
        #expect(try errors(builder).contains { $0.clause == "MIL-STD-2500C Table A-3, NPPBH" })
    }

    /// JBP-2025.1 Table G-1: the highest level that a feature needs.
    @Test func complexity() throws {
        var builder = sound
        builder.file["CLEVEL"] = "05"
        #expect(try findings(builder).map(\.severity) == [.remark])
        builder.image["ILOC"] = "0204500000"
        #expect(try findings(builder).map(\.message) == [])
        builder.file["CLEVEL"] = "03"
        let found = try findings(builder)
        #expect(found.map(\.severity) == [.error] && found[0].message.contains("needs 05") && found[0].offset == 9)
    }

    /// HOSTILE F19, and graphics (MIL-STD-2500C 5.3.3 and 5.3.4).
    @Test func displayLevels() throws {
        func clauses(image: (level: Int, attachment: Int), graphic: (level: Int, attachment: Int)) throws -> [String?] {
            var builder = sound
            builder.image["IDLVL"] = "\(image.level)"
            builder.image["IALVL"] = "\(image.attachment)"
            var segment = NITFBuilder.graphic(metafile)
            for (name, value) in ["SSCLAS": "U", "SDLVL": "\(graphic.level)", "SALVL": "\(graphic.attachment)", "SCOLOR": "C"] {
                segment.fields[name] = value
            }
            builder.segments.append(segment)
            return try findings(builder).map(\.clause)
        }
        #expect(try clauses(image: (1, 0), graphic: (2, 1)) == [])
        #expect(
            try clauses(image: (1, 0), graphic: (1, 0)) == ["MIL-STD-2500C Table A-3, IDLVL", "MIL-STD-2500C Table A-5, SDLVL"])
        #expect(try clauses(image: (1, 0), graphic: (3, 2)) == ["MIL-STD-2500C Table A-5, SALVL"])
        #expect(try clauses(image: (1, 0), graphic: (2, 2)) == ["MIL-STD-2500C Table A-5, SALVL"])
        // Each attached to the other: one of the two is not below.
        #expect(try clauses(image: (1, 2), graphic: (2, 1)) == ["MIL-STD-2500C Table A-3, IALVL"])
    }

    /// Findings in a file of NITF 2.0 name its own standard.
    @Test func theStandardOfTheVersion() throws {
        var builder = sound
        builder.version = .v20
        builder.image["IDLVL"] = "000"
        builder.image["ABPP"] = "12"
        builder.segments[0].areas = ["UDID": NITFBuilder.tre("LAST", [1, 2], length: "99999")]
        builder.segments.append(NITFBuilder.text([0x41, 0xfc], format: "STA"))
        for level in ["002", "002"] {
            var segment = NITFBuilder.graphic(metafile)
            segment.fields["SDLVL"] = level
            segment.fields["SALVL"] = "007"
            builder.segments.append(segment)
        }
        let found = try findings(builder)
        #expect(!found.contains { $0.description.contains("2500C") }, "\(found)")
        for clause in ["Table IV, IDLVL", "Table IV, UDID", "Table X, TXTFMT", "Table VI, SDLVL", "Table VI, SALVL"] {
            #expect(found.contains { $0.clause == "MIL-STD-2500A \(clause)" }, "\(clause)")
        }
        #expect(found.contains { $0.message.contains("(MIL-STD-2500A Table IV, ABPP)") })
    }

    // MARK: Extensions

    /// Fields outside of their ranges are warnings, data that break off are errors, both with tag and place.
    @Test func contentOfExtensions() throws {
        var builder = sound
        let layout = try #require(ExtensionTables.layout("BLOCKA"))
        var data = try layout.bytes(
            Metadata(schema: .nitf, entries: [.init("BLOCK_INSTANCE", Value(1)), .init("L_LINES", Value(4))]))
        builder.segments[0].areas = ["IXSHD": NITFBuilder.tre("BLOCKA", data)]
        #expect(try findings(builder) == [])
        let bytes = try builder.bytes
        let start = bytes.count - 24 - data.count
        // SHADOW_ANGLE, of 0 to 359 degrees.
        data.replaceSubrange(15..<18, with: Array("999".utf8))
        builder.segments[0].areas = ["IXSHD": NITFBuilder.tre("BLOCKA", data)]
        var found = try findings(builder)
        #expect(found.map(\.severity) == [.warning] && found.map(\.offset) == [start + 15])
        #expect(found.allSatisfy { $0.message.hasPrefix("BLOCKA: SHADOW_ANGLE is 999") })
        builder.segments[0].areas = ["IXSHD": NITFBuilder.tre("BLOCKA", Array(data.dropLast()))]
        found = try errors(builder)
        #expect(found.count == 1 && found.allSatisfy { $0.message.hasPrefix("BLOCKA: RESERVED_002") && $0.clause != nil })
    }

    /// HOSTILE F13, F17: overflow that leads astray in either direction.
    @Test func overflow() throws {
        for (area, item, link) in [("UDID", 1, "1"), ("IXSHD", 1, "1"), ("UDID", 1, "2"), ("UDID", 2, "1")] {
            var builder = sound
            builder.segments[0].areas = ["UDID": NITFBuilder.tre("ONE", [1])]
            builder.image["UDOFL"] = link
            var segment = NITFBuilder.dataExtension("TRE_OVERFLOW", NITFBuilder.tre("TWO", [2]), area: area, item: item)
            segment.fields["DESCLAS"] = "U"
            builder.segments.append(segment)
            #expect(try errors(builder).isEmpty == (area == "UDID" && item == 1 && link == "1"), "\(area) \(item) \(link)")
        }
    }

    /// HOSTILE F14: the length of the last extension goes beyond its area.
    @Test func extensionsBeyondTheirArea() throws {
        var builder = sound
        builder.segments[0].areas = ["UDID": NITFBuilder.tre("LAST", [1, 2], length: "99999")]
        let found = try errors(builder)
        #expect(found.count == 1 && found[0].message.contains("LAST") && found[0].offset != nil)
    }

    /// HOSTILE F15: many extensions are looked at once, and the findings come to an end.
    @Test func manyExtensions() throws {
        var builder = sound
        let area = [[UInt8]](repeating: NITFBuilder.tre("ICHIPB", []), count: 20_000).flatMap { $0 }
        builder.image["IXSHDL"] = "3"
        builder.image["IXSOFL"] = "1"
        var segment = NITFBuilder.dataExtension("TRE_OVERFLOW", area, area: "IXSHD", item: 1)
        segment.fields["DESCLAS"] = "U"
        builder.segments.append(segment)
        let found = try findings(builder)
        #expect(found.count == 1_000 && found.last?.message.contains("left out") == true)
    }

    /// HOSTILE F16: counts in counts end with what the bytes can fill.
    @Test func countsInCounts() throws {
        var builder = sound
        var data = [UInt8](repeating: 0x39, count: 200)
        data.replaceSubrange(0..<42, with: [UInt8](repeating: 0x20, count: 42))
        builder.segments[0].areas = ["UDID": NITFBuilder.tre("MATESA", data)]
        let found = try errors(builder)
        #expect(found.count == 1 && found[0].message.hasPrefix("MATESA: "))
    }

    // MARK: Contents

    /// HOSTILE F18: corners that are no place.
    @Test func corners() throws {
        var builder = sound
        builder.image["ICORDS"] = "G"
        builder.image["IGEOLO"] = String(repeating: "x", count: 60)
        let found = try errors(builder)
        #expect(found.count == 1 && found[0].message.contains("IGEOLO") && found[0].offset != nil)
    }

    /// HOSTILE F21: a rate that bi-level images do not have.
    @Test func rates() throws {
        func found(_ code: String, _ rate: String) throws -> [Diagnostic] {
            var builder = sound
            for (name, value) in ["IC": code, "COMRAT": rate, "PVTYPE": "B", "NBPP": "1", "ABPP": "1"] {
                builder.image[name] = value
            }
            return try findings(builder).filter { $0.clause == "MIL-STD-2500C Table A-3, COMRAT" }
        }
        #expect(try found("C1", "2DS").isEmpty)
        #expect(try found("C1", "3D").map(\.severity) == [.error])
        #expect(try found("C1", "").map(\.severity) == [.error])
    }

    /// HOSTILE F22: text that is not of its format.
    @Test func texts() throws {
        func found(_ bytes: [UInt8], _ format: String) throws -> [Diagnostic] {
            var builder = sound
            var segment = NITFBuilder.text(bytes, format: format)
            segment.fields["TSCLAS"] = "U"
            segment.fields["TXTDT"] = "20240101000000"
            builder.segments.append(segment)
            return try findings(builder)
        }
        #expect(try found(Array("A line\r\n".utf8), "STA").isEmpty)
        #expect(try found([0x41, 0xfc], "UT1").isEmpty)
        #expect(try found(Array("ü".utf8), "U8S").isEmpty)
        let start = try found([0x41, 0xfc], "STA")
        #expect(start.map(\.severity) == [.warning])
        // What is no UTF-8 is placed where it is, not where the first character beyond ASCII is.
        let broken = try found([0xc3, 0xbc, 0x41, 0xff, 0x42], "U8S")
        #expect(broken.map(\.message) == ["the text has the byte 255, which TXTFMT U8S does not have"])
        #expect(broken.map(\.offset) == (try found([0x41, 0x41, 0x41, 0xff, 0x42], "STA").map(\.offset)))
        #expect(
            try found([0x41, 0xe2, 0x82], "U8S").map(\.message) == ["the text has the byte 226, which TXTFMT U8S does not have"])
        #expect(try found([UInt8](repeating: 0xff, count: 99_999), "U8S").count == 1)
        #expect(try found([0x41], "XYZ").map(\.clause) == ["MIL-STD-2500C Table A-6, TXTFMT"])
    }

    /// BEGIN METAFILE 'map', METAFILE VERSION 3, END METAFILE.
    private let metafile: [UInt8] = [0x00, 0x24, 3, 0x6d, 0x61, 0x70, 0x10, 0x22, 0, 3, 0x00, 0x40]

    /// HOSTILE F23: commands and partitions that claim more than there is.
    @Test func metafiles() {
        #expect(GraphicsMetafile.problem(in: metafile) == nil)
        #expect(GraphicsMetafile.problem(in: metafile + [0]) == nil)
        #expect(GraphicsMetafile.problem(in: []) != nil)
        #expect(GraphicsMetafile.problem(in: Array(metafile.dropFirst(6)))?.severity == .error)
        #expect(GraphicsMetafile.problem(in: Array(metafile.dropLast(2)))?.severity == .warning)
        // A comment of 32,767 bytes that goes on, and partitions without end.
        let long = Array(metafile.dropLast(2)) + [0x70, 0x5f, 0xff, 0xff]
        #expect(GraphicsMetafile.problem(in: long)?.position == 10)
        let empty = Array(metafile.dropLast(2)) + [0x70, 0x5f] + [[UInt8]](repeating: [0x80, 0], count: 10_000).flatMap { $0 }
        #expect(GraphicsMetafile.problem(in: empty)?.position == 10)
        // Two partitions of one byte each, and their padding.
        let whole = Array(metafile.dropLast(2)) + [0x70, 0x5f, 0x80, 1, 9, 0, 0, 1, 9, 0, 0x00, 0x40]
        #expect(GraphicsMetafile.problem(in: whole) == nil)
    }
}
