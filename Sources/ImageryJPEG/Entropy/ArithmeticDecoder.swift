// Arithmetic decoding (T.81 annexes D and F.2.4, G.2.3).

import ImageryBase
import ImageryPlumbing

/// Decodes binary decisions (T.81 D.2), with the bytes of a ``BitReader``.
@safe
struct ArithmeticDecoder {
    /// A state for each context: the index of table D.3, and the more probable symbol in the top bit.
    let states: UnsafeMutablePointer<UInt8>
    /// For each index: Qe in the upper half, then the next index behind an LPS with the exchange in its top bit, then behind an MPS.
    private let words: UnsafeMutablePointer<UInt32>
    private let storage: Scratch
    private var code: UInt = 0
    private var interval: UInt = 0
    private var shift = -16

    /// Contexts of DC differences and of AC coefficients for each of four destinations, then the one of fixed probability.
    static let dcContexts = 64
    static let acContexts = 256
    static let firstAC = 4 * dcContexts
    static let fixed = firstAC + 4 * acContexts
    private static let contextBytes = 2048

    init() throws(ImageryError) {
        let words = arithmeticStates
        storage = try Scratch(byteCount: Self.contextBytes + 4 * words.count)
        unsafe states = storage.bytes
        unsafe self.words = (storage.base + Self.contextBytes).bindMemory(to: UInt32.self, capacity: words.count)
        for (index, word) in words.enumerated() { unsafe self.words[index] = word }
        reset()
    }

    /// The start of a scan or of a restart interval (T.81 F.1.4.4.1.4, D.2.7).
    mutating func reset() {
        unsafe states.update(repeating: 0, count: Self.fixed)
        unsafe states[Self.fixed] = 113
        code = 0
        interval = 0
        // Two bytes are taken before the first decision.
        shift = -16
    }

    /// The next decision in a context.
    mutating func decide(_ reader: inout BitReader, _ context: Int) -> Bool {
        while interval < 0x8000 {
            shift -= 1
            if shift < 0 {
                code = code << 8 | reader.codeByte()
                shift += 8
                if shift < 0 {
                    shift += 1
                    // The second byte is there: the interval is 2^16 after this turn.
                    if shift == 0 { interval = 0x8000 }
                }
            }
            interval <<= 1
        }
        let state = unsafe states[context]
        let word = unsafe words[Int(state & 0x7f)]
        let estimate = UInt(word >> 16)
        let mostProbable = state & 0x80
        let upper = (interval - estimate) << UInt(shift)
        let isLower = code < upper
        let isSwapped = interval - estimate < estimate
        interval -= estimate
        if isLower {
            if interval >= 0x8000 { return mostProbable != 0 }
        } else {
            code -= upper
            interval = estimate
        }
        // D.2.4, D.2.5: the smaller part is the less probable one, whichever lies above.
        let isLess = isLower == isSwapped
        unsafe states[context] = mostProbable ^ UInt8(truncatingIfNeeded: isLess ? word >> 8 : word)
        return (mostProbable != 0) != isLess
    }

    /// A magnitude category and the bits below it (T.81 F.1.4.4.1.2): 0 means 1. The first decision, that it is not 0, is made; the next
    /// ones are in contexts from `first` on. Nil for a magnitude that does not exist.
    mutating func magnitude(_ reader: inout BitReader, _ top: Int, _ first: Int) -> (top: Int, value: Int)? {
        var top = top
        var context = first
        while decide(&reader, context) {
            top <<= 1
            if top == 0x8000 { return nil }
            context += 1
        }
        return (top, bits(&reader, below: top, context + 14))
    }

    mutating func bits(_ reader: inout BitReader, below top: Int, _ context: Int) -> Int {
        var value = top
        var bit = top >> 1
        while bit > 0 {
            if decide(&reader, context) { value |= bit }
            bit >>= 1
        }
        return value
    }
}

extension BitReader {
    /// The next byte without the stuffed one behind FF; 0 from a marker on, which the coder may leave away (T.81 D.1.8).
    fileprivate mutating func codeByte() -> UInt {
        let byte = unsafe next[0]
        if byte == 0xff {
            guard unsafe next[1] == 0 else { return 0 }
            unsafe next += 1
        }
        unsafe next += 1
        return UInt(byte)
    }
}

/// The states of T.81 table D.3 as ``ArithmeticDecoder`` wants them, and behind them the one of fixed probability (F.1.4.4.2).
private let arithmeticStates: [UInt32] = {
    var words: [UInt32] = []
    for index in estimates.indices {
        let exchange: UInt32 = exchanges.contains(index) ? 0x80 : 0
        words.append(estimates[index] << 16 | (UInt32(afterLPS[index]) | exchange) << 8 | UInt32(afterMPS[index]))
    }
    return words + [0x5a1d << 16 | 113 << 8 | 113]
}()

/// Qe (T.81 table D.3).
private let estimates: [UInt32] = [
    0x5a1d, 0x2586, 0x1114, 0x080b, 0x03d8, 0x01da, 0x00e5, 0x006f, 0x0036, 0x001a, 0x000d, 0x0006, 0x0003, 0x0001, 0x5a7f,
    0x3f25, 0x2cf2, 0x207c, 0x17b9, 0x1182, 0x0cef, 0x09a1, 0x072f, 0x055c, 0x0406, 0x0303, 0x0240, 0x01b1, 0x0144, 0x00f5,
    0x00b7, 0x008a, 0x0068, 0x004e, 0x003b, 0x002c, 0x5ae1, 0x484c, 0x3a0d, 0x2ef1, 0x261f, 0x1f33, 0x19a8, 0x1518, 0x1177,
    0x0e74, 0x0bfb, 0x09f8, 0x0861, 0x0706, 0x05cd, 0x04de, 0x040f, 0x0363, 0x02d4, 0x025c, 0x01f8, 0x01a4, 0x0160, 0x0125,
    0x00f6, 0x00cb, 0x00ab, 0x008f, 0x5b12, 0x4d04, 0x412c, 0x37d8, 0x2fe8, 0x293c, 0x2379, 0x1edf, 0x1aa9, 0x174e, 0x1424,
    0x119c, 0x0f6b, 0x0d51, 0x0bb6, 0x0a40, 0x5832, 0x4d1c, 0x438e, 0x3bdd, 0x34ee, 0x2eae, 0x299a, 0x2516, 0x5570, 0x4ca9,
    0x44d9, 0x3e22, 0x3824, 0x32b4, 0x2e17, 0x56a8, 0x4f46, 0x47e5, 0x41cf, 0x3c3d, 0x375e, 0x5231, 0x4c0f, 0x4639, 0x415e,
    0x5627, 0x50e7, 0x4b85, 0x5597, 0x504f, 0x5a10, 0x5522, 0x59eb,
]
/// Next_Index_LPS.
private let afterLPS: [UInt8] = [
    1, 14, 16, 18, 20, 23, 25, 28, 30, 33, 35, 9, 10, 12, 15, 36, 38, 39, 40, 42, 43, 45, 46, 48, 49, 51, 52, 54, 56, 57, 59,
    60, 62, 63, 32, 33, 37, 64, 65, 67, 68, 69, 70, 72, 73, 74, 75, 77, 78, 79, 48, 50, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
    61, 61, 65, 80, 81, 82, 83, 84, 86, 87, 87, 72, 72, 74, 74, 75, 77, 77, 80, 88, 89, 90, 91, 92, 93, 86, 88, 95, 96, 97, 99,
    99, 93, 95, 101, 102, 103, 104, 99, 105, 106, 107, 103, 105, 108, 109, 110, 111, 110, 112, 112,
]
/// Next_Index_MPS.
private let afterMPS: [UInt8] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
    34, 35, 9, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 32,
    65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 48, 81, 82, 83, 84, 85, 86, 87, 71, 89, 90, 91, 92, 93, 94, 86,
    96, 97, 98, 99, 100, 93, 102, 103, 104, 99, 106, 107, 103, 109, 107, 111, 109, 111,
]
/// The indexes with Switch_MPS.
private let exchanges: Set<Int> = [0, 14, 36, 64, 80, 88, 95, 105, 110, 112]
