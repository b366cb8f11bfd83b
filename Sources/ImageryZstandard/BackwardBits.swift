// Bit streams that are read from their end (RFC 8878 section 4.1).

/// Reads a bit stream backward: the highest set bit of its last byte ends it and is no part of it.
///
/// Bits before the first byte have no meaning; ``isExhausted`` tells of their use. After ``reload()`` at least 57 bits are at hand, if the
/// stream still has so many.
@safe
struct BackwardBits {
    /// Eight bytes at `pointer`; of a shorter stream all of it, in the low bytes.
    private var window: UInt64
    /// Bits of the window, from the highest on, that were read.
    private var used: UInt64
    private var pointer: UnsafeRawPointer
    private let start: UnsafeRawPointer

    /// Nil when the stream is empty or its last byte has no bit set.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, let last = unsafe bytes.last, last != 0 else { return nil }
        unsafe start = base
        let padding = UInt64(last.leadingZeroBitCount) + 1
        if bytes.count >= 8 {
            unsafe pointer = base + (bytes.count - 8)
            window = unsafe pointer.loadUnaligned(as: UInt64.self).littleEndian
            used = padding
        } else {
            unsafe pointer = base
            window = unsafe ImageryZstandard.littleEndian(bytes, at: 0, count: bytes.count)
            used = padding + UInt64(64 - 8 * bytes.count)
        }
    }

    /// Goes on in the middle of a stream of at least eight bytes from `start` on: `used` bits, less than 64, of the eight bytes at `pointer` were read.
    init(start: UnsafeRawPointer, pointer: UnsafeRawPointer, used: UInt64) {
        unsafe self.start = start
        unsafe self.pointer = pointer
        self.used = used
        window = unsafe pointer.loadUnaligned(as: UInt64.self).littleEndian
    }

    /// True when more bits were read than there are.
    var isExhausted: Bool { used > 64 }
    /// True when all bits were read, and no more.
    var isFinished: Bool { unsafe used == 64 && pointer == start }

    /// The next `width` bits, at most 57, as a number; they stay.
    @inline(__always)
    func peek(_ width: UInt64) -> UInt64 { ((window &<< used) &>> 1) &>> (63 &- width) }

    @inline(__always)
    mutating func skip(_ width: UInt64) { used &+= width }

    @inline(__always)
    mutating func read(_ width: UInt64) -> UInt64 {
        let value = peek(width)
        used &+= width
        return value
    }

    /// Moves the window so that it begins with the next bit's byte.
    @inline(__always)
    mutating func reload() {
        let whole = Int(truncatingIfNeeded: used &>> 3)
        // In bounds: the window moves down by what was used of it, and never below the start. A window of less than eight bytes
        // is at the start and does not move.
        let step = unsafe min(whole, pointer - start)
        guard step > 0 else { return }
        unsafe pointer -= step
        used &-= UInt64(step) &* 8
        window = unsafe pointer.loadUnaligned(as: UInt64.self).littleEndian
    }
}
