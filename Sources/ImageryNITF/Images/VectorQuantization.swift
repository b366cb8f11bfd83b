// Vector quantisation (IC C4 and M4; MIL-STD-188-199): every code of a block stands for a small rectangle of pixels.

import ImageryBase
import ImageryPlumbing
import Synchronization

/// The compression subsection before the codes.
struct VectorHeader: Sendable {
    /// Rows of codes in a block, and codes in a row.
    var rows: Int
    var columns: Int
    /// Bits of a code.
    var bits: Int
    /// Pixels that a code stands for: as many rows as there are tables, and as many columns as their entries have values.
    var height: Int
    var width: Int
    /// Entries of a table.
    var entries: Int
    /// Where each table lies, and where all of them and the header end, in the file.
    var tables: [Range<Int>]
    var end: Int

    /// Reads the header at `start`. Throws kind malformed when it does not fit the blocks of `subheader`, unsupported for other
    /// algorithms and for values that are no bytes.
    init(_ source: any ByteSource, at start: Int, end limit: Int, _ subheader: ImageSubheader, context: String) throws(ImageryError)
    {
        func malformed(_ message: String) -> ImageryError { ImageryError(.malformed, context, message, at: start) }
        guard start >= 0, limit - start >= 21 else {
            throw malformed("the data have no room for the header of vector quantisation")
        }
        let head = try source.lend(start..<start + 21, of: context) { (span) throws(ImageryError) in
            var cursor = ByteCursor(span, base: start, bigEndian: true, context: context)
            return (
                rows: Int(try cursor.u32()), columns: Int(try cursor.u32()), bits: Int(try cursor.u8()),
                algorithm: Int(try cursor.u16()), tables: Int(try cursor.u16()), parameters: Int(try cursor.u16()),
                records: Int(try cursor.u32()), recordLength: Int(try cursor.u16())
            )
        }
        guard head.algorithm == 1, head.parameters == 0, subheader.bands == 1 else {
            throw ImageryError(
                .unsupported, context, "compression algorithm \(head.algorithm) with \(head.parameters) parameters is not known",
                at: start)
        }
        guard (1...16).contains(head.bits), (1...256).contains(head.tables), head.recordLength >= 14 else {
            throw malformed("\(head.tables) tables of codes of \(head.bits) bits do not exist (MIL-STD-188-199)")
        }
        rows = head.rows
        columns = head.columns
        bits = head.bits
        height = head.tables
        tables = []
        // Offsets count from the subsection of the tables, which begins with the field of their records' offset.
        let base = start + 15
        (width, entries, end) = (0, 0, base)
        for index in 0..<head.tables {
            guard let place = checkedSum(base, head.records + index * head.recordLength), let last = checkedSum(place, 14),
                last <= limit
            else { throw malformed("the records of the tables lie outside of the data") }
            let record = try source.lend(place..<last, of: context) { (span) throws(ImageryError) in
                var cursor = ByteCursor(span, base: place, bigEndian: true, context: context)
                return (
                    number: Int(try cursor.u16()), entries: Int(try cursor.u32()), values: Int(try cursor.u16()),
                    bits: Int(try cursor.u16()), offset: Int(try cursor.u32())
                )
            }
            guard record.bits == 8 else {
                throw ImageryError(.unsupported, context, "values of \(record.bits) bits are not supported", at: place)
            }
            if index == 0 { (width, entries) = (record.values, record.entries) }
            guard record.values == width, record.entries == entries, width > 0,
                let size = checkedProduct(entries, width), let first = checkedSum(base, record.offset),
                let behind = checkedSum(first, size), behind <= limit
            else { throw malformed("table \(index) of vector quantisation does not fit into the data or differs from the first") }
            tables.append(first..<behind)
            end = max(end, last, behind)
        }
        guard checkedProduct(rows, height) == subheader.blockHeight, checkedProduct(columns, width) == subheader.blockWidth else {
            throw malformed("\(columns) × \(rows) codes of \(width) × \(height) pixels are no block of the image")
        }
    }

    /// Bytes of the codes of a block; nil when they cannot be counted.
    var blockBytes: Int? { checkedProduct(rows, columns, bits).map { ceilDivide($0, 8) } }
}

/// Opens blocks of codes.
final class VectorStreams: StreamCodec {
    private let header: VectorHeader
    private let source: any ByteSource
    private let context: String
    private let loaded = Mutex<[UInt8]?>(nil)

    init(_ header: VectorHeader, _ source: any ByteSource, context: String) {
        self.header = header
        self.source = source
        self.context = context
    }

    func open(_ codes: any ByteSource) throws(ImageryError) -> any ImageSource {
        VectorImage(header: header, tables: try tables(), codes: codes)
    }

    /// The tables one after the other.
    private func tables() throws(ImageryError) -> [UInt8] {
        if let tables = loaded.withLock({ $0 }) { return tables }
        var tables: [UInt8] = []
        for range in header.tables { tables += try source.copy(range, of: context) }
        loaded.withLock { $0 = tables }
        return tables
    }
}

/// The pixels of one block.
private struct VectorImage: ImageSource {
    let header: VectorHeader
    let tables: [UInt8]
    let codes: any ByteSource

    var layout: ImageLayout {
        let (rows, columns) = (header.rows * header.height, header.columns * header.width)
        return ImageLayout(
            shape: Shape(bands: 1, rows: rows, columns: columns), pixelType: .uint8, blockWidth: columns, blockHeight: rows)
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [0..<codes.byteCount] }

    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self) }

    private final class Reader: ImageReader {
        private let image: VectorImage

        init(_ image: VectorImage) { self.image = image }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let header = image.header
            let region = request.region
            let width = header.width
            let columns = region.x / width..<(region.right - 1) / width + 1
            var line = [Int](repeating: 0, count: columns.count)
            var decoded = -1
            for y in region.y..<region.bottom {
                if y / header.height != decoded {
                    decoded = y / header.height
                    try readCodes(row: decoded, columns, into: &line)
                }
                let table = y % header.height * header.entries * width
                for band in request.bands.indices {
                    let target = unsafe destination.row(y - region.y, band: band)
                    for x in region.x..<region.right {
                        let value = image.tables[table + line[x / width - columns.lowerBound] * width + x % width]
                        // In bounds: the destination has the region's columns.
                        unsafe target.storeBytes(of: value, toByteOffset: x - region.x, as: UInt8.self)
                    }
                }
            }
        }

        /// Codes one after the other, most significant bit first.
        private func readCodes(row: Int, _ columns: Range<Int>, into line: inout [Int]) throws(ImageryError) {
            let header = image.header
            let first = (row * header.columns + columns.lowerBound) * header.bits
            let last = (row * header.columns + columns.upperBound) * header.bits
            let bytes = try image.codes.copy(first / 8..<ceilDivide(last, 8), of: "codes of vector quantisation")
            var position = first - first / 8 * 8
            for index in line.indices {
                var code = 0
                for _ in 0..<header.bits {
                    code = code << 1 | Int(bytes[position / 8] >> UInt8(7 - position % 8)) & 1
                    position += 1
                }
                guard code < header.entries else {
                    throw ImageryError(
                        .malformed, "codes of vector quantisation", "code \(code) has no entry among \(header.entries)",
                        at: first / 8)
                }
                line[index] = code
            }
        }
    }
}
