// The MQ arithmetic decoder (T.800 Annex C).

/// Qe of each state (Table C.2).
private let estimates: [UInt64] = [
    0x5601, 0x3401, 0x1801, 0x0ac1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401, 0x1c01, 0x1601, 0x5601,
    0x5401, 0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201, 0x1c01, 0x1801, 0x1601, 0x1401, 0x1201, 0x1101,
    0x0ac1, 0x09c1, 0x08a1, 0x0521, 0x0441, 0x02a1, 0x0221, 0x0141, 0x0111, 0x0085, 0x0049, 0x0025, 0x0015, 0x0009, 0x0005,
    0x0001, 0x5601,
]
/// NMPS.
private let afterMPS: [UInt64] = [
    1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
    34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 45, 46,
]
/// NLPS.
private let afterLPS: [UInt64] = [
    1, 6, 9, 12, 29, 33, 6, 14, 14, 14, 17, 18, 20, 21, 14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
    30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 46,
]
/// States with SWITCH.
private let switching: Set<Int> = [0, 6, 14]

/// The states of Table C.2 for either sense of the more probable symbol, as words: the more probable symbol in bit 63, Qe from bit
/// ``MQDecoder/point`` on, the number of the word behind an LPS in bits 8 to 15, of the one behind an MPS in bits 0 to 7.
let mqStates: [UInt64] = {
    var words: [UInt64] = []
    for state in estimates.indices {
        for symbol: UInt64 in 0...1 {
            let other = switching.contains(state) ? 1 - symbol : symbol
            let lps = afterLPS[state] * 2 + other
            let mps = afterMPS[state] * 2 + symbol
            words.append(symbol << 63 | estimates[state] << MQDecoder.point | lps << 8 | mps)
        }
    }
    // Numbers are bytes: the table is filled up so that none leads outside.
    return words + [UInt64](repeating: 0x5601 << MQDecoder.point, count: 256 - words.count)
}()

/// Decodes decisions of one codeword segment.
///
/// A and Chigh of Figure C.20 stand at bits 47 to 62, so that several bytes can be taken at a time: `spare` bits below are valid. Behind the
/// segment's bytes two bytes FF must stand, and room for eight more: a marker is never passed (C.3.4), so that `last` stays on the first of them.
///
/// Whatever the bytes are, A is never 0: it is at least 8000 before a decision, and Qe is 1 to 5601. Only C depends on the bytes; should it
/// leave the interval, as it can when bytes were damaged, its upper bits are lost, and decisions go on.
@safe
struct MQDecoder {
    /// Where the lowest bit of A, Chigh and Qe stands.
    static let point: UInt64 = 47
    /// Bytes of any value behind the bytes of a segment and the two FF.
    static let slack = 8
    private static let half: Int64 = 0x8000 << 47
    /// Qe has 15 bits.
    static let estimateMask: UInt64 = 0x7fff << 47

    private var interval: Int64
    private var code: Int64
    private var spare: Int64
    /// The byte that was taken last.
    private var last: UnsafePointer<UInt8>
    /// ``BlockMemory/contexts``.
    let contexts: UnsafeMutablePointer<UInt64>

    /// Initialisation (C.3.5).
    init(_ bytes: UnsafePointer<UInt8>, _ contexts: UnsafeMutablePointer<UInt64>) {
        unsafe last = bytes
        unsafe self.contexts = contexts
        interval = Self.half
        code = unsafe Int64(bytes[0]) << 47
        spare = 0
        fill()
        code <<= 7
        spare -= 7
    }

    /// BYTEIN (C.3.4), four times. `spare` is -15 to 0: that many bits were shifted out of what is there.
    @inline(__always)
    private mutating func fill() {
        let word = unsafe UnsafeRawPointer(last).loadUnaligned(as: UInt64.self).littleEndian
        // Most often neither the last byte nor the next four are FF.
        if ((word & 0x7f_7f7f_7f7f) &+ 0x01_0101_0101) & word & 0x80_8080_8080 == 0 {
            let four = UInt32(truncatingIfNeeded: word &>> 8).byteSwapped
            code &+= Int64(four) &<< (15 &- spare)
            spare &+= 32
            unsafe last += 4
        } else {
            unsafe (last, code, spare) = Self.fillSlowly(last, code, spare)
        }
    }

    /// BYTEIN with its tests. All state is passed by value: the caller's would otherwise have to be kept in memory.
    @inline(never)
    private static func fillSlowly(
        _ last: UnsafePointer<UInt8>, _ code: Int64, _ spare: Int64
    ) -> (UnsafePointer<UInt8>, Int64, Int64) {
        var (last, code, spare) = unsafe (last, code, spare)
        repeat {
            if unsafe last[0] == 0xff {
                if unsafe last[1] > 0x8f {
                    code &+= 0xff &<< (39 &- spare)
                    spare &+= 8
                } else {
                    unsafe last += 1
                    code &+= unsafe Int64(last[0]) &<< (40 &- spare)
                    spare &+= 7
                }
            } else {
                unsafe last += 1
                code &+= unsafe Int64(last[0]) &<< (39 &- spare)
                spare &+= 8
            }
        } while spare < 25
        return unsafe (last, code, spare)
    }

    /// RENORMD (C.3.3).
    @inline(__always)
    private mutating func renormalise(_ newInterval: Int64) {
        let shift = Int64(truncatingIfNeeded: (newInterval &<< 1 | 1).leadingZeroBitCount)
        interval = newInterval &<< shift
        code &<<= shift
        spare &-= shift
        if spare < 0 { fill() }
    }

    /// The word whose number is in bits 0 to 7.
    @inline(__always)
    private func state(_ number: UInt64) -> UInt64 {
        unsafe contexts[Context.states &+ Int(UInt8(truncatingIfNeeded: number))]
    }

    /// The context of a sample with these significant ``Neighbour``s.
    @inline(__always)
    func significance(_ neighbours: UInt8) -> Int {
        unsafe Int(UnsafeRawPointer(contexts + Context.significance).load(fromByteOffset: Int(neighbours), as: UInt8.self))
    }

    /// DECODE (C.3.2), for contexts in which the less probable symbol is rare. The decision is the top bit.
    @inline(__always)
    mutating func decode(_ context: Int) -> UInt64 {
        let word = unsafe contexts[context]
        let estimate = Int64(bitPattern: word & Self.estimateMask)
        interval &-= estimate
        if code < estimate {
            let isExchanged = interval < estimate
            unsafe contexts[context] = state(isExchanged ? word : word &>> 8)
            renormalise(estimate)
            return isExchanged ? word : ~word
        }
        code &-= estimate
        if interval & Self.half != 0 { return word }
        let isExchanged = interval < estimate
        unsafe contexts[context] = state(isExchanged ? word &>> 8 : word)
        renormalise(interval)
        return isExchanged ? ~word : word
    }

    /// DECODE without branches on the decision, for contexts in which both symbols are about as probable. What a context's word becomes must
    /// be known before it is used again: therefore both followers are looked up early. The decision is the top bit.
    @inline(__always)
    mutating func decodeEven(_ context: Int) -> UInt64 {
        var word = unsafe contexts[context]
        let symbol = decodeEven(&word)
        unsafe contexts[context] = word
        return symbol
    }

    /// ``decodeEven(_:)`` with a context's word that the caller keeps.
    @inline(__always)
    mutating func decodeEven(_ context: inout UInt64) -> UInt64 {
        let word = context
        let afterMPS = state(word)
        let afterLPS = state(word &>> 8)
        let estimate = Int64(bitPattern: word & Self.estimateMask)
        let upper = interval &- estimate
        let rest = code &- estimate
        let gap = upper &- estimate
        // All ones in the lower part, and where the parts are exchanged (C.3.2).
        let isLower = rest &>> 63
        let isLess = UInt64(bitPattern: isLower ^ (gap &>> 63))
        let newInterval = upper &- (gap & isLower)
        code = rest &+ (estimate & isLower)
        let isShort = UInt64(bitPattern: (newInterval &- Self.half) &>> 63)
        let next = afterMPS ^ ((afterMPS ^ afterLPS) & isLess)
        context = word ^ ((word ^ next) & isShort)
        renormalise(newInterval)
        return word ^ isLess
    }

    /// The segmentation symbol behind a cleanup pass (D.5): 1010 in the context of fixed probability.
    mutating func decodeSegmentationSymbol() -> Bool {
        var symbol: UInt64 = 0
        for _ in 0..<4 { symbol = symbol << 1 | decodeEven(Context.uniform) >> 63 }
        return symbol == 0b1010
    }
}
