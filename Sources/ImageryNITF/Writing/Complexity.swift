// The complexity level (JBP-2025.1 Table G-1; MIL-STD-2500C Table A-10): how much a reader must be able to do.

/// CLEVEL: the highest level that any feature of the file needs.
struct ComplexityLevel {
    private(set) var value = 3

    private mutating func raise(to level: Int) { value = max(value, level) }

    /// Raises the level to that of the limit that `amount` is within: `limits` for 3, 5, 6 and 7, beyond the last of which is 9.
    private mutating func raise(_ amount: Int, limits: [(upTo: Int, level: Int)]) {
        raise(to: limits.first { amount <= $0.upTo }?.level ?? 9)
    }

    /// Coordinates that the common coordinate system needs, the highest pixel counted from 0.
    mutating func extent(_ last: Int) { raise(last, limits: [(2_047, 3), (8_191, 5), (65_535, 6), (99_999_999, 7)]) }

    mutating func fileLength(_ bytes: Int) {
        raise(bytes, limits: [((50 << 20) - 1, 3), ((1 << 30) - 1, 5), ((2 << 30) - 1, 6), ((10 << 30) - 1, 7)])
    }

    /// Size, blocks and representation (IREP) of an image, whose NPPBH or NPPBV of 0000 says that blocks may have any size.
    mutating func image(_ header: ImageSubheader, representation: String, hasUnlimitedBlocks: Bool) {
        raise(max(header.rows, header.columns), limits: [(2_048, 3), (8_192, 5), (65_536, 6), (99_999_999, 7)])
        if hasUnlimitedBlocks {
            raise(to: 9)
        } else {
            raise(max(header.blockWidth, header.blockHeight), limits: [(2_048, 3), (8_192, 5)])
        }
        switch representation {
        case "RGB" where header.bits > 8: raise(to: 6)
        case "MULTI", "NODISPLY": raise(header.bands, limits: [(9, 3), (255, 5), (999, 7)])
        default: break
        }
    }

    /// Numbers of segments, bands of all images, bytes of all graphics.
    mutating func counts(images: Int, bands: Int, graphics: Int, graphicBytes: Int, texts: Int, dataExtensions: Int) {
        raise(images, limits: [(20, 3), (100, 5)])
        raise(bands, limits: [(999, 3)])
        raise(graphics, limits: [(100, 3)])
        raise(graphicBytes, limits: [(1 << 20, 3), (2 << 20, 5)])
        raise(texts, limits: [(32, 3)])
        raise(dataExtensions, limits: [(100, 3)])
    }

    /// Two digits, as CLEVEL has them.
    var text: String { "0\(value)" }
}
