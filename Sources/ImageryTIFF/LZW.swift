// LZW (TIFF 6.0 section 13), and the variant of old writers with the bits of a code in rising order.

/// Decodes LZW strips. One value serves any number of strips, one after the other.
///
/// A new string is always the string of the code before and one byte more: it lies in the output already, where that code was written. So an entry
/// is a place in the output and a length, and no chain is ever walked. Its first 8 bytes are kept in the entry too, because most strings are
/// shorter than that: writing one is a single store.
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

    private struct Entry: BitwiseCopyable {
        /// The first bytes, the first one lowest; those beyond `length` are arbitrary.
        var head: UInt64
        /// Where in the output the string begins; unused for the 256 single bytes.
        var start: Int32
        var length: Int32
    }

    /// Bytes behind the wanted output that may be written to.
    static let slack = 16

    private static let clear = 256
    private static let endOfInformation = 257
    private static let firstFree = 258
    private static let tableSize = 4096

    /// One more than there are codes: the entry after the last is prepared and never used.
    private var table: [Entry]

    init() {
        table = (0...Self.tableSize).map { Entry(head: UInt64($0 & 255), start: 0, length: $0 < 256 ? 1 : 0) }
    }

    /// Decodes until `count` bytes are written or the input ends.
    ///
    /// `output` has room for `count + slack` bytes; `count` is below 2^31. Returns the bytes written and why it ended.
    mutating func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (Int, End) {
        // Old-style: the first code, Clear, then has its 9 bits 0 1000 0000 in rising order.
        var first: (UInt8, UInt8) = (255, 0)
        if input.count >= 2 { first = unsafe (input[0], input[1]) }
        let isOldStyle = first.0 == 0 && first.1 & 1 == 1
        return unsafe table.withUnsafeMutableBufferPointer { table in
            guard let entries = table.baseAddress else { return (0, .short) }
            return isOldStyle
                ? unsafe Self.decode(input, into: output, count: count, entries, lowBitFirst: true)
                : unsafe Self.decode(input, into: output, count: count, entries, lowBitFirst: false)
        }
    }

    /// The code of `width` bits that begins `position` bits after the first of `input`.
    @inline(__always) private static func code(
        _ input: UnsafeRawPointer, _ byteCount: Int, _ position: Int, _ width: Int, lowBitFirst: Bool
    ) -> Int {
        let byte = position &>> 3
        let skip = UInt64(truncatingIfNeeded: position & 7)
        var word: UInt64
        if byte &+ 8 <= byteCount {
            word = unsafe input.loadUnaligned(fromByteOffset: byte, as: UInt64.self)
            word = lowBitFirst ? UInt64(littleEndian: word) : UInt64(bigEndian: word)
        } else {
            word = 0
            for k in 0..<min(8, byteCount &- byte) {
                let next = unsafe UInt64(input.load(fromByteOffset: byte &+ k, as: UInt8.self))
                word |= next &<< UInt64(truncatingIfNeeded: lowBitFirst ? 8 &* k : 56 &- 8 &* k)
            }
        }
        if lowBitFirst {
            let mask = (UInt64(1) &<< UInt64(truncatingIfNeeded: width)) &- 1
            return Int(truncatingIfNeeded: (word &>> skip) & mask)
        }
        return Int(truncatingIfNeeded: (word &<< skip) &>> UInt64(truncatingIfNeeded: 64 &- width))
    }

    @inline(__always) private static func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int, _ table: UnsafeMutablePointer<Entry>,
        lowBitFirst: Bool
    ) -> (Int, End) {
        guard count > 0, let bytes = input.baseAddress else { return (0, count > 0 ? .short : .complete) }
        // Section 13: codes grow one code early; old-style files let them grow when the table asks for it.
        let early = lowBitFirst ? 0 : 1
        let byteCount = input.count
        let totalBits = byteCount &* 8
        var position = 0
        var written = 0
        var width = 9
        var growAt = 512 &- early
        var free = firstFree
        // The string before; none after Clear.
        var last = Entry(head: 0, start: 0, length: 0)
        while position &+ width <= totalBits {
            let code = unsafe code(bytes, byteCount, position, width, lowBitFirst: lowBitFirst)
            position &+= width
            if code &- clear < 2 && code >= clear {
                if code == endOfInformation { return (written, .short) }
                width = 9
                growAt = 512 &- early
                free = firstFree
                last.length = 0
                continue
            }
            if last.length == 0 {
                // The first code after Clear is a single byte.
                guard code < clear else { return (written, .invalidCode) }
                unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: code), toByteOffset: written, as: UInt8.self)
                last = unsafe Entry(head: table[code].head, start: Int32(truncatingIfNeeded: written), length: 1)
                written &+= 1
                if written == count { return (written, .complete) }
                continue
            }
            if code > free { return (written, .invalidCode) }
            // The new entry: the last string and the first byte of this one. A code may name the entry that it completes: then that byte
            // is the first of the last string. So the entry is written for that case first, and corrected when the byte is known.
            let shift = UInt64(truncatingIfNeeded: Int(last.length) &* 8)
            let kept = last.length < 8 ? last.head & ((1 &<< shift) &- 1) : last.head
            let first = last.length < 8 ? (last.head & 255) &<< shift : 0
            unsafe table[free] = Entry(head: kept | first, start: last.start, length: last.length &+ 1)
            let entry = unsafe table[code]
            unsafe table[free].head = kept | (last.length < 8 ? (entry.head & 255) &<< shift : 0)

            let length = Int(entry.length)
            let left = count &- written
            unsafe (output + written).storeBytes(of: entry.head.littleEndian, as: UInt64.self)
            if length > 8 {
                // In bounds: the string ends before `written + 1`; 8 bytes at a time may write up to 7 into the slack. Source and
                // destination are at least 8 bytes apart, since a string of more than 8 bytes begins that far back.
                let wanted = length < left ? length : left
                let from = unsafe output + Int(entry.start)
                let to = unsafe output + written
                var done = 8
                while done < wanted {
                    unsafe to.storeBytes(
                        of: from.loadUnaligned(fromByteOffset: done, as: UInt64.self), toByteOffset: done, as: UInt64.self)
                    done &+= 8
                }
            }
            if length >= left { return (count, .complete) }
            last = Entry(head: entry.head, start: Int32(truncatingIfNeeded: written), length: entry.length)
            written &+= length
            if free < tableSize {
                free &+= 1
                if free == growAt && width < 12 {
                    width &+= 1
                    growAt = (growAt &+ early) &* 2 &- early
                }
            }
        }
        return (written, .short)
    }
}
