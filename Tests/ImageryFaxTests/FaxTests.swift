import ImageryBase
import ImageryFax
import ImageryKernels
import ImageryPlumbing
import TestSupport
import Testing

/// Coded lines of other software and the CRC-32 of their pixels, one byte each (Tests/Vectors/fax.py).
struct FaxVector: Sendable, CustomStringConvertible {
    var name: String
    var scheme: FaxScheme
    var columns: Int
    var rows: Int
    var isBitReversed: Bool
    var crc: UInt32
    var data: [UInt8]

    init(
        name: String, scheme: FaxScheme, columns: Int, rows: Int, isBitReversed: Bool, crc: UInt32, base64: String
    ) {
        self.name = name
        self.scheme = scheme
        self.columns = columns
        self.rows = rows
        self.isBitReversed = isBitReversed
        self.crc = crc
        data = decodeBase64(base64)
    }

    var description: String { name }
    func image(_ data: [UInt8]? = nil) throws -> any ImageSource {
        try FaxStreams(scheme, columns: columns, rows: rows, isBitReversed: isBitReversed).open(MemorySource(data ?? self.data))
    }
}

@Suite struct FaxTests {
    @Test(arguments: vectors) func foreignLinesGiveTheirPixels(vector: FaxVector) throws {
        let raster = try vector.image().read()
        #expect(raster.withBytes { crc32(0, $0) } == vector.crc)
    }

    /// S57, S7: windows are crops, upwards too, in and out of sessions.
    @Test(arguments: vectors) func windowsAreCrops(vector: FaxVector) throws {
        let image = try vector.image()
        let whole = try image.read()
        let session = image.makeReader(ReadContext(ReadOptions(), isSession: true))
        var random = SeededGenerator(UInt64(vector.crc))
        for _ in 0..<20 {
            let x = Int.random(in: 0..<vector.columns, using: &random)
            let y = Int.random(in: 0..<vector.rows, using: &random)
            let window = Window(
                x: x, y: y, width: Int.random(in: 1...vector.columns - x, using: &random),
                height: Int.random(in: 1...vector.rows - y, using: &random))
            #expect(try image.read(window) == whole.crop(window))
            #expect(try image.read(window, bands: [0, 0], through: session) == whole.crop(window, bands: [0, 0]))
        }
    }

    /// Bits as text, padded to bytes.
    private func bytes(_ text: String) -> [UInt8] {
        var digits = text.filter { $0 == "0" || $0 == "1" }
        while digits.count % 8 != 0 { digits.append("0") }
        let bits = Array(digits.utf8)
        return stride(from: 0, to: bits.count, by: 8).map { start in bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 & 1) } }
    }

    private func rows(
        _ scheme: FaxScheme, _ columns: Int, _ count: Int, _ text: String, salvage: Bool = false, findings: Int = 0
    ) throws -> [String] {
        var options = ReadOptions()
        options.salvage = salvage
        let context = ReadContext(options)
        let image = try FaxStreams(scheme, columns: columns, rows: count).open(MemorySource(bytes(text)))
        let samples = try image.read(through: image.makeReader(context)).samples(as: UInt8.self)
        #expect(context.findings.all.count == findings)
        return (0..<count).map { row in samples[row * columns..<(row + 1) * columns].map { String($0) }.joined() }
    }

    private let eol = "000000000001"

    /// T.4 tables 2 and 3a: white 2 is 0111, black 3 is 10, white 3 is 1000; black 64 + 0 is 0000001111 0000110111.
    @Test func linesByHand() throws {
        let line = "0111 10 1000"
        #expect(try rows(.modifiedHuffman(alignment: 8), 8, 2, "\(line)000000\(line)") == ["00111000", "00111000"])
        #expect(try rows(.modifiedHuffman(alignment: 16), 8, 2, "\(line)000000\(line)") == ["00111000", "00111000"])
        // Fill bits before EOL (4.1.3), six of them are the end (4.1.4).
        let end = [String](repeating: eol, count: 6).joined()
        #expect(
            try rows(.group3(isTwoDimensional: false), 8, 2, "\(eol)\(line)0000000\(eol)\(line)\(end)") == ["00111000", "00111000"])
        // No EOL at all.
        #expect(try rows(.group3(isTwoDimensional: false), 8, 2, "\(line)\(line)") == ["00111000", "00111000"])
        // T.6: vertical, pass and horizontal modes: H(2, 3) V0; V0 VR1 V0; P V0.
        let first = "001 0111 10 1"
        #expect(try rows(.group4, 8, 3, "\(first) 1 011 1 0001 1") == ["00111000", "00111100", "00000000"])
        // 64 black pixels: white 0 is 00110101.
        #expect(
            try rows(.modifiedHuffman(alignment: 8), 64, 1, "00110101 0000001111 0000110111") == [String(repeating: "1", count: 64)]
        )
    }

    /// Deviations of the README.
    @Test func toleratedFaults() throws {
        let line = "0111 10 1000"
        // early-end: the rest is white.
        #expect(try rows(.group4, 8, 3, "001 0111 10 1 \(eol)\(eol)", findings: 1) == ["00111000", "00000000", "00000000"])
        // late-begin: what stands before the first EOL is no line.
        #expect(
            try rows(.group3(isTwoDimensional: false), 8, 2, "\(line)\(eol)\(line)", findings: 1) == ["00111000", "00000000"])
        // long-runs: white 2, black 7 (00011) of a line of 8.
        #expect(try rows(.group3(isTwoDimensional: false), 8, 1, "\(eol) 0111 00011", findings: 1) == ["00000000"])
        // resynchronisation: 000000001 begins no code.
        #expect(
            try rows(.group3(isTwoDimensional: false), 8, 2, "\(eol) 0111 10 000000001 \(eol)\(line)", findings: 1) == [
                "00111000", "00111000",
            ])
    }

    /// What is there of a damaged line is kept, and the next ones are read: pixels as tiffcp 4.5.0 -i gives them.
    @Test func damagedLinesOfT6() throws {
        let first = "001 0111 10 1"
        let ones = String(repeating: "1", count: 24)
        // A change before the first column.
        #expect(
            try rows(.group4, 8, 4, "\(first) 0000010 0000010 0000010 11111", findings: 1) == [
                "00111000", "00000000", "00000000", "00000111",
            ])
        // A change behind the last column.
        #expect(
            try rows(.group4, 8, 4, "\(first) 1 1 011 \(ones)", findings: 1) == ["00111000", "00111000", "00111000", "00111000"])
        // Runs that lead outside of the line: black, white.
        #expect(
            try rows(.group4, 8, 4, "\(first) 001 0111 00011 \(ones)", findings: 1) == [
                "00111000", "00000000", "00111111", "00111111",
            ])
        #expect(
            try rows(.group4, 8, 3, "\(first) 001 10011 10 \(ones)", findings: 1) == ["00111000", "00000000", "00000000"])
        // Zeros are an end: the line keeps its color, those below are white.
        #expect(
            try rows(.group4, 8, 4, "\(first) 011 0000000 \(ones)", findings: 2) == [
                "00111000", "00011111", "00000000", "00000000",
            ])
    }

    @Test func damagedLinesOfT4() throws {
        let line = "0111 10 1000"
        #expect(
            try rows(.group3(isTwoDimensional: false), 8, 3, "\(eol) 0111 000000001 \(eol)\(line)\(eol)\(line)", findings: 1) == [
                "00000000", "00111000", "00111000",
            ])
        #expect(
            try rows(.modifiedHuffman(alignment: 8), 8, 3, "0111 00011 0000000 \(line)000000\(line)", findings: 1) == [
                "00000000", "00111000", "00111000",
            ])
        #expect(
            try rows(.modifiedHuffman(alignment: 8), 8, 3, "0111 00000000 0 000 \(line)000000\(line)", findings: 1) == [
                "00000000", "00111000", "00111000",
            ])
        // A line without an end: an error, or its beginning. Zeros are no end of it.
        let cut = "\(line)000000 0111 10"
        #expect(failure(.modifiedHuffman(alignment: 8), 8, 3, cut)?.kind == .malformed)
        #expect(
            try rows(.modifiedHuffman(alignment: 8), 8, 3, cut, salvage: true, findings: 2) == [
                "00111000", "00111000", "00000000",
            ])
        #expect(try rows(.modifiedHuffman(alignment: 8), 8, 2, "\(cut)00000000", findings: 1) == ["00111000", "00111000"])
    }

    private func failure(_ scheme: FaxScheme, _ columns: Int, _ count: Int, _ text: String, salvage: Bool = false) -> ImageryError?
    {
        do {
            _ = try rows(scheme, columns, count, text, salvage: salvage, findings: salvage ? 1 : 0)
            return nil
        } catch { return error as? ImageryError }
    }

    @Test func faultsAreErrors() {
        #expect(failure(.group4, 8, 2, "001 0111 10 1")?.kind == .malformed)
        #expect(failure(.group4, 8, 2, "001 0111 10 1", salvage: true) == nil)
        #expect(failure(.group4, 8, 1, "0000001111")?.kind == .unsupported)
        #expect(failure(.group4, 8, 1, "0000000000")?.kind == .malformed)
        #expect(failure(.modifiedHuffman(alignment: 8), 8, 1, "00000001")?.kind == .malformed)
        #expect(failure(.group3(isTwoDimensional: true), 8, 1, "")?.kind == .malformed)
    }

    /// C3: floods of EOL codes, lines without pixels, noise: errors or lines, never a trap.
    @Test func hostileData() throws {
        #expect(failure(.group3(isTwoDimensional: false), 8, 1_000, String(repeating: eol, count: 400), salvage: true) == nil)
        var random = SeededGenerator(11)
        for round in 0..<400 {
            let vector = vectors[round % vectors.count]
            var data = round % 3 == 0 ? random.bytes(60) : vector.data
            for _ in 0..<4 {
                data[Int.random(in: 0..<data.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            if round % 5 == 0 { data.removeLast(data.count / 3) }
            _ = try? vector.image(data).read()
            var options = ReadOptions()
            options.salvage = true
            _ = try? vector.image(data).read(options: options)
        }
    }
}
