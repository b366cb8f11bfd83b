// What is asked for when a JPEG stream is written (T.81 4.11).

public import ImageryBase

/// What a stream is written like. What is nil is the format's choice; what is set and cannot be had is an error.
public struct JPEGEncodingOptions: Hashable, Sendable {
    /// How samples are coded.
    public enum Process: Hashable, Sendable {
        /// DCT, one scan: baseline for 8 bits, extended for 12.
        case sequential
        /// DCT, ten scans (six for one band) that show the image better and better. All coefficients are kept until the end.
        case progressive
        /// Prediction from neighbours (T.81 table H.1: 1 to 7); nothing is lost but the `pointTransform` lowest bits.
        case lossless(predictor: Int = 1, pointTransform: Int = 0)
    }

    /// Where restart markers stand. What is between them is decoded on its own, and encoded on several threads.
    public enum Restart: Hashable, Sendable {
        /// Nowhere.
        case none
        /// Behind so many MCUs.
        case mcus(Int)
        /// Behind so many rows of MCUs.
        case rows(Int)
    }

    /// What three bands are stored as.
    public enum Color: Hashable, Sendable {
        /// YCbCr made from RGB.
        case ycc
        /// As they are.
        case asStored
    }

    /// The segments before the tables.
    public enum Markers: Hashable, Sendable {
        /// JFIF or Adobe, whichever tells the colors, and what `metadata` holds.
        case file
        /// None: the container tells the colors.
        case none
        /// The application segment of a NITF block (MIL-STD-188-198A).
        case nitf(NITFSegment)
    }

    /// How samples are coded; by default what `metadata` says, else sequential.
    public var process: Process?
    /// 1 to 100, by which the typical quantisers are scaled as is usual; 75 by default. Not for lossless.
    public var quality: Int?
    /// Samples of chrominance of three bands; by default what `metadata` says, else 4:2:0.
    public var subsampling: JPEGChoices.Subsampling?
    /// Bits of a stored sample: 8 for UInt8 and 12 for UInt16; with lossless 2 to 8 and 2 to 16. Samples are not scaled; one that
    /// does not fit is an error. By default what the layout says.
    public var precision: Int?
    /// What three bands are stored as; YCbCr by default, and as they are with lossless.
    public var color: Color?
    /// Huffman codes made for the image instead of the typical ones: smaller, but all coefficients are kept until the end. Always so
    /// for progressive, lossless and 12 bits.
    public var optimizesHuffman = false
    /// By default what `metadata` says, else none.
    public var restart: Restart?
    /// The segments before the tables.
    public var markers: Markers = .file
    /// Entries of schema jpeg to write: JFIF's density, EXIF, XMP, ICC profile, comments, other application segments. SOF and
    /// Adobe are made anew.
    public var metadata: Metadata?
    /// Threads for intervals between restart markers of whole rows; all cores by default.
    public var threads: Int?

    /// The defaults.
    public init() {}
}
