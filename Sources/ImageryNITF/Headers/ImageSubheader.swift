// What an image subheader says about pixels (MIL-STD-2500C Table A-3).

import ImageryBase
import ImageryPlumbing

/// The fields of an image subheader that describe its pixels, checked.
struct ImageSubheader: Sendable {
    /// Which way the samples of several bands are mixed (IMODE).
    enum Interleave: Sendable {
        /// By block: the bands of a block one after the other (B).
        case block
        /// By pixel (P).
        case pixel
        /// By row of a block (R).
        case row
        /// Sequential: all blocks of a band, then those of the next (S).
        case sequential
    }

    var rows: Int
    var columns: Int
    var bands: Int
    var blockRows: Int
    var blockColumns: Int
    var blockWidth: Int
    var blockHeight: Int
    /// NBPP.
    var bits: Int
    /// ABPP.
    var actualBits: Int
    var pixelType: PixelType
    var interleave: Interleave
    /// IC, trimmed.
    var compression: String
    /// COMRAT, trimmed.
    var compressionRate: String
    /// IREP, trimmed.
    var representation: String
    /// Entries of the look-up table; nil when there is none.
    var tableEntries: Int?
    /// True when every look-up table ends with 0.
    var isLastEntryBlack: Bool
    /// Why the samples mean nothing to this library although the geometry is clear.
    var obstacle: ImageryError?

    /// Throws kind malformed when there is no geometry; lesser faults go to `report` or make an obstacle. A subheader
    /// that breaks off behind NBPP still describes its pixels.
    init(_ record: FieldRecord, context: String, report: (String) -> Void) throws(ImageryError) {
        func positive(_ name: String) throws(ImageryError) -> Int {
            guard let value = record.number(name), value > 0 else {
                throw ImageryError(
                    .malformed, context, "\(name) is \(record.text(name) ?? "missing"), which is no size",
                    at: record.offset + (record.place(name)?.lowerBound ?? 0))
            }
            return value
        }
        rows = try positive("NROWS")
        columns = try positive("NCOLS")
        blockColumns = try positive("NBPR")
        blockRows = try positive("NBPC")
        let listed = record.number("NBANDS") ?? 0
        bands = listed > 0 ? listed : try positive("XBANDS")
        bits = try positive("NBPP")
        let (width, height) = (record.number("NPPBH") ?? -1, record.number("NPPBV") ?? -1)
        guard width >= 0, height >= 0 else {
            throw ImageryError(.malformed, context, "NPPBH or NPPBV is no number", at: record.offset)
        }
        // 0000 stands for the image's size, which the field cannot hold.
        blockWidth = width == 0 ? columns : width
        blockHeight = height == 0 ? rows : height
        actualBits = record.number("ABPP") ?? bits
        compression = record.text("IC") ?? ""
        compressionRate = record.text("COMRAT") ?? ""
        representation = record.text("IREP") ?? ""
        tableEntries = record.number("NELUT")
        let tables = record.places("LUTD")
        isLastEntryBlack = tables.allSatisfy { $0.isEmpty || record.bytes[$0.upperBound - 1] == 0 }
        let mode = record.text("IMODE") ?? ""
        let known: Interleave? =
            switch mode {
            case "B": .block
            case "P": .pixel
            case "R": .row
            case "S": .sequential
            default: nil
            }
        interleave = known ?? .block
        let value = record.text("PVTYPE") ?? ""
        let type = Self.pixelType(value, bits: bits)
        pixelType = type ?? .uint8
        if known == nil {
            obstacle = ImageryError(
                .malformed, context, "IMODE is '\(mode)'", at: record.place("IMODE").map { record.offset + $0.lowerBound })
        } else if type == nil {
            obstacle = ImageryError(
                unsupported: .pixelType, context, "pixels of PVTYPE \(value) with \(bits) bits are not supported",
                at: record.place("PVTYPE").map { record.offset + $0.lowerBound })
        } else if blockColumns * blockWidth < columns || blockRows * blockHeight < rows {
            obstacle = ImageryError(
                .malformed, context,
                "\(blockColumns) × \(blockRows) blocks of \(blockWidth) × \(blockHeight) do not cover \(columns) × \(rows) pixels",
                at: record.place("NBPR").map { record.offset + $0.lowerBound })
        }
        if blockColumns > ceilDivide(columns, blockWidth) || blockRows > ceilDivide(rows, blockHeight) {
            report("\(blockColumns) × \(blockRows) blocks are more than the image needs (\(record.table.standard), NBPR and NBPC)")
        }
        if actualBits < 1 || actualBits > bits {
            report("ABPP is \(actualBits), NBPP \(bits) (\(record.clause(of: "ABPP")))")
            actualBits = bits
        }
    }

    /// The type of the samples that a read returns: packed ones widen to the next one (S51). Nil when the combination
    /// has no meaning.
    static func pixelType(_ value: String, bits: Int) -> PixelType? {
        switch (value, bits) {
        case ("INT", 1...8), ("B", 1...8): .uint8
        case ("INT", 9...16): .uint16
        case ("INT", 17...32): .uint32
        case ("INT", 33...64): .uint64
        case ("SI", 1...8): .int8
        case ("SI", 9...16): .int16
        case ("SI", 17...32): .int32
        case ("SI", 33...64): .int64
        case ("R", 32): .float32
        case ("R", 64): .float64
        case ("C", 64): .complexFloat32
        default: nil
        }
    }
}
