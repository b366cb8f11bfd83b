// The range coder of LZMA: bits with probabilities that learn.

/// Reads bits from the bytes of one chunk. Beyond them it reads zeros and counts.
@safe
struct RangeDecoder {
    private var next: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private var range: UInt32 = 0xFFFF_FFFF
    private var code: UInt32 = 0
    /// Bytes that were asked for behind the end.
    private(set) var overrun = 0

    /// Nil unless the chunk begins with a byte 0 and four more.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 5, unsafe bytes[0] == 0, let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        else {
            return nil
        }
        for index in 1..<5 { code = unsafe code << 8 | UInt32(bytes[index]) }
        unsafe next = base + 5
        unsafe end = base + bytes.count
    }

    @inline(__always)
    private mutating func normalise() {
        guard range < 1 << 24 else { return }
        range &<<= 8
        code &<<= 8
        if unsafe next < end {
            unsafe code |= UInt32(next.pointee)
            unsafe next += 1
        } else {
            overrun &+= 1
        }
    }

    /// True when the chunk was used up exactly.
    mutating func isFinished() -> Bool {
        normalise()
        return unsafe overrun == 0 && next == end && code == 0
    }

    /// A bit by the probability at `place`, which is inside its table.
    @inline(__always)
    mutating func bit(_ place: UnsafeMutablePointer<UInt16>) -> Int {
        normalise()
        let probability = unsafe UInt32(place.pointee)
        let bound = (range &>> 11) &* probability
        if code < bound {
            range = bound
            unsafe place.pointee = UInt16(truncatingIfNeeded: probability &+ (2048 &- probability) &>> 5)
            return 0
        }
        range &-= bound
        code &-= bound
        unsafe place.pointee = UInt16(truncatingIfNeeded: probability &- probability &>> 5)
        return 1
    }

    /// A number of `count` bits of even probability, the highest first.
    mutating func direct(_ count: Int) -> Int {
        var value = 0
        for _ in 0..<count {
            normalise()
            range &>>= 1
            let isOne = code >= range
            if isOne { code &-= range }
            value = value &<< 1 | (isOne ? 1 : 0)
        }
        return value
    }

    /// A number of `bits` bits; the table at `tree` has 2^`bits` places.
    @inline(__always)
    mutating func tree(_ tree: UnsafeMutablePointer<UInt16>, bits: Int) -> Int {
        var node = 1
        for _ in 0..<bits { node = unsafe node &<< 1 | bit(tree + node) }
        return node &- 1 &<< bits
    }

    /// The same with the lowest bit first; `tree` is where node 0 would be.
    @inline(__always)
    mutating func reverseTree(_ tree: UnsafeMutablePointer<UInt16>, bits: Int) -> Int {
        var node = 1
        var value = 0
        for index in 0..<bits {
            let next = unsafe bit(tree + node)
            node = node &<< 1 | next
            value |= next &<< index
        }
        return value
    }
}
