// Magnitudes and signs of the samples of HT blocks (T.814 7.3.7, 7.3.8).

/// The samples of a row of quads (T.814 7.3.7, 7.3.8), from left to right.
@safe
struct SampleRow<Word: FixedWidthInteger & UnsignedInteger> {
    let magnitudes: UnsafePointer<UInt8>
    /// The next bit of the MagSgn stream.
    var position: Int
    /// The upper samples; the others follow `width` behind.
    var upper: UnsafeMutablePointer<Word>
    let width: Int
    /// The lower samples of the row above, of which those left are this row's already.
    var lower: UnsafeMutablePointer<Word>
    let plane: Word
    let limit: UInt32
    let tables: HTTables
    /// The lower right sample of the quad left above.
    private var aboveLeft: Word = 0

    init(
        magnitudes: UnsafePointer<UInt8>, position: Int, upper: UnsafeMutablePointer<Word>, width: Int,
        lower: UnsafeMutablePointer<Word>, plane: Word, limit: UInt32, tables: HTTables
    ) {
        unsafe self.magnitudes = magnitudes
        unsafe self.upper = upper
        unsafe self.lower = lower
        (self.position, self.width, self.plane, self.limit, self.tables) = (position, width, plane, limit, tables)
    }

    /// The next quad. False when its exponent is too large.
    @inline(__always)
    mutating func decode(_ entry: UInt32) -> Bool {
        let pattern = entry >> 4 & 15
        let under = unsafe upper + width
        // Kappa: the largest exponent above, less one, if the quad has more than one significant sample.
        let corner = unsafe lower[1]
        let above = unsafe aboveLeft | lower[0] | corner | lower[2]
        aboveLeft = corner
        if pattern == 0 {
            unsafe upper[0] = 0
            unsafe upper[1] = 0
            unsafe under[0] = 0
            unsafe under[1] = 0
            unsafe lower[0] = 0
            unsafe lower[1] = 0
        } else {
            let relevant = pattern & (pattern &- 1) == 0 ? 0 : above
            let kappa = UInt32(truncatingIfNeeded: Word.bitWidth &- 1 &- (relevant | 3).leadingZeroBitCount)
            let exponent = kappa &+ entry >> 16
            if exponent > limit { return false }
            // The numbers of bits of the four, and their sums from the first on, a byte each.
            let patterns = unsafe tables.bytes
            let ones: UInt32 = 0x0101_0101
            let counts = unsafe (exponent &* ones &- patterns[Int(entry >> 12 & 15)]) & (patterns[Int(pattern)] &* 255)
            let sums = counts &* ones
            let total = Int(sums >> 24)
            if Word.bitWidth == 32 && total <= 56 {
                let word = unsafe UnsafeRawPointer(magnitudes + position &>> 3).loadUnaligned(as: UInt64.self).littleEndian
                let bits = word &>> UInt64(truncatingIfNeeded: position & 7)
                position &+= total
                let first = bits & 0xffff_ffff | (bits &>> UInt64(sums & 255)) &<< 32
                let second = bits &>> UInt64(sums >> 8 & 255) & 0xffff_ffff | (bits &>> UInt64(sums >> 16 & 255)) &<< 32
                let quad = HTQuad.samples(first, second, entry, exponent, UInt32(truncatingIfNeeded: plane), tables)
                unsafe UnsafeMutableRawPointer(upper).storeBytes(of: quad.upper, as: UInt64.self)
                unsafe UnsafeMutableRawPointer(under).storeBytes(of: quad.under, as: UInt64.self)
                unsafe UnsafeMutableRawPointer(lower).storeBytes(of: quad.lower, as: UInt64.self)
            } else {
                let first = value(entry, 0, exponent)
                let second = value(entry, 1, exponent)
                let third = value(entry, 2, exponent)
                let fourth = value(entry, 3, exponent)
                unsafe upper[0] = sample(first, entry, 0)
                unsafe under[0] = sample(second, entry, 1)
                unsafe upper[1] = sample(third, entry, 2)
                unsafe under[1] = sample(fourth, entry, 3)
                unsafe lower[0] = second
                unsafe lower[1] = fourth
            }
        }
        unsafe upper += 2
        unsafe lower += 2
        return true
    }

    /// v_n of a sample; 0 if it is not significant.
    @inline(__always)
    private mutating func value(_ entry: UInt32, _ number: UInt32, _ exponent: UInt32) -> Word {
        let isSignificant = 0 &- (entry &>> (4 &+ number) & 1)
        let count = (exponent &- entry &>> (12 &+ number) & 1) & isSignificant
        let word = unsafe UnsafeRawPointer(magnitudes + position &>> 3).loadUnaligned(as: UInt64.self).littleEndian
        let bits = word &>> UInt64(truncatingIfNeeded: position & 7)
        position &+= Int(count)
        let wide = UInt64(count)
        return Word(truncatingIfNeeded: bits & ((1 &<< wide) &- 1) | UInt64(entry &>> (8 &+ number) & 1) &<< wide)
    }

    /// Sign and magnitude of a value.
    @inline(__always)
    private func sample(_ value: Word, _ entry: UInt32, _ number: UInt32) -> Word {
        let isSignificant = 0 &- Word(truncatingIfNeeded: entry &>> (4 &+ number) & 1)
        let sign = value &<< Word(truncatingIfNeeded: Word.bitWidth - 1)
        return (((value | 1) &+ 2) &<< plane | sign) & isSignificant
    }
}
