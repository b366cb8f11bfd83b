// Huffman decoding of sequential DCT scans (T.81 F.2.2).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// One block of an MCU and what it takes to decode it.
@safe
struct BlockPlan {
    var dc: UnsafePointer<UInt32>
    var ac: UnsafePointer<UInt32>
    var quantisers: UnsafePointer<UInt16>
    /// Which prediction it shares.
    var component: Int
    /// Its first sample in the first stored MCU.
    var target: UnsafeMutableRawPointer
    var stride: Int
    /// From an MCU to the next.
    var step: Int
    /// Samples on its side.
    var size: Int
}

enum SequentialBlock {
    /// Decodes a block into 64 zeros; returns a place in the zigzag sequence behind which all coefficients are zero.
    @inline(__always)
    static func decode(
        _ reader: inout BitReader, into block: UnsafeMutablePointer<Int16>, dc: UnsafePointer<UInt32>, ac: UnsafePointer<UInt32>,
        prediction: inout Int, order: UnsafePointer<UInt8>
    ) -> Int {
        unsafe prediction &+= reader.difference(dc)
        unsafe block[0] = Int16(truncatingIfNeeded: prediction)
        var place = 0
        repeat {
            reader.refill()
            let word = unsafe ac[Int(truncatingIfNeeded: reader.bits &>> UInt64(64 - HuffmanTable.lookupBits))]
            // At most 62 + 127: the order has room for that.
            if word & HuffmanTable.isWhole != 0 {
                place &+= Int(truncatingIfNeeded: word &>> 8 & 127)
                reader.skip(Int(truncatingIfNeeded: word & 0xff))
                unsafe block[Int(order[place])] = Int16(truncatingIfNeeded: word &>> 16)
                continue
            }
            let (run, size) = unsafe symbol(&reader, ac, word)
            if size == 0 && run != 15 {
                place &+= HuffmanTable.endOfBlock
                break
            }
            place &+= run &+ 1
            if size > 0 { unsafe block[Int(order[place])] = Int16(truncatingIfNeeded: reader.number(size)) }
        } while place < 63
        if place >= HuffmanTable.endOfBlock { return place &- HuffmanTable.endOfBlock }
        if place > 63 { reader.isBroken = true }
        return 63
    }

    /// Run and size of an AC code that the lookup did not decode in full.
    @inline(__always)
    static func symbol(_ reader: inout BitReader, _ ac: UnsafePointer<UInt32>, _ word: UInt32) -> (run: Int, size: Int) {
        if word != 0 {
            reader.skip(Int(truncatingIfNeeded: word & 0xff))
            return (Int(truncatingIfNeeded: word &>> 8 & 127) &- 1, Int(truncatingIfNeeded: word &>> 16))
        }
        let value = unsafe reader.longValue(ac)
        return (value &>> 4, value & 15)
    }
}

/// Decodes the one scan of a sequential frame MCU row by MCU row, straight to samples.
final class SequentialRows: RowProducer {
    private let image: CodedFrame
    private let context: ReadContext
    private let entropy: EntropyState
    private let tables: ScanTables
    private let restarts: RestartIndex?
    private(set) var nextRow = 0
    /// The MCU of the scan that comes next in the data.
    private var position = 0
    var goesBack: Bool { false }

    init(_ image: CodedFrame, _ context: ReadContext) throws(ImageryError) {
        self.image = image
        self.context = context
        let header = image.header
        let tables = try image.tables()
        self.tables = try ScanTables(tables, header.scan, header.frame, image.layoutOfFrame)
        entropy = try EntropyState(image.source, context)
        try entropy.start(header.scan, restartInterval: tables.restartInterval)
        // What is passed over is not looked at: salvage has to look at everything.
        restarts = context.salvage ? nil : image.restarts(interval: tables.restartInterval)
    }

    func copy() throws(ImageryError) -> (any RowProducer)? {
        guard let restarts else { return nil }
        let mcus = image.layoutOfFrame.mcusWide * image.layoutOfFrame.mcusHigh
        guard try restarts.start(upTo: (mcus - 1) / restarts.interval) != nil else { return nil }
        return try SequentialRows(image, context)
    }

    func pass(to row: Int) throws(ImageryError) {
        nextRow = max(nextRow, row)
        guard restarts == nil else { return }
        // Row by row, so that what is missing at the end does not take the time of its MCUs.
        for end in stride(
            from: image.layoutOfFrame.mcusWide, through: row * image.layoutOfFrame.mcusWide, by: image.layoutOfFrame.mcusWide)
        where end > position && !entropy.hasEnded {
            try decode(upTo: end, wanted: 0..<0)
        }
    }

    func produce(_ row: Int, into planes: Planes) throws(ImageryError) {
        nextRow = row + 1
        let layout = image.layoutOfFrame
        let start = row * layout.mcusWide
        let wanted = start + planes.columns.lowerBound..<start + planes.columns.upperBound
        try seek(wanted.lowerBound)
        if entropy.hasEnded {
            planes.fillLast(precision: image.header.frame.precision)
            return
        }
        aim(at: planes)
        try decode(upTo: wanted.upperBound, wanted: wanted)
        // Where the next row begins is found by going there, unless restart markers tell.
        if restarts == nil { try decode(upTo: start + layout.mcusWide, wanted: 0..<0) }
    }

    /// Passes over restart intervals before MCU `mcu`, which has not been decoded.
    private func seek(_ mcu: Int) throws(ImageryError) {
        guard let restarts, position / restarts.interval < mcu / restarts.interval,
            let start = try restarts.start(upTo: mcu / restarts.interval), start.number * restarts.interval > position
        else { return }
        try entropy.seek(interval: start.number, at: start.offset)
        position = start.number * restarts.interval
    }

    /// Sets the targets of the blocks of an MCU.
    private func aim(at planes: Planes) {
        let blocks = unsafe tables.plans
        var place = 0
        for (index, part) in image.header.scan.parts.enumerated() {
            let component = image.layoutOfFrame.components[part.component]
            let size = planes.layout.components[part.component].blockSize
            for y in 0..<component.vertical {
                for x in 0..<component.horizontal {
                    unsafe blocks[place].target =
                        unsafe planes.last(part.component) + size
                        * (y * planes.strides[part.component] + x * planes.sampleBytes)
                    unsafe blocks[place].stride = planes.strides[part.component]
                    unsafe blocks[place].step = size * component.horizontal * planes.sampleBytes
                    unsafe blocks[place].component = index
                    unsafe blocks[place].size = size
                    place += 1
                }
            }
        }
    }

    /// Decodes the MCUs from the next one up to `end` and makes samples of those in `wanted`, whose first one is the first of the
    /// targets.
    private func decode(upTo end: Int, wanted: Range<Int>) throws(ImageryError) {
        let blocks = unsafe tables.plans
        let count = tables.planCount
        let transform = BlockTransform(precision: image.header.frame.precision)
        var reader = entropy.reader
        let block = unsafe tables.block
        let order = unsafe tables.order
        let predictions = unsafe entropy.predictions
        for mcu in position..<max(position, end) {
            if unsafe reader.next >= entropy.input.limit || entropy.needsAttention(reader) {
                entropy.reader = reader
                try entropy.prepare()
                reader = entropy.reader
            }
            entropy.mcusLeft &-= 1
            let isWanted = mcu >= wanted.lowerBound && mcu < wanted.upperBound
            let isMissing = entropy.isMissing
            for index in 0..<count {
                var last = 0
                if isMissing {
                    unsafe block[0] = 0
                } else {
                    last = unsafe SequentialBlock.decode(
                        &reader, into: block, dc: blocks[index].dc, ac: blocks[index].ac,
                        prediction: &predictions[blocks[index].component], order: order)
                }
                if isWanted {
                    let target = unsafe blocks[index].target + (mcu &- wanted.lowerBound) &* blocks[index].step
                    unsafe transform.write(
                        block, blocks[index].quantisers, size: blocks[index].size, reach: BlockReach(last: last), into: target,
                        stride: blocks[index].stride)
                }
                if last > 0 { unsafe UnsafeMutableRawPointer(block).initializeMemory(as: UInt64.self, repeating: 0, count: 16) }
            }
        }
        position = max(position, end)
        entropy.reader = reader
        try entropy.check()
    }
}

/// The tables of a scan as its loop needs them.
@safe
final class ScanTables {
    /// For each block of an MCU, in their order.
    let plans: UnsafeMutablePointer<BlockPlan>
    let planCount: Int
    let block: UnsafeMutablePointer<Int16>
    let order: UnsafePointer<UInt8>
    private let scratch: Scratch
    /// The tables of each component of the scan.
    private(set) var codes: [(dc: UnsafePointer<UInt32>, ac: UnsafePointer<UInt32>)] = unsafe []
    private var owners: [HuffmanTable] = []

    /// Throws kind malformed when a table is missing or has values that the process does not know.
    init(
        _ tables: DecodingTables, _ scan: Scan, _ frame: Frame, _ layout: FrameLayout
    ) throws(ImageryError) {
        let isAlone = scan.parts.count == 1
        let counts = scan.parts.map { part in
            isAlone ? 1 : layout.components[part.component].horizontal * layout.components[part.component].vertical
        }
        planCount = counts.reduce(0, +)
        let planBytes = 16 * MemoryLayout<BlockPlan>.stride
        let scratch = try Scratch(byteCount: planBytes + 4 * 128 + 128 + zigzag.count)
        self.scratch = scratch
        unsafe plans = scratch.base.bindMemory(to: BlockPlan.self, capacity: planCount)
        let quantisers = unsafe (scratch.base + planBytes).bindMemory(to: UInt16.self, capacity: 4 * 64)
        unsafe block = (scratch.base + planBytes + 512).bindMemory(to: Int16.self, capacity: 64)
        let order = unsafe (scratch.base + planBytes + 640).bindMemory(to: UInt8.self, capacity: zigzag.count)
        unsafe self.order = UnsafePointer(order)
        for (index, place) in zigzag.enumerated() { unsafe order[index] = place }
        unsafe block.initialize(repeating: 0, count: 64)
        var place = 0
        for (index, part) in scan.parts.enumerated() {
            guard let dc = tables.code(dc: part.dc), let ac = tables.code(ac: part.ac) else {
                throw ImageryError(.malformed, "JPEG SOS", "a Huffman table that the scan names is not defined", at: scan.offset)
            }
            guard dc.largestValue <= 15 else {
                throw ImageryError(
                    .malformed, "JPEG DHT", "a DC difference of \(dc.largestValue) bits does not exist", at: scan.offset)
            }
            let table = frame.components[part.component].table
            guard let values = tables.quantisers[table] else {
                throw ImageryError(.malformed, "JPEG SOS", "the quantisation table \(table) is not defined", at: scan.offset)
            }
            for (number, value) in values.enumerated() { unsafe quantisers[64 * index + number] = value }
            owners += [dc, ac]
            unsafe codes.append((UnsafePointer(dc.words), UnsafePointer(ac.words)))
            let plan = unsafe BlockPlan(
                dc: UnsafePointer(dc.words), ac: UnsafePointer(ac.words), quantisers: UnsafePointer(quantisers + 64 * index),
                component: index, target: scratch.base, stride: 0, step: 0, size: 8)
            for _ in 0..<counts[index] {
                unsafe (plans + place).initialize(to: plan)
                place += 1
            }
        }
    }
}
