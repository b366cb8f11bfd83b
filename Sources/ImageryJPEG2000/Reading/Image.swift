// A codestream as an image behind the seam: rectangles, levels and components of it.

import ImageryBase
import ImageryPlumbing

/// A codestream that was opened: its main header, and where its tile-parts lie.
final class Codestream: ImageSource {
    let source: any ByteSource
    let header: MainHeader
    let tileParts: TileParts
    let layout: ImageLayout
    /// The codestream's component behind each band.
    let components: [Int]
    /// The separations of the image's grid: what those of its components have in common.
    let gridX: Int
    let gridY: Int
    /// The image on that grid.
    let grid: Area
    /// Which tiles the container has masked.
    let absence: TileAbsence?
    /// The boxes around the codestream that tell what its components are; nil without them.
    private let boxes: ColorBoxes?

    var size: ImageSize { header.size }

    /// Reads the main header of the codestream at `range`.
    convenience init(
        _ source: any ByteSource, _ range: Range<Int>, absence: TileAbsence? = nil, boxes: ColorBoxes? = nil
    ) throws(ImageryError) {
        let header = try MainHeader(source, range)
        self.init(
            source, header, TileParts(header, source), components: Array(header.size.components.indices), absence: absence,
            boxes: boxes)
        guard !grid.isEmpty else {
            throw ImageryError(.malformed, "JPEG 2000 SIZ", "the components have no samples", at: range.lowerBound)
        }
    }

    private init(
        _ source: any ByteSource, _ header: MainHeader, _ tileParts: TileParts, components: [Int], absence: TileAbsence?,
        boxes: ColorBoxes?
    ) {
        self.source = source
        self.header = header
        self.tileParts = tileParts
        self.components = components
        self.absence = absence
        self.boxes = boxes
        let size = header.size
        let chosen = components.map { size.components[$0] }
        gridX = chosen.reduce(0) { Self.divisor($0, $1.dx) }
        gridY = chosen.reduce(0) { Self.divisor($0, $1.dy) }
        grid = size.area.subsampled(gridX, gridY)
        let bits = chosen.reduce(0) { max($0, $1.precision) }
        // Tiles are the blocks where each begins on the image's grid.
        let isRegular =
            size.tileWidth % gridX == 0 && size.tileHeight % gridY == 0 && size.tileOriginX % gridX == 0
            && size.tileOriginY % gridY == 0
        let blockWidth = isRegular ? size.tileWidth / gridX : grid.width
        let blockHeight = isRegular ? size.tileHeight / gridY : grid.height
        let offsetX = isRegular ? grid.x0 - size.tileOriginX / gridX : 0
        let offsetY = isRegular ? grid.y0 - size.tileOriginY / gridY : 0
        layout = ImageLayout(
            shape: Shape(bands: components.count, rows: grid.height, columns: grid.width), pixelType: Self.type(of: chosen),
            bitsPerPixel: bits, actualBitsPerPixel: bits, blockWidth: max(1, min(blockWidth, grid.width + offsetX)),
            blockHeight: max(1, min(blockHeight, grid.height + offsetY)), originX: grid.x0, originY: grid.y0, blockOffsetX: offsetX,
            blockOffsetY: offsetY, padValue: absence?.padValue)
    }

    /// As many as the tile with the fewest has: headers of tiles may say other than the main header (S40).
    var resolutionLevels: Int {
        var levels = tileParts.all.leastLevels
        while levels > 0, grid.reduced(levels).isEmpty { levels -= 1 }
        return levels + 1
    }

    func component(_ index: Int) -> any ImageSource {
        Codestream(source, header, tileParts, components: [components[index]], absence: absence, boxes: boxes)
    }

    var colorModel: ColorModel { describedColors().model.selecting(components) }

    /// What the boxes say of all components, and what is wrong with them.
    func describedColors() -> (model: ColorModel, findings: [Diagnostic]) {
        let precisions = size.components.map(\.precision)
        return boxes?.model(precisions: precisions) ?? (.undefined(precisions.count), [])
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }

    /// The smallest type that holds the samples of all components (S58).
    private static func type(of components: [ImageSize.Component]) -> PixelType {
        let isSigned = components.contains { $0.isSigned }
        let bits = components.reduce(0) { max($0, $1.precision + (isSigned && !$1.isSigned ? 1 : 0)) }
        return switch bits {
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

    /// False for a tile of which a codestream that is whole has no part.
    func hasTile(_ tile: Int) -> Bool {
        if let parts = try? tileParts.parts(of: tile), !parts.isEmpty { return true }
        return tileParts.all.failure != nil
    }

    /// True for a tile that the container has masked.
    func isAbsent(_ tile: Int) -> Bool { absence?.isAbsent(tile) ?? false }

    func hasBlock(row: Int, column: Int) -> Bool {
        // Where blocks are not the tiles there is one block.
        let isTiled = layout.gridColumns == size.tilesWide && layout.gridRows == size.tilesHigh
        guard isTiled else { return true }
        let tile = row * size.tilesWide + column
        return hasTile(tile) && !isAbsent(tile)
    }

    /// What a tile has of a target.
    func area(of target: ComponentTarget, inTile tile: Int, level: Int) -> Area {
        let component = size.components[target.component]
        return size.tile(tile).subsampled(component.dx, component.dy).reduced(level).intersection(target.area)
    }

    /// The area of the request on the image's grid, at the level and at full resolution.
    func areas(of request: ReadRequest) -> (atLevel: Area, full: Area) {
        let origin = grid.reduced(request.level)
        let region = request.region
        let area = Area(
            x0: origin.x0 + region.x, y0: origin.y0 + region.y, x1: origin.x0 + region.right, y1: origin.y0 + region.bottom)
        let scale = request.level
        // A sample of a level stands for the grid positions up to 2^level - 1 before it.
        let full = Area(
            x0: max(0, area.x0 - 1) << scale, y0: max(0, area.y0 - 1) << scale, x1: (area.x1 + 1) << scale,
            y1: (area.y1 + 1) << scale
        ).intersection(grid)
        return (area, full)
    }

    /// The headers and the packets of the tiles: all, or the wanted ones where PLT tells which they are (S81).
    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        let (area, full) = areas(of: request)
        var wanted: [Int: Area] = [:]
        for band in request.bands { wanted[components[band]] = neededArea(of: components[band], for: area, level: request.level) }
        var ranges: [Range<Int>] = []
        for number in tiles(under: full) where !isAbsent(number) {
            let parts = try tileParts.parts(of: number).map(\.part)
            // What cannot be read has no wanted part: the read will say why.
            guard parts.contains(where: \.hasSegments), let tile = try? Tile(self, number, layerLimit: nil) else {
                ranges += parts.map { $0.start..<$0.end }
                continue
            }
            ranges += parts.map { $0.start..<$0.dataStart }
            ranges += try tile.packets.ranges(tile.layout.precincts(under: wanted, level: request.level))
        }
        return coalesced(ranges)
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

    func makeReader(_ context: ReadContext) -> any ImageReader { CodestreamReader(self, context) }
}
