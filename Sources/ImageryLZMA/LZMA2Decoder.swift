// Chunks of LZMA2: literals, matches and repeats in a range coder, or bytes as they are.

import ImageryBase
import ImageryPlumbing

/// Decodes the chunks of one block.
@safe
struct LZMA2Decoder {
    /// Where the tables of probabilities begin.
    private enum Place {
        static let match = 0
        static let rep = match + 12 * 16
        static let rep0 = rep + 12
        static let rep1 = rep0 + 12
        static let rep2 = rep1 + 12
        static let rep0Long = rep2 + 12
        static let length = rep0Long + 12 * 16
        static let repeatLength = length + lengthSize
        /// Two choices, 16 tables of 8 for short lengths, 16 for middle ones, one of 256.
        static let lengthSize = 2 + 2 * 16 * 8 + 256
        static let slot = repeatLength + lengthSize
        static let special = slot + 4 * 64
        static let align = special + 128
        static let literal = align + 16
        /// Literals have up to four bits of context.
        static let count = literal + 16 * 0x300
    }

    private let memory: Scratch
    private let table: UnsafeMutablePointer<UInt16>
    private var state = 0
    /// The last four distances, less one.
    private var repeats = (0, 0, 0, 0)
    private var literalContext = 0
    private var literalMask = 0
    private var positionMask = 0
    /// Where the dictionary begins in the output.
    private var dictionary = 0
    private var needsDictionary = true
    private var needsProperties = true

    init() throws(ImageryError) {
        memory = try Scratch(byteCount: 2 * Place.count)
        unsafe table = memory.base.bindMemory(to: UInt16.self, capacity: Place.count)
    }

    /// Decodes chunks from `place` of `input` on into `output` from `produced` on; false when the output is full before the end.
    ///
    /// Both are moved behind what was read and written, also by a failure.
    mutating func decode(
        _ input: UnsafeRawBufferPointer, _ place: inout Int, _ output: UnsafeMutableRawBufferPointer, _ produced: inout Int
    ) throws(XZFailure) -> Bool {
        needsDictionary = true
        needsProperties = true
        func take(_ count: Int) throws(XZFailure) -> UnsafeRawBufferPointer {
            guard count <= input.count - place else { throw .truncated }
            defer { place += count }
            return unsafe UnsafeRawBufferPointer(rebasing: input[place..<place + count])
        }
        while true {
            let control = try unsafe Int(take(1)[0])
            if control == 0 { return true }
            guard control <= 2 || control >= 0x80 else { throw .badChunk }
            if control == 1 || control >= 0xE0 {
                dictionary = produced
                needsDictionary = false
            }
            guard !needsDictionary else { throw .badChunk }
            if control < 0x80 {
                let head = try unsafe take(2)
                let size = unsafe 1 + Int(head[0]) << 8 + Int(head[1])
                let isCut = size > input.count - place
                let bytes = try unsafe take(isCut ? input.count - place : size)
                let count = min(bytes.count, output.count - produced)
                if count > 0, let base = output.baseAddress, let source = bytes.baseAddress {
                    unsafe (base + produced).copyMemory(from: source, byteCount: count)
                }
                produced += count
                if count < bytes.count { return false }
                if isCut { throw .truncated }
                continue
            }
            let head = try unsafe take(4)
            let size = unsafe 1 + (control & 31) << 16 + Int(head[0]) << 8 + Int(head[1])
            let stored = unsafe 1 + Int(head[2]) << 8 + Int(head[3])
            if control >= 0xC0 { try unsafe readProperties(take(1)[0]) }
            guard !needsProperties else { throw .badChunk }
            if control >= 0xA0 { resetState() }
            // What a chunk that is cut still holds is decoded: the coder tells when it needs more.
            let body = try unsafe take(min(stored, input.count - place))
            guard var coder = unsafe RangeDecoder(body) else { throw body.count < stored ? .truncated : .badChunk }
            let wanted = min(size, output.count - produced)
            if let base = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self) {
                try unsafe decodeChunk(&coder, base, &produced, to: produced + wanted, isWhole: wanted == size)
            }
            if wanted < size { return false }
            guard coder.isFinished() else { throw body.count < stored ? .truncated : .badChunk }
        }
    }

    private mutating func readProperties(_ byte: UInt8) throws(XZFailure) {
        let (position, rest) = (Int(byte) / 45, Int(byte) % 45)
        literalContext = rest % 9
        guard position <= 4, literalContext + rest / 9 <= 4 else { throw .badChunk }
        literalMask = 1 << (rest / 9) - 1
        positionMask = 1 << position - 1
        needsProperties = false
    }

    private mutating func resetState() {
        state = 0
        repeats = (0, 0, 0, 0)
        unsafe table.update(repeating: 1024, count: Place.count)
    }

    /// Decodes up to `end`, which is inside the output.
    ///
    /// In bounds: states are 0 to 11, contexts are masked to the bits that the properties allow, slots and lengths are as wide as their tables; distances are compared
    /// with the dictionary, lengths with the room.
    private mutating func decodeChunk(
        _ coder: inout RangeDecoder, _ output: UnsafeMutablePointer<UInt8>, _ produced: inout Int, to end: Int, isWhole: Bool
    ) throws(XZFailure) {
        let table = unsafe table
        let start = dictionary
        var state = state
        var (rep0, rep1, rep2, rep3) = repeats
        var position = produced
        var before = position
        defer {
            self.state = state
            repeats = (rep0, rep1, rep2, rep3)
            // A symbol that needed bytes behind the end is none.
            produced = coder.overrun > 0 ? before : position
        }
        while position < end {
            before = position
            let since = position &- start
            let positionState = since & positionMask
            if unsafe coder.bit(table + Place.match + state &* 16 + positionState) == 0 {
                let previous = unsafe since > 0 ? Int(output[position - 1]) : 0
                let context = (since & literalMask) &<< literalContext | previous &>> (8 - literalContext)
                let literal = unsafe table + Place.literal + context &* 0x300
                if state < 7 {
                    unsafe output[position] = UInt8(truncatingIfNeeded: coder.tree(literal, bits: 8))
                } else {
                    guard rep0 < since else { throw .badDistance }
                    unsafe output[position] = Self.matchedLiteral(&coder, literal, Int(output[position - rep0 - 1]))
                }
                position += 1
                state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6
            } else {
                var length = 1
                if unsafe coder.bit(table + Place.rep + state) == 0 {
                    length = unsafe Self.length(&coder, table + Place.length, positionState)
                    (rep1, rep2, rep3) = (rep0, rep1, rep2)
                    rep0 = unsafe Self.distance(&coder, table, length)
                    state = state < 7 ? 7 : 10
                } else {
                    var isShort = false
                    if unsafe coder.bit(table + Place.rep0 + state) == 0 {
                        isShort = unsafe coder.bit(table + Place.rep0Long + state &* 16 + positionState) == 0
                    } else if unsafe coder.bit(table + Place.rep1 + state) == 0 {
                        (rep0, rep1) = (rep1, rep0)
                    } else if unsafe coder.bit(table + Place.rep2 + state) == 0 {
                        (rep0, rep1, rep2) = (rep2, rep0, rep1)
                    } else {
                        (rep0, rep1, rep2, rep3) = (rep3, rep0, rep1, rep2)
                    }
                    if !isShort { length = unsafe Self.length(&coder, table + Place.repeatLength, positionState) }
                    state = isShort ? (state < 7 ? 9 : 11) : (state < 7 ? 8 : 11)
                }
                guard rep0 < since else { throw coder.overrun > 0 ? .truncated : .badDistance }
                // A match does not go over the end of its chunk; where the room ends first, its rest is not wanted.
                guard length <= end - position || !isWhole else { throw coder.overrun > 0 ? .truncated : .badChunk }
                let stop = position &+ min(length, end &- position)
                var source = unsafe output + (position &- rep0 &- 1)
                while position < stop {
                    unsafe output[position] = source.pointee
                    unsafe source += 1
                    position &+= 1
                }
            }
            guard coder.overrun == 0 else { throw .truncated }
        }
    }

    /// A literal that is told by its difference from `match`, the byte that the last distance leads to.
    @inline(__always)
    private static func matchedLiteral(
        _ coder: inout RangeDecoder, _ literal: UnsafeMutablePointer<UInt16>, _ match: Int
    ) -> UInt8 {
        var node = 1
        var match = match
        while node < 0x100 {
            let expected = match &>> 7 & 1
            match &<<= 1
            let bit = unsafe coder.bit(literal + (1 &+ expected) &<< 8 + node)
            node = node &<< 1 | bit
            if bit != expected {
                while node < 0x100 { node = unsafe node &<< 1 | coder.bit(literal + node) }
            }
        }
        return UInt8(truncatingIfNeeded: node)
    }

    private static func length(_ coder: inout RangeDecoder, _ lengths: UnsafeMutablePointer<UInt16>, _ state: Int) -> Int {
        if unsafe coder.bit(lengths) == 0 { return unsafe 2 + coder.tree(lengths + 2 + state * 8, bits: 3) }
        if unsafe coder.bit(lengths + 1) == 0 { return unsafe 10 + coder.tree(lengths + 130 + state * 8, bits: 3) }
        return unsafe 18 + coder.tree(lengths + 258, bits: 8)
    }

    /// How many bytes lie between a match of `length` bytes and the position.
    private static func distance(_ coder: inout RangeDecoder, _ table: UnsafeMutablePointer<UInt16>, _ length: Int) -> Int {
        let slot = unsafe coder.tree(table + Place.slot + min(length - 2, 3) * 64, bits: 6)
        guard slot >= 4 else { return slot }
        let bits = slot >> 1 - 1
        let base = (2 | slot & 1) << bits
        if slot < 14 { return unsafe base + coder.reverseTree(table + (Place.special + base - slot), bits: bits) }
        let upper = coder.direct(bits - 4) << 4
        return unsafe base + upper + coder.reverseTree(table + Place.align, bits: 4)
    }
}
