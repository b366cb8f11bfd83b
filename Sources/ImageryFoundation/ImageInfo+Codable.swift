public import Imagery

extension ImageInfo: Codable {
    private enum Key: String, CodingKey {
        case format, key, roles, width, height, originX, originY, bands, pixelType, bitsPerPixel, actualBitsPerPixel, blockWidth,
            blockHeight, blockOffsetX, blockOffsetY, gridRows, gridColumns, resolutionLevels, padValue, georeference, metadata
    }

    /// One object with the names of S96; `actualBitsPerPixel`, `blockOffsetX` and `blockOffsetY` stand beside where they are not what one would expect.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(format.rawValue, forKey: .format)
        try values.encode(key.description, forKey: .key)
        try values.encode(roles.map(\.rawValue).sorted(), forKey: .roles)
        try values.encode(width, forKey: .width)
        try values.encode(height, forKey: .height)
        try values.encode(layout.originX, forKey: .originX)
        try values.encode(layout.originY, forKey: .originY)
        try values.encode(bands, forKey: .bands)
        try values.encode(pixelType.rawValue, forKey: .pixelType)
        try values.encode(layout.bitsPerPixel, forKey: .bitsPerPixel)
        if layout.actualBitsPerPixel != layout.bitsPerPixel {
            try values.encode(layout.actualBitsPerPixel, forKey: .actualBitsPerPixel)
        }
        try values.encode(layout.blockWidth, forKey: .blockWidth)
        try values.encode(layout.blockHeight, forKey: .blockHeight)
        if layout.blockOffsetX != 0 { try values.encode(layout.blockOffsetX, forKey: .blockOffsetX) }
        if layout.blockOffsetY != 0 { try values.encode(layout.blockOffsetY, forKey: .blockOffsetY) }
        try values.encode(layout.gridRows, forKey: .gridRows)
        try values.encode(layout.gridColumns, forKey: .gridColumns)
        try values.encode(resolutionLevels, forKey: .resolutionLevels)
        switch layout.padValue {
        case nil: try values.encodeNil(forKey: .padValue)
        case .integer(let value): try values.encode(value, forKey: .padValue)
        case .unsigned(let value): try values.encode(value, forKey: .padValue)
        case .real(let value) where value.isFinite: try values.encode(value, forKey: .padValue)
        case .real(let value): try values.encode("\(value)", forKey: .padValue)
        }
        if let georeference {
            try values.encode(georeference, forKey: .georeference)
        } else {
            try values.encodeNil(forKey: .georeference)
        }
        try values.encode(metadata, forKey: .metadata)
    }

    /// What was encoded, and what the tool prints. Throws `DecodingError` for names of formats and types that are none, and for numbers that no image has.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func corrupted(_ key: Key, _ message: String) -> DecodingError {
            DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: message)
        }
        func number(_ key: Key) throws -> Int { try values.decode(Int.self, forKey: key) }
        guard let format = Format(rawValue: try values.decode(String.self, forKey: .format)) else {
            throw corrupted(.format, "there is no such format")
        }
        guard let pixelType = PixelType(rawValue: try values.decode(String.self, forKey: .pixelType)) else {
            throw corrupted(.pixelType, "there is no such type of samples")
        }
        let bits = try number(.bitsPerPixel)
        let layout = ImageLayout(
            shape: Shape(bands: try number(.bands), rows: try number(.height), columns: try number(.width)), pixelType: pixelType,
            bitsPerPixel: bits, actualBitsPerPixel: try values.decodeIfPresent(Int.self, forKey: .actualBitsPerPixel) ?? bits,
            blockWidth: try number(.blockWidth), blockHeight: try number(.blockHeight), originX: try number(.originX),
            originY: try number(.originY), blockOffsetX: try values.decodeIfPresent(Int.self, forKey: .blockOffsetX) ?? 0,
            blockOffsetY: try values.decodeIfPresent(Int.self, forKey: .blockOffsetY) ?? 0,
            padValue: try Self.padValue(in: values))
        do { try layout.check("image info") } catch { throw corrupted(.width, "\(error)") }
        guard layout.gridRows == (try number(.gridRows)), layout.gridColumns == (try number(.gridColumns)) else {
            throw corrupted(.gridRows, "the grid is not that of these blocks")
        }
        let levels = try number(.resolutionLevels)
        guard (1...64).contains(levels) else { throw corrupted(.resolutionLevels, "no image has \(levels) levels") }
        var metadata = try values.decode(Metadata.self, forKey: .metadata)
        metadata.schema = format.schema
        self.init(
            format: format, key: AssetKey(try values.decode(String.self, forKey: .key)),
            roles: Set(try values.decode([String].self, forKey: .roles).map { AssetRole($0) }), layout: layout,
            resolutionLevels: levels, metadata: metadata,
            georeference: try values.decodeIfPresent(Georeference.self, forKey: .georeference))
    }

    private static func padValue(in values: KeyedDecodingContainer<Key>) throws -> SampleValue? {
        guard try values.contains(.padValue) && !values.decodeNil(forKey: .padValue) else { return nil }
        if let text = try? values.decode(String.self, forKey: .padValue) {
            guard let number = SampleValue(parsing: text) else {
                throw DecodingError.dataCorruptedError(forKey: .padValue, in: values, debugDescription: "it is no number")
            }
            return number
        }
        if let whole = try? values.decode(Int64.self, forKey: .padValue) { return .integer(whole) }
        if let whole = try? values.decode(UInt64.self, forKey: .padValue) { return .unsigned(whole) }
        return .real(try values.decode(Double.self, forKey: .padValue))
    }
}
