// The refinement passes of HT blocks (T.814 7.4 and 7.5).

/// SigProp and MagRef, which code one bit-plane more than the cleanup pass did. Both go through stripes of four rows.
@safe
struct HTRefinement<Word: FixedWidthInteger & UnsignedInteger> {
    let samples: UnsafeMutablePointer<Word>
    /// Samples of a row in memory, and of the block.
    let pitch: Int
    let width: Int
    let height: Int
    let isCausal: Bool
    /// For each column of each stripe what is significant, the top row in bit 0; a border of one column left and right, one stripe above and
    /// one below.
    let significant: UnsafeMutablePointer<UInt8>
    private var columns: Int { width + 2 }
    private var stripes: Int { (height + 3) / 4 }

    init(
        _ samples: UnsafeMutablePointer<Word>, pitch: Int, width: Int, height: Int, isCausal: Bool,
        significant: UnsafeMutablePointer<UInt8>
    ) {
        unsafe self.samples = samples
        unsafe self.significant = significant
        (self.pitch, self.width, self.height, self.isCausal) = (pitch, width, height, isCausal)
        unsafe significant.update(repeating: 0, count: columns * (stripes + 2))
        for row in 0..<height {
            let line = unsafe significant + (row / 4 + 1) * columns + 1
            for column in 0..<width where unsafe samples[row * pitch + column] != 0 { unsafe line[column] |= 1 << UInt8(row & 3) }
        }
    }

    /// MagRef: a bit for each sample that the cleanup pass found significant. To be called before ``propagate(_:_:_:)``.
    func refine(_ bits: UnsafePointer<UInt8>, _ count: Int, _ plane: Word) {
        var place = 0
        for stripe in 0..<stripes {
            let line = unsafe significant + (stripe + 1) * columns + 1
            for column in 0..<width {
                let pattern = unsafe line[column]
                let first = unsafe samples + stripe * 4 * pitch + column
                for row in 0..<4 where pattern >> UInt8(row) & 1 == 1 {
                    let bit = unsafe Word(truncatingIfNeeded: place < count ? bits[place >> 3] >> UInt8(place & 7) & 1 : 0)
                    place += 1
                    unsafe first[row * pitch] ^= (3 - 2 * bit) << plane
                }
            }
        }
    }

    /// SigProp: a bit for each other sample with a significant neighbour; signs follow after every four columns.
    func propagate(_ bits: UnsafePointer<UInt8>, _ count: Int, _ plane: Word) {
        var place = 0
        func next() -> UInt32 {
            defer { place += 1 }
            return unsafe place < count ? UInt32(bits[place >> 3] >> UInt8(place & 7) & 1) : 0
        }
        for stripe in 0..<stripes {
            let line = unsafe significant + (stripe + 1) * columns + 1
            let rows = min(4, height - stripe * 4)
            for group in stride(from: 0, to: width, by: 4) {
                // Sixteen samples, column by column.
                var found: UInt32 = 0
                for column in group..<min(width, group + 4) {
                    let around = unsafe surroundings(line + column)
                    var pattern = unsafe UInt32(line[column])
                    for row in 0..<UInt32(rows) where pattern >> row & 1 == 0 {
                        // Rows above, of the sample and below in the columns beside, and what is known of its own column.
                        let near = (around | pattern << 1) >> row & 7
                        if near != 0 && next() == 1 {
                            pattern |= 1 << row
                            found |= 1 << (UInt32(column - group) * 4 + row)
                        }
                    }
                    unsafe line[column] = UInt8(pattern)
                }
                while found != 0 {
                    let place = found.trailingZeroBitCount
                    found &= found - 1
                    let sample = unsafe samples + (stripe * 4 + place & 3) * pitch + group + place >> 2
                    unsafe sample.pointee = Word(truncatingIfNeeded: next()) << Word(Word.bitWidth - 1) | 3 << plane
                }
            }
        }
    }

    /// What is significant left and right of a column of a stripe and in the rows above and below it: the row above in bit 0.
    private func surroundings(_ column: UnsafePointer<UInt8>) -> UInt32 {
        let beside = unsafe UInt32(column[-1] | column[1])
        let above = unsafe column - columns
        let below = unsafe column + columns
        let top = unsafe UInt32(above[-1] | above[0] | above[1]) >> 3
        let bottom = unsafe isCausal ? 0 : UInt32(below[-1] | below[0] | below[1]) & 1
        return top | beside << 1 | bottom << 5
    }
}
