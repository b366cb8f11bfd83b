// Lossless processes with Huffman coding (T.81 annex H).

import ImageryBase
import ImageryPlumbing

/// A component of a lossless scan while it is decoded.
@safe
private struct LosslessPart {
    var table: UnsafePointer<UInt32>
    /// Samples of an MCU.
    var horizontal: Int
    var vertical: Int
    /// The last line of the MCU row above, then the lines of this one: each `stride` samples, one before the first column included.
    var lines: UnsafeMutablePointer<UInt16>
    var stride: Int
}

/// Decodes one scan, MCU row by MCU row.
final class LosslessScan {
    let scan: Scan
    private let entropy: EntropyState
    private let parts: [LosslessPart]
    private let storage: Scratch
    private let owners: [HuffmanTable]
    private let mcusWide: Int
    let mcusHigh: Int
    /// What the first sample of a restart interval is predicted by.
    private let middle: Int
    /// The next line is the first of the scan or of a restart interval.
    private var isFirstLine = true
    private let restartInterval: Int
    private var row = 0
    private var isBlank = false

    /// `entropy` stands at the scan's first MCU. Throws kind malformed when a table is missing, or restart intervals do not end with a line.
    init(_ image: CodedFrame, _ scan: Scan, _ tables: DecodingTables, _ entropy: EntropyState) throws(ImageryError) {
        self.scan = scan
        self.entropy = entropy
        let layout = image.layoutOfFrame
        let isAlone = scan.parts.count == 1
        let first = layout.components[scan.parts[0].component]
        mcusWide = isAlone ? first.ownBlocksWide : layout.mcusWide
        mcusHigh = isAlone ? first.ownBlocksHigh : layout.mcusHigh
        middle = 1 << (image.header.frame.precision - scan.low - 1)
        restartInterval = tables.restartInterval
        guard restartInterval % mcusWide == 0 else {
            throw ImageryError(
                .malformed, "JPEG DRI", "a restart interval of \(restartInterval) is not a number of whole lines (T.81 H.1.1)",
                at: scan.offset)
        }
        var owners: [HuffmanTable] = []
        var sizes: [(horizontal: Int, vertical: Int, stride: Int)] = []
        for part in scan.parts {
            guard let table = tables.code(dc: part.dc), table.largestValue <= 16 else {
                throw ImageryError(
                    .malformed, "JPEG SOS", "a Huffman table that the scan names is not there or not of its kind", at: scan.offset)
            }
            owners.append(table)
            let component = layout.components[part.component]
            let horizontal = isAlone ? 1 : component.horizontal
            sizes.append((horizontal, isAlone ? 1 : component.vertical, mcusWide * horizontal + 1))
        }
        let total = sizes.reduce(0) { $0 + $1.stride * ($1.vertical + 1) }
        let storage = try Scratch(byteCount: 2 * total)
        unsafe storage.base.initializeMemory(as: UInt8.self, repeating: 0, count: 2 * total)
        var next = unsafe storage.base.bindMemory(to: UInt16.self, capacity: total)
        var parts: [LosslessPart] = []
        for (size, owner) in zip(sizes, owners) {
            unsafe parts.append(
                LosslessPart(
                    table: UnsafePointer(owner.words), horizontal: size.horizontal, vertical: size.vertical, lines: next,
                    stride: size.stride))
            unsafe next += size.stride * (size.vertical + 1)
        }
        self.parts = parts
        self.owners = owners
        self.storage = storage
    }

    /// Lines of the MCU row that was decoded last: the first sample of line `line` of the `part`-th component of the scan.
    func line(_ line: Int, part: Int) -> UnsafePointer<UInt16> {
        unsafe UnsafePointer(parts[part].lines + (line + 1) * parts[part].stride + 1)
    }

    /// Lines behind the end of damaged data: zero.
    private func blank() {
        guard !isBlank else { return }
        isBlank = true
        for part in parts { unsafe part.lines.update(repeating: 0, count: (part.vertical + 1) * part.stride) }
    }

    /// Decodes the next MCU row.
    func decodeRow() throws(ImageryError) {
        if hasEnded { return blank() }
        for part in parts {
            let last = unsafe part.lines + part.vertical * part.stride
            unsafe part.lines.update(from: last, count: part.stride)
        }
        if restartInterval > 0, row * mcusWide % restartInterval == 0 { isFirstLine = true }
        var reader = entropy.reader
        let predictor = scan.start
        for mcu in 0..<mcusWide {
            if unsafe reader.next >= entropy.input.limit || entropy.needsAttention(reader) {
                entropy.reader = reader
                try entropy.prepare()
                reader = entropy.reader
            }
            entropy.mcusLeft &-= 1
            if entropy.isMissing { continue }
            for part in parts {
                for y in 1...part.vertical {
                    let line = unsafe part.lines + (y &* part.stride &+ 1)
                    for x in 0..<part.horizontal {
                        let column: Int = mcu &* part.horizontal &+ x
                        let sample = unsafe line + column
                        let left = unsafe Int(sample[-1])
                        let above = unsafe Int((sample - part.stride)[0])
                        let prediction: Int
                        if isFirstLine && y == 1 {
                            prediction = column == 0 ? middle : left
                        } else if column == 0 {
                            prediction = above
                        } else {
                            let corner = unsafe Int((sample - part.stride)[-1])
                            prediction = Self.predict(predictor, left, above, corner)
                        }
                        unsafe sample[0] = UInt16(truncatingIfNeeded: prediction &+ reader.difference(part.table))
                    }
                }
            }
        }
        entropy.reader = reader
        try entropy.check()
        isFirstLine = false
        row += 1
    }

    /// T.81 table H.1.
    @inline(__always)
    private static func predict(_ predictor: Int, _ left: Int, _ above: Int, _ corner: Int) -> Int {
        switch predictor {
        case 1: left
        case 2: above
        case 3: corner
        case 4: left &+ above &- corner
        case 5: left &+ ((above &- corner) >> 1)
        case 6: above &+ ((left &- corner) >> 1)
        default: (left &+ above) >> 1
        }
    }

    /// True when nothing more is there.
    var hasEnded: Bool { entropy.hasEnded }
}

/// Gives the lines of a lossless image whose one scan holds all components.
final class LosslessRows: RowProducer {
    private let image: CodedFrame
    private let scan: LosslessScan
    private(set) var nextRow = 0
    var goesBack: Bool { false }

    init(_ image: CodedFrame, _ context: ReadContext) throws(ImageryError) {
        self.image = image
        let tables = try image.tables()
        let entropy = try EntropyState(image.source, context)
        try entropy.start(image.header.scan, restartInterval: tables.restartInterval)
        scan = try LosslessScan(image, image.header.scan, tables, entropy)
    }

    func pass(to row: Int) throws(ImageryError) {
        for _ in nextRow..<max(nextRow, row) { try scan.decodeRow() }
        nextRow = max(nextRow, row)
    }

    func produce(_ row: Int, into planes: Planes) throws(ImageryError) {
        nextRow = row + 1
        try scan.decodeRow()
        for (index, part) in scan.scan.parts.enumerated() {
            let component = image.layoutOfFrame.components[part.component]
            let first = planes.columns.lowerBound * component.horizontal
            for y in 0..<component.vertical {
                unsafe planes.store(
                    scan.line(y, part: index) + first, count: planes.columns.count * component.horizontal, shift: scan.scan.low,
                    line: y, of: part.component)
            }
        }
    }
}

/// All samples of a lossless image with several scans.
@safe
final class LosslessPlanes: RowProducer, ScanDecoder {
    private let image: CodedFrame
    private let storage: Raster
    /// The first sample of each component, and the samples of a line of it.
    private let components: [(base: UnsafeMutablePointer<UInt16>, stride: Int)]
    private(set) var nextRow = 0
    var goesBack: Bool { true }

    init(_ image: CodedFrame, _ context: ReadContext) throws(ImageryError) {
        self.image = image
        let layout = image.layoutOfFrame
        try context.limits.check(output: checkedProduct(layout.blockCount, 2), from: image.dataByteCount, "JPEG samples")
        storage = try Raster(.uint16, shape: Shape(bands: 1, rows: 1, columns: layout.blockCount))
        var next = unsafe storage.destination.base.bindMemory(to: UInt16.self, capacity: layout.blockCount)
        unsafe next.initialize(repeating: 0, count: layout.blockCount)
        var components: [(base: UnsafeMutablePointer<UInt16>, stride: Int)] = unsafe []
        for component in layout.components {
            let stride = layout.mcusWide * component.horizontal
            unsafe components.append((next, stride))
            unsafe next += stride * layout.mcusHigh * component.vertical
        }
        unsafe self.components = components
        try decodeScans(image, context)
    }

    func begin(_ scan: Scan, _ tables: DecodingTables) {}

    func decode(_ scan: Scan, _ tables: DecodingTables, _ entropy: EntropyState) throws(ImageryError) {
        let layout = image.layoutOfFrame
        let lossless = try LosslessScan(image, scan, tables, entropy)
        let isAlone = scan.parts.count == 1
        for row in 0..<lossless.mcusHigh {
            try lossless.decodeRow()
            if lossless.hasEnded { return }
            for (index, part) in scan.parts.enumerated() {
                let component = layout.components[part.component]
                let height = isAlone ? 1 : component.vertical
                let count = isAlone ? component.ownBlocksWide : layout.mcusWide * component.horizontal
                for y in 0..<height {
                    let target = unsafe components[part.component].base + (row * height + y) * components[part.component].stride
                    let line = unsafe lossless.line(y, part: index)
                    for column in 0..<count { unsafe target[column] = line[column] << UInt16(scan.low) }
                }
            }
        }
    }

    func pass(to row: Int) { nextRow = row }

    func produce(_ row: Int, into planes: Planes) throws(ImageryError) {
        nextRow = row + 1
        for (index, component) in image.layoutOfFrame.components.enumerated() {
            for y in 0..<component.vertical {
                let line = unsafe components[index].base + (row * component.vertical + y) * components[index].stride
                unsafe planes.store(
                    UnsafePointer(line + planes.columns.lowerBound * component.horizontal),
                    count: planes.columns.count * component.horizontal, shift: 0, line: y, of: index)
            }
        }
    }
}
