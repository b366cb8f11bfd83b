// Chunks of fixed fields, read and written by one description each (PNG 3rd edition, clauses 11.2 and 11.3).

import ImageryBase

/// An integer of a chunk.
struct ChunkField: Sendable {
    let name: String
    /// Bytes: 1, 2 or 4.
    let size: Int
    /// What the stored integer is divided by; 1 for a plain number.
    let scale: Int

    init(_ name: String, _ size: Int, scale: Int = 1) {
        self.name = name
        self.size = size
        self.scale = scale
    }

    /// The field as a metadata value: an integer of its size, or a rational that keeps the stored integer exactly.
    func value(_ number: UInt32) -> Value {
        if scale > 1 { return Value(.rational, littleEndian: littleEndian(number) + littleEndian(UInt32(scale))) }
        return Value(Int(number), size == 1 ? .byte : size == 2 ? .short : .long)
    }

    /// The integer to store for a metadata value; nil when it does not fit.
    func number(_ value: Value) -> UInt32? {
        let number: Int?
        if scale > 1 {
            number = value.double.flatMap { Int(exactly: ($0 * Double(scale)).rounded()) }
        } else {
            number = value.int
        }
        guard let number, number >= 0, number < 1 << (8 * size) else { return nil }
        return UInt32(number)
    }

    /// The field as the tool prints it.
    func text(_ number: UInt32) -> String {
        scale > 1 ? "\(Double(number) / Double(scale))" : "\(number)"
    }
}

private func littleEndian(_ value: UInt32) -> [UInt8] { bigEndian(value.byteSwapped) }

/// The chromaticities of cHRM and mDCV, in their orders (11.3.2.1, 11.3.2.7).
private let whitePoint = ["WhitePointX", "WhitePointY"]
private let primaries = ["RedX", "RedY", "GreenX", "GreenY", "BlueX", "BlueY"]

private let plainFields: [ChunkType: [ChunkField]] = [
    .ihdr: [
        ChunkField("Width", 4), ChunkField("Height", 4), ChunkField("BitDepth", 1), ChunkField("ColorType", 1),
        ChunkField("CompressionMethod", 1), ChunkField("FilterMethod", 1), ChunkField("InterlaceMethod", 1),
    ],
    .chrm: (whitePoint + primaries).map { ChunkField($0, 4, scale: 100_000) },
    .gama: [ChunkField("Gamma", 4, scale: 100_000)],
    .srgb: [ChunkField("RenderingIntent", 1)],
    .cicp: [
        ChunkField("ColorPrimaries", 1), ChunkField("TransferFunction", 1), ChunkField("MatrixCoefficients", 1),
        ChunkField("VideoFullRangeFlag", 1),
    ],
    .mdcv: (primaries + whitePoint).map { ChunkField($0, 2, scale: 50_000) } + [
        ChunkField("MaximumLuminance", 4, scale: 10_000), ChunkField("MinimumLuminance", 4, scale: 10_000),
    ],
    .clli: [
        ChunkField("MaximumContentLightLevel", 4, scale: 10_000),
        ChunkField("MaximumFrameAverageLightLevel", 4, scale: 10_000),
    ],
    .phys: [ChunkField("PixelsPerUnitX", 4), ChunkField("PixelsPerUnitY", 4), ChunkField("UnitSpecifier", 1)],
    .time: [
        ChunkField("Year", 2), ChunkField("Month", 1), ChunkField("Day", 1), ChunkField("Hour", 1), ChunkField("Minute", 1),
        ChunkField("Second", 1),
    ],
    .actl: [ChunkField("NumFrames", 4), ChunkField("NumPlays", 4)],
    .fctl: [
        ChunkField("SequenceNumber", 4), ChunkField("Width", 4), ChunkField("Height", 4), ChunkField("XOffset", 4),
        ChunkField("YOffset", 4), ChunkField("DelayNumerator", 2), ChunkField("DelayDenominator", 2),
        ChunkField("DisposeOperation", 1), ChunkField("BlendOperation", 1),
    ],
]

extension ChunkType {
    /// The fields of a chunk of fixed layout, which for some depends on the color type; nil for other chunks.
    func fields(_ color: ColorType) -> [ChunkField]? {
        switch (self, color) {
        case (.trns, .gray): [ChunkField("Gray", 2)]
        case (.trns, .rgb), (.bkgd, .rgb), (.bkgd, .rgba): [ChunkField("Red", 2), ChunkField("Green", 2), ChunkField("Blue", 2)]
        case (.bkgd, .gray), (.bkgd, .grayAlpha): [ChunkField("Gray", 2)]
        case (.bkgd, .palette): [ChunkField("PaletteIndex", 1)]
        case (.sbit, .gray): [ChunkField("Gray", 1)]
        case (.sbit, .grayAlpha): [ChunkField("Gray", 1), ChunkField("Alpha", 1)]
        case (.sbit, .rgb), (.sbit, .palette): [ChunkField("Red", 1), ChunkField("Green", 1), ChunkField("Blue", 1)]
        case (.sbit, .rgba):
            [ChunkField("Red", 1), ChunkField("Green", 1), ChunkField("Blue", 1), ChunkField("Alpha", 1)]
        default: plainFields[self]
        }
    }

    /// The numbers of a chunk of these fields; nil when `data` has not their size.
    static func numbers(_ fields: [ChunkField], _ data: [UInt8]) -> [UInt32]? {
        guard data.count == fields.reduce(0, { $0 + $1.size }) else { return nil }
        var place = 0
        return fields.map { field in
            defer { place += field.size }
            return data[place..<place + field.size].reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    /// The data of a chunk of these fields from a group; nil when a field is missing or does not fit.
    static func data(_ fields: [ChunkField], _ group: Metadata) -> [UInt8]? {
        var data: [UInt8] = []
        for field in fields {
            guard let value = group[field.name], let number = field.number(value) else { return nil }
            data += bigEndian(number).suffix(field.size)
        }
        return data
    }
}
