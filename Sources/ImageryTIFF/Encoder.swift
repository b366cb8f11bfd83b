public import ImageryBase

/// Writes TIFF and BigTIFF files.
public enum TIFFEncoder {
    public static func write(_ entries: [WriteEntry], options: WriteOptions, into sink: any ByteSink) throws {
        throw ImageryError(.unsupported, "TIFF", "files of this format cannot be written yet")
    }
}
