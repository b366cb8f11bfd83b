import ImageryBase

/// Means of squares of samples of which some count less than others: hidden ones not at all, half transparent ones half.
struct WeightedReduction {
    private let type: PixelType
    private let factor: Int
    private let pad: Double?

    init(_ type: PixelType, factor: Int, padValue: SampleValue?) {
        self.type = type
        self.factor = factor
        pad = padValue?.bytes(for: type) == nil ? nil : padValue?.double
    }

    /// True for types whose samples are one number.
    static func serves(_ type: PixelType) -> Bool { !type.isComplex }

    /// One row of means of a band.
    ///
    /// `rows` are the rows of the squares, each with as many samples as `weights` has for it. A square without weight becomes the pad value,
    /// else the plain mean of its samples.
    func reduce(_ rows: [UnsafeRawPointer], _ weights: [[Double]], columns: Int, into target: UnsafeMutableRawPointer) {
        let count = ceilDivide(columns, factor)
        for place in 0..<count {
            var (sum, weight, plain, number) = (0.0, 0.0, 0.0, 0.0)
            for row in unsafe rows.indices {
                let samples = unsafe rows[row]
                for column in place * factor..<min(columns, (place + 1) * factor) {
                    let sample = unsafe type.load(samples, column)
                    guard !sample.isNaN, sample != pad else { continue }
                    sum += sample * weights[row][column]
                    weight += weights[row][column]
                    plain += sample
                    number += 1
                }
            }
            let mean = weight > 0 ? sum / weight : pad ?? (number > 0 ? plain / number : type.isFloatingPoint ? .nan : 0)
            unsafe type.store(mean, target, place)
        }
    }
}

extension PixelType {
    /// A sample of a row as a number; of integers of 64 bits the nearest.
    func load(_ row: UnsafeRawPointer, _ index: Int) -> Double {
        func value<T: BitwiseCopyable>(_: T.Type) -> T {
            unsafe row.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: T.self)
        }
        switch self {
        case .uint8: return Double(value(UInt8.self))
        case .uint16: return Double(value(UInt16.self))
        case .uint32: return Double(value(UInt32.self))
        case .uint64: return Double(value(UInt64.self))
        case .int8: return Double(value(Int8.self))
        case .int16: return Double(value(Int16.self))
        case .int32: return Double(value(Int32.self))
        case .int64: return Double(value(Int64.self))
        case .float32: return Double(value(Float.self))
        case .float64: return value(Double.self)
        case .float16:
            #if os(macOS) && arch(x86_64)
                return .nan
            #else
                return Double(value(Float16.self))
            #endif
        case .complexInt16, .complexInt32, .complexFloat32, .complexFloat64: return .nan
        }
    }

    /// Puts a mean of samples of this type into a row: integers are rounded to the nearest, halves up.
    func store(_ mean: Double, _ row: UnsafeMutableRawPointer, _ index: Int) {
        func put<T: BitwiseCopyable>(_ value: T) {
            unsafe row.storeBytes(of: value, toByteOffset: index * MemoryLayout<T>.size, as: T.self)
        }
        // A mean lies between samples, and so does what it is rounded to, but for the largest of 64 bits.
        func integer<T: FixedWidthInteger>(_: T.Type) -> T {
            T(exactly: (mean + 0.5).rounded(.down)) ?? (mean > 0 ? .max : .min)
        }
        switch self {
        case .uint8: put(integer(UInt8.self))
        case .uint16: put(integer(UInt16.self))
        case .uint32: put(integer(UInt32.self))
        case .uint64: put(integer(UInt64.self))
        case .int8: put(integer(Int8.self))
        case .int16: put(integer(Int16.self))
        case .int32: put(integer(Int32.self))
        case .int64: put(integer(Int64.self))
        case .float32: put(Float(mean))
        case .float64: put(mean)
        case .float16:
            for (byte, value) in (SampleValue.real(mean).bytes(for: .float16) ?? [0, 0]).enumerated() {
                unsafe row.storeBytes(of: value, toByteOffset: 2 * index + byte, as: UInt8.self)
            }
        case .complexInt16, .complexInt32, .complexFloat32, .complexFloat64: break
        }
    }
}
