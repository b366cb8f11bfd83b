// Bits with probabilities (RFC 6386 section 7).

/// Reads bits of one partition. Beyond its end it reads zeros and counts them.
@safe
struct BoolDecoder {
    private var next: UnsafePointer<UInt8>?
    private let end: UnsafePointer<UInt8>?
    /// What is compared with the split lies above the lowest `count` bits.
    private var value: UInt64 = 0
    private var count = -8
    private var range: UInt32 = 255
    /// Zeros that were made up.
    private var padding = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe next = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe end = next.map { unsafe $0 + bytes.count }
    }

    /// True when more bits were taken than there are.
    var isOverrun: Bool { padding > count && padding > 0 }

    private mutating func load() {
        while count < 48 {
            value &<<= 8
            if let place = unsafe next, unsafe place != end {
                value |= unsafe UInt64(place.pointee)
                unsafe next = place + 1
            } else {
                padding &+= 8
            }
            count &+= 8
        }
    }

    /// A bit that is 0 with `probability` of 256.
    @inline(__always)
    mutating func bit(_ probability: UInt8) -> Bool {
        if count < 0 { load() }
        let split = 1 &+ ((range &- 1) &* UInt32(probability)) &>> 8
        let bound = UInt64(split) &<< UInt64(truncatingIfNeeded: count)
        let isOne = value >= bound
        if isOne {
            value &-= bound
            range &-= split
        } else {
            range = split
        }
        // The range is kept at 128 or more.
        let shift = range.leadingZeroBitCount &- 24
        range &<<= UInt32(truncatingIfNeeded: shift)
        count &-= shift
        return isOne
    }

    mutating func flag() -> Bool { bit(128) }

    /// A number of `bits` bits, the highest first.
    mutating func literal(_ bits: Int) -> Int {
        var value = 0
        for _ in 0..<bits { value = value << 1 | (flag() ? 1 : 0) }
        return value
    }

    /// A number with its sign behind it, if it is there at all.
    mutating func optional(_ bits: Int) -> Int? {
        guard flag() else { return nil }
        let value = literal(bits)
        return flag() ? -value : value
    }
}
