/// Which bands of an image make its colors, and which stand beside them: what writers and conversions ask of a ``ColorModel``.
public struct ColorArrangement: Hashable, Sendable {
    /// The colors that bands make together.
    public enum Space: String, Hashable, Sendable, CaseIterable {
        /// One band of brightness.
        case gray
        /// One band of darkness.
        case inverseGray
        /// Red, green, blue.
        case rgb
        /// Four inks: cyan, magenta, yellow, black.
        case cmyk
        /// Luma and color differences.
        case yCbCr
        /// CIE 1976 L*, a*, b*.
        case lab
        /// Numbers of a palette's entries.
        case palette
        /// Bands that make no color together: plain ones, or colors without the others.
        case none

        /// The bands of the space, in the order in which formats have them.
        public var meanings: [ColorModel.Meaning] {
            switch self {
            case .gray: [.gray]
            case .inverseGray: [.inverseGray]
            case .rgb: [.red, .green, .blue]
            case .cmyk: [.cyan, .magenta, .yellow, .black]
            case .yCbCr: [.luma, .blueDifference, .redDifference]
            case .lab: [.lightness, .greenToRed, .blueToYellow]
            case .palette: [.paletteIndex]
            case .none: []
            }
        }
    }

    /// The colors.
    public let space: Space
    /// The bands of the colors, in the order of ``Space/meanings``.
    public let colors: [Int]
    /// The first band of opacity; nil when there are no colors for it.
    public let alpha: Int?
    /// The colors are multiplied with ``alpha``.
    public let isPremultiplied: Bool
    /// The bands that are neither, in their order.
    public let others: [Int]

    /// What the bands of `model` make. Of two of one kind the first counts.
    public init(_ model: ColorModel) {
        let bands = model.bands
        var found = Space.none
        var places: [Int] = []
        // A palette is one only with its table.
        let spaces: [Space] = [.palette, .rgb, .cmyk, .yCbCr, .lab, .gray, .inverseGray]
        for space in spaces {
            let list = space.meanings.compactMap { bands.firstIndex(of: $0) }
            guard list.count == space.meanings.count, space != .palette || model.lookupTable != nil else { continue }
            (found, places) = (space, list)
            break
        }
        let opacity = found == .none ? nil : bands.firstIndex { $0.isAlpha }
        space = found
        colors = places
        alpha = opacity
        isPremultiplied = opacity.map { bands[$0] == .premultipliedAlpha } ?? false
        others = bands.indices.filter { !places.contains($0) && $0 != opacity }
    }
}

extension ColorModel {
    /// Which bands make its colors.
    public var arrangement: ColorArrangement { ColorArrangement(self) }

    /// True when every band is undefined: nothing is said, so that a format's own default may serve.
    public var isUndefined: Bool { bands.allSatisfy { $0 == .undefined } }
}
