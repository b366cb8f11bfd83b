// JPEG 2000 inside of containers: NITF image segments, TIFF strips and tiles.

public import ImageryBase
public import ImageryPlumbing

/// Opens streams that are JPEG 2000: bare codestreams, or codestreams in a box file, as real files have them in spite of their rules.
public struct JPEG2000Streams: StreamCodec {
    private let absence: TileAbsence?

    /// A codec of streams of which all tiles are wanted but those of `absence`.
    public init(absence: TileAbsence? = nil) { self.absence = absence }

    /// The image of the first codestream in `source`, with the samples as stored (S58).
    public func open(_ source: any ByteSource) throws(ImageryError) -> any ImageSource {
        let boxes = try BoxList(source, limits: Limits())
        guard let range = boxes.codestreams.first else {
            throw ImageryError(.malformed, "JPEG 2000 stream", "there is no codestream", at: 0)
        }
        return try Codestream(source, range, absence: absence)
    }

    /// True when an image that was opened here has the reversible wavelet (Table A.20), so that it can be without loss.
    public static func isReversible(_ image: any ImageSource) -> Bool {
        (image as? Codestream)?.header.coding.cod?.isReversible ?? false
    }

    /// True when an image that was opened here has a component transform (Table A.17), which is one of RGB: its bands are red, green
    /// and blue after it.
    public static func transformsComponents(_ image: any ImageSource) -> Bool {
        (image as? Codestream)?.header.coding.progression?.transformsComponents ?? false
    }
}
