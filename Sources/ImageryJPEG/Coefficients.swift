// All coefficients of an image: where the data of a block is spread over several scans.

import ImageryBase
import ImageryKernels

/// The blocks of every component, padding of the MCUs included.
@safe
final class Coefficients: RowProducer {
    let image: JPEGImage
    private let storage: Raster
    private let bases: [UnsafeMutablePointer<Int16>]
    /// The quantisers in force when a component's first scan began.
    private var quantisers: [[UInt16]?]
    private(set) var nextRow = 0

    /// Throws kind limit when there are more than the data allows (S91).
    init(_ image: JPEGImage, _ context: ReadContext) throws(ImageryError) {
        self.image = image
        let layout = image.layoutOfFrame
        let count = layout.blockCount
        try context.limits.check(output: checkedProduct(count, 128), from: image.dataByteCount, "JPEG coefficients")
        storage = try Raster(.int16, shape: Shape(bands: 1, rows: count, columns: 64))
        let base = unsafe storage.destination.base
        unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: count * 128)
        var next = unsafe base.bindMemory(to: Int16.self, capacity: count * 64)
        var bases: [UnsafeMutablePointer<Int16>] = unsafe []
        for component in layout.components {
            unsafe bases.append(next)
            unsafe next += layout.mcusWide * component.horizontal * layout.mcusHigh * component.vertical * 64
        }
        unsafe self.bases = bases
        quantisers = layout.components.map { _ in nil }
        try decodeScans(context)
    }

    /// The block (`row`, `column`) of `component`, which is in the grid of its MCUs.
    @inline(__always)
    func block(_ component: Int, row: Int, column: Int) -> UnsafeMutablePointer<Int16> {
        let part = image.layoutOfFrame.components[component]
        return unsafe bases[component] + (row * image.layoutOfFrame.mcusWide * part.horizontal + column) * 64
    }

    /// Blocks of a component from a row to the next.
    func rowBlocks(_ component: Int) -> Int { image.layoutOfFrame.mcusWide * image.layoutOfFrame.components[component].horizontal }

    func base(_ component: Int) -> UnsafeMutablePointer<Int16> { unsafe bases[component] }

    // MARK: Scans

    /// More scans than these are made by no encoder: 64 coefficients and 14 bits for each component are fewer.
    private static let maxScans = 500
    /// Blocks that may be visited for each byte and block there is.
    private static let visitsPerUnit = 64

    private func decodeScans(_ context: ReadContext) throws(ImageryError) {
        let header = image.header
        let layout = image.layoutOfFrame
        var tables = try header.tables(image.source)
        var scan = header.scan
        let entropy = try EntropyState(image.source, context)
        var visits = Self.visitsPerUnit * (image.dataByteCount + layout.blockCount)
        var progress = Progression(header.frame, context)
        for _ in 0..<Self.maxScans {
            let visited = scan.parts.reduce(0) { sum, part in
                let component = layout.components[part.component]
                return sum + layout.mcusWide * component.horizontal * layout.mcusHigh * component.vertical
            }
            visits -= visited
            guard visits >= 0 else { break }
            for part in scan.parts where quantisers[part.component] == nil {
                quantisers[part.component] = tables.quantisers[header.frame.components[part.component].table]
            }
            let position: Int
            do throws(ImageryError) {
                try progress.note(scan)
                try entropy.start(scan, restartInterval: tables.restartInterval)
                try decode(scan, tables, entropy)
                position = entropy.endOfScan()
            } catch {
                guard context.salvage, error.kind == .malformed else { throw error }
                context.findings.add(Diagnostic(error))
                position = scan.dataOffset
            }
            guard let next = try nextScan(from: position, &tables, context) else {
                return try progress.finish(image.source.byteCount)
            }
            scan = next
        }
        throw ImageryError(
            .malformed, "JPEG SOS", "the image has more scans than its data is worth (\(Self.maxScans) at most)", at: scan.offset)
    }

    /// Takes over the tables up to the next scan header; nil at the end of the image.
    private func nextScan(
        from position: Int, _ tables: inout DecodingTables, _ context: ReadContext
    ) throws(ImageryError) -> Scan? {
        var reader = SegmentReader(source: image.source, position: position)
        do throws(ImageryError) {
            while let segment = try reader.next() {
                switch segment.marker {
                case Marker.eoi: return nil
                case Marker.sos: return try Scan(segment, segment.read(from: image.source), image.header.frame)
                case let code where Marker.isFrame(code):
                    throw ImageryError(.malformed, segment.context, "a second frame header in one image", at: segment.offset)
                case Marker.dqt, Marker.dht, Marker.dac, Marker.dri:
                    try tables.apply(segment.marker, segment.read(from: image.source), at: segment.offset)
                default: continue
                }
            }
        } catch {
            guard context.salvage, error.kind == .malformed else { throw error }
            context.findings.add(Diagnostic(error))
            return nil
        }
        let message = "the image ends without EOI: scans may be missing"
        context.findings.add(Diagnostic("JPEG", message, at: image.source.byteCount))
        return nil
    }

    private func decode(_ scan: Scan, _ tables: DecodingTables, _ entropy: EntropyState) throws(ImageryError) {
        if image.header.frame.process == .progressive {
            try ProgressiveScan(self, scan, tables).decode(entropy)
        } else {
            try SequentialScan(self, scan, tables).decode(entropy)
        }
    }

    // MARK: Samples

    func produce(_ row: Int, into planes: Planes?) throws(ImageryError) {
        nextRow = row + 1
        guard let planes else { return }
        let layout = image.layoutOfFrame
        let is12 = image.header.frame.precision == 12
        for (index, component) in layout.components.enumerated() {
            guard let table = quantisers[index] else {
                throw ImageryError(.malformed, "JPEG SOS", "component \(index) has no scan or no quantisation table")
            }
            unsafe table.withUnsafeBufferPointer { table in
                let quantisers = table.baseAddress!
                let stride = planes.strides[index] / planes.sampleBytes
                for y in 0..<component.vertical {
                    var source = unsafe block(
                        index, row: row * component.vertical + y, column: planes.columns.lowerBound * component.horizontal)
                    var target = unsafe planes.last(index) + 8 * y * planes.strides[index]
                    for _ in 0..<planes.columns.count * component.horizontal {
                        if is12 {
                            unsafe JPEGTransform.inverse12(
                                source, quantisers, into: target.assumingMemoryBound(to: UInt16.self), stride: stride)
                        } else if unsafe isFlat(source) {
                            unsafe JPEGTransform.flat8(
                                source[0], quantisers[0], into: target.assumingMemoryBound(to: UInt8.self), stride: stride)
                        } else {
                            unsafe JPEGTransform.inverse8(
                                source, quantisers, into: target.assumingMemoryBound(to: UInt8.self), stride: stride)
                        }
                        unsafe source += 64
                        unsafe target += 8 * planes.sampleBytes
                    }
                }
            }
        }
    }

    /// True when the block has no AC coefficient.
    @inline(__always)
    private func isFlat(_ block: UnsafeMutablePointer<Int16>) -> Bool {
        let words = UnsafeRawPointer(block)
        var all = unsafe words.load(as: UInt64.self).littleEndian &>> 16
        for index in 1..<16 { unsafe all |= words.load(fromByteOffset: 8 * index, as: UInt64.self) }
        return all == 0
    }
}

/// What has been sent of each component, for what must not come twice or not before (T.81 G.1.1.1).
struct Progression {
    private let isProgressive: Bool
    private var seen: [Bool]
    private let context: ReadContext

    init(_ frame: Frame, _ context: ReadContext) {
        isProgressive = frame.process == .progressive
        seen = frame.components.map { _ in false }
        self.context = context
    }

    mutating func note(_ scan: Scan) throws(ImageryError) {
        for part in scan.parts {
            // A second scan of a sequential component replaces nothing: it is not part of the image (T.81 A.2.3).
            if seen[part.component] && !isProgressive {
                throw ImageryError(.malformed, "JPEG SOS", "a second scan of component \(part.component)", at: scan.offset)
            }
            if isProgressive && scan.start > 0 && !seen[part.component] {
                context.findings.add(Diagnostic("JPEG SOS", "AC coefficients before the DC ones (T.81 G.1.1.1.1)", at: scan.offset))
            }
            seen[part.component] = true
        }
    }

    func finish(_ offset: Int) throws(ImageryError) {
        for index in seen.indices where !seen[index] {
            let error = ImageryError(.malformed, "JPEG", "component \(index) has no scan", at: offset)
            guard context.salvage else { throw error }
            context.findings.add(Diagnostic(error))
        }
    }
}

/// Goes over the blocks of a scan in their order (T.81 A.2.2, A.2.3).
struct BlockWalk {
    let scan: Scan
    let coefficients: Coefficients

    /// Calls `body` with each block and the place of its component in the scan. Everything of `entropy` but the bits is up to date
    /// when it is called.
    @inline(__always)
    func visit(
        _ entropy: EntropyState, _ body: (_ reader: inout BitReader, _ block: UnsafeMutablePointer<Int16>, _ part: Int) -> Void
    ) throws(ImageryError) {
        let layout = coefficients.image.layoutOfFrame
        let isAlone = scan.parts.count == 1
        let rows = isAlone ? layout.components[scan.parts[0].component].ownBlocksHigh : layout.mcusHigh
        let columns = isAlone ? layout.components[scan.parts[0].component].ownBlocksWide : layout.mcusWide
        var reader = entropy.reader
        for row in 0..<rows {
            if isAlone {
                var block = unsafe coefficients.block(scan.parts[0].component, row: row, column: 0)
                for _ in 0..<columns {
                    if try isPresent(entropy, &reader) { unsafe body(&reader, block, 0) }
                    unsafe block += 64
                }
            } else {
                for column in 0..<columns {
                    let isPresent = try isPresent(entropy, &reader)
                    guard isPresent else { continue }
                    for (index, part) in scan.parts.enumerated() {
                        let component = layout.components[part.component]
                        for y in 0..<component.vertical {
                            for x in 0..<component.horizontal {
                                let block = unsafe coefficients.block(
                                    part.component, row: row * component.vertical + y, column: column * component.horizontal + x)
                                unsafe body(&reader, block, index)
                            }
                        }
                    }
                }
            }
            if entropy.hasEnded { break }
        }
        entropy.reader = reader
        try entropy.check()
    }

    /// Before an MCU: false when it is not in the data.
    @inline(__always)
    private func isPresent(_ entropy: EntropyState, _ reader: inout BitReader) throws(ImageryError) -> Bool {
        if unsafe reader.next >= entropy.input.limit || entropy.needsAttention(reader) {
            entropy.reader = reader
            try entropy.prepare()
            reader = entropy.reader
        }
        entropy.mcusLeft &-= 1
        return !entropy.isMissing
    }
}

/// A sequential scan that holds some of the components (T.81 A.2.3).
struct SequentialScan {
    private let walk: BlockWalk
    private let tables: ScanTables

    init(_ coefficients: Coefficients, _ scan: Scan, _ tables: DecodingTables) throws(ImageryError) {
        walk = BlockWalk(scan: scan, coefficients: coefficients)
        self.tables = try ScanTables(tables, scan, coefficients.image.header.frame, coefficients.image.layoutOfFrame)
    }

    func decode(_ entropy: EntropyState) throws(ImageryError) {
        let codes = unsafe tables.codes
        let order = unsafe tables.order
        let predictions = unsafe entropy.predictions
        unsafe try walk.visit(entropy) { reader, block, part in
            _ = unsafe SequentialBlock.decode(
                &reader, into: block, dc: codes[part].dc, ac: codes[part].ac, prediction: &predictions[part], order: order)
        }
    }
}
