// What stands before the mask and the values of a band: "Lerc2 ", versions 2 to 6, and "CntZImage ".

import ImageryPlumbing

/// Types of values, in the order of their codes.
public enum LERCType: Int, Sendable {
    /// Signed, 8 bits.
    case int8
    /// Unsigned, 8 bits.
    case uint8
    /// Signed, 16 bits.
    case int16
    /// Unsigned, 16 bits.
    case uint16
    /// Signed, 32 bits.
    case int32
    /// Unsigned, 32 bits.
    case uint32
    /// IEEE 754, 32 bits.
    case float32
    /// IEEE 754, 64 bits.
    case float64

    /// Bytes of a value.
    public var byteCount: Int {
        switch self {
        case .int8, .uint8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float32: 4
        case .float64: 8
        }
    }
}

/// Rows, columns and values of a stream's bands.
public struct LERCShape: Hashable, Sendable {
    /// Rows of pixels.
    public var rows: Int
    /// Pixels of a row.
    public var columns: Int
    /// Values of a pixel that are coded together.
    public var depth: Int
    /// The type of the values.
    public var type: LERCType

    /// Bands of `rows` x `columns` pixels with `depth` values each.
    public init(rows: Int, columns: Int, depth: Int, type: LERCType) {
        self.rows = rows
        self.columns = columns
        self.depth = depth
        self.type = type
    }

    /// Number of pixels; nil when it overflows.
    var pixels: Int? { checkedProduct(rows, columns) }
    /// Number of values; nil when it overflows.
    var values: Int? { checkedProduct(rows, columns, depth) }
}

/// The header of one band of Lerc2.
struct Lerc2Header {
    var version = 4
    var shape: LERCShape
    var validCount = 0
    var microBlock = 8
    /// Bytes from the key to the end of the band.
    var byteCount = 0
    var maxError = 0.0
    var minimum = 0.0
    var maximum = 0.0
    /// Of version 6: a value that stands for another one where only some values of a pixel mean nothing.
    var noData: (internal: Double, original: Double)?

    static let key = Array("Lerc2 ".utf8)
    /// Bytes up to the end of the checksum.
    static let checkedFrom = 14

    /// Reads the header and leaves `reader` behind it.
    init(_ reader: inout ByteReader) throws(LERCFailure) {
        let start = reader.position
        guard unsafe try reader.bytes(6).elementsEqual(Self.key) else { throw .badKey }
        version = try reader.int32()
        guard (1...6).contains(version) else { throw .badKey }
        let checksum = version >= 3 ? try reader.uint32() : 0
        let rows = try reader.int32()
        let columns = try reader.int32()
        let depth = version >= 4 ? try reader.int32() : 1
        validCount = try reader.int32()
        microBlock = try reader.int32()
        byteCount = try reader.int32()
        guard let type = LERCType(rawValue: try reader.int32()) else { throw .badHeader }
        shape = LERCShape(rows: rows, columns: columns, depth: depth, type: type)
        var usesNoData = false
        if version >= 6 {
            // How many bands follow is told by the bytes that follow.
            _ = try reader.int32()
            usesNoData = try reader.byte() != 0
            _ = unsafe try reader.bytes(3)
        }
        maxError = try reader.double()
        minimum = try reader.double()
        maximum = try reader.double()
        if version >= 6 {
            let pair = (internal: try reader.double(), original: try reader.double())
            if usesNoData && depth > 1 { noData = pair }
        }
        guard rows > 0, columns > 0, depth > 0, (1...32).contains(microBlock), maxError >= 0, maxError.isFinite, minimum <= maximum,
            let pixels = shape.pixels, shape.values != nil, (0...pixels).contains(validCount)
        else { throw .badHeader }
        let read = reader.position - start
        guard byteCount >= read, byteCount - read <= reader.remaining else { throw .truncated }
        if version >= 3 {
            let checked = unsafe reader.range(start + Self.checkedFrom..<start + byteCount)
            guard unsafe fletcher32(checked) == checksum else { throw .checksumMismatch }
        }
    }

    /// A header of version 4, its checksum and size still to be filled in.
    init(_ shape: LERCShape, validCount: Int, maxError: Double, minimum: Double, maximum: Double) {
        self.shape = shape
        self.validCount = validCount
        self.maxError = maxError
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Where the size of the band is written.
    static let sizeOffset = 34

    /// The header of version 4 with zeros for checksum and size.
    var bytes: [UInt8] {
        var result = Self.key
        for number in [4, 0, shape.rows, shape.columns, shape.depth, validCount, microBlock, 0, shape.type.rawValue] {
            result += littleEndianBytes(UInt64(UInt32(truncatingIfNeeded: number)), count: 4)
        }
        for number in [maxError, minimum, maximum] { result += littleEndianBytes(number.bitPattern, count: 8) }
        return result
    }
}

/// The checksum of a band: Fletcher's, with words of big-endian bytes.
func fletcher32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var (first, second): (UInt32, UInt32) = (0xFFFF, 0xFFFF)
    var index = 0
    let pairs = bytes.count / 2
    var done = 0
    while done < pairs {
        // So many sums fit 32 bits.
        let until = min(pairs, done + 359)
        while done < until {
            first &+= unsafe UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
            second &+= first
            index += 2
            done += 1
        }
        first = first & 0xFFFF + first >> 16
        second = second & 0xFFFF + second >> 16
    }
    if bytes.count & 1 != 0 {
        first &+= unsafe UInt32(bytes[index]) << 8
        second &+= first
    }
    first = first & 0xFFFF + first >> 16
    second = second & 0xFFFF + second >> 16
    return second << 16 | first
}

func littleEndianBytes(_ value: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
}
