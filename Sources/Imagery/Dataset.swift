public import ImageryBase
import ImageryPlumbing

/// A file, or a pyramid of files, opened for reading: assets with keys and roles (S30).
///
/// Immutable and safe to use from many threads. Opening reads headers only. Assets keep their dataset alive; files are closed with
/// the last reference.
public final class Dataset: Sendable {
    /// The format of the content; of the base when there are several files.
    public let format: Format
    /// The options that it was opened with; every read uses them.
    public let options: ReadOptions
    /// What opening found (S92).
    public var diagnostics: [Diagnostic] { members.flatMap(\.container.diagnostics) + rectangleFindings }
    /// Metadata of the file as a whole; of the base when there are several.
    public var metadata: Metadata { members[0].container.metadata }

    /// One file behind the dataset.
    struct Member: Sendable {
        var source: any ByteSource
        /// The same where it gathers the reads of one that costs something to ask.
        var gathering: GatheringSource?
        var container: any Container

        /// Throws kind malformed for a source without bytes.
        init(_ source: any ByteSource, _ format: Format, _ options: ReadOptions) throws(ImageryError) {
            try options.check()
            guard source.byteCount > 0 else { throw ImageryError(.malformed, format.rawValue, "the input is empty") }
            gathering = source.lendsInPlace ? nil : GatheringSource(source)
            self.source = gathering ?? source
            container = try Detection.open(self.source, as: format, options: options)
        }
    }

    /// The base first.
    let members: [Member]
    /// The number of each member in the list of files that was opened.
    private let memberNumbers: [Int]
    /// What is wrong with the boundary rectangles of a table of contents.
    private let rectangleFindings: [Diagnostic]
    /// The assets in file order, each with the member that holds it.
    private let entries: [(entry: AssetEntry, member: Int)]
    private let places: [AssetKey: Int]

    /// Opens the file at `path`. The content decides the format, unless `format` names it (S21).
    ///
    /// Throws kind io when the file cannot be read, unsupported when no codec claims it, malformed when its headers are broken.
    public convenience init(_ path: String, format: Format? = nil, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        try self.init([path], format: format, options: options)
    }

    /// Opens a file of `format` in memory. Throws as `init(_:format:options:)`; empty input is malformed.
    public convenience init(
        bytes: some RandomAccessCollection<UInt8>, format: Format, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        try self.init(source: MemorySource(bytes), format: format, options: options)
    }

    /// Opens a file of `format` that the caller brings (S12): only the ranges that a call needs are read.
    public convenience init(
        source: any ByteSource, format: Format, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        let checked = try CheckedSource(source, format.rawValue)
        try self.init(base: Member(checked, format, options), further: [], options: options)
    }

    /// A file beside the base, and its images as assets of the base's.
    struct Further: Sendable {
        var member: Member
        var entries: [AssetEntry]
    }

    /// A base and the files that hold lower resolutions and masks of its first image.
    ///
    /// `numbers` are those of the members, the base first, in the caller's list; their order here when nil. `georeference` is that of the
    /// first image where other files say it. Overviews that have none cover the ground of that image (S67). `rectangles` are images that stand
    /// behind those of the base, and lie in files that it names.
    init(
        base: Member, further: [Further], numbers: [Int]? = nil, georeference: Georeference? = nil,
        rectangles: (entries: [AssetEntry], findings: [Diagnostic]) = ([], []), options: ReadOptions
    ) throws(ImageryError) {
        self.options = options
        format = base.container.format
        rectangleFindings = rectangles.findings
        var all = (base.container.assets + rectangles.entries).map { (entry: $0, member: 0) }
        let first = all.firstIndex { $0.entry.key == .image(0) }
        if let first, let georeference { all[first].entry.georeference = georeference }
        let ground = first.flatMap { all[$0].entry.ground }
        let own = all.lastIndex { $0.entry.key == .image(0) || $0.entry.key.description.hasPrefix("image:0:") }
        var place = own.map { $0 + 1 } ?? all.count
        for (index, file) in further.enumerated() {
            for var entry in file.entries {
                guard !all.contains(where: { $0.entry.key == entry.key }) else {
                    throw ImageryError(.misuse, "dataset", "the base has \(entry.key) already")
                }
                if entry.georeference == nil, let ground, let size = entry.imageSize {
                    entry.georeference = ground.place.moved(to: ImagePart(size, resampledFrom: ground.size))
                }
                all.insert((entry, index + 1), at: place)
                place += 1
            }
        }
        members = [base] + further.map(\.member)
        memberNumbers = numbers ?? Array(members.indices)
        entries = all
        places = Dictionary(all.enumerated().map { ($0.element.entry.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the files behind the dataset are, the base first.
    var containers: [any Container] { members.map(\.container) }

    /// The keys of the assets in file order: of `type` (any when nil) with at least one of `roles` (any when empty) (S33).
    public func keys(ofType type: AssetType? = nil, roles: Set<AssetRole> = []) -> [AssetKey] {
        entries.compactMap { entry, _ in
            (type == nil || entry.type == type) && (roles.isEmpty || !roles.isDisjoint(with: entry.roles)) ? entry.key : nil
        }
    }

    /// All assets in file order.
    public var assets: [Asset] { entries.indices.map(asset(at:)) }
    /// All images in file order.
    public var images: [ImageAsset] { assets.compactMap(\.image) }
    /// All texts in file order.
    public var texts: [TextAsset] { assets.compactMap(\.text) }
    /// All graphics in file order.
    public var graphics: [Asset] { assets.filter { $0.type == .graphics } }
    /// All data in file order.
    public var data: [Asset] { assets.filter { $0.type == .data } }

    /// True when there is an asset of that key.
    public func contains(_ key: AssetKey) -> Bool { places[key] != nil }

    /// The asset of that key. Throws kind misuse, with the nearest keys, when there is none (S34).
    public func asset(_ key: AssetKey) throws(ImageryError) -> Asset {
        guard let place = places[key] else { throw missing(key) }
        return asset(at: place)
    }

    /// The image of that key; without a key the first image with role data, else the first image (S1).
    ///
    /// Throws kind misuse when the key is missing or is no image's, and when the file holds no image.
    public func image(_ key: AssetKey? = nil) throws(ImageryError) -> ImageAsset {
        if let key {
            guard let image = try asset(key).image else { throw ImageryError(.misuse, "dataset", "\(key) is not an image") }
            return image
        }
        let first = entries.firstIndex { $0.entry.type == .image && $0.entry.roles.contains(.data) }
        guard let place = first ?? entries.firstIndex(where: { $0.entry.type == .image }), let image = asset(at: place).image
        else { throw ImageryError(.misuse, format.rawValue, "the file holds no image") }
        return image
    }

    /// The bytes of the file; of the base when there are several.
    var baseSource: any ByteSource { members[0].source }

    /// The source of the image of that key and the number of its file, nil when it is no image's.
    func imageSource(_ key: AssetKey) -> (source: any ImageSource, file: Int)? {
        guard let place = places[key], case .image(let source) = entries[place].entry.content else { return nil }
        return (source, memberNumbers[entries[place].member])
    }

    /// The text of that key. Throws kind misuse when the key is missing or is no text's.
    public func text(_ key: AssetKey) throws(ImageryError) -> TextAsset {
        guard let text = try asset(key).text else { throw ImageryError(.misuse, "dataset", "\(key) is not a text") }
        return text
    }

    /// The graphic of that key. Throws kind misuse when the key is missing or is no graphic's.
    public func graphic(_ key: AssetKey) throws(ImageryError) -> Asset { try asset(key, of: .graphics) }

    /// The data of that key. Throws kind misuse when the key is missing or is no data's.
    public func data(_ key: AssetKey) throws(ImageryError) -> Asset { try asset(key, of: .data) }

    private func asset(_ key: AssetKey, of type: AssetType) throws(ImageryError) -> Asset {
        let found = try asset(key)
        guard found.type == type else {
            throw ImageryError(.misuse, "dataset", "\(key) is \(found.type.rawValue), not \(type.rawValue)")
        }
        return found
    }

    private func asset(at place: Int) -> Asset {
        let (entry, member) = entries[place]
        let file = members[member]
        return Asset(dataset: self, entry: entry, source: file.source, gathering: file.gathering, format: file.container.format)
    }

    /// Every field of the headers in file order; file after file when there are several.
    public func dump() -> [DumpLine] { members.flatMap { $0.container.dump() } }

    private func missing(_ key: AssetKey) -> ImageryError {
        let wanted = Array(key.description.utf8)
        let near = entries.map(\.entry.key).map { (distance(wanted, Array($0.description.utf8)), $0) }
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
