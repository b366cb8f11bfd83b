// The loop nearly all bytes pass through. Documentation/performance/inflate.md tells how it came to look like this.

extension Inflater {
    /// Why the fast loop ended.
    enum FastStop {
        /// Not enough room around input or output.
        case margin
        /// A piece as large as the cache likes is decoded.
        case pause
        case endOfBlock
        case badSymbol
        case badDistance
    }

    /// One turn reads at most 16 bytes from the input position it starts at plus 7: two refills of 8 bytes.
    private static var inputMargin: Int { 32 }
    /// One turn writes at most 4 literals, a match of 258 bytes and 15 bytes beyond its end.
    private static var outputMargin: Int { 288 }

    /// Decodes symbols while the margins hold.
    ///
    /// Proof of the pointers: each turn starts with `inputMargin` readable and `outputMargin` writable bytes, see there; sources of matches
    /// are checked against what was decoded; table indices are masked to the root, and subtables lie inside the tables (`TableSize`).
    mutating func decodeSymbolsFast(_ transfer: inout Transfer) -> FastStop {
        var input = unsafe transfer.input
        var output = unsafe transfer.output
        guard unsafe transfer.inputEnd - input > Self.inputMargin, unsafe transfer.outputEnd - output > Self.outputMargin else {
            return .margin
        }
        let inputLimit = unsafe transfer.inputEnd - Self.inputMargin
        let outputLimit = unsafe min(transfer.outputEnd - Self.outputMargin, transfer.pauseAt)
        let outputBase = unsafe transfer.outputBase
        let literalTable = unsafe UnsafePointer(tables.literal)
        let distanceTable = unsafe UnsafePointer(tables.distance)
        let literalMask: UInt64 = (1 << UInt64(TableSize.literalBits)) - 1
        let distanceMask: UInt64 = (1 << UInt64(TableSize.distanceBits)) - 1
        var bits = self.bits
        // Only the low six bits count: entries are subtracted whole, and what their upper bits leave above is never looked at.
        var bitCount = UInt32(truncatingIfNeeded: self.bitCount)
        var stop = FastStop.margin

        bits |= unsafe input.loadUnaligned(as: UInt64.self).littleEndian &<< UInt64(bitCount)
        unsafe input += 7 &- Int((bitCount &>> 3) & 7)
        bitCount |= 56
        var entry = unsafe literalTable[Int(truncatingIfNeeded: bits & literalMask)]
        turn: repeat {
            // Up to four literals (44 bits) before the bits run low.
            var saved = bits
            bits &>>= UInt64(entry)
            bitCount &-= entry
            if entry & Entry.literal != 0 {
                unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: entry &>> 16), as: UInt8.self)
                unsafe output += 1
                entry = unsafe literalTable[Int(truncatingIfNeeded: bits & literalMask)]
                saved = bits
                bits &>>= UInt64(entry)
                bitCount &-= entry
                if entry & Entry.literal != 0 {
                    unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: entry &>> 16), as: UInt8.self)
                    unsafe output += 1
                    entry = unsafe literalTable[Int(truncatingIfNeeded: bits & literalMask)]
                    saved = bits
                    bits &>>= UInt64(entry)
                    bitCount &-= entry
                    if entry & Entry.literal != 0 {
                        unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: entry &>> 16), as: UInt8.self)
                        unsafe output += 1
                        entry = unsafe literalTable[Int(truncatingIfNeeded: bits & literalMask)]
                        saved = bits
                        bits &>>= UInt64(entry)
                        bitCount &-= entry
                        if entry & Entry.literal != 0 {
                            unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: entry &>> 16), as: UInt8.self)
                            unsafe output += 1
                            bits |= unsafe input.loadUnaligned(as: UInt64.self).littleEndian &<< UInt64(bitCount)
                            unsafe input += 7 &- Int((bitCount &>> 3) & 7)
                            bitCount |= 56
                            entry = unsafe literalTable[Int(truncatingIfNeeded: bits & literalMask)]
                            continue turn
                        }
                    }
                }
            }
            if entry & Entry.exceptional != 0 {
                if entry & Entry.subtable != 0 {
                    let mask = (UInt64(1) &<< UInt64((entry &>> 8) & 15)) &- 1
                    entry = unsafe literalTable[Int(entry &>> 16) &+ Int(truncatingIfNeeded: bits & mask)]
                    saved = bits
                    bits &>>= UInt64(entry)
                    bitCount &-= entry
                    if entry & Entry.literal != 0 {
                        unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: entry >> 16), as: UInt8.self)
                        unsafe output += 1
                        bits |= unsafe input.loadUnaligned(as: UInt64.self).littleEndian &<< UInt64(bitCount)
                        unsafe input += 7 &- Int((bitCount &>> 3) & 7)
                        bitCount |= 56
                        entry = unsafe literalTable[Int(truncatingIfNeeded: bits & literalMask)]
                        continue turn
                    }
                }
                if entry & Entry.exceptional != 0 {
                    stop = entry & Entry.endOfBlock != 0 ? .endOfBlock : .badSymbol
                    break turn
                }
            }
            let length = Int(entry &>> 16) &+ extraBits(of: entry, saved)

            // At least 3 bits are left; a distance takes up to 28.
            if UInt8(truncatingIfNeeded: bitCount) < 28 {
                bits |= unsafe input.loadUnaligned(as: UInt64.self).littleEndian &<< UInt64(bitCount)
                unsafe input += 7 &- Int((bitCount &>> 3) & 7)
                bitCount |= 56
            }
            var far = unsafe distanceTable[Int(truncatingIfNeeded: bits & distanceMask)]
            if far & Entry.exceptional != 0 {
                guard far & Entry.subtable != 0 else {
                    stop = .badSymbol
                    break turn
                }
                bits &>>= UInt64(TableSize.distanceBits)
                bitCount &-= UInt32(TableSize.distanceBits)
                let mask = (UInt64(1) &<< UInt64((far &>> 8) & 15)) &- 1
                far = unsafe distanceTable[Int(far &>> 16) &+ Int(truncatingIfNeeded: bits & mask)]
                guard far & Entry.exceptional == 0 else {
                    stop = .badSymbol
                    break turn
                }
            }
            let distance = Int(far &>> 16) &+ extraBits(of: far, bits)
            bits &>>= UInt64(far)
            bitCount &-= far

            // The next look-up starts before the copy, which then runs in its shadow.
            bits |= unsafe input.loadUnaligned(as: UInt64.self).littleEndian &<< UInt64(bitCount)
            unsafe input += 7 &- Int((bitCount &>> 3) & 7)
            bitCount |= 56
            entry = unsafe literalTable[Int(truncatingIfNeeded: bits & literalMask)]

            if unsafe distance > output - outputBase {
                unsafe transfer.output = output
                guard unsafe copyMatch(distance: distance, count: length, &transfer) else {
                    stop = .badDistance
                    break turn
                }
                unsafe output = transfer.output
                continue turn
            }
            let end = unsafe output + length
            var source = unsafe UnsafeRawPointer(output - distance)
            if distance >= 8 {
                repeat {
                    // Two steps of eight, so that the second may read what the first wrote.
                    unsafe output.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
                    let second = unsafe source.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
                    unsafe output.storeBytes(of: second, toByteOffset: 8, as: UInt64.self)
                    unsafe source += 16
                    unsafe output += 16
                } while unsafe output < end
            } else if distance == 1 {
                let run = unsafe 0x0101_0101_0101_0101 &* UInt64(source.load(as: UInt8.self))
                repeat {
                    unsafe output.storeBytes(of: run, as: UInt64.self)
                    unsafe output.storeBytes(of: run, toByteOffset: 8, as: UInt64.self)
                    unsafe output += 16
                } while unsafe output < end
            } else {
                // Eight bytes hold at least one period; steps of whole periods keep the phase.
                let pattern = unsafe source.loadUnaligned(as: UInt64.self)
                unsafe output.storeBytes(of: pattern, as: UInt64.self)
                repeat {
                    unsafe source += distance
                    unsafe output += distance
                    unsafe output.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
                } while unsafe output < end
            }
            unsafe output = end
        } while unsafe input < inputLimit && output < outputLimit

        unsafe transfer.input = input
        unsafe transfer.output = output
        self.bits = bits
        self.bitCount = UInt64(bitCount & 63)
        if stop == .margin, unsafe output >= transfer.pauseAt, unsafe transfer.outputEnd - output > Self.outputMargin {
            return .pause
        }
        return stop
    }

    /// The extra bits of a length or distance, of which `window` starts with the code.
    @inline(__always)
    private func extraBits(of entry: UInt32, _ window: UInt64) -> Int {
        let field = window & ((1 &<< UInt64(entry & 0xff)) &- 1)
        return Int(truncatingIfNeeded: field &>> UInt64((entry &>> 8) & 15))
    }
}
