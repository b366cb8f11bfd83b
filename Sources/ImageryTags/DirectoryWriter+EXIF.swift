public import ImageryBase

extension DirectoryWriter {
    /// EXIF (a TIFF file without pixels) of tags and of the groups `ExifIFD`, `GPSIFD` and `InteroperabilityIFD`; nil for what does not fit a classic
    /// TIFF file. Names that are no tags are left out.
    public static func exif(_ group: Metadata) -> [UInt8]? { exif(group) { _ in } }

    /// The same, with `unnamed` told of names that are no tags.
    public static func exif<Failure: Error>(
        _ group: Metadata, unnamed: (Metadata.Entry) throws(Failure) -> Void
    ) throws(Failure) -> [UInt8]? {
        // Byte order, 42, and the place of the directory.
        let header: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0]
        let directory = try DirectoryWriter(exif: group, .tiff, unnamed)
        return directory.serialised(at: header.count, isBig: false).map { header + $0 }
    }

    private init<Failure: Error>(
        exif group: Metadata, _ space: TagNames.Space, _ unnamed: (Metadata.Entry) throws(Failure) -> Void
    ) throws(Failure) {
        let children: [(name: String, tag: UInt16, space: TagNames.Space)] = [
            ("ExifIFD", DirectoryTag.exif, .exif), ("GPSIFD", DirectoryTag.gps, .gps),
            ("InteroperabilityIFD", DirectoryTag.interoperability, .interoperability),
        ]
        self.init()
        for entry in group.entries {
            if let inner = entry.value.group {
                // GeoKeys and GDALMetadata are other views of tags that are there.
                guard let child = children.first(where: { $0.name == entry.name }) else { continue }
                set(child.tag, child: try DirectoryWriter(exif: inner, child.space, unnamed))
            } else if let tag = entry.code.flatMap({ UInt16(exactly: $0) }) ?? TagNames.tag(named: entry.name, in: space) {
                if !DirectoryTag.isPointer(tag) { self[tag] = entry.value }
            } else {
                try unnamed(entry)
            }
        }
    }
}
