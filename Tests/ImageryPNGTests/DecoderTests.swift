import ImageryBase
import ImageryPNG
import TestSupport
import Testing

@Suite struct DecoderTests {
    /// S58: every color type, depth and interlace method as the foreign decoder reads it.
    @Test(arguments: vectors) func foreignFilesGiveTheirPixels(vector: CodedVector) throws {
        let file = try PNGFile(MemorySource(vector.bytes))
        let source = try image(file)
        #expect(source.layout.shape == Shape(bands: vector.bands, rows: vector.rows, columns: vector.columns))
        #expect(source.layout.pixelType == (vector.isWide ? .uint16 : .uint8))
        #expect(source.layout.blockWidth == vector.columns && source.layout.blockHeight == vector.rows)
        #expect(try checksum(source.read()) == vector.crc)
        #expect(file.diagnostics.isEmpty)
    }

    /// S57: windows and band lists equal crops of the whole, in and out of sessions whose reads jump up and down.
    @Test(arguments: vectors) func windowsEqualCrops(vector: CodedVector) throws {
        #expect(try windowsThatDiffer(image(vector.bytes), seed: UInt64(vector.crc), count: 25) == [])
    }

    /// S7: tiles of a session, row by row, with and without overlap.
    @Test(arguments: vectors, [(3, 2, 0), (8, 8, 3), (5, 40, 1)]) func tilesEqualCrops(vector: CodedVector, size: (Int, Int, Int))
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

    /// S52: a destination with gaps is written only where the samples go.
    @Test func stridesOfTheCallerAreHonoured() throws {
        let rows: [[UInt8]] = [[1, 2, 3], [4, 5, 6]]
        let source = try image(PNGBuilder.gray(rows))
        var memory = [UInt8](repeating: 99, count: 16)
        try unsafe memory.withUnsafeMutableBytes { buffer in
            let target = unsafe Destination(base: buffer.baseAddress!, bandStride: 8, rowStride: 4)
            try unsafe source.makeReader(ReadContext(ReadOptions())).read(
                ReadRequest(region: Window(x: 1, y: 0, width: 2, height: 2), bands: [0, 0]), into: target)
        }
        #expect(memory == [2, 3, 99, 99, 5, 6, 99, 99, 2, 3, 99, 99, 5, 6, 99, 99])
    }

    /// Clause 9.2: all filter types, on first rows too, whose effect the formulas of Table 9.1 give.
    @Test(arguments: [1, 2, 3, 4, 6, 8]) func everyFilterIsUndone(bytesPerPixel: Int) throws {
        var random = SeededGenerator(UInt64(bytesPerPixel))
        let (color, depth) = [1: (0, 8), 2: (0, 16), 3: (2, 8), 4: (6, 8), 6: (2, 16), 8: (6, 16)][bytesPerPixel]!
        let width = 7
        let rows = (0..<40).map { _ in random.bytes(width * bytesPerPixel) }
        var data: [UInt8] = []
        for (index, row) in rows.enumerated() {
            let type = UInt8.random(in: 0...4, using: &random)
            let above = index == 0 ? [UInt8](repeating: 0, count: row.count) : rows[index - 1]
            data.append(type)
            for i in row.indices {
                let a = i < bytesPerPixel ? 0 : Int(row[i - bytesPerPixel])
                let b = Int(above[i])
                let c = i < bytesPerPixel ? 0 : Int(above[i - bytesPerPixel])
                let p = a + b - c
                let nearest = abs(p - a) <= abs(p - b) && abs(p - a) <= abs(p - c) ? a : abs(p - b) <= abs(p - c) ? b : c
                let predictions = [0, a, b, (a + b) / 2, nearest]
                data.append(UInt8(truncatingIfNeeded: Int(row[i]) - predictions[Int(type)]))
            }
        }
        let file = PNGBuilder.file(
            PNGBuilder.header(width, rows.count, depth: depth, color: color), PNGBuilder.chunk("IDAT", PNGBuilder.zlib(data)))
        let raster = try image(file).read()
        let size = depth / 8
        var planar: [UInt8] = []
        if size == 1 {
            planar = try raster.samples(as: UInt8.self)
        } else {
            for sample in try raster.samples(as: UInt16.self) { planar += [UInt8(sample >> 8), UInt8(sample & 255)] }
        }
        let bands = bytesPerPixel / size
        var chunky: [UInt8] = []
        let pixels = width * rows.count
        for pixel in 0..<pixels {
            for band in 0..<bands {
                let start: Int = (band * pixels + pixel) * size
                chunky += planar[start..<start + size]
            }
        }
        #expect(chunky == rows.flatMap { $0 })
    }

    /// H1, clause 10.1: the datastream may be cut into chunks anywhere, empty ones included.
    @Test func imageDataMayBeSplitAnywhere() throws {
        let rows: [[UInt8]] = (0..<5).map { row in (0..<6).map { UInt8(row * 40 + $0) } }
        let stream = PNGBuilder.zlib(rows.flatMap { [0] + $0 })
        for cut in 0...stream.count {
            let parts = PNGBuilder.chunk("IDAT", Array(stream[..<cut])) + PNGBuilder.chunk("IDAT", Array(stream[cut...]))
            #expect(try samples(PNGBuilder.file(PNGBuilder.header(6, 5), parts)) == rows.flatMap { $0 })
        }
        let single = stream.flatMap { PNGBuilder.chunk("IDAT", [$0]) + PNGBuilder.chunk("IDAT") }
        #expect(try samples(PNGBuilder.file(PNGBuilder.header(6, 5), single)) == rows.flatMap { $0 })
    }

    /// D8: interlaced images so small that passes are empty or hold single pixels (8.1).
    @Test func smallInterlacedImages() throws {
        for width in 1...9 {
            for height in 1...9 {
                func pixel(_ x: Int, _ y: Int) -> UInt8 { UInt8(y * 16 + x) }
                var data: [UInt8] = []
                let starts = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
                for (x0, y0, dx, dy) in starts where width > x0 && height > y0 {
                    for y in stride(from: y0, to: height, by: dy) {
                        data.append(0)
                        for x in stride(from: x0, to: width, by: dx) { data.append(pixel(x, y)) }
                    }
                }
                let file = PNGBuilder.file(
                    PNGBuilder.header(width, height, interlace: 1), PNGBuilder.chunk("IDAT", PNGBuilder.zlib(data)))
                let expected = (0..<height).flatMap { y in (0..<width).map { pixel($0, y) } }
                #expect(try samples(file) == expected)
            }
        }
    }

    /// S2, S5: opening touches chunk headers and IHDR; a window near the top stops the decoding there.
    @Test func onlyNeededBytesAreRead() throws {
        var random = SeededGenerator(7)
        let rows = (0..<600).map { _ in random.bytes(2000) }
        let stream = PNGBuilder.zlib(rows.flatMap { [0] + $0 })
        let cut = stream.count / 3
        let source = CountingSource(
            PNGBuilder.file(
                PNGBuilder.header(2000, 600), PNGBuilder.chunk("tEXt", Array("Title\0none".utf8)),
                PNGBuilder.chunk("IDAT", Array(stream[..<cut])), PNGBuilder.chunk("IDAT", Array(stream[cut...]))))
        let file = try PNGFile(source)
        // The last: the text, which might be the title, and its CRC.
        #expect(source.lentByteCount == 8 + 5 * 8 + 13 + 4 + 10 + 4)
        source.reset()
        let top = try image(file).read(Window(x: 10, y: 1, width: 5, height: 2))
        #expect(try top.samples(as: UInt8.self) == Array(rows[1][10..<15] + rows[2][10..<15]))
        #expect(source.lentByteCount < stream.count / 2)
        source.reset()
        // S7: a walk over all tiles lends the image data once.
        let session = try image(file).makeReader(ReadContext(ReadOptions(), isSession: true))
        for y in stride(from: 0, to: 600, by: 200) {
            for x in stride(from: 0, to: 2000, by: 500) {
                let tile = try image(file).read(Window(x: x, y: y, width: 500, height: 200), through: session)
                #expect(try tile.samples(as: UInt8.self) == rows[y..<y + 200].flatMap { $0[x..<x + 500] })
            }
        }
        #expect(source.lentByteCount <= stream.count + 64)
        #expect(try image(file).byteRanges(ReadRequest(region: Window(x: 0, y: 0, width: 1, height: 1), bands: [0])).count == 1)
    }

    /// A failing source ends the read with its error, whatever byte it fails at (H2).
    @Test func sourceFailuresArePassedOn() throws {
        let bytes = PNGBuilder.gray([[1, 2], [3, 4]])
        let data = bytes.count - 12 - 4 - PNGBuilder.zlib([0, 1, 2, 0, 3, 4]).count
        for place in 1..<bytes.count - 4 {
            do {
                let file = try PNGFile(FailingSource(bytes, failsFrom: place))
                #expect(place >= data, "opening must have failed")
                _ = try image(file).read()
                #expect(place >= bytes.count - 12, "reading must have failed at \(place)")
            } catch let error as ImageryError {
                #expect(error.kind == .io && error.underlying is FailingSource.Failure)
            }
        }
    }

    /// After an error a session begins anew.
    @Test func sessionsSurviveErrors() throws {
        let rows: [[UInt8]] = (0..<4).map { [UInt8($0), 7] }
        let data = PNGBuilder.zlib(rows.flatMap { [0] + $0 })
        let file = PNGBuilder.file(PNGBuilder.header(2, 5), PNGBuilder.chunk("IDAT", data))
        let source = try image(file)
        let session = source.makeReader(ReadContext(ReadOptions(), isSession: true))
        #expect(throws: ImageryError.self) { try source.read(through: session) }
        #expect(try source.read(Window(x: 0, y: 2, width: 2, height: 1), through: session).samples(as: UInt8.self) == [2, 7])
    }
}
