public import ImageryBase

/// A file opened for reading: assets with keys and roles (S30).
///
/// Immutable and safe to use from many threads. Opening reads headers only. Assets keep their dataset alive; the file is closed
/// with the last reference.
public final class Dataset: Sendable {
    /// The format of the content.
    public let format: Format
    /// The options that it was opened with; every read uses them.
    public let options: ReadOptions
    /// What opening found (S92).
    public var diagnostics: [Diagnostic] { container.diagnostics }
    /// Metadata of the file as a whole.
    public var metadata: Metadata { container.metadata }

    let source: any ByteSource
    let container: any Container
    private let entries: [AssetEntry]
    private let places: [AssetKey: Int]

    /// Opens the file at `path`. The content decides the format, unless `format` names it (S21).
    ///
    /// Throws kind io when the file cannot be read, unsupported when no codec claims it, malformed when its headers are broken.
    public convenience init(_ path: String, format: Format? = nil, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        let source = try openFile(path, access: options.access)
        let found: Format
        if let format { found = format } else { found = try Format(detecting: source, name: path) }
        try self.init(source: source, format: found, options: options)
    }

    /// Opens a file of `format` in memory. Throws as ``init(_:format:options:)``; empty input is malformed.
    public convenience init(
        bytes: some RandomAccessCollection<UInt8>, format: Format, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        try self.init(source: MemorySource(bytes), format: format, options: options)
    }

    /// Opens a file of `format` that the caller brings (S12): only the ranges that a call needs are read.
    public init(source: any ByteSource, format: Format, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        guard source.byteCount > 0 else { throw ImageryError(.malformed, format.rawValue, "the input is empty") }
        self.source = source
        self.options = options
        self.format = format
        let container = try Detection.open(source, as: format, options: options)
        self.container = container
        entries = container.assets
        places = Dictionary(
            entries.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The keys of the assets in file order: of `type` (any when nil) with at least one of `roles` (any when empty) (S33).
    public func keys(ofType type: AssetType? = nil, roles: Set<AssetRole> = []) -> [AssetKey] {
        entries.compactMap { entry in
            (type == nil || entry.type == type) && (roles.isEmpty || !roles.isDisjoint(with: entry.roles)) ? entry.key : nil
        }
    }

    /// All assets in file order.
    public var assets: [Asset] { entries.map { Asset(dataset: self, entry: $0) } }
    /// All images in file order.
    public var images: [ImageAsset] { assets.compactMap(\.image) }

    /// True when there is an asset of that key.
    public func contains(_ key: AssetKey) -> Bool { places[key] != nil }

    /// The asset of that key. Throws kind misuse, with the nearest keys, when there is none (S34).
    public func asset(_ key: AssetKey) throws(ImageryError) -> Asset {
        guard let place = places[key] else { throw missing(key) }
        return Asset(dataset: self, entry: entries[place])
    }

    /// The image of that key; without a key the first image with role data, else the first image (S1).
    ///
    /// Throws kind misuse when the key is missing or is no image's, malformed when the file has no image.
    public func image(_ key: AssetKey? = nil) throws(ImageryError) -> ImageAsset {
        if let key {
            guard let image = try asset(key).image else { throw ImageryError(.misuse, "dataset", "\(key) is not an image") }
            return image
        }
        let images = entries.filter { $0.type == .image }
        guard let first = images.first(where: { $0.roles.contains(.data) }) ?? images.first,
            let image = Asset(dataset: self, entry: first).image
        else { throw ImageryError(.malformed, format.rawValue, "the file holds no image") }
        return image
    }

    /// Every field of the headers in file order.
    public func dump() -> [DumpLine] { container.dump() }

    private func missing(_ key: AssetKey) -> ImageryError {
        let wanted = Array(key.description.utf8)
        let near = entries.map(\.key).map { (distance(wanted, Array($0.description.utf8)), $0) }
            .sorted { $0.0 < $1.0 }.prefix(5).map(\.1.description)
        let hint = near.isEmpty ? "the file has no assets" : "near keys: \(near.joined(separator: ", "))"
        return ImageryError(.misuse, "dataset", "there is no asset \(key); \(hint)")
    }
}

/// How many letters must be added, removed or changed to turn `a` into `b`.
private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var previous = Array(0...b.count)
    for (row, letter) in a.enumerated() {
        var current = [row + 1]
        for (column, other) in b.enumerated() {
            current.append(min(previous[column] + (letter == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[b.count]
}
