import ImageryBase
import Testing

@testable import ImageryNITF

@Suite struct FieldTableTests {
    /// Every line of every table means something, and the widths without conditions add up to the smallest header of
    /// the standard.
    @Test(arguments: [
        (FieldTable.fileHeader21, 388), (.image21, 439 - 13), (.graphic21, 258), (.text21, 282), (.dataExtension21, 200),
        (.reservedExtension21, 200),
    ])
    func smallestHeaders(table: FieldTable, length: Int) {
        var width = 0
        var index = 0
        while index < table.specs.count {
            let spec = table.specs[index]
            if case .constant(let bytes) = spec.amount, spec.kind != .group, spec.condition < 0 { width += bytes }
            index = Int(spec.end)
        }
        #expect(width == length)
    }

    private func entries(_ table: String, _ text: String) throws -> [String] {
        let record = FieldRecord(try FieldTable("test", parsing: table), parsing: Array(text.utf8), at: 0)
        return record.entries().map { entry in
            entry.name + " " + (entry.value.list?.map { $0.text ?? "" }.joined(separator: ",") ?? entry.value.text ?? "")
        }
    }

    @Test func expressions() throws {
        #expect(try entries("A 1 n\nB (A+1)*A/2 a", "3abcdef") == ["A 3", "B abcdef"])
        #expect(try entries("A 1 n\nB A-1 a\nC 1 a if A > 5 or B = 'x'", "2xy") == ["A 2", "B x", "C y"])
        #expect(try entries("A 1 n\nB 1 a if not (A = 2 and A >= 1)\nC 1 a", "2y") == ["A 2", "C y"])
        #expect(try entries("A 1 b\nB 1 a if A & 0x40 != 0\nC 1 a if A & 0x20 != 0", "@y") == ["A @", "B y"])
        #expect(try entries("A 2 a\nB 1 a if A = 'x'\nC remaining b", " xyz!") == ["A  x", "B y", "C z!"])
        #expect(try entries("A 1 a if size = 2\nB 2 a if size = 3", "abc") == ["B ab"])
    }

    /// Fields of a block stand among the others; a name has the latest value that was read under it.
    @Test func blocks() throws {
        let table = "N 1 n\nG * N\n T 1 a\n if T = 'y'\n  V 1 a\n end\nend\nL 1 a if V = 'b'"
        let record = FieldRecord(try FieldTable("test", parsing: table), parsing: Array("3xyaybL".utf8), at: 0)
        let group = record.entries()[1].value.list
        #expect(group?.map { $0["V"]?.text } == [nil, "a", "b"])
        #expect(record.entries().last?.value.text == "L")
    }

    /// Entries that may begin with any of their fields are kept apart.
    @Test func sparseEntries() throws {
        let table = "N 1 n\nA 1 n\nG * N\n B 1 a if A = 1\n A 1 n\n C 1 a if A = 1\nend"
        let record = FieldRecord(
            try FieldTable("test", parsing: table), parsing: Array("300 1c b0".utf8).filter { $0 != 32 }, at: 0)
        let group = try #require(record.entries().last?.value.list)
        #expect(group.map { $0.group?.entries.map(\.name) } == [["A"], ["A", "C"], ["B", "A"]])
    }

    @Test(arguments: [
        "A", "A x", "A 1 q", "A * 2", "end", "A 1 if", "A 1 if B = 1", "A (1", "A 1 if A = 'x", "A 1 if A =", "A 0x a", "A 1+ a",
        "if A",
    ])
    func faults(text: String) {
        #expect(throws: ImageryError.self) { try FieldTable("test", parsing: text) }
    }

    @Test func deepGroupsAreRefused() {
        let open = (0..<40).map { "G\($0) * 1" }.joined(separator: "\n")
        let close = [String](repeating: "end", count: 40).joined(separator: "\n")
        #expect(throws: ImageryError.self) { try FieldTable("test", parsing: open + "\n" + close) }
        let nested = String(repeating: "(", count: 100) + "1" + String(repeating: ")", count: 100)
        #expect(throws: ImageryError.self) { try FieldTable("test", parsing: "A \(nested)") }
    }

    /// HOSTILE F16: counts of what takes no bytes cost no more than the bytes.
    @Test func countsAreBounded() throws {
        let table = try FieldTable("test", parsing: "N 5 n\nG * N\n H * N\n  I * N\n   X 0 a\n  end\n end\nend")
        let record = FieldRecord(table, parsing: Array("99999".utf8), at: 0)
        #expect(record.fault != nil && record.fields.count < 2000)
        let empty = FieldRecord(try FieldTable("test", parsing: "N 5 n\nG * N*N*N\nend"), parsing: Array("99999".utf8), at: 0)
        #expect(empty.fault != nil)
        let huge = FieldRecord(
            try FieldTable("test", parsing: "N 18 n\nG N*N a"), parsing: Array("999999999999999999".utf8), at: 0)
        #expect(huge.fault?.name == "N")
    }
}
