// The three coding passes over a bit-plane (T.800 D.3): which samples they code, in which order and contexts.

/// What a coding pass does with a sample: its decisions are read, or written.
protocol SampleCoder {
    /// Whether a sample with these significant ``Neighbour``s becomes significant itself, in a context of Table D.1.
    mutating func significance(_ neighbours: UInt8, _ sample: UnsafeMutablePointer<UInt32>) -> Bool
    /// The sign, 0 or 1, of a sample that has become significant: `entry` is what ``ContextTables/signs`` says.
    mutating func sign(_ entry: UInt8, _ sample: UnsafeMutablePointer<UInt32>) -> UInt8
    /// One more bit of a magnitude, in a context of Table D.4.
    mutating func refine(_ context: Int, _ sample: UnsafeMutablePointer<UInt32>)
    /// The same for samples that were refined before, in `Context.refinement + 2`; there are most of these.
    mutating func refineAgain(_ sample: UnsafeMutablePointer<UInt32>)
    /// Before and behind several calls of ``refineAgain(_:)``.
    mutating func beginRefiningAgain()
    mutating func endRefiningAgain()
    /// The first of four samples of a column that becomes significant (Table D.5), 4 if none does.
    mutating func run(_ samples: UnsafeMutablePointer<UInt32>) -> Int
    /// A copy by way of registers: with mere assignments a pass would work in its caller's memory.
    var copy: Self { get }
}

extension BlockState {
    /// By row of a sample, eight bits each: those of its neighbours that a pass comes to later in the same panel, seen from its own bit.
    private static let laterNeighbours: UInt64 = 0x183a_3a32

    /// A sample has become significant: its sign (D.3.2), and all that follows from it.
    @inline(__always)
    private func begin<Coder: SampleCoder>(
        _ local: inout Coder, _ sample: UnsafeMutablePointer<UInt32>, _ around: UnsafeMutablePointer<UInt8>, _ row: Int
    ) {
        let up = unsafe steps[row]
        let down = unsafe steps[row &+ 4]
        let signs = unsafe around + Self.negative
        let beside = unsafe Int(signs[-4]) &+ 2 &* Int(signs[4])
        let above = unsafe Int(signs[up]) &+ 2 &* Int(signs[down])
        let entry = unsafe self.signs[Int(around[0] &>> 4) | (beside &+ 4 &* above) &<< 4]
        unsafe announce(around, row, up, down)
        unsafe signs[0] = unsafe local.sign(entry, sample)
    }

    /// The samples that there are in a panel.
    @inline(__always)
    private func present(_ stripe: Int, _ panel: Int) -> UInt64 {
        (stripe == stripes &- 1 ? lastRows : .max) & (panel == panels &- 1 ? lastColumns : .max)
    }

    // MARK: Significance propagation (D.3.1)

    func propagateSignificance<Coder: SampleCoder>(_ coder: inout Coder) {
        var local = coder.copy
        let pitch = self.pitch
        for stripe in 0..<stripes {
            var set = unsafe significant + stripe &* pitch
            var around = unsafe neighbours + stripe &* neighbourPitch
            var sample = unsafe samples + stripe &* width &* 4
            var left: UInt64 = 0
            var current = unsafe spread(set, set[0], pitch)
            for panel in 0..<panels {
                let next = unsafe spread(set + 1, set[1], pitch)
                var known = unsafe set[0]
                let free = ~known & present(stripe, panel)
                var pending = (current | current &<< 4 | current &>> 4 | left &>> 60 | next &<< 60) & free
                var coded = pending
                left = current
                if pending != 0 {
                    repeat {
                        let place = pending.trailingZeroBitCount
                        pending &= pending &- 1
                        if unsafe local.significance(around[place], sample + place) {
                            let row = place & 3
                            known |= 1 &<< UInt64(truncatingIfNeeded: place)
                            let later = Self.laterNeighbours &>> UInt64(truncatingIfNeeded: row &* 8) & 0xff
                            let more = later &<< UInt64(truncatingIfNeeded: place) & free
                            pending |= more
                            coded |= more
                            unsafe begin(&local, sample + place, around + place, row)
                        }
                    } while pending != 0
                    unsafe set[0] = known
                    left = unsafe spread(set, known, pitch)
                }
                unsafe set[Self.visited] = coded
                current = next
                unsafe set += 1
                unsafe around += 4 * Panel.columns
                unsafe sample += 4 * Panel.columns
            }
        }
        coder = local.copy
    }

    // MARK: Magnitude refinement (D.3.3)

    func refineMagnitudes<Coder: SampleCoder>(_ coder: inout Coder) {
        var local = coder.copy
        let pitch = self.pitch
        for stripe in 0..<stripes {
            var set = unsafe significant + stripe &* pitch
            var sample = unsafe samples + stripe &* width &* 4
            for _ in 0..<panels {
                var pending = unsafe set[0] & ~set[Self.visited]
                if pending != 0 {
                    let refined = unsafe set[Self.refined]
                    unsafe set[Self.refined] = refined | pending
                    if pending & ~refined == 0 {
                        local.beginRefiningAgain()
                        repeat {
                            unsafe local.refineAgain(sample + pending.trailingZeroBitCount)
                            pending &= pending &- 1
                        } while pending != 0
                        local.endRefiningAgain()
                    } else {
                        let beside = unsafe spread(set - 1, set[-1], pitch) &>> 60 | spread(set + 1, set[1], pitch) &<< 60
                        let vertical = unsafe verticalNeighbours(set, set[0], pitch)
                        let own = unsafe vertical | set[0]
                        // Table D.4.
                        let accompanied = (own &<< 4 | own &>> 4 | vertical | beside) & ~refined
                        repeat {
                            let place = pending.trailingZeroBitCount
                            let shift = UInt64(truncatingIfNeeded: place)
                            pending &= pending &- 1
                            let context = (accompanied &>> shift) & 1 | ((refined &>> shift) & 1) &<< 1
                            unsafe local.refine(Context.refinement &+ Int(context), sample + place)
                        } while pending != 0
                    }
                }
                unsafe set += 1
                unsafe sample += 4 * Panel.columns
            }
        }
        coder = local.copy
    }

    // MARK: Cleanup (D.3.4)

    /// All that the other two passes left over.
    func cleanUp<Coder: SampleCoder>(_ coder: inout Coder) {
        var local = coder.copy
        let pitch = self.pitch
        for stripe in 0..<stripes {
            var set = unsafe significant + stripe &* pitch
            var around = unsafe neighbours + stripe &* neighbourPitch
            var sample = unsafe samples + stripe &* width &* 4
            var left: UInt64 = 0
            var current = unsafe spread(set, set[0], pitch)
            for panel in 0..<panels {
                let next = unsafe spread(set + 1, set[1], pitch)
                var known = unsafe set[0]
                let present = present(stripe, panel)
                var pending = unsafe ~(known | set[Self.visited]) & present
                if pending != 0 {
                    // Columns of four whose contexts are all 0 (D.3.4, Table D.5) are coded at one go: their top row stands for them.
                    let near = current | current &<< 4 | current &>> 4 | left &>> 60 | next &<< 60 | ~present
                    let pairs = near | near &>> 1
                    var runs = ~(pairs | pairs &>> 2) & Panel.topRow
                    pending &= ~(runs &* 0b1110)
                    repeat {
                        var place = pending.trailingZeroBitCount
                        let top = pending & (0 &- pending)
                        pending ^= top
                        if runs & top != 0 {
                            let row = unsafe local.run(sample + place)
                            if row == 4 { continue }
                            pending |= (0b1110 &<< UInt64(truncatingIfNeeded: row) & 0b1111) &* top
                            place &+= row
                        } else {
                            guard unsafe local.significance(around[place], sample + place) else { continue }
                        }
                        known |= 1 &<< UInt64(truncatingIfNeeded: place)
                        // The next column has a significant neighbour now.
                        let ended = runs & 16 &<< UInt64(truncatingIfNeeded: place & ~3)
                        runs ^= ended
                        pending |= ended &* 0b1111
                        unsafe begin(&local, sample + place, around + place, place & 3)
                    } while pending != 0
                    unsafe set[0] = known
                }
                left = unsafe spread(set, known, pitch)
                current = next
                unsafe set += 1
                unsafe around += 4 * Panel.columns
                unsafe sample += 4 * Panel.columns
            }
        }
        coder = local.copy
    }
}
