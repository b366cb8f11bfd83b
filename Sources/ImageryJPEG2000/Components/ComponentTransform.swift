// T.800 Annex G: from the samples that the wavelet gives to those of the image.

import ImageryBase
import ImageryKernels

/// What the samples of a component are, and how they are stored.
struct SampleFormat: Hashable, Sendable {
    /// Bits of a sample, 1...31.
    var precision: Int
    var isSigned: Bool
    /// An integer type of up to 32 bits that holds them all.
    var type: PixelType

    /// G.1.2: unsigned samples are shifted up by half of their range.
    var offset: Int32 { isSigned ? 0 : 1 << Int32(precision - 1) }
    /// The smallest sample; the largest is ``highest``.
    var lowest: Int32 { isSigned ? -1 << Int32(precision - 1) : 0 }
    var highest: Int32 { Int32(truncatingIfNeeded: (Int64(1) << Int64(precision - (isSigned ? 1 : 0))) - 1) }
}

/// Undoes the transform over components and the level shift, row by row.
enum ComponentTransform {
    /// Rows of the first three components.
    typealias Rows<Element> = (UnsafePointer<Element>, UnsafePointer<Element>, UnsafePointer<Element>)
    /// Where their samples go, one after the other; nil for what is not wanted.
    typealias Targets = (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?)
    typealias Formats = (SampleFormat, SampleFormat, SampleFormat)

    /// Samples worked on at a time: of one row, and of each of three. What lies between two steps is a kilobyte at most, which Swift keeps
    /// on the stack.
    private static let piece = 256
    private static let pieceOfThree = 80

    /// Level shift (G.1.2) and clamping of a row that no component transform touches.
    static func store(_ row: UnsafePointer<Int32>, count: Int, format: SampleFormat, into target: UnsafeMutableRawPointer) {
        let (offset, low, high) = (format.offset, format.lowest, format.highest)
        switch format.type {
        case .uint8, .int8:
            unsafe JPEG2000Samples.store8(
                row, offset: offset, low: low, high: high, count: count, into: target.assumingMemoryBound(to: UInt8.self))
        case .uint16, .int16:
            unsafe JPEG2000Samples.store16(
                row, offset: offset, low: low, high: high, count: count, into: target.assumingMemoryBound(to: UInt16.self))
        default:
            unsafe JPEG2000Samples.store32(
                row, offset: offset, low: low, high: high, count: count, into: target.assumingMemoryBound(to: Int32.self))
        }
    }

    /// As the same for integers, after rounding to the nearest.
    static func store(_ row: UnsafePointer<Float>, count: Int, format: SampleFormat, into target: UnsafeMutableRawPointer) {
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: piece) { whole in
            let whole = whole.baseAddress!
            for first in stride(from: 0, to: count, by: piece) {
                let length = min(piece, count - first)
                unsafe JPEG2000Samples.round(row + first, count: length, into: whole)
                unsafe store(whole, count: length, format: format, into: target + first * format.type.byteCount)
            }
        }
    }

    /// The inverse RCT (G.2.2), then as ``store(_:count:format:into:)``.
    static func storeReversible(_ rows: Rows<Int32>, count: Int, formats: Formats, into targets: Targets) {
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * pieceOfThree) { work in
            let work = work.baseAddress!
            for first in stride(from: 0, to: count, by: pieceOfThree) {
                let length = min(pieceOfThree, count - first)
                unsafe JPEG2000Color.reversible(
                    rows.0 + first, rows.1 + first, rows.2 + first, count: length, red: work, green: work + pieceOfThree,
                    blue: work + 2 * pieceOfThree)
                unsafe store(work, first, length, formats, targets)
            }
        }
    }

    /// The inverse ICT (G.3.2), then rounding and as ``store(_:count:format:into:)``.
    static func storeIrreversible(_ rows: Rows<Float>, count: Int, formats: Formats, into targets: Targets) {
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * pieceOfThree) { work in
            let work = work.baseAddress!
            for first in stride(from: 0, to: count, by: pieceOfThree) {
                let length = min(pieceOfThree, count - first)
                unsafe JPEG2000Color.irreversible(
                    rows.0 + first, rows.1 + first, rows.2 + first, count: length, red: work, green: work + pieceOfThree,
                    blue: work + 2 * pieceOfThree)
                unsafe store(work, first, length, formats, targets)
            }
        }
    }

    /// Stores a piece of three rows, `pieceOfThree` numbers apart, as samples `first` and following.
    private static func store(
        _ work: UnsafePointer<Int32>, _ first: Int, _ length: Int, _ formats: Formats, _ targets: Targets
    ) {
        func store(_ row: UnsafePointer<Int32>, _ format: SampleFormat, _ target: UnsafeMutableRawPointer?) {
            guard let target = unsafe target else { return }
            unsafe Self.store(row, count: length, format: format, into: target + first * format.type.byteCount)
        }
        unsafe store(work, formats.0, targets.0)
        unsafe store(work + pieceOfThree, formats.1, targets.1)
        unsafe store(work + 2 * pieceOfThree, formats.2, targets.2)
    }
}
