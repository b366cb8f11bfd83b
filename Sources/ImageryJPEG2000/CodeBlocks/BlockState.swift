// The three coding passes over a bit-plane (T.800 D.3), with the MQ decoder.

/// The memory of one code-block while its bit-planes are decoded.
///
/// Samples stand in stripes of four rows, column by column, each as sign (bit 31) and magnitude: bit p + 1 is bit-plane p, the bit below the
/// last decoded one is set (the midpoint). A sample that is found significant in plane p thus starts as 3 << p, and each refinement
/// flips bit p + 1 if it is zero, and moves the midpoint: all changes are exclusive ors.
///
/// The sizes were checked by ``CodeBlockDecoder``: `columns` has a border of one word left, right and above, and one stripe below.
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

    /// Notes in a column and its neighbours that the sample in row `shift` / 3 has become significant. What lies in the stripe above does not
    /// see it if contexts are vertically causal (D.7).
    @inline(__always)
    func announce(_ place: UnsafeMutablePointer<UInt32>, _ column: inout UInt32, _ sign: UInt32, _ shift: UInt32, _ pitch: Int) {
        unsafe place[-1] |= 1 &<< (5 &+ shift)
        unsafe place[1] |= 1 &<< (3 &+ shift)
        column |= sign &<< (19 &+ shift) | StripeColumn.significant &<< shift
        if shift == 0 && !isCausal {
            let above = unsafe place - pitch
            unsafe above[-1] |= 1 << 17
            unsafe above[0] |= sign &<< 31 | 1 << 16
            unsafe above[1] |= 1 << 15
        }
        if shift == 9 {
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
        _ sample: UnsafeMutablePointer<UInt32>, _ shift: UInt32, _ plane: UInt32, _ pitch: Int
    ) {
        let index = unsafe ContextTables.signIndex(column, place[-1], place[1], shift)
        let entry = unsafe signs[index]
        let sign = decoder.decodeEven(Int(entry & 0x7f)) ^ UInt32(entry >> 7)
        unsafe sample[StripeColumn.row(shift)] = sign &<< 31 | 3 &<< plane
        unsafe announce(place, &column, sign, shift, pitch)
    }

    // MARK: Significance propagation (D.3.1)

    func propagateSignificance(_ decoder: MQDecoder, _ plane: UInt32) -> MQDecoder {
        // A local copy stays in registers.
        var local = decoder
        let pitch = self.pitch
        var place = unsafe columns
        var sample = unsafe samples
        for _ in 0..<stripes {
            for _ in 0..<width {
                var column = unsafe place[0]
                // The middle bit of each row: is anything significant in it, and then in the rows around.
                let across = (column | column &>> 1 | column &<< 1) & StripeColumn.middle
                let around = across | across &>> 3 | across &<< 3
                var candidates = around & StripeColumn.uncoded(column)
                if candidates != 0 {
                    var pending = candidates
                    repeat {
                        let shift = StripeColumn.next(&pending)
                        let context = unsafe significance[Int((column &>> shift) & StripeColumn.neighbours)]
                        if local.decodeEven(Int(context)) != 0 {
                            unsafe begin(&local, place, &column, sample, shift, plane, pitch)
                            // The sample below has a significant neighbour now.
                            let below = StripeColumn.significant &<< (shift &+ 3) & StripeColumn.uncoded(column) & ~candidates
                            candidates |= below
                            pending |= below
                        }
                    } while pending != 0
                    unsafe place[0] = column | candidates &<< StripeColumn.visitedAbove
                }
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
        return local
    }

    // MARK: Magnitude refinement (D.3.3)

    func refineMagnitudes(_ decoder: MQDecoder, _ plane: UInt32) -> MQDecoder {
        var local = decoder
        var later = unsafe local.contexts[Context.refinement + 2]
        var place = unsafe columns
        var sample = unsafe samples
        for _ in 0..<stripes {
            for _ in 0..<width {
                let column = unsafe place[0]
                var pending = column & StripeColumn.allSignificant & ~(column &>> StripeColumn.visitedAbove)
                if pending != 0 {
                    let refined = pending &<< StripeColumn.refinedAbove
                    repeat {
                        let shift = StripeColumn.next(&pending)
                        // Table D.4.
                        let bit: UInt32
                        if column & StripeColumn.refined &<< shift != 0 {
                            bit = local.decodeEven(&later)
                        } else {
                            let context = column & StripeColumn.neighbours &<< shift == 0 ? 0 : 1
                            bit = local.decodeEven(Context.refinement &+ context)
                        }
                        unsafe sample[StripeColumn.row(shift)] ^= (3 &- 2 &* bit) &<< plane
                    } while pending != 0
                    unsafe place[0] = column | refined
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
                var pending = StripeColumn.uncoded(column)
                if column == 0 {
                    // Four samples at one go (D.3.4, Table D.5).
                    guard local.decode(Context.runLength) != 0 else {
                        unsafe place += 1
                        unsafe sample += 4
                        continue
                    }
                    let high = local.decodeEven(Context.uniform)
                    let shift = 3 &* (high << 1 | local.decodeEven(Context.uniform))
                    unsafe begin(&local, place, &column, sample, shift, plane, pitch)
                    pending &= StripeColumn.allSignificant &<< (shift &+ 3)
                }
                while pending != 0 {
                    let shift = StripeColumn.next(&pending)
                    let context = unsafe significance[Int((column &>> shift) & StripeColumn.neighbours)]
                    if local.decodeEven(Int(context)) != 0 {
                        unsafe begin(&local, place, &column, sample, shift, plane, pitch)
                    }
                }
                unsafe place[0] = column & kept
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
        return local
    }
}
