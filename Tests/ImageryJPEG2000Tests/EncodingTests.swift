import ImageryBase
import TestSupport
import Testing

@testable import ImageryJPEG2000

/// S73, what the encoder writes: held to the standard's example, to what other encoders write, and to the decoder, which is held to other software.
@Suite struct EncodingTests {
    /// The coefficients of a region move up (Annex H): nothing is lost, and what a short stream has is the region first. OpenJPEG reads the same
    /// (Conformance/interop/jpeg2000_writing.py).
    @Test(arguments: [1, 3]) func regionsOfInterest(bands: Int) throws {
        let (rows, columns) = (48, 56)
        var random = SeededGenerator(7)
        let samples = (0..<bands * rows * columns).map { place in
            UInt8(clamping: 90 + place % columns + place / columns % rows + Int.random(in: 0..<40, using: &random))
        }
        let raster = try Raster(samples, shape: Shape(bands: bands, rows: rows, columns: columns))
        let region = Window(x: 20, y: 16, width: 9, height: 8)
        func encoded(_ change: (inout JPEG2000EncodingOptions) -> Void) throws -> Raster {
            var options = JPEG2000EncodingOptions()
            options.region = region
            change(&options)
            let sink = MemorySink()
            let layout = ImageLayout(
                shape: raster.shape, pixelType: .uint8, blockWidth: raster.width, blockHeight: raster.height)
            try JPEG2000Encoder.encode(layout, from: RasterReader(raster), options: options, into: sink)
            let file = try JPEG2000File(MemorySource(sink.bytes))
            let shifts = file.assets[0].makeMetadata().all("RGN").compactMap { $0["SPrgn"]?.int }
            #expect(shifts == [Int](repeating: bands == 3 ? 12 : 11, count: bands))
            guard case .image(let image) = file.assets[0].content else { throw ImageryError(.malformed, "test", "no image") }
            return try image.read()
        }
        #expect(try encoded { _ in } == raster)
        #expect(
            try encoded {
                $0.rates = [1, 4]; $0.isReversible = true
            } == raster)
        #expect(try encoded { ($0.tileWidth, $0.tileHeight) = (32, 32) } == raster)
        // At a rate the region has far less than its share of the error.
        let cut = try encoded {
            $0.rates = [2]
            $0.levels = 2
        }
        func meanSquare(_ window: Window) throws -> Double {
            let pairs = try zip(cut.crop(window).samples(as: UInt8.self), raster.crop(window).samples(as: UInt8.self))
            let squares = pairs.map { Double((Int($0) - Int($1)) * (Int($0) - Int($1))) }
            return squares.reduce(0, +) / Double(squares.count)
        }
        let whole = try meanSquare(Window(x: 0, y: 0, width: columns, height: rows))
        #expect(try meanSquare(region) < whole / 4 && whole > 1)
    }

    @Test func regionsThatCannotBe() throws {
        func kind(_ bits: Int, _ change: (inout JPEG2000EncodingOptions) -> Void) -> ImageryError.Kind? {
            var options = JPEG2000EncodingOptions()
            options.region = Window(x: 0, y: 0, width: 4, height: 4)
            options.precision = bits
            change(&options)
            let layout = ImageLayout(
                shape: Shape(bands: 1, rows: 8, columns: 8), pixelType: .uint16, blockWidth: 8, blockHeight: 8)
            do {
                let raster = try Raster([UInt16](repeating: 1, count: 64), rows: 8, columns: 8)
                try JPEG2000Encoder.encode(layout, from: RasterReader(raster), options: options, into: MemorySink())
            } catch { return (error as? ImageryError)?.kind }
            return nil
        }
        #expect(kind(12) { _ in } == nil)
        #expect(kind(16) { _ in } == .unsupported)
        #expect(kind(12) { $0.isHighThroughput = true } == .misuse)
        #expect(kind(12) { $0.quality = 50 } == .misuse)
        #expect(kind(12) { $0.region = Window(x: 8, y: 0, width: 4, height: 4) } == .misuse)
    }

    typealias Options = JPEG2000Encoder.Options

    private func raster(_ shape: Shape, _ type: PixelType, bits: Int, _ value: (Int) -> Int) throws -> Raster {
        let count = shape.bands * shape.rows * shape.columns
        switch type {
        case .uint8: return try Raster((0..<count).map { UInt8(truncatingIfNeeded: value($0)) }, shape: shape)
        case .int8: return try Raster((0..<count).map { Int8(truncatingIfNeeded: value($0)) }, shape: shape)
        case .uint16: return try Raster((0..<count).map { UInt16(truncatingIfNeeded: value($0)) }, shape: shape)
        case .int16: return try Raster((0..<count).map { Int16(truncatingIfNeeded: value($0)) }, shape: shape)
        case .uint32: return try Raster((0..<count).map { UInt32(truncatingIfNeeded: value($0)) }, shape: shape)
        default: return try Raster((0..<count).map { Int32(truncatingIfNeeded: value($0)) }, shape: shape)
        }
    }

    private func layout(_ raster: Raster, bits: Int) -> ImageLayout {
        ImageLayout(
            shape: raster.shape, pixelType: raster.pixelType, bitsPerPixel: bits, blockWidth: raster.width,
            blockHeight: raster.height)
    }

    private func encode(_ raster: Raster, bits: Int, _ options: Options) throws -> [UInt8] {
        let sink = MemorySink()
        try JPEG2000Encoder.encode(layout(raster, bits: bits), from: RasterReader(raster), options: options, into: sink)
        return sink.bytes
    }

    private func decode(_ bytes: [UInt8]) throws -> Raster {
        let image = try JPEG2000Streams().open(MemorySource(bytes))
        let context = ReadContext(ReadOptions())
        let result = try image.read(through: image.makeReader(context))
        #expect(context.findings.all.isEmpty)
        return result
    }

    /// The first SOT and what follows.
    private func tileParts(_ bytes: [UInt8]) -> [UInt8] {
        let start = bytes.indices.first { bytes[$0...].starts(with: [0xff, 0x90, 0, 10]) }
        return start.map { Array(bytes[$0...]) } ?? []
    }

    @Test("T.800 J.10: the standard's own example")
    func standardExample() throws {
        let raster = try Raster([101, 103, 104, 105, 96, 97, 96, 102, 109] as [UInt8], shape: Shape(bands: 1, rows: 9, columns: 1))
        var options = Options()
        options.levels = 1
        // Only the last byte of each code-block is another: FLUSH (C.2.9) sets as many bits as it can, the example's encoder did not. What
        // it has there is what a decoder may find as well.
        let wanted = hex("FF90000A00000000001E0001FF93C7D40C018F0DC8755DC07C21800FB176FFD9")
        let bytes = try encode(raster, bits: 8, options)
        let parts = tileParts(bytes)
        #expect(parts.count == wanted.count)
        #expect(zip(parts, wanted).enumerated().filter { $0.element.0 != $0.element.1 }.map(\.offset) == [22, 29])
        #expect(try decode(bytes) == raster)
        // SIZ, COD and QCD are the example's, in another order.
        #expect(
            Array(bytes.dropLast(wanted.count))
                == hex(
                    "FF4FFF510029000000000001000000090000000000000000000000010000000900000000000000000001070101"
                        + "FF52000C00000001000104040001FF5C00074040484850"))
    }

    /// Code-blocks that OpenJPEG made of the same coefficients.
    @Test(arguments: blockVectors.filter { $0.style == 0 && $0.magnitudeBits <= 30 }) func blocks(_ vector: BlockVector) throws {
        let shape = CodeBlockEncoder.Shape(
            width: vector.width, height: vector.height, orientation: vector.block.orientation, magnitudeBits: vector.magnitudeBits,
            fractionBits: 0, keepsPasses: true)
        let numbers = vector.numbers.map { Int32($0) }
        let block = numbers.withUnsafeBufferPointer {
            CodeBlockEncoder().encode(shape, $0.baseAddress!, stride: vector.width)
        }
        #expect(block.bytes == decodeBase64(vector.data))
        #expect(block.zeroBitPlanes == vector.zeroBitPlanes)
        // Cut behind any pass, a decoder finds what that pass and those before it said.
        for (index, pass) in block.passes.enumerated() where index % 3 == 0 {
            let passes = index + 1
            var cut = vector.block
            cut.segments = [CodedBlock.Segment(passes: passes, offset: 0, byteCount: pass.length)]
            var whole = cut
            whole.segments[0].byteCount = block.bytes.count
            let first = decodeBlock(cut, Array(block.bytes.prefix(pass.length)))
            #expect(first == decodeBlock(whole, block.bytes), "pass \(index)")
        }
    }

    private func decodeBlock(_ block: CodedBlock, _ data: [UInt8]) -> [Int32] {
        var result = [Int32](repeating: 0, count: block.width * block.height)
        data.withUnsafeBytes { bytes in
            result.withUnsafeMutableBufferPointer {
                _ = CodeBlockDecoder().decode(block, data: bytes, into: $0.baseAddress!, stride: block.width)
            }
        }
        return result
    }

    private func formula(_ bits: Int) -> (Int) -> Int {
        { index in
            let (x, y) = (index % 37, index / 37)
            let sum = x * x + 5 * x * y + 3 * y * y
            return sum / 16 % ((1 << bits) - 5)
        }
    }

    /// opj_compress 2.5.0 -n 4: its tile-part is the same.
    @Test func openJPEG() throws {
        var options = Options()
        options.levels = 3
        let raster = try raster(Shape(bands: 1, rows: 29, columns: 37), .uint8, bits: 8, formula(8))
        #expect(try tileParts(encode(raster, bits: 8, options)) == decodeBase64(Self.openJPEG8))
    }

    /// opj_compress 2.5.0 -n 3 -t 20,16 -p RPCL -b 8,16, of 12 bits.
    @Test func openJPEGInTiles() throws {
        var options = Options()
        options.levels = 2
        (options.tileWidth, options.tileHeight) = (20, 16)
        options.order = .rpcl
        (options.blockWidthExponent, options.blockHeightExponent) = (3, 4)
        let raster = try raster(Shape(bands: 1, rows: 29, columns: 37), .uint16, bits: 12, formula(12))
        #expect(try tileParts(encode(raster, bits: 12, options)) == decodeBase64(Self.openJPEG12))
    }

    struct Case: Sendable {
        var shape: Shape
        var type: PixelType
        var bits: Int
        var isHighThroughput = false
        var order = JPEG2000Choices.Order.lrcp
        var tile: (Int, Int)?
        var precinct: Int?
        var rates: [Double] = []
    }

    static let cases: [Case] = [
        Case(shape: Shape(bands: 1, rows: 1, columns: 1), type: .uint8, bits: 8),
        Case(shape: Shape(bands: 2, rows: 5, columns: 7), type: .int8, bits: 8, order: .cprl),
        Case(shape: Shape(bands: 3, rows: 33, columns: 40), type: .uint8, bits: 8, order: .pcrl, tile: (17, 9), precinct: 3),
        Case(shape: Shape(bands: 3, rows: 40, columns: 33), type: .int16, bits: 16, order: .rlcp, tile: (16, 40)),
        Case(shape: Shape(bands: 1, rows: 64, columns: 3), type: .uint16, bits: 11, order: .rpcl, precinct: 2, rates: [1, 3]),
        Case(shape: Shape(bands: 4, rows: 20, columns: 21), type: .uint8, bits: 1),
        Case(shape: Shape(bands: 3, rows: 20, columns: 21), type: .uint32, bits: 32),
        Case(shape: Shape(bands: 1, rows: 20, columns: 21), type: .int32, bits: 30, rates: [4]),
        Case(shape: Shape(bands: 1, rows: 1, columns: 1), type: .uint8, bits: 8, isHighThroughput: true),
        Case(shape: Shape(bands: 3, rows: 33, columns: 41), type: .uint8, bits: 8, isHighThroughput: true, tile: (32, 15)),
        Case(shape: Shape(bands: 1, rows: 64, columns: 64), type: .int16, bits: 16, isHighThroughput: true, order: .rlcp),
        Case(shape: Shape(bands: 2, rows: 9, columns: 5), type: .uint32, bits: 26, isHighThroughput: true),
    ]

    @Test(arguments: cases) func lossless(_ item: Case) throws {
        var options = Options()
        options.isHighThroughput = item.isHighThroughput
        options.order = item.order
        (options.tileWidth, options.tileHeight) = (item.tile?.0, item.tile?.1)
        options.precinctExponent = item.precinct
        options.rates = item.rates
        options.isReversible = true
        (options.writesTilePartLengths, options.writesPacketLengths) = (item.tile != nil, item.tile != nil)
        for isNoise in [false, true] {
            var generator = SeededGenerator(7)
            let low = item.type.isSigned ? -(1 << (item.bits - 1)) : 0
            let count = item.shape.bands * item.shape.rows * item.shape.columns
            let noise: [Int] = (0..<count).map { _ in low + Int.random(in: 0..<1 << item.bits, using: &generator) }
            let waves: [Int] = (0..<count).map { low + ($0 / 3) * ($0 / 3) / 7 % (1 << item.bits) }
            let raster = try raster(item.shape, item.type, bits: item.bits) { isNoise ? noise[$0] : waves[$0] }
            options.threads = 1
            let bytes = try encode(raster, bits: item.bits, options)
            let found = try decode(bytes)
            #expect(found == raster)
            // S75.
            options.threads = 3
            #expect(try encode(raster, bits: item.bits, options) == bytes)
        }
    }

    /// The rate is met, and what more bits bring is less error.
    @Test func rates() throws {
        let shape = Shape(bands: 3, rows: 64, columns: 64)
        var generator = SeededGenerator(3)
        let noise = (0..<3 * 4096).map { _ in Int.random(in: 0..<40, using: &generator) }
        let raster = try raster(shape, .uint8, bits: 8) { ($0 % 64) * 2 + ($0 / 64) % 64 + noise[$0] }
        let samples = try raster.samples(as: UInt8.self)
        var errors: [Int] = []
        for rate in [1.5, 4, 9] {
            var options = Options()
            options.rates = [rate]
            let bytes = try encode(raster, bits: 8, options)
            let most = Int(rate * 4096 / 8)
            #expect(bytes.count <= most && bytes.count * 100 >= most * 94, "\(bytes.count) of \(most)")
            let found = try decode(bytes).samples(as: UInt8.self)
            var error = 0
            for (one, other) in zip(found, samples) {
                let distance = Int(one) - Int(other)
                error += distance * distance
            }
            errors.append(error)
        }
        #expect(errors[0] > errors[1] && errors[1] > 2 * errors[2])
    }

    @Test func refusals() throws {
        let raster = try raster(Shape(bands: 1, rows: 4, columns: 4), .uint16, bits: 16) { $0 * 300 }
        func kind(_ change: (inout Options) -> Void) -> ImageryError.Kind? {
            var options = Options()
            change(&options)
            do {
                _ = try encode(raster, bits: 16, options)
                return nil
            } catch { return (error as? ImageryError)?.kind }
        }
        #expect(kind { _ in } == nil)
        #expect(kind { $0.precision = 12 } == .misuse)
        #expect(kind { $0.precision = 17 } == .misuse)
        #expect(kind { $0.levels = 33 } == .misuse)
        #expect(kind { $0.tileWidth = 0 } == .misuse)
        #expect(kind { $0.blockWidthExponent = 11 } == .misuse)
        #expect(kind { ($0.blockWidthExponent, $0.blockHeightExponent) = (7, 6) } == .misuse)
        #expect(kind { $0.rates = [2, 1] } == .misuse)
        #expect(kind { $0.rates = [.nan] } == .misuse)
        #expect(kind { $0.transformsComponents = true } == .misuse)
        #expect(kind { ($0.isHighThroughput, $0.rates) = (true, [1, 2]) } == .misuse)
        #expect(kind { ($0.isHighThroughput, $0.rates, $0.isReversible) = (true, [1], true) } == .misuse)
        #expect(kind { ($0.isHighThroughput, $0.rates, $0.quality) = (true, [1], 50) } == .misuse)
        #expect(kind { $0.quality = 0 } == .misuse)
        #expect(kind { $0.quality = 101 } == .misuse)
        #expect(kind { $0.precinctExponent = 16 } == .misuse)
        let floats = try Raster([1, 2, 3, 4] as [Float], shape: Shape(bands: 1, rows: 2, columns: 2))
        #expect(throws: ImageryError.self) { try encode(floats, bits: 32, Options()) }
    }

    private static let openJPEG8 =
        "/5AACgAAAAABxgAB/5PfgLgSD8E1v5PL3cf1PIHwHAL2/VOiwrKFbsPqEJ+ApPzEwBmeIKPyBPKaFx4t0Y/yQKgfnQEM/iRtbN/V"
        + "o1vsg7IJ4eaBuyngO5TeJbK9i/wMOWDwfZWLtj/H2k8/Arj8CUBM5/ctvP2OjgYlo2klmGLkpgJqnzS1VHYGbGlW9M8GBSCdkzc8"
        + "pbM9gluRl6kK1MCbr66sAyVVF1GABj0lZ2/uvJ4CgBUcIVmOW5Hz6yKG07V/gdlbv/lwiSOWeaaVdnktu6WvpsDvmIXUCkw1IBL+"
        + "lRz6cxQl98faiz8ESPwTAI7Gy/osG/wsdtqc7nvPWhzRde1EiMXgtjQ/I+dgqWNujECFnYWFqI3SXzvq9tTN2dN/2j4AmfKJaOTT"
        + "rAnqlrR/CEgHf47FSclMKsDd3r6v5+6/Gc/sRmWm9t8OW4WySsCBBHzNoySs3c8A9oYhFme1/xjS1OAmLUsZYrHC5D4AxOIvVvXn"
        + "711JmmWJn8Y+SptWqR36mGUZQm0iY+wSSK/POWLEGfU2GlpiRlKN2VAB0Z6ln98DeJo/uYrjlMpobr2h91IMEGMrvrpZzHeVacWs"
        + "zfaHFf/Z"
    private static let openJPEG12 =
        "/5AACgAAAAAAjgAB/5Pf4GgSEVPDWZnxXU6fqYZVVozzIdC8JYaZo0Zc38APkEwB84mAA6MAKJOU15ATAZx/Ht5zFlIwFWOPI/CH"
        + "x/Ih4AJN+EbAD8g/8gTAAem0gCDnLUjq1xky+MFY700JOzWd67wd9qcu4EfvPx7c9T8ed3MuSXQHOByUA2V/GIrZif+QAAoAAQAA"
        + "AIUAAf+T5/kQ/xDAEVAwf/HWK04tXM65bepqzxFPtY6vG5Lc0FOPc+AAx4cA/UD/VAuAAY8QDHI/DB8rYhmMq48DeSkGyw7MFxQs"
        + "4ADJiwBfIK/OGwAHpNIAFqUuPxumM2O+qafI/Bj1ryP+6zUsfwoA8dwBCm/xCRmuz3//kAAKAAIAAAByAAH/k8/kaBFQVFt4jx5v"
        + "agyELK93ZLRGu3nH4c0poGF/wB84qAAjgAEYJzo6yCVVnma7fwwDZQLbH+AES/kDYADPiwAHpNGAIOctZzcWg9/gCWkZU5yOujWH"
        + "GX8ed2djsFnREfcYiC//kAAKAAMAAABvAAH/k+f5Ef8Q0BFQL0MPKRtOrdEIfMMpwmufEU+tz9K4jphwyXZ0v+AAx4sABjxYABix"
        + "AAwiMQwfBZFnCRcLNQLf4ADJjwAGXFgAPR6IFqUt1yD/fxlTtqW/GT8J+cZXtefBGbf/2Q=="
}
