public import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Numbers by which the samples of an image can be compared without the image.
public struct ImageChecksum: Equatable, Sendable {
    /// The CRC-32 of the samples in order of row, column, band, little endian.
    public let crc32: UInt32
    /// Of each band the 16 bits that GDAL computes (`gdalinfo -checksum`).
    public let gdal: [Int]
}

extension ImageAsset {
    /// The checksums of part of the image, chosen as in `read(window:bands:resolutionLevel:fill:)`, read block row by block row.
    public func checksum(
        window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0, progress: ((_ rows: Int, _ of: Int) -> Void)? = nil
    ) throws(ImageryError) -> ImageChecksum {
        let request = try request(window: window, bands: bands, resolutionLevel: resolutionLevel)
        let context = ReadContext(asset.dataset.options, isSession: true)
        try source.checkCost(request, context.limits)
        let reader = source.makeReader(context)
        let region = request.region
        var crc = InterleavedCRC(columns: region.width, bands: request.bands.count, type: layout.pixelType)
        var sums = [GDALChecksum](repeating: GDALChecksum(), count: request.bands.count)
        let rowBytes = max(1, region.width * layout.pixelType.byteCount * request.bands.count)
        let height = max(1, max(min(layout.blockHeight, (64 << 20) / rowBytes), (4 << 20) / rowBytes))
        for row in stride(from: region.y, to: region.bottom, by: height) {
            let stripe = Window(x: region.x, y: row, width: region.width, height: min(height, region.bottom - row))
            let raster = try Raster(
                layout.pixelType, shape: Shape(bands: request.bands.count, rows: stripe.height, columns: stripe.width))
            try unsafe reader.read(
                ReadRequest(region: stripe, level: request.level, bands: request.bands), into: raster.destination)
            crc.add(raster)
            for band in sums.indices { sums[band].add(raster, band: band) }
            progress?(stripe.bottom - region.y, region.height)
        }
        return ImageChecksum(crc32: crc.value, gdal: sums.map(\.value))
    }
}

extension Raster {
    /// The raster's checksums.
    public var checksum: ImageChecksum {
        var crc = InterleavedCRC(columns: width, bands: bands, type: pixelType)
        crc.add(self)
        let sums = (0..<bands).map { band in
            var sum = GDALChecksum()
            sum.add(self, band: band)
            return sum.value
        }
        return ImageChecksum(crc32: crc.value, gdal: sums)
    }
}

/// The CRC-32 of samples pixel by pixel.
private struct InterleavedCRC {
    private var row: [UInt8]
    private(set) var value: UInt32 = 0

    init(columns: Int, bands: Int, type: PixelType) {
        row = [UInt8](repeating: 0, count: columns * bands * type.byteCount)
    }

    /// Adds rows of the columns and bands that it was made for.
    mutating func add(_ raster: Raster) {
        #if _endian(little)
            let unit = 1
        #else
            let unit = raster.pixelType.componentByteCount
        #endif
        let source = unsafe raster.destination
        for line in 0..<raster.height {
            unsafe row.withUnsafeMutableBytes { pixels in
                guard let base = pixels.baseAddress else { return }
                // In bounds: row `line` of every band lies inside the raster; the target holds one row of all bands.
                unsafe SampleInterleaving.interleave(
                    UnsafeRawPointer(source.row(line, band: 0)), bandStride: source.bandStride, samples: raster.bands,
                    sampleBytes: raster.pixelType.byteCount, swapUnit: unit, count: raster.width, into: base)
                value = unsafe ImageryKernels.crc32(value, UnsafeRawBufferPointer(pixels))
            }
        }
        raster.withBytes { _ in }
    }
}

/// The sum of remainders of the numbers, each by the next of eleven primes, in 16 bits; both parts of complex samples count.
private struct GDALChecksum {
    private static let primes: [Int] = [7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43]
    private var next = 0
    private(set) var value = 0

    mutating func add(_ raster: Raster, band: Int) {
        let count = raster.width * (raster.pixelType.isComplex ? 2 : 1)
        var numbers = [Double](repeating: 0, count: count)
        let isRounded = raster.pixelType.isFloatingPoint
        for row in 0..<raster.height {
            unsafe numbers.withUnsafeMutableBufferPointer { numbers in
                guard let base = numbers.baseAddress else { return }
                // In bounds: the raster has that row.
                unsafe SampleRow.load(
                    raster.destination.row(row, band: band), raster.pixelType, count: raster.width, parts: true, into: base)
            }
            for number in numbers {
                value = (value + Self.integer(number, isRounded: isRounded) % Self.primes[next]) & 0xffff
                next = next == Self.primes.count - 1 ? 0 : next + 1
            }
        }
        raster.withBytes { _ in }
    }

    /// The number held to 32 bits with sign; floating point is rounded, and held to one more than the least.
    private static func integer(_ number: Double, isRounded: Bool) -> Int {
        guard number.isFinite else { return Int(Int32.min) }
        let whole = isRounded ? max(-2_147_483_647, (number + 0.5).rounded(.down)) : number
        return Int(max(-2_147_483_648, min(2_147_483_647, whole)))
    }
}
