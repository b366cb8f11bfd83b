public import ImageryBase
import ImageryPlumbing
import ImageryTIFF

extension Dataset {
    /// Adds overviews to the first page of the TIFF at `path`, in place: each of half the columns and rows of the one before, and masks go along.
    ///
    /// The file only grows; the link that leads to the overviews is written last (S14). Stopped at any moment, it reads as
    /// before, or with its overviews. They are packed as the image is, with Deflate where that cannot be written.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - keys: the image, which has to be the first page; that one unless it has overviews when nil.
    ///   - count: how many overviews; as many as it takes to fit a tile when nil.
    ///   - resampling: what a pixel is; the mean unless samples are numbers of a palette's entries, when nil.
    ///   - options: compression, blocks, threads, durability and cancellation count.
    ///   - reading: how the file's image is read.
    ///   - progress: is told how many rows of how many of an image are read.
    /// - Returns: the keys of the overviews that were added.
    /// - Throws: kind unsupported for other formats, for big-endian files and for later pages, whose overviews GDAL would take for those of the first;
    ///   misuse for an image that has overviews already; what reading and writing throw.
    @discardableResult
    public static func addOverviews(
        to path: String, of keys: [AssetKey]? = nil, count: Int? = nil, resampling: Resampling? = nil,
        options: WriteOptions = WriteOptions(), reading: ReadOptions = ReadOptions(),
        progress: ((_ key: AssetKey, _ rows: Int, _ of: Int) -> Void)? = nil
    ) throws -> [AssetKey] {
        try options.check()
        if let count, !(1...30).contains(count) {
            throw ImageryError(.misuse, path, "\(count) overviews are not possible: 1 to 30 are")
        }
        // The bytes that are there are read while others are added behind them.
        let dataset = try Dataset(path, options: reading)
        guard let file = dataset.containers[0] as? TIFFFile else {
            throw ImageryError(unsupported: .editing, path, "overviews are added to TIFF files; rset writes files beside others")
        }
        let before = Set(dataset.keys())
        let wanted = keys ?? [file.pageWithoutOverviews].compactMap(\.self)
        var entries: [WriteEntry] = []
        for key in wanted {
            let image = try dataset.image(key)
            entries.append(try image.entry(options) { progress?(key, $0, $1) })
            if before.contains(key.mask) { entries.append(try dataset.image(key.mask).entry(options, progress: nil)) }
        }
        guard !entries.isEmpty else { return [] }
        var choices = CloudOptimization()
        choices.overviews = count
        choices.resampling = resampling
        let sink = try AppendingSink(path)
        try TIFFEncoder.appendOverviews(of: entries, to: file, choices, into: sink)
        try sink.commit(options.durability)
        return try Dataset(path, options: reading).keys().filter { !before.contains($0) }
    }
}

extension ImageAsset {
    /// The whole image as it is written, with its own metadata.
    fileprivate func entry(_ options: WriteOptions, progress: ((Int, Int) -> Void)?) throws(ImageryError) -> WriteEntry {
        let request = try request(window: nil, bands: nil, resolutionLevel: 0)
        let context = ReadContext(asset.dataset.options, isSession: true)
        try source.checkCost(request, context.limits)
        var own = options
        own.metadata = metadata
        own.threads = usableThreads(options.threads)
        let pixels = PixelSource(source, layout, request, context, georeference: georeference, progress: progress)
        return WriteEntry(key: key, content: .image(pixels), options: own)
    }
}
