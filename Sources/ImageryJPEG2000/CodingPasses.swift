// The three coding passes over a bit-plane (T.800 D.3), with the MQ decoder.

/// The memory of one code-block while its bit-planes are decoded.
///
/// Samples stand in stripes of four rows, column by column, each as sign (bit 31) and magnitude: bit p + 1 is bit-plane p, the bit below the
/// last decoded one is set (the midpoint). A sample that is found significant in plane p thus starts as 3 << p, and each refinement
/// flips bit p + 1 if it is zero, and moves the midpoint: all changes are exclusive ors.
///
/// The sizes were checked by ``BlockDecoder``: `columns` has a border of one word left, right and above, and one stripe below.
@safe
struct BlockState {
    /// The first column's word of the first stripe.
    let columns: UnsafeMutablePointer<UInt32>
    let samples: UnsafeMutablePointer<UInt32>
    let width: Int
    let stripes: Int
    /// ``StripeColumn/allVisited`` of the rows that the last stripe does not have: set at the start and never cleared, so that no pass
    /// codes them.
    let absent: UInt32
    let isCausal: Bool
    /// The row of ``ContextTables/significance`` for the orientation.
    let significance: UnsafePointer<UInt8>
    let signs: UnsafePointer<UInt8>

    var pitch: Int { width + 2 }

    /// Notes in a column and its neighbours that the sample in row `row` has become significant. What lies in the stripe above does not
    /// see it if contexts are vertically causal (D.7).
    @inline(__always)
    func announce(_ place: UnsafeMutablePointer<UInt32>, _ column: inout UInt32, _ sign: UInt32, _ row: UInt32, _ pitch: Int) {
        let shift = 3 &* row
        unsafe place[-1] |= 1 &<< (5 &+ shift)
        unsafe place[1] |= 1 &<< (3 &+ shift)
        column |= sign &<< (19 &+ shift) | StripeColumn.significant &<< shift
        if row == 0 && !isCausal {
            let above = unsafe place - pitch
            unsafe above[-1] |= 1 << 17
            unsafe above[0] |= sign &<< 31 | 1 << 16
            unsafe above[1] |= 1 << 15
        }
        if row == 3 {
            let below = unsafe place + pitch
            unsafe below[-1] |= 1 << 2
            unsafe below[0] |= sign &<< 18 | 1 << 1
            unsafe below[1] |= 1 << 0
        }
    }

    /// The sign of a sample that was found significant (D.3.2), and all that follows from it.
    @inline(__always)
    private func begin(
        _ decoder: inout MQDecoder, _ place: UnsafeMutablePointer<UInt32>, _ column: inout UInt32,
        _ sample: UnsafeMutablePointer<UInt32>, _ row: UInt32, _ plane: UInt32, _ pitch: Int
    ) {
        let index = unsafe ContextTables.signIndex(column, place[-1], place[1], row)
        let entry = unsafe signs[index]
        let sign = decoder.decodeEven(Int(entry & 0x7f)) ^ UInt32(entry >> 7)
        unsafe sample[Int(row)] = sign &<< 31 | 3 &<< plane
        unsafe announce(place, &column, sign, row, pitch)
    }

    // MARK: Significance propagation (D.3.1)

    @inline(__always)
    private func propagate(
        _ decoder: inout MQDecoder, _ place: UnsafeMutablePointer<UInt32>, _ column: inout UInt32, _ candidates: inout UInt32,
        _ sample: UnsafeMutablePointer<UInt32>, _ row: UInt32, _ plane: UInt32, _ pitch: Int
    ) {
        let shift = 3 &* row
        guard candidates & StripeColumn.significant &<< shift != 0 else { return }
        let context = unsafe significance[Int((column &>> shift) & StripeColumn.neighbours)]
        if decoder.decodeEven(Int(context)) != 0 {
            unsafe begin(&decoder, place, &column, sample, row, plane, pitch)
            // The next one below has a significant neighbour now.
            candidates |= StripeColumn.significant &<< (shift &+ 3) & ~(column | column &>> 17)
        }
    }

    func propagateSignificance(_ decoder: MQDecoder, _ plane: UInt32) -> MQDecoder {
        // A local copy stays in registers.
        var local = decoder
        let pitch = self.pitch
        var place = unsafe columns
        var sample = unsafe samples
        for _ in 0..<stripes {
            for _ in 0..<width {
                var column = unsafe place[0]
                let across = (column | column &>> 1 | column &<< 1) & 0o222222
                let around = across | across &>> 3 | across &<< 3
                var candidates = around &<< 0 & StripeColumn.allSignificant & ~(column | column &>> 17)
                if candidates != 0 {
                    unsafe propagate(&local, place, &column, &candidates, sample, 0, plane, pitch)
                    unsafe propagate(&local, place, &column, &candidates, sample, 1, plane, pitch)
                    unsafe propagate(&local, place, &column, &candidates, sample, 2, plane, pitch)
                    unsafe propagate(&local, place, &column, &candidates, sample, 3, plane, pitch)
                    unsafe place[0] = column | (candidates & StripeColumn.allSignificant) &<< 17
                }
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
        return local
    }

    // MARK: Magnitude refinement (D.3.3)

    @inline(__always)
    private func refine(
        _ decoder: inout MQDecoder, _ later: inout UInt64, _ column: inout UInt32, _ sample: UnsafeMutablePointer<UInt32>,
        _ row: UInt32, _ plane: UInt32
    ) {
        let shift = 3 &* row
        guard column & (StripeColumn.significant | StripeColumn.visited) &<< shift == StripeColumn.significant &<< shift else {
            return
        }
        // Table D.4.
        let bit: UInt32
        if column & StripeColumn.refined &<< shift == 0 {
            let context = column & StripeColumn.neighbours &<< shift == 0 ? 0 : 1
            bit = decoder.decodeEven(Context.refinement &+ context)
        } else {
            bit = decoder.decodeEven(&later)
        }
        unsafe sample[Int(row)] ^= (3 &- 2 &* bit) &<< plane
        column |= StripeColumn.refined &<< shift
    }

    func refineMagnitudes(_ decoder: MQDecoder, _ plane: UInt32) -> MQDecoder {
        var local = decoder
        var later = unsafe local.contexts[Context.refinement + 2]
        var place = unsafe columns
        var sample = unsafe samples
        for _ in 0..<stripes {
            for _ in 0..<width {
                var column = unsafe place[0]
                if column & StripeColumn.allSignificant != 0 {
                    unsafe refine(&local, &later, &column, sample, 0, plane)
                    unsafe refine(&local, &later, &column, sample, 1, plane)
                    unsafe refine(&local, &later, &column, sample, 2, plane)
                    unsafe refine(&local, &later, &column, sample, 3, plane)
                    unsafe place[0] = column
                }
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
        unsafe local.contexts[Context.refinement + 2] = later
        return local
    }

    // MARK: Cleanup (D.3.4)

    @inline(__always)
    private func clean(
        _ decoder: inout MQDecoder, _ place: UnsafeMutablePointer<UInt32>, _ column: inout UInt32,
        _ sample: UnsafeMutablePointer<UInt32>, _ row: UInt32, _ plane: UInt32, _ pitch: Int
    ) {
        let shift = 3 &* row
        guard column & (StripeColumn.significant | StripeColumn.visited) &<< shift == 0 else { return }
        let context = unsafe significance[Int((column &>> shift) & StripeColumn.neighbours)]
        if decoder.decodeEven(Int(context)) != 0 { unsafe begin(&decoder, place, &column, sample, row, plane, pitch) }
    }

    /// All that the other two passes left over. Ends with the bit-plane: nothing counts as coded any more.
    func cleanUp(_ decoder: MQDecoder, _ plane: UInt32) -> MQDecoder {
        var local = decoder
        let pitch = self.pitch
        var place = unsafe columns
        var sample = unsafe samples
        for stripe in 0..<stripes {
            let kept = stripe == stripes - 1 ? ~StripeColumn.allVisited | absent : ~StripeColumn.allVisited
            for _ in 0..<width {
                var column = unsafe place[0]
                if column != 0 {
                    unsafe clean(&local, place, &column, sample, 0, plane, pitch)
                    unsafe clean(&local, place, &column, sample, 1, plane, pitch)
                    unsafe clean(&local, place, &column, sample, 2, plane, pitch)
                    unsafe clean(&local, place, &column, sample, 3, plane, pitch)
                    unsafe place[0] = column & kept
                } else if local.decode(Context.runLength) != 0 {
                    let high = local.decode(Context.uniform)
                    var row = high << 1 | local.decode(Context.uniform)
                    unsafe begin(&local, place, &column, sample, row, plane, pitch)
                    row += 1
                    while row < 4 {
                        unsafe clean(&local, place, &column, sample, row, plane, pitch)
                        row += 1
                    }
                    unsafe place[0] = column
                }
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
        return local
    }
}
