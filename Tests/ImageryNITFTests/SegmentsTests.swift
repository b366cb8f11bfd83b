import ImageryBase
import TestSupport
import Testing

@testable import ImageryNITF

/// Segments as assets (S31 to S36), their metadata (S61), extensions, and the three uses of a field table.
@Suite struct SegmentsTests {
    private func everything(_ version: Version) -> NITFBuilder {
        var builder = NITFBuilder.image(rows: 2, columns: 3, bands: 2)
        builder.version = version
        builder.file = ["FTITLE": "A file", "FSDWNG": "999998", "FSDEVT": "an event"]
        builder.fileAreas = ["UDHD": NITFBuilder.tre("AAA", [1, 2]), "XHD": NITFBuilder.tre("BBB", [])]
        builder.segments[0].comments = ["first", "second"]
        builder.segments[0].bands = [["IREPBAND": "LU", "NLUTS": "3", "NELUT": "2"], ["IREPBAND": "M"]]
        builder.segments[0].areas = [
            "UDID": NITFBuilder.tre("CCC", [3]) + NITFBuilder.tre("CCC", [4]), "IXSHD": NITFBuilder.tre("DDD", [5, 6, 7]),
        ]
        builder.image["IID2"] = "Second identifier"
        builder.image["IID"] = "TEST"
        builder.image["ITITLE"] = "Second identifier"
        builder.image["ICORDS"] = "N"
        builder.image["IGEOLO"] = String(repeating: "172330853807070", count: 4)
        builder.segments += [
            NITFBuilder.graphic([0, 0x21, 0, 0, 0x40]), NITFBuilder.text(Array("Grüße".utf8), format: "U8S"),
            NITFBuilder.text([0x47, 0x72, 0xFC], format: "UT1", title: "Latin"), NITFBuilder.text(Array("plain".utf8)),
            NITFBuilder.dataExtension("XML_DATA_CONTENT", Array("<a/>".utf8)),
            NITFBuilder.dataExtension("SOMETHING", [1, 2, 3]), NITFBuilder.reservedExtension("RESERVED", [9]),
        ]
        builder.segments[2].areas = ["TXSHD": NITFBuilder.tre("EEE", [8])]
        builder.segments[5].areas = ["DESSHF": Array("12345".utf8)]
        if version == .v20 {
            builder.segments[1].fields["STYPE"] = "C"
            builder.segments.insert(
                NITFBuilder.Segment(kind: .label, fields: ["LA": "LA", "LID": "L1"], data: Array("label".utf8)), at: 2)
        }
        return builder
    }

    @Test func assetsOfEverySegment() throws {
        let bytes = try everything(.v21).bytes
        let file = try NITFFile(bytes)
        #expect(file.diagnostics == [])
        #expect(file.format == .nitf)
        #expect(
            file.assets.map(\.key) == [
                "image:0", "graphic:0", "text:0", "text:1", "text:2", "data:0", "data:1", "data:2",
            ])
        #expect(file.assets.map(\.type) == [.image, .graphics, .text, .text, .text, .data, .data, .data])
        #expect(
            file.assets.map(\.mediaType) == [
                "image/nitf", "image/cgm", "text/plain; charset=utf-8", "text/plain; charset=iso-8859-1",
                "text/plain; charset=us-ascii", "application/xml", "application/octet-stream", "application/octet-stream",
            ])
        #expect(
            file.assets.map(\.title) == [
                "TEST", "A drawing", "A text", "Latin", "A text", "XML_DATA_CONTENT", "SOMETHING", "RESERVED",
            ])
        #expect(file.assets[0].description == "Second identifier")
        #expect(
            file.assets.map(\.roles) == [
                [.data], [.graphic], [.metadata], [.metadata], [.metadata], [.metadata], [.metadata], [.metadata],
            ])
        let contents = file.assets.map { Array(bytes[$0.byteRanges[0]]) }
        #expect(
            contents[1...] == [
                [0, 0x21, 0, 0, 0x40], Array("Grüße".utf8), [0x47, 0x72, 0xFC], Array("plain".utf8), Array("<a/>".utf8), [1, 2, 3],
                [9],
            ])
        #expect(contents[0].count == 12)
        guard case .text(let utf8) = file.assets[2].content, case .text(let latin) = file.assets[3].content else {
            Issue.record("no texts")
            return
        }
        #expect(utf8.decode(contents[2]) == "Grüße")
        #expect(latin.decode(contents[3]) == "Grü")
    }

    @Test func metadataInTheWordsOfTheTables() throws {
        let file = try NITFFile(try everything(.v21).bytes)
        #expect(file.metadata.schema == .nitf)
        #expect(file.metadata["FTITLE"]?.text == "A file" + String(repeating: " ", count: 74))
        #expect(file.metadata["NUMT"]?.int == 3)
        #expect(file.metadata["TEXTS"]?.list?.count == 3)
        #expect(file.metadata["AAA"] == Value(bytes: [1, 2]))
        #expect(file.metadata["BBB"] == Value(bytes: []))
        let image = file.assets[0].makeMetadata()
        #expect(image["ICOM"]?.list?.map(\.trimmed) == ["first", "second"])
        let bands = try #require(image["BAND_INFO"]?.list)
        #expect(bands.map { $0["IREPBAND"]?.trimmed } == ["LU", "M"])
        #expect(bands[0]["LUTD"]?.list == [Value](repeating: Value(bytes: [9, 9]), count: 3))
        #expect(bands[1]["NELUT"] == nil)
        #expect(image.all("CCC") == [Value(bytes: [3]), Value(bytes: [4])])
        #expect(
            image.entries.map(\.name).suffix(9) == ["ILOC", "IMAG", "UDIDL", "UDOFL", "CCC", "CCC", "IXSHDL", "IXSOFL", "DDD"])
        #expect(file.assets[2].makeMetadata()["EEE"] == Value(bytes: [8]))
        #expect(file.assets[5].makeMetadata()["DESSHF"]?["DESCRC"]?.text == "12345")
    }

    @Test func labelsOfNITF20FollowTheSymbols() throws {
        let bytes = try everything(.v20).bytes
        let file = try NITFFile(bytes)
        #expect(file.diagnostics == [])
        #expect(file.format == .nitf20)
        #expect(file.assets.map(\.key.description).filter { $0.hasPrefix("graphic") } == ["graphic:0", "graphic:1"])
        #expect(file.assets[2].title == "L1" && Array(bytes[file.assets[2].byteRanges[0]]) == Array("label".utf8))
        #expect(file.metadata["FSDEVT"]?.trimmed == "an event")
        #expect(file.assets[0].title == "TEST" && file.assets[0].georeference == nil)
    }

    /// I4: what a table reads from a header it writes again, byte for byte.
    @Test(arguments: vectors.map(\.bytes))
    func headersOfOtherSoftwareAreWrittenBack(bytes: [UInt8]) throws {
        try writeBack(bytes)
    }

    @Test func ownHeadersAreWrittenBack() throws {
        try writeBack(everything(.v21).bytes)
        try writeBack(everything(.v20).bytes)
    }

    private func writeBack(_ bytes: [UInt8]) throws {
        let source = MemorySource(bytes)
        let header = try FileHeader(source) { _ in }
        let list = try SegmentList(header, in: source, limits: Limits()) { _ in }
        #expect(try FieldRecord.serialise(header.record.entries(), header.record.table) == Array(bytes[..<header.end]))
        for segment in list.segments {
            let record = segment.header.record
            #expect(try FieldRecord.serialise(record.entries(), record.table) == record.bytes)
        }
    }

    /// S64: short values are padded, numbers behind their sign.
    @Test func shortValuesArePadded() throws {
        let table = FieldTable("test", "A 4\nB 5 n\nC 3 b")
        let values: [Metadata.Entry] = [.init("A", Value(text: "x")), .init("B", Value(text: "-7")), .init("C", Value(bytes: [1]))]
        #expect(try FieldRecord.serialise(values, table) == Array("x   -0007".utf8) + [1, 0, 0])
        for wrong in [[], [Metadata.Entry("A", Value(text: "12345"))]] as [[Metadata.Entry]] {
            #expect(throws: ImageryError.self) { try FieldRecord.serialise(wrong, table) }
        }
    }

    /// The dump names every byte of the file once.
    @Test func dumpCoversTheFile() throws {
        let bytes = try everything(.v21).bytes
        let lines = try NITFFile(bytes).dump()
        var position = 0
        // Groups repeat what stands below them; areas of extensions do not end where a field does.
        for line in lines where line.depth >= 1 {
            let isGroup = ["IMAGES", "GRAPHICS", "TEXTS", "DES", "RES", "BAND_INFO", "DESSHF"].contains(line.name)
            let isList = ["ICOM", "LUTD"].contains(line.name) && line.value.isEmpty && line.size != 2
            if isGroup || isList || ["AAA", "BBB", "CCC", "DDD", "EEE"].contains(line.name) {
                #expect(line.offset + line.size <= bytes.count)
                continue
            }
            #expect(line.offset == position, "\(line)")
            position = line.offset + line.size
        }
        #expect(position == bytes.count)
        #expect(lines.contains { $0.name == "NROWS" && $0.value == "00000002" && $0.size == 8 })
        #expect(lines.filter { $0.name == "CCC" }.map(\.size) == [12, 12])
    }

    @Test func overflowIsMerged() throws {
        var builder = NITFBuilder.image(rows: 1, columns: 1)
        builder.segments[0].areas = ["UDID": NITFBuilder.tre("ONE", [1]), "IXSHD": NITFBuilder.tre("THREE", [3])]
        builder.image["UDOFL"] = "1"
        builder.file["UDHDL"] = "3"
        builder.file["UDHOFL"] = "2"
        builder.segments.append(NITFBuilder.dataExtension("TRE_OVERFLOW", NITFBuilder.tre("TWO", [2]), area: "UDID", item: 1))
        builder.segments.append(NITFBuilder.dataExtension("TRE_OVERFLOW", NITFBuilder.tre("FOUR", [4]), area: "UDHD", item: 0))
        let file = try NITFFile(try builder.bytes)
        #expect(file.diagnostics == [])
        #expect(
            file.assets[0].makeMetadata().entries.map(\.name).suffix(7) == [
                "UDIDL", "UDOFL", "ONE", "TWO", "IXSHDL", "IXSOFL", "THREE",
            ])
        #expect(file.metadata["FOUR"] == Value(bytes: [4]))
        #expect(file.assets.map(\.key) == ["image:0", "data:0", "data:1"])
        #expect(file.dump().contains { $0.name == "TWO" })
    }

    /// 5.8.3.2: lengths of nines in front, the real header in the last segment.
    @Test func streamedFiles() throws {
        var real = NITFBuilder.image(rows: 4, columns: 4)
        real.segments.append(NITFBuilder.text(Array("text".utf8)))
        real.segments.append(NITFBuilder.dataExtension("STREAMING_FILE_HEADER", []))
        let header = Array(try real.bytes.prefix(try FileHeader(MemorySource(try real.bytes)) { _ in }.end))
        let digits = Array(String(repeating: "0", count: 7 - "\(header.count)".count).utf8) + Array("\(header.count)".utf8)
        let data = digits + [0x0A, 0x6E, 0x1D, 0x97] + header + [0x0E, 0xCA, 0x14, 0xBF] + digits
        var streamed = real
        streamed.segments[2].data = data
        streamed.file["FL"] = "999999999999"
        streamed.segments[0].statedData = 9_999_999_999
        let file = try NITFFile(try streamed.bytes)
        #expect(file.assets.map(\.key) == ["image:0", "text:0", "data:0"])
        #expect(try file.image().read().samples(as: UInt8.self) == (0..<16).map { UInt8(truncatingIfNeeded: $0 * 31) })
        #expect(try streamed.bytes[file.assets[1].byteRanges[0]].elementsEqual("text".utf8))
    }
}
