// The MQ arithmetic decoder (T.800 Annex C).

/// Qe of each state (Table C.2).
private let estimates: [UInt32] = [
    0x5601, 0x3401, 0x1801, 0x0ac1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401, 0x1c01, 0x1601, 0x5601,
    0x5401, 0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201, 0x1c01, 0x1801, 0x1601, 0x1401, 0x1201, 0x1101,
    0x0ac1, 0x09c1, 0x08a1, 0x0521, 0x0441, 0x02a1, 0x0221, 0x0141, 0x0111, 0x0085, 0x0049, 0x0025, 0x0015, 0x0009, 0x0005,
    0x0001, 0x5601,
]
/// NMPS.
private let afterMPS: [UInt32] = [
    1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
    34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 45, 46,
]
/// NLPS.
private let afterLPS: [UInt32] = [
    1, 6, 9, 12, 29, 33, 6, 14, 14, 14, 17, 18, 20, 21, 14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
    30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 46,
]
/// States with SWITCH.
private let switching: Set<Int> = [0, 6, 14]

/// The states of Table C.2 for either sense of the more probable symbol, as words: Qe in the upper half, the number of the word behind
/// an LPS from bit 8, of the one behind an MPS from bit 1, the more probable symbol in bit 0.
let mqStates: [UInt32] = {
    var words: [UInt32] = []
    for state in estimates.indices {
        for symbol: UInt32 in 0...1 {
            let other = switching.contains(state) ? 1 - symbol : symbol
            let lps = (afterLPS[state] * 2 + other) << 8
            words.append(estimates[state] << 16 | lps | (afterMPS[state] * 2 + symbol) << 1 | symbol)
        }
    }
    // Numbers have seven bits: the table is filled up so that none leads outside.
    return words + [UInt32](repeating: 0x5601 << 16, count: 128 - words.count)
}()

/// Decodes decisions of one codeword segment.
///
/// A and Chigh of Figure C.20 stand at bits 32 to 47, and more than one byte is taken at a time: `spare` bits below are valid. Behind the
/// segment's bytes two bytes FF must stand: a marker is never passed (C.3.4), so that `last` stays on the first of them.
@safe
struct MQDecoder {
    private var interval: Int64
    private var code: Int64
    private var spare: Int64
    /// The byte that was taken last.
    private var last: UnsafePointer<UInt8>
    /// A word of ``mqStates`` for each context.
    private let contexts: UnsafeMutablePointer<UInt32>
    private let states: UnsafePointer<UInt32>

    /// Initialisation (C.3.5).
    init(_ bytes: UnsafePointer<UInt8>, _ contexts: UnsafeMutablePointer<UInt32>, _ states: UnsafePointer<UInt32>) {
        unsafe last = bytes
        unsafe self.contexts = contexts
        unsafe self.states = states
        interval = 0x8000 << 32
        code = unsafe Int64(bytes[0]) << 32
        spare = 0
        fill()
        code <<= 7
        spare -= 7
    }

    /// BYTEIN (C.3.4), until more bits are there than one renormalisation takes.
    @inline(__always)
    private mutating func fill() {
        repeat {
            if unsafe last[0] == 0xff {
                if unsafe last[1] > 0x8f {
                    code &+= 0xff &<< (24 &- spare)
                    spare &+= 8
                } else {
                    unsafe last += 1
                    code &+= unsafe Int64(last[0]) &<< (25 &- spare)
                    spare &+= 7
                }
            } else {
                unsafe last += 1
                code &+= unsafe Int64(last[0]) &<< (24 &- spare)
                spare &+= 8
            }
        } while spare <= 16
    }

    /// RENORMD (C.3.3).
    @inline(__always)
    private mutating func renormalise(_ newInterval: Int64) {
        let shift = Int64(truncatingIfNeeded: newInterval.leadingZeroBitCount) &- 16
        if spare < shift { fill() }
        interval = newInterval &<< shift
        code &<<= shift
        spare &-= shift
    }

    /// DECODE (C.3.2), for contexts in which the less probable symbol is rare.
    @inline(__always)
    mutating func decode(_ context: Int) -> UInt32 {
        let word = unsafe contexts[context]
        let estimate = Int64(word & 0xffff_0000) &<< 16
        interval &-= estimate
        let symbol = word & 1
        if code < estimate {
            let isExchanged = interval < estimate
            unsafe contexts[context] = unsafe states[Int((word &>> (isExchanged ? 1 : 8)) & 127)]
            renormalise(estimate)
            return isExchanged ? symbol : symbol ^ 1
        }
        code &-= estimate
        if interval & (0x8000 << 32) != 0 { return symbol }
        let isExchanged = interval < estimate
        unsafe contexts[context] = unsafe states[Int((word &>> (isExchanged ? 8 : 1)) & 127)]
        renormalise(interval)
        return isExchanged ? symbol ^ 1 : symbol
    }

    /// DECODE without branches on the decision, for contexts in which both symbols are about as probable.
    @inline(__always)
    mutating func decodeEven(_ context: Int) -> UInt32 {
        let word = unsafe contexts[context]
        let estimate = Int64(word & 0xffff_0000) &<< 16
        let upper = interval &- estimate
        let rest = code &- estimate
        // All ones in the lower part, and where the parts are exchanged (C.3.2).
        let isLower = rest &>> 63
        let isExchanged = (upper &- estimate) &>> 63
        let isLess = UInt32(truncatingIfNeeded: (isLower ^ isExchanged) & 1)
        code = rest &+ (estimate & isLower)
        let newInterval = upper ^ ((upper ^ estimate) & isLower)
        let next = unsafe states[Int((word &>> (1 &+ 7 &* isLess)) & 127)]
        unsafe contexts[context] = newInterval & (0x8000 << 32) == 0 ? next : word
        renormalise(newInterval)
        return (word & 1) ^ isLess
    }

    /// The segmentation symbol behind a cleanup pass (D.5): 1010 in the context of fixed probability.
    mutating func decodeSegmentationSymbol() -> Bool {
        var symbol: UInt32 = 0
        for _ in 0..<4 { symbol = symbol << 1 | decodeEven(Context.uniform) }
        return symbol == 0b1010
    }
}
