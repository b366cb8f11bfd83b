import ImageryBase
import Testing

@testable import ImageryNITF

@Suite struct ExtensionLayoutTests {
    private func layout(_ tag: String) throws -> ExtensionLayout { try #require(ExtensionTables.layout(tag)) }

    private func group(_ values: KeyValuePairs<String, Value>) -> Value {
        Value(group: values.map { .init($0.key, $0.value) })
    }

    private func fields(_ values: KeyValuePairs<String, Value>) -> Metadata {
        Metadata(schema: .nitf, entries: values.map { .init($0.key, $0.value) })
    }

    @Test func everyTextMeansSomething() {
        for layout in ExtensionTables.all + ExtensionTables.dataExtensions + ExtensionTables.contents {
            #expect(!layout.table.specs.isEmpty && !layout.title.isEmpty, "\(layout.tag)")
        }
        #expect(ExtensionTables.all.count == 125 && Set(ExtensionTables.all.map(\.tag)).count == 125)
        #expect(Set(ExtensionTables.dataExtensions.map(\.tag)).count == 12)
    }

    /// CEL of extensions whose length the standards fix.
    @Test(arguments: [
        ("ACFTB", 207), ("AIMIDB", 89), ("AIPBCA", 422), ("ASTORA", 711), ("BCKGDA", 56), ("BLOCKA", 123), ("CLCTNA", 955),
        ("CSCCGA", 60), ("CSCRNA", 109), ("CSDIDA", 70), ("CSEXRA", 132), ("CSPROA", 120), ("EXOPTA", 107), ("EXPLTB", 101),
        ("GEOLOB", 48), ("GEOPSB", 443), ("ICHIPB", 224), ("IMASDA", 242), ("MAPLOB", 43), ("MENSRB", 205), ("MIMCSA", 121),
        ("MPDSRA", 188), ("MSTGTA", 101), ("OFFSET", 16), ("PATCHB", 121), ("PIAEQA", 130), ("PIAEVA", 46), ("PIAIMB", 337),
        ("PIAIMC", 362), ("PIAPEA", 92), ("PIAPEB", 94), ("PIATGA", 96), ("PIATGB", 117), ("PRADAA", 48), ("RPC00A", 1041),
        ("RPC00B", 1041), ("RPFHDR", 48), ("RSMGIA", 591), ("RSMIDA", 1628), ("RSMPIA", 591), ("SECTGA", 28), ("SENSRA", 132),
        ("STDIDC", 89), ("STEROB", 94), ("STREOB", 94), ("USE00A", 107),
    ])
    func fixedLengths(tag: String, length: Int) throws {
        let record = FieldRecord(try layout(tag).table, parsing: [UInt8](repeating: 0x30, count: length), at: 0)
        #expect(record.fault == nil && record.end == length)
    }

    /// Layouts that CEL chooses (STDI-0002 and its earlier editions).
    @Test(arguments: [
        ("ACFTA", [132, 154]), ("AIMIDA", [69, 73, 89]), ("EXPLTA", [87]), ("MENSRA", [155, 174]), ("PATCHA", [74, 115]),
    ])
    func variants(tag: String, lengths: [Int]) throws {
        for length in lengths {
            let bytes = [UInt8](repeating: 0x31, count: length)
            let value = try layout(tag).value(bytes)
            #expect(value["\(tag):unparsed"] == nil && value.count > 10)
            #expect(try layout(tag).bytes(try #require(value.group)) == bytes)
        }
        let other = try layout(tag).value([UInt8](repeating: 0x31, count: lengths[0] + 1))
        #expect(other.count == 1 && other["\(tag):unparsed"]?.bytes.count == lengths[0] + 1)
        #expect(try !layout(tag).findings([0x31, 0x31], at: 9, context: "x").isEmpty)
    }

    // MARK: Reading

    private static let mates =
        "DigitalGlobe                              CATALOG_ID      00031030001" + "RELATED                 0002"
        + "NGA                                       SEGMENT         0002AB"
        + "NGA                                       SEGMENT         0001C"

    /// MATESA (STDI-0002 Volume 1 Appendix AK): mates in groups, with identifiers of their own lengths.
    @Test func nestedGroups() throws {
        let bytes = Array(Self.mates.utf8)
        let value = try layout("MATESA").value(bytes)
        #expect(value["CUR_SOURCE"]?.trimmed == "DigitalGlobe" && value["CUR_FILE_ID"]?.text == "103")
        let relation = try #require(value["GROUPS"]?.list?.first)
        #expect(value["NUM_GROUPS"]?.int == 1 && relation["RELATIONSHIP"]?.trimmed == "RELATED")
        #expect(relation["MATES"]?.list?.map { $0["MATE_ID"]?.text } == ["AB", "C"])
        #expect(value.bytes == bytes)
        #expect(try layout("MATESA").findings(bytes, at: 0, context: "x").isEmpty)
        let lines = try layout("MATESA").dump(bytes, at: 100, depth: 1)
        #expect(lines.first { $0.value == "AB" }.map { ($0.offset, $0.size, $0.depth) } ?? (0, 0, 0) == (100 + 159, 2, 3))
    }

    /// BANDSB (Appendix X): which fields a band has is said by the bits of a binary number.
    @Test func masks() throws {
        let made = try layout("BANDSB").bytes(
            fields([
                "RADIOMETRIC_QUANTITY": Value(text: "REFLECTANCE"), "SCALE_FACTOR": Value(0.5), "ROW_GSD": Value(1.25),
                "EXISTENCE_MASK": Value(0x1100_0000), "WAVE_LENGTH_UNIT": Value(text: "U"),
                "BANDS": Value(list: [
                    group(["BANDID": Value(text: "blue"), "CWAVE": Value(0.48)]),
                    group(["BANDID": Value(text: "red"), "CWAVE": Value(0.66)]),
                ]),
            ]))
        #expect(made.count == 5 + 24 + 1 + 4 + 4 + 4 * 8 + 48 + 4 + 1 + 2 * 57)
        #expect(Array(made[30..<34]) == [0x3f, 0, 0, 0] && Array(made[118..<122]) == [0x11, 0, 0, 0])
        let value = try layout("BANDSB").value(made)
        #expect(
            value["COUNT"]?.text == "00002" && value["SCALE_FACTOR"]?.double == 0.5 && value["EXISTENCE_MASK"]?.int == 0x1100_0000)
        #expect(value["BANDS"]?.list?.map { $0["CWAVE"]?.double } == [0.48, 0.66])
        #expect(value["BANDS"]?.list?.first?["FWHM"] == nil)
    }

    /// Data that are short by any number of bytes keep the fields that fit and their own bytes.
    @Test(arguments: ["MATESA", "BLOCKA", "RPC00B", "SENSRB", "BANDSB", "RSMECA", "CSEXRB"])
    func shortData(tag: String) throws {
        let layout = try layout(tag)
        let whole = tag == "MATESA" ? Array(Self.mates.utf8) : try layout.bytes(fields(tag == "RPC00B" ? Self.coefficients : [:]))
        for count in 0..<whole.count {
            let bytes = Array(whole[..<count])
            let value = layout.value(bytes)
            #expect(value.bytes == bytes)
            let findings = layout.findings(bytes, at: 1000, context: "x")
            #expect(findings.contains { $0.offset.map { $0 >= 1000 && $0 <= 1000 + count } ?? false && $0.message.contains(tag) })
            #expect(layout.dump(bytes, at: 0, depth: 0).allSatisfy { $0.offset + $0.size <= count })
        }
        let long = layout.value(whole + [1, 2, 3])
        #expect(long["\(tag):unparsed"]?.bytes == [1, 2, 3])
        #expect(try layout.bytes(try #require(long.group)) == whole + [1, 2, 3])
    }

    private static var coefficients: KeyValuePairs<String, Value> {
        let zeros = Value(list: [Value](repeating: Value(0), count: 20))
        return [
            "LINE_NUM_COEFF": zeros, "LINE_DEN_COEFF": zeros, "SAMP_NUM_COEFF": zeros,
            "SAMP_DEN_COEFF": Value(list: [Value(text: "+1.0E+0")] + [Value](repeating: Value(0), count: 19)),
        ]
    }

    /// Every layout, with data that are short by every number of bytes, and longer by some (a wrong CEL): what does not fit is an error at its
    /// place or stays as it was, and all bytes are there.
    @Test func dataOfEveryLengthInEveryLayout() throws {
        for layout in ExtensionTables.all {
            let whole = try layout.bytes(Metadata(schema: .nitf))
            let step = max(1, whole.count / 200)
            for count in stride(from: 0, to: whole.count + 12, by: whole.count < 400 ? 1 : step) {
                let bytes =
                    count <= whole.count ? Array(whole[..<count]) : whole + [UInt8](repeating: 0x20, count: count - whole.count)
                let record = FieldRecord(layout.table, parsing: bytes, at: 0)
                let findings = layout.findings(bytes, at: 50, context: "x")
                let errors = findings.filter { $0.severity == .error }
                #expect(errors.count == (record.fault == nil ? 0 : 1), "\(layout.tag) \(count)")
                #expect(findings.allSatisfy { $0.offset.map { (50...50 + count).contains($0) } == true }, "\(layout.tag) \(count)")
                #expect(record.end <= count && record.fields.count <= 2 * count + layout.table.specs.count + 1024)
                let fields = try #require(layout.value(bytes).group)
                let unparsed = fields["\(layout.tag):unparsed"]?.bytes.count ?? 0
                #expect(record.end + unparsed == count, "\(layout.tag) \(count)")
            }
        }
    }

    /// Counts of nines in nested groups end within the bytes (HOSTILE F16).
    @Test func lyingCounts() throws {
        for layout in ExtensionTables.all {
            let bytes = [UInt8](repeating: 0x39, count: 5000)
            let record = FieldRecord(layout.table, parsing: bytes, at: 0)
            #expect(record.fields.count <= 2 * bytes.count + layout.table.specs.count + 1024, "\(layout.tag)")
            // Binary counts.
            let ones = FieldRecord(layout.table, parsing: [UInt8](repeating: 0xff, count: 500), at: 0)
            #expect(ones.fields.count <= 2 * 500 + layout.table.specs.count + 1024, "\(layout.tag)")
        }
    }

    /// RSMDCB: a covariance of 2 x 3 parameters with one other image.
    @Test func covariancesFromValues() throws {
        let rows = [[1.0, 2, 3], [4, 5, -6]].map { row in group(["CRSCOV": Value(list: row.map { Value($0) })]) }
        let made = try layout("RSMDCB").bytes(
            fields([
                "IID": Value(text: "an image"), "NROWCB": Value(2),
                "IMAGES": Value(list: [group(["IIDI": Value(text: "another"), "NCOLCB": Value(3)])]), "INCAPD": Value(text: "N"),
                "COVARIANCES": Value(list: [group(["ROWS": Value(list: rows)])]),
            ]))
        #expect(made.count == 80 + 40 + 40 + 2 + 3 + 82 + 1 + 6 * 21)
        let record = FieldRecord(try layout("RSMDCB").table, parsing: made, at: 0)
        #expect(record.fault == nil && record.end == made.count && record.number("NIMGE") == 1)
        #expect(record.places("CRSCOV").map { Double(trimmedText(made, $0)) } == [1, 2, 3, 4, 5, -6])
    }

    /// A list that is not given has blank entries, as many as its count says, which may be that of another list.
    @Test func listsThatAreNotGiven() throws {
        let made = try layout("RSMDCB").bytes(
            fields(["NROWCB": Value(2), "IMAGES": Value(list: [group(["NCOLCB": Value(3)])])]))
        let value = try layout("RSMDCB").value(made)
        #expect(value["COVARIANCES"]?.list?.first?["ROWS"]?.count == 2)
        #expect(FieldRecord(try layout("RSMDCB").table, parsing: made, at: 0).places("CRSCOV").count == 6)
        let mates = try layout("MATESA").value(try layout("MATESA").bytes(fields(["NUM_GROUPS": Value(2)])))
        #expect(mates["GROUPS"]?.list?.map { $0["NUM_MATES"]?.int } == [0, 0])
    }

    /// Entries of no bytes behind the last field: a matrix without rows.
    @Test func entriesBehindTheEnd() throws {
        let layout = try layout("RSMDCB")
        let bytes = try layout.bytes(fields(["IMAGES": Value(list: [group(["IIDI": Value(text: "another")])])]))
        #expect(layout.value(bytes)["COVARIANCES"]?.count == 1)
        #expect(layout.findings(bytes, at: 0, context: "x").allSatisfy { $0.severity == .warning })
        #expect(layout.dump(bytes, at: 0, depth: 0).allSatisfy { $0.offset + $0.size <= bytes.count })
    }

    /// RSMDCB (STDI-0002 Volume 1 Appendix U 9.6): the matrix of each other image has as many columns as that image has parameters.
    @Test func covariancesWithImagesOfOtherCounts() throws {
        func cell(_ number: Int) -> String { "+1.0000000000000\(number)E+00" }
        let head =
            ["", "", ""].enumerated().map { String(repeating: " ", count: $0.offset == 0 ? 80 : 40) }.joined() + "01" + "003"
        let images = [2, 1, 3].map { String(repeating: "i", count: 80) + "0\($0)" }.joined()
        let bytes = Array((head + images + "N" + (1...6).map(cell).joined()).utf8)
        let value = try layout("RSMDCB").value(bytes)
        #expect(value["RSMDCB:unparsed"] == nil && value["COVARIANCES"]?.count == 3)
        let counts = value["COVARIANCES"]?.list?.map { $0["ROWS"]?.list?.first?["CRSCOV"]?.count ?? $0.list?.first?.count ?? 0 }
        #expect(counts == [2, 1, 3])
        #expect(FieldRecord(try layout("RSMDCB").table, parsing: bytes, at: 0).places("CRSCOV").count == 6)
        #expect(try layout("RSMDCB").bytes(try #require(value.group)) == bytes)
    }

    // MARK: Writing

    @Test func numbersArePaddedBehindTheSign() throws {
        let made = try layout("GEOLOB").bytes(
            fields(["ARV": Value(129_600), "BRV": Value(text: "64800"), "LSO": Value(text: "-77.0"), "PSO": Value(38.125)]))
        #expect(String(decoding: made, as: UTF8.self) == "000129600" + "000064800" + "-000000000077.0" + "00000000038.125")
    }

    @Test func faults() throws {
        func message(_ tag: String, strict: Bool = false, _ values: KeyValuePairs<String, Value>) throws -> String {
            let layout = try layout(tag)
            do throws(ImageryError) {
                _ = try layout.bytes(fields(values), strict: strict)
            } catch {
                #expect(error.kind == .misuse)
                return error.message
            }
            Issue.record("no error")
            return ""
        }
        #expect(try message("BLOCKA", ["N_GREY": Value(1)]).contains("N_GREY"))
        #expect(try message("BLOCKA", ["N_GRAY": Value(123_456)]).contains("N_GRAY"))
        #expect(try message("BLOCKA", ["N_GRAY": Value(list: [])]).contains("N_GRAY"))
        #expect(try message("BLOCKA", strict: true, ["BLOCK_INSTANCE": Value(1), "N_GRAY": Value(text: "A1")]).contains("N_GRAY"))
        #expect(try message("RPC00B", ["LINE_NUM_COEFF": Value(list: [Value(1)])]).contains("20 are needed"))
        #expect(try message("BANDSB", ["SCALE_FACTOR": Value(text: "x")]).contains("SCALE_FACTOR"))
        #expect(try message("BANDSB", ["EXISTENCE_MASK": Value(1 << 40)]).contains("EXISTENCE_MASK"))
        #expect(try message("CSCRNA", strict: true, ["ULCNR_LAT": Value(91.5)]).contains("outside"))
        #expect(try message("MATESA", ["GROUPS": Value(list: [group(["MATE": Value(1)])])]).contains("MATE"))
    }

    /// A double has as many decimals as the limits of its field show, else as many as fit.
    @Test(arguments: [
        ("CSCRNA", "ULCNR_LAT", 12.3456789, "+12.34568"), ("CSCRNA", "ULCNR_LAT", -8.5, "-08.50000"),
        ("RPC00B", "LAT_OFF", 38.89123456, "38.89123"), ("RPC00B", "LAT_OFF", -1.5, "-00001.5"),
        ("RPC00B", "HEIGHT_OFF", 23, "00023"),
        ("CSCRNA", "ULCNR_HT", 100, "+00100.0"),
    ])
    func decimals(tag: String, field: String, number: Double, text: String) throws {
        var values = tag == "RPC00B" ? fields(Self.coefficients) : fields([:])
        values[field] = Value(number)
        let layout = try layout(tag)
        #expect(layout.value(try layout.bytes(values))[field]?.text == text)
    }

    /// The length of the subheader of XML follows from the fields that are given (STDI-0002 Volume 2 Appendix F: 5, 283 or 773 bytes).
    @Test func lengthsByFields() throws {
        let layout = try #require(ExtensionTables.subheader("XML_DATA_CONTENT"))
        #expect(try layout.bytes(fields(["DESCRC": Value(99_999)])).count == 5)
        #expect(try layout.bytes(fields(["DESSHFT": Value(text: "XML")])).count == 283)
        let long = try layout.bytes(fields(["DESSHABS": Value(text: "Größe"), "DESCRC": Value(1)]))
        #expect(long.count == 773 && layout.value(long)["DESSHABS"]?.trimmed == "Größe")
        let error = #expect(throws: ImageryError.self) {
            try layout.bytes(fields(["DESSHABS": Value(bytes: [0xc3, 0xbc, 0xff])]), strict: true)
        }
        #expect(error?.message.hasPrefix("DESSHABS has the byte 255") == true)
    }

    /// A record keeps its bytes until one of its values is changed.
    @Test func changingARecord() throws {
        let layout = try layout("BLOCKA")
        let bytes = try layout.bytes(
            fields(["BLOCK_INSTANCE": Value(1), "N_GRAY": Value(7), "FRLC_LOC": Value(text: "+41.319331+020.078400")]))
        var metadata = Metadata(schema: .nitf, entries: [.init("BLOCKA", layout.value(bytes))])
        #expect(metadata["BLOCKA"]?.bytes == bytes && metadata["BLOCKA"] == layout.value(bytes))
        metadata["BLOCKA"]?["N_GRAY"] = Value(12)
        var expected = bytes
        expected.replaceSubrange(2..<7, with: Array("00012".utf8))
        #expect(try ExtensionTables.data(metadata.entries[0], strict: false, context: "x") == expected)
    }
}
