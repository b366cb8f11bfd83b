/// What a pixel of a reduced image becomes of the pixels that it stands for.
public enum Resampling: Hashable, Sendable {
    /// Their mean, rounded to the nearest, halves up; pad values and NaN do not count.
    case average
    /// The top left one of them: for palettes, classes and masks, whose numbers have no mean.
    case nearest
}
