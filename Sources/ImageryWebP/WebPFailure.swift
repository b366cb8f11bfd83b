/// Why a WebP file cannot be decoded any further.
public enum WebPFailure: Error, Sendable, Equatable {
    /// The bytes are no RIFF file of WebP, or its chunks contradict each other.
    case badContainer
    /// The file is an animation; only still images are known here.
    case animation
    /// A frame header that is none of a key frame, or a version that does not exist.
    case badHeader
    /// The partitions of a lossy frame are larger than the frame.
    case badPartitions
    /// A transform of a lossless image that comes twice or is out of its range.
    case badTransform
    /// The lengths of a prefix code that are none of a complete code.
    case badCode
    /// A copy from before the first pixel or beyond the last.
    case badCopy
    /// The alpha chunk is compressed in an unknown way.
    case badAlpha
    /// The image has another size than the memory that it is to fill.
    case otherSize
    /// The bytes end early.
    case truncated
    /// The working memory could not be had.
    case outOfMemory
}
