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
                if column != 0 {
                    for row: UInt32 in 0..<4 {
                        let shift = 3 &* row
                        guard column & (StripeColumn.significant | StripeColumn.visited) &<< shift == 0,
                            column & StripeColumn.neighbours &<< shift != 0
                        else { continue }
                        if decoder.bit() != 0 {
                            let sign = decoder.bit()
                            unsafe sample[Int(row)] = sign &<< 31 | 3 &<< plane
                            unsafe announce(place, &column, sign, row, pitch)
                        }
                        column |= StripeColumn.visited &<< shift
                    }
                    unsafe place[0] = column
                }
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
                for row: UInt32 in 0..<4 {
                    let shift = 3 &* row
                    let state = column & (StripeColumn.significant | StripeColumn.visited) &<< shift
                    guard state == StripeColumn.significant &<< shift else { continue }
                    unsafe sample[Int(row)] ^= (3 &- 2 &* decoder.bit()) &<< plane
                    column |= StripeColumn.refined &<< shift
                }
                unsafe place[0] = column
                unsafe place += 1
                unsafe sample += 4
            }
            unsafe place += 2
        }
    }
}
