public import ImageryBase

/// Blocks of the full resolution that a file does not hold although it has no mask that says so: they fail, or are filled, as one.
///
/// Blocks count row by row, plane after plane.
public struct MissingBlocks: Sendable {
    /// The number of the first of them; all behind it are missing too.
    public var first: Int
    /// Whether each band is a plane of its own.
    public var separatesBands: Bool
    /// What reading one of them is.
    public var error: ImageryError

    /// The blocks from number `first` on.
    public init(from first: Int, separatesBands: Bool, error: ImageryError) {
        self.first = first
        self.separatesBands = separatesBands
        self.error = error
    }

    /// How many blocks of a plane of `count` blocks are there; the plane is that of `band`.
    func present(band: Int, count: Int) -> Int {
        guard separatesBands else { return min(first, count) }
        // What fits no Int stands behind all blocks that a file can hold.
        guard let before = checkedProduct(band, count) else { return 0 }
        return min(max(0, first - before), count)
    }
}

/// A rectangle of a request of which all blocks are there, or none.
struct PartOfRequest {
    /// Its bands: places in the list of the request.
    var bands: Range<Int>
    /// Its pixels on the raster of the image; not empty.
    var region: Window
    /// Whether its blocks are there.
    var isPresent: Bool
}

extension ReadRequest {
    /// The request cut along the blocks that are missing, at full resolution.
    func parts(_ missing: MissingBlocks, _ layout: ImageLayout) -> [PartOfRequest] {
        guard let count = checkedProduct(layout.gridRows, layout.gridColumns) else {
            return [PartOfRequest(bands: 0..<bands.count, region: region, isPresent: true)]
        }
        var parts: [PartOfRequest] = []
        var start = 0
        while start < bands.count {
            let present = missing.present(band: bands[start], count: count)
            var end = start + 1
            while end < bands.count, missing.present(band: bands[end], count: count) == present { end += 1 }
            // Rows of blocks that are whole, then one that ends early.
            let (rows, columns) = present.quotientAndRemainder(dividingBy: max(1, layout.gridColumns))
            let top = layout.top(ofRow: rows)
            let middle = columns > 0 ? layout.top(ofRow: rows + 1) : top
            let left = (checkedProduct(columns, layout.blockWidth) ?? .max) - layout.blockOffsetX
            func add(_ x: Range<Int>, _ y: Range<Int>, isPresent: Bool) {
                let (x, y) = (x.clamped(to: region.x..<region.right), y.clamped(to: region.y..<region.bottom))
                guard !x.isEmpty, !y.isEmpty else { return }
                let part = Window(x: x.lowerBound, y: y.lowerBound, width: x.count, height: y.count)
                parts.append(PartOfRequest(bands: start..<end, region: part, isPresent: isPresent))
            }
            add(.min ..< .max, .min..<top, isPresent: true)
            add(.min..<left, top..<middle, isPresent: true)
            add(left ..< .max, top..<middle, isPresent: false)
            add(.min ..< .max, middle ..< .max, isPresent: false)
            start = end
        }
        return parts
    }
}

extension ImageLayout {
    /// The row of pixels where a row of blocks begins.
    fileprivate func top(ofRow row: Int) -> Int { (checkedProduct(row, blockHeight) ?? .max) - blockOffsetY }
}
