// Huffman decoding of progressive scans (T.81 annex G).

import ImageryBase

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
                    place &+= Int(truncatingIfNeeded: word &>> 8 & 15)
                    reader.skip(Int(truncatingIfNeeded: word & 0xff))
                    unsafe block[Int(order[place])] = Int16(truncatingIfNeeded: word &>> 16) &<< Int16(truncatingIfNeeded: low)
                    place &+= 1
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
        let (start, end) = (scan.start, scan.end)
        let plus = Int16(truncatingIfNeeded: 1 << scan.low)
        let minus = 0 &- plus
        unsafe try walk.visit(entropy) { reader, block, _ in
            /// One more bit of a coefficient that is not zero.
            @inline(__always) func correct(_ place: Int) {
                reader.refill()
                let coefficient = unsafe block[place]
                if reader.bit() != 0 && coefficient & plus == 0 {
                    unsafe block[place] = coefficient &+ (coefficient >= 0 ? plus : minus)
                }
            }
            var place = start
            if entropy.endOfBandRun == 0 {
                while place <= end {
                    reader.refill()
                    let word = unsafe ac[Int(truncatingIfNeeded: reader.bits &>> UInt64(64 - HuffmanTable.lookupBits))]
                    var run: Int
                    var value: Int16 = 0
                    if word & HuffmanTable.isWhole != 0 {
                        run = Int(truncatingIfNeeded: word &>> 8 & 15)
                        reader.skip(Int(truncatingIfNeeded: word & 0xff))
                        value = word &>> 31 == 0 ? plus : minus
                        // Only numbers of one bit exist here.
                        if word &>> 16 != 1 && word &>> 16 != 0xffff { reader.isBroken = true }
                    } else {
                        let symbol = unsafe SequentialBlock.symbol(&reader, ac, word)
                        run = symbol.run
                        if symbol.size != 0 {
                            if symbol.size != 1 { reader.isBroken = true }
                            value = reader.bit() != 0 ? plus : minus
                        } else if run != 15 {
                            entropy.endOfBandRun = 1 &<< run
                            if run > 0 { entropy.endOfBandRun &+= reader.take(run) }
                            break
                        }
                    }
                    // Corrects what is there and passes over `run` zeros.
                    while place <= end {
                        let index = unsafe Int(order[place])
                        if unsafe block[index] != 0 {
                            correct(index)
                        } else {
                            run &-= 1
                            if run < 0 { break }
                        }
                        place &+= 1
                    }
                    if value != 0 {
                        if place <= end { unsafe block[Int(order[place])] = value } else { reader.isBroken = true }
                    }
                    place &+= 1
                }
            }
            if entropy.endOfBandRun > 0 {
                while place <= end {
                    let index = unsafe Int(order[place])
                    if unsafe block[index] != 0 { correct(index) }
                    place &+= 1
                }
                entropy.endOfBandRun &-= 1
            }
        }
    }
}
