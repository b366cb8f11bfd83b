public import ImageryBase
import ImageryPlumbing

/// Collects the assets of a file that is being written (S70). `Dataset.write` lends one to its closure; the file is written when the
/// closure has returned, image after image, each asked block by block, so that no image is in memory as a whole.
public final class DatasetWriter {
    /// The format of the file; of the base when there are several.
    public let format: Format
    /// Metadata of the file as a whole, in the formats that have such (NITF); entries of another format's schema are put into the words of this one (S66).
    public var metadata: Metadata?

    private let options: WriteOptions
    private var entries: [WriteEntry] = []
    private var keys: Set<AssetKey> = []
    private var contexts: [ReadContext] = []
    private(set) var notes: [WriteNote] = []
    private var isOpen = true
    /// SICD and SIDD products that were added.
    var productCount = 0

    init(_ format: Format, _ options: WriteOptions) {
        self.format = format
        self.options = options
        metadata = options.metadata
    }

    /// Adds an image in memory.
    ///
    /// - Parameters:
    ///   - raster: the image.
    ///   - key: `image:N`, `image:N:overview:M` or their masks; the next `image:N` when nil. Numbers have no gaps.
    ///   - title: where the format has room for one.
    ///   - description: the same.
    ///   - roles: `data`, or what the key says, when nil.
    ///   - metadata: what to write of it (S64); entries of another format's schema are put into the words of this one (S66).
    ///   - options: how to write it; what is nil here is taken from the options of the file, else it is the format's choice (S6).
    /// - Throws: kind misuse for a key that is taken or no image's.
    public func add(
        image raster: Raster, as key: AssetKey? = nil, title: String = "", description: String = "", roles: Set<AssetRole>? = nil,
        metadata: Metadata? = nil, options: WriteOptions = WriteOptions()
    ) throws(ImageryError) {
        try add(
            PixelSource(raster), as: key, title: title, description: description, roles: roles, metadata: metadata, options: options
        )
    }

    /// Adds an image of another dataset, or part of it, chosen as in `ImageAsset.read(window:bands:resolutionLevel:fill:)`.
    ///
    /// Title, description, roles and metadata are those of the asset unless they are given; its georeference goes with it into every format
    /// that has one. `progress` is told how many rows of how many are read. For the other parameters see ``add(image:as:title:description:roles:metadata:options:)``.
    public func add(
        image asset: ImageAsset, window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0, fill: SampleValue? = nil,
        as key: AssetKey? = nil, title: String? = nil, description: String? = nil, roles: Set<AssetRole>? = nil,
        metadata: Metadata? = nil, options: WriteOptions = WriteOptions(), progress: ((_ rows: Int, _ of: Int) -> Void)? = nil
    ) throws(ImageryError) {
        let request = try asset.request(window: window, bands: bands, resolutionLevel: resolutionLevel)
        try add(
            asset, request, fill: fill, as: key, title: title, description: description, roles: roles, metadata: metadata,
            options: options, progress: progress)
    }

    /// The same for a request that was checked; `progress` is told how many rows were read.
    func add(
        _ asset: ImageAsset, _ request: ReadRequest, fill: SampleValue?, as key: AssetKey?, title: String?, description: String?,
        roles: Set<AssetRole>?, metadata: Metadata?, options: WriteOptions, progress: ((_ rows: Int, _ of: Int) -> Void)?
    ) throws(ImageryError) {
        try asset.check(fill: fill)
        let context = ReadContext(asset.asset.dataset.options, fill: fill, isSession: true)
        try asset.source.checkCost(request, context.limits)
        contexts.append(context)
        let source = PixelSource(asset.source, asset.layout, request, context, georeference: asset.georeference, progress: progress)
        let given = metadata ?? options.metadata
        try add(
            source, as: key, title: title ?? kept(asset.title, .title, given, .image),
            description: description ?? kept(asset.description, .description, given, .image),
            roles: roles ?? (key == nil ? asset.roles : nil), metadata: given ?? asset.metadata, options: options)
    }

    /// The asset's own text, or none where metadata that the caller gives say it in the words of the file that is written: what was changed
    /// there is what is wanted.
    private func kept(_ text: String, _ field: TitleField, _ metadata: Metadata?, _ type: AssetType) -> String {
        guard let metadata, metadata.schema == format.schema, field.isSaid(by: metadata, type) else { return text }
        return ""
    }

    /// Adds an image whose pixels the caller's own type gives: an `ImageSource`, or a ``BlockImage`` of single blocks. It is
    /// read in one session, from the top down, with the options `reading`. `georeference` goes into every format that has one; `progress` is
    /// told how many rows of how many are read.
    public func add(
        image source: any ImageSource, georeference: Georeference? = nil, as key: AssetKey? = nil, title: String = "",
        description: String = "", roles: Set<AssetRole>? = nil, metadata: Metadata? = nil, options: WriteOptions = WriteOptions(),
        reading: ReadOptions = ReadOptions(), progress: ((_ rows: Int, _ of: Int) -> Void)? = nil
    ) throws(ImageryError) {
        try reading.check()
        let context = ReadContext(reading, isSession: true)
        contexts.append(context)
        let layout = source.layout
        try layout.check("image source")
        let all = ReadRequest(region: layout.bounds, bands: Array(0..<layout.shape.bands))
        var pixels = PixelSource(source, layout, all, context, georeference: georeference, progress: progress)
        if let partial = source as? any PartialImage {
            pixels.part = partial.place
            pixels.georeference = georeference ?? partial.georeference
        }
        try add(
            pixels, as: key, title: title, description: description, roles: roles, metadata: metadata, options: options)
    }

    /// Adds a text. For the parameters see ``add(image:as:title:description:roles:metadata:options:)``.
    public func add(
        text: String, as key: AssetKey? = nil, title: String = "", description: String = "", roles: Set<AssetRole>? = nil,
        metadata: Metadata? = nil, options: WriteOptions = WriteOptions()
    ) throws(ImageryError) {
        let latin = TextEncoding.latin1.encode(text)
        try add(
            .text, .text(MemorySource(latin ?? Array(text.utf8)), latin == nil ? .utf8 : .latin1), as: key, title, description,
            roles ?? [.metadata], metadata, options)
    }

    /// Adds data: bytes that the format stores as they are.
    public func add(
        data: some RandomAccessCollection<UInt8>, as key: AssetKey? = nil, title: String = "", description: String = "",
        roles: Set<AssetRole>? = nil, metadata: Metadata? = nil, options: WriteOptions = WriteOptions()
    ) throws(ImageryError) {
        try add(.data, .data(MemorySource(data)), as: key, title, description, roles ?? [.metadata], metadata, options)
    }

    /// Adds a graphic (in NITF a CGM): bytes that the format stores as they are.
    public func add(
        graphic: some RandomAccessCollection<UInt8>, as key: AssetKey? = nil, title: String = "", description: String = "",
        roles: Set<AssetRole>? = nil, metadata: Metadata? = nil, options: WriteOptions = WriteOptions()
    ) throws(ImageryError) {
        try add(.graphics, .graphics(MemorySource(graphic)), as: key, title, description, roles ?? [.graphic], metadata, options)
    }

    /// Adds an asset of another dataset with its title, description, roles and metadata, whatever it holds.
    public func add(copyOf asset: Asset, as key: AssetKey? = nil, options: WriteOptions = WriteOptions()) throws(ImageryError) {
        if let image = asset.image { return try add(image: image, as: key ?? asset.key, options: options) }
        let source = MemorySource(try asset.rawBytes())
        let content: WriteEntry.Content =
            switch asset.entry.content {
            case .text(let encoding): .text(source, encoding)
            case .graphics: .graphics(source)
            default: .data(source)
            }
        try add(
            asset.type, content, as: key ?? asset.key, kept(asset.title, .title, options.metadata, asset.type),
            kept(asset.description, .description, options.metadata, asset.type), asset.roles,
            options.metadata ?? asset.metadata, options)
    }

    /// Tells what of the sources is not added: it becomes one of the notes of the result, or an error where losses are refused.
    public func note(_ note: WriteNote) { notes.append(note) }

    /// Adds pixels that an encoder will ask for.
    func add(
        _ source: PixelSource, as key: AssetKey?, title: String, description: String, roles: Set<AssetRole>?, metadata: Metadata?,
        options: WriteOptions
    ) throws(ImageryError) {
        let named = key ?? .image(entries.count { $0.key.imagePlace.map { $0.level == 0 && !$0.isMask } ?? false })
        let place = named.imagePlace
        try source.colorModel.check(source.layout, named.description)
        let implied: AssetRole = place?.isMask == true ? .mask : place?.level ?? 0 > 0 ? .overview : .data
        try add(
            .image, .image(source.stopped(by: options.cancellation ?? self.options.cancellation)), as: named, title, description,
            roles ?? [implied], metadata, options.filled(from: self.options))
    }

    private func add(
        _ type: AssetType, _ content: WriteEntry.Content, as key: AssetKey?, _ title: String, _ description: String,
        _ roles: Set<AssetRole>, _ metadata: Metadata?, _ options: WriteOptions
    ) throws(ImageryError) {
        guard isOpen else { throw ImageryError(.misuse, "writer", "the file is written already: add assets inside the closure") }
        let named = key ?? AssetKey.next(type, after: entries.count { $0.key.index(of: type) != nil })
        guard type == .image ? named.imagePlace != nil : named.index(of: type) != nil else {
            throw ImageryError(.misuse, "writer", "\(named) is no key of \(type == .image ? "an image" : "\(type.rawValue)")")
        }
        guard keys.insert(named).inserted else { throw ImageryError(.misuse, "writer", "there is an asset \(named) already") }
        try options.check()
        for role in roles.sorted(by: { $0.rawValue < $1.rawValue }) where !AssetRole.told.contains(role) {
            note(WriteNote(named, "role \(role)", .dropped, "\(format.rawValue) files have no place for it"))
        }
        var own = options
        own.metadata = metadata ?? options.metadata
        own.date = own.date ?? self.options.date
        own.threads = usableThreads(own.threads ?? self.options.threads)
        own.strict = own.strict || self.options.strict
        entries.append(
            WriteEntry(key: named, content: content, title: title, description: description, roles: roles, options: own))
    }

    /// The assets in the order of the file, and the options of the file: nothing can be added any more.
    func finish() throws(ImageryError) -> (entries: [WriteEntry], options: WriteOptions) {
        isOpen = false
        var fileOptions = options
        fileOptions.metadata = metadata
        return (try WritePlan.ordered(entries), fileOptions)
    }

    /// What reading the sources has found.
    var findings: [Diagnostic] { contexts.flatMap(\.findings.all) }
}

extension PixelSource {
    /// The same pixels, until the writing is cancelled.
    fileprivate func stopped(by cancellation: Cancellation?) -> PixelSource {
        guard let cancellation else { return self }
        var result = self
        result.makeReader = { [makeReader] in StoppableReader(makeReader(), cancellation) }
        return result
    }
}

/// Looks at a cancellation before each read: encoders ask for one row of blocks after the other.
private final class StoppableReader: ImageReader {
    private let reader: any ImageReader
    private let cancellation: Cancellation

    init(_ reader: any ImageReader, _ cancellation: Cancellation) {
        self.reader = reader
        self.cancellation = cancellation
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        try cancellation.check("writer")
        try unsafe reader.read(request, into: destination)
    }
}

extension AssetKey {
    fileprivate static func next(_ type: AssetType, after count: Int) -> AssetKey {
        switch type {
        case .image: .image(count)
        case .text: .text(count)
        case .graphics: .graphic(count)
        case .data: .data(count)
        }
    }
}

extension AssetRole {
    /// Those that files tell by what an asset is.
    fileprivate static let told: Set<AssetRole> = [.data, .overview, .mask, .metadata, .graphic, .elevation]
}
