// The code-blocks of a tile that is written, precinct by precinct (T.800 B.6, B.7).

import ImageryBase

/// Which code-blocks a tile has: by component, resolution, precinct, sub-band and place, in that order.
struct TileBlocks {
    struct Site {
        var component: Int
        var resolution: Int
        /// The band's place in its resolution.
        var band: Int
        var area: Area
    }

    struct Precinct {
        var component: Int
        var resolution: Int
        var number: Int
        var firstBlock: Int
    }

    private(set) var sites: [Site] = []
    private(set) var precincts: [Precinct] = []
    /// The first precinct of each resolution of each component.
    private(set) var firstPrecinct: [[Int]] = []
    /// The blocks of each component.
    private(set) var ranges: [Range<Int>] = []

    init(_ tile: TileLayout) {
        for (number, component) in tile.components.enumerated() {
            let start = sites.count
            var firsts: [Int] = []
            for (r, resolution) in component.resolutions.enumerated() {
                firsts.append(precincts.count)
                for precinct in 0..<resolution.precinctCount {
                    precincts.append(Precinct(component: number, resolution: r, number: precinct, firstBlock: sites.count))
                    let column = resolution.precinctX + precinct % resolution.precinctsWide
                    let row = resolution.precinctY + precinct / resolution.precinctsWide
                    for (place, band) in resolution.bands.enumerated() {
                        let grid = band.blocks(column: column, row: row)
                        for y in 0..<grid.height {
                            for x in 0..<grid.width {
                                sites.append(
                                    Site(
                                        component: number, resolution: r, band: place,
                                        area: band.blockArea(column: grid.x + x, row: grid.y + y)))
                            }
                        }
                    }
                }
            }
            firstPrecinct.append(firsts)
            ranges.append(start..<sites.count)
        }
    }

    /// A ninth of the blocks of each sub-band, scattered, as what each of them stands for: 0 for those that are not chosen.
    func sample() -> [Double] {
        var members: [[Int]: [Int]] = [:]
        for (index, site) in sites.enumerated() {
            members[[site.component, site.resolution, site.band], default: []].append(index)
        }
        var shares = [Double](repeating: 0, count: sites.count)
        for band in members.values {
            let chosen = stride(from: 0, to: band.count, by: 9)
            let share = Double(band.count) / Double((band.count + 8) / 9)
            for place in chosen { shares[band[place]] = share }
        }
        return shares
    }
}
