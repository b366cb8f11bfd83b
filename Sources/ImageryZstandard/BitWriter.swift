// Bit streams that are read from their end (RFC 8878 section 4.1), written from their start.

/// Writes bits into memory whose room the caller has proven to be enough, with eight bytes more.
@safe
struct BitWriter {
    private(set) var output: UnsafeMutableRawPointer
    /// Bits not yet written, the first one lowest; those above `count` are zero.
    private var bits: UInt64 = 0
    /// At most 7 after ``flush()``.
    private var count: UInt64 = 0

    init(output: UnsafeMutableRawPointer) { unsafe self.output = output }

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
        unsafe output += Int(truncatingIfNeeded: count &>> 3)
        bits &>>= count & 56
        count &= 7
    }

    /// The bit that marks the end of the stream.
    mutating func finish() {
        put(1, width: 1)
        flush()
        if count > 0 {
            unsafe output += 1
            (bits, count) = (0, 0)
        }
    }
}
