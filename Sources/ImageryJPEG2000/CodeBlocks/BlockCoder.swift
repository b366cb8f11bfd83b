// The three coding passes over a bit-plane (T.800 D.3), with the MQ encoder.

/// A code-block while its bit-planes are encoded: the memory is laid out as for decoding, but samples hold a sign (bit 31) and
/// all of the magnitude.
///
/// Each pass adds to ``gain`` by how much it lowers the squared error, in units of a quarter of the square of its bit-plane's value, when
/// decoders put what they do not know in the middle: with x as the rest of a magnitude in units of the plane, 3 x - 9/4 for a sample that
/// becomes significant, x - 5/4 or 3/4 - x for one that is refined. x has ``fractionBits`` fraction bits.
@safe
struct BlockCoder {
    let state: BlockState
    var encoder: MQEncoder
    var gain: Int64 = 0

    static let fractionBits: UInt32 = 7

    /// x of a magnitude of which bit `plane` is coded: it and what is below.
    @inline(__always)
    private static func rest(_ sample: UInt32, _ plane: UInt32) -> UInt32 {
        // The bit of the plane becomes the highest; the sign is shifted out.
        let low = sample &<< (31 &- plane)
        return low &>> (31 &- fractionBits)
    }

    /// What a sample that becomes significant in `plane` gains: four times 3 x - 9/4.
    @inline(__always)
    private static func newGain(_ sample: UInt32, _ plane: UInt32) -> Int64 {
        12 &* Int64(rest(sample, plane)) &- 9 &<< Int64(fractionBits)
    }

    /// Encodes the sign of a sample that has become significant (D.3.2) and tells its neighbours.
    @inline(__always)
    private func begin(
        _ local: inout MQEncoder, _ place: UnsafeMutablePointer<UInt32>, _ column: inout UInt32, _ sample: UInt32, _ shift: UInt32,
        _ pitch: Int
    ) {
        let index = unsafe ContextTables.signIndex(column, place[-1], place[1], shift)
        let entry = unsafe state.signs[index]
        let sign = sample &>> 31
        local.encode(sign ^ UInt32(entry >> 7), Int(entry & 0x7f))
        unsafe state.announce(place, &column, sign, shift, pitch)
    }

    /// D.3.1.
    mutating func propagateSignificance(_ plane: UInt32) {
        // Local copies stay in registers.
        var local = encoder
        var gain: Int64 = 0
        let pitch = state.pitch
        let significance = unsafe state.significance
        var place = unsafe state.columns
        var sample = unsafe UnsafePointer(state.samples)
        for _ in 0..<state.stripes {
            for _ in 0..<state.width {
                var column = unsafe place[0]
                let across = (column | column &>> 1 | column &<< 1) & StripeColumn.middle
                let around = across | across &>> 3 | across &<< 3
                var candidates = around & StripeColumn.uncoded(column)
                if candidates != 0 {
                    var pending = candidates
                    repeat {
                        let shift = StripeColumn.next(&pending)
                        let context = unsafe significance[Int((column &>> shift) & StripeColumn.neighbours)]
                        let value = unsafe sample[StripeColumn.row(shift)]
                        let bit = (value &>> plane) & 1
                        local.encode(bit, Int(context))
                        if bit != 0 {
                            unsafe begin(&local, place, &column, value, shift, pitch)
                            gain &+= Self.newGain(value, plane)
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
        encoder = local
        self.gain = gain
    }

    /// D.3.3.
    mutating func refineMagnitudes(_ plane: UInt32) {
        var local = encoder
        var gain: Int64 = 0
        var place = unsafe state.columns
        var sample = unsafe UnsafePointer(state.samples)
        for _ in 0..<state.stripes {
            for _ in 0..<state.width {
                let column = unsafe place[0]
                var pending = column & StripeColumn.allSignificant & ~(column &>> StripeColumn.visitedAbove)
                if pending != 0 {
                    let refined = pending &<< StripeColumn.refinedAbove
                    repeat {
                        let shift = StripeColumn.next(&pending)
                        // Table D.4.
                        let isFirst = column & StripeColumn.refined &<< shift == 0
                        let isAlone = column & StripeColumn.neighbours &<< shift == 0
                        let context = Context.refinement &+ (isFirst ? isAlone ? 0 : 1 : 2)
                        let value = unsafe sample[StripeColumn.row(shift)]
                        let bit = (value &>> plane) & 1
                        local.encode(bit, context)
                        let x = Int64(Self.rest(value, plane))
                        let sign = Int64(bit) &* 2 &- 1
                        gain &+= sign &* 4 &* x &+ (3 &- 8 &* Int64(bit)) &<< Int64(Self.fractionBits)
                    } while pending != 0
                    unsafe place[0] = column | refined
                }
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
        encoder = local
        self.gain = gain
    }

    /// D.3.4. Ends with the bit-plane.
    mutating func cleanUp(_ plane: UInt32) {
        var local = encoder
        var gain: Int64 = 0
        let pitch = state.pitch
        let significance = unsafe state.significance
        var place = unsafe state.columns
        var sample = unsafe UnsafePointer(state.samples)
        for stripe in 0..<state.stripes {
            let isLast = stripe == state.stripes - 1
            let kept = isLast ? ~StripeColumn.allVisited | state.absent : ~StripeColumn.allVisited
            for _ in 0..<state.width {
                var column = unsafe place[0]
                var pending = StripeColumn.uncoded(column)
                if column == 0 {
                    // Four samples at one go (D.3.4, Table D.5).
                    let bits = unsafe (sample[0] &>> plane) & 1 | ((sample[1] &>> plane) & 1) &<< 1
                    let more = unsafe ((sample[2] &>> plane) & 1) &<< 2 | ((sample[3] &>> plane) & 1) &<< 3
                    let found = bits | more
                    guard found != 0 else {
                        local.encode(0, Context.runLength)
                        unsafe place += 1
                        unsafe sample += 4
                        continue
                    }
                    let row = UInt32(truncatingIfNeeded: found.trailingZeroBitCount)
                    local.encode(1, Context.runLength)
                    local.encode(row &>> 1, Context.uniform)
                    local.encode(row & 1, Context.uniform)
                    let value = unsafe sample[Int(row)]
                    unsafe begin(&local, place, &column, value, 3 &* row, pitch)
                    gain &+= Self.newGain(value, plane)
                    pending &= StripeColumn.allSignificant &<< (3 &* row &+ 3)
                }
                while pending != 0 {
                    let shift = StripeColumn.next(&pending)
                    let context = unsafe significance[Int((column &>> shift) & StripeColumn.neighbours)]
                    let value = unsafe sample[StripeColumn.row(shift)]
                    let bit = (value &>> plane) & 1
                    local.encode(bit, Int(context))
                    if bit != 0 {
                        unsafe begin(&local, place, &column, value, shift, pitch)
                        gain &+= Self.newGain(value, plane)
                    }
                }
                unsafe place[0] = column & kept
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
        encoder = local
        self.gain = gain
    }
}
