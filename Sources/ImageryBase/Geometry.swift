import ImageryPrimitives

/// Bands, rows and columns, always in that order (S1).
public struct Shape: Hashable, Sendable, CustomStringConvertible {
    /// Number of bands.
    public var bands: Int
    /// Number of rows.
    public var rows: Int
    /// Number of columns.
    public var columns: Int

    /// A shape of `bands` x `rows` x `columns` samples.
    public init(bands: Int, rows: Int, columns: Int) {
        self.bands = bands
        self.rows = rows
        self.columns = columns
    }

    /// The number of samples, or nil when it overflows.
    public var sampleCount: Int? { checkedProduct(bands, rows, columns) }

    /// `bands × rows × columns`.
    public var description: String { "\(bands) × \(rows) × \(columns)" }
}

/// A rectangle of pixels: left and top edge, width and height (S2).
public struct Window: Hashable, Sendable, CustomStringConvertible {
    /// Left column.
    public var x: Int
    /// Top row.
    public var y: Int
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// The rectangle of `width` x `height` pixels whose top left pixel is column `x`, row `y`.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// True when it holds no pixel.
    public var isEmpty: Bool { width <= 0 || height <= 0 }
    /// The column after the last; saturates.
    public var right: Int { checkedSum(x, width) ?? (width < 0 ? .min : .max) }
    /// The row after the last; saturates.
    public var bottom: Int { checkedSum(y, height) ?? (height < 0 ? .min : .max) }

    /// The pixels in both rectangles; empty (zero size) when there is none.
    public func intersection(_ other: Window) -> Window {
        let left = max(x, other.x)
        let top = max(y, other.y)
        func length(_ start: Int, _ end: Int) -> Int {
            let (length, isBeyond) = end.subtractingReportingOverflow(start)
            return end <= start ? 0 : isBeyond ? .max : length
        }
        return Window(
            x: left, y: top, width: length(left, min(right, other.right)), height: length(top, min(bottom, other.bottom)))
    }

    /// True when every pixel of `other` is in this rectangle.
    public func contains(_ other: Window) -> Bool {
        other.x >= x && other.y >= y && other.right <= right && other.bottom <= bottom
    }

    /// The same rectangle moved by (`dx`, `dy`).
    public func offset(x dx: Int, y dy: Int) -> Window {
        Window(x: x + dx, y: y + dy, width: width, height: height)
    }

    /// `x,y,width,height`.
    public var description: String { "\(x),\(y),\(width),\(height)" }
}

/// The geometry and the sample type of an image: all that the code above the formats knows of it (S50).
public struct ImageLayout: Hashable, Sendable {
    /// Bands, rows and columns at full resolution.
    public var shape: Shape
    /// The type of the samples that a read returns.
    public var pixelType: PixelType
    /// Bits of one stored sample (1 to 128), where the format packs samples tighter than `pixelType`.
    public var bitsPerPixel: Int
    /// Bits that carry meaning, at most `bitsPerPixel` (NITF ABPP, PNG sBIT are not applied to samples).
    public var actualBitsPerPixel: Int
    /// Columns of one block.
    public var blockWidth: Int
    /// Rows of one block.
    public var blockHeight: Int
    /// The image's left edge on its reference grid: not 0 only in JPEG 2000 (S2).
    public var originX: Int
    /// The image's top edge on its reference grid.
    public var originY: Int
    /// Columns by which the first block column begins before the image (JPEG 2000 tile grids); 0 elsewhere.
    public var blockOffsetX: Int
    /// Rows by which the first block row begins before the image.
    public var blockOffsetY: Int
    /// What the samples of an absent block are; 0 when nil (S53).
    public var padValue: SampleValue?

    /// The layout of an image whose blocks begin at its top left pixel.
    public init(
        shape: Shape, pixelType: PixelType, bitsPerPixel: Int? = nil, actualBitsPerPixel: Int? = nil, blockWidth: Int,
        blockHeight: Int,
        originX: Int = 0, originY: Int = 0, blockOffsetX: Int = 0, blockOffsetY: Int = 0, padValue: SampleValue? = nil
    ) {
        let bits = bitsPerPixel ?? pixelType.byteCount * 8
        self.shape = shape
        self.pixelType = pixelType
        self.bitsPerPixel = bits
        self.actualBitsPerPixel = actualBitsPerPixel ?? bits
        self.blockWidth = blockWidth
        self.blockHeight = blockHeight
        self.originX = originX
        self.originY = originY
        self.blockOffsetX = blockOffsetX
        self.blockOffsetY = blockOffsetY
        self.padValue = padValue
    }

    /// Rows of the block grid.
    public var gridRows: Int { ceilDivide(shape.rows + blockOffsetY, blockHeight) }
    /// Columns of the block grid.
    public var gridColumns: Int { ceilDivide(shape.columns + blockOffsetX, blockWidth) }

    /// All pixels of the full resolution.
    public var bounds: Window { Window(x: 0, y: 0, width: shape.columns, height: shape.rows) }

    /// Where the pixels of `window` (inside ``bounds``) lie on the raster of resolution level `level`: S2's rule.
    public func reduced(_ window: Window, level: Int) -> Window {
        guard level > 0 else { return window }
        let left = ceilShift(originX + window.x, level)
        let top = ceilShift(originY + window.y, level)
        return Window(
            x: left - ceilShift(originX, level), y: top - ceilShift(originY, level),
            width: ceilShift(originX + window.right, level) - left, height: ceilShift(originY + window.bottom, level) - top)
    }

    /// The pixels of block (`row`, `column`), clipped to the image, on the raster of `level`. The block must be in the grid.
    public func blockBounds(row: Int, column: Int, level: Int = 0) -> Window {
        let block = Window(
            x: column * blockWidth - blockOffsetX, y: row * blockHeight - blockOffsetY, width: blockWidth, height: blockHeight)
        return reduced(block.intersection(bounds), level: level)
    }

    /// The block rows and columns under a region (not empty, inside the image) of the full resolution.
    public func blocks(under region: Window) -> (rows: Range<Int>, columns: Range<Int>) {
        (
            (region.y + blockOffsetY) / blockHeight..<(region.bottom - 1 + blockOffsetY) / blockHeight + 1,
            (region.x + blockOffsetX) / blockWidth..<(region.right - 1 + blockOffsetX) / blockWidth + 1
        )
    }

    /// The block rows and columns whose pixels on the raster of `level` can meet a region of it (not empty, inside that raster); some at its
    /// edge may not.
    public func blocks(under region: Window, level: Int) -> (rows: Range<Int>, columns: Range<Int>) {
        guard level > 0 else { return blocks(under: region) }
        // The block grid lives on the full resolution: a pixel of the level stands for 2^level of its pixels.
        func full(_ place: Int) -> Int { checkedProduct(max(0, place), 1 << min(level, 62)) ?? .max }
        let x = full(region.x - 1)
        let y = full(region.y - 1)
        return blocks(
            under: Window(
                x: x, y: y, width: min(shape.columns, full(region.right + 1)) - x,
                height: min(shape.rows, full(region.bottom + 1)) - y))
    }

    /// Throws (kind misuse) unless every band index exists and there is one (S3).
    public func check(bands: [Int], _ context: String) throws(ImageryError) {
        guard !bands.isEmpty else { throw ImageryError(.misuse, context, "the list of bands is empty") }
        for band in bands where band < 0 || band >= shape.bands {
            throw ImageryError(.misuse, context, "band \(band) does not exist: the image has bands 0 to \(shape.bands - 1)")
        }
    }
}
