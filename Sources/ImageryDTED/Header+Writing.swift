// The records before the elevations, written (MIL-PRF-89020B 3.11).

import ImageryBase

extension CellGrid {
    /// UHL, DSI and ACC: what follows from the grid, else what `metadata` (of this format) says, else the common values.
    func header(_ metadata: Metadata?, completeness: Int, strict: Bool) throws(ImageryError) -> [UInt8] {
        var bytes: [UInt8] = []
        let structural = structural(completeness)
        for table in RecordTable.all {
            let copied = metadata?[table.name]
            for field in table.fields {
                let text: String
                if let own = structural[table.name]?[field.name] {
                    text = own
                } else if field.name != "reserved", let given = copied?[field.name]?.text {
                    text = given
                } else {
                    text = Self.usual[table.name]?[field.name] ?? ""
                }
                let encoded = Array(text.utf8)
                guard encoded.count <= field.width else {
                    throw ImageryError(
                        .misuse, "DTED \(table.name)", "\(field.name) has \(field.width) bytes; \"\(text)\" does not fit")
                }
                guard !strict || encoded.allSatisfy({ (0x20...0x7e).contains($0) }) else {
                    throw ImageryError(.misuse, "DTED \(table.name)", "\(field.name) has other characters than ASCII's")
                }
                bytes += encoded + [UInt8](repeating: 0x20, count: field.width - encoded.count)
            }
        }
        return bytes
    }

    /// Fields that are always computed.
    private func structural(_ completeness: Int) -> [String: [String: String]] {
        let (east, north) = (
            west + (columns - 1) * longitudeInterval / 10, south + (rows - 1) * latitudeInterval / 10
        )
        let lines = Self.digits(columns, 4)
        let points = Self.digits(rows, 4)
        let intervals = (Self.digits(longitudeInterval, 4), Self.digits(latitudeInterval, 4))
        func longitude(_ seconds: Int) -> String { Self.angle(seconds, 3, "EW") }
        func latitude(_ seconds: Int) -> String { Self.angle(seconds, 2, "NS") }
        func tenths(_ angle: String) -> String { angle.dropLast() + ".0" + angle.suffix(1) }
        return [
            "UHL": [
                "sentinel": "UHL", "fixed": "1", "lon_origin": longitude(west), "lat_origin": "0" + latitude(south),
                "lon_interval": intervals.0, "lat_interval": intervals.1, "num_lon_lines": lines, "num_lat_points": points,
            ],
            "DSI": [
                "sentinel": "DSI", "lat_origin": tenths(latitude(south)), "lon_origin": tenths(longitude(west)),
                "sw_lat": latitude(south), "sw_lon": longitude(west), "nw_lat": latitude(north), "nw_lon": longitude(west),
                "ne_lat": latitude(north), "ne_lon": longitude(east), "se_lat": latitude(south), "se_lon": longitude(east),
                "lat_interval": intervals.1, "lon_interval": intervals.0, "num_lat_lines": points, "num_lon_lines": lines,
                "partial_cell": completeness == 100 ? "00" : Self.digits(completeness, 2),
                "series": "DTED\(latitudeInterval >= 300 ? 0 : latitudeInterval >= 30 ? 1 : 2)",
            ],
            "ACC": ["sentinel": "ACC"],
        ]
    }

    /// What stands in fields of which nothing is known.
    private static let usual: [String: [String: String]] = [
        "UHL": ["abs_vertical_accuracy": "NA", "security": "U", "multiple_accuracy": "0"],
        "DSI": [
            "security": "U", "edition": "01", "merge_version": "A", "maintenance_date": "0000", "merge_date": "0000",
            "maintenance_code": "0000", "product_spec": "PRF89020B", "product_spec_amendment": "00", "product_spec_date": "0005",
            "vertical_datum": "MSL", "horizontal_datum": "WGS84", "compilation_date": "0000", "orientation": "0000000.0",
        ],
        "ACC": [
            "abs_horizontal": "NA", "abs_vertical": "NA", "rel_horizontal": "NA", "rel_vertical": "NA",
            "multiple_outline_flag": "00",
        ],
    ]

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }

    /// Degrees of `degreeDigits`, minutes, seconds and the hemisphere.
    private static func angle(_ seconds: Int, _ degreeDigits: Int, _ hemispheres: String) -> String {
        let size = abs(seconds)
        return digits(size / 3600, degreeDigits) + digits(size / 60 % 60, 2) + digits(size % 60, 2)
            + (seconds < 0 ? hemispheres.suffix(1) : hemispheres.prefix(1))
    }
}

extension CellHeader {
    /// The grid that a copied UHL describes; nil when its fields are no numbers.
    static func grid(_ record: Value) -> (longitudeInterval: Int, latitudeInterval: Int, west: Int, south: Int)? {
        func text(_ name: String) -> String { record[name]?.trimmed ?? "" }
        guard let west = degrees(text("lon_origin")), let south = degrees(text("lat_origin")),
            let across = Int(text("lon_interval")),
            let up = Int(text("lat_interval")), across > 0, up > 0
        else { return nil }
        return (across, up, Int((west * 3600).rounded()), Int((south * 3600).rounded()))
    }
}
