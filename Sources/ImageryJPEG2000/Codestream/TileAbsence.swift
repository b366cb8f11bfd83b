public import ImageryBase

/// The tiles of a codestream that its container says not to be recorded.
public struct TileAbsence: Sendable {
    /// What their samples are, 0 when nil.
    public var padValue: SampleValue?
    /// True for a tile, counted in order of rows, that is not recorded: whatever the codestream has of it is not read.
    public var isAbsent: @Sendable (_ tile: Int) -> Bool

    /// Tiles for which `isAbsent` is true have samples of `padValue`.
    public init(padValue: SampleValue?, isAbsent: @escaping @Sendable (_ tile: Int) -> Bool) {
        self.padValue = padValue
        self.isAbsent = isAbsent
    }
}
