// Bits of a lossless image, the lowest of each byte first.

/// Reads bits. Beyond the end it reads zeros and counts them.
@safe
struct LosslessBits {
    private var next: UnsafePointer<UInt8>?
    private let end: UnsafePointer<UInt8>?
    private var bits: UInt64 = 0
    /// Valid bits of `bits`, zeros behind the end among them.
    private var count = 0
    /// Zeros that were made up.
    private var padding = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe next = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe end = next.map { unsafe $0 + bytes.count }
    }

    /// True when more bits were taken than there are.
    var isOverrun: Bool { padding > count }

    /// Bits that are left.
    var remaining: Int {
        guard let next = unsafe next, let end = unsafe end else { return 0 }
        return unsafe 8 * (end - next) + count - padding
    }

    /// At least 48 bits can be looked at afterwards.
    @inline(__always)
    mutating func fill() {
        if count < 48 { load() }
    }

    private mutating func load() {
        while count < 56 {
            if let place = unsafe next, unsafe place != end {
                unsafe bits |= UInt64(place.pointee) &<< UInt64(count)
                unsafe next = place + 1
            } else {
                padding &+= 8
            }
            count &+= 8
        }
    }

    /// The next bits, of which as many are right as were filled in.
    @inline(__always)
    var peeked: Int { Int(truncatingIfNeeded: bits & 0x7FFF_FFFF) }

    @inline(__always)
    mutating func drop(_ number: Int) {
        bits &>>= UInt64(number)
        count &-= number
    }

    /// A number of up to 31 bits.
    @inline(__always)
    mutating func take(_ number: Int) -> Int {
        fill()
        let value = peeked & (1 &<< number &- 1)
        drop(number)
        return value
    }
}
