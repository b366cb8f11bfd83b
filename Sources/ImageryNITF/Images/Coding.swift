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

    /// The quality level whose quantisers stand in for those that a stream does not bring: Y of COMRAT "XX.Y".
    fileprivate var defaultQuality: Int? {
        guard let last = compressionRate.last?.wholeNumberValue, compressionRate.utf8.dropLast().last == UInt8(ascii: ".") else {
            return nil
        }
        return (1...5).contains(last) ? last : nil
    }
}

extension Coding {
    /// The coding of the data of an image with that subheader, which stands at `offset`. Throws kind unsupported for a compression that is
    /// not read, kind malformed for data that cannot be of it. Lesser faults go to `report`.
    init(_ header: ImageSubheader, _ data: CodedData, at offset: Int, report: (Diagnostic) -> Void) throws(ImageryError) {
        switch header.compression {
        case "NC", "NM":
            guard let blocks = BlockLayout(header) else {
                throw ImageryError(.malformed, data.context, "the blocks exceed any memory", at: offset)
            }
            self = .samples(blocks)
        case "C1", "M1": self = try Self.faxStreams(header, data, at: offset)
        case "C3", "M3", "C5", "M5": self = try Self.jpegStreams(header, data, at: offset)
        case "C4", "M4": self = try Self.vectors(header, data, at: offset, report: report)
        case "C8", "M8", "CD", "MD": self = .whole(try JPEG2000Image(data, header, report: report))
        case "I1": self = .whole(try DownsampledImage(data, header))
        default:
            throw ImageryError(
                unsupported: .compression, data.context, "image compression \(header.compression) is not supported", at: offset)
        }
    }

    /// The streams of JPEG images (MIL-STD-188-198A 5.2, appendix B).
    private static func jpegStreams(_ header: ImageSubheader, _ data: CodedData, at offset: Int) throws(ImageryError) -> Coding {
        guard let count = header.blockCount else {
            throw ImageryError(.malformed, data.context, "the blocks exceed any memory", at: offset)
        }
        var tables = JPEGTables()
        if let level = header.defaultQuality { tables.addMilitaryQuantisers(level: level) }
        let isJPEG2 = header.compression.hasSuffix("5")
        let colors: JPEGColors = isJPEG2 ? .asStored : .asToldElse(isYCbCr: header.representation == "YCbCr601")
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
            if header.interleave != .sequential, header.bands > 1, JPEGStreams.bandCount(SourceSlice(data.source, first)) == 1 {
                streamsPerBlock = header.bands
            }
        }
        return .streams(
            StreamPlaces(data, blocks: count, streamsPerBlock: streamsPerBlock, split: split),
            JPEGStreams(tables: tables, colors: colors))
    }

    /// Bi-level images: T.4, in one dimension ("1D") or two ("2DS", "2DH"). Nothing but a mask tells where a second block begins.
    private static func faxStreams(_ header: ImageSubheader, _ data: CodedData, at offset: Int) throws(ImageryError) -> Coding {
        guard let count = header.blockCount, header.bands == 1, header.bits == 1 else {
            throw ImageryError(
                unsupported: .compression, data.context, "\(header.bands) bands of \(header.bits) bits are no bi-level image",
                at: offset)
        }
        guard count == 1 || data.mask?.hasBlockTable == true else {
            throw ImageryError(
                unsupported: .compression, data.context, "\(count) bi-level blocks without a mask are not supported", at: offset)
        }
        let scheme = FaxScheme.group3(isTwoDimensional: header.compressionRate.hasPrefix("2D"))
        return .streams(
            StreamPlaces(data, blocks: count) { (_, range, _) throws(ImageryError) in [StreamPiece(range: range, isEnded: true)] },
            FaxStreams(scheme, columns: header.blockWidth, rows: header.blockHeight))
    }

    /// Vector quantisation as MIL-STD-188-199 has it: the header and its tables stand before the first block, behind the mask.
    private static func vectors(
        _ header: ImageSubheader, _ data: CodedData, at offset: Int, report: (Diagnostic) -> Void
    ) throws(ImageryError) -> Coding {
        let start = data.mask?.end ?? data.range.lowerBound
        let tables = try VectorHeader(
            data.source, .init(start: start), end: data.range.upperBound, header, context: data.context)
        var codes = data
        codes.range = min(tables.end, data.range.upperBound)..<data.range.upperBound
        if let mask = data.mask, mask.dataStart < tables.end {
            // Counted from behind its own field, as a public file has it; what else lies in the tables is no code.
            guard mask.dataStart + 4 == tables.end else {
                throw ImageryError(
                    .malformed, data.context, "IMDATOFF lies inside of the tables, which end at byte \(tables.end)",
                    at: data.range.lowerBound)
            }
            report(
                Diagnostic(
                    data.context, "IMDATOFF is 4 too small: it does not count its own bytes", at: data.range.lowerBound,
                    clause: "MIL-STD-188-199"))
            codes.mask = mask.shifted(by: 4)
        }
        return try vectors(header, tables, codes, at: offset)
    }

    /// Blocks of codes with their tables: blocks of codes that follow each other from the start of `data` on, or lie where its mask says.
    static func vectors(
        _ header: ImageSubheader, _ tables: VectorHeader, _ data: CodedData, at offset: Int
    ) throws(ImageryError) -> Coding {
        guard let count = header.blockCount, let size = tables.blockBytes, checkedProduct(count, size) != nil else {
            throw ImageryError(.malformed, data.context, "the blocks exceed any memory", at: offset)
        }
        let places = StreamPlaces(data, blocks: count) { (_, range, limit) throws(ImageryError) in
            (0..<min(limit, range.count / size)).map { index in
                StreamPiece(range: range.lowerBound + index * size..<range.lowerBound + (index + 1) * size, isEnded: true)
            }
        }
        return .streams(places, VectorStreams(tables, data.source, context: data.context))
    }
}
