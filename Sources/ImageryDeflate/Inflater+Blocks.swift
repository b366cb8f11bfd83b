// The block syntax (RFC 1951 3.2.3-3.2.7), resumable at every bit of input and every byte of output.

extension Inflater {
    /// Decodes until something is used up. Every step either has all its bits at hand or leaves them in the bit buffer, so that a call can
    /// stop between any two steps.
    mutating func advance(_ transfer: inout Transfer) -> Stop {
        while true {
            let stop: Stop?
            switch phase {
            case .zlibHeader: stop = unsafe readZlibHeader(&transfer)
            case .gzipHeader(let field): stop = unsafe readGzipHeader(field, &transfer)
            case .blockHeader: stop = unsafe readBlockHeader(&transfer)
            case .storedHeader: stop = unsafe readStoredHeader(&transfer)
            case .stored: stop = unsafe copyStored(&transfer)
            case .dynamicHeader: stop = unsafe readAlphabetCounts(&transfer)
            case .codeLengthLengths: stop = unsafe readCodeLengthLengths(&transfer)
            case .codeLengths: stop = unsafe readCodeLengths(&transfer)
            case .symbols: stop = unsafe decodeSymbols(&transfer)
            case .match: stop = unsafe finishMatch(&transfer)
            case .trailer, .gzipSize: stop = unsafe readTrailer(&transfer)
            case .finished: stop = .finished
            case .failed(let failure): stop = .failed(failure)
            }
            if let stop { return stop }
        }
    }

    // MARK: Bits

    /// Fills the bit buffer to at least 56 bits, or with all that is left of the input.
    ///
    /// The long form loads eight bytes and counts the whole ones that fit; the bits above `bitCount` are then the input's next bits already,
    /// and loading them again changes nothing.
    @inline(__always)
    mutating func refill(_ transfer: inout Transfer) {
        if unsafe transfer.inputEnd - transfer.input >= 8 {
            bits |= unsafe transfer.input.loadUnaligned(as: UInt64.self).littleEndian &<< bitCount
            unsafe transfer.input += Int((63 &- bitCount) &>> 3)
            bitCount |= 56
        } else {
            while unsafe bitCount < 56 && transfer.input < transfer.inputEnd {
                bits |= unsafe UInt64(transfer.input.load(as: UInt8.self)) &<< bitCount
                unsafe transfer.input += 1
                bitCount += 8
            }
        }
    }

    /// Makes sure of `count` bits, at most 56.
    @inline(__always)
    mutating func require(_ count: UInt64, _ transfer: inout Transfer) -> Bool {
        if bitCount >= count { return true }
        unsafe refill(&transfer)
        return bitCount >= count
    }

    @inline(__always)
    mutating func drop(_ count: UInt64) {
        bits &>>= count
        bitCount &-= count
    }

    /// The next bits, at most 32; they must be at hand.
    @inline(__always)
    mutating func take(_ count: UInt64) -> UInt32 {
        let value = UInt32(truncatingIfNeeded: bits & ((1 &<< count) &- 1))
        drop(count)
        return value
    }

    // MARK: Block headers

    private mutating func readBlockHeader(_ transfer: inout Transfer) -> Stop? {
        if isFinalBlock {
            phase = .trailer
            return nil
        }
        if unsafe transfer.output >= transfer.pauseAt && transfer.output < transfer.outputEnd { return .pause }
        guard unsafe require(3, &transfer) else { return .needsInput }
        isFinalBlock = take(1) == 1
        switch take(2) {
        case 0: phase = .storedHeader
        case 1:
            tables.useFixedCode()
            phase = .symbols
        case 2: phase = .dynamicHeader
        default: return .failed(.badBlockType)
        }
        return nil
    }

    /// LEN and NLEN, on a byte boundary (RFC 1951 3.2.4).
    private mutating func readStoredHeader(_ transfer: inout Transfer) -> Stop? {
        drop(bitCount & 7)
        guard unsafe require(32, &transfer) else { return .needsInput }
        let length = take(16)
        guard take(16) == length ^ 0xffff else { return .failed(.badStoredLength) }
        remaining = Int(length)
        phase = .stored
        return nil
    }

    private mutating func copyStored(_ transfer: inout Transfer) -> Stop? {
        // First the bytes that are in the bit buffer already.
        while remaining > 0 && bitCount >= 8 {
            guard unsafe transfer.output < transfer.outputEnd else { return .outputFull }
            unsafe transfer.output.storeBytes(of: UInt8(truncatingIfNeeded: take(8)), as: UInt8.self)
            unsafe transfer.output += 1
            remaining -= 1
        }
        if remaining > 0 {
            // The buffer may still hold a copy of input bits above bitCount, which is 0 here.
            bits = 0
            let room = unsafe transfer.outputEnd - transfer.output
            let available = unsafe transfer.inputEnd - transfer.input
            let count = min(remaining, min(room, available))
            unsafe transfer.output.copyMemory(from: transfer.input, byteCount: count)
            unsafe transfer.output += count
            unsafe transfer.input += count
            remaining -= count
            if remaining > 0 { return available == count ? .needsInput : .outputFull }
        }
        phase = .blockHeader
        return nil
    }

    /// HLIT, HDIST, HCLEN (RFC 1951 3.2.7). Symbols 286, 287, 30 and 31 never occur, so more than 286 or 30 are refused.
    private mutating func readAlphabetCounts(_ transfer: inout Transfer) -> Stop? {
        guard unsafe require(14, &transfer) else { return .needsInput }
        counts.literals = Int(take(5)) + 257
        counts.distances = Int(take(5)) + 1
        counts.codeLengths = Int(take(4)) + 4
        counts.read = 0
        guard counts.literals <= 286, counts.distances <= 30 else { return .failed(.badCodeLengths) }
        for symbol in 0..<InflateTables.codeLengthSymbolCount { unsafe tables.codeLengthLengths[symbol] = 0 }
        phase = .codeLengthLengths
        return nil
    }

    /// The lengths of the code length code, in the order of RFC 1951 3.2.7.
    private mutating func readCodeLengthLengths(_ transfer: inout Transfer) -> Stop? {
        let order: InlineArray<19, UInt8> = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        while counts.read < counts.codeLengths {
            guard unsafe require(3, &transfer) else { return .needsInput }
            unsafe tables.codeLengthLengths[Int(order[counts.read])] = UInt8(truncatingIfNeeded: take(3))
            counts.read += 1
        }
        guard tables.buildCodeLengthCode() else { return .failed(.badCodeLengths) }
        counts.read = 0
        phase = .codeLengths
        return nil
    }

    /// The code lengths of both alphabets as one sequence (RFC 1951 3.2.7).
    private mutating func readCodeLengths(_ transfer: inout Transfer) -> Stop? {
        let total = counts.literals + counts.distances
        while counts.read < total {
            // A code of up to 7 bits and up to 7 bits behind it.
            if bitCount < 14 { unsafe refill(&transfer) }
            let entry = unsafe tables.codeLength[Int(bits & 127)]
            let width = UInt64(entry & 0xff)
            guard width <= bitCount else { return .needsInput }
            guard entry & Entry.exceptional == 0 else { return .failed(.badCodeLengths) }
            let symbol = entry >> 16
            if symbol < 16 {
                drop(width)
                unsafe tables.lengths[counts.read] = UInt8(truncatingIfNeeded: symbol)
                counts.read += 1
                continue
            }
            let extra: UInt64 = symbol == 16 ? 2 : symbol == 17 ? 3 : 7
            guard width + extra <= bitCount else { return .needsInput }
            drop(width)
            let repeats = Int(take(extra)) + (symbol == 18 ? 11 : 3)
            guard repeats <= total - counts.read, symbol != 16 || counts.read > 0 else { return .failed(.badCodeLengths) }
            let value = unsafe symbol == 16 ? tables.lengths[counts.read - 1] : 0
            unsafe (tables.lengths + counts.read).update(repeating: value, count: repeats)
            counts.read += repeats
        }
        guard tables.buildCodes(literals: counts.literals, distances: counts.distances) else { return .failed(.badCodeLengths) }
        phase = .symbols
        return nil
    }

    // MARK: Symbols

    /// The symbols of a block (RFC 1951 3.2.5): the fast loop as long as there is room around it, then one at a time.
    private mutating func decodeSymbols(_ transfer: inout Transfer) -> Stop? {
        switch unsafe decodeSymbolsFast(&transfer) {
        case .margin: break
        case .pause: return .pause
        case .endOfBlock:
            phase = .blockHeader
            return nil
        case .badSymbol: return .failed(.badSymbol)
        case .badDistance: return .failed(.badDistance)
        }
        while true {
            // A length with its distance takes at most 48 bits and is decoded whole or not at all.
            if bitCount < 48 { unsafe refill(&transfer) }
            let (entry, width) = unsafe lookUp(tables.literal, rootBits: UInt64(TableSize.literalBits), after: 0)
            guard width <= bitCount else { return .needsInput }
            if entry & Entry.literal != 0 {
                guard unsafe transfer.output < transfer.outputEnd else { return .outputFull }
                unsafe transfer.output.storeBytes(of: UInt8(truncatingIfNeeded: entry >> 16), as: UInt8.self)
                unsafe transfer.output += 1
                drop(width)
                continue
            }
            if entry & Entry.exceptional != 0 {
                guard entry & Entry.endOfBlock != 0 else { return .failed(.badSymbol) }
                drop(width)
                phase = .blockHeader
                return nil
            }
            let (farEntry, farWidth) = unsafe lookUp(tables.distance, rootBits: UInt64(TableSize.distanceBits), after: width)
            guard width + farWidth <= bitCount else { return .needsInput }
            guard farEntry & Entry.exceptional == 0 else { return .failed(.badSymbol) }
            guard unsafe transfer.output < transfer.outputEnd else { return .outputFull }
            remaining = value(of: entry, endingAt: width)
            matchDistance = value(of: farEntry, endingAt: width + farWidth)
            drop(width + farWidth)
            phase = .match
            if let stop = unsafe finishMatch(&transfer) { return stop }
        }
    }

    /// The entry for the bits behind `skip`, and how many bits it takes from there.
    private func lookUp(_ table: UnsafeMutablePointer<UInt32>, rootBits: UInt64, after skip: UInt64) -> (UInt32, UInt64) {
        let window = bits &>> skip
        let entry = unsafe table[Int(truncatingIfNeeded: window & ((1 &<< rootBits) &- 1))]
        guard entry & (Entry.exceptional | Entry.subtable | Entry.literal) == Entry.exceptional | Entry.subtable else {
            return (entry, UInt64(entry & 0xff))
        }
        let mask = (UInt64(1) &<< UInt64((entry >> 8) & 15)) &- 1
        let below = unsafe table[Int(entry >> 16) + Int(truncatingIfNeeded: (window &>> rootBits) & mask)]
        return (below, rootBits + UInt64(below & 0xff))
    }

    /// Base and extra bits of a length or distance whose last bit lies before `end`.
    private func value(of entry: UInt32, endingAt end: UInt64) -> Int {
        let extra = UInt64(entry & 0xff) - UInt64((entry >> 8) & 15)
        let field = (bits &>> (end - extra)) & ((1 &<< extra) &- 1)
        return Int(entry >> 16) + Int(truncatingIfNeeded: field)
    }

    /// Copies what is left of a match, as far as there is room.
    private mutating func finishMatch(_ transfer: inout Transfer) -> Stop? {
        let count = unsafe min(remaining, transfer.outputEnd - transfer.output)
        guard unsafe copyMatch(distance: matchDistance, count: count, &transfer) else { return .failed(.badDistance) }
        remaining -= count
        guard remaining == 0 else { return .outputFull }
        phase = .symbols
        return nil
    }

    /// Copies `count` bytes, for which there is room, from `distance` back; false if nothing was decoded there.
    func copyMatch(distance: Int, count: Int, _ transfer: inout Transfer) -> Bool {
        var count = count
        let here = unsafe transfer.output - transfer.outputBase
        if distance > here {
            let back = distance - here
            guard unsafe back <= transfer.history.count, let start = unsafe transfer.history.baseAddress else { return false }
            let part = min(back, count)
            unsafe transfer.output.copyMemory(from: start + (transfer.history.count - back), byteCount: part)
            unsafe transfer.output += part
            count -= part
        }
        // The source is periodic with the distance: each copy doubles what may be copied at once.
        let source = unsafe transfer.output - distance
        var span = distance
        while count > 0 {
            let part = min(count, span)
            unsafe transfer.output.copyMemory(from: source, byteCount: part)
            unsafe transfer.output += part
            count -= part
            span += part
        }
        return true
    }
}
