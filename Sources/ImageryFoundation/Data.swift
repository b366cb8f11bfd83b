public import Foundation
public import Imagery

// Files in `Data`, which is lent where it lies: nothing is copied (S11).

extension Dataset {
    /// Opens a file of `format` in `data`. Throws as for a path; empty data are malformed.
    public convenience init(data: Data, format: Format, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        try self.init(source: CollectionSource(data), format: format, options: options)
    }

    /// The bytes of a file of `format` with the assets that `body` adds.
    public static func data(
        as format: Format, options: WriteOptions = WriteOptions(), _ body: (DatasetWriter) throws -> Void
    ) throws -> Data {
        let sink = DataSink()
        try write(into: sink, format: format, options: options, body)
        return sink.data
    }
}

extension Raster {
    /// Reads pixels of a file of `format` in `data`.
    public init(
        data: Data, format: Format, window: Window? = nil, asset: AssetKey? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        fill: SampleValue? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        self = try Dataset(data: data, format: format, options: options).image(asset).read(
            window: window, bands: bands, resolutionLevel: resolutionLevel, fill: fill)
    }

    /// The bytes of a file of `format` with this raster.
    public func data(as format: Format, options: WriteOptions = WriteOptions()) throws -> Data {
        let sink = DataSink()
        try encode(as: format, into: sink, options: options)
        return sink.data
    }
}

extension ImageInfo {
    /// Reads the headers of a file of `format` in `data`.
    public init(
        data: Data, format: Format, asset: AssetKey? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        self = try Dataset(data: data, format: format, options: options).image(asset).info
    }
}

/// Bytes in memory, as `Data`.
public final class DataSink: ByteSink {
    /// What was written.
    public private(set) var data = Data()

    /// An empty sink.
    public init() {}

    public var canPatch: Bool { true }

    public func append(_ bytes: RawSpan) { unsafe bytes.withUnsafeBytes { unsafe data.append(contentsOf: $0) } }

    /// Throws kind misuse when the range was not written before.
    public func patch(_ bytes: RawSpan, at offset: Int) throws {
        guard offset >= 0, offset <= data.count, bytes.byteCount <= data.count - offset else {
            throw ImageryError(.misuse, "data sink", "\(bytes.byteCount) bytes at \(offset) were not written before")
        }
        unsafe bytes.withUnsafeBytes { unsafe data.replaceSubrange(offset..<offset + $0.count, with: $0) }
    }

    public func extend(by count: Int) { data.append(Data(count: max(0, count))) }
}
