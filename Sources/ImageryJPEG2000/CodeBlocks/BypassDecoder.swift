// The coding passes whose decisions are plain bits (selective arithmetic coding bypass, T.800 D.6).

/// The bits of a bypass segment, most significant first; behind a byte FF the next has seven (D.6). Behind the segment's bytes two bytes FF
/// must stand: they are never passed, and give ones.
@safe
struct BypassDecoder {
    private var byte: UInt32 = 0
    private var count: UInt32 = 0
    private var next: UnsafePointer<UInt8>

    init(_ bytes: UnsafePointer<UInt8>) { unsafe next = bytes }

    @inline(__always)
    mutating func bit() -> UInt32 {
        if count == 0 {
            let following = unsafe UInt32(next[0])
            if byte == 0xff && following > 0x8f {
                count = 8
            } else {
                count = byte == 0xff ? 7 : 8
                byte = following
                unsafe next += 1
            }
        }
        count &-= 1
        return byte &>> count & 1
    }
}

extension BlockState {
    func propagateSignificance(_ decoder: inout BypassDecoder, _ plane: UInt32) {
        let pitch = self.pitch
        var place = unsafe columns
        var sample = unsafe samples
        for _ in 0..<stripes {
            for _ in 0..<width {
                var column = unsafe place[0]
                let across = (column | column &>> 1 | column &<< 1) & StripeColumn.middle
                let around = across | across &>> 3 | across &<< 3
                var candidates = around & StripeColumn.uncoded(column)
                var pending = candidates
                while pending != 0 {
                    let shift = StripeColumn.next(&pending)
                    guard decoder.bit() != 0 else { continue }
                    let sign = decoder.bit()
                    unsafe sample[StripeColumn.row(shift)] = sign &<< 31 | 3 &<< plane
                    unsafe announce(place, &column, sign, shift, pitch)
                    let below = StripeColumn.significant &<< (shift &+ 3) & StripeColumn.uncoded(column) & ~candidates
                    candidates |= below
                    pending |= below
                }
                unsafe place[0] = column | candidates &<< StripeColumn.visitedAbove
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
    }

    func refineMagnitudes(_ decoder: inout BypassDecoder, _ plane: UInt32) {
        var place = unsafe columns
        var sample = unsafe samples
        for _ in 0..<stripes {
            for _ in 0..<width {
                var column = unsafe place[0]
                var pending = column & StripeColumn.allSignificant & ~(column &>> StripeColumn.visitedAbove)
                column |= pending &<< StripeColumn.refinedAbove
                while pending != 0 {
                    let shift = StripeColumn.next(&pending)
                    unsafe sample[StripeColumn.row(shift)] ^= (3 &- 2 &* decoder.bit()) &<< plane
                }
                unsafe place[0] = column
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
    }
}
