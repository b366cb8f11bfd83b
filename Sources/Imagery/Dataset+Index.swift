import ImageryBase
public import ImageryIndex

extension TileIndex {
    /// The chunks of an image of the dataset, and of its overviews by falling size; of its own resolution levels when it has none
    /// (S80).
    ///
    /// `key` is an image's; when nil it is the one that a read without a key gives. Masks are not part of it.
    ///
    /// Throws kind misuse when there is no such image, unsupported when other programs cannot read the blocks of one of them one by
    /// one, limit for more than ``TileIndex/maxChunks`` blocks.
    public init(of dataset: Dataset, image key: AssetKey? = nil) throws(ImageryError) {
        let base = try dataset.image(key).key
        let prefix = base.description + ":overview:"
        let overviews = dataset.keys(ofType: .image).compactMap { key -> (number: Int, key: AssetKey)? in
            guard key.description.hasPrefix(prefix) else { return nil }
            return Int(key.description.dropFirst(prefix.count)).map { ($0, key) }
        }
        var levels: [Level] = []
        for key in [base] + overviews.sorted(by: { $0.number < $1.number }).map(\.key) {
            guard let (source, file) = dataset.imageSource(key) else { continue }
            levels += try Self.levels(of: source, file: file, isPyramid: overviews.isEmpty)
        }
        try self.init(levels)
    }
}
