// A codestream as an image behind the seam: rectangles, levels and components of it.

import ImageryBase
import ImageryPlumbing

/// A codestream that was opened: some of its components as an image.
final class Codestream: ImageSource {
    let index: CodestreamIndex
    let grid: ComponentGrid
    /// Which tiles the container has masked.
    let absence: TileAbsence?
    /// The boxes around the codestream that tell what its components are; nil without them.
    private let boxes: ColorBoxes?

    var source: any ByteSource { index.source }
    var header: MainHeader { index.header }
    var tileParts: TileParts { index.tileParts }
    var size: ImageSize { grid.size }
    var components: [Int] { grid.components }
    var layout: ImageLayout { grid.layout }

    /// Reads the main header of the codestream at `range`.
    convenience init(
        _ source: any ByteSource, _ range: Range<Int>, absence: TileAbsence? = nil, boxes: ColorBoxes? = nil
    ) throws(ImageryError) {
        let index = try CodestreamIndex(source, range)
        self.init(index, components: Array(index.header.size.components.indices), absence: absence, boxes: boxes)
        guard !grid.extent.isEmpty else {
            throw ImageryError(.malformed, "JPEG 2000 SIZ", "the components have no samples", at: range.lowerBound)
        }
    }

    private init(_ index: CodestreamIndex, components: [Int], absence: TileAbsence?, boxes: ColorBoxes?) {
        self.index = index
        self.boxes = boxes
        self.absence = absence
        grid = ComponentGrid(index.header.size, components: components, padValue: absence?.padValue)
    }

    /// As many as the tile with the fewest has: headers of tiles may say other than the main header (S40).
    var resolutionLevels: Int { levels(tileParts.all.leastLevels) }

    var statedResolutionLevels: Int { levels(TilePartList.leastLevels(header.coding)) }

    /// Resolution levels for a number of decompositions, as far as samples are left.
    private func levels(_ decompositions: Int) -> Int {
        var levels = decompositions
        while levels > 0, grid.extent.reduced(levels).isEmpty { levels -= 1 }
        return levels + 1
    }

    func component(_ index: Int) -> any ImageSource {
        Codestream(self.index, components: [components[index]], absence: absence, boxes: boxes)
    }

    var colorModel: ColorModel { describedColors().model.selecting(components) }

    /// What the boxes say of all components, and what is wrong with them.
    func describedColors() -> (model: ColorModel, findings: [Diagnostic]) {
        let precisions = size.components.map(\.precision)
        return boxes?.model(precisions: precisions) ?? (.undefined(precisions.count), [])
    }

    /// True for a tile that the container has masked.
    func isAbsent(_ tile: Int) -> Bool { absence?.isAbsent(tile) ?? false }

    func hasBlock(row: Int, column: Int) -> Bool {
        // Where blocks are not the tiles there is one block.
        let isTiled = layout.gridColumns == size.tilesWide && layout.gridRows == size.tilesHigh
        guard isTiled else { return true }
        let tile = row * size.tilesWide + column
        return index.hasTile(tile) && !isAbsent(tile)
    }

    /// The headers and the packets of the tiles: all, or the wanted ones where PLT tells which they are (S81).
    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        let (area, full) = grid.areas(of: request)
        var wanted: [Int: Area] = [:]
        for band in request.bands {
            wanted[components[band]] = grid.neededArea(of: components[band], for: area, level: request.level)
        }
        var ranges: [Range<Int>] = []
        for number in grid.tiles(under: full) where !isAbsent(number) {
            let parts = try tileParts.parts(of: number).map(\.part)
            // What cannot be read has no wanted part: the read will say why.
            guard parts.contains(where: \.hasSegments), let tile = try? Tile(index, number, layerLimit: nil) else {
                ranges += parts.map { $0.start..<$0.end }
                continue
            }
            ranges += parts.map { $0.start..<$0.dataStart }
            ranges += try tile.packets.ranges(tile.layout.precincts(under: wanted, level: request.level))
        }
        return coalesced(ranges)
    }

    func makeReader(_ context: ReadContext) -> any ImageReader { CodestreamReader(index, grid, absence, context) }
}
