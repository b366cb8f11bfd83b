// Strips and tiles as blocks that other programs decode from their bytes (TIFF 6.0 sections 3, 14 and 15).

import ImageryBase
import ImageryPlumbing

extension TIFFImage: StoredBlockSource {
    func storedBlocks(level: Int) throws(ImageryError) -> StoredBlocks {
        guard level == 0 else {
            throw ImageryError(.misuse, context, "resolution level \(level) has no blocks of its own")
        }
        try checkObstacle()
        let coding = try blockCoding()
        let shape = layout.shape
        let blocks = StoredBlocks(
            shape: shape, pixelType: layout.pixelType, bandsPerBlock: header.samplesPerBlockPixel, blockWidth: layout.blockWidth,
            blockHeight: layout.blockHeight, padValue: layout.padValue, coding: coding
        ) { [self] (address) throws(ImageryError) in try storedBlock(address) }
        return blocks.inRows(fileSize: source.byteCount)
    }

    private func unsupported(_ reason: String) -> ImageryError {
        ImageryError(unsupported: .tileIndex, context, "the blocks cannot be indexed: \(reason)")
    }

    /// What a decoder of single blocks needs to know.
    private func blockCoding() throws(ImageryError) -> BlockCoding {
        guard !header.convertsYCbCr else { throw unsupported("they hold YCbCr") }
        guard !header.isBitReversed || header.compression == .jpeg else { throw unsupported("FillOrder is 2") }
        let isWhole = header.bits == 8 * layout.pixelType.byteCount
        let samples = header.samplesPerBlockPixel
        if isWhole, let packing = plainPacking {
            return .samples(.init(order: samples == 1 ? .bands : .pixels, isBigEndian: isBigEndian, packing: packing))
        }
        switch header.compression {
        case .none, .deflate, .oldDeflate, .lzw, .packBits:
            return .tiff(try tags())
        case .jpeg:
            guard header.bits == 8 else { throw unsupported("JPEG of \(header.bits) bits") }
            guard hasWholeBlocks else { throw unsupported("the last JPEG strip is shorter than the others") }
            var tags = try tags()
            tags.jpegTables = try jpegTables()
            return .tiff(tags)
        default: throw unsupported("compression \(header.compression.code) (\(header.compression.name))")
        }
    }

    /// What blocks are packed in, where nothing but samples is in it.
    private var plainPacking: BlockCoding.Samples.Packing? {
        switch header.compression {
        case .none: .uncompressed
        case .deflate where header.predictor < 2, .oldDeflate where header.predictor < 2: .zlib
        case .zstandard where header.predictor < 2: .zstandard
        case .lzma where header.predictor < 2: .xz
        case .lerc where header.lercPacking == LERCPacking.none: .lerc
        default: nil
        }
    }

    /// False when the strips of the last row have fewer rows than the others.
    private var hasWholeBlocks: Bool { grid.storedRows(grid.rows - 1) == layout.blockHeight }

    private func tags() throws(ImageryError) -> BlockCoding.TIFF {
        let bits = header.bits
        guard bits == 8 * layout.pixelType.byteCount ? bits <= 64 : bits == 1 || bits == 4 else {
            throw unsupported("samples of \(bits) bits")
        }
        if header.predictor == 2, bits > 8, isBigEndian { throw unsupported("predictor 2 of big-endian samples") }
        if header.predictor == 3, bits < 32 { throw unsupported("predictor 3 of \(bits)-bit samples") }
        let compression: Compression = header.compression == .oldDeflate ? .deflate : header.compression
        if header.predictor == 2, bits == 64 { throw unsupported("predictor 2 of 64-bit samples") }
        return BlockCoding.TIFF(
            compression: compression.code, bitsPerSample: bits, samplesPerPixel: header.samplesPerBlockPixel,
            photometric: decodedPhotometric, predictor: max(1, header.predictor),
            sampleFormat: decodedFormat.rawValue,
            jpegTables: nil, isBigEndian: isBigEndian && header.predictor != 3)
    }

    /// PhotometricInterpretation as it is where it changes samples (JPEG); others may need tags that concern no sample (ColorMap).
    private var decodedPhotometric: Int {
        guard header.compression != .jpeg, let photometric = header.photometric else { return header.photometric ?? 1 }
        return photometric <= 2 ? photometric : 1
    }

    /// The format under which decoders that know some formats let the bits of these samples pass in their byte order.
    private var decodedFormat: SampleFormat {
        switch header.bits {
        case 64: .float
        case 8, 16: header.format == .signed ? .signed : .unsigned
        case 32: header.format == .signed || header.format == .float ? header.format : .unsigned
        default: .unsigned
        }
    }

    /// Uncompressed blocks in full size; of compressed ones, those with fewer rows are made anew.
    private func storedBlock(_ address: BlockAddress) throws(ImageryError) -> StoredBlock {
        guard let range = try range(row: address.row, column: address.column, plane: address.plane) else { return .absent }
        let rows = grid.storedRows(address.row)
        let stored = grid.bytes(ofRows: rows)
        let full = grid.bytes(ofRows: layout.blockHeight)
        guard header.compression == .none else {
            guard rows == layout.blockHeight || header.compression.isWritable else {
                throw unsupported("the last \(header.compression.name) strip is shorter than the others")
            }
            return rows == layout.blockHeight ? .ranges([range]) : .bytes(try filledUp(range, from: stored, to: full))
        }
        guard range.count >= stored,
            let block = StoredBlocks.padded(start: range.lowerBound, count: full, fileSize: source.byteCount)
        else {
            throw ImageryError(
                .malformed, context, "block (\(address.row), \(address.column)) has \(range.count) of \(stored) bytes",
                at: range.lowerBound)
        }
        return block
    }

    /// Bytes that the strips of the last row, one of each plane, may have together when they are whole.
    private static let longestFilledStrips = 4 << 20

    /// The compressed block at `range`, of `count` bytes, with zeros up to `full`: rows of zeros stay that behind a predictor.
    private func filledUp(_ range: Range<Int>, from count: Int, to full: Int) throws(ImageryError) -> [UInt8] {
        guard let total = checkedProduct(full, grid.planes), total <= Self.longestFilledStrips,
            range.count <= 2 * Self.longestFilledStrips
        else {
            throw unsupported("the last strip is shorter than the others, and they are too long to fill it up")
        }
        guard let codec = header.makeCodec() else { throw unsupported("the last strip is shorter than the others") }
        let block = try Scratch(byteCount: full + blockSlack)
        unsafe block.base.initializeMemory(as: UInt8.self, repeating: 0, count: full + blockSlack)
        let fault = try source.lend(range, of: context) { (span) throws(ImageryError) -> String? in
            unsafe span.withUnsafeBytes { unsafe codec.decode($0, into: block.base, count: count).fault }
        }
        if let fault { throw ImageryError(.malformed, context, fault, at: range.lowerBound) }
        // In bounds: the codec may have written behind the rows it was asked for, not behind the slack.
        unsafe (block.base + count).initializeMemory(as: UInt8.self, repeating: 0, count: full - count)
        let compression: Compression = header.compression == .oldDeflate ? .deflate : header.compression
        var output: [UInt8] = []
        try unsafe compression.makeCompressor(level: 6).compress(
            block.base, rows: layout.blockHeight, rowBytes: grid.rowBytes, into: &output)
        return output
    }
}
