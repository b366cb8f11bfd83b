// Scans over coefficients that are all there: sequential (T.81 F.1) and progressive (G.1).

import ImageryBase

/// What scans are made of: symbols with extra bits, bits alone, and restart markers.
protocol SymbolSink {
    /// A symbol of the code with this number: its destination, and 4 more for AC coefficients; then `count` extra bits.
    mutating func symbol(_ symbol: Int, code: Int, extra: UInt64, count: Int)
    /// Bits that no code stands for.
    mutating func bits(_ value: UInt64, count: Int)
    /// The restart marker with this number modulo 8.
    mutating func restart(_ number: Int)
    /// Called where less than ``EntropyBuffer/slack`` bytes have come since the last time.
    mutating func makeRoom()
}

/// How often each symbol of each code comes.
struct SymbolCounter: SymbolSink {
    private(set) var counts = [Int](repeating: 0, count: 8 * 256)
    mutating func symbol(_ symbol: Int, code: Int, extra: UInt64, count: Int) { counts[code << 8 | symbol] &+= 1 }
    mutating func bits(_ value: UInt64, count: Int) {}
    mutating func restart(_ number: Int) {}
    mutating func makeRoom() {}
}

/// The bytes of a scan, with codes made for it.
@safe
struct SymbolWriter: SymbolSink {
    var bytes: [UInt8]
    /// The codes as segments.
    private(set) var codeSegments: [UInt8] = []
    private var tables: [EncodingTable?] = []
    private let buffer: EntropyBuffer
    private var writer: BitWriter

    /// Codes for what was counted; bytes come behind those of `bytes`.
    init(_ counter: SymbolCounter, _ buffer: EntropyBuffer, into bytes: consuming [UInt8]) {
        self.buffer = buffer
        self.bytes = bytes
        writer = buffer.writer
        for code in 0..<8 {
            let counts = Array(counter.counts[code << 8..<(code + 1) << 8])
            guard counts.contains(where: { $0 > 0 }) else {
                tables.append(nil)
                continue
            }
            let made = HuffmanCode(optimalFor: counts)
            codeSegments += made.serialised(isAC: code >= 4, destination: code & 3)
            tables.append(EncodingTable(made, extends: false))
        }
    }

    mutating func symbol(_ symbol: Int, code: Int, extra: UInt64, count: Int) {
        guard let table = tables[code] else { return }
        let word = unsafe table.words[symbol]
        writer.put((word &>> 8) &<< UInt64(truncatingIfNeeded: count) | extra, Int(truncatingIfNeeded: word & 255) &+ count)
    }

    mutating func bits(_ value: UInt64, count: Int) { writer.put(value, count) }

    mutating func restart(_ number: Int) {
        writer.align()
        writer.mark(Marker.rst.lowerBound + UInt8(truncatingIfNeeded: number & 7))
    }

    mutating func makeRoom() {
        if unsafe writer.next > buffer.limit { buffer.drain(&writer, into: &bytes) }
    }

    /// Everything up to here.
    mutating func finish() -> [UInt8] {
        writer.align()
        buffer.drain(&writer, into: &bytes)
        return bytes
    }
}

/// One scan of an image's coefficients.
@safe
struct StoredScan {
    let scan: Scan
    private let layout: FrameLayout
    private let process: CodingProcess
    private let components: [ComponentBlocks]
    /// MCUs between restart markers; 0 for none.
    let restartInterval: Int

    init(_ plan: FramePlan, _ scan: Scan, _ components: [ComponentBlocks]) {
        self.scan = scan
        self.components = components
        layout = plan.layout
        process = plan.frame.process
        let isAlone = scan.parts.count == 1
        restartInterval = plan.restartInterval(
            mcusWide: isAlone ? plan.layout.components[scan.parts[0].component].ownBlocksWide : plan.layout.mcusWide)
    }

    /// Gives the scan's symbols to `sink`.
    func run(_ sink: inout some SymbolSink) {
        if process != .progressive {
            sequential(&sink)
        } else if scan.start == 0 {
            dc(&sink)
        } else if scan.high == 0 {
            firstAC(&sink)
        } else {
            refinedAC(&sink)
        }
    }

    /// Calls `body` for each block in the order of the scan, with its component and its number in it, nil for blocks that only fill an MCU;
    /// `restart` before the first block of each interval but the first.
    @inline(__always)
    private func eachBlock(restart: (_ number: Int) -> Void, _ body: (_ part: Scan.Part, _ row: Int, _ block: Int?) -> Void) {
        let isAlone = scan.parts.count == 1
        let only = components[scan.parts[0].component]
        let wide = isAlone ? only.wide : layout.mcusWide
        let high = isAlone ? only.high : layout.mcusHigh
        var left = restartInterval
        var number = 0
        for mcuRow in 0..<high {
            for mcu in 0..<wide {
                if restartInterval > 0 {
                    if left == 0 {
                        restart(number)
                        number += 1
                        left = restartInterval
                    }
                    left -= 1
                }
                if isAlone {
                    body(scan.parts[0], mcuRow, mcuRow &* wide &+ mcu)
                    continue
                }
                for part in scan.parts {
                    let component = components[part.component]
                    let factors = layout.components[part.component]
                    for y in 0..<factors.vertical {
                        let row = mcuRow &* factors.vertical &+ y
                        for x in 0..<factors.horizontal {
                            let column = mcu &* factors.horizontal &+ x
                            let isOwn = column < component.wide && row < component.high
                            body(part, row, isOwn ? row &* component.wide &+ column : nil)
                        }
                    }
                }
            }
        }
    }

    /// T.81 F.1.2.
    private func sequential(_ sink: inout some SymbolSink) {
        var predictions = [0, 0, 0, 0]
        // Where the values of the next block of each component's row of blocks are, for up to two rows of an MCU.
        var cursors = [Int](repeating: 0, count: 4 * 4)
        eachBlock { number in
            sink.restart(number)
            predictions = [0, 0, 0, 0]
        } _: { part, row, block in
            sink.makeRoom()
            guard let block else {
                sink.symbol(0, code: part.dc, extra: 0, count: 0)
                sink.symbol(0, code: 4 + part.ac, extra: 0, count: 0)
                return
            }
            let component = components[part.component]
            let dc = unsafe Int(component.dc[block])
            let (size, extra) = Self.parts(dc - predictions[part.component])
            predictions[part.component] = dc
            sink.symbol(size, code: part.dc, extra: extra, count: size)
            let place = part.component << 2 | row & 3
            if block == row * component.wide { cursors[place] = component.rowStarts[row] }
            var cursor = cursors[place]
            var rest = unsafe component.masks[block]
            var previous = 0
            while rest != 0 {
                let index = rest.trailingZeroBitCount
                rest &= rest &- 1
                var run = index &- previous &- 1
                previous = index
                while run >= 16 {
                    sink.symbol(0xf0, code: 4 + part.ac, extra: 0, count: 0)
                    run -= 16
                }
                let (size, extra) = unsafe BlockCode.parts(Int(component.values[cursor]))
                cursor &+= 1
                sink.symbol(run << 4 | size, code: 4 + part.ac, extra: extra, count: size)
            }
            cursors[place] = cursor
            if previous != 63 { sink.symbol(0, code: 4 + part.ac, extra: 0, count: 0) }
        }
    }

    /// T.81 G.1.2.1: DC coefficients without their lowest bits, or the next of those bits.
    private func dc(_ sink: inout some SymbolSink) {
        var last = [0, 0, 0, 0]
        var predictions = [0, 0, 0, 0]
        eachBlock { number in
            sink.restart(number)
            predictions = [0, 0, 0, 0]
        } _: { part, _, block in
            sink.makeRoom()
            // What only fills an MCU repeats the block before it.
            if let block { unsafe last[part.component] = Int(components[part.component].dc[block]) >> scan.low }
            let number = last[part.component]
            if scan.high > 0 {
                sink.bits(UInt64(truncatingIfNeeded: number & 1), count: 1)
            } else {
                let (size, extra) = Self.parts(number - predictions[part.component])
                predictions[part.component] = number
                sink.symbol(size, code: part.dc, extra: extra, count: size)
            }
        }
    }

    private static func parts(_ difference: Int) -> (size: Int, extra: UInt64) {
        difference == 0 ? (0, 0) : BlockCode.parts(difference)
    }

    /// The places of the zigzag sequence that the scan has.
    private var band: UInt64 { (UInt64.max >> UInt64(63 - scan.end)) & (UInt64.max << UInt64(scan.start)) }

    /// Every block of a scan of AC coefficients: those that it has in the scan's band, a bit each, and the place of the first one's value.
    private func eachBand<Sink: SymbolSink>(
        _ sink: inout Sink, _ body: (inout Sink, inout EndsOfBlocks, _ found: UInt64, _ place: Int) -> Void
    ) {
        let part = scan.parts[0]
        let component = components[part.component]
        let band = band
        let below = UInt64(1) << UInt64(scan.start) - 1
        var ends = EndsOfBlocks(code: 4 + part.ac)
        var cursor = 0
        eachBlock { number in
            ends.flush(&sink)
            sink.restart(number)
        } _: { _, _, block in
            guard let block else { return }
            sink.makeRoom()
            let mask = unsafe component.masks[block]
            let place = cursor &+ (mask & below).nonzeroBitCount
            cursor &+= mask.nonzeroBitCount
            body(&sink, &ends, mask & band, place)
        }
        ends.flush(&sink)
    }

    /// T.81 G.1.2.2.
    private func firstAC(_ sink: inout some SymbolSink) {
        let component = components[scan.parts[0].component]
        eachBand(&sink) { sink, ends, found, first in
            var place = first
            var rest = found
            var previous = scan.start - 1
            while rest != 0 {
                let index = rest.trailingZeroBitCount
                rest &= rest &- 1
                let value = unsafe Int(component.values[place])
                place &+= 1
                let shifted = value < 0 ? -(-value >> scan.low) : value >> scan.low
                if shifted == 0 { continue }
                ends.flush(&sink)
                var run = index - previous - 1
                previous = index
                while run >= 16 {
                    sink.symbol(0xf0, code: ends.code, extra: 0, count: 0)
                    run -= 16
                }
                let (size, extra) = BlockCode.parts(shifted)
                sink.symbol(run << 4 | size, code: ends.code, extra: extra, count: size)
            }
            if previous != scan.end { ends.add(&sink) }
        }
    }

    /// T.81 G.1.2.3: the next bit of coefficients that are known not to be zero, and those that become so.
    private func refinedAC(_ sink: inout some SymbolSink) {
        let component = components[scan.parts[0].component]
        // Bits of known coefficients since the last symbol of this block.
        var corrections: [UInt8] = []
        eachBand(&sink) { sink, ends, found, first in
            // The last coefficient that becomes something in this scan: behind it no run of zeros is coded.
            var lastNew = 0
            var place = first
            var rest = found
            while rest != 0 {
                if unsafe abs(Int(component.values[place])) >> scan.low == 1 { lastNew = rest.trailingZeroBitCount }
                place &+= 1
                rest &= rest &- 1
            }
            corrections.removeAll(keepingCapacity: true)
            var run = 0
            var previous = scan.start - 1
            place = first
            rest = found
            while rest != 0 {
                let index = rest.trailingZeroBitCount
                rest &= rest &- 1
                let value = unsafe Int(component.values[place])
                place &+= 1
                let size = abs(value) >> scan.low
                if size == 0 { continue }
                run += index - previous - 1
                previous = index
                while run > 15 && index <= lastNew {
                    ends.flush(&sink)
                    sink.symbol(0xf0, code: ends.code, extra: 0, count: 0)
                    run -= 16
                    for bit in corrections { sink.bits(UInt64(bit), count: 1) }
                    corrections.removeAll(keepingCapacity: true)
                }
                if size > 1 {
                    corrections.append(UInt8(size & 1))
                    continue
                }
                ends.flush(&sink)
                sink.symbol(run << 4 | 1, code: ends.code, extra: value < 0 ? 0 : 1, count: 1)
                for bit in corrections { sink.bits(UInt64(bit), count: 1) }
                corrections.removeAll(keepingCapacity: true)
                run = 0
            }
            if previous != scan.end || !corrections.isEmpty || run > 0 { ends.add(&sink, corrections) }
        }
    }
}

/// Blocks in a row that end, and the correction bits that follow their code (T.81 G.1.2.2, G.1.2.3).
private struct EndsOfBlocks {
    let code: Int
    private var count = 0
    private var corrections: [UInt8] = []

    /// Corrections that are kept at most, so that an end of block never brings more than the buffer has room for.
    private static let mostCorrections = 1000 - 64 + 1

    init(code: Int) { self.code = code }

    mutating func add(_ sink: inout some SymbolSink, _ bits: [UInt8] = []) {
        count += 1
        corrections += bits
        if count == 0x7fff || corrections.count > Self.mostCorrections { flush(&sink) }
    }

    mutating func flush(_ sink: inout some SymbolSink) {
        guard count > 0 else { return }
        let size = Int.bitWidth - 1 - count.leadingZeroBitCount
        sink.symbol(size << 4, code: code, extra: UInt64(count - 1 << size), count: size)
        for bit in corrections { sink.bits(UInt64(bit), count: 1) }
        count = 0
        corrections.removeAll(keepingCapacity: true)
    }
}
