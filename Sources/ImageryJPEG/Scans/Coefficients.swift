// All coefficients of an image: where the data of a block is spread over several scans.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// The blocks of every component, padding of the MCUs included.
///
/// Complete when it is made, so that several threads may make samples of them.
@safe
final class Coefficients: ScanDecoder, @unchecked Sendable {
    let image: JPEGImage
    private let storage: Raster
    private nonisolated(unsafe) let bases: [UnsafeMutablePointer<Int16>]
    /// The quantisers in force when a component's first scan began.
    private var quantisers: [[UInt16]?]

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
        try decodeScans(image, context)
    }

    /// The block (`row`, `column`) of `component`, which is in the grid of its MCUs.
    @inline(__always)
    func block(_ component: Int, row: Int, column: Int) -> UnsafeMutablePointer<Int16> {
        let part = image.layoutOfFrame.components[component]
        return unsafe bases[component] + (row * image.layoutOfFrame.mcusWide * part.horizontal + column) * 64
    }

    func begin(_ scan: Scan, _ tables: DecodingTables) {
        for part in scan.parts where quantisers[part.component] == nil {
            quantisers[part.component] = tables.quantisers[image.header.frame.components[part.component].table]
        }
    }

    func decode(_ scan: Scan, _ tables: DecodingTables, _ entropy: EntropyState) throws(ImageryError) {
        if image.header.frame.isArithmetic {
            try ArithmeticScan(self, scan, tables).decode(entropy)
        } else if image.header.frame.process == .progressive {
            try ProgressiveScan(self, scan, tables).decode(entropy)
        } else {
            try SequentialScan(self, scan, tables).decode(entropy)
        }
    }

    // MARK: Samples

    /// Makes the samples of MCU row `row` in the last row of `planes`.
    func produce(_ row: Int, into planes: Planes) throws(ImageryError) {
        let layout = image.layoutOfFrame
        let transform = BlockTransform(precision: image.header.frame.precision)
        for (index, component) in layout.components.enumerated() {
            guard let table = quantisers[index] else {
                throw ImageryError(.malformed, "JPEG SOS", "component \(index) has no scan or no quantisation table")
            }
            let size = planes.layout.components[index].blockSize
            unsafe table.withUnsafeBufferPointer { table in
                let quantisers = table.baseAddress!
                for y in 0..<component.vertical {
                    var source = unsafe block(
                        index, row: row * component.vertical + y, column: planes.columns.lowerBound * component.horizontal)
                    var target = unsafe planes.last(index) + size * y * planes.strides[index]
                    for _ in 0..<planes.columns.count * component.horizontal {
                        unsafe transform.write(
                            source, quantisers, size: size, isFlat: isFlat(source), into: target, stride: planes.strides[index])
                        unsafe source += 64
                        unsafe target += size * planes.sampleBytes
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

/// Gives the rows of an image whose coefficients are all there.
final class CoefficientRows: RowProducer {
    private let coefficients: Coefficients
    private(set) var nextRow = 0
    var goesBack: Bool { true }

    init(_ coefficients: Coefficients) { self.coefficients = coefficients }

    func copy() -> (any RowProducer)? { CoefficientRows(coefficients) }

    func pass(to row: Int) { nextRow = row }

    func produce(_ row: Int, into planes: Planes) throws(ImageryError) {
        nextRow = row + 1
        try coefficients.produce(row, into: planes)
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
