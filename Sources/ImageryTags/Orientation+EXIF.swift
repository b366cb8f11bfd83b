public import ImageryBase

extension Orientation {
    /// The tag Orientation of EXIF (EXIF 2.32, 4.6.5.A), which is a TIFF file of tags; nil when it is not there, or is none.
    public init?(exif bytes: [UInt8], _ limits: Limits) {
        guard let file = try? TagFile(MemorySource(bytes), limits: limits), let directory = file.directories.first,
            let code = file.int(274, in: directory)
        else { return nil }
        self.init(rawValue: code)
    }

    /// EXIF with that tag alone.
    public var exif: [UInt8] {
        // Byte order, 42, the directory's place; one field of one SHORT; no directory behind it.
        [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, UInt8(rawValue), 0, 0, 0, 0, 0, 0, 0]
    }
}
