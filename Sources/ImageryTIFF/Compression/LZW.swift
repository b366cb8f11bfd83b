// LZW (TIFF 6.0 section 13), and the variant of old writers with the bits of a code in rising order.

/// Decodes LZW strips. One value serves any number of strips, one after the other.
///
/// A new string is always the string of the code before and one byte more: it lies in the output already, where that code was
/// written. So an entry is a place in the output and a length, and no chain is ever walked. Its first 8 bytes are kept in the entry
/// too, because most strings are shorter than that: writing one is a single store. Where they are longer, in maps, 16 bytes more are
/// copied for every string, wanted or not, since lengths are hard to foretell.
struct LZWDecoder {
    /// Why decoding came to an end.
    enum End {
        /// The output is full.
        case complete
        /// End-of-information, or the input is used up.
        case short
        /// A code that stands for nothing yet.
        case invalidCode
    }

    /// A string: its first 8 bytes, and where in the output all of it begins.
    private struct Entry: BitwiseCopyable {
        /// The first bytes, the first one lowest, and zeros behind the last one.
        var head: UInt64
        /// Start (upper 48 bits) and length (lower 16; a string has at most 3,839 bytes). Clear and end-of-information have length
        /// 0.
        var place: UInt64
    }

    /// Bytes behind the wanted output that may be written to.
    static let slack = 32

    private static let clear = 256
    private static let firstFree = 258
    private static let tableSize = 4096

    /// One more than there are codes: when all are taken, new strings go to the last entry, which no code names.
    private var table: [Entry]

    init() {
        table = (0...Self.tableSize).map { Entry(head: UInt64($0 & 255), place: $0 < 256 ? 1 : 0) }
    }

    /// Decodes until `count` bytes are written or the input ends.
    ///
    /// `output` has room for `count + slack` bytes; `count` is below 2^31. Returns the bytes written and why it ended.
    mutating func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (Int, End) {
        guard count > 0 else { return (0, .complete) }
        guard input.count >= 2 else { return (0, .short) }
        // Old-style: the first code, Clear, then has its 9 bits 0 1000 0000 in rising order.
        let first = unsafe (input[0], input[1])
        return unsafe table.withUnsafeMutableBufferPointer { table in
            guard let entries = table.baseAddress, let bytes = input.baseAddress else { return (0, .short) }
            if first.0 == 0 && first.1 & 1 == 1 {
                return unsafe Self.decode(LowBitFirst.self, bytes, input.count, into: output, count: count, entries)
            }
            return unsafe Self.decode(HighBitFirst.self, bytes, input.count, into: output, count: count, entries)
        }
    }

    private static func decode<Order: CodeOrder>(
        _: Order.Type, _ input: UnsafeRawPointer, _ byteCount: Int, into output: UnsafeMutableRawPointer, count: Int,
        _ table: UnsafeMutablePointer<Entry>
    ) -> (Int, End) {
        // Data of a third of their size have strings of about four bytes in the mean; photographs do not come near that.
        let copiesFrom = byteCount < count / 3 ? 0 : 8
        let totalBits = byteCount &* 8
        var position = 0
        var written = 0
        afterClear: while true {
            var width = 9
            var growAt = 512 &- Order.early
            var free = firstFree
            // The first code stands for a byte; more Clear codes may come before it.
            var code: Int
            repeat {
                guard position &+ width <= totalBits else { return (written, .short) }
                code = unsafe Order.code(input, byteCount, position, width)
                position &+= width
            } while code == clear
            guard code < clear else { return (written, code < firstFree ? .short : .invalidCode) }
            unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: code), toByteOffset: written, as: UInt8.self)
            var last = Entry(head: UInt64(truncatingIfNeeded: code), place: UInt64(truncatingIfNeeded: written) &<< 16 | 1)
            written &+= 1
            if written == count { return (written, .complete) }

            while position &+ width <= totalBits {
                code = unsafe Order.code(input, byteCount, position, width)
                position &+= width
                // The new string is the last one and the first byte of this one; this one may be the new string itself.
                let lastLength = last.place & 0xFFFF
                let shift = (lastLength &* 8) & 63
                let isShort = lastLength < 8
                var entry: Entry
                if code < free {
                    entry = unsafe table[code]
                    if entry.place == 0 {
                        if code == clear { continue afterClear }
                        return (written, .short)
                    }
                    let next = (entry.head & 255) &<< shift
                    unsafe table[free] = Entry(head: last.head | (isShort ? next : 0), place: last.place &+ 1)
                } else if code == free && free < tableSize {
                    let next = (last.head & 255) &<< shift
                    entry = Entry(head: last.head | (isShort ? next : 0), place: last.place &+ 1)
                    unsafe table[free] = entry
                } else {
                    return (written, .invalidCode)
                }
                // In bounds: `written` is below `count`, `start` below that, and there are 32 bytes of slack.
                unsafe (output + written).storeBytes(of: entry.head.littleEndian, as: UInt64.self)
                let length = Int(truncatingIfNeeded: entry.place & 0xFFFF)
                if length > copiesFrom {
                    let start = Int(truncatingIfNeeded: entry.place &>> 16)
                    unsafe copySixteen(output + start, output + written, from: 8)
                    if length > 24 { unsafe copyRest(output + start, output + written, min(length, count &- written)) }
                }
                last = Entry(
                    head: entry.head, place: UInt64(truncatingIfNeeded: written) &<< 16 | UInt64(truncatingIfNeeded: length))
                written &+= length
                if written >= count { return (count, .complete) }
                free &+= 1
                if free == growAt {
                    if width < 12 {
                        width &+= 1
                        growAt = width == 12 ? tableSize &+ 1 : (1 &<< width) &- Order.early
                    } else {
                        free = tableSize
                    }
                }
            }
            return (written, .short)
        }
    }

    /// Copies bytes 24 and up of a string.
    ///
    /// In bounds: the string lies in the output before `to`, but for its last byte at most, which is the first one at `to` and stands
    /// there; 16 bytes at a time write up to 15 into the slack.
    @inline(__always) private static func copyRest(_ from: UnsafeRawPointer, _ to: UnsafeMutableRawPointer, _ length: Int) {
        var done = 24
        while done < length {
            unsafe copySixteen(from, to, from: done)
            done &+= 16
        }
    }

    @inline(__always) private static func copySixteen(
        _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, from offset: Int
    ) {
        let bytes = unsafe source.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
        unsafe target.storeBytes(of: bytes, toByteOffset: offset, as: SIMD2<UInt64>.self)
    }
}

/// How codes follow each other in the bytes, and when they grow.
private protocol CodeOrder {
    /// How many codes before the table asks for it codes grow.
    static var early: Int { get }
    /// The code of `width` bits that begins `position` bits after the first of `input`; it ends within `byteCount` bytes.
    static func code(_ input: UnsafeRawPointer, _ byteCount: Int, _ position: Int, _ width: Int) -> Int
}

/// Section 13: most significant bit first, and codes grow one code early.
private enum HighBitFirst: CodeOrder {
    static var early: Int { 1 }

    @inline(__always) static func code(_ input: UnsafeRawPointer, _ byteCount: Int, _ position: Int, _ width: Int) -> Int {
        let byte = position &>> 3
        var word: UInt64 = 0
        if byte &+ 8 <= byteCount {
            word = unsafe UInt64(bigEndian: input.loadUnaligned(fromByteOffset: byte, as: UInt64.self))
        } else {
            for k in byte..<byteCount {
                let next = unsafe UInt64(input.load(fromByteOffset: k, as: UInt8.self))
                word |= next &<< UInt64(truncatingIfNeeded: 56 &- 8 &* (k &- byte))
            }
        }
        word = word &<< UInt64(truncatingIfNeeded: position & 7)
        return Int(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: 64 &- width))
    }
}

/// Writers before TIFF 6.0: least significant bit first, and codes grow when the table asks for it.
private enum LowBitFirst: CodeOrder {
    static var early: Int { 0 }

    @inline(__always) static func code(_ input: UnsafeRawPointer, _ byteCount: Int, _ position: Int, _ width: Int) -> Int {
        let byte = position &>> 3
        var word: UInt64 = 0
        for k in byte..<min(byte &+ 3, byteCount) {
            let next = unsafe UInt64(input.load(fromByteOffset: k, as: UInt8.self))
            word |= next &<< UInt64(truncatingIfNeeded: 8 &* (k &- byte))
        }
        let mask = (1 &<< width) &- 1
        return Int(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: position & 7)) & mask
    }
}
