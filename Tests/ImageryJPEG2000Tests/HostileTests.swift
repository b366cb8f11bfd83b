import ImageryBase
import TestSupport
import Testing

@testable import ImageryJPEG2000

/// What reading a window ends in: `reads`, or the kind of the error.
private func outcome(_ bytes: [UInt8], window: Window? = Window(x: 0, y: 0, width: 1, height: 1)) -> String {
    do throws(ImageryError) {
        let image = try JPEG2000Streams().open(MemorySource(bytes))
        _ = try image.read(window)
        return "reads"
    } catch {
        return error.kind.rawValue
    }
}

private func outcome(_ edit: (inout CodestreamBuilder) -> Void) -> String {
    var builder = CodestreamBuilder()
    edit(&builder)
    return outcome(builder.bytes)
}

@Suite("Hostile codestreams and boxes") struct HostileTests {
    private typealias Builder = CodestreamBuilder

    @Test("An empty packet is a grey image")
    func plain() throws {
        var builder = Builder()
        builder.add([0])
        let image = try JPEG2000Streams().open(MemorySource(builder.bytes))
        #expect(try integers(image.read()) == [Int](repeating: 128, count: 256))
    }

    @Test(
        "SIZ and COD that cannot be",
        arguments: [
            { (b: inout CodestreamBuilder) in b.x1 = 0 },
            { $0.x0 = 16 },
            { $0.tileWidth = 0 },
            { $0.tileX = 1 },
            {
                $0.tileWidth = 4; $0.x0 = 8; $0.tileX = 0
            },
            { $0.componentCount = 0 },
            { $0.componentCount = 16385 },
            { $0.componentCount = 3 },
            { $0.components = [[38, 1, 1]] },
            { $0.components = [[7, 0, 1]] },
            {
                $0.x1 = 300; $0.y1 = 300; $0.tileWidth = 1; $0.tileHeight = 1
            },
            { $0.levels = 33 },
            { $0.blockExponents = (8, 3) },
            { $0.blockExponents = (9, 0) },
            { $0.order = 5 },
            { $0.layers = 0 },
            {
                $0.levels = 1; $0.precincts = [0x11, 0x01]
            },
            { $0.more = [Builder.segment(0x53, [1, 0, 0, 4, 4, 0, 1])] },
            { $0.more = [Builder.segment(0x5f, [0, 0, 0, 1, 1, 1])] },
            { $0.more = [[0x12, 0x34]] },
            { $0.more = [[0xff, 0x64, 0, 1]] },
            { $0.more = [[0xff, 0x64, 0xff, 0xff]] },
        ] as [@Sendable (inout CodestreamBuilder) -> Void])
    func headers(_ edit: @Sendable (inout CodestreamBuilder) -> Void) {
        #expect(
            outcome {
                edit(&$0); $0.add([0])
            } == "malformed")
    }

    @Test("Extremes that can be")
    func extremes() throws {
        let largest = 0xffff_ffff
        #expect(
            outcome {
                ($0.x0, $0.y0, $0.x1, $0.y1) = (largest - 1, largest - 1, largest, largest)
                ($0.tileWidth, $0.tileHeight) = (largest, largest)
                $0.add([0])
            } == "reads")
        // One sample of a component that is 255 apart (B4).
        #expect(
            outcome {
                $0.components = [[7, 255, 255], [7, 1, 1]]; $0.add([0, 0])
            } == "reads")
        // A component without samples, between the positions of its grid.
        #expect(
            outcome {
                $0.x0 = 1; $0.components = [[7, 1, 1], [7, 255, 1]]; $0.add([0, 0])
            } == "reads")
        // Exponents without meaning, and a shift of 255 (B20, B21).
        for exponent in [0, 31] as [UInt8] {
            #expect(
                outcome {
                    $0.exponents = [exponent << 3]; $0.add(packed("1 1 1 0 0 001") + [0x55])
                } != "crash")
        }
        #expect(
            outcome {
                $0.more = [Builder.segment(0x5e, [0, 0, 255])]; $0.add(packed("1 1 1 0 0 001") + [0x55])
            } != "crash")
    }

    @Test("65,535 tiles of one sample, all but one absent (B1)")
    func tiles() throws {
        var builder = Builder(x1: 65_535, y1: 1, tileWidth: 1, tileHeight: 1)
        builder.add([0], tile: 3)
        let image = try JPEG2000Streams().open(MemorySource(builder.bytes))
        #expect(image.hasBlock(row: 0, column: 3) && !image.hasBlock(row: 0, column: 4))
        #expect(try integers(image.read()) == (0..<65_535).map { $0 == 3 ? 128 : 0 })
    }

    @Test("16,384 components and hardly a byte (B5)")
    func components() {
        let many = [[UInt8]](repeating: [7, 1, 1], count: 16_384)
        #expect(
            outcome {
                $0.components = many; $0.add([0])
            } == "malformed")
    }

    @Test("Millions of precincts of one sample, and hardly a byte (B8, B18)")
    func precincts() throws {
        var builder = Builder(x1: 1 << 20, y1: 1 << 20, tileWidth: 1 << 20, tileHeight: 1 << 20)
        builder.precincts = [0]
        for order in 0...4 as ClosedRange<UInt8> {
            builder.order = order
            builder.parts = []
            builder.add([UInt8](repeating: 0, count: 500))
            let source = CountingSource(builder.bytes)
            let image = try JPEG2000Streams().open(source)
            let raster = try image.read(Window(x: 1_000_000, y: 1_000_000, width: 2, height: 2))
            #expect(try integers(raster) == [128, 128, 128, 128])
            #expect(source.lentByteCount < 3_000)
        }
    }

    @Test("A precinct of 67 million code-blocks, and hardly a byte")
    func blocks() {
        let size = 1 << 15
        #expect(
            outcome {
                ($0.x1, $0.y1, $0.tileWidth, $0.tileHeight, $0.blockExponents) = (size, size, size, size, (0, 0))
                $0.add([0x80, 0, 0])
            } == "malformed")
    }

    @Test("65,535 layers, and progressions that come again and again (B9, B10)")
    func progressions() {
        #expect(
            outcome {
                $0.layers = 65_535; $0.add([UInt8](repeating: 0x80, count: 200))
            } == "reads")
        var entries: [UInt8] = []
        for index in 0..<9_000 { entries += [0, 0, 0xff, 0xff, 33, 0, UInt8(index % 5)] }
        let poc = Builder.segment(0x5f, entries)
        #expect(
            outcome {
                $0.more = [poc, poc]; $0.levels = 5; $0.exponents = [UInt8](repeating: 64, count: 16); $0.add([0, 0])
            } == "reads")
        #expect(
            outcome {
                $0.more = [Builder.segment(0x5f, [40, 0, 0, 1, 60, 1, 0])]; $0.add([0])
            } == "reads")
    }

    @Test("Packed packet headers that lie (B11)")
    func packedHeaders() {
        let lies: [[UInt8]] = [[0, 0, 0, 0, 9, 0], [0, 0xff, 0xff, 0xff, 0xff, 0], [3, 0, 0, 0, 1, 0], [0], [0, 0, 0]]
        for body in lies {
            let ended = outcome {
                $0.more = [Builder.segment(0x60, body)]; $0.add([1, 2, 3])
            }
            #expect(ended == "reads" || ended == "malformed")
        }
        #expect(outcome { $0.add([], headers: Builder.segment(0x61, [0, 0])) } == "reads")
        #expect(outcome { $0.add([], headers: Builder.segment(0x61, [])) } == "malformed")
    }

    @Test("Tile-parts that lie (B13)")
    func tileParts() throws {
        #expect(outcome { $0.add([0], tile: 1) } == "malformed")
        #expect(outcome { $0.add([0], length: 13) } == "malformed")
        #expect(
            outcome {
                $0.add([]); $0.add([0], tile: 0, length: 5)
            } == "malformed")
        #expect(outcome { $0.add([], length: 1 << 31) } == "malformed")
        #expect(
            outcome {
                $0.layers = 2; $0.add([0], length: 15 + 100); $0.endsWithEOC = false
            } == "malformed")
        #expect(
            outcome { builder in
                for _ in 0..<20_000 { builder.add([]) }; builder.add([0])
            } == "reads")
    }

    @Test("Packet headers that run away (B14 to B17)")
    func packetHeaders() {
        // Inclusion, zero bit-planes, Lblock, 164 passes, a length beyond the file.
        #expect(outcome { $0.add(packed("1 1") + [UInt8](repeating: 0, count: 100)) } == "malformed")
        #expect(outcome { $0.add(packed("1 1 1 0" + String(repeating: "1", count: 60) + "0")) } == "malformed")
        #expect(outcome { $0.add(packed("1 1 1 1111 11111 1111111 0" + String(repeating: "0", count: 12))) } == "reads")
        #expect(
            outcome { $0.add(packed("1 1 1 0" + String(repeating: "1", count: 28) + "0" + String(repeating: "1", count: 31))) }
                == "malformed")
        #expect(
            outcome {
                $0.style = 0x40; $0.add(packed("1 1 1 1111 11111 1111111 0" + String(repeating: "1", count: 12)))
            } == "malformed")
    }

    @Test("Salvage gives what is there of a stream that is cut off (S92)")
    func salvage() throws {
        let vector = try #require(codestreamVectors.first { $0.name == "resolutionFirst" })
        let whole = try integers(vector.image.read())
        var options = ReadOptions()
        options.salvage = true
        for length in stride(from: vector.bytes.count - 3, to: 150, by: -37) {
            let image = try JPEG2000Streams().open(MemorySource(vector.bytes.prefix(length)))
            #expect(throws: ImageryError.self) { try image.read() }
            let context = ReadContext(options)
            let samples = try integers(image.read(through: image.makeReader(context)))
            #expect(samples.count == whole.count && !context.findings.all.isEmpty)
        }
    }

    @Test("Every cut and every flipped byte of a stream ends in samples or a typed error")
    func mutations() throws {
        for name in ["tileParts", "highThroughputColor", "everyStyle"] {
            let vector = try #require(codestreamVectors.first { $0.name == name })
            let bytes = vector.bytes
            for place in stride(from: 2, to: min(bytes.count, 300), by: 7) {
                var changed = bytes
                changed[place] ^= 0xff
                _ = outcome(changed, window: nil)
                _ = outcome(Array(bytes.prefix(place)), window: nil)
            }
        }
    }

    @Test("Boxes that lie (B24)")
    func boxes() throws {
        var builder = Builder()
        builder.add([0])
        let stream = Builder.box("jp2c", builder.bytes)
        func ended(_ bytes: [UInt8]) -> String {
            do throws(ImageryError) {
                let file = try JPEG2000File(MemorySource(bytes))
                _ = file.assets.map { $0.makeMetadata() }
                return "\(file.images.count)"
            } catch {
                return error.kind.rawValue
            }
        }
        let head = Builder.signature
        #expect(ended(head + stream) == "1")
        #expect(ended(head + stream + stream) == "2")
        #expect(ended(head) == "malformed")
        #expect(ended(head + Builder.box("free", [], length: 7) + stream) == "malformed")
        // XLBox of 2^63, a length of 0, nesting, codestreams behind a million small boxes.
        #expect(ended(head + stream + [0, 0, 0, 1] + Array("xml ".utf8) + [0x80, 0, 0, 0, 0, 0, 0, 0]) == "1")
        #expect(ended(head + Builder.box("jp2c", builder.bytes, length: 0)) == "1")
        var nested: [UInt8] = []
        for _ in 0..<2_000 { nested = Builder.box("asoc", nested) }
        #expect(ended(head + nested + stream) == "1")
        var many: [UInt8] = []
        for _ in 0..<70_000 { many += Builder.box("free", []) }
        #expect(ended(head + stream + many) == "1")
        for type in ["ihdr", "colr", "pclr", "cmap", "cdef", "resc", "uuid", "url ", "ftyp"] {
            for length in 0..<24 {
                #expect(
                    ended(head + Builder.box("jp2h", Builder.box(type, [UInt8](repeating: 0xff, count: length))) + stream) == "1")
            }
        }
    }
}
