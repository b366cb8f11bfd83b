// The tags of a directory as metadata (S62).

public import ImageryBase

extension TagFile {
    /// Every tag of directory `index` with its stored type, then what is decoded from them: groups `ExifIFD`, `GPSIFD` and
    /// `InteroperabilityIFD` (the directories that hang on it), `GeoKeys` and `GDALMetadata`.
    public func metadata(of index: Int) -> Metadata {
        var entries = tagEntries(of: index, space: .tiff)
        let directory = directories[index]
        if let keys = geoKeys(of: directory), !keys.entries.isEmpty {
            entries.append(Metadata.Entry("GeoKeys", Value(group: keys.entries)))
        }
        if let items = value(GDALMetadata.itemsTag, in: directory).flatMap(GDALMetadata.items) {
            entries.append(Metadata.Entry("GDALMetadata", Value(group: items)))
        }
        return Metadata(schema: .tiff, entries: entries)
    }

    /// The GeoKeys of a directory; nil when it has none.
    public func geoKeys(of directory: TagDirectory) -> GeoKeys? {
        guard let keys = value(34735, in: directory) else { return nil }
        return GeoKeys(directory: keys, doubles: value(34736, in: directory), texts: value(34737, in: directory))
    }

    /// The georeference of a directory; nil when it has none.
    public func georeference(of directory: TagDirectory) -> Georeference? {
        Georeference(geoKeys: geoKeys(of: directory)) { value($0, in: directory) }
    }

    private func tagEntries(of index: Int, space: TagNames.Space) -> [Metadata.Entry] {
        var result: [Metadata.Entry] = []
        for entry in directories[index].entries {
            let name = TagNames.name(entry.tag, in: space) ?? "Tag\(entry.tag)"
            // A source that fails here fails for the pixels too, where it is an error; metadata give what can be had.
            let content = (try? value(entry)) ?? Value(bytes: [])
            result.append(Metadata.Entry(name, code: Int(entry.tag), content))
        }
        let groups: [(UInt16, String, TagNames.Space)] = [
            (DirectoryTag.exif, "ExifIFD", .exif), (DirectoryTag.gps, "GPSIFD", .gps),
            (DirectoryTag.interoperability, "InteroperabilityIFD", .interoperability),
        ]
        for (tag, name, space) in groups {
            if let child = children(of: index, tag: tag).first {
                result.append(Metadata.Entry(name, Value(group: tagEntries(of: child, space: space))))
            }
        }
        return result
    }

    /// Directories, entries and values as the tool's `dump` prints them.
    public func dump() -> [DumpLine] {
        var lines = [DumpLine(depth: 0, name: "Header", offset: 0, size: encoding.isBig ? 16 : 8, value: headerText)]
        for (index, directory) in directories.enumerated() {
            let title =
                switch directory.link {
                case .chain: "IFD \(directory.number)"
                case .child(let tag, _): "\(TagNames.name(tag) ?? "Tag\(tag)") \(directory.number)"
                }
            lines.append(
                DumpLine(depth: directory.depth, name: title, offset: directory.offset, size: directory.byteCount))
            let space = space(of: directory)
            for (number, entry) in directory.entries.enumerated() {
                let isOutside = entry.byteCount > encoding.offsetByteCount
                lines.append(
                    DumpLine(
                        depth: directory.depth + 1, name: TagNames.name(entry.tag, in: space) ?? "Tag\(entry.tag)",
                        offset: isOutside ? entry.valueOffset : directories[index].offset(ofEntry: number, encoding),
                        size: isOutside ? entry.byteCount : encoding.entryByteCount, value: text(of: entry)))
            }
        }
        return lines
    }

    private var headerText: String {
        "\(encoding.isBig ? "BigTIFF" : "TIFF"), \(encoding.isBigEndian ? "MM" : "II")"
    }

    private func space(of directory: TagDirectory) -> TagNames.Space {
        switch directory.link {
        case .child(DirectoryTag.exif, _): .exif
        case .child(DirectoryTag.gps, _): .gps
        case .child(DirectoryTag.interoperability, _): .interoperability
        default: .tiff
        }
    }

    /// The first elements of a value, or the first characters of a text.
    private func text(of entry: TagEntry) -> String {
        guard entry.isPresent else { return "(no value)" }
        let shown = 8
        guard let value = try? value(entry) else { return "(unreadable)" }
        if entry.type == .ascii || entry.type == .utf8 {
            let text = value.text ?? ""
            return text.count > 60 ? String(text.prefix(60)) + "..." : text
        }
        var parts: [String] = []
        for index in 0..<min(shown, value.count) {
            if let number = value.int(at: index) {
                parts.append("\(number)")
            } else if let number = value.double(at: index) {
                parts.append("\(number)")
            }
        }
        return parts.joined(separator: " ") + (value.count > shown ? " ... (\(value.count))" : "")
    }
}

extension Metadata {
    /// The value of a TIFF tag, whether its entry was made with the number or with the name alone.
    public subscript(tag tag: UInt16) -> Value? { self[String(tag)] ?? TagNames.name(tag).flatMap { self[$0] } }
}
