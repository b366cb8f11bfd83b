// Blocks that are streams of a codec of their own (TIFF Technical Note 2 for JPEG).

import ImageryBase
import ImageryJPEG
import ImageryTags

extension Compression {
    /// True when every block is a stream that is an image of its own.
    var isStream: Bool { self == .jpeg || self == .oldJPEG }
}

extension ImageHeader {
    /// What opens the blocks of an image whose compression is made of streams; nil when it is not.
    ///
    /// Throws kind malformed when what the streams share is broken.
    func makeStreamCodec(_ directory: TagDirectory, in file: TagFile) throws(ImageryError) -> (any StreamCodec)? {
        switch compression {
        case .jpeg: try Self.jpeg(self, directory, in: file)
        case .oldJPEG: try OldJPEGStreams(self, directory, in: file)
        default: nil
        }
    }

    private static func jpeg(
        _ header: ImageHeader, _ directory: TagDirectory, in file: TagFile
    ) throws(ImageryError) -> any StreamCodec {
        var tables = JPEGTables()
        if let entry = directory.entry(Tag.jpegTables) {
            try tables.add(SourceSlice(file.source, entry.valueOffset..<entry.valueOffset + entry.byteCount))
        }
        // PhotometricInterpretation says what the components are, whatever the markers of the streams do (Technical Note 2).
        return JPEGStreams(tables: tables, colors: header.photometric == 6 && !header.isPlanar ? .yCbCr : .asStored)
    }
}
