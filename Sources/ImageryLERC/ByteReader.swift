/// Reads little-endian numbers from a stream, whose memory lives as long as the decoder's call.
@safe
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

    var remaining: Int { unsafe bytes.count - position }

    /// The bytes of a range that is inside the stream.
    func range(_ range: Range<Int>) -> UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(rebasing: bytes[range]) }

    func startsWith(_ mark: [UInt8]) -> Bool { unsafe bytes[position...].starts(with: mark) }

    /// The next `count` bytes.
    mutating func bytes(_ count: Int) throws(LERCFailure) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= remaining else { throw .truncated }
        defer { position += count }
        return unsafe range(position..<position + count)
    }

    /// Ends the stream at `end`, which is inside it.
    mutating func end(at end: Int) { unsafe self = ByteReader(range(0..<end), at: position) }

    private init(_ bytes: UnsafeRawBufferPointer, at position: Int) {
        unsafe self.bytes = bytes
        self.position = position
    }

    mutating func byte() throws(LERCFailure) -> UInt8 { try unsafe bytes(1)[0] }
    mutating func int8() throws(LERCFailure) -> Int { Int(Int8(bitPattern: try byte())) }
    mutating func uint16() throws(LERCFailure) -> Int {
        try unsafe Int(UInt16(littleEndian: bytes(2).loadUnaligned(as: UInt16.self)))
    }
    mutating func int16() throws(LERCFailure) -> Int { try unsafe Int(Int16(littleEndian: bytes(2).loadUnaligned(as: Int16.self))) }
    mutating func uint32() throws(LERCFailure) -> UInt32 {
        try unsafe UInt32(littleEndian: bytes(4).loadUnaligned(as: UInt32.self))
    }
    mutating func int32() throws(LERCFailure) -> Int { Int(Int32(bitPattern: try uint32())) }
    mutating func float() throws(LERCFailure) -> Double { Double(Float(bitPattern: try uint32())) }
    mutating func double() throws(LERCFailure) -> Double {
        Double(bitPattern: try unsafe UInt64(littleEndian: bytes(8).loadUnaligned(as: UInt64.self)))
    }

    /// A number of `type`.
    mutating func number(_ type: LERCType) throws(LERCFailure) -> Double {
        switch type {
        case .int8: Double(try int8())
        case .uint8: Double(try byte())
        case .int16: Double(try int16())
        case .uint16: Double(try uint16())
        case .int32: Double(try int32())
        case .uint32: Double(try uint32())
        case .float32: try float()
        case .float64: try double()
        }
    }
}
