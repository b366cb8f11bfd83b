// From the samples of an image to rows of the wavelet's numbers (T.800 Annex G).

import ImageryBase
import ImageryKernels

/// The samples of a tile on their way into its components. Only reads, so that threads can share it.
@safe
struct SampleRows: @unchecked Sendable {
    /// The tile's first sample; the memory is the caller's.
    let samples: Destination
    let type: PixelType
    /// Bits of the samples of each band.
    let precisions: [Int]
    let width: Int
    /// True when the first three components are transformed together.
    let mixes: Bool

    init(_ samples: Destination, _ type: PixelType, precisions: [Int], width: Int, mixes: Bool) {
        unsafe self.samples = unsafe samples
        self.type = type
        self.precisions = precisions
        self.width = width
        self.mixes = mixes
    }

    /// Numbers of 32 bits that ``load(component:row:scratch:into:)`` works in.
    var scratchCount: Int { 3 * width }

    private var isSigned: Bool { type == .int8 || type == .int16 || type == .int32 }

    /// Row `row` of component `component` before the wavelet. Returns false when a sample does not fit the precision.
    func load(
        component: Int, row: Int, scratch: UnsafeMutablePointer<Int32>, into numbers: UnsafeMutablePointer<Int32>
    ) -> Bool {
        guard mixes, component < 3 else { return unsafe load(band: component, row, into: numbers) }
        for band in 0..<3 {
            guard unsafe load(band: band, row, into: scratch + band * width) else { return false }
        }
        unsafe JPEG2000Color.forwardReversible(
            component: component, scratch, scratch + width, scratch + 2 * width, count: width, into: numbers)
        return true
    }

    /// As the same for the irreversible wavelet.
    func load(
        component: Int, row: Int, scratch: UnsafeMutablePointer<Int32>, into numbers: UnsafeMutablePointer<Float>
    ) -> Bool {
        guard mixes, component < 3 else {
            guard unsafe load(band: component, row, into: scratch) else { return false }
            unsafe JPEG2000Color.convert(scratch, count: width, into: numbers)
            return true
        }
        for band in 0..<3 {
            guard unsafe load(band: band, row, into: scratch + band * width) else { return false }
        }
        unsafe JPEG2000Color.forwardIrreversible(
            component: component, scratch, scratch + width, scratch + 2 * width, count: width, into: numbers)
        return true
    }

    /// As the same for samples of which 32 bits do not hold the coefficients.
    func load(component: Int, row: Int, into numbers: UnsafeMutablePointer<Int64>) -> Bool {
        // The same for all bands that are transformed together.
        let most: Int64 = (1 << Int64(precisions[component] - 1)) - 1
        func checked(_ number: Int64) -> Int64? { number <= most && number >= -most - 1 ? number : nil }
        for column in 0..<width {
            func number(_ band: Int) -> Int64 {
                let value = unsafe sample(samples.row(row, band: band), column)
                return type == .uint32 || type == .uint64 ? value &- most &- 1 : value
            }
            guard mixes, component < 3 else {
                guard let own = checked(number(component)) else { return false }
                unsafe numbers[column] = own
                continue
            }
            guard let red = checked(number(0)), let green = checked(number(1)), let blue = checked(number(2)) else { return false }
            let difference = component == 1 ? blue - green : red - green
            unsafe numbers[column] = component == 0 ? (red + 2 * green + blue) >> 2 : difference
        }
        return true
    }

    private func sample(_ row: UnsafeMutableRawPointer, _ column: Int) -> Int64 {
        switch type {
        case .uint32: Int64(unsafe row.load(fromByteOffset: 4 * column, as: UInt32.self))
        case .int32: Int64(unsafe row.load(fromByteOffset: 4 * column, as: Int32.self))
        default: unsafe row.load(fromByteOffset: 8 * column, as: Int64.self)
        }
    }

    /// The samples of a band with the level shift (G.1.1).
    private func load(band: Int, _ row: Int, into numbers: UnsafeMutablePointer<Int32>) -> Bool {
        // In bounds: whoever made the rows has proven that the tile lies inside the samples.
        let start = unsafe UnsafeRawPointer(samples.row(row, band: band))
        let precision = precisions[band]
        let offset: Int32 = isSigned ? 0 : 1 << Int32(precision - 1)
        switch type {
        case .uint8:
            unsafe JPEG2000Samples.load(start.assumingMemoryBound(to: UInt8.self), offset: offset, count: width, into: numbers)
        case .int8:
            unsafe JPEG2000Samples.load(start.assumingMemoryBound(to: Int8.self), offset: offset, count: width, into: numbers)
        case .uint16:
            unsafe JPEG2000Samples.load(start.assumingMemoryBound(to: UInt16.self), offset: offset, count: width, into: numbers)
        case .int16:
            unsafe JPEG2000Samples.load(start.assumingMemoryBound(to: Int16.self), offset: offset, count: width, into: numbers)
        case .uint32:
            unsafe JPEG2000Samples.load(start.assumingMemoryBound(to: UInt32.self), offset: offset, count: width, into: numbers)
        default:
            unsafe JPEG2000Samples.load(start.assumingMemoryBound(to: Int32.self), offset: offset, count: width, into: numbers)
        }
        guard precision < 8 * type.byteCount else { return true }
        let most: Int32 = 1 << Int32(precision - 1)
        let range = unsafe JPEG2000Samples.range(numbers, count: width)
        return range.lowerBound >= -most && range.upperBound < most
    }
}
