// JPEG 2000 inside of containers: NITF image segments, TIFF strips and tiles.

public import ImageryBase

/// Opens streams that are JPEG 2000: bare codestreams, or codestreams in a box file, as real files have them in spite of their rules.
public struct JPEG2000Streams: StreamCodec {
    /// A codec; it has no state.
    public init() {}

    /// The image of the first codestream in `source`, with the samples as stored (S58).
    public func open(_ source: any ByteSource) throws(ImageryError) -> any ImageSource {
        let boxes = try BoxList(source, limits: Limits())
        guard let range = boxes.codestreams.first else {
            throw ImageryError(.malformed, "JPEG 2000 stream", "there is no codestream", at: 0)
        }
        return try Codestream(source, range)
    }
}
