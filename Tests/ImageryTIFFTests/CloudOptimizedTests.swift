import ImageryBase
import ImageryPlumbing
import ImageryTags
import TestSupport
import Testing

@testable import ImageryTIFF

/// S72: files in the layout of OGC 21-026. That GDAL's validator accepts them is the business of Conformance/interop/tiff_writing.py.
@Suite struct CloudOptimizedTests {
    private let tile = 16

    private func written(
        _ base: PixelSource, mask: Raster? = nil, threads: Int = 1, _ change: (inout WriteOptions) -> Void = { _ in }
    ) throws -> [UInt8] {
        var options = WriteOptions()
        options.blockWidth = tile
        options.threads = threads
        options.cloudOptimized = CloudOptimization()
        change(&options)
        var entries = [WriteEntry(key: "image:0", content: .image(base), options: options)]
        if let mask { entries.append(WriteEntry(key: "image:0:mask", content: .image(PixelSource(mask)), options: options)) }
        let sink = CollectingSink()
        try TIFFEncoder.write(entries, options: options, into: sink)
        return sink.bytes
    }

    private func picture(_ rows: Int, _ columns: Int) throws -> Raster {
        try Raster(
            (0..<2 * rows * columns).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 5) },
            shape: Shape(bands: 2, rows: rows, columns: columns))
    }

    /// Means of squares of two by two, halves up.
    private func halved(_ raster: Raster) throws -> Raster {
        let samples = try raster.samples(as: UInt8.self)
        let (rows, columns) = ((raster.height + 1) / 2, (raster.width + 1) / 2)
        var means: [UInt8] = []
        for band in 0..<raster.bands {
            for row in 0..<rows {
                for column in 0..<columns {
                    var found: [Int] = []
                    for y in 2 * row..<min(2 * row + 2, raster.height) {
                        for x in 2 * column..<min(2 * column + 2, raster.width) {
                            found.append(Int(samples[(band * raster.height + y) * raster.width + x]))
                        }
                    }
                    means.append(UInt8((2 * found.reduce(0, +) + found.count) / (2 * found.count)))
                }
            }
        }
        return try Raster(means, shape: Shape(bands: raster.bands, rows: rows, columns: columns))
    }

    @Test(arguments: [(40, 70), (33, 17), (64, 64), (16, 16), (1, 1), (65, 3)]) func layoutAndPixels(size: (Int, Int)) throws {
        let raster = try picture(size.0, size.1)
        let bytes = try written(PixelSource(raster))
        #expect(try bytes == written(PixelSource(raster), threads: 3))
        let ghost = "GDAL_STRUCTURAL_METADATA_SIZE=000"
        #expect(bytes[8...].starts(with: ghost.utf8))
        let source = MemorySource(bytes)
        let tags = try TagFile(source)
        let file = try TIFFFile(source)
        #expect(file.diagnostics == [])
        var level = raster
        var number = 0
        repeat {
            let key: AssetKey = number == 0 ? "image:0" : .overview(number)
            #expect(try file.image(key).read() == level, "\(key)")
            level = try halved(level)
            number += 1
        } while file.assets.count > number
        // As many levels as it takes to fit a tile.
        let last = file.assets[file.assets.count - 1]
        let smallest = try #require(last.imageSource)
        #expect(smallest.layout.shape.rows <= tile && smallest.layout.shape.columns <= tile)
        // Directories first, then blocks from the smallest overview to the image, in order, each with its size before and its end behind it.
        var position = 0
        for directory in tags.directories.reversed() {
            let offsets = try #require(tags.value(Tag.tileOffsets, in: directory)?.ints)
            let counts = try #require(tags.value(Tag.tileByteCounts, in: directory)?.ints)
            for (offset, count) in zip(offsets, counts) {
                #expect(offset >= position + 4 && offset > directory.offset)
                #expect((0..<4).map { Int(bytes[offset - 4 + $0]) << (8 * $0) }.reduce(0, +) == count)
                #expect(bytes[offset + count - 4..<offset + count] == bytes[offset + count..<offset + count + 4])
                position = offset + count + 4
            }
        }
        #expect(position == bytes.count)
        #expect(tags.directories.map(\.offset) == tags.directories.map(\.offset).sorted())
    }

    /// A mask lies beside its image: each of its tiles behind that of the image (GDAL's MASK_INTERLEAVED_WITH_IMAGERY).
    @Test func masks() throws {
        let raster = try picture(40, 52)
        let mask = try Raster((0..<40 * 52).map { UInt8($0 / 9 % 2) }, rows: 40, columns: 52)
        let bytes = try written(PixelSource(raster), mask: mask)
        #expect(String(decoding: bytes[..<400], as: UTF8.self).contains("MASK_INTERLEAVED_WITH_IMAGERY=YES"))
        let source = MemorySource(bytes)
        let file = try TIFFFile(source)
        #expect(file.diagnostics == [] && file.assets.count == 6)
        #expect(try file.image(AssetKey.image(0).mask).read() == mask)
        let reduced = try file.image(AssetKey.overview(1).mask).read()
        let wanted = try mask.samples(as: UInt8.self)
        // A pixel shows where one of those that it stands for does (S68).
        let shown: [UInt8] = (0..<20).flatMap { row in
            (0..<26).map { column in
                let first = 2 * row * 52 + 2 * column
                return max(wanted[first], wanted[first + 1], wanted[first + 52], wanted[first + 53])
            }
        }
        #expect(try reduced.samples(as: UInt8.self) == shown)
        let tags = try TagFile(source)
        let images = try #require(tags.value(Tag.tileOffsets, in: tags.directories[0])?.ints)
        let counts = try #require(tags.value(Tag.tileByteCounts, in: tags.directories[0])?.ints)
        let masks = try #require(tags.value(Tag.tileOffsets, in: tags.directories[1])?.ints)
        for (index, offset) in images.enumerated() { #expect(masks[index] == offset + counts[index] + 8) }
        #expect(throws: ImageryError.self) { try written(PixelSource(picture(40, 51)), mask: mask) }
    }

    /// One pass: every row of the source is asked for once, from the top down.
    @Test func theSourceIsReadOnce() throws {
        let raster = try picture(100, 40)
        let counter = Counter(raster)
        let source = PixelSource(layout: PixelSource(raster).layout) { counter }
        _ = try written(source)
        var next = 0
        for region in counter.regions {
            #expect(region.y == next && region.x == 0 && region.width == 40)
            next = region.bottom
        }
        #expect(next == 100)
    }

    private final class Counter: ImageReader {
        var regions: [Window] = []
        private let reader: RasterReader
        init(_ raster: Raster) { reader = RasterReader(raster) }
        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            regions.append(request.region)
            try unsafe reader.read(request, into: destination)
        }
    }

    /// Tiles of the image behind those of the overviews: all bands of a tile together, or all tiles of a band.
    @Test(arguments: [Interleave.block, .band]) func planesOfTiles(interleave: Interleave) throws {
        let raster = try picture(40, 70)
        let file = try TIFFFile(MemorySource(written(PixelSource(raster)) { $0.interleave = interleave }))
        #expect(file.diagnostics == [])
        #expect(try file.image().read() == raster)
        #expect(try file.image(.overview(1)).read() == halved(raster))
        #expect(file.metadata["PlanarConfiguration"]?.int == 2)
        let offsets = try #require(file.metadata["TileOffsets"]?.ints)
        let perBand = 3 * 5
        #expect(offsets.count == 2 * perBand)
        let order = interleave == .band ? Array(0..<2 * perBand) : (0..<perBand).flatMap { [$0, perBand + $0] }
        #expect(order.map { offsets[$0] } == offsets.sorted())
    }

    /// A file that is not compressed becomes one that is, with the predictor that goes with its samples.
    @Test func theCompressionOfTheSourceIsNoWish() throws {
        let raster = try picture(20, 20)
        for code in [1, 5, 8] {
            let file = try TIFFFile(
                MemorySource(
                    written(PixelSource(raster)) {
                        $0.metadata = Metadata(
                            schema: .tiff,
                            entries: [
                                Metadata.Entry("Compression", code: 259, Value(code, .short)),
                                Metadata.Entry("Predictor", code: 317, Value(1, .short)),
                            ])
                    }))
            #expect(file.metadata["Compression"]?.int == 8)
            #expect(file.metadata["Predictor"]?.int == 2)
        }
    }

    @Test func whatTheLayoutDoesNotAllowIsAnError() throws {
        let raster = try picture(20, 20)
        func kind(_ change: (inout WriteOptions) -> Void) -> ImageryError.Kind? {
            do {
                _ = try written(PixelSource(raster), change)
                return nil
            } catch { return (error as? ImageryError)?.kind }
        }
        #expect(kind { $0.interleave = .row } == .misuse)
        #expect(
            kind {
                $0.blockWidth = nil
                $0.blockHeight = 8
            } == .misuse)
        #expect(kind { $0.cloudOptimized?.overviews = 31 } == .misuse)
        #expect(kind { $0.cloudOptimized?.overviews = 3 } == nil)
        var options = WriteOptions()
        options.cloudOptimized = CloudOptimization()
        for key in ["image:1", "image:0:overview:1"] as [AssetKey] {
            let entries = ["image:0", key].map { WriteEntry(key: $0, content: .image(PixelSource(raster)), options: options) }
            #expect(throws: ImageryError.self) { try TIFFEncoder.write(entries, options: options, into: MemorySink()) }
        }
    }
}
