// An image of elevations to a cell (MIL-PRF-89020B 3.10 to 3.13).

public import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Writes DTED.
public enum DTEDEncoder {
    /// Writes the only asset, an image of one band of Int16, north up, as a cell. Samples that are the image's pad value, and -32767,
    /// become voids.
    ///
    /// The ground comes from the options, else from the image, else from copied metadata. Throws kind unsupported for other assets and
    /// types, kind misuse for options that DTED cannot express, for ground that is no grid of whole tenths of a second beginning at a whole
    /// second, and for elevations below -16,000 m, which readers take for something else.
    public static func write(
        _ entries: [WriteEntry], options: WriteOptions, notes: WriteNotes = WriteNotes(), into sink: any ByteSink
    ) throws {
        let (entry, source, mask) = try entries.singleImage(in: "DTED")
        if mask != nil { try notes.add(WriteNote(entry.key.mask, "mask", .dropped, "DTED has voids instead of a mask")) }
        let layout = source.layout
        guard layout.shape.bands == 1, layout.pixelType == .int16 else {
            throw ImageryError(
                unsupported: .pixelType, "DTED",
                "a cell holds one band of int16; the image has \(layout.shape.bands) of \(layout.pixelType.rawValue)")
        }
        try judge(entry.options)
        let metadata = [entry.options.metadata, options.metadata].compactMap(\.self).first { $0.schema == .dted }
        let cell = try CellGrid(source, entry.options, metadata)
        let (rows, columns) = (cell.rows, cell.columns)
        guard let size = checkedProduct(rows, columns, 2) else {
            throw ImageryError(limit: .memory, "DTED", "the cell exceeds any memory")
        }
        let samples = try Scratch(byteCount: size)
        let request = ReadRequest(region: layout.bounds, bands: [0])
        try unsafe source.makeReader().read(
            request, into: Destination(base: samples.base, bandStride: 0, rowStride: columns * 2))
        let pad = layout.padValue?.bytes(for: .int16).map { Int16(bitPattern: UInt16($0[0]) | UInt16($0[1]) << 8) }
        let voids = unsafe Elevations.prepare(samples.base, count: rows * columns, pad: pad ?? Elevations.void)
        guard let voids else {
            throw ImageryError(.misuse, "DTED", "an elevation is below -16,000 m: readers would take it for another number")
        }
        let present = voids == 0 ? 100 : max(1, min(99, (rows * columns - voids) * 100 / (rows * columns)))
        try sink.append(try cell.header(metadata, completeness: present, strict: entry.options.strict))
        let linesAtOnce = 32
        var records = [UInt8](repeating: 0, count: linesAtOnce * cell.recordBytes)
        for first in stride(from: 0, to: columns, by: linesAtOnce) {
            let count = min(linesAtOnce, columns - first)
            // In bounds: `samples` has all rows and columns, `records` 12 bytes and two for each row, line by line.
            unsafe records.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                unsafe Elevations.records(
                    samples.base + first * 2, rowStride: columns * 2, rows: rows, lines: first..<first + count, into: base)
            }
            try sink.append(Array(records.prefix(count * cell.recordBytes)))
        }
    }

    private static func judge(_ asked: WriteOptions) throws(ImageryError) {
        func refuse(_ what: String) -> ImageryError { ImageryError(.misuse, "DTED", "\(what) cannot be expressed in DTED") }
        if let compression = asked.compression, compression != .uncompressed { throw refuse("compression \(compression)") }
        if asked.compressionLevel != nil { throw refuse("a compression level") }
        if asked.jpeg != nil { throw refuse("a choice of JPEG") }
        if asked.jpeg2000 != nil { throw refuse("a choice of JPEG 2000") }
        if let predictor = asked.predictor, predictor != .unpredicted { throw refuse("predictor \(predictor)") }
        if asked.blockWidth != nil || asked.blockHeight != nil { throw refuse("a block size") }
        if let interleave = asked.interleave { throw refuse("interleave \(interleave)") }
        if asked.omitsEmptyBlocks == true { throw refuse("leaving out empty blocks") }
        if let bits = asked.bitsPerSample, bits != 16 { throw refuse("\(bits) bits a sample") }
        if let pad = asked.padValue, pad != .integer(Int64(Elevations.void)) { throw refuse("another pad value than -32767") }
    }
}

/// Where the samples of a cell lie.
struct CellGrid {
    /// Longitude lines, and points of each.
    let columns: Int
    let rows: Int
    /// Tenths of a second of arc between lines and between points.
    let longitudeInterval: Int
    let latitudeInterval: Int
    /// The sample in the south-west, in seconds of arc.
    let west: Int
    let south: Int

    var recordBytes: Int { 12 + 2 * rows }

    init(_ source: PixelSource, _ options: WriteOptions, _ metadata: Metadata?) throws(ImageryError) {
        (columns, rows) = (source.layout.shape.columns, source.layout.shape.rows)
        func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, "DTED", message) }
        guard columns <= 9999, rows <= 9999 else { throw misuse("a cell has at most 9999 lines of 9999 points") }
        guard let ground = options.georeference ?? source.georeference else {
            guard let copied = metadata?["UHL"].flatMap({ CellHeader.grid($0) }) else {
                throw misuse("a cell needs to know where it lies: give corners or an affine map in EPSG:4326")
            }
            (longitudeInterval, latitudeInterval, west, south) = copied
            return
        }
        guard ground.crs == "EPSG:4326" else {
            throw misuse("a cell lies in EPSG:4326, not in \(ground.crs ?? "a system without a name")")
        }
        guard let map = ground.affineMap(columns: columns, rows: rows), map.xPerRow == 0, map.yPerColumn == 0, map.xPerColumn > 0,
            map.yPerRow < 0
        else { throw misuse("a cell's rows run from north to south and its columns from west to east") }
        func whole(_ value: Double, _ unit: Double, _ what: String) throws(ImageryError) -> Int {
            let number = (value * unit).rounded()
            guard abs(value * unit - number) < 0.01, abs(number) < 1e7 else {
                throw misuse("\(what) of \(value) degrees is no whole number of \(unit > 3600 ? "tenths of seconds" : "seconds")")
            }
            return Int(number)
        }
        longitudeInterval = try whole(map.xPerColumn, 36_000, "a distance of columns")
        latitudeInterval = try whole(-map.yPerRow, 36_000, "a distance of rows")
        guard (1...9999).contains(longitudeInterval), (1...9999).contains(latitudeInterval) else {
            throw misuse("the distances of samples are not 0.1 to 999.9 seconds")
        }
        west = try whole(map.originX + map.xPerColumn / 2, 3600, "a longitude of the first column")
        south = try whole(map.originY + (Double(rows) - 0.5) * map.yPerRow, 3600, "a latitude of the last row")
        guard abs(west) <= 180 * 3600, abs(south) <= 90 * 3600 else { throw misuse("the cell lies outside of the Earth") }
    }
}
