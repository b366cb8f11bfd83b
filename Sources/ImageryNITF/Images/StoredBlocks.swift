// Blocks of an image segment that other programs decode from their bytes (MIL-STD-2500C 5.4.3.1, MIL-STD-188-198A).

import ImageryBase
import ImageryJPEG
import ImageryPlumbing
import Synchronization

extension NITFImage: StoredBlockSource {
    func storedBlocks(level: Int) throws(ImageryError) -> StoredBlocks {
        let coding = try readableCoding()
        if case .whole(let whole) = coding {
            guard let stored = whole as? any StoredBlockSource else { throw unsupported("compression \(header.compression)") }
            return try stored.storedBlocks(level: level)
        }
        guard level == 0 else {
            throw ImageryError(.misuse, context, "resolution level \(level) has no blocks of its own")
        }
        switch coding {
        case .samples(let blocks): return try storedSamples(blocks).inRows(fileSize: source.byteCount)
        case .streams(let places, let codec):
            guard let jpeg = codec as? JPEGStreams else { throw unsupported("compression \(header.compression)") }
            return try storedStreams(places, jpeg)
        case .whole: throw unsupported("compression \(header.compression)")
        }
    }

    private func unsupported(_ reason: String) -> ImageryError {
        ImageryError(unsupported: .tileIndex, context, "the blocks cannot be indexed: \(reason)")
    }

    /// The blocks of uncompressed samples as they are in the file; nil for others.
    func undividedBlocks() throws(ImageryError) -> StoredBlocks? {
        guard case .samples(let blocks) = try readableCoding() else { return nil }
        return try storedSamples(blocks)
    }

    /// Bands in blocks of their own (S) or together, whose samples are big-endian.
    private func storedSamples(_ blocks: BlockLayout) throws(ImageryError) -> StoredBlocks {
        guard header.bits == 8 * layout.pixelType.byteCount else { throw unsupported("samples of \(header.bits) bits") }
        let order: BlockCoding.Samples.Order =
            switch header.interleave {
            case .block, .sequential: .bands
            case .pixel: blocks.bandsInBlock == 1 ? .bands : .pixels
            case .row: blocks.bandsInBlock == 1 ? .bands : .rows
            }
        return StoredBlocks(
            shape: layout.shape, pixelType: layout.pixelType, bandsPerBlock: blocks.bandsInBlock, blockWidth: header.blockWidth,
            blockHeight: header.blockHeight, padValue: layout.padValue,
            coding: .samples(.init(order: order, isBigEndian: true))
        ) { [self] (address) throws(ImageryError) in
            guard let start = try start(row: address.row, column: address.column, plane: address.plane) else { return .absent }
            guard let block = StoredBlocks.padded(start: start, count: blocks.blockBytes, fileSize: source.byteCount) else {
                throw ImageryError(.malformed, context, "the file is shorter than a block", at: start)
            }
            // What the pixels of the image need is in the data: else this throws.
            let bounds = layout.blockBounds(row: address.row, column: address.column)
            _ = try range(
                row: address.row, column: address.column, plane: address.plane,
                region: Window(x: 0, y: 0, width: bounds.width, height: bounds.height), lowest: 0, highest: blocks.bandsInBlock - 1)
            return block
        }
    }

    /// A stream for each block, or for each band of it.
    private func storedStreams(_ places: StreamPlaces, _ codec: JPEGStreams) throws(ImageryError) -> StoredBlocks {
        guard header.bits == 8, layout.pixelType == .uint8 else { throw unsupported("JPEG of \(header.bits) bits") }
        guard header.compression.hasSuffix("3") else { throw unsupported("compression \(header.compression)") }
        let isSequential = header.interleave == .sequential
        let isSplit = isSequential || places.streamsPerBlock > 1
        let bands = isSplit ? 1 : header.bands
        guard bands == 1 || bands == 3 else { throw unsupported("\(bands) bands in a JPEG stream") }
        let checked = CheckedStreams()
        let colors = bands == 1 ? "MONO" : header.representation == "YCbCr601" ? "YCbCr601" : "RGB"
        return StoredBlocks(
            shape: layout.shape, pixelType: layout.pixelType, bandsPerBlock: bands, blockWidth: header.blockWidth,
            blockHeight: header.blockHeight, padValue: layout.padValue,
            coding: .jpeg(.init(bitsPerPixel: 8, mode: bands == 1 ? "B" : "P", colors: colors))
        ) { [self] (address) throws(ImageryError) in
            let part = try streams(
                places, row: address.row, column: address.column, bands: isSplit ? [address.plane] : Array(0..<bands))
            guard let range = part.first?.range else { return .absent }
            if checked.contains(range) { return .ranges([range]) }
            let stream = SourceSlice(source, range)
            guard try codec.standsAlone(stream, width: header.blockWidth, height: header.blockHeight) else {
                throw unsupported("the JPEG stream of block (\(address.row), \(address.column)) needs more than its own bytes")
            }
            checked.insert(range)
            return .ranges([range])
        }
    }
}

/// Streams that were found to stand for themselves: a mask may name one for many blocks.
private final class CheckedStreams: Sendable {
    private let ranges = Mutex<Set<Range<Int>>>([])

    func contains(_ range: Range<Int>) -> Bool { ranges.withLock { $0.contains(range) } }
    func insert(_ range: Range<Int>) { ranges.withLock { _ = $0.insert(range) } }
}

extension JPEG2000Image: StoredBlockSource {
    func storedBlocks(level: Int) throws(ImageryError) -> StoredBlocks {
        guard let codestream = stored as? any StoredBlockSource else {
            throw ImageryError(unsupported: .tileIndex, data.context, "the codestream cannot be indexed")
        }
        var blocks = try codestream.storedBlocks(level: level)
        guard blocks.shape.bands == layout.shape.bands else {
            throw ImageryError(
                unsupported: .tileIndex, data.context, "the codestream cannot be indexed: it has more bands than the image")
        }
        let reduced = layout.reduced(layout.bounds, level: level)
        blocks.shape.rows = reduced.height
        blocks.shape.columns = reduced.width
        blocks.padValue = layout.padValue ?? blocks.padValue
        let (start, find) = (start, blocks.find)
        blocks.find = { (address) throws(ImageryError) in
            guard case .ranges(let ranges) = try find(address) else { return .absent }
            return .ranges(ranges.map { $0.lowerBound + start..<$0.upperBound + start })
        }
        return blocks
    }
}
