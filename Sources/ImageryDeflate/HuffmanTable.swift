// Prefix codes as look-up tables (RFC 1951 3.2.2).

/// The fields of a table entry, one `UInt32`:
///
///     bits  0-7    bits to drop: the code and, for lengths and distances, the extra bits behind it
///     bits  8-11   bits of the code alone; in a pointer, the width of the subtable
///     bit   12     end of block
///     bit   13     pointer to a subtable
///     bit   14     exceptional: neither literal nor length or distance; without bit 12 or 13 a pattern that is no symbol
///     bit   15     literal
///     bits 16-31   the literal; or the base of a length or distance; or where the subtable starts
enum Entry {
    static let endOfBlock: UInt32 = 0x1000
    static let subtable: UInt32 = 0x2000
    static let exceptional: UInt32 = 0x4000
    static let literal: UInt32 = 0x8000
    /// A pattern outside an incomplete code: one bit decides that it is none.
    static let undefined: UInt32 = exceptional | 0x101
}

/// The sizes of the three tables. A subtable of 2^k entries belongs to a complete code with a code of k bits, so at least k + 1 symbols
/// share it: with 11 root bits at most 16 entries for 5 symbols, 286 symbols fill 916; with 8 root bits at most 128 for 8, 30 symbols
/// fill 480.
enum TableSize {
    static let literalBits = 11
    static let distanceBits = 8
    static let codeLengthBits = 7
    static let literals = (1 << literalBits) + 1024
    static let distances = (1 << distanceBits) + 512
    static let codeLengths = 1 << codeLengthBits
}

/// The longest code of each alphabet (RFC 1951 3.2.7).
private let maximumLength = 15

/// Fills `table` so that its low `rootBits` bits of input find a symbol or the subtable to go on with.
///
/// `symbols` holds each symbol's entry without its code length, `lengths` the code lengths, both `count` long; `sorted` is scratch of
/// the same length. `table` has the room `TableSize` proves to be enough. Returns false for an oversubscribed code, and for an incomplete one
/// unless it is a single code of one bit or has no symbol at all (both as zlib accepts them: RFC 1951 3.2.7 names the distance case).
func buildTable(
    _ table: UnsafeMutablePointer<UInt32>, rootBits: Int, lengths: UnsafePointer<UInt8>, count: Int,
    symbols: UnsafePointer<UInt32>, sorted: UnsafeMutablePointer<UInt16>
) -> Bool {
    var counts = InlineArray<16, UInt32>(repeating: 0)
    for symbol in 0..<count { counts[unsafe Int(lengths[symbol] & 15)] &+= 1 }
    counts[0] = 0
    var starts = InlineArray<16, UInt32>(repeating: 0)
    var space = 0
    var used: UInt32 = 0
    var longest = 0
    for length in 1...maximumLength {
        starts[length] = used
        used &+= counts[length]
        space = space * 2 + Int(counts[length])
        if counts[length] != 0 { longest = length }
        if space > 1 << length { return false }
    }
    if space != 1 << maximumLength {
        guard used == 0 || (used == 1 && counts[1] == 1) else { return false }
        for index in 0..<(1 << rootBits) { unsafe table[index] = Entry.undefined }
        guard used == 1 else { return true }
        var symbol = 0
        while unsafe lengths[symbol] == 0 { symbol += 1 }
        for index in stride(from: 0, to: 1 << rootBits, by: 2) { unsafe table[index] = symbols[symbol] &+ 0x101 }
        return true
    }
    for symbol in 0..<count {
        let length = unsafe Int(lengths[symbol] & 15)
        guard length != 0 else { continue }
        unsafe sorted[Int(starts[length])] = UInt16(truncatingIfNeeded: symbol)
        starts[length] &+= 1
    }

    // Codes arrive lowest bit first, so they are counted up in reversed form. Each root entry is written once at its own width and the
    // table then doubled, which is cheaper than writing every copy.
    var code = 0
    var next = 0
    for length in 1...min(longest, rootBits) {
        let width = 1 << length
        unsafe (table + width / 2).update(from: table, count: width / 2)
        let add = UInt32(truncatingIfNeeded: length) &* 0x101
        for _ in 0..<counts[length] {
            unsafe table[code] = symbols[Int(sorted[next])] &+ add
            next &+= 1
            code = nextReversed(code, width: width)
        }
    }
    var width = 1 << min(longest, rootBits)
    while width < 1 << rootBits {
        unsafe (table + width).update(from: table, count: width)
        width *= 2
    }
    guard longest > rootBits else { return true }
    unsafe buildSubtables(
        table, rootBits: rootBits, longest: longest, counts: counts, symbols: symbols, sorted: sorted, next: next, code: code)
    return true
}

/// The codes longer than the root: each run that shares its low `rootBits` bits gets a table as wide as its longest code.
private func buildSubtables(
    _ table: UnsafeMutablePointer<UInt32>, rootBits: Int, longest: Int, counts: InlineArray<16, UInt32>,
    symbols: UnsafePointer<UInt32>, sorted: UnsafePointer<UInt16>, next firstSymbol: Int, code firstCode: Int
) {
    var code = firstCode
    var next = firstSymbol
    var free = 1 << rootBits
    var prefix = -1
    var start = 0
    var subBits = 0
    for length in (rootBits + 1)...longest {
        var remaining = Int(counts[length])
        while remaining > 0 {
            if code & ((1 << rootBits) - 1) != prefix {
                prefix = code & ((1 << rootBits) - 1)
                subBits = length - rootBits
                var space = remaining
                while space < 1 << subBits {
                    subBits += 1
                    space = space * 2 + Int(counts[rootBits + subBits])
                }
                start = free
                free += 1 << subBits
                let pointer = Entry.exceptional | Entry.subtable | UInt32(truncatingIfNeeded: rootBits | subBits << 8)
                unsafe table[prefix] = pointer | UInt32(truncatingIfNeeded: start) << 16
            }
            let entry = unsafe symbols[Int(sorted[next])] &+ UInt32(truncatingIfNeeded: length - rootBits) &* 0x101
            for index in stride(from: start + code >> rootBits, to: start + 1 << subBits, by: 1 << (length - rootBits)) {
                unsafe table[index] = entry
            }
            next &+= 1
            remaining &-= 1
            code = nextReversed(code, width: 1 << length)
        }
    }
}

/// The code after `code` among codes of log2(width) bits, both bit-reversed: the carry runs from the highest bit down.
/// After the last code (all ones) it is 0.
@inline(__always)
private func nextReversed(_ code: Int, width: Int) -> Int {
    let zeros = code ^ (width &- 1)
    guard zeros != 0 else { return 0 }
    let bit = 1 &<< (Int.bitWidth &- 1 &- zeros.leadingZeroBitCount)
    return (code & (bit &- 1)) | bit
}
