// The attribute section of a frame (MIL-STD-2411-1, 5.3.2: attributes and their parameters; components 141, 142, 143).

import ImageryBase

/// What a frame's attributes say.
enum FrameAttributes {
    /// How the bytes of a parameter are read.
    private enum Kind {
        case text(Int)
        case number(Int)
        case single
        case real
    }

    /// An attribute of a frame is one record of this many at most.
    private static let most = 1_000

    /// The attributes of `frame` in the order of the file: number and name of the attribute, number of the parameter, the area (0 for the
    /// whole frame) and the value. Those that are not known keep their number.
    static func entries(_ frame: ProductFrame) throws(ImageryError) -> [Value] {
        guard let head = try frame.bytes(.attributes, count: 10), let count = head.number(0, 2), let table = head.number(4, 4),
            let length = head.number(8, 2), length >= 8
        else { return [] }
        var entries: [Value] = []
        for index in 0..<min(count, most) {
            guard let record = try frame.bytes(.attributeTable, at: table + index * length, count: 8), let id = record.number(0, 2),
                let parameter = record.number(2, 1), let area = record.number(3, 1), let offset = record.number(4, 4)
            else { break }
            var entry: [Metadata.Entry] = [
                .init("ATTRIBUTE_ID", Value(id, .short)), .init("PARAMETER_ID", Value(parameter, .byte)),
            ]
            entry.append(.init("AREAL_COVERAGE_SEQUENCE_NUMBER", Value(area, .byte)))
            if let known = attributes[id], known.parameters.indices.contains(parameter - 1) {
                entry.append(.init("NAME", Value(text: known.name)))
                let kind = known.parameters[parameter - 1]
                if let bytes = try frame.bytes(.attributeTable, at: offset, count: 12), let value = value(kind, bytes) {
                    entry.append(.init("VALUE", value))
                }
            }
            entries.append(Value(group: entry))
        }
        return entries
    }

    private static func value(_ kind: Kind, _ bytes: ComponentBytes) -> Value? {
        switch kind {
        case .text(let count): bytes.text(0, count).map { Value(text: $0) }
        case .number(let count): bytes.number(0, count).map { Value($0, .long) }
        case .single: bytes.single(0).map { Value($0) }
        case .real: bytes.real(0).map { Value($0) }
        }
    }

    private static let accuracy: [Kind] = [.number(4), .number(2)]
    private static let angle: [Kind] = [.single, .number(2)]

    private static let attributes: [Int: (name: String, parameters: [Kind])] = [
        1: ("currency date", [.text(8)]),
        2: ("production date", [.text(8)]),
        3: ("significant date", [.text(8)]),
        4: ("map or chart source: series, designation, old datum, edition", [.text(10), .text(8), .text(4), .text(7)]),
        5: ("projection: code and parameters A to D", [.text(2), .single, .single, .single, .single]),
        6: ("vertical datum", [.text(4)]),
        7: ("horizontal datum", [.text(4)]),
        8: ("vertical absolute accuracy and its unit", accuracy),
        9: ("horizontal absolute accuracy and its unit", accuracy),
        10: ("vertical relative accuracy and its unit", accuracy),
        11: ("horizontal relative accuracy and its unit", accuracy),
        12: ("ellipsoid", [.text(3)]),
        13: ("sounding datum", [.text(4)]),
        14: ("navigation system", [.number(2)]),
        15: ("grid", [.text(2)]),
        16: ("easterly annual magnetic change and its unit", angle),
        17: ("westerly annual magnetic change and its unit", angle),
        18: ("grid to magnetic north angle and its unit", angle),
        19: ("grid convergence angle and its unit", angle),
        20: ("highest elevation, its unit, latitude and longitude", [.real, .number(2), .real, .real]),
        21: ("legend file name", [.text(12)]),
        22: ("image source and ground sample distance", [.text(12), .number(4)]),
        23: ("data level", [.number(2)]),
    ]
}

extension ProductFrame {
    /// The name of ``metadata`` among the fields of an image: no field of the subheader, and no extension.
    static let metadataName = "RPF:frame"

    /// The frame as metadata: its name and what that tells, its standard, its coverage, its attributes. Faults leave out what they hide.
    var metadata: [Metadata.Entry] {
        var entries: [Metadata.Entry] = []
        func add(_ name: String, _ text: String) { if !text.isEmpty { entries.append(.init(name, Value(text: text))) } }
        add("FILE_NAME", name)
        add("GOVERNING_STANDARD_NUMBER", standard.number)
        add("GOVERNING_STANDARD_DATE", standard.date)
        if let name = FrameName(name) {
            add("PRODUCT_DATA_TYPE", name.series.type.rawValue)
            add("DATA_SERIES", name.series.name)
            if let scale = name.series.scale {
                entries.append(.init(name.series.type == .compressedRasterMap ? "SCALE" : "RESOLUTION", Value(scale)))
            }
            add("ZONE", name.zone.name)
            entries.append(.init("FRAME_NUMBER", Value(name.number)))
            entries.append(.init("VERSION", Value(name.version)))
            add("PRODUCER", String(name.producer))
        }
        do throws(ImageryError) {
            if let coverage = try coverage() { entries.append(.init("COVERAGE", Value(group: coverage.metadata))) }
            let attributes = try FrameAttributes.entries(self)
            if !attributes.isEmpty { entries.append(.init("ATTRIBUTES", Value(list: attributes))) }
        } catch {
            // The source failed: reading the pixels tells.
        }
        return entries
    }
}

extension ProductCoverage {
    /// The fields of the section under their names.
    var metadata: [Metadata.Entry] {
        [
            ("NW_LAT", northWest.y), ("NW_LON", northWest.x), ("SW_LAT", southWest.y), ("SW_LON", southWest.x),
            ("NE_LAT", northEast.y), ("NE_LON", northEast.x), ("SE_LAT", southEast.y), ("SE_LON", southEast.x),
            ("VERTICAL_RESOLUTION", verticalResolution), ("HORIZONTAL_RESOLUTION", horizontalResolution),
            ("VERTICAL_INTERVAL", verticalInterval), ("HORIZONTAL_INTERVAL", horizontalInterval),
        ].map { .init($0.0, Value($0.1)) }
    }
}
