// Data records, one a longitude line from west to east (MIL-PRF-89020B 3.13), to rows.

import ImageryBase
import ImageryKernels
import ImageryPlumbing
import Synchronization

/// The elevations of a cell.
struct DTEDImage: ImageSource {
    let source: any ByteSource
    let header: CellHeader
    let layout: ImageLayout
    /// Which record has which line, once some were seen that do not stand in order.
    fileprivate let order: LineOrder

    /// Heights (MIL-PRF-89020B 3.13.1: metres).
    var colorModel: ColorModel {
        var model = ColorModel.undefined(1)
        model[detailsOf: 0].name = "elevation"
        model[detailsOf: 0].unit = "m"
        return model
    }

    static let sentinel: UInt8 = 0xAA

    /// Records say which line they are; where some are missing, all are asked at once. Throws kind io when the source fails.
    init(_ source: any ByteSource, _ header: CellHeader, report: (Diagnostic) -> Void) throws(ImageryError) {
        self.source = source
        self.header = header
        layout = ImageLayout(
            shape: Shape(bands: 1, rows: header.rows, columns: header.columns), pixelType: .int16, blockWidth: header.columns,
            blockHeight: header.rows, padValue: .integer(-32_767))
        let present = max(0, source.byteCount - header.dataStart) / header.recordBytes
        order = LineOrder(header, records: min(present, header.columns))
        guard present < header.columns else { return }
        report(
            Diagnostic(
                "DTED", "\(header.columns) lines are announced, \(present) are there; the others are void", at: header.dataStart))
        for finding in try order.find(source, isTold: true) { report(finding) }
    }

    /// The record of each line of `columns`, nil where the file has none. Reads what their records say, unless they are known.
    func records(of columns: Range<Int>) throws(ImageryError) -> [Int?] {
        if order.known == nil {
            for column in columns where try order.line(ofRecord: column, source) != column {
                try order.find(source)
                break
            }
        }
        return columns.map(order.record)
    }

    /// The record of a line as far as it is known: records stand in order until one is seen that does not.
    func record(of column: Int) -> Int? { order.record(column) }

    /// Looks at every record's line, because one is not in its place.
    func findOrder() throws(ImageryError) { try order.find(source) }

    /// What is wrong with the order of the records, as far as a read or its announcement has met it.
    var orderFindings: [Diagnostic] { order.findings }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        let records = try records(of: request.region.x..<request.region.right)
        return coalesced(
            records.compactMap { $0 }.map { record in
                let start = header.dataStart + record * header.recordBytes
                return start..<start + header.recordBytes
            })
    }

    func makeReader(_ context: ReadContext) -> any ImageReader { DTEDReader(self, context) }
}

/// Turns lines into rows, some lines at a time: each row then gets a whole cache line.
final class DTEDReader: ImageReader {
    private let image: DTEDImage
    private let context: ReadContext
    /// In a session: the cell as far as lines of it were read, and which groups of lines those are. A line costs as much as a part of it, and a
    /// walk over tiles would read each once for every row of them (S7).
    private var kept: (cell: Raster, groups: [Bool])?
    private static let linesAtOnce = 32
    private static let mostKeptBytes = 64 << 20

    init(_ image: DTEDImage, _ context: ReadContext) {
        self.image = image
        self.context = context
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        guard image.byteRangesExist else {
            throw ImageryError(.malformed, "DTED", "there is no data record behind the header", at: image.header.dataStart)
        }
        let layout = image.layout
        if context.isSession, request.region != layout.bounds, 2 * layout.shape.rows * layout.shape.columns <= Self.mostKeptBytes {
            let cell = try keep(request.region.x..<request.region.right)
            unsafe cell.copy(request.region, bands: request.bands, to: destination)
        } else {
            try unsafe readRegion(request.region, into: destination)
            // Bands are repeats of the one there is.
            for band in 1..<max(1, request.bands.count) {
                for row in 0..<request.region.height {
                    unsafe destination.row(row, band: band).copyMemory(
                        from: destination.row(row, band: 0), byteCount: request.region.width * 2)
                }
            }
        }
    }

    /// The cell, in which at least the lines of `columns` are.
    private func keep(_ columns: Range<Int>) throws(ImageryError) -> Raster {
        let shape = image.layout.shape
        let cell: Raster
        var groups: [Bool]
        if let kept {
            (cell, groups) = kept
        } else {
            cell = try Raster(.int16, shape: shape)
            groups = Array(repeating: false, count: ceilDivide(shape.columns, Self.linesAtOnce))
        }
        let wanted = columns.lowerBound / Self.linesAtOnce..<ceilDivide(columns.upperBound, Self.linesAtOnce)
        var first = wanted.lowerBound
        while first < wanted.upperBound {
            guard !groups[first] else {
                first += 1
                continue
            }
            let end = groups[first..<wanted.upperBound].firstIndex(of: true) ?? wanted.upperBound
            let lines = first * Self.linesAtOnce..<min(shape.columns, end * Self.linesAtOnce)
            let region = Window(x: lines.lowerBound, y: 0, width: lines.count, height: shape.rows)
            try unsafe readRegion(region, into: cell.destination.offset(row: 0, column: region.x, sampleBytes: 2))
            for group in first..<end { groups[group] = true }
            first = end
        }
        kept = (cell, groups)
        return cell
    }

    private func readRegion(_ region: Window, into destination: Destination) throws(ImageryError) {
        let groups = ceilDivide(region.width, Self.linesAtOnce)
        let target = unsafe destination
        let (image, context) = (image, context)
        let isInOrder = Atomic(true)
        func readLines() throws(ImageryError) {
            try parallelFor(groups, threads: context.threads, cancellation: context.cancellation) {
                (_, group) throws(ImageryError) in
                let first = region.x + group * Self.linesAtOnce
                let lines = first..<min(first + Self.linesAtOnce, region.right)
                if try unsafe !Self.read(image, lines, region, context, into: target) { isInOrder.store(false, ordering: .relaxed) }
            }
        }
        try readLines()
        if !isInOrder.load(ordering: .relaxed) {
            try image.findOrder()
            try readLines()
        }
        for finding in image.orderFindings { context.findings.add(finding) }
    }

    /// Lines that follow each other in the file are read in one piece. False when one was not where it should be and the order of the
    /// records is not yet known.
    private static func read(
        _ image: DTEDImage, _ columns: Range<Int>, _ region: Window, _ context: ReadContext, into destination: Destination
    ) throws(ImageryError) -> Bool {
        let isKnown = image.knowsOrder
        var isInOrder = true
        var column = columns.lowerBound
        while column < columns.upperBound {
            guard let record = image.record(of: column) else {
                let void = unsafe destination.offset(row: 0, column: column - region.x, sampleBytes: 2)
                unsafe fill(void, pattern: pattern(context), bands: 1, rows: region.height, rowBytes: 2)
                column += 1
                continue
            }
            var count = 1
            while column + count < columns.upperBound, image.record(of: column + count) == record + count { count += 1 }
            let size = image.header.recordBytes
            let start = image.header.dataStart + record * size
            let target = unsafe destination.offset(row: 0, column: column - region.x, sampleBytes: 2)
            let firstColumn = column
            try image.source.lend(start..<start + count * size, of: "DTED record \(record)") { (span) throws(ImageryError) in
                if !isKnown {
                    isInOrder = (0..<count).allSatisfy { LineOrder.line(in: span, at: $0 * size) == record + $0 }
                    guard isInOrder else { return }
                }
                for line in 0..<count {
                    try check(
                        span.extracting(line * size..<(line + 1) * size), record: record + line, at: start + line * size, region,
                        context)
                }
                unsafe span.withUnsafeBytes { bytes in
                    guard let base = bytes.baseAddress else { return }
                    // In bounds: a record has 8 bytes, two for each of the cell's rows, and 4 more; row 0 is the last elevation.
                    unsafe Elevations.rows(
                        base + 8 + 2 * (image.header.rows - 1 - region.y), columnStride: size, rows: region.height, columns: count,
                        into: target.base, rowStride: target.rowStride)
                }
                for line in 0..<count where span.unsafeFirstByte(of: line * size) != DTEDImage.sentinel {
                    let void = unsafe destination.offset(row: 0, column: firstColumn + line - region.x, sampleBytes: 2)
                    unsafe fill(void, pattern: pattern(context), bands: 1, rows: region.height, rowBytes: 2)
                }
            }
            guard isInOrder else { return false }
            column += count
        }
        return true
    }

    private static func pattern(_ context: ReadContext) -> [UInt8]? { (context.fill ?? .integer(-32_767)).bytes(for: .int16) }

    /// A record without its sentinel is lost; a wrong checksum is worth a finding, for many writers get it wrong.
    private static func check(
        _ record: RawSpan, record number: Int, at offset: Int, _ region: Window, _ context: ReadContext
    ) throws(ImageryError) {
        let count = record.byteCount
        if record.unsafeFirstByte(of: 0) != DTEDImage.sentinel {
            let error = ImageryError(.malformed, "DTED record \(number)", "it does not begin with AA (3.13)", at: offset)
            guard context.salvage else { throw error }
            return context.findings.add(Diagnostic(error))
        }
        // Only a read of whole lines has touched all bytes anyway.
        guard 12 + 2 * region.height == count else { return }
        let (sum, stored) = unsafe record.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return (UInt32(0), UInt32(0)) }
            return unsafe (
                Elevations.checksum(base, count: count - 4),
                UInt32(bigEndian: base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            )
        }
        if sum != stored {
            context.findings.add(
                Diagnostic("DTED record \(number)", "the checksum is \(stored), the bytes add up to \(sum)", at: offset))
        }
    }
}

extension DTEDImage {
    /// True when the order of all records was looked at.
    fileprivate var knowsOrder: Bool { order.known != nil }

    /// False when the file ends with its header.
    fileprivate var byteRangesExist: Bool { source.byteCount >= header.dataStart + header.recordBytes }
}

extension RawSpan {
    /// The byte at `offset`, which is inside.
    fileprivate func unsafeFirstByte(of offset: Int) -> UInt8 {
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
