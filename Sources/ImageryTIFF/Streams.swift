// Blocks that are streams of a codec of their own (TIFF Technical Note 2 for JPEG).

import ImageryBase
import ImageryJPEG
import ImageryJPEG2000
import ImageryTags

extension Compression {
    /// True when every block is a stream that is an image of its own.
    var isStream: Bool { self == .jpeg || self == .oldJPEG || isJPEG2000 }
}

extension ImageHeader {
    /// What opens the blocks of an image whose compression is made of streams; nil when it is not.
    ///
    /// Throws kind malformed when what the streams share is broken.
    func makeStreamCodec(_ directory: TagDirectory, in file: TagFile) throws(ImageryError) -> (any StreamCodec)? {
        switch compression {
        case .jpeg: try Self.jpeg(self, directory, in: file)
        case .oldJPEG: try OldJPEGStreams(self, directory, in: file)
        case _ where compression.isJPEG2000: jpeg2000
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

    /// The streams of compression 34712, and of Aperio's: 33003 has YCbCr whatever PhotometricInterpretation says.
    private var jpeg2000: any StreamCodec {
        let isYCbCr = photometric == 6 || compression == .aperioYCbCr
        return isYCbCr && samplesPerPixel == 3 && !isPlanar && pixelType == .uint8
            ? YCbCrStreams(codec: JPEG2000Streams()) : JPEG2000Streams()
    }
}
