import ImageryBase
import ImageryPlumbing
import ImageryTags
import TestSupport
import Testing

@testable import ImageryTIFF

/// A file in memory that remembers every write.
private final class GrowingFile: ByteSink {
    private(set) var bytes: [UInt8]
    /// The file after each write.
    private(set) var states: [[UInt8]] = []
    let canPatch = true

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func append(_ span: RawSpan) {
        unsafe span.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        states.append(bytes)
    }

    func patch(_ span: RawSpan, at offset: Int) {
        unsafe span.withUnsafeBytes { for index in 0..<$0.count { bytes[offset + index] = unsafe $0[index] } }
        states.append(bytes)
    }
}

/// Overviews that are added to a file. That GDAL takes them is the business of Conformance/interop/overviews.py.
@Suite struct AppendedOverviewsTests {
    private func picture(_ rows: Int, _ columns: Int, seed: Int = 0) throws -> Raster {
        try Raster(
            (0..<rows * columns).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 5 &+ seed) },
            shape: Shape(bands: 1, rows: rows, columns: columns))
    }

    private func written(
        _ images: [(AssetKey, Raster)], _ compression: ImageryBase.Compression = .deflate, cloud: Bool = false
    ) throws -> [UInt8] {
        var options = WriteOptions()
        options.compression = compression
        options.threads = 1
        if cloud {
            options.cloudOptimized = CloudOptimization()
            options.cloudOptimized?.overviews = 0
        }
        let sink = MemorySink()
        try TIFFEncoder.write(
            images.map { WriteEntry(key: $0.0, content: .image(PixelSource($0.1)), options: options) }, options: options, into: sink
        )
        return sink.bytes
    }

    private func appended(_ bytes: [UInt8], _ images: [(AssetKey, Raster)], count: Int? = nil) throws -> GrowingFile {
        let file = try TIFFFile(bytes)
        var options = WriteOptions()
        options.blockWidth = 16
        options.threads = 1
        let sink = GrowingFile(bytes)
        var choices = CloudOptimization()
        choices.overviews = count
        choices.resampling = .nearest
        try TIFFEncoder.appendOverviews(
            of: images.map { WriteEntry(key: $0.0, content: .image(PixelSource($0.1)), options: options) }, to: file, choices,
            into: sink)
        return sink
    }

    /// Every second sample of every second row, `level` times.
    private func thinned(_ raster: Raster, _ level: Int) throws -> [UInt8] {
        let samples = try raster.samples(as: UInt8.self)
        let step = 1 << level
        return stride(from: 0, to: raster.height, by: step).flatMap { row in
            stride(from: 0, to: raster.width, by: step).map { samples[row * raster.width + $0] }
        }
    }

    @Test(arguments: [ImageryBase.Compression.uncompressed, .deflate, .lzw, .packBits, .zstandard, .lerc()], [false, true])
    func everyStateOfTheFileReads(compression: ImageryBase.Compression, isCloud: Bool) throws {
        let raster = try picture(61, 45)
        let bytes = try written([("image:0", raster)], compression, cloud: isCloud)
        let file = try appended(bytes, [("image:0", raster)])
        #expect(file.states.count > 3)
        for (index, state) in file.states.enumerated() {
            let now = try TIFFFile(state)
            #expect(now.diagnostics == [])
            #expect(try now.image().read() == raster)
            let isLast = index == file.states.count - 1
            #expect(now.assets.map(\.key) == (isLast ? ["image:0", .overview(1), .overview(2)] : ["image:0"]))
        }
        let whole = try TIFFFile(file.bytes)
        for level in 1...2 { #expect(try whole.image(.overview(level)).read().samples(as: UInt8.self) == thinned(raster, level)) }
        // Nothing but the link, and the mark of the layout, is another byte than before.
        let changed = bytes.indices.filter { file.bytes[$0] != bytes[$0] }
        #expect(changed.count <= (isCloud ? 8 : 4))
        let head = String(decoding: file.bytes[..<300], as: UTF8.self)
        #expect(head.contains("KNOWN_INCOMPATIBLE_EDITION=YES\n") == isCloud)
    }

    @Test func pagesAndMasksKeepTheirOrder() throws {
        let pages = try [picture(40, 40), picture(33, 50, seed: 9)]
        let mask = try Raster((0..<40 * 40).map { UInt8($0 % 40 / 20) }, rows: 40, columns: 40)
        let images: [(AssetKey, Raster)] = [("image:0", pages[0]), ("image:0:mask", mask), ("image:1", pages[1])]
        let bytes = try written(images)
        let second = #expect(throws: ImageryError.self) { try appended(bytes, [images[2]], count: 1) }
        #expect(second?.kind == .unsupported)
        let file = try appended(bytes, Array(images.prefix(2)), count: 1)
        for state in file.states {
            let now = try TIFFFile(state)
            #expect(now.diagnostics == [])
            for (key, raster) in images { #expect(try now.image(key).read() == raster) }
        }
        let whole = try TIFFFile(file.bytes)
        #expect(
            Set(whole.assets.map(\.key)) == [
                "image:0", "image:0:mask", "image:0:overview:1", "image:0:overview:1:mask", "image:1",
            ])
        #expect(try whole.image("image:0:overview:1:mask").read().samples(as: UInt8.self) == thinned(mask, 1))
    }

    @Test func whatCannotBeDoneIsRefused() throws {
        let raster = try picture(40, 40)
        let bytes = try written([("image:0", raster)])
        let first = try appended(bytes, [("image:0", raster)]).bytes
        #expect(try TIFFFile(first).pageWithoutOverviews == nil)
        let again = #expect(throws: ImageryError.self) { try appended(first, [("image:0", raster)]) }
        #expect(again?.kind == .misuse)
        let unknown = #expect(throws: ImageryError.self) { try appended(bytes, [("image:1", raster)]) }
        #expect(unknown?.kind == .misuse)
        let endian = #expect(throws: ImageryError.self) {
            try appended(vectorBigEndian, [("image:0", Raster([7], rows: 1, columns: 1))])
        }
        #expect(endian?.kind == .unsupported)
        // No larger than a tile: nothing is written.
        let small = try picture(16, 16)
        #expect(try appended(written([("image:0", small)]), [("image:0", small)]).states.isEmpty)
    }

    /// A pixel of 7 in a big-endian file (TIFF 6.0 section 2).
    private var vectorBigEndian: [UInt8] {
        hex(
            """
            4d4d002a 00000008 0008
            0100 0003 00000001 00010000  0101 0003 00000001 00010000  0102 0003 00000001 00080000  0103 0003 00000001 00010000
            0106 0003 00000001 00010000  0111 0004 00000001 00000072  0115 0003 00000001 00010000  0117 0004 00000001 00000001
            00000000 0000 0000 07
            """)
    }
}
