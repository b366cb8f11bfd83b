public import ImageryBase
import ImageryPlumbing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How far the samples of one band are from those of another.
public struct BandDifference: Equatable, Sendable {
    /// The band's number.
    public let band: Int
    /// Samples that differ; NaN equals NaN.
    public let differingCount: Int
    /// All samples.
    public let count: Int
    /// The largest distance; of complex samples that of their points in the plane. Infinite where only one of two is a number.
    public let maximum: Double
    /// The mean distance.
    public let mean: Double
    /// The mean square of the distances.
    public let meanSquare: Double
    /// The largest number that a sample can have: of integers 2^bits - 1 less the least one, of floating point the largest magnitude in the first band.
    public let peak: Double

    /// The peak signal-to-noise ratio in decibel, 10 log10(peak² / mean square); infinite for equal bands.
    public var signalToNoise: Double { meanSquare == 0 ? .infinity : 10 * log10(peak * peak / meanSquare) }
}

extension ImageAsset {
    /// How far each band of this image is from the one of the same number of `other`, read side by side block row by block row.
    ///
    /// Throws kind misuse for images of other sizes or numbers of bands; as reading.
    public func difference(
        from other: ImageAsset, progress: ((_ rows: Int, _ of: Int) -> Void)? = nil
    ) throws(ImageryError) -> [BandDifference] {
        guard layout.shape == other.layout.shape else {
            throw ImageryError(.misuse, "comparison", "one image has \(layout.shape) samples, the other \(other.layout.shape)")
        }
        let all = ReadRequest(region: layout.bounds, bands: Array(0..<layout.shape.bands))
        let contexts = (
            ReadContext(asset.dataset.options, isSession: true), ReadContext(other.asset.dataset.options, isSession: true)
        )
        try source.checkCost(all, contexts.0.limits)
        try other.source.checkCost(all, contexts.1.limits)
        let readers = (source.makeReader(contexts.0), other.source.makeReader(contexts.1))
        var sums = [DistanceSums](repeating: DistanceSums(), count: layout.shape.bands)
        let samples = layout.shape.bands * layout.shape.columns
        let rowBytes = max(1, samples * max(layout.pixelType.byteCount, other.layout.pixelType.byteCount))
        let height = max(1, min(max(layout.blockHeight, other.layout.blockHeight), (16 << 20) / rowBytes))
        for row in stride(from: 0, to: layout.shape.rows, by: height) {
            let stripe = Window(
                x: 0, y: row, width: layout.shape.columns, height: min(height, layout.shape.rows - row))
            let shape = Shape(bands: layout.shape.bands, rows: stripe.height, columns: stripe.width)
            let first = try Raster(layout.pixelType, shape: shape)
            let second = try Raster(other.layout.pixelType, shape: shape)
            let request = ReadRequest(region: stripe, bands: all.bands)
            try unsafe readers.0.read(request, into: first.destination)
            try unsafe readers.1.read(request, into: second.destination)
            // A loop over bands, each with sums of its own.
            let found = sums
            var parts = [DistanceSums?](repeating: nil, count: shape.bands)
            try unsafe parts.withUnsafeMutableBufferPointer { (parts) throws(ImageryError) in
                // Safe to share: every index writes its own part.
                nonisolated(unsafe) let parts = unsafe parts
                try parallelFor(shape.bands, threads: contexts.0.threads) { (_, band) throws(ImageryError) in
                    var sum = found[band]
                    for line in 0..<shape.rows { sum.add(first, second, band: band, row: line) }
                    unsafe parts[band] = sum
                }
            }
            sums = parts.compactMap(\.self)
            progress?(stripe.bottom, layout.shape.rows)
        }
        let range: Double? = layout.pixelType.integerRange.map { range in
            layout.pixelType.isSigned || layout.actualBitsPerPixel >= 64
                ? range.upperBound - range.lowerBound : Double(sign: .plus, exponent: layout.actualBitsPerPixel, significand: 1) - 1
        }
        let count = layout.shape.rows * layout.shape.columns
        return sums.enumerated().map { band, sum in
            BandDifference(
                band: band, differingCount: sum.differing, count: count, maximum: sum.maximum, mean: sum.distance / Double(count),
                meanSquare: sum.squares / Double(count), peak: range ?? sum.largest)
        }
    }
}

/// Sums over distances of samples.
private struct DistanceSums: Sendable {
    var differing = 0
    var maximum = 0.0
    var distance = 0.0
    var squares = 0.0
    var largest = 0.0

    /// Adds a row of one band of two rasters of the same shape.
    mutating func add(_ first: Raster, _ second: Raster, band: Int, row: Int) {
        let width = first.width
        let parts = first.pixelType.isComplex || second.pixelType.isComplex ? 2 : 1
        let a = Self.numbers(first, band, row, parts)
        let b = Self.numbers(second, band, row, parts)
        for column in 0..<width {
            var square = 0.0
            var isSame = true
            var magnitude = 0.0
            for part in 0..<parts {
                let (p, q) = (a[column * parts + part], b[column * parts + part])
                magnitude += p * p
                if p == q || p.isNaN && q.isNaN { continue }
                isSame = false
                let step = p - q
                square += step.isNaN ? .infinity : step * step
            }
            if magnitude.isFinite { largest = max(largest, magnitude.squareRoot()) }
            if isSame { continue }
            let step = square.squareRoot()
            differing += 1
            maximum = max(maximum, step)
            distance += step
            squares += square
        }
    }

    /// The numbers of a row; real ones have imaginary parts of 0 where two parts are wanted.
    private static func numbers(_ raster: Raster, _ band: Int, _ row: Int, _ parts: Int) -> [Double] {
        let own = raster.pixelType.isComplex ? 2 : 1
        var numbers = [Double](repeating: 0, count: raster.width * own)
        unsafe numbers.withUnsafeMutableBufferPointer { numbers in
            guard let base = numbers.baseAddress else { return }
            // In bounds: the raster has that row.
            unsafe SampleRow.load(
                raster.destination.row(row, band: band), raster.pixelType, count: raster.width, parts: true, into: base)
        }
        raster.withBytes { _ in }
        return own == parts ? numbers : numbers.flatMap { [$0, 0] }
    }
}
