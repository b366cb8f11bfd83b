// Bits to bytes (RFC 1951 3.1.1): each byte is filled from its lowest bit on.

/// Writes bits into memory whose room the block encoder has proven to be enough.
@safe
struct BitWriter {
    private(set) var output: UnsafeMutableRawPointer
    /// Bits not yet written, the first one lowest; those above `count` are zero.
    private var bits: UInt64 = 0
    /// At most 7 after `flush`.
    private var count: UInt64 = 0

    init(output: UnsafeMutableRawPointer) { unsafe self.output = output }

    /// Goes on at another place; the bits of the byte begun come along.
    mutating func move(to output: UnsafeMutableRawPointer) { unsafe self.output = output }

    /// Bits left in the byte begun, 0 at a byte's edge.
    var bitsToByteEdge: Int { Int((8 &- count) & 7) }

    /// Takes in the low `width` bits of `value`, whose other bits are zero. Between two flushes at most 56 bits may come.
    @inline(__always)
    mutating func put(_ value: UInt64, width: UInt64) {
        bits |= value &<< count
        count &+= width
    }

    /// Writes whole bytes; touches 8 bytes at `output`.
    @inline(__always)
    mutating func flush() {
        unsafe output.storeBytes(of: bits.littleEndian, as: UInt64.self)
        unsafe output += Int(count &>> 3)
        bits &>>= count & 56
        count &= 7
    }

    /// Fills the byte begun with zeros.
    mutating func alignToByte() {
        put(0, width: UInt64(bitsToByteEdge))
        flush()
    }

    /// Whole bytes at a byte's edge.
    mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        unsafe output.copyMemory(from: source, byteCount: bytes.count)
        unsafe output += bytes.count
    }
}
