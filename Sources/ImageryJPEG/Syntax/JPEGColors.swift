/// What the samples of a container's JPEG streams become.
public enum JPEGColors: Hashable, Sendable {
    /// What the markers of each stream say, as in a file of its own.
    case asMarked
    /// Nothing: components are stored as they are wanted.
    case asStored
    /// Three components are YCbCr and become RGB.
    case yCbCr
    /// What the markers of each stream say, Adobe's before JFIF's before NITF's APP6; where they are silent, three components are YCbCr, or
    /// stored as they are wanted.
    case asToldElse(isYCbCr: Bool)
}
