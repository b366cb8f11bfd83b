import ImageryPrimitives

extension ImageLayout {
    /// The most columns, rows, and columns and rows of a block: sums and products of two of them with a level's scale stay numbers.
    public static let longestSide = 1 << 40
    /// The most bands: NITF counts to 99,999, TIFF to 65,535.
    public static let mostBands = 1 << 20

    /// Throws kind misuse for a geometry that no image has. It holds for images that callers bring (S98); formats bound the fields that
    /// theirs come from.
    public func check(_ context: String) throws(ImageryError) {
        func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, context, message) }
        let sides = 1...Self.longestSide
        guard sides.contains(shape.rows), sides.contains(shape.columns), (1...Self.mostBands).contains(shape.bands) else {
            throw misuse("no image has the shape \(shape)")
        }
        guard sides.contains(blockWidth), sides.contains(blockHeight) else {
            throw misuse("no image has blocks of \(blockWidth) × \(blockHeight) pixels")
        }
        guard (0...Self.longestSide).contains(originX), (0...Self.longestSide).contains(originY) else {
            throw misuse("no image begins at (\(originX), \(originY)) of its grid")
        }
        guard (0..<blockWidth).contains(blockOffsetX), (0..<blockHeight).contains(blockOffsetY) else {
            throw misuse("the first block does not meet the image: it begins \(blockOffsetX), \(blockOffsetY) before it")
        }
        guard (1...128).contains(bitsPerPixel), (1...128).contains(actualBitsPerPixel) else {
            throw misuse("no sample has \(bitsPerPixel) bits of which \(actualBitsPerPixel) have a meaning")
        }
        guard let count = shape.sampleCount, checkedProduct(count, pixelType.byteCount) != nil else {
            throw ImageryError(limit: .memory, context, "the shape \(shape) is too large for this machine")
        }
    }
}
