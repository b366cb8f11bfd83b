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
    /// A word of ``mqStates`` for each context.
    let contexts: UnsafeMutablePointer<UInt64>
    private let states: UnsafePointer<UInt64>

    /// INITENC (C.2.8). `bytes` is where the first byte goes.
    init(_ bytes: UnsafeMutablePointer<UInt8>, _ contexts: UnsafeMutablePointer<UInt64>, _ states: UnsafePointer<UInt64>) {
        unsafe last = bytes - 1
        unsafe bytes[-1] = 0
        unsafe self.contexts = contexts
        unsafe self.states = states
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
    private mutating func renormalise() {
        var shift = UInt32(truncatingIfNeeded: (interval | 1).leadingZeroBitCount) &- 16
        interval &<<= shift
        while shift >= countdown {
            code &<<= countdown
            shift &-= countdown
            unsafe (last, code, countdown) = Self.byteOut(last, code)
        }
        code &<<= shift
        countdown &-= shift
    }

    /// ENCODE (C.2.2) of a decision, 0 or 1.
    @inline(__always)
    mutating func encode(_ decision: UInt32, _ context: Int) {
        let word = unsafe contexts[context]
        let estimate = UInt32(truncatingIfNeeded: (word & MQDecoder.estimateMask) &>> MQDecoder.point)
        interval &-= estimate
        if UInt32(truncatingIfNeeded: word &>> 63) == decision {
            // The more probable symbol: the upper part, unless the parts are exchanged.
            if interval & 0x8000 != 0 {
                code &+= estimate
                return
            }
            if interval < estimate { interval = estimate } else { code &+= estimate }
            unsafe contexts[context] = unsafe states[Int(word & 0xff)]
        } else {
            if interval < estimate { code &+= estimate } else { interval = estimate }
            unsafe contexts[context] = unsafe states[Int(word &>> 8 & 0xff)]
        }
        renormalise()
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
        fileprivate var last: Int
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
