// The HT cleanup pass (T.814 7.3).

/// The cleanup pass of one HT block: all samples down to one bit-plane.
///
/// Quads have two rows and two columns; their samples are numbered top left, bottom left, top right, bottom right (T.814 7.2).
@safe
struct HTCleanup {
    /// Samples and quads of the block, odd sizes rounded up.
    let width: Int
    let quadColumns: Int
    let quadRows: Int
    /// The bits of the MagSgn stream (filled up with ones) and of the VLC stream (filled up with zeros), and how many there are. One row of
    /// quads may take ``magnitudeFiller`` and ``codeFiller`` bytes more.
    let magnitudes: UnsafePointer<UInt8>
    let magnitudeBits: Int
    let codes: UnsafePointer<UInt8>
    let codeBits: Int
    /// What ``HTTables/codes`` says of each quad, and its u value from bit 16 on; a border of one quad left, right and above.
    let quads: UnsafeMutablePointer<UInt32>
    var pitch: Int { quadColumns + 3 }

    /// Bytes of both streams that one row of quads takes at most.
    static func magnitudeFiller(_ quadColumns: Int) -> Int { quadColumns * 32 + 8 }
    static func codeFiller(_ quadColumns: Int) -> Int { (quadColumns + 1) / 2 * 5 + 8 }

    // MARK: Significance and exponents

    @inline(__always)
    private static func load(_ bytes: UnsafePointer<UInt8>, _ place: Int) -> UInt64 {
        let word = unsafe UnsafeRawPointer(bytes + place &>> 3).loadUnaligned(as: UInt64.self).littleEndian
        return word &>> UInt64(truncatingIfNeeded: place & 7)
    }

    /// All samples, as sign (top bit) and magnitude, bit p + 1 being bit-plane p and bit `plane` the midpoint.
    ///
    /// False when an exponent is above `limit`. `bottoms` has room for the lower samples of one row of quads, two more left and four right.
    func decode<Word: FixedWidthInteger & UnsignedInteger>(
        _ events: inout MELDecoder, _ tables: HTTables, into samples: UnsafeMutablePointer<Word>,
        bottoms: UnsafeMutablePointer<Word>, plane: Int, limit: UInt32
    ) -> Bool {
        unsafe quads.update(repeating: 0, count: pitch)
        unsafe bottoms.update(repeating: 0, count: 2 * quadColumns + 6)
        var place = 0
        var position = 0
        for row in 0..<quadRows {
            // What was filled in behind the ends is enough for one row.
            place = min(place, codeBits)
            position = min(position, magnitudeBits)
            let current = unsafe quads + (row + 1) * pitch + 1
            unsafe current[-1] = 0
            var target = unsafe SampleRow(
                magnitudes: magnitudes, position: position, upper: samples + row * 2 * width, width: width, lower: bottoms + 2,
                plane: Word(truncatingIfNeeded: plane), limit: limit, tables: tables)
            let isGood =
                unsafe row == 0
                ? decodeFirstRow(current, &place, &events, tables, &target) : decodeRow(current, &place, &events, tables, &target)
            guard isGood else { return false }
            position = target.position
            // The right quad of the last pair may be outside; the border right of a row is never significant.
            unsafe current[quadColumns] = 0
            unsafe current[quadColumns + 1] = 0
        }
        return true
    }

    private func decodeFirstRow<Word>(
        _ current: UnsafeMutablePointer<UInt32>, _ place: inout Int, _ events: inout MELDecoder, _ tables: HTTables,
        _ target: inout SampleRow<Word>
    ) -> Bool {
        var left: UInt32 = 0
        var column = 0
        while column < quadColumns {
            var bits = unsafe Self.load(codes, place)
            let first = firstRowQuad(left, &bits, &place, &events, tables)
            let second = column + 1 < quadColumns ? firstRowQuad(first, &bits, &place, &events, tables) : 0
            left = second
            var mode = Int(first >> 3 & 1 | second >> 2 & 2)
            if mode == PairMode.both { mode = events.event() ? PairMode.bothLarge : PairMode.bothFirstRow }
            unsafe finish(current + column, first, second, mode, bits, &place, tables)
            guard unsafe target.decode(current[column]), unsafe target.decode(current[column + 1]) else { return false }
            column += 2
        }
        return true
    }

    private func decodeRow<Word>(
        _ current: UnsafeMutablePointer<UInt32>, _ place: inout Int, _ events: inout MELDecoder, _ tables: HTTables,
        _ target: inout SampleRow<Word>
    ) -> Bool {
        let table = unsafe tables.codes + HTTables.contexts
        let above = unsafe current - pitch
        var left: UInt32 = 0
        var column = 0
        while column < quadColumns {
            var bits = unsafe Self.load(codes, place)
            let first = unsafe quad(above + column, left, &bits, &place, &events, table)
            let second = unsafe column + 1 < quadColumns ? quad(above + column + 1, first, &bits, &place, &events, table) : 0
            left = second
            unsafe finish(current + column, first, second, Int(first >> 3 & 1 | second >> 2 & 2), bits, &place, tables)
            guard unsafe target.decode(current[column]), unsafe target.decode(current[column + 1]) else { return false }
            column += 2
        }
        return true
    }

    @inline(__always)
    private func firstRowQuad(
        _ left: UInt32, _ bits: inout UInt64, _ place: inout Int, _ events: inout MELDecoder, _ tables: HTTables
    ) -> UInt32 {
        let context = (left >> 4 | left >> 5) & 1 | left >> 5 & 6
        if context == 0 && !events.event() { return 0 }
        let entry = unsafe UInt32(tables.codes[Int(context << 7) | Int(bits & 127)])
        bits &>>= UInt64(entry & 7)
        place &+= Int(entry & 7)
        return entry
    }

    @inline(__always)
    private func quad(
        _ above: UnsafePointer<UInt32>, _ left: UInt32, _ bits: inout UInt64, _ place: inout Int, _ events: inout MELDecoder,
        _ table: UnsafePointer<UInt16>
    ) -> UInt32 {
        let near = unsafe above[0]
        let low = unsafe (above[-1] >> 7 | near >> 5) & 1
        let high = unsafe (near >> 5 | above[1] >> 3) & 4
        let context = low | high & 4 | (left >> 5 | left >> 6) & 2
        if context == 0 && !events.event() { return 0 }
        let entry = unsafe UInt32(table[Int(context << 7) | Int(bits & 127)])
        bits &>>= UInt64(entry & 7)
        place &+= Int(entry & 7)
        return entry
    }

    /// The u values of a pair (T.814 7.3.6, Table 3), with the bits behind its codewords.
    @inline(__always)
    private func finish(
        _ pair: UnsafeMutablePointer<UInt32>, _ first: UInt32, _ second: UInt32, _ mode: Int, _ bits: UInt64, _ place: inout Int,
        _ tables: HTTables
    ) {
        guard mode != 0 else {
            unsafe pair[0] = first
            unsafe pair[1] = second
            return
        }
        let prefix = unsafe UInt64(tables.prefixes[mode << 6 | Int(bits & 63)])
        let used = prefix & 7
        let left = prefix >> 3 & 7
        let right = prefix >> 6 & 7
        var rest = bits &>> used
        let leftSuffix = rest & ((1 &<< left) &- 1)
        rest &>>= left
        let rightSuffix = rest & ((1 &<< right) &- 1)
        rest &>>= right
        var leftValue = prefix >> 12 & 15 &+ leftSuffix
        var rightValue = prefix >> 16 & 15 &+ rightSuffix
        place &+= Int(used &+ left &+ right)
        // Suffixes of 28 and more have an extension of four bits.
        if leftSuffix >= 28 {
            leftValue &+= (rest & 15) &<< 2
            rest &>>= 4
            place &+= 4
        }
        if rightSuffix >= 28 {
            rightValue &+= (rest & 15) &<< 2
            place &+= 4
        }
        unsafe pair[0] = first | UInt32(truncatingIfNeeded: leftValue) << 16
        unsafe pair[1] = second | UInt32(truncatingIfNeeded: rightValue) << 16
    }
}
