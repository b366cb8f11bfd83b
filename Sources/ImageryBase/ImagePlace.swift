/// What the key of an image says of its place among the others (S31).
public struct ImagePlace: Hashable, Sendable, Comparable {
    /// Number of the image.
    public var page: Int
    /// Level of the overview, 0 for the image itself.
    public var level: Int
    /// True for the transparency mask of that image or overview.
    public var isMask: Bool

    /// A place.
    public init(page: Int, level: Int = 0, isMask: Bool = false) {
        self.page = page
        self.level = level
        self.isMask = isMask
    }

    /// Image after image; an image, its mask, its overviews by level, each with its mask.
    public static func < (a: ImagePlace, b: ImagePlace) -> Bool {
        (a.page, a.level, a.isMask ? 1 : 0) < (b.page, b.level, b.isMask ? 1 : 0)
    }

    /// The key of the place.
    public var key: AssetKey {
        let key = level > 0 ? AssetKey.overview(level, of: page) : AssetKey.image(page)
        return isMask ? key.mask : key
    }
}

extension AssetKey {
    /// The place that `image:N`, `image:N:overview:M` and their masks name; nil for other keys.
    public var imagePlace: ImagePlace? {
        var parts = description.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, parts[0] == "image", let page = Self.number(parts[1]) else { return nil }
        var place = ImagePlace(page: page)
        if parts.last == "mask" {
            place.isMask = true
            parts.removeLast()
        }
        if parts.count == 4, parts[2] == "overview", let level = Self.number(parts[3]), level > 0 {
            place.level = level
        } else if parts.count != 2 {
            return nil
        }
        return place
    }

    /// N of `text:N`, `graphic:N` and `data:N`; nil for other keys.
    public func index(of type: AssetType) -> Int? {
        let word =
            switch type {
            case .image: "image"
            case .text: "text"
            case .graphics: "graphic"
            case .data: "data"
            }
        guard description.hasPrefix(word + ":") else { return nil }
        return Self.number(String(description.dropFirst(word.count + 1)))
    }

    private static func number(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
