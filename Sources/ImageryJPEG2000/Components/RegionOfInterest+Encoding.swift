// Regions of interest that are written, by max-shift (T.800 Annex H.2): coefficients that the region needs move above all bit-planes of the others.

import ImageryBase

extension RegionOfInterest {
    /// The most bit-planes of a sub-band, shifted ones included, that decoders of 32-bit numbers hold.
    static let mostPlanes = 30

    /// The coefficients of a band of decomposition level `level` that samples of `region` are made of. The synthesis filters reach four samples
    /// (F.3.8.2, 9/7; those of 5/3 are shorter): as many more at each level, which a decoder does not mind.
    static func coefficients(of region: Area, level: Int) -> Area {
        var area = region
        for _ in 0..<level {
            area = Area(x0: (area.x0 - 5) >> 1, y0: (area.y0 - 5) >> 1, x1: (area.x1 + 5) >> 1, y1: (area.y1 + 5) >> 1)
        }
        return area
    }

    /// Moves the coefficients of a component that the region needs up by `shift`.
    static func shift(_ analysis: Analysis<ForwardReversible>, _ component: TileComponent, of region: Area) {
        for (resolution, planes) in zip(component.resolutions, analysis.planes) {
            for (band, plane) in zip(resolution.bands, planes) {
                let area = coefficients(of: region, level: band.level).intersection(band.area)
                guard !area.isEmpty else { continue }
                for y in area.y0..<area.y1 {
                    // In bounds: the plane holds the band's area.
                    let row = unsafe plane.base + (y - band.area.y0) * plane.stride
                    for x in area.x0 - band.area.x0..<area.x1 - band.area.x0 { unsafe row[x] <<= Int32(component.regionShift) }
                }
            }
        }
    }
}
