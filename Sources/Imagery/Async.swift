public import ImageryBase

// The `async` forms: the same work on threads of the library's own. A cancelled task stops it and gets `CancellationError`.

extension Dataset {
    /// Opens the file at `path`; see ``init(_:format:options:)``.
    public static func open(
        _ path: String, format: Format? = nil, options: ReadOptions = ReadOptions()
    ) async throws -> Dataset {
        try await open([path], format: format, options: options)
    }

    /// Opens several files as one pyramid; see ``init(_:format:roles:options:)``.
    public static func open(
        _ paths: [String], format: Format? = nil, roles: [SourceRole]? = nil, options: ReadOptions = ReadOptions()
    ) async throws -> Dataset {
        try await BackgroundWork.run { token in
            try token.check("dataset")
            return try Dataset(paths, format: format, roles: roles, options: options)
        }
    }

    /// Writes a file of the assets that `body` adds; see ``write(to:format:options:_:)-(String,_,_,_)``. `body` runs on a thread of the library's own.
    @discardableResult
    public static func write(
        to path: String, format: Format? = nil, options: WriteOptions = WriteOptions(),
        _ body: @escaping @Sendable (DatasetWriter) throws -> Void
    ) async throws -> WriteResult {
        try await BackgroundWork.run { token in
            var stoppable = options
            stoppable.cancellation = token
            return try write(to: [path], format: format, options: stoppable, body)
        }
    }
}

extension ImageAsset {
    /// Reads pixels; see ``read(window:bands:resolutionLevel:fill:)-(_,_,_,_)``.
    public func read(
        window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0, fill: SampleValue? = nil
    ) async throws -> Raster {
        try await BackgroundWork.run { token in
            try ReadSession(self, fill: fill, isSession: false, cancellation: token).read(
                window: window, bands: bands, resolutionLevel: resolutionLevel)
        }
    }
}

extension Raster {
    /// Reads pixels of the file at `path`; see ``init(contentsOf:window:asset:bands:resolutionLevel:fill:options:)-(_,_,_,_,_,_,_)``.
    public init(
        contentsOf path: String, window: Window? = nil, asset: AssetKey? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        fill: SampleValue? = nil, options: ReadOptions = ReadOptions()
    ) async throws {
        self = try await Dataset.open(path, options: options).image(asset).read(
            window: window, bands: bands, resolutionLevel: resolutionLevel, fill: fill)
    }

    /// Writes the raster to a file; see ``write(to:format:options:)-(_,_,_)``.
    @discardableResult
    public func write(
        to path: String, format: Format? = nil, options: WriteOptions = WriteOptions()
    ) async throws -> WriteResult {
        try await BackgroundWork.run { token in
            var stoppable = options
            stoppable.cancellation = token
            return try write(to: path, format: format, options: stoppable)
        }
    }
}

extension ImageWriter {
    /// Writes the file; see `finish()`.
    @discardableResult
    public func finish() async throws -> WriteResult {
        try await BackgroundWork.run { token in try self.finish(until: token) }
    }
}

extension Tiles {
    /// The tiles with their pixels, in order, each read when it is asked for, on threads of the library's own.
    public var rasters: TileRasters { TileRasters(tiles: self) }
}

/// Tiles and their pixels as an asynchronous sequence.
public struct TileRasters: AsyncSequence, Sendable {
    let tiles: Tiles

    /// A place and its pixels.
    public struct Element: Sendable {
        /// The place.
        public let tile: Tile
        /// Its pixels.
        public let raster: Raster
    }

    /// Reads one tile after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let tiles: Tiles
        var position = 0

        /// The next tile; nil behind the last. Throws what reading throws, and `CancellationError`.
        public mutating func next() async throws -> Element? {
            guard position < tiles.endIndex else { return nil }
            let tile = tiles[position]
            position += 1
            let raster = try await BackgroundWork.run { token in try tile.read(until: token) }
            return Element(tile: tile, raster: raster)
        }
    }

    /// An iterator from the first tile on.
    public func makeAsyncIterator() -> Iterator { Iterator(tiles: tiles) }
}
