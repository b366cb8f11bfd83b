// Blocks that are streams of a codec of their own (TIFF Technical Note 2 for JPEG).

import ImageryBase
import ImageryFax
import ImageryJPEG
import ImageryJPEG2000
import ImageryPlumbing
import ImageryTags

extension Compression {
    /// True when every block is a stream that is an image of its own.
    var isStream: Bool {
        switch self {
        case .jpeg, .oldJPEG, .ccittRLE, .ccittT4, .ccittT6, .ccittRLEWords: true
        default: isJPEG2000
        }
    }
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
        case .ccittRLE: try fax(.modifiedHuffman(alignment: 8), in: file, at: directory.offset)
        case .ccittRLEWords: try fax(.modifiedHuffman(alignment: 16), in: file, at: directory.offset)
        case .ccittT4:
            // Bit 0 of T4Options (section 11).
            try fax(
                .group3(isTwoDimensional: (file.int(Tag.t4Options, in: directory) ?? 0) & 1 != 0), in: file, at: directory.offset)
        case .ccittT6: try fax(.group4, in: file, at: directory.offset)
        default: nil
        }
    }

    /// Bi-level images (sections 10 and 11).
    private func fax(_ scheme: FaxScheme, in file: TagFile, at offset: Int) throws(ImageryError) -> any StreamCodec {
        guard bits == 1, samplesPerBlockPixel == 1 else {
            throw ImageryError(
                unsupported: .compression, "TIFF compression \(compression.code)",
                "\(samplesPerBlockPixel) samples of \(bits) bits are no bi-level image", at: offset)
        }
        return FaxStreams(scheme, columns: blockWidth, rows: blockHeight, isBitReversed: isBitReversed)
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

    /// The streams of compression 34712, and of Aperio's: 33003 has YCbCr whatever
    /// PhotometricInterpretation says.
    private var jpeg2000: any StreamCodec {
        let isYCbCr = photometric == 6 || compression == .aperioYCbCr
        return isYCbCr && samplesPerPixel == 3 && !isPlanar && pixelType == .uint8
            ? YCbCrStreams(isTagged: photometric == 6) : JPEG2000Streams()
    }
}
