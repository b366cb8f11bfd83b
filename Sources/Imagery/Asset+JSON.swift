import ImageryBase
package import ImageryPrimitives

// The JSON of S96: what the tool's `info --json` prints.

extension Dataset {
    /// All that the headers say as one JSON object: format, assets, metadata of the file, diagnostics (S96).
    public var json: String {
        var writer = JSONWriter()
        write(assets, to: &writer)
        return writer.text
    }

    /// The same with some of the assets.
    package func write(_ assets: [Asset], to json: inout JSONWriter) {
        json.object { json in
            json.key("format")
            json.string(format.rawValue)
            json.key("assets")
            json.array { json in assets.forEach { $0.write(to: &json) } }
            json.key("metadata")
            metadata.write(to: &json)
            json.key("diagnostics")
            json.array { json in diagnostics.forEach { $0.write(to: &json) } }
        }
    }
}

extension Asset {
    /// What the headers say of the asset as one JSON object: one of those that `assets` of S96 lists.
    public var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.text
    }

    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("key")
            json.string(key.description)
            json.key("type")
            json.string(type.rawValue)
            json.key("roles")
            json.array { json in roles.map(\.rawValue).sorted().forEach { json.string($0) } }
            json.key("title")
            json.string(title)
            json.key("mediaType")
            json.string(mediaType)
            if let image {
                image.layout.write(levels: image.resolutionLevels, to: &json)
                json.key("georeference")
                if let georeference { georeference.write(to: &json) } else { json.null() }
            }
            json.key("metadata")
            metadata.write(to: &json)
        }
    }
}

extension ImageInfo {
    /// The value as one JSON object, with the names of S96.
    public var json: String {
        var writer = JSONWriter()
        writer.object { json in
            json.key("format")
            json.string(format.rawValue)
            json.key("key")
            json.string(key.description)
            json.key("roles")
            json.array { json in roles.map(\.rawValue).sorted().forEach { json.string($0) } }
            layout.write(levels: resolutionLevels, to: &json)
            json.key("georeference")
            if let georeference { georeference.write(to: &json) } else { json.null() }
            json.key("metadata")
            metadata.write(to: &json)
        }
        return writer.text
    }
}

extension ImageLayout {
    fileprivate func write(levels: Int, to json: inout JSONWriter) {
        let numbers: [(String, Int)] = [
            ("width", shape.columns), ("height", shape.rows), ("originX", originX), ("originY", originY), ("bands", shape.bands),
            ("bitsPerPixel", bitsPerPixel), ("blockWidth", blockWidth), ("blockHeight", blockHeight), ("gridRows", gridRows),
            ("gridColumns", gridColumns), ("resolutionLevels", levels),
        ]
        for (name, number) in numbers {
            json.key(name)
            json.integer(number)
        }
        json.key("pixelType")
        json.string(pixelType.rawValue)
        json.key("padValue")
        switch padValue {
        case nil: json.null()
        case .integer(let value): json.integer(Int(value))
        case .unsigned(let value): json.unsigned(value)
        case .real(let value): json.number(value)
        }
    }
}

extension Diagnostic {
    /// The finding as a JSON object.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("context")
            json.string(context)
            json.key("offset")
            if let offset { json.integer(offset) } else { json.null() }
            json.key("message")
            json.string(message)
            json.key("severity")
            json.string(severity.rawValue)
            json.key("clause")
            if let clause { json.string(clause) } else { json.null() }
        }
    }
}
