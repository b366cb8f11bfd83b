// How the pixels of an image segment are stored: what IC and IMODE make of the data (MIL-STD-2500C Table A-3, IC;
// MIL-STD-188-196, -198A).

import ImageryBase
import ImageryFax
import ImageryJPEG
import ImageryPlumbing

/// How the pixels of a segment are stored.
enum Coding: Sendable {
    /// Uncompressed blocks, read straight from the lent bytes (NC, NM).
    case samples(BlockLayout)
    /// Every block, or every block of each band, is a stream (C1, M1, C3, M3, C4, M4, C5, M5).
    case streams(StreamPlaces, any StreamCodec)
    /// All data are one image, which reads its own parts (I1, C8, M8, CD, MD).
    case whole(any ImageSource)
}

/// The data of a segment, and the mask before them.
struct CodedData {
    var source: any ByteSource
    var range: Range<Int>
    var mask: ImageDataMask?
    var context: String
}

extension ImageSubheader {
    /// True for vector quantisation.
    var isVectorQuantized: Bool { compression == "C4" || compression == "M4" }

    /// True when a mask stands before the data.
    var isMasked: Bool { compression == "NM" || compression.hasPrefix("M") }

    /// What absent blocks of maps are when the mask has no pad code: CADRG's transparent pixel, which is the index behind the look-up
    /// table of 216 colors, or its last entry when that is a 217th one that is black (MIL-C-89038).
    var transparentIndex: SampleValue? {
        guard isVectorQuantized, let tableEntries, tableEntries > 0, tableEntries < 1 << bits else { return nil }
        return .integer(Int64(tableEntries == 217 && isLastEntryBlack ? 216 : tableEntries))
    }

    /// Number of blocks, those of every band when they are sequential; nil when they cannot be counted.
    var blockCount: Int? { checkedProduct(blockRows, blockColumns, interleave == .sequential ? bands : 1) }

    /// Throws kind unsupported for a compression that is not read, kind malformed for data that cannot be of it. Lesser faults
    /// go to `report`.
    func coding(_ data: CodedData, at offset: Int, report: (Diagnostic) -> Void) throws(ImageryError) -> Coding {
        switch compression {
        case "NC", "NM":
            guard let blocks = BlockLayout(self) else {
                throw ImageryError(.malformed, data.context, "the blocks exceed any memory", at: offset)
            }
            return .samples(blocks)
        case "C1", "M1": return try faxStreams(data, at: offset)
        case "C3", "M3", "C5", "M5": return try jpegStreams(data, at: offset)
        case "C4", "M4": return try vectors(data, at: offset, report: report)
        case "C8", "M8", "CD", "MD": return .whole(try JPEG2000Image(data, self, report: report))
        case "I1": return .whole(try DownsampledImage(data, self))
        default:
            throw ImageryError(
                unsupported: .compression, data.context, "image compression \(compression) is not supported", at: offset)
        }
    }

    /// The streams of JPEG images (MIL-STD-188-198A 5.2, appendix B).
    private func jpegStreams(_ data: CodedData, at offset: Int) throws(ImageryError) -> Coding {
        guard let count = blockCount else {
            throw ImageryError(.malformed, data.context, "the blocks exceed any memory", at: offset)
        }
        var tables = JPEGTables()
        if let level = defaultQuality { tables.addMilitaryQuantisers(level: level) }
        let isJPEG2 = compression.hasSuffix("5")
        let colors: JPEGColors = isJPEG2 ? .asStored : .asToldElse(isYCbCr: representation == "YCbCr601")
        let split: StreamPlaces.Splitter = { (source, range, limit) throws(ImageryError) in
            try JPEGStreams.pieces(in: source, range, limit: limit).map { StreamPiece(range: $0.range, isEnded: $0.isEnded) }
        }
        let first = try StreamPlaces(data, blocks: count, split: split).firstStream()
        var streamsPerBlock = 1
        if let first {
            // Tables may be given once, before the first block. When they are broken there, the blocks say so.
            do throws(ImageryError) {
                try tables.add(SourceSlice(data.source, first))
            } catch {
                if error.kind == .io { throw error }
            }
            // Bands may be streams of their own in IMODE B, too.
            if interleave != .sequential, bands > 1, JPEGStreams.bandCount(SourceSlice(data.source, first)) == 1 {
                streamsPerBlock = bands
            }
        }
        return .streams(
            StreamPlaces(data, blocks: count, streamsPerBlock: streamsPerBlock, split: split),
            JPEGStreams(tables: tables, colors: colors))
    }

    /// Bi-level images: T.4, in one dimension ("1D") or two ("2DS", "2DH"). Nothing but a mask tells where a second block begins.
    private func faxStreams(_ data: CodedData, at offset: Int) throws(ImageryError) -> Coding {
        guard let count = blockCount, bands == 1, bits == 1 else {
            throw ImageryError(
                unsupported: .compression, data.context, "\(bands) bands of \(bits) bits are no bi-level image", at: offset)
        }
        guard count == 1 || data.mask?.hasBlockTable == true else {
            throw ImageryError(
                unsupported: .compression, data.context, "\(count) bi-level blocks without a mask are not supported", at: offset)
        }
        let scheme = FaxScheme.group3(isTwoDimensional: compressionRate.hasPrefix("2D"))
        return .streams(
            StreamPlaces(data, blocks: count) { (_, range, _) throws(ImageryError) in [StreamPiece(range: range, isEnded: true)] },
            FaxStreams(scheme, columns: blockWidth, rows: blockHeight))
    }

    /// Vector quantisation as MIL-STD-188-199 has it: the header and its tables stand before the first block, behind the mask.
    private func vectors(_ data: CodedData, at offset: Int, report: (Diagnostic) -> Void) throws(ImageryError) -> Coding {
        let start = data.mask?.end ?? data.range.lowerBound
        let header = try VectorHeader(
            data.source, .init(start: start), end: data.range.upperBound, self, context: data.context)
        var codes = data
        codes.range = min(header.end, data.range.upperBound)..<data.range.upperBound
        if let mask = data.mask, mask.dataStart < header.end {
            // Counted from behind its own field, as a public file has it; what else lies in the tables is no code.
            guard mask.dataStart + 4 == header.end else {
                throw ImageryError(
                    .malformed, data.context, "IMDATOFF lies inside of the tables, which end at byte \(header.end)",
                    at: data.range.lowerBound)
            }
            report(
                Diagnostic(
                    data.context, "IMDATOFF is 4 too small: it does not count its own bytes", at: data.range.lowerBound,
                    clause: "MIL-STD-2500C Table A-3(A)"))
            codes.mask = mask.shifted(by: 4)
        }
        return try vectors(header, codes, at: offset)
    }

    /// Blocks of codes with their tables: blocks of codes that follow each other from the start of `data` on, or lie where its mask says.
    func vectors(_ header: VectorHeader, _ data: CodedData, at offset: Int) throws(ImageryError) -> Coding {
        guard let count = blockCount, let size = header.blockBytes, checkedProduct(count, size) != nil else {
            throw ImageryError(.malformed, data.context, "the blocks exceed any memory", at: offset)
        }
        let places = StreamPlaces(data, blocks: count) { (_, range, limit) throws(ImageryError) in
            (0..<min(limit, range.count / size)).map { index in
                StreamPiece(range: range.lowerBound + index * size..<range.lowerBound + (index + 1) * size, isEnded: true)
            }
        }
        return .streams(places, VectorStreams(header, data.source, context: data.context))
    }

    /// The quality level whose quantisers stand in for those that a stream does not bring: Y of COMRAT "XX.Y".
    private var defaultQuality: Int? {
        guard let last = compressionRate.last?.wholeNumberValue, compressionRate.utf8.dropLast().last == UInt8(ascii: ".") else {
            return nil
        }
        return (1...5).contains(last) ? last : nil
    }
}
