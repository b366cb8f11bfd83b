// The MQ arithmetic encoder (T.800 C.2).

/// Encodes decisions into one codeword segment.
///
/// The byte at `last` is not final: a carry may still raise it by one (C.2.4). One byte before the segment must be there, with 0.
@safe
struct MQEncoder {
    /// A and C of Figure C.2; CT, the shifts until a byte is complete.
    private var interval: UInt32 = 0x8000
    private var code: UInt32 = 0
    private var countdown: UInt32 = 12
    /// The byte that was made last, B.
    private(set) var last: UnsafeMutablePointer<UInt8>
    /// ``BlockMemory/contexts``.
    let contexts: UnsafeMutablePointer<UInt64>

    /// INITENC (C.2.8). `bytes` is where the first byte goes.
    init(_ bytes: UnsafeMutablePointer<UInt8>, _ contexts: UnsafeMutablePointer<UInt64>) {
        unsafe last = bytes - 1
        unsafe bytes[-1] = 0
        unsafe self.contexts = contexts
    }

    /// BYTEOUT (C.2.4). All state is passed by value: the caller's would otherwise have to be kept in memory.
    @inline(never)
    private static func byteOut(
        _ last: UnsafeMutablePointer<UInt8>, _ code: UInt32
    ) -> (UnsafeMutablePointer<UInt8>, UInt32, UInt32) {
        var code = code
        if unsafe last[0] != 0xff {
            if code & 0x800_0000 != 0 {
                unsafe last[0] += 1
                if unsafe last[0] == 0xff {
                    code &= 0x7ff_ffff
                    unsafe last[1] = UInt8(truncatingIfNeeded: code >> 20)
                    return unsafe (last + 1, code & 0xf_ffff, 7)
                }
            }
            unsafe last[1] = UInt8(truncatingIfNeeded: code >> 19)
            return unsafe (last + 1, code & 0x7_ffff, 8)
        }
        unsafe last[1] = UInt8(truncatingIfNeeded: code >> 20)
        return unsafe (last + 1, code & 0xf_ffff, 7)
    }

    /// RENORME (C.2.3), with all shifts up to the next byte at once.
    @inline(__always)
    private mutating func renormalise(_ newInterval: UInt32) {
        var shift = UInt32(truncatingIfNeeded: (newInterval | 1).leadingZeroBitCount) &- 16
        interval = newInterval &<< shift
        while shift >= countdown {
            code &<<= countdown
            shift &-= countdown
            unsafe (last, code, countdown) = Self.byteOut(last, code)
        }
        code &<<= shift
        countdown &-= shift
    }

    /// The context of a sample with these significant ``Neighbour``s.
    @inline(__always)
    func significance(_ neighbours: UInt8) -> Int {
        unsafe Int(UnsafeRawPointer(contexts + Context.significance).load(fromByteOffset: Int(neighbours), as: UInt8.self))
    }

    /// ENCODE (C.2.2) of a decision, 0 or 1, without branches on it or on the renormalisation: neither can be foretold.
    @inline(__always)
    mutating func encode(_ decision: UInt32, _ context: Int) {
        let word = unsafe contexts[context]
        let afterMPS = unsafe contexts[Context.states &+ Int(word & 0xff)]
        let afterLPS = unsafe contexts[Context.states &+ Int(word &>> 8 & 0xff)]
        let estimate = Int32(truncatingIfNeeded: (word & MQDecoder.estimateMask) &>> MQDecoder.point)
        let upper = Int32(bitPattern: interval) &- estimate
        let gap = upper &- estimate
        // All ones for the less probable symbol, and where the lower part is taken: the parts may be exchanged.
        let isLess = 0 &- (word &>> 63 ^ UInt64(decision))
        let isLower = Int32(truncatingIfNeeded: Int64(bitPattern: isLess)) ^ (gap &>> 31)
        let newInterval = upper &- (gap & isLower)
        code &+= UInt32(bitPattern: estimate & ~isLower)
        let isShort = UInt64(bitPattern: Int64(newInterval &- 0x8000) &>> 63)
        let next = afterMPS ^ ((afterMPS ^ afterLPS) & isLess)
        unsafe contexts[context] = word ^ ((word ^ next) & isShort)
        renormalise(UInt32(bitPattern: newInterval))
    }

    /// Goes on where the bytes were copied to.
    mutating func move(to last: UnsafeMutablePointer<UInt8>) { unsafe self.last = last }

    /// FLUSH (C.2.9). The byte behind the segment's last one; that is not FF.
    mutating func flush() -> UnsafeMutablePointer<UInt8> {
        let upper = code &+ interval
        code |= 0xffff
        if code >= upper { code &-= 0x8000 }
        for _ in 0..<2 {
            code &<<= countdown
            unsafe (last, code, countdown) = Self.byteOut(last, code)
        }
        return unsafe last[0] == 0xff ? last : last + 1
    }

    /// Where a coding pass ends: enough to tell how many bytes of the finished segment a decoder needs for what came before.
    struct Mark {
        /// Bytes of the segment that are there.
        fileprivate(set) var last: Int
        /// The end of the interval, in units of 2^-27 of the byte at `last`.
        fileprivate var upper: Int64
    }

    /// The state behind a pass of a segment that begins at `start`.
    func mark(_ start: UnsafeMutablePointer<UInt8>) -> Mark {
        let byte = unsafe Int64(last[0])
        let upper = byte << 27 + (Int64(code) + Int64(interval)) << Int64(countdown)
        return unsafe Mark(last: last - start, upper: upper)
    }

    /// The least number of bytes after which a decoder, which goes on with ones (C.3.4), is still inside the interval of the mark.
    static func length(_ mark: Mark, _ bytes: UnsafePointer<UInt8>, count: Int) -> Int {
        // 16 more fraction bits, so that the weights of the bytes that can matter are whole numbers.
        let upper = mark.upper << 16
        var weight: Int64 = 1 << (27 + 16)
        var sum: Int64 = 0
        var index = mark.last
        while index < count, weight > 0 {
            let byte = unsafe index < 0 ? 0 : bytes[index]
            sum += Int64(byte) * weight
            index += 1
            // All that follow are at most ones, and their sum is less than this byte's weight.
            if sum + weight <= upper { break }
            weight >>= byte == 0xff ? 7 : 8
        }
        var length = max(0, min(index, count))
        // A trailing FF says nothing that the ones behind the end do not.
        while length > 0, unsafe bytes[length - 1] == 0xff { length -= 1 }
        return length
    }
}
