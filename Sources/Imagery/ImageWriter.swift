public import ImageryBase
import Synchronization

/// Writes a file of one image whose pixels arrive piece by piece: rows in order, or blocks in any order, from any thread (S14).
///
///     let writer = try ImageWriter(to: "scan.tif", shape: Shape(bands: 3, rows: 50_000, columns: 12_000), pixelType: .uint8)
///     while let rows = try scanner.next() { try writer.append(rows: rows) }
///     try writer.finish()
///
/// Pieces wait in a temporary file without a name, beside the target, which takes as much of the disk as the samples; the memory is that of one piece. `finish()`
/// writes the file, with the bytes that `Raster.write(to:format:options:)` gives for the whole image. A writer that is dropped before leaves nothing behind.
public final class ImageWriter: Sendable {
    /// The format of the file.
    public let format: Format
    /// Bands, rows and columns of the image.
    public let shape: Shape
    /// The type of its samples.
    public let pixelType: PixelType
    /// Columns and rows of the blocks that ``write(block:row:column:)`` takes; nil where rows arrive.
    public let blockSize: PixelSize?

    private let pixels: ArrivedPixels
    private let colorModel: ColorModel?
    private let title: String
    private let text: String
    private let options: WriteOptions
    /// The file, until it has its name; nil for sinks that come with ``finish(into:)``.
    private let file: Mutex<FileSink?>
    private let hasPath: Bool

    /// A writer of the file at `path`, in the format of its extension unless `format` is given.
    ///
    /// - Parameters:
    ///   - path: where the file appears when it is finished.
    ///   - format: that of the file; what the extension says when nil.
    ///   - shape: bands, rows and columns of the image.
    ///   - pixelType: the type of its samples.
    ///   - colorModel: what the samples mean; nothing is said when nil.
    ///   - blockSize: of the blocks that will arrive; rows arrive when nil. The blocks of the file are chosen by `options`.
    ///   - title: where the format has room for it.
    ///   - description: where the format has room for it.
    ///   - options: how to write; a cancellation in them ends each later call.
    /// - Throws: kind misuse for a shape that no image has, an extension that stands for no format and options that the format cannot express; unsupported
    ///   for what the format cannot hold; io. All of this is found here, before a pixel is there.
    public convenience init(
        to path: String, format: Format? = nil, shape: Shape, pixelType: PixelType, colorModel: ColorModel? = nil,
        blockSize: PixelSize? = nil, title: String = "", description: String = "", options: WriteOptions = WriteOptions()
    ) throws(ImageryError) {
        guard let format = format ?? Format(extensionOf: path) else {
            throw ImageryError(.misuse, path, "the extension names no format")
        }
        var options = options
        if format == .jpeg2000 { options.jpeg2000 = options.jpeg2000.filled(fromExtensionOf: path) }
        try self.init(path, format, shape, pixelType, blockSize, colorModel, title, description, options)
    }

    /// A writer of bytes of `format`, which ``finish(into:)`` passes to a sink. For the other parameters see
    /// ``init(to:format:shape:pixelType:colorModel:blockSize:title:description:options:)``.
    public convenience init(
        as format: Format, shape: Shape, pixelType: PixelType, colorModel: ColorModel? = nil, blockSize: PixelSize? = nil,
        title: String = "", description: String = "", options: WriteOptions = WriteOptions()
    ) throws(ImageryError) {
        try self.init(nil, format, shape, pixelType, blockSize, colorModel, title, description, options)
    }

    private init(
        _ path: String?, _ format: Format, _ shape: Shape, _ pixelType: PixelType, _ blockSize: PixelSize?,
        _ colorModel: ColorModel?, _ title: String, _ description: String, _ options: WriteOptions
    ) throws(ImageryError) {
        let layout = ImageLayout(
            shape: shape, pixelType: pixelType, blockWidth: min(blockSize?.width ?? shape.columns, shape.columns),
            blockHeight: min(blockSize?.height ?? 1, shape.rows))
        try layout.check("image writer")
        self.format = format
        self.shape = shape
        self.pixelType = pixelType
        self.blockSize = blockSize
        self.colorModel = colorModel
        self.title = title
        self.options = options
        text = description
        hasPath = path != nil
        var sink: FileSink?
        if let path { sink = try FileSink(path, durability: options.durability) }
        // Where a file of pixels goes there is room for them; a device has no room beside it.
        let folder = sink?.canPatch == true ? path.map(Self.folder) : nil
        file = Mutex(sink)
        pixels = try ArrivedPixels(layout, isInRows: blockSize == nil, in: folder)
        try rehearse()
    }

    /// The next rows of the image, as many as `rows` has.
    ///
    /// Throws kind misuse for a raster of other bands, columns or samples, for more rows than are missing, and in a writer of blocks: the writer stays
    /// as it was. Throws kind io, which ends the writer.
    public func append(rows: Raster) throws(ImageryError) {
        try options.cancellation?.check("image writer")
        try pixels.append(rows)
    }

    /// Block (`row`, `column`) of the grid, clipped to the image as ``ImageAsset/block(row:column:resolutionLevel:bands:)`` gives it.
    ///
    /// Throws kind misuse for a block outside the grid or of another size, bands or samples, for one that was written before, and in a writer of
    /// rows: the writer stays as it was. Throws kind io, which ends the writer.
    public func write(block: Raster, row: Int, column: Int) throws(ImageryError) {
        try options.cancellation?.check("image writer")
        try pixels.put(block, row: row, column: column)
    }

    /// Writes the file, which then appears under its name. Returns what of the options it does not say.
    ///
    /// Throws kind misuse when rows or blocks are missing, or there is no path: the writer stays as it was. Throws kind io, and unsupported for
    /// samples that the format cannot hold, which end the writer.
    @discardableResult
    public func finish() throws -> WriteResult { try finish(until: nil) }

    /// The same until `token`, where there is one, is cancelled.
    func finish(until token: Cancellation?) throws -> WriteResult {
        guard hasPath else { throw ImageryError(.misuse, "image writer", "there is no path: finish into a sink") }
        try pixels.close()
        return try file.withLock { file in
            // It is there: closing works once.
            guard let sink = file.take() else { return WriteResult(notes: [], diagnostics: []) }
            let result = try encode(pixels.makeReader, into: sink, until: token)
            try sink.commit()
            return result
        }
    }

    /// Appends the file to a sink of the caller's: for a writer without a path. Errors as `finish()`, and kind io for what the sink throws.
    @discardableResult
    public func finish(into sink: any ByteSink) throws -> WriteResult {
        guard !hasPath else { throw ImageryError(.misuse, "image writer", "there is a path: finish without a sink") }
        try pixels.close()
        return try encode(pixels.makeReader, into: sink)
    }

    private func encode(
        _ makeReader: @escaping () -> any ImageReader, into sink: any ByteSink, until token: Cancellation? = nil
    ) throws -> WriteResult {
        // The grid of what arrives is no one's business: the file is that of a raster.
        let layout = ImageLayout(shape: shape, pixelType: pixelType, blockWidth: shape.columns, blockHeight: shape.rows)
        let source = PixelSource(layout: layout, colorModel: colorModel, makeReader: makeReader)
        var own = WriteOptions()
        own.cancellation = token
        return try Dataset.write(into: sink, format: format, options: options.withoutMetadata) { writer in
            try writer.add(source, as: nil, title: title, description: text, roles: nil, metadata: options.metadata, options: own)
        }
    }

    /// Writes up to the first pixel that is asked for: what the format refuses whatever the samples are is known then.
    private func rehearse() throws(ImageryError) {
        do {
            _ = try encode({ Curtain() }, into: Nowhere())
        } catch let error as ImageryError {
            if !(error.underlying is Curtain.Fallen) { throw error }
        } catch {
            throw ImageryError(.io, "image writer", "\(error)", underlying: error)
        }
    }

    private static func folder(of path: String) -> String {
        guard let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return end == path.startIndex ? "/" : String(path[..<end])
    }
}

/// Ends a rehearsal when the pixels begin.
private final class Curtain: ImageReader {
    struct Fallen: Error {}

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        throw ImageryError(.io, "image writer", "there are no pixels yet", underlying: Fallen())
    }
}

/// Takes bytes and keeps none.
private final class Nowhere: ByteSink {
    var canPatch: Bool { true }
    func append(_ bytes: RawSpan) {}
    func patch(_ bytes: RawSpan, at offset: Int) {}
    func extend(by count: Int) {}
}
