import ImageryPrimitives

/// The type of one sample (S51). Complex types hold the real part first.
public enum PixelType: String, Hashable, Sendable, CaseIterable {
    /// Unsigned, 8 bits.
    case uint8
    /// Unsigned, 16 bits.
    case uint16
    /// Unsigned, 32 bits.
    case uint32
    /// Unsigned, 64 bits.
    case uint64
    /// Signed, 8 bits.
    case int8
    /// Signed, 16 bits.
    case int16
    /// Signed, 32 bits.
    case int32
    /// Signed, 64 bits.
    case int64
    /// IEEE 754, 16 bits.
    case float16
    /// IEEE 754, 32 bits.
    case float32
    /// IEEE 754, 64 bits.
    case float64
    /// Two signed numbers of 16 bits.
    case complexInt16
    /// Two signed numbers of 32 bits.
    case complexInt32
    /// Two of IEEE 754, 32 bits each.
    case complexFloat32
    /// Two of IEEE 754, 64 bits each.
    case complexFloat64

    /// Bytes of one sample, both parts of a complex one.
    public var byteCount: Int {
        switch self {
        case .uint8, .int8: 1
        case .uint16, .int16, .float16: 2
        case .uint32, .int32, .float32, .complexInt16: 4
        case .uint64, .int64, .float64, .complexInt32, .complexFloat32: 8
        case .complexFloat64: 16
        }
    }

    /// Bytes of one number of the sample: half of `byteCount` for complex types. The unit of byte order.
    public var componentByteCount: Int { isComplex ? byteCount / 2 : byteCount }

    /// True for pairs of a real and an imaginary part.
    public var isComplex: Bool {
        switch self {
        case .complexInt16, .complexInt32, .complexFloat32, .complexFloat64: true
        default: false
        }
    }

    /// True for real and complex floating-point types.
    public var isFloatingPoint: Bool {
        switch self {
        case .float16, .float32, .float64, .complexFloat32, .complexFloat64: true
        default: false
        }
    }

    /// True for types that hold negative numbers.
    public var isSigned: Bool {
        switch self {
        case .uint8, .uint16, .uint32, .uint64: false
        default: true
        }
    }
}

/// A Swift type that stands for a ``PixelType``. Only this module adds conformances.
public protocol Sample: BitwiseCopyable, Sendable {
    /// The pixel type whose samples have this layout.
    static var pixelType: PixelType { get }
}

extension UInt8: Sample { public static var pixelType: PixelType { .uint8 } }
extension UInt16: Sample { public static var pixelType: PixelType { .uint16 } }
extension UInt32: Sample { public static var pixelType: PixelType { .uint32 } }
extension UInt64: Sample { public static var pixelType: PixelType { .uint64 } }
extension Int8: Sample { public static var pixelType: PixelType { .int8 } }
extension Int16: Sample { public static var pixelType: PixelType { .int16 } }
extension Int32: Sample { public static var pixelType: PixelType { .int32 } }
extension Int64: Sample { public static var pixelType: PixelType { .int64 } }
#if !(os(macOS) && arch(x86_64))
    extension Float16: Sample { public static var pixelType: PixelType { .float16 } }
#endif
extension Float: Sample { public static var pixelType: PixelType { .float32 } }
extension Double: Sample { public static var pixelType: PixelType { .float64 } }

/// One sample's value without its type: a pad value, a fill, GDAL_NODATA.
public enum SampleValue: Hashable, Sendable, CustomStringConvertible {
    /// Any integer up to 64 bits, by magnitude and sign.
    case integer(Int64)
    /// An integer above `Int64.max`.
    case unsigned(UInt64)
    /// A floating-point number; NaN and infinities too.
    case real(Double)

    /// The number that `text` spells (decimal, exponent, `nan`, `inf`), surrounding blanks and NULs ignored.
    public init?(parsing text: String) {
        let word = text.trimmedText
        if let value = Int64(word) {
            self = .integer(value)
        } else if let value = UInt64(word) {
            self = .unsigned(value)
        } else if let value = Double(word) {
            self = .real(value)
        } else {
            return nil
        }
    }

    /// The value as a Double, rounded if need be.
    public var double: Double {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .real(let value): value
        }
    }

    /// The number as text.
    public var description: String {
        switch self {
        case .integer(let value): "\(value)"
        case .unsigned(let value): "\(value)"
        case .real(let value): "\(value)"
        }
    }

    /// The native-order bytes of one sample of `type` with this value (imaginary part 0), or nil when the type cannot hold it.
    public func bytes(for type: PixelType) -> [UInt8]? {
        switch type {
        case .uint8: exact(UInt8.self)
        case .uint16: exact(UInt16.self)
        case .uint32: exact(UInt32.self)
        case .uint64: exact(UInt64.self)
        case .int8: exact(Int8.self)
        case .int16: exact(Int16.self)
        case .int32: exact(Int32.self)
        case .int64: exact(Int64.self)
        case .float16: nativeBytes(UInt16(truncatingIfNeeded: halfBits(double)))
        case .float32: float32.map { nativeBytes($0) }
        case .float64: nativeBytes(double)
        case .complexInt16: exact(Int16.self).map { $0 + [0, 0] }
        case .complexInt32: exact(Int32.self).map { $0 + [0, 0, 0, 0] }
        case .complexFloat32: float32.map { nativeBytes($0) + nativeBytes(Float(0)) }
        case .complexFloat64: nativeBytes(double) + nativeBytes(0.0)
        }
    }

    private var float32: Float? {
        let value = Float(double)
        return value.isFinite || !double.isFinite ? value : nil
    }

    private func exact<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type) -> [UInt8]? {
        let value: T? =
            switch self {
            case .integer(let value): T(exactly: value)
            case .unsigned(let value): T(exactly: value)
            case .real(let value): T(exactly: value)
            }
        return value.map { nativeBytes($0) }
    }
}

/// The IEEE 754 binary16 pattern nearest to `value`, ties to even.
func halfBits(_ value: Double) -> UInt32 {
    #if os(macOS) && arch(x86_64)
        let bits = Float(value).bitPattern
        let sign = bits >> 16 & 0x8000
        let exponent = Int(bits >> 23 & 0xff) - 112
        guard exponent > 0 else { return sign }
        guard exponent < 31 else { return sign | 0x7c00 | (Float(value).isNaN ? 0x200 : 0) }
        return sign | UInt32(exponent) << 10 | (bits >> 13 & 0x3ff)
    #else
        return UInt32(Float16(value).bitPattern)
    #endif
}

private func nativeBytes<T: BitwiseCopyable>(_ value: T) -> [UInt8] {
    unsafe withUnsafeBytes(of: value) { unsafe Array($0) }
}
