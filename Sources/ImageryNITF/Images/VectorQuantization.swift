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
    /// Where each table lies, by the row of the rectangle that it gives, and where all of them and the header end, in the file.
    var tables: [Range<Int>]
    var end: Int

    /// Where the parts of the header begin in the file.
    struct Places {
        /// Rows, columns and bits of the codes.
        var display: Int
        /// The algorithm and the number of tables.
        var compression: Int
        /// The tables.
        var lookup: Int

        init(display: Int, compression: Int, lookup: Int) {
            (self.display, self.compression, self.lookup) = (display, compression, lookup)
        }

        /// One behind the other, as MIL-STD-188-199 has them.
        init(start: Int) { self.init(display: start, compression: start + 9, lookup: start + 15) }
    }

    /// Reads the header whose parts lie at `places`. Throws kind malformed when it does not fit the blocks of `subheader`, unsupported for
    /// other algorithms and for values that are no bytes.
    init(
        _ source: any ByteSource, _ places: Places, end limit: Int, _ subheader: ImageSubheader, isBigEndian: Bool = true,
        context: String
    ) throws(ImageryError) {
        func malformed(_ message: String) -> ImageryError { ImageryError(.malformed, context, message, at: places.lookup) }
        /// The unsigned numbers of these sizes at `start`.
        func numbers(_ sizes: Int..., at start: Int) throws(ImageryError) -> [Int] {
            guard start >= 0, let end = checkedSum(start, sizes.reduce(0, +)), end <= limit else {
                throw malformed("the data have no room for the header of vector quantisation")
            }
            return try source.lend(start..<end, of: context) { (span) throws(ImageryError) in
                var cursor = ByteCursor(span, base: start, bigEndian: isBigEndian, context: context)
                var numbers: [Int] = []
                for size in sizes {
                    switch size {
                    case 1: numbers.append(Int(try cursor.u8()))
                    case 2: numbers.append(Int(try cursor.u16()))
                    default: numbers.append(Int(try cursor.u32()))
                    }
                }
                return numbers
            }
        }
        let display = try numbers(4, 4, 1, at: places.display)
        (rows, columns, bits) = (display[0], display[1], display[2])
        let compression = try numbers(2, 2, 2, at: places.compression)
        guard compression[0] == 1, compression[2] == 0, subheader.bands == 1 else {
            throw ImageryError(
                unsupported: .compression, context,
                "compression algorithm \(compression[0]) with \(compression[2]) parameters is not known",
                at: places.compression)
        }
        let lookup = try numbers(4, 2, at: places.lookup)
        guard (1...16).contains(bits), (1...256).contains(compression[1]), lookup[1] >= 14 else {
            throw malformed("\(compression[1]) tables of codes of \(bits) bits do not exist (MIL-STD-188-199)")
        }
        height = compression[1]
        // Offsets count from the subsection of the tables, which begins with the field of their records' offset.
        let base = places.lookup
        (width, entries, end) = (0, 0, base)
        var found: [(row: Int, place: Range<Int>)] = []
        for index in 0..<height {
            guard let place = checkedSum(base, lookup[0] + index * lookup[1]) else {
                throw malformed("the records of the tables lie outside of the data")
            }
            let record = try numbers(2, 4, 2, 2, 4, at: place)
            guard record[3] == 8 else {
                throw ImageryError(unsupported: .pixelType, context, "values of \(record[3]) bits are not supported", at: place)
            }
            if index == 0 { (width, entries) = (record[2], record[1]) }
            guard record[2] == width, record[1] == entries, width > 0, let size = checkedProduct(entries, width),
                let first = checkedSum(base, record[4]), let behind = checkedSum(first, size), behind <= limit
            else { throw malformed("table \(index) of vector quantisation does not fit into the data or differs from the first") }
            found.append((record[0], first..<behind))
            end = max(end, place + 14, behind)
        }
        // The number of a table says which row it gives.
        tables = found.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(\.element.place)
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
