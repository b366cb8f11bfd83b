public import ImageryBase

extension DirectoryWriter {
    /// EXIF (a TIFF file without pixels) of tags and of the groups `ExifIFD`, `GPSIFD` and `InteroperabilityIFD`; nil for what does not fit a classic
    /// TIFF file. Names that are no tags are left out.
    public static func exif(_ group: Metadata) -> [UInt8]? {
        // Byte order, 42, and the place of the directory.
        let header: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0]
        return DirectoryWriter(exif: group, .tiff).serialised(at: header.count, isBig: false, hasNext: false).map { header + $0 }
    }

    private init(exif group: Metadata, _ space: TagNames.Space) {
        let children: [(name: String, tag: UInt16, space: TagNames.Space)] = [
            ("ExifIFD", DirectoryTag.exif, .exif), ("GPSIFD", DirectoryTag.gps, .gps),
            ("InteroperabilityIFD", DirectoryTag.interoperability, .interoperability),
        ]
        self.init()
        for entry in group.entries {
            if let inner = entry.value.group {
                guard let child = children.first(where: { $0.name == entry.name }) else { continue }
                set(child.tag, child: DirectoryWriter(exif: inner, child.space))
            } else if let tag = entry.code.flatMap({ UInt16(exactly: $0) }) ?? TagNames.tag(named: entry.name, in: space),
                !DirectoryTag.isPointer(tag)
            {
                self[tag] = entry.value
            }
        }
    }
}
