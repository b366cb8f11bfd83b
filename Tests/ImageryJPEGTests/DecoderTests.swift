import ImageryBase
import ImageryJPEG
import ImageryKernels
import ImageryPlumbing
import TestSupport
import Testing

/// The image of a file.
func image(_ file: JPEGFile) throws -> any ImageSource {
    guard case .image(let source) = try #require(file.assets.first).content else {
        throw ImageryError(.misuse, "test", "the asset is no image")
    }
    return source
}

func image(_ bytes: [UInt8]) throws -> any ImageSource { try image(JPEGFile(MemorySource(bytes))) }

@Suite struct DecoderTests {
    /// Every process, sampling and color as the foreign decoder reads it, sample by sample (S58).
    @Test(arguments: vectors) func foreignFilesGiveTheirPixels(vector: CodedVector) throws {
        let file = try JPEGFile(MemorySource(vector.bytes))
        let source = try image(file)
        #expect(source.layout.shape == Shape(bands: vector.bands, rows: vector.rows, columns: vector.columns))
        #expect(source.layout.pixelType == (vector.isWide ? .uint16 : .uint8))
        #expect(source.layout.blockWidth == vector.columns && source.layout.blockHeight == vector.rows)
        #expect(try checksum(source.read()) == vector.crc)
        #expect(file.diagnostics.isEmpty)
    }

    /// S57: windows and band lists equal crops of the whole, in and out of sessions.
    @Test(arguments: vectors) func windowsEqualCrops(vector: CodedVector) throws {
        #expect(try windowsThatDiffer(image(vector.bytes), seed: UInt64(vector.crc)) == [])
    }

    /// S7: tiles of a session, row by row, with and without overlap.
    @Test(arguments: vectors, [(3, 2, 0), (16, 16, 3), (5, 40, 1)]) func tilesEqualCrops(vector: CodedVector, size: (Int, Int, Int))
        throws
    {
        let (width, height, overlap) = size
        let source = try image(vector.bytes)
        let whole = try source.read()
        let session = source.makeReader(ReadContext(ReadOptions(), isSession: true))
        for y in stride(from: 0, to: vector.rows, by: max(1, height - overlap)) {
            for x in stride(from: 0, to: vector.columns, by: max(1, width - overlap)) {
                let tile = Window(x: x, y: y, width: width, height: height).intersection(source.layout.bounds)
                #expect(try source.read(tile, through: session) == whole.crop(tile))
            }
        }
    }

    /// S40, S57: levels have the sizes of S2, and windows of them are crops of the whole level.
    @Test(arguments: vectors, [1, 2, 3]) func levelsAreWholeAndInParts(vector: CodedVector, level: Int) throws {
        let source = try image(vector.bytes)
        guard !vector.name.contains("lossless") else {
            #expect(source.resolutionLevels == 1)
            return
        }
        #expect(source.resolutionLevels == 4)
        let whole = try source.read(level: level)
        let (rows, columns) = (ceilShift(vector.rows, level), ceilShift(vector.columns, level))
        #expect(whole.shape == Shape(bands: vector.bands, rows: rows, columns: columns))
        var random = SeededGenerator(UInt64(vector.crc) + 7)
        let session = source.makeReader(ReadContext(ReadOptions(), isSession: true))
        for round in 0..<10 {
            let x = Int.random(in: 0..<columns, using: &random)
            let y = Int.random(in: 0..<rows, using: &random)
            let window = Window(
                x: x, y: y, width: Int.random(in: 1...columns - x, using: &random),
                height: Int.random(in: 1...rows - y, using: &random))
            #expect(try source.read(window, level: level) == whole.crop(window))
            #expect(try source.read(window, level: level, through: session) == whole.crop(window))
            if round == 5 { #expect(try source.read(through: session) == source.read()) }
        }
    }

    /// A window at the top needs no data of the rows below it: with that data gone it reads the same.
    @Test func windowsStopBelowTheirLastRow() throws {
        let vector = try vector("cjpeg -quality 30 -optimize -sample 2x2 -restart 1B")
        let top = Window(x: 0, y: 0, width: vector.columns, height: 8)
        let whole = try image(vector.bytes).read()
        let cut = try image(Array(vector.bytes[..<(vector.bytes.count - 60)]))
        #expect(throws: ImageryError.self) { try cut.read() }
        #expect(try cut.read(top) == whole.crop(top))
    }

    /// Opening reads the marker segments only, once.
    @Test func openingReadsTheHeaders() throws {
        let vector = try vector("cjpeg -quality 30 -progressive -sample 2x2")
        let padded = vector.bytes + [UInt8](repeating: 0, count: 1 << 20)
        let source = CountingSource(padded)
        let file = try JPEGFile(source)
        #expect(source.lentByteCount < 2000)
        #expect(try image(file).byteRanges(ReadRequest(region: Window(x: 0, y: 0, width: 1, height: 1), bands: [0])).count == 1)
    }

    /// T.81 B.2.5: a height of 0 stands in DNL behind the first scan.
    @Test func lateNumbersOfLinesAreFound() throws {
        let vector = try vector("cjpeg -quality 40 -grayscale -optimize")
        var bytes = vector.bytes
        let frame = try #require(place(of: [0xff, 0xc0], in: bytes))
        bytes.replaceSubrange(frame + 5..<frame + 7, with: [0, 0])
        bytes.removeLast(2)
        #expect(throws: ImageryError.self) { try JPEGFile(MemorySource(bytes + [0xff, 0xd9])) }
        let late = try image(bytes + [0xff, 0xdc, 0, 4, 0, UInt8(vector.rows), 0xff, 0xd9])
        #expect(try late.read() == image(vector.bytes).read())
    }

    /// T.81 B.1.1.2: fill bytes before a marker mean nothing.
    @Test func fillBytesArePassedOver() throws {
        let vector = try vector("cjpeg -quality 30 -optimize -sample 2x2 -restart 1B")
        var bytes = vector.bytes
        for marker in [UInt8(0xd1), 0xda, 0xc0, 0xdb] {
            let offset = try #require(place(of: [0xff, marker], in: bytes))
            bytes.insert(contentsOf: [0xff, 0xff], at: offset)
        }
        #expect(try image(bytes).read() == image(vector.bytes).read())
    }

    /// Tables that a stream does not bring are the typical ones (T.81 K.3): cjpeg writes just these without -optimize.
    @Test func missingHuffmanTablesAreTheTypicalOnes() throws {
        let vector = typicalTables
        var bare = vector.bytes
        while let offset = place(of: [0xff, 0xc4], in: bare) {
            bare.removeSubrange(offset..<offset + 2 + Int(bare[offset + 2]) * 256 + Int(bare[offset + 3]))
        }
        #expect(bare.count < vector.bytes.count - 400)
        let raster = try image(bare).read()
        #expect(raster.withBytes { crc32(0, $0) } == vector.crc)
    }
}

/// Where `pattern` begins first.
func place(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    (0...max(0, bytes.count - pattern.count)).first { bytes[$0...].starts(with: pattern) }
}
