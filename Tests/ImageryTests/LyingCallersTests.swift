import Imagery
import ImageryPlumbing
import Synchronization
import TestSupport
import Testing

/// S98: callers' sources, images and sinks that lie or throw end in a typed error. A trap ends the run.
@Suite("Callers who lie (S98)") struct LyingCallersTests {
    /// What a source does wrong, from its `call`-th lending on, or in that one only.
    enum Lie: CaseIterable {
        case lendsLess, lendsMore, lendsNothing, lendsEmpty, lendsTwice, throwsOnce, throwsAlways, changesBytes
    }

    private struct Refusal: Error {}

    private final class LyingSource: ByteSource {
        private let bytes: [UInt8]
        private let lie: Lie
        private let call: Int
        private let calls = Atomic<Int>(0)

        init(_ bytes: [UInt8], _ lie: Lie, call: Int) {
            self.bytes = bytes
            self.lie = lie
            self.call = call
        }

        var byteCount: Int { bytes.count }

        /// So that every part is asked for on its own, and the lie meets each of them.
        var lendsInPlace: Bool { true }

        func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
            let number = calls.wrappingAdd(1, ordering: .relaxed).oldValue
            var lent = Array(bytes[range])
            let isLie = lie == .throwsAlways ? number >= call : number == call
            guard isLie || lie == .changesBytes else { return try unsafe body(lent.span.bytes) }
            switch lie {
            case .lendsLess: lent = lent.dropLast()
            case .lendsMore: lent.append(7)
            case .lendsEmpty: lent = []
            case .lendsNothing: return
            case .lendsTwice: try unsafe body(lent.span.bytes)
            case .throwsOnce, .throwsAlways: throw Refusal()
            case .changesBytes:
                var random = SeededGenerator(UInt64(call * 1_000 + number))
                if number >= call, !lent.isEmpty {
                    lent[Int.random(in: 0..<lent.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            }
            try unsafe body(lent.span.bytes)
        }
    }

    @Test(arguments: SampleFile.few) func sourcesThatLendOtherThanTheyAreAskedFor(file: SampleFile) throws {
        let truth = try Dataset(bytes: file.bytes, format: file.format).image().read()
        var calls = 0
        var refused = 0
        for lie in Lie.allCases {
            for call in [0, 1, 2, 4, 7, 12] {
                let source = LyingSource(file.bytes, lie, call: call)
                do throws(ImageryError) {
                    let found = try Dataset(source: source, format: file.format).image().read()
                    // A lie that was heard by nobody, or about bytes that nobody needs, changes nothing.
                    #expect(lie == .changesBytes || found == truth, "\(lie) at \(call)")
                } catch {
                    refused += 1
                }
                useEverything(LyingSource(file.bytes, lie, call: call), file.format, isQuick: true)
                calls += 2
            }
        }
        #expect(calls == 96)
        #expect(refused >= 6)
    }

    /// The size that a source says it has, asked for the n-th time.
    private final class ResizingSource: ByteSource {
        private let bytes: [UInt8]
        private let sizes: [Int]
        private let asked = Atomic<Int>(0)

        init(_ bytes: [UInt8], _ sizes: [Int]) {
            self.bytes = bytes
            self.sizes = sizes
        }

        var byteCount: Int { sizes[min(asked.wrappingAdd(1, ordering: .relaxed).oldValue, sizes.count - 1)] }

        func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
            guard range.lowerBound >= 0, range.upperBound <= bytes.count else { throw Refusal() }
            let lent = Array(bytes[range])
            try unsafe body(lent.span.bytes)
        }
    }

    @Test(arguments: SampleFile.all) func sourcesWhoseSizeChangesOrIsNone(file: SampleFile) {
        let size = file.bytes.count
        for sizes in [
            [.max], [.min], [-1], [0], [size, 0], [size, -5], [size, .max], [size, size / 2], [0, size], [size * 2], [1 << 61],
        ] {
            useEverything(ResizingSource(file.bytes, sizes), file.format)
        }
        for lie in [Int.max, .min, -1] {
            let error = #expect(throws: ImageryError.self) {
                try Dataset(source: ResizingSource(file.bytes, [lie]), format: file.format)
            }
            #expect(error?.kind == .io)
        }
    }

    // MARK: Images

    /// An image whose layout is what the test says when it is asked for the n-th time, and whose reads fail, or fill what they are asked for.
    private final class LyingImage: BlockSource {
        private let layouts: [ImageLayout]
        private let asked = Atomic<Int>(0)
        private let reads: Bool

        init(_ layouts: [ImageLayout], reads: Bool) {
            self.layouts = layouts
            self.reads = reads
        }

        var layout: ImageLayout { layouts[min(asked.wrappingAdd(1, ordering: .relaxed).oldValue, layouts.count - 1)] }
        var resolutionLevels: Int { .max }
        var decodesWholeBlocks: Bool { true }
        func hasBlock(row: Int, column: Int) -> Bool { (row + column) % 3 != 1 }
        func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [0 ..< .max, 5..<6, -9..<7] }
        func makeBlockDecoder(_ context: ReadContext) -> any BlockDecoder { Decoder(layouts[0].pixelType, reads) }

        private final class Decoder: BlockDecoder {
            private let type: PixelType
            private let reads: Bool

            init(_ type: PixelType, _ reads: Bool) {
                self.type = type
                self.reads = reads
            }

            func decode(
                row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination
            ) throws(ImageryError) {
                guard reads else { throw ImageryError(.io, "test", "there are no samples") }
                fill(
                    destination, pattern: nil, bands: bands.count, rows: region.height, rowBytes: region.width * type.byteCount)
            }
        }
    }

    private static func layout(_ change: (inout ImageLayout) -> Void = { _ in }) -> ImageLayout {
        var layout = ImageLayout(
            shape: Shape(bands: 1, rows: 20, columns: 24), pixelType: .uint8, blockWidth: 16, blockHeight: 16)
        change(&layout)
        return layout
    }

    private static let numbers = [Int.min, -1, 0, 1 << 41, .max - 1, .max]
    private let changes: [(String, WritableKeyPath<ImageLayout, Int>)] = [
        ("bands", \.shape.bands), ("rows", \.shape.rows), ("columns", \.shape.columns), ("block width", \.blockWidth),
        ("block height", \.blockHeight), ("origin x", \.originX), ("origin y", \.originY), ("block offset x", \.blockOffsetX),
        ("block offset y", \.blockOffsetY), ("bits", \.bitsPerPixel), ("actual bits", \.actualBitsPerPixel),
    ]
    private static let formats: [Format] = [.png, .tiff, .nitf, .nsif, .jpeg, .jpeg2000, .dted]

    private func write(_ image: LyingImage, _ format: Format, cloud: Bool = false, tile: Int? = nil) throws {
        var options = WriteOptions()
        options.date = 0
        if cloud { options.cloudOptimized = CloudOptimization() }
        (options.blockWidth, options.blockHeight) = (tile, tile)
        try Dataset.write(into: CollectingSink(), format: format, options: options) { try $0.add(image: image) }
    }

    @Test(arguments: formats) func imagesOfNoShape(format: Format) throws {
        var refused = 0
        for (name, path) in changes {
            for number in Self.numbers where !(number == 0 && (name.hasPrefix("origin") || name.hasPrefix("block offset"))) {
                let layout = Self.layout { $0[keyPath: path] = number }
                #expect(throws: ImageryError.self, "\(name) \(number)") { try write(LyingImage([layout], reads: true), format) }
                refused += 1
            }
        }
        #expect(refused == 62)
    }

    /// Images that could be, but are larger than any memory, and whose source fails at the first read: nothing is made for all of them before.
    @Test(arguments: formats) func imagesLargerThanAnyMemory(format: Format) throws {
        let sides = [1, 1 << 16, (1 << 32) - 1, 1 << 40]
        var refused = 0
        for rows in sides {
            for columns in sides {
                for bands in [1, 1 << 20] where (rows, columns, bands) != (1, 1, 1) {
                    for cloud in format == .tiff ? [false, true] : [false] {
                        let layout = Self.layout {
                            $0.shape = Shape(bands: bands, rows: rows, columns: columns)
                            ($0.blockWidth, $0.blockHeight) = (columns, min(rows, 256))
                        }
                        #expect(throws: ImageryError.self, "\(layout.shape)") {
                            try write(LyingImage([layout], reads: false), format, cloud: cloud)
                        }
                        refused += 1
                    }
                }
            }
        }
        #expect(refused >= 31)
    }

    @Test(arguments: formats) func imagesWhoseLayoutChanges(format: Format) throws {
        let others = [
            Self.layout { $0.shape.rows = 40 }, Self.layout { $0.shape.columns = 7 }, Self.layout { $0.shape.bands = 3 },
            Self.layout { $0.pixelType = .complexFloat64 }, Self.layout { $0.blockWidth = 0 }, Self.layout { $0.shape.rows = -1 },
        ]
        for other in others {
            for call in 1..<8 {
                let layouts = [ImageLayout](repeating: Self.layout(), count: call) + [other]
                // Whoever asks only before the change sees nothing of it.
                do {
                    try write(LyingImage(layouts, reads: true), format)
                } catch {
                    #expect(error is ImageryError, "\(error)")
                }
            }
        }
    }

    // MARK: Sinks

    private final class FailingSink: ByteSink {
        let canPatch: Bool
        private var room: Int

        init(room: Int, canPatch: Bool) {
            self.room = room
            self.canPatch = canPatch
        }

        func append(_ bytes: RawSpan) throws {
            guard bytes.byteCount <= room else { throw Refusal() }
            room -= bytes.byteCount
        }

        func patch(_ bytes: RawSpan, at offset: Int) throws { throw Refusal() }
    }

    @Test(arguments: SampleFile.all) func sinksThatFailAtAByte(file: SampleFile) throws {
        let image = try Dataset(bytes: file.bytes, format: file.format).image()
        for format in [file.format, Format.tiff] {
            let size: Int
            do { size = try image.encoded(as: format).count } catch { continue }
            for canPatch in [false, true] {
                for room in [0, 1, 7, size / 3, size / 2, size - 1] {
                    let error = #expect(throws: ImageryError.self, "\(format) \(room)") {
                        try image.encode(as: format, into: FailingSink(room: room, canPatch: canPatch))
                    }
                    #expect(error?.kind == .io && error?.underlying is Refusal, "\(format) \(room)")
                }
            }
        }
    }
}

extension ImageAsset {
    fileprivate func encoded(as format: Format) throws -> [UInt8] {
        let sink = CollectingSink()
        try encode(as: format, into: sink)
        return sink.bytes
    }
}
