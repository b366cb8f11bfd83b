import ImageryBase
import ImageryPlumbing

/// A row of samples of any type as numbers, and numbers as samples of any type.
enum SampleRow {
    /// The numbers of `count` samples at `samples`: of complex ones the magnitude, or with `parts` the real and the imaginary part one after the
    /// other, 2 × `count` numbers. Integers beyond 2^53 are rounded. `numbers` has room for them.
    @unsafe
    static func load(
        _ samples: UnsafeRawPointer, _ type: PixelType, count: Int, parts: Bool = false, into numbers: UnsafeMutablePointer<Double>
    ) {
        switch type {
        case .uint8: unsafe load(samples, as: UInt8.self, count, numbers) { Double($0) }
        case .uint16: unsafe load(samples, as: UInt16.self, count, numbers) { Double($0) }
        case .uint32: unsafe load(samples, as: UInt32.self, count, numbers) { Double($0) }
        case .uint64: unsafe load(samples, as: UInt64.self, count, numbers) { Double($0) }
        case .int8: unsafe load(samples, as: Int8.self, count, numbers) { Double($0) }
        case .int16: unsafe load(samples, as: Int16.self, count, numbers) { Double($0) }
        case .int32: unsafe load(samples, as: Int32.self, count, numbers) { Double($0) }
        case .int64: unsafe load(samples, as: Int64.self, count, numbers) { Double($0) }
        case .float16: unsafe load(samples, as: UInt16.self, count, numbers) { HalfFloat.double(ofBits: $0) }
        case .float32: unsafe load(samples, as: Float.self, count, numbers) { Double($0) }
        case .float64: unsafe load(samples, as: Double.self, count, numbers) { $0 }
        case .complexInt16: unsafe loadPairs(samples, as: Int16.self, count, parts, numbers) { Double($0) }
        case .complexInt32: unsafe loadPairs(samples, as: Int32.self, count, parts, numbers) { Double($0) }
        case .complexFloat32: unsafe loadPairs(samples, as: Float.self, count, parts, numbers) { Double($0) }
        case .complexFloat64: unsafe loadPairs(samples, as: Double.self, count, parts, numbers) { $0 }
        }
    }

    // In bounds: the caller's `samples` has `count` samples of the type, `numbers` as many numbers.
    @inline(__always)
    private static func load<S: BitwiseCopyable>(
        _ samples: UnsafeRawPointer, as type: S.Type, _ count: Int, _ numbers: UnsafeMutablePointer<Double>, _ number: (S) -> Double
    ) {
        for index in 0..<count {
            unsafe numbers[index] = number(samples.loadUnaligned(fromByteOffset: index * MemoryLayout<S>.size, as: S.self))
        }
    }

    @inline(__always)
    private static func loadPairs<S: BitwiseCopyable>(
        _ samples: UnsafeRawPointer, as type: S.Type, _ count: Int, _ parts: Bool, _ numbers: UnsafeMutablePointer<Double>,
        _ number: (S) -> Double
    ) {
        if parts { return unsafe load(samples, as: type, 2 * count, numbers, number) }
        for index in 0..<count {
            let place = unsafe samples + 2 * index * MemoryLayout<S>.size
            let real = unsafe number(place.loadUnaligned(as: S.self))
            let imaginary = unsafe number(place.loadUnaligned(fromByteOffset: MemoryLayout<S>.size, as: S.self))
            unsafe numbers[index] = (real * real + imaginary * imaginary).squareRoot()
        }
    }

    /// Stores `count` numbers as samples of `type`, of complex types as their parts one after the other. Integers are rounded to the nearest,
    /// halves away from zero, and held to the range of the type; NaN becomes 0.
    @unsafe
    static func store(
        _ numbers: UnsafePointer<Double>, count: Int, as type: PixelType, into samples: UnsafeMutableRawPointer
    ) {
        switch type {
        case .uint8: unsafe store(numbers, count, samples) { integer($0) as UInt8 }
        case .uint16: unsafe store(numbers, count, samples) { integer($0) as UInt16 }
        case .uint32: unsafe store(numbers, count, samples) { integer($0) as UInt32 }
        case .uint64: unsafe store(numbers, count, samples) { integer($0) as UInt64 }
        case .int8: unsafe store(numbers, count, samples) { integer($0) as Int8 }
        case .int16, .complexInt16: unsafe store(numbers, count, samples) { integer($0) as Int16 }
        case .int32, .complexInt32: unsafe store(numbers, count, samples) { integer($0) as Int32 }
        case .int64: unsafe store(numbers, count, samples) { integer($0) as Int64 }
        case .float16: unsafe store(numbers, count, samples) { HalfFloat.bits(nearest: $0) }
        case .float32, .complexFloat32: unsafe store(numbers, count, samples) { Float($0) }
        case .float64, .complexFloat64: unsafe store(numbers, count, samples) { $0 }
        }
    }

    @inline(__always)
    private static func store<S: BitwiseCopyable>(
        _ numbers: UnsafePointer<Double>, _ count: Int, _ samples: UnsafeMutableRawPointer, _ sample: (Double) -> S
    ) {
        for index in 0..<count {
            unsafe samples.storeBytes(of: sample(numbers[index]), toByteOffset: index * MemoryLayout<S>.size, as: S.self)
        }
    }

    @inline(__always)
    private static func integer<I: FixedWidthInteger>(_ number: Double) -> I {
        let rounded = number.rounded(.toNearestOrAwayFromZero)
        // 2^63 and 2^64 are the first numbers that the largest types lack.
        if rounded >= Double(I.max) { return I.max }
        if rounded <= Double(I.min) { return I.min }
        return rounded.isNaN ? 0 : I(rounded)
    }
}

/// Numbers of the type binary16 (IEEE 754), by their bits: a machine may lack the type.
enum HalfFloat {
    @inline(__always)
    static func double(ofBits bits: UInt16) -> Double {
        #if os(macOS) && arch(x86_64)
            let mantissa = Double(bits & 0x3ff)
            let sign: Double = bits & 0x8000 == 0 ? 1 : -1
            return switch bits >> 10 & 0x1f {
            case 0: sign * mantissa * 0x1p-24
            case 31: mantissa == 0 ? sign * .infinity : .nan
            case let exponent: sign * (1024 + mantissa) * Double(sign: .plus, exponent: Int(exponent) - 25, significand: 1)
            }
        #else
            return Double(Float16(bitPattern: bits))
        #endif
    }

    @inline(__always)
    static func bits(nearest number: Double) -> UInt16 {
        #if os(macOS) && arch(x86_64)
            let bytes = SampleValue.real(number).bytes(for: .float16) ?? [0, 0]
            return UInt16(bytes[0]) | UInt16(bytes[1]) << 8
        #else
            return Float16(number).bitPattern
        #endif
    }
}

extension PixelType {
    /// The range of an integer type's numbers; nil for floating point.
    public var integerRange: ClosedRange<Double>? {
        switch self {
        case .uint8: 0...255
        case .uint16: 0...65_535
        case .uint32: 0...4_294_967_295
        case .uint64: 0...Double(UInt64.max)
        case .int8: -128...127
        case .int16, .complexInt16: -32_768...32_767
        case .int32, .complexInt32: -2_147_483_648...2_147_483_647
        case .int64: Double(Int64.min)...Double(Int64.max)
        case .float16, .float32, .float64, .complexFloat32, .complexFloat64: nil
        }
    }
}
