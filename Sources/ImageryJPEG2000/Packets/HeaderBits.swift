// Bits of a packet header (T.800 B.10.1): after a byte of ones the next byte gives seven.

/// Reads bits of packet headers. Past the end it gives zeros and says so.
@safe
struct HeaderBits {
    private let base: UnsafePointer<UInt8>
    private let end: Int
    /// The next byte that is not in ``buffer``.
    private var position: Int
    /// The last byte read; 0 before the first.
    private var buffer: UInt32 = 0
    private var left: UInt32 = 0
    private(set) var isExhausted = false

    /// Reads `base[position..<end]`, which the caller keeps alive.
    init(_ base: UnsafePointer<UInt8>, position: Int, end: Int) {
        unsafe self.base = base
        self.position = position
        self.end = end
    }

    private mutating func fill() {
        guard position < end else {
            isExhausted = true
            buffer = 0
            left = 8
            return
        }
        left = buffer == 0xff ? 7 : 8
        // In bounds: below `end`.
        buffer = unsafe UInt32(base[position])
        position += 1
    }

    @inline(__always)
    mutating func bit() -> UInt32 {
        if left == 0 { fill() }
        left -= 1
        return (buffer >> left) & 1
    }

    @inline(__always)
    mutating func bits(_ count: Int) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count { value = value << 1 | bit() }
        return value
    }

    /// The position of the byte after the header: a last byte of ones is followed by a stuffed one.
    func finish() -> Int { buffer == 0xff ? position + 1 : position }
}
