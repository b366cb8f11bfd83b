import ImageryPrimitives

/// Where an image lies in the whole that it was taken from: a window, a resolution level, an overview, or one of these of another part (S67).
public struct ImagePart: Hashable, Sendable {
    /// Columns and rows of an image.
    public struct Size: Hashable, Sendable {
        /// Number of columns.
        public var columns: Int
        /// Number of rows.
        public var rows: Int

        /// A size in pixels.
        public init(columns: Int, rows: Int) {
            self.columns = columns
            self.rows = rows
        }
    }

    /// The left edge of the part, in pixels of the whole.
    public var left: Double
    /// Its top edge.
    public var top: Double
    /// How many columns of the whole one column of the part stands for.
    public var scaleX: Double
    /// How many rows of the whole one row stands for.
    public var scaleY: Double
    /// The size of the part in its own pixels.
    public var size: Size
    /// The size of the whole.
    public var whole: Size

    /// A part whose pixel (0, 0) begins at (`left`, `top`) of the whole.
    public init(left: Double, top: Double, scaleX: Double, scaleY: Double, size: Size, whole: Size) {
        self.left = left
        self.top = top
        self.scaleX = scaleX
        self.scaleY = scaleY
        self.size = size
        self.whole = whole
    }

    /// The pixels `region` on the raster of `level`; `layout` is that of the whole image.
    ///
    /// A pixel of level L stands for the square of 2^L pixels that begins at its place on the reference grid (S2).
    public init(_ region: Window, level: Int, of layout: ImageLayout) {
        var scale = 1.0
        for _ in 0..<max(0, min(level, 62)) { scale *= 2 }
        self.init(
            left: Double(ceilShift(layout.originX, level) + region.x) * scale - Double(layout.originX),
            top: Double(ceilShift(layout.originY, level) + region.y) * scale - Double(layout.originY), scaleX: scale, scaleY: scale,
            size: Size(columns: region.width, rows: region.height),
            whole: Size(columns: layout.shape.columns, rows: layout.shape.rows))
    }

    /// The whole in another number of pixels: an overview that covers exactly the same ground.
    public init(_ size: Size, resampledFrom whole: Size) {
        self.init(
            left: 0, top: 0, scaleX: Double(whole.columns) / Double(max(1, size.columns)),
            scaleY: Double(whole.rows) / Double(max(1, size.rows)), size: size, whole: whole)
    }

    /// True when the part is the whole.
    public var isWhole: Bool { left == 0 && top == 0 && scaleX == 1 && scaleY == 1 && size == whole }

    /// The position in the whole of a position in the part; both count from the top left corner of the top left pixel.
    public func wholePosition(x: Double, y: Double) -> (x: Double, y: Double) { (left + x * scaleX, top + y * scaleY) }

    /// The position in the part of a position in the whole.
    public func position(x: Double, y: Double) -> (x: Double, y: Double) { ((x - left) / scaleX, (y - top) / scaleY) }

    /// This part of `outer`, itself part of a whole, as part of that whole.
    public func inside(_ outer: ImagePart) -> ImagePart {
        let origin = outer.wholePosition(x: left, y: top)
        return ImagePart(
            left: origin.x, top: origin.y, scaleX: scaleX * outer.scaleX, scaleY: scaleY * outer.scaleY, size: size,
            whole: outer.whole)
    }
}
