// Huffman decoding of progressive scans (T.81 annex G).

import ImageryBase
import ImageryKernels

/// One scan of a progressive frame.
struct ProgressiveScan {
    private let walk: BlockWalk
    private let scan: Scan
    private let dc: [HuffmanTable]
    private let ac: HuffmanTable?

    /// Throws kind malformed when a table that the scan uses is missing.
    init(_ coefficients: Coefficients, _ scan: Scan, _ tables: DecodingTables) throws(ImageryError) {
        walk = BlockWalk(scan: scan, coefficients: coefficients)
        self.scan = scan
        var dc: [HuffmanTable] = []
        var ac: HuffmanTable?
        let missing = ImageryError(.malformed, "JPEG SOS", "a Huffman table that the scan names is not defined", at: scan.offset)
        if scan.start > 0 {
            ac = tables.code(ac: scan.parts[0].ac)
            if ac == nil { throw missing }
        } else if scan.high == 0 {
            for part in scan.parts {
                guard let table = tables.code(dc: part.dc) else { throw missing }
                guard table.largestValue <= 15 else {
                    throw ImageryError(.malformed, "JPEG DHT", "a DC difference of that many bits does not exist", at: scan.offset)
                }
                dc.append(table)
            }
        }
        self.dc = dc
        self.ac = ac
    }

    func decode(_ entropy: EntropyState) throws(ImageryError) {
        if let ac {
            let order = UnsafeMutablePointer<UInt8>.allocate(capacity: zigzag.count)
            unsafe order.initialize(from: zigzag, count: zigzag.count)
            defer { unsafe order.deallocate() }
            if scan.high == 0 {
                unsafe try firstAC(entropy, ac.words, order)
            } else {
                unsafe try furtherAC(entropy, ac.words, order)
            }
        } else if scan.high == 0 {
            try firstDC(entropy)
        } else {
            let bit = Int16(truncatingIfNeeded: 1 << scan.low)
            unsafe try walk.visit(entropy) { reader, block, _ in
                reader.refill()
                if reader.bit() != 0 { unsafe block[0] |= bit }
            }
        }
    }

    private func firstDC(_ entropy: EntropyState) throws(ImageryError) {
        let predictions = unsafe entropy.predictions
        let low = scan.low
        let words = unsafe dc.map { unsafe UnsafePointer($0.words) }
        unsafe try words.withUnsafeBufferPointer { (words) throws(ImageryError) in
            unsafe try walk.visit(entropy) { reader, block, part in
                unsafe predictions[part] &+= reader.difference(words[part])
                unsafe block[0] = Int16(truncatingIfNeeded: predictions[part] &<< low)
            }
        }
        withExtendedLifetime(dc) {}
    }

    /// T.81 G.1.2.2.
    private func firstAC(_ entropy: EntropyState, _ ac: UnsafePointer<UInt32>, _ order: UnsafePointer<UInt8>) throws(ImageryError) {
        let (start, end, low) = (scan.start, scan.end, scan.low)
        unsafe try walk.visit(entropy) { reader, block, _ in
            if entropy.endOfBandRun > 0 {
                entropy.endOfBandRun &-= 1
                return
            }
            var place = start
            while place <= end {
                reader.refill()
                let word = unsafe ac[Int(truncatingIfNeeded: reader.bits &>> UInt64(64 - HuffmanTable.lookupBits))]
                if word & HuffmanTable.isWhole != 0 {
                    let places = Int(truncatingIfNeeded: word &>> 8 & 127)
                    reader.skip(Int(truncatingIfNeeded: word & 0xff))
                    if places == HuffmanTable.endOfBlock { break }
                    place &+= places
                    // Sixteen zeros put another one.
                    unsafe block[Int(order[place &- 1])] = Int16(truncatingIfNeeded: word &>> 16) &<< Int16(truncatingIfNeeded: low)
                    continue
                }
                let (run, size) = unsafe SequentialBlock.symbol(&reader, ac, word)
                if size == 0 {
                    if run == 15 {
                        place &+= 16
                        continue
                    }
                    entropy.endOfBandRun = (1 &<< run) &- 1
                    if run > 0 { entropy.endOfBandRun &+= reader.take(run) }
                    break
                }
                place &+= run
                unsafe block[Int(order[place])] = Int16(truncatingIfNeeded: reader.number(size) &<< low)
                place &+= 1
            }
            if place > end &+ 1 { reader.isBroken = true }
        }
    }

    /// T.81 G.1.2.3.
    private func furtherAC(
        _ entropy: EntropyState, _ ac: UnsafePointer<UInt32>, _ order: UnsafePointer<UInt8>
    ) throws(ImageryError) {
        // The places of the band, one bit each.
        let band = UInt64.max << UInt64(scan.start) & UInt64.max >> UInt64(63 - scan.end)
        let low = Int16(truncatingIfNeeded: scan.low)
        let bit: Int16 = 1 &<< low
        let masks = unsafe ZigzagMasks.shared.pointers.table
        unsafe try walk.visit(entropy) { reader, block, _ in
            /// One more bit of each coefficient of the places in `mask`, none of which is zero: it is added where it is not there yet.
            @inline(__always) func correct(_ mask: UInt64) {
                var mask = mask
                while mask != 0 {
                    reader.refill()
                    let place = unsafe Int(order[mask.trailingZeroBitCount])
                    mask &= mask &- 1
                    let coefficient = unsafe block[place]
                    let sign = coefficient &>> 15
                    let more = (Int16(truncatingIfNeeded: reader.bit()) & ~(coefficient &>> low)) &<< low
                    unsafe block[place] = coefficient &+ ((more ^ sign) &- sign)
                }
            }
            let filled = unsafe ZigzagMasks.reordered(JPEGTransform.nonzero(block), masks) & band
            // The places still to come.
            var rest = band
            if entropy.endOfBandRun == 0 {
                while rest != 0 {
                    reader.refill()
                    let word = unsafe ac[Int(truncatingIfNeeded: reader.bits &>> UInt64(64 - HuffmanTable.lookupBits))]
                    var run: Int
                    var value: Int16 = 0
                    if word & HuffmanTable.isWhole != 0 {
                        run = Int(truncatingIfNeeded: word &>> 8 & 127) &- 1
                        reader.skip(Int(truncatingIfNeeded: word & 0xff))
                        let number = Int16(truncatingIfNeeded: word &>> 16)
                        if run == HuffmanTable.endOfBlock &- 1 {
                            entropy.endOfBandRun = 1
                            break
                        }
                        // Only numbers of one bit exist here.
                        if (number &+ 1) & ~2 != 0 && number != 0 { reader.isBroken = true }
                        value = number == 0 ? 0 : number > 0 ? bit : 0 &- bit
                    } else {
                        let symbol = unsafe SequentialBlock.symbol(&reader, ac, word)
                        run = symbol.run
                        if symbol.size != 0 {
                            if symbol.size != 1 { reader.isBroken = true }
                            value = reader.bit() != 0 ? bit : 0 &- bit
                        } else if run != 15 {
                            entropy.endOfBandRun = 1 &<< run
                            if run > 0 { entropy.endOfBandRun &+= reader.take(run) }
                            break
                        }
                    }
                    // Passes over `run` zeros and corrects what stands between them and before the next zero.
                    var zeros = rest & ~filled
                    while run > 0 {
                        zeros &= zeros &- 1
                        run &-= 1
                    }
                    let next = zeros & (0 &- zeros)
                    correct(rest & filled & (next &- 1))
                    if next != 0 {
                        if value != 0 { unsafe block[Int(order[next.trailingZeroBitCount])] = value }
                        rest &= ~(next | (next &- 1))
                    } else {
                        if value != 0 { reader.isBroken = true }
                        rest = 0
                    }
                }
            }
            if entropy.endOfBandRun > 0 {
                correct(rest & filled)
                entropy.endOfBandRun &-= 1
            }
        }
    }
}
