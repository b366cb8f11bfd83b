public import ImageryBase
import ImageryPlumbing

/// Bytes of an asset that stand on their own: a profile, an XML document.
public struct AssetPart: Sendable {
    /// `ICC`, `EXIF`, `XMP`, `XML`, numbered from the second on: `XML.2`.
    public let name: String
    /// The media type of the bytes.
    public let mediaType: String
    /// The bytes.
    public let bytes: [UInt8]
}

extension Asset {
    /// What is in the asset's metadata that programs read as files of their own.
    ///
    /// Profiles, EXIF, XMP and XML, as they are stored; compressed ones are expanded. Parts that cannot be read are left out.
    public var parts: [AssetPart] {
        var found: [AssetPart] = []
        func add(_ name: String, _ mediaType: String, _ bytes: [UInt8]?) {
            guard let bytes, !bytes.isEmpty else { return }
            let count = found.count { $0.name == name || $0.name.hasPrefix(name + ".") }
            found.append(AssetPart(name: count == 0 ? name : "\(name).\(count + 1)", mediaType: mediaType, bytes: bytes))
        }
        let metadata = metadata
        switch metadata.schema {
        case .png:
            add("ICC", Self.profile, metadata["iCCP"]?["Profile"]?.bytes)
            add("EXIF", Self.exif, metadata["eXIf"]?.bytes)
            for text in metadata.all("iTXt") where text["Keyword"]?.text == "XML:com.adobe.xmp" {
                add("XMP", Self.packet, text["Text"]?.bytes)
            }
        case .jpeg:
            add("ICC", Self.profile, metadata["ICCProfile"]?.bytes)
            add("EXIF", Self.exif, jpegEXIF)
            add("XMP", Self.packet, metadata["XMP"]?.bytes)
            add("XMP", Self.packet, metadata["XMPExtended"]?.bytes)
        case .tiff:
            add("ICC", Self.profile, metadata["34675"]?.bytes)
            add("XMP", Self.packet, metadata["700"]?.bytes)
            add("XML", "application/xml", metadata["42112"]?.text.map { Array($0.utf8) })
        case .jpeg2000:
            for box in metadata.all("colr") { add("ICC", Self.profile, box["ICCProfile"]?.bytes) }
            for entry in metadata.entries where entry.name.trimmedText == "xml" { add("XML", "application/xml", entry.value.bytes) }
            add("XMP", Self.packet, metadata["XMP"]?.bytes)
        case .nitf, .dted, nil: break
        }
        return found
    }

    private static let profile = "application/vnd.iccprofile"
    private static let exif = "application/octet-stream"
    private static let packet = "application/rdf+xml"

    /// The bytes of one of the ``parts``, in any case, else of the metadata entry that `path` leads to: names with slashes, such as
    /// `GeoJP2/34735`. Throws kind misuse when there is none, and for a group or a list, which have no bytes of their own.
    public func part(_ path: String) throws(ImageryError) -> [UInt8] {
        let parts = parts
        if let part = parts.first(where: { $0.name.lowercased() == path.lowercased() }) { return part.bytes }
        var level = metadata
        var value: Value?
        for name in path.split(separator: "/").map(String.init) {
            value = level[name]
            guard let found = value else {
                let names = parts.map(\.name) + level.entries.prefix(12).map(\.name)
                throw ImageryError(
                    .misuse, key.description,
                    "there is no \(path); there are \(names.isEmpty ? "none" : names.joined(separator: ", "))")
            }
            level = found.group ?? Metadata(schema: nil)
        }
        guard case .field(_, let bytes)? = value?.content else {
            let fields = level.entries.prefix(12).map(\.name).joined(separator: ", ")
            throw ImageryError(.misuse, key.description, "\(path) is made of others: \(fields); name one of them with a slash")
        }
        return bytes
    }

    /// The bytes of the first APP1 segment that holds EXIF, without their mark (EXIF 2.32, 4.7.2).
    private var jpegEXIF: [UInt8]? {
        let mark: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]
        for line in dataset.dump() where line.name == "APP1" && line.size > 4 + mark.count {
            guard let start = checkedSum(line.offset, 4), let end = checkedSum(line.offset, line.size),
                let bytes = try? source.copy(start..<end, of: key.description), bytes.starts(with: mark)
            else { continue }
            return Array(bytes.dropFirst(mark.count))
        }
        return nil
    }
}
