public import Foundation
public import Imagery

// Files by `URL` instead of by path. Everything else is as in the forms that take a path.

extension URL {
    /// The path of a file. Throws kind misuse for an address that is none.
    fileprivate var filePath: String {
        get throws(ImageryError) {
            guard isFileURL else {
                throw ImageryError(.misuse, absoluteString, "it is no file: ImageryHTTP has a source for addresses")
            }
            return path
        }
    }
}

extension Dataset {
    /// Opens the file at `url`; see `Dataset.init(_:format:options:)`. Throws kind misuse for an address that is no file's.
    public convenience init(_ url: URL, format: Format? = nil, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        try self.init(url.filePath, format: format, options: options)
    }

    /// Opens several files as one pyramid; see `Dataset.init(_:format:roles:options:)`.
    public convenience init(
        _ urls: [URL], format: Format? = nil, roles: [SourceRole]? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        var paths: [String] = []
        for url in urls { paths.append(try url.filePath) }
        try self.init(paths, format: format, roles: roles, options: options)
    }

    /// Opens the file at `url` on a thread of the library's own.
    public static func open(
        _ url: URL, format: Format? = nil, options: ReadOptions = ReadOptions()
    ) async throws -> Dataset {
        try await open(url.filePath, format: format, options: options)
    }

    /// Writes a file of the assets that `body` adds.
    @discardableResult
    public static func write(
        to url: URL, format: Format? = nil, options: WriteOptions = WriteOptions(), _ body: (DatasetWriter) throws -> Void
    ) throws -> WriteResult {
        try write(to: [url.filePath], format: format, options: options, body)
    }
}

extension Raster {
    /// Reads pixels of the file at `url`.
    public init(
        contentsOf url: URL, window: Window? = nil, asset: AssetKey? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        fill: SampleValue? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        try self.init(
            contentsOf: url.filePath, window: window, asset: asset, bands: bands, resolutionLevel: resolutionLevel, fill: fill,
            options: options)
    }

    /// Reads pixels of the file at `url` on threads of the library's own.
    public init(
        contentsOf url: URL, window: Window? = nil, asset: AssetKey? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        fill: SampleValue? = nil, options: ReadOptions = ReadOptions()
    ) async throws {
        try await self.init(
            contentsOf: url.filePath, window: window, asset: asset, bands: bands, resolutionLevel: resolutionLevel, fill: fill,
            options: options)
    }

    /// Writes the raster to the file at `url`.
    @discardableResult
    public func write(to url: URL, format: Format? = nil, options: WriteOptions = WriteOptions()) throws -> WriteResult {
        try write(to: url.filePath, format: format, options: options)
    }

    /// Writes the raster to the file at `url` on threads of the library's own.
    @discardableResult
    public func write(
        to url: URL, format: Format? = nil, options: WriteOptions = WriteOptions()
    ) async throws -> WriteResult {
        try await write(to: url.filePath, format: format, options: options)
    }
}

extension ImageInfo {
    /// Reads the headers of the file at `url`.
    public init(contentsOf url: URL, asset: AssetKey? = nil, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        try self.init(contentsOf: url.filePath, asset: asset, options: options)
    }
}

extension ImageWriter {
    /// A writer of the file at `url`.
    public convenience init(
        to url: URL, format: Format? = nil, shape: Shape, pixelType: PixelType, colorModel: ColorModel? = nil,
        blockSize: PixelSize? = nil, title: String = "", description: String = "", options: WriteOptions = WriteOptions()
    ) throws(ImageryError) {
        try self.init(
            to: url.filePath, format: format, shape: shape, pixelType: pixelType, colorModel: colorModel, blockSize: blockSize,
            title: title, description: description, options: options)
    }
}
