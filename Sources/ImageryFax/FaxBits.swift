// Bits of coded lines.

/// Reads bits, most significant first, and zeros behind the end.
@safe
struct FaxBits {
    private let bytes: UnsafeRawBufferPointer
    /// FillOrder 2: the first bit of a byte is the least significant one.
    private let isReversed: Bool
    /// The next bit.
    var position: Int

    init(_ bytes: UnsafeRawBufferPointer, isReversed: Bool, at position: Int) {
        unsafe self.bytes = bytes
        self.isReversed = isReversed
        self.position = position
    }

    /// True when every bit was read.
    var isAtEnd: Bool { unsafe position >= bytes.count * 8 }

    /// True when no bit is left behind the next `count`.
    func isAtEnd(behind count: Int) -> Bool { unsafe position + count > bytes.count * 8 }

    /// The next bits from the top; 57 of them at least are right.
    @inline(__always)
    private var word: UInt64 {
        let place = position &>> 3
        var value: UInt64 = 0
        if unsafe place &+ 8 <= bytes.count {
            // In bounds: eight bytes follow `place`, which is not negative.
            value = unsafe UInt64(bigEndian: bytes.baseAddress!.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        } else {
            for index in 0..<8 where unsafe place &+ index < bytes.count {
                value |= unsafe UInt64(bytes[place &+ index]) &<< UInt64(56 &- 8 &* index)
            }
        }
        if isReversed {
            value = (value & 0x5555_5555_5555_5555) &<< 1 | (value &>> 1) & 0x5555_5555_5555_5555
            value = (value & 0x3333_3333_3333_3333) &<< 2 | (value &>> 2) & 0x3333_3333_3333_3333
            value = (value & 0x0f0f_0f0f_0f0f_0f0f) &<< 4 | (value &>> 4) & 0x0f0f_0f0f_0f0f_0f0f
        }
        return value &<< UInt64(truncatingIfNeeded: position & 7)
    }

    /// The next `count` bits, 1 to 16, without taking them.
    @inline(__always)
    func peek(_ count: Int) -> Int { Int(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: 64 &- count)) }

    /// The next bit.
    mutating func bit() -> Int {
        let value = peek(1)
        position &+= 1
        return value
    }

    /// Passes over zeros and the one behind them; false when the end comes first.
    mutating func passZerosAndOne() -> Bool {
        while !isAtEnd {
            let zeros = min(word.leadingZeroBitCount, 48)
            position &+= zeros
            if zeros < 48 {
                guard !isAtEnd else { return false }
                position &+= 1
                return true
            }
        }
        return false
    }

    /// Goes to the next multiple of `unit` bits.
    mutating func align(to unit: Int) { position = (position + unit - 1) / unit * unit }
}
