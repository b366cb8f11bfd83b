// Baseline frames with codes that are known beforehand: samples to data in one pass (T.81 F.1).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// A block of an MCU: where its samples are in the first MCU of a row, and what codes it.
@safe
private struct BlockSlot {
    var samples: UnsafePointer<UInt8>
    var stride: Int
    var quantisers: UnsafePointer<UInt16>
    var dc: UnsafePointer<UInt64>
    var ac: UnsafePointer<UInt64>
    var small: UnsafePointer<UInt64>
    var component: Int
    /// Column and row of the block in the MCU, and how many columns of blocks an MCU has.
    var x: Int
    var y: Int
    var horizontal: Int
    var vertical: Int
    /// Blocks of the component that hold samples of its own.
    var wide: Int
    var high: Int
}

/// The data of some MCU rows, coded apart from those before: all but the first MCU, whose DC coefficients are differences from them.
private final class RowPart {
    var bytes: [UInt8] = []
    /// What does not fill a byte behind them.
    var rest: (bits: UInt64, count: Int) = (0, 0)
    /// The blocks of the first MCU: 64 coefficients each, and which of them are not zero.
    var coefficients: [Int16] = []
    var masks: [UInt64] = []
    /// The DC coefficients at the end.
    var predictions: [Int] = []
}

/// Encodes MCU rows of 8 bits with the typical Huffman codes; has the state of one thread.
@safe
private final class RowCoder {
    private let plan: FramePlan
    private let rows: ComponentRows
    private let quantisers: [JPEGQuantisers]
    private let codes: [(dc: EncodingTable, ac: EncodingTable, small: CoefficientTable)]
    private let buffer: EntropyBuffer
    private let interval: Int
    private var slots: [BlockSlot] = []
    private var writer: BitWriter
    /// The last DC coefficient of each component, and 64 coefficients.
    private let work: Scratch

    init(_ plan: FramePlan) throws(ImageryError) {
        self.plan = plan
        rows = try ComponentRows(plan)
        quantisers = plan.quantisers.map { JPEGQuantisers($0) }
        let typical = [
            (TypicalTables.luminanceDC, TypicalTables.luminanceAC), (TypicalTables.chrominanceDC, TypicalTables.chrominanceAC),
        ]
        codes = typical.map { dc, ac in
            let table = EncodingTable(ac, extends: true)
            return (EncodingTable(dc, extends: true), table, CoefficientTable(table))
        }
        buffer = try EntropyBuffer()
        writer = buffer.writer
        interval = plan.restartInterval(mcusWide: plan.layout.mcusWide)
        work = try Scratch(byteCount: 256)
        for (index, component) in plan.layout.components.enumerated() {
            let plane = rows.planes[index]
            let table = plan.huffmanTable(index)
            for y in 0..<component.vertical {
                for x in 0..<component.horizontal {
                    let samples = unsafe UnsafePointer(plane.base.assumingMemoryBound(to: UInt8.self))
                    unsafe slots.append(
                        BlockSlot(
                            samples: samples + (8 * y * plane.stride + 8 * x), stride: plane.stride,
                            quantisers: quantisers[plan.frame.components[index].table].pointer,
                            dc: UnsafePointer(codes[table].dc.words), ac: UnsafePointer(codes[table].ac.words),
                            small: UnsafePointer(codes[table].small.words), component: index,
                            x: x, y: y, horizontal: component.horizontal, vertical: component.vertical,
                            wide: component.ownBlocksWide, high: component.ownBlocksHigh))
                }
            }
        }
    }

    /// Begins data that depends on nothing before: a scan or a restart interval.
    func reset() {
        writer = buffer.writer
        unsafe work.base.initializeMemory(as: Int.self, repeating: 0, count: 4)
    }

    /// Codes MCU row `row`, of which `count` lines are there. False when a sample does not fit the frame.
    ///
    /// The first MCU of the row is not coded, but kept in `part` when there is one.
    func encode(
        row: Int, _ source: Destination, count: Int, into bytes: inout [UInt8], keepingFirstIn part: RowPart? = nil
    ) -> Bool {
        guard unsafe rows.load(source, rows: count) else { return false }
        if let part { keepFirst(row, part) }
        let predictions = unsafe work.base.assumingMemoryBound(to: Int.self)
        let coefficients = unsafe (work.base + 64).assumingMemoryBound(to: Int16.self)
        let (masks, order) = unsafe ZigzagMasks.shared.pointers
        let mcusWide = plan.layout.mcusWide
        var writer = writer
        unsafe slots.withUnsafeBufferPointer { slots in
            for mcu in (part == nil ? 0 : 1)..<mcusWide {
                if interval > 0 {
                    let number = row * mcusWide + mcu
                    if number > 0 && number % interval == 0 {
                        writer.align()
                        writer.mark(Marker.rst.lowerBound + UInt8(truncatingIfNeeded: (number / interval - 1) & 7))
                        unsafe predictions.update(repeating: 0, count: 4)
                    }
                }
                if unsafe writer.next > buffer.limit { buffer.drain(&writer, into: &bytes) }
                for index in 0..<slots.count {
                    let slot = unsafe slots[index]
                    let column = mcu &* slot.horizontal &+ slot.x
                    guard column < slot.wide, row &* slot.vertical &+ slot.y < slot.high else {
                        // A block that only fills the MCU: the same DC coefficient again, and nothing else.
                        unsafe writer.put(slot.dc[0], extra: 0)
                        unsafe writer.put(slot.ac[0], extra: 0)
                        continue
                    }
                    let nonzero = unsafe JPEGTransform.forward8(
                        slot.samples + 8 &* slot.horizontal &* mcu, stride: slot.stride, slot.quantisers, into: coefficients)
                    let dc = unsafe Int(coefficients[0])
                    let difference = unsafe dc &- predictions[slot.component]
                    unsafe predictions[slot.component] = dc
                    unsafe BlockCode.encode(
                        difference, ZigzagMasks.reordered(nonzero, masks) & ~1, dc: slot.dc, ac: slot.ac, small: slot.small,
                        &writer
                    ) { unsafe Int(coefficients[Int(order[$0])]) }
                }
            }
        }
        self.writer = writer
        return true
    }

    /// Transforms the first MCU of the row that is loaded.
    private func keepFirst(_ row: Int, _ part: RowPart) {
        let predictions = unsafe work.base.assumingMemoryBound(to: Int.self)
        part.coefficients = [Int16](repeating: 0, count: 64 * slots.count)
        part.masks = [UInt64](repeating: 0, count: slots.count)
        for (index, slot) in slots.enumerated() where slot.x < slot.wide && row * slot.vertical + slot.y < slot.high {
            unsafe part.coefficients.withUnsafeMutableBufferPointer { coefficients in
                // In bounds: there are 64 coefficients for every slot.
                let block = unsafe coefficients.baseAddress! + 64 * index
                part.masks[index] = unsafe JPEGTransform.forward8(
                    slot.samples, stride: slot.stride, slot.quantisers, into: block)
                unsafe predictions[slot.component] = Int(block[0])
            }
        }
    }

    /// Ends a part.
    func finish(_ part: RowPart) {
        part.rest = writer.cut()
        buffer.drain(&writer, into: &part.bytes)
        part.predictions = (0..<4).map { unsafe work.base.assumingMemoryBound(to: Int.self)[$0] }
    }

    /// Goes on with a part that begins at MCU row `row`.
    func append(_ part: RowPart, row: Int, into bytes: inout [UInt8]) {
        let predictions = unsafe work.base.assumingMemoryBound(to: Int.self)
        let (masks, order) = unsafe ZigzagMasks.shared.pointers
        if unsafe writer.next > buffer.limit { buffer.drain(&writer, into: &bytes) }
        for (index, slot) in slots.enumerated() {
            guard slot.x < slot.wide, row * slot.vertical + slot.y < slot.high else {
                unsafe writer.put(slot.dc[0], extra: 0)
                unsafe writer.put(slot.ac[0], extra: 0)
                continue
            }
            let dc = Int(part.coefficients[64 * index])
            let difference = unsafe dc - predictions[slot.component]
            unsafe predictions[slot.component] = dc
            unsafe BlockCode.encode(
                difference, ZigzagMasks.reordered(part.masks[index], masks) & ~1, dc: slot.dc, ac: slot.ac, small: slot.small,
                &writer
            ) { unsafe Int(part.coefficients[64 * index + Int(order[$0])]) }
        }
        var place = 0
        unsafe part.bytes.withUnsafeBufferPointer { written in
            while place < written.count {
                if unsafe writer.next > buffer.limit { buffer.drain(&writer, into: &bytes) }
                // At most twice as much comes out, which the slack has room for.
                place = unsafe writer.put(written: written, from: place, to: min(written.count, place + 2048))
            }
        }
        writer.put(part.rest.bits, part.rest.count)
        for (index, prediction) in part.predictions.enumerated() { unsafe predictions[index] = prediction }
    }

    /// Fills the last byte of the data and hands out what there is.
    func finish(into bytes: inout [UInt8]) {
        writer.align()
        buffer.drain(&writer, into: &bytes)
    }
}

/// Encodes baseline frames whose Huffman codes are the typical ones, restart intervals of whole rows side by side; where there are no
/// restart markers, parts of some rows, whose bits are then joined.
final class SequentialEncoder: FrameEncoder {
    private let plan: FramePlan
    private let coders: [RowCoder]
    /// Joins parts, where there are no restart markers.
    private let joiner: RowCoder?
    /// MCU rows between restart markers or of a part, where markers stand at the ends of rows and there are threads to go round.
    private let rowsApart: Int?
    let stripeRows: Int
    private var nextRow = 0

    private static let stripeBytes = 1 << 18
    private static let partBytes = 1 << 16

    init(_ plan: FramePlan, threads: Int) throws(ImageryError) {
        self.plan = plan
        let layout = plan.layout
        let interval = plan.restartInterval(mcusWide: layout.mcusWide)
        let mcuRowBytes = layout.mcuHeight * layout.width * layout.components.count
        let enough = max(1, Self.stripeBytes / mcuRowBytes)
        let apart =
            interval == 0
            ? max(1, Self.partBytes / mcuRowBytes) : interval % layout.mcusWide == 0 ? interval / layout.mcusWide : layout.mcusHigh
        let workers = max(1, min(threads, ceilDivide(layout.mcusHigh, apart)))
        rowsApart = workers > 1 ? apart : nil
        joiner = workers > 1 && interval == 0 ? try RowCoder(plan) : nil
        var coders: [RowCoder] = []
        for _ in 0..<workers { coders.append(try RowCoder(plan)) }
        self.coders = coders
        // Every thread gets some intervals of a stripe.
        stripeRows = layout.mcuHeight * (workers > 1 ? apart * max(2 * workers, enough / apart) : enough)
    }

    func begin(sharesTables: Bool, into bytes: inout [UInt8]) {
        nextRow = 0
        coders[0].reset()
        joiner?.reset()
        bytes += plan.frameSegments(sharesTables: sharesTables)
        if !sharesTables { bytes += plan.typicalCodeSegments }
        let interval = plan.restartInterval(mcusWide: plan.layout.mcusWide)
        if interval > 0 { bytes += serialisedRestartInterval(interval) }
        bytes += plan.interleaved(start: 0, end: 63).serialised(plan.frame)
    }

    func append(_ source: Destination, rows: Int, into bytes: inout [UInt8]) throws(ImageryError) {
        let mcuRows = ceilDivide(rows, plan.layout.mcuHeight)
        defer { nextRow += mcuRows }
        guard let apart = rowsApart else {
            for row in 0..<mcuRows { try unsafe encode(row, source, rows, coders[0], into: &bytes) }
            return
        }
        let intervals = ceilDivide(mcuRows, apart)
        if let joiner {
            // Safe to share: every part has its own bytes, and a coder belongs to one worker.
            nonisolated(unsafe) let shared = (encoder: self, parts: (0..<intervals).map { _ in RowPart() })
            let pixels = unsafe source
            try parallelFor(intervals, threads: coders.count) { (worker, index) throws(ImageryError) in
                let (coder, part) = unsafe (shared.encoder.coders[worker], shared.parts[index])
                coder.reset()
                for row in index * apart..<min(mcuRows, (index + 1) * apart) {
                    let isFirst = row == index * apart
                    try unsafe shared.encoder.encode(
                        row, pixels, rows, coder, into: &part.bytes, keepingFirstIn: isFirst ? part : nil)
                }
                coder.finish(part)
            }
            for (index, part) in unsafe shared.parts.enumerated() {
                joiner.append(part, row: nextRow + index * apart, into: &bytes)
            }
            return
        }
        // Safe to share: every interval has its own bytes, and a coder belongs to one worker.
        nonisolated(unsafe) let parts = UnsafeMutablePointer<[UInt8]>.allocate(capacity: intervals)
        unsafe parts.initialize(repeating: [], count: intervals)
        defer {
            unsafe parts.deinitialize(count: intervals)
            unsafe parts.deallocate()
        }
        nonisolated(unsafe) let encoder = self
        let pixels = unsafe source
        try parallelFor(intervals, threads: coders.count) { (worker, index) throws(ImageryError) in
            let coder = unsafe encoder.coders[worker]
            coder.reset()
            for row in index * apart..<min(mcuRows, (index + 1) * apart) {
                try unsafe encoder.encode(row, pixels, rows, coder, into: &parts[index])
            }
            unsafe coder.finish(into: &parts[index])
        }
        for index in 0..<intervals { bytes += unsafe parts[index] }
    }

    /// Codes MCU row `row` of the stripe at `source`, which has `rows` lines.
    private func encode(
        _ row: Int, _ source: Destination, _ rows: Int, _ coder: RowCoder, into bytes: inout [UInt8],
        keepingFirstIn part: RowPart? = nil
    ) throws(ImageryError) {
        let first = row * plan.layout.mcuHeight
        let lines = unsafe source.offset(row: first, column: 0, sampleBytes: 1)
        let count = min(plan.layout.mcuHeight, rows - first)
        guard unsafe coder.encode(row: nextRow + row, lines, count: count, into: &bytes, keepingFirstIn: part) else {
            throw plan.misfit(row: (nextRow + row) * plan.layout.mcuHeight)
        }
    }

    func finish(into bytes: inout [UInt8]) {
        // With threads, every interval has ended itself.
        if rowsApart == nil { coders[0].finish(into: &bytes) }
        joiner?.finish(into: &bytes)
    }
}

extension FramePlan {
    /// The error for a sample with too many bits near a row of the image.
    func misfit(row: Int) -> ImageryError {
        ImageryError(
            .misuse, "JPEG", "a sample in the \(layout.mcuHeight) rows from \(row) on does not fit \(frame.precision) bits")
    }
}
