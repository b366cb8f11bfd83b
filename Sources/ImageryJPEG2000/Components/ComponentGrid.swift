// The image that components of a codestream make (T.800 B.1, B.2).

import ImageryBase
import ImageryPlumbing

/// Some components of a codestream on the grid that they have in common, and the geometry of reading them.
struct ComponentGrid: Sendable {
    let size: ImageSize
    let layout: ImageLayout
    /// The codestream's component behind each band.
    let components: [Int]
    /// The separations of the grid: what those of its components have in common.
    let gridX: Int
    let gridY: Int
    /// The image on that grid.
    let extent: Area

    /// Samples of absent tiles are of `padValue`.
    init(_ size: ImageSize, components: [Int], padValue: SampleValue?) {
        self.size = size
        self.components = components
        let chosen = components.map { size.components[$0] }
        gridX = chosen.reduce(0) { Self.divisor($0, $1.dx) }
        gridY = chosen.reduce(0) { Self.divisor($0, $1.dy) }
        extent = size.area.subsampled(gridX, gridY)
        let bits = Self.bits(of: chosen)
        // Tiles are the blocks where each begins on the image's grid.
        let isRegular =
            size.tileWidth % gridX == 0 && size.tileHeight % gridY == 0 && size.tileOriginX % gridX == 0
            && size.tileOriginY % gridY == 0
        let blockWidth = isRegular ? size.tileWidth / gridX : extent.width
        let blockHeight = isRegular ? size.tileHeight / gridY : extent.height
        let offsetX = isRegular ? extent.x0 - size.tileOriginX / gridX : 0
        let offsetY = isRegular ? extent.y0 - size.tileOriginY / gridY : 0
        layout = ImageLayout(
            shape: Shape(bands: components.count, rows: extent.height, columns: extent.width), pixelType: Self.type(of: chosen),
            bitsPerPixel: bits, actualBitsPerPixel: bits, blockWidth: max(1, min(blockWidth, extent.width + offsetX)),
            blockHeight: max(1, min(blockHeight, extent.height + offsetY)), originX: extent.x0, originY: extent.y0,
            blockOffsetX: offsetX,
            blockOffsetY: offsetY, padValue: padValue)
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }

    /// Bits that hold the samples of all components: one more for those without a sign where others have one.
    private static func bits(of components: [ImageSize.Component]) -> Int {
        let isSigned = components.contains { $0.isSigned }
        return components.reduce(0) { max($0, $1.precision + (isSigned && !$1.isSigned ? 1 : 0)) }
    }

    /// The smallest type that holds the samples of all components (S58).
    private static func type(of components: [ImageSize.Component]) -> PixelType {
        let isSigned = components.contains { $0.isSigned }
        return switch bits(of: components) {
        case ...8: isSigned ? .int8 : .uint8
        case ...16: isSigned ? .int16 : .uint16
        case ...32: isSigned ? .int32 : .uint32
        default: isSigned ? .int64 : .uint64
        }
    }

    func format(of component: Int) -> SampleFormat {
        let own = size.components[component]
        return SampleFormat(precision: own.precision, isSigned: own.isSigned, type: layout.pixelType)
    }

    /// The tiles under an area of the image's grid at full resolution, as far as they can matter.
    func tiles(under area: Area) -> [Int] {
        // One grid position more on each side: the edges of tiles fall between positions where components are subsampled.
        let left = max(size.area.x0, (area.x0 - 1) * gridX)
        let top = max(size.area.y0, (area.y0 - 1) * gridY)
        let right = min(size.area.x1, (area.x1 + 1) * gridX)
        let bottom = min(size.area.y1, (area.y1 + 1) * gridY)
        let columns = (left - size.tileOriginX) / size.tileWidth...(max(left, right - 1) - size.tileOriginX) / size.tileWidth
        let rows = (top - size.tileOriginY) / size.tileHeight...(max(top, bottom - 1) - size.tileOriginY) / size.tileHeight
        return rows.flatMap { row in columns.map { row * size.tilesWide + $0 } }
    }

    /// The samples of a component that a tile has, on the component's raster of the level.
    func area(of component: Int, inTile tile: Int, level: Int) -> Area {
        let own = size.components[component]
        return size.tile(tile).subsampled(own.dx, own.dy).reduced(level)
    }

    /// The area of the request on the image's grid, at the level and at full resolution.
    func areas(of request: ReadRequest) -> (atLevel: Area, full: Area) {
        let origin = extent.reduced(request.level)
        let region = request.region
        let area = Area(
            x0: origin.x0 + region.x, y0: origin.y0 + region.y, x1: origin.x0 + region.right, y1: origin.y0 + region.bottom)
        let scale = request.level
        // A sample of a level stands for the grid positions up to 2^level - 1 before it.
        let full = Area(
            x0: max(0, area.x0 - 1) << scale, y0: max(0, area.y0 - 1) << scale, x1: (area.x1 + 1) << scale,
            y1: (area.y1 + 1) << scale
        ).intersection(extent)
        return (area, full)
    }

    /// The samples of a component, on its own raster of the level, that stand for an area of the image's grid at that level. Nil when the
    /// component has none at that size.
    func neededArea(of component: Int, for area: Area, level: Int) -> Area? {
        let own = size.components[component]
        let whole = size.area.subsampled(own.dx, own.dy).reduced(level)
        if whole.isEmpty { return nil }
        func range(_ wanted: Range<Int>, _ step: Int, _ all: Range<Int>) -> Range<Int> {
            let first = min(max(wanted.lowerBound / step, all.lowerBound), all.upperBound - 1)
            let last = min(max((wanted.upperBound - 1) / step, first), all.upperBound - 1)
            return first..<last + 1
        }
        return Area(columns: range(area.columns, own.dx / gridX, whole.columns), rows: range(area.rows, own.dy / gridY, whole.rows))
    }
}
