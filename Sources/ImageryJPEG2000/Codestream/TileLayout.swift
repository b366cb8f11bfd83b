// The geometry that follows from the header: tiles, tile-components, resolutions, sub-bands, precincts, code-blocks (T.800 Annex B).

import ImageryBase
import ImageryPlumbing

extension ImageSize {
    /// The tile of number `index` on the reference grid (B-6 to B-10).
    func tile(_ index: Int) -> Area {
        let p = index % tilesWide
        let q = index / tilesWide
        let x = tileOriginX + p * tileWidth
        let y = tileOriginY + q * tileHeight
        return Area(x0: x, y0: y, x1: x + tileWidth, y1: y + tileHeight).intersection(area)
    }
}

/// A sub-band of a tile-component.
struct Subband: Sendable {
    var orientation: SubbandOrientation
    /// The decomposition level nb.
    var level: Int
    var area: Area
    /// Exponents of the code-block after the precinct has limited it (B-17, B-18).
    var blockWidthExponent: Int
    var blockHeightExponent: Int
    /// Exponents of a precinct's part of this band.
    var precinctWidthExponent: Int
    var precinctHeightExponent: Int
    /// Mb: magnitude bit-planes (E-2).
    var magnitudeBits: Int

    /// The code-blocks of the precinct whose cell is (`column`, `row`) counted from the origin of the band.
    func blocks(column: Int, row: Int) -> BlockGrid {
        let cell = Area(
            x0: column << precinctWidthExponent, y0: row << precinctHeightExponent, x1: (column + 1) << precinctWidthExponent,
            y1: (row + 1) << precinctHeightExponent
        ).intersection(area)
        guard !cell.isEmpty else { return BlockGrid(x: 0, y: 0, width: 0, height: 0) }
        let x = cell.x0 >> blockWidthExponent
        let y = cell.y0 >> blockHeightExponent
        return BlockGrid(
            x: x, y: y, width: ((cell.x1 - 1) >> blockWidthExponent) - x + 1, height: ((cell.y1 - 1) >> blockHeightExponent) - y + 1
        )
    }

    /// The samples of the code-block (`column`, `row`), counted from the origin of the band.
    func blockArea(column: Int, row: Int) -> Area {
        Area(
            x0: column << blockWidthExponent, y0: row << blockHeightExponent, x1: (column + 1) << blockWidthExponent,
            y1: (row + 1) << blockHeightExponent
        ).intersection(area)
    }
}

/// The code-blocks of a precinct in one band: the first one's place in the band's grid, and how many.
struct BlockGrid: Hashable, Sendable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int

    var count: Int { width * height }
}

/// A resolution of a tile-component: its precincts and sub-bands.
struct Resolution: Sendable {
    var area: Area
    /// PPx and PPy.
    var precinctWidthExponent: Int
    var precinctHeightExponent: Int
    /// The first precinct's cell, counted from the origin.
    var precinctX: Int
    var precinctY: Int
    var precinctsWide: Int
    var precinctsHigh: Int
    /// LL, or HL, LH and HH.
    var bands: [Subband]

    /// At most 2^62: each side has at most 2^33 samples, so that the product is checked.
    var precinctCount: Int { checkedProduct(precinctsWide, precinctsHigh) ?? .max }
}

/// A component of a tile.
struct TileComponent: Sendable {
    var area: Area
    var style: CodingStyle
    var quantiser: Quantiser
    /// SPrgn.
    var regionShift: Int
    var resolutions: [Resolution]

    /// Throws kind malformed when a sub-band has no step size.
    init(
        area: Area, style: CodingStyle, quantization: Quantization, regionShift: Int
    ) throws(ImageryError) {
        // Streams exist whose QCD leaves out sub-bands that have no coefficients.
        let bands = quantization.style == .derived ? 1 : 3 * style.levels + 1
        let missing = max(0, bands - quantization.steps.count)
        let steps = quantization.steps + [Quantiser.Step](repeating: Quantiser.Step(exponent: 0, mantissa: 0), count: missing)
        guard
            let quantiser = Quantiser(
                style: quantization.style, guardBits: quantization.guardBits, steps: steps, decompositionLevels: style.levels)
        else { throw ImageryError(.malformed, "JPEG 2000 QCD", "there are too few step sizes (A.6.4)") }
        self.quantiser = quantiser
        self.area = area
        self.style = style
        self.regionShift = regionShift
        resolutions = []
        resolutions.reserveCapacity(style.levels + 1)
        for r in 0...style.levels {
            let area = area.reduced(style.levels - r)
            let (px, py) = style.precinctExponents(r)
            let x = area.x0 >> px
            let y = area.y0 >> py
            let wide = area.isEmpty ? 0 : ceilShift(area.x1, px) - x
            let high = area.isEmpty ? 0 : ceilShift(area.y1, py) - y
            var bands: [Subband] = []
            let orientations: [SubbandOrientation] = r == 0 ? [.ll] : [.hl, .lh, .hh]
            let level = r == 0 ? style.levels : style.levels - r + 1
            for orientation in orientations {
                // A precinct's part of a band is half as wide as the precinct, but for LL (B.7).
                let half = r == 0 ? 0 : 1
                bands.append(
                    Subband(
                        orientation: orientation, level: level,
                        area: self.area.subband(level: level, orientation),
                        blockWidthExponent: min(style.blockWidthExponent, px - half),
                        blockHeightExponent: min(style.blockHeightExponent, py - half), precinctWidthExponent: px - half,
                        precinctHeightExponent: py - half,
                        magnitudeBits: max(0, quantiser.magnitudeBits(level: level, orientation: orientation))))
            }
            resolutions.append(
                Resolution(
                    area: area, precinctWidthExponent: px, precinctHeightExponent: py, precinctX: x, precinctY: y,
                    precinctsWide: wide, precinctsHigh: high, bands: bands))
        }
    }

}

/// A tile: what its headers say, and the geometry of its components.
struct TileLayout: Sendable {
    let index: Int
    let area: Area
    let progression: ProgressionStyle
    let components: [TileComponent]
    /// Progression order changes, in order; empty: one volume of everything.
    let volumes: [ProgressionVolume]

    /// `own` is what the tile's headers say; they override the main header's (A.6.1: COC of the tile, COD of the tile, COC, COD).
    init(_ header: MainHeader, tile index: Int, own: CodingParameters) throws(ImageryError) {
        try self.init(header.size, header.coding, tile: index, own: own)
    }

    /// `main` is what the main header says.
    init(_ size: ImageSize, _ main: CodingParameters, tile index: Int, own: CodingParameters) throws(ImageryError) {
        guard let progression = own.progression ?? main.progression else {
            throw ImageryError(.malformed, "JPEG 2000 COD", "neither the main header nor tile \(index) has a COD")
        }
        self.index = index
        self.progression = progression
        let tile = size.tile(index)
        area = tile
        var components: [TileComponent] = []
        components.reserveCapacity(size.components.count)
        for (number, component) in size.components.enumerated() {
            guard let style = own.coc[number] ?? own.cod ?? main.coc[number] ?? main.cod,
                let quantization = own.qcc[number] ?? own.qcd ?? main.qcc[number] ?? main.qcd
            else {
                throw ImageryError(.malformed, "JPEG 2000 QCD", "component \(number) of tile \(index) has no quantization")
            }
            components.append(
                try TileComponent(
                    area: tile.subsampled(component.dx, component.dy), style: style,
                    quantization: quantization, regionShift: own.rgn[number] ?? main.rgn[number] ?? 0))
        }
        self.components = components
        volumes = own.poc.isEmpty ? main.poc : own.poc
    }
}
