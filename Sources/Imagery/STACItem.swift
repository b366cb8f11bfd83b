public import ImageryBase
import ImageryPlumbing

extension ImageAsset {
    /// The image as an item of a SpatioTemporal Asset Catalog (STAC 1.1.0, with the fields of the projection and raster extensions, 2.0.0): where and when, reference
    /// system, size, map from pixels to coordinates, and for each band type, bits and no-data value.
    ///
    /// `id` names the item, `href` is where the file will be found, `index` where its tile index is. `datetime` is when the picture was taken,
    /// `2008-01-27T05:17:45Z`; without it what `Metadata.recordedTime` says counts, as UTC.
    ///
    /// Throws kind misuse when nobody says when, and as ``groundModel()``.
    public func stacItem(
        id: String, href: String, datetime: String? = nil, index: String? = nil
    ) throws(ImageryError) -> String {
        let own = metadata.recordedTime ?? asset.dataset.metadata.recordedTime
        guard let time = datetime ?? own.map({ $0 + "Z" }) else {
            throw ImageryError(
                .misuse, key.description, "the file does not say when the picture was taken, which a STAC item has to")
        }
        let ring = try outline()
        var json = JSONWriter()
        json.object { json in
            json.member("type", "Feature")
            json.member("stac_version", "1.1.0")
            json.key("stac_extensions")
            json.array { json in
                json.string("https://stac-extensions.github.io/projection/v2.0.0/schema.json")
                // That extension wants one of its fields, where it is named.
                if hasOddDepth { json.string("https://stac-extensions.github.io/raster/v2.0.0/schema.json") }
            }
            json.member("id", id)
            json.key("bbox")
            json.array { json in Self.box(ring).forEach { json.number($0) } }
            json.key("geometry")
            json.object { json in
                json.member("type", "Polygon")
                json.key("coordinates")
                json.array { json in
                    json.array { json in
                        for place in ring + ring.prefix(1) {
                            json.array { json in
                                json.number(place.longitude)
                                json.number(place.latitude)
                            }
                        }
                    }
                }
            }
            json.key("properties")
            json.object { json in
                json.member("datetime", time)
                writeProjection(to: &json)
            }
            json.key("links")
            json.array { _ in }
            json.key("assets")
            json.object { json in
                json.key("image")
                json.object { json in
                    json.member("href", href)
                    json.member("type", mediaType)
                    json.key("roles")
                    json.array { json in json.string("data") }
                    json.key("bands")
                    json.array { json in
                        for _ in 0..<layout.shape.bands { writeBand(to: &json) }
                    }
                }
                if let index {
                    json.key("index")
                    json.object { json in
                        json.member("href", index)
                        json.member("type", "application/json")
                        json.key("roles")
                        json.array { json in json.string("index") }
                    }
                }
            }
        }
        return json.text
    }

    /// The corners counterclockwise (RFC 7946, clause 3.1.6), from the upper left one on; beyond 180 degrees where the image crosses them.
    private func outline() throws(ImageryError) -> [GroundPosition] {
        let model = try groundModel()
        let (right, bottom) = (Double(layout.shape.columns), Double(layout.shape.rows))
        var ring: [GroundPosition] = []
        for (x, y) in [(0, 0), (0, bottom), (right, bottom), (right, 0)] {
            var place = try model.ground(x: x, y: y)
            if let first = ring.first {
                place.longitude = first.longitude + (place.longitude - first.longitude).remainder(dividingBy: 360)
            }
            ring.append(place)
        }
        return ring
    }

    /// West, south, east, north; west is greater than east for an area across 180 degrees (RFC 7946, clause 5.2).
    private static func box(_ ring: [GroundPosition]) -> [Double] {
        let (longitudes, latitudes) = (ring.map(\.longitude), ring.map(\.latitude))
        let edges = [longitudes.min() ?? 0, longitudes.max() ?? 0].map { abs($0) > 180 ? $0.remainder(dividingBy: 360) : $0 }
        return [edges[0], latitudes.min() ?? 0, edges[1], latitudes.max() ?? 0]
    }

    private func writeProjection(to json: inout JSONWriter) {
        json.key("proj:code")
        let code = georeference?.crs.flatMap { $0.uppercased().hasPrefix("EPSG:") ? Int($0.dropFirst(5)) : nil }
        if let code { json.string("EPSG:\(code)") } else { json.null() }
        json.key("proj:shape")
        json.array { json in
            json.integer(layout.shape.rows)
            json.integer(layout.shape.columns)
        }
        guard code != nil, let map = georeference?.affineMap(columns: layout.shape.columns, rows: layout.shape.rows) else { return }
        json.key("proj:transform")
        json.array { json in
            for number in [map.xPerColumn, map.xPerRow, map.originX, map.yPerColumn, map.yPerRow, map.originY] {
                json.number(number)
            }
        }
    }

    /// True when samples have other bits than their type.
    private var hasOddDepth: Bool { layout.bitsPerPixel != layout.pixelType.byteCount * 8 }

    private func writeBand(to json: inout JSONWriter) {
        json.object { json in
            json.member("data_type", layout.pixelType.stacName)
            if hasOddDepth {
                json.key("raster:bits_per_sample")
                json.integer(layout.bitsPerPixel)
            }
            guard let value = layout.padValue else { return }
            json.key("nodata")
            switch value {
            case .integer(let number): json.integer(Int(number))
            case .unsigned(let number): json.unsigned(number)
            // `nan`, `inf` and `-inf` are texts.
            case .real(let number): json.number(number)
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ text: String) {
        key(name)
        string(text)
    }
}

extension PixelType {
    /// What STAC calls it.
    fileprivate var stacName: String {
        switch self {
        case .complexInt16: "cint16"
        case .complexInt32: "cint32"
        case .complexFloat32: "cfloat32"
        case .complexFloat64: "cfloat64"
        default: rawValue
        }
    }
}
