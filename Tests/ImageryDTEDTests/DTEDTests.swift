import ImageryBase
import ImageryDTED
import TestSupport
import Testing

/// A cell made by hand from the field tables of MIL-PRF-89020B: `elevation` names the stored number of (line, point), points from the south.
struct TinyCell {
    var lines = 5
    var points = 7
    var origin = ("0080000W", "0430000N")
    /// The line that each record says it is; all lines in order when nil.
    var records: [Int]?
    var elevation: (Int, Int) -> UInt16 = { line, point in UInt16(line * 100 + point) }

    private func pad(_ text: String, _ count: Int) -> [UInt8] {
        Array((text + String(repeating: " ", count: count - text.count)).utf8)
    }

    private func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: count - text.count) + text
    }

    var bytes: [UInt8] {
        var file = pad("UHL1" + origin.0 + origin.1 + "03000300NA  U  " + String(repeating: " ", count: 12), 47)
        file += pad(digits(lines, 4) + digits(points, 4) + "0", 33)
        file += pad("DSIU", 648) + pad("ACCNA  NA  NA  NA  ", 2700)
        for line in records ?? Array(0..<lines) { file += record(line) }
        return file
    }

    func record(_ line: Int) -> [UInt8] {
        var bytes: [UInt8] = [0xAA, 0, 0, UInt8(line), 0, UInt8(line), 0, 0]
        for point in 0..<points {
            let value = elevation(line, point)
            bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
        }
        let sum = bytes.reduce(UInt32(0)) { $0 + UInt32($1) }
        return bytes + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
    }
}

@Suite struct DTEDTests {
    private func image(_ bytes: [UInt8]) throws -> any ImageSource {
        let file = try DTEDFile(MemorySource(bytes))
        guard case .image(let image) = file.assets[0].content else { throw ImageryError(.misuse, "test", "no image") }
        return image
    }

    @Test func northIsUpAndWestIsLeft() throws {
        let image = try image(TinyCell().bytes)
        #expect(image.layout.shape == Shape(bands: 1, rows: 7, columns: 5))
        let samples = try image.read().samples(as: Int16.self)
        for row in 0..<7 { for column in 0..<5 { #expect(samples[row * 5 + column] == Int16(column * 100 + 6 - row)) } }
    }

    @Test func signsVoidsAndTwosComplement() throws {
        let stored: [UInt16] = [0x0000, 0x8000, 0x8002, 0xFFFF, 0xFFFE, 0x2328, 0xAEE0]
        let image = try image(TinyCell(lines: 1) { _, point in stored[6 - point] }.bytes)
        // -12000 is the lowest elevation of the standard; FFFE would be -32766 and is taken as two's complement.
        #expect(try image.read().samples(as: Int16.self) == [0, 0, -2, -32_767, -2, 9_000, -12_000])
    }

    @Test func aWalkOverTilesReadsEachLineOnce() throws {
        let source = CountingSource(TinyCell(lines: 70, points: 9).bytes)
        let image = try #require(try DTEDFile(source).assets[0].imageSource)
        let whole = try image.read()
        source.reset()
        let reader = image.makeReader(ReadContext(ReadOptions(), isSession: true))
        for y in stride(from: 0, to: 9, by: 4) {
            for x in stride(from: 0, to: 70, by: 33) {
                let window = Window(x: x, y: y, width: min(33, 70 - x), height: min(4, 9 - y))
                #expect(try image.read(window, through: reader) == whole.crop(window))
            }
        }
        // Three rows of tiles; a record has 30 bytes.
        #expect(source.lentByteCount == 70 * 30)
    }

    @Test func windowsEqualCropsAndReadTheirLinesOnly() throws {
        let source = CountingSource(TinyCell(lines: 70, points: 9).bytes)
        let file = try DTEDFile(source)
        let image = try #require(file.assets[0].imageSource)
        let whole = try image.read()
        for window in [
            Window(x: 0, y: 0, width: 1, height: 1), Window(x: 30, y: 2, width: 40, height: 5),
            Window(x: 69, y: 8, width: 1, height: 1),
        ] {
            source.reset()
            #expect(try image.read(window, bands: [0, 0]) == whole.crop(window, bands: [0, 0]))
            let expected = 3428 + window.x * 30..<3428 + window.right * 30
            #expect(source.touched == [expected])
            #expect(try image.byteRanges(ReadRequest(region: window, bands: [0])) == [expected])
        }
    }

    @Test func missingLinesAreVoid() throws {
        let bytes = TinyCell(records: [3, 1]).bytes
        let file = try DTEDFile(MemorySource(bytes))
        #expect(file.diagnostics.count == 1)
        let samples = try image(bytes).read(Window(x: 0, y: 6, width: 5, height: 1)).samples(as: Int16.self)
        #expect(samples == [-32_767, 100, -32_767, 300, -32_767])
    }

    /// Columns go where their records say (3.13), in whole reads, in windows of a fresh file, and in what is announced.
    @Test func recordsMayStandInAnyOrder() throws {
        let right = try image(TinyCell().bytes).read()
        let source = CountingSource(TinyCell(records: [3, 0, 4, 1, 2]).bytes)
        for x in 0..<5 {
            let file = try DTEDFile(source)
            let image = try #require(file.assets[0].imageSource)
            let window = Window(x: x, y: 1, width: 5 - x, height: 4)
            let named = try image.byteRanges(ReadRequest(region: window, bands: [0]))
            source.reset()
            #expect(try image.read(window) == right.crop(window))
            for range in source.touched {
                #expect(named.contains { $0.lowerBound <= range.lowerBound && $0.upperBound >= range.upperBound }, "\(range)")
            }
        }
        let context = ReadContext(ReadOptions())
        let image = try image(TinyCell(records: [3, 0, 4, 1, 2]).bytes)
        #expect(try image.read(through: image.makeReader(context)) == right)
        #expect(context.findings.all.count == 1)
    }

    /// A number that is another's, or none of the cell's: the record keeps its own place if nobody else says it.
    @Test func recordsWithoutANumberOfTheirOwn() throws {
        let row = try image(TinyCell(records: [0, 1, 1, 3, 9]).bytes).read(Window(x: 0, y: 6, width: 5, height: 1))
        #expect(try row.samples(as: Int16.self) == [0, 100, 100, 300, 900])
        let taken = try image(TinyCell(records: [2, 2, 0, 3, 4]).bytes).read(Window(x: 0, y: 6, width: 5, height: 1))
        #expect(try taken.samples(as: Int16.self) == [0, 200, 200, 300, 400])
    }

    @Test func aCellWithoutRecordsIsMalformed() throws {
        let image = try image(TinyCell(records: []).bytes)
        let error = #expect(throws: ImageryError.self) { _ = try image.read() }
        #expect(error?.kind == .malformed)
    }

    @Test func georeferenceAndFields() throws {
        let file = try DTEDFile(MemorySource(TinyCell().bytes))
        let affine = try #require(file.assets[0].georeference?.affine)
        // 30 seconds of arc: half a sample outside of the south-western and northern points.
        #expect(abs(affine.originX - (-8 - 15.0 / 3600)) < 1e-12)
        #expect(abs(affine.originY - (43 + 6.5 * 30 / 3600)) < 1e-12)
        #expect(file.metadata["UHL"]?["num_lat_points"]?.int == 7)
        #expect(file.metadata["ACC"]?["abs_vertical"]?.trimmed == "NA")
        #expect(file.dump().first { $0.name == "DSI" }?.offset == 80)
        #expect(file.dump().filter { $0.depth == 0 }.map(\.size) == [80, 648, 2700, 5 * 26])
    }

    @Test func tapeLabelsAreSkipped() throws {
        let label = [UInt8](repeating: 0x20, count: 80)
        #expect(try image(label + TinyCell().bytes).read() == image(TinyCell().bytes).read())
    }

    /// HOSTILE.md G1 to G4.
    @Test func liesAreErrorsOrFindings() throws {
        var bytes = TinyCell().bytes
        for text in ["0000", "    ", "-001", "9x99"] {
            bytes.replaceSubrange(47..<51, with: Array(text.utf8))
            #expect(throws: ImageryError.self) { _ = try DTEDFile(MemorySource(bytes)) }
        }
        bytes.replaceSubrange(47..<55, with: Array("99999999".utf8))
        let huge = try image(bytes)
        #expect(throws: ImageryError.self) { _ = try huge.read(Window(x: 0, y: 0, width: 2, height: 2)) }

        bytes = TinyCell().bytes
        bytes[3428 + 26 + 25] ^= 1
        let context = ReadContext(ReadOptions())
        let damaged = try image(bytes)
        _ = try damaged.read(through: damaged.makeReader(context))
        #expect(context.findings.all.map(\.offset) == [3428 + 26])

        bytes[3428 + 52] = 0
        let lost = try image(bytes)
        let error = #expect(throws: ImageryError.self) { _ = try lost.read() }
        #expect(error?.offset == 3428 + 52)
        var salvage = ReadOptions()
        salvage.salvage = true
        #expect(
            try lost.read(Window(x: 1, y: 6, width: 3, height: 1), options: salvage).samples(as: Int16.self) == [100, -32_767, 300])
        for count in [0, 3, 79, 80, 3427] {
            #expect(throws: ImageryError.self) { _ = try DTEDFile(MemorySource(Array(bytes.prefix(count)))) }
        }
    }
}
