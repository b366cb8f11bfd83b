public import ImageryBase
import ImageryKernels

/// Reduces rows of an image to rows of which each pixel stands for a square of pixels.
public final class BoxReducer {
    let type: PixelType
    let factor: Int
    let method: Resampling
    let padValue: SampleValue?
    private let pad: [UInt8]
    private var sums: Scratch?
    private var counts: Scratch?

    /// Squares of `factor` × `factor` samples of `type`; means leave out samples of the pad value.
    public init(_ type: PixelType, factor: Int, method: Resampling, padValue: SampleValue?) {
        self.type = type
        self.factor = factor
        self.method = method
        self.padValue = padValue
        pad = padValue?.bytes(for: type) ?? []
    }

    /// Fills the first `ceil(rows / factor)` rows and `ceil(columns / factor)` columns of `target` from `rows` × `columns` samples of
    /// each band. The first square begins at the first sample; the last ones are cut.
    @unsafe
    public func reduce(
        _ source: Destination, bands: Int, rows: Int, columns: Int, into target: Destination
    ) throws(ImageryError) {
        switch method {
        case .average: try unsafe average(source, bands: bands, rows: rows, columns: columns, into: target)
        case .nearest: unsafe pick(source, bands: bands, rows: rows, columns: columns, into: target)
        }
    }

    /// What is there when it is large enough, else new memory.
    private static func memory(_ byteCount: Int, from kept: inout Scratch?) throws(ImageryError) -> Scratch {
        if let kept, kept.byteCount >= byteCount { return kept }
        let made = try Scratch(byteCount: byteCount)
        kept = made
        return made
    }

    private func average(
        _ source: Destination, bands: Int, rows: Int, columns: Int, into target: Destination
    ) throws(ImageryError) {
        let (number, parts) = type.numbers
        let reduced = ceilDivide(columns, factor)
        let sumBytes = reduced * parts * BoxAverage.sumBytes(number)
        let sums = try Self.memory(sumBytes, from: &self.sums)
        let counts = try Self.memory(reduced * MemoryLayout<Int32>.size, from: &self.counts)
        let places = unsafe counts.base.assumingMemoryBound(to: Int32.self)
        unsafe pad.withUnsafeBytes { pad in
            let skipped = unsafe pad.baseAddress.flatMap { unsafe pad.isEmpty ? nil : $0 }
            for band in 0..<bands {
                for row in 0..<ceilDivide(rows, factor) {
                    unsafe sums.base.initializeMemory(as: UInt8.self, repeating: 0, count: sumBytes)
                    unsafe places.update(repeating: 0, count: reduced)
                    // In bounds: the source has these rows, and its columns fill at most `reduced` squares.
                    for line in row * factor..<min(rows, (row + 1) * factor) {
                        unsafe BoxAverage.add(
                            source.row(line, band: band), number, parts: parts, count: columns, factor: factor, skipped: skipped,
                            sums: sums.base, counts: places)
                    }
                    unsafe BoxAverage.finish(
                        number, parts: parts, columns: reduced, skipped: skipped, sums: sums.base, counts: places,
                        into: target.row(row, band: band))
                }
            }
        }
    }

    private func pick(_ source: Destination, bands: Int, rows: Int, columns: Int, into target: Destination) {
        for band in 0..<bands {
            for row in 0..<ceilDivide(rows, factor) {
                // In bounds: every square has its top left pixel among the source's.
                unsafe SampleInterleaving.extract(
                    source.row(row * factor, band: band), step: factor, sampleBytes: type.byteCount, swapUnit: 1,
                    count: ceilDivide(columns, factor), into: target.row(row, band: band))
            }
        }
    }
}

extension PixelType {
    /// The numbers of a sample, and how many there are.
    fileprivate var numbers: (BoxAverage.Number, parts: Int) {
        switch self {
        case .uint8: (.uint8, 1)
        case .uint16: (.uint16, 1)
        case .uint32: (.uint32, 1)
        case .uint64: (.uint64, 1)
        case .int8: (.int8, 1)
        case .int16: (.int16, 1)
        case .int32: (.int32, 1)
        case .int64: (.int64, 1)
        case .float16: (.float16, 1)
        case .float32: (.float32, 1)
        case .float64: (.float64, 1)
        case .complexInt16: (.int16, 2)
        case .complexInt32: (.int32, 2)
        case .complexFloat32: (.float32, 2)
        case .complexFloat64: (.float64, 2)
        }
    }
}
