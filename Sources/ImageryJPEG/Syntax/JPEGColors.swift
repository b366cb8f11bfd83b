/// What the samples of a container's JPEG streams become.
public enum JPEGColors: Hashable, Sendable {
    /// What the markers of each stream say, as in a file of its own.
    case asMarked
    /// Nothing: components are stored as they are wanted.
    case asStored
    /// Three components are YCbCr and become RGB.
    case yCbCr
}
