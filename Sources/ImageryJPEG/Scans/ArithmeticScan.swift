// Scans with arithmetic coding (T.81 F.2.4, G.2.3).

import ImageryBase

/// One scan of a DCT frame with arithmetic coding.
final class ArithmeticScan {
    private let walk: BlockWalk
    private let scan: Scan
    private let isProgressive: Bool
    private let conditioning: Conditioning
    private var decoder: ArithmeticDecoder
    /// For each component of the scan, where the contexts of the next difference begin (T.81 F.1.4.4.1.2).
    private var differences = [0, 0, 0, 0]
    private var interval = 0

    init(_ coefficients: Coefficients, _ scan: Scan, _ tables: DecodingTables) throws(ImageryError) {
        walk = BlockWalk(scan: scan, coefficients: coefficients)
        self.scan = scan
        isProgressive = coefficients.image.header.frame.process == .progressive
        conditioning = tables.conditioning
        decoder = try ArithmeticDecoder()
    }

    func decode(_ entropy: EntropyState) throws(ImageryError) {
        interval = entropy.interval
        try unsafe walk.visit(entropy) { reader, block, part in
            if interval != entropy.interval {
                interval = entropy.interval
                decoder.reset()
                differences = [0, 0, 0, 0]
            }
            if scan.start == 0 {
                if scan.high > 0 {
                    if decoder.decide(&reader, ArithmeticDecoder.fixed) {
                        unsafe block[0] |= Int16(truncatingIfNeeded: 1 << scan.low)
                    }
                } else {
                    unsafe entropy.predictions[part] &+= difference(&reader, part)
                    unsafe block[0] = Int16(truncatingIfNeeded: entropy.predictions[part] &<< scan.low)
                }
            }
            if scan.end > 0 {
                let first = max(1, scan.start)
                if scan.high > 0 {
                    unsafe refine(&reader, block, from: first, part)
                } else {
                    unsafe coefficients(&reader, block, from: first, part)
                }
            }
        }
    }

    /// A DC difference (T.81 F.1.4.1).
    private func difference(_ reader: inout BitReader, _ part: Int) -> Int {
        let destination = scan.parts[part].dc
        let base = destination * ArithmeticDecoder.dcContexts
        let context = base + differences[part]
        guard decoder.decide(&reader, context) else {
            differences[part] = 0
            return 0
        }
        let isNegative = decoder.decide(&reader, context + 1)
        var top = 0
        var value = 0
        let first = context + (isNegative ? 3 : 2)
        if decoder.decide(&reader, first) {
            guard let magnitude = decoder.magnitude(&reader, 1, base + 20) else {
                reader.isBroken = true
                return 0
            }
            (top, value) = magnitude
        }
        if top < (1 << conditioning.lower[destination]) >> 1 {
            differences[part] = 0
        } else {
            differences[part] = (top > (1 << conditioning.upper[destination]) >> 1 ? 12 : 4) + (isNegative ? 4 : 0)
        }
        return isNegative ? -(value + 1) : value + 1
    }

    /// AC coefficients (T.81 F.1.4.2, G.1.3.2).
    private func coefficients(_ reader: inout BitReader, _ block: UnsafeMutablePointer<Int16>, from first: Int, _ part: Int) {
        let destination = scan.parts[part].ac
        let base = ArithmeticDecoder.firstAC + destination * ArithmeticDecoder.acContexts
        var place = first
        while place <= scan.end {
            var context = base + 3 * (place - 1)
            if decoder.decide(&reader, context) { return }
            while !decoder.decide(&reader, context + 1) {
                context += 3
                place += 1
                guard place <= scan.end else {
                    reader.isBroken = true
                    return
                }
            }
            let isNegative = decoder.decide(&reader, ArithmeticDecoder.fixed)
            var value = 0
            if decoder.decide(&reader, context + 2) {
                if decoder.decide(&reader, context + 2) {
                    let high = base + (place <= conditioning.low[destination] ? 189 : 217)
                    guard let magnitude = decoder.magnitude(&reader, 2, high) else {
                        reader.isBroken = true
                        return
                    }
                    value = magnitude.value
                } else {
                    value = 1
                }
            }
            let number = isNegative ? -(value + 1) : value + 1
            unsafe block[Int(zigzag[place])] = Int16(truncatingIfNeeded: number &<< scan.low)
            place += 1
        }
    }

    /// One more bit of AC coefficients (T.81 G.1.3.3).
    private func refine(_ reader: inout BitReader, _ block: UnsafeMutablePointer<Int16>, from first: Int, _ part: Int) {
        let base = ArithmeticDecoder.firstAC + scan.parts[part].ac * ArithmeticDecoder.acContexts
        let plus = Int16(truncatingIfNeeded: 1 << scan.low)
        // The last coefficient that is there already: before it the block cannot end.
        var known = scan.end
        while known > 0, unsafe block[Int(zigzag[known])] == 0 { known -= 1 }
        var place = first
        while place <= scan.end {
            var context = base + 3 * (place - 1)
            if place > known && decoder.decide(&reader, context) { return }
            while true {
                let index = Int(zigzag[place])
                let coefficient = unsafe block[index]
                if coefficient != 0 {
                    if decoder.decide(&reader, context + 2) {
                        unsafe block[index] = coefficient &+ (coefficient < 0 ? 0 &- plus : plus)
                    }
                    break
                }
                if decoder.decide(&reader, context + 1) {
                    unsafe block[index] = decoder.decide(&reader, ArithmeticDecoder.fixed) ? 0 &- plus : plus
                    break
                }
                context += 3
                place += 1
                guard place <= scan.end else {
                    reader.isBroken = true
                    return
                }
            }
            place += 1
        }
    }
}
