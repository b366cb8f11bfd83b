import ImageryPrimitives

/// An image in memory: bands x rows x columns samples (CHW, planar), native byte order (S1).
///
/// A value: a change to a copy never shows in the original.
public struct Raster: Sendable {
    /// The type of every sample.
    public let pixelType: PixelType
    /// Bands, rows, columns.
    public let shape: Shape
    /// What the read that made this raster found (S92); empty for other rasters.
    public var diagnostics: [Diagnostic] = []
    /// Gives ``colorModel`` when it is asked for: a read does not pay for it.
    private var makeColorModel: (@Sendable () -> ColorModel)?
    private var storage: RasterStorage

    /// A raster whose samples are not yet set: for readers, which write every one of them.
    ///
    /// Throws kind misuse for a dimension below 1, kind limit when the memory cannot be had.
    public init(_ pixelType: PixelType, shape: Shape) throws(ImageryError) {
        guard shape.bands > 0, shape.rows > 0, shape.columns > 0 else {
            throw ImageryError(.misuse, "raster", "the shape \(shape) holds no sample")
        }
        guard let count = shape.sampleCount, let bytes = checkedProduct(count, pixelType.byteCount) else {
            throw ImageryError(limit: .memory, "raster", "the shape \(shape) is too large for this machine")
        }
        self.pixelType = pixelType
        self.shape = shape
        storage = try RasterStorage(byteCount: bytes)
    }

    /// A raster of a copy of `samples`, which are in order of band, row, column. Throws kind misuse when the count differs from the shape's.
    public init<S: Sample>(_ samples: some Collection<S>, shape: Shape) throws(ImageryError) {
        try self.init(S.pixelType, shape: shape)
        guard samples.count == shape.sampleCount else {
            throw ImageryError(.misuse, "raster", "\(samples.count) samples given for the shape \(shape)")
        }
        let base = unsafe storage.base
        let isCopied: Void? = samples.withContiguousStorageIfAvailable { buffer in
            // In bounds: the storage has room for `sampleCount` samples.
            guard let first = buffer.baseAddress, buffer.count == shape.sampleCount else { return }
            unsafe base.copyMemory(from: first, byteCount: buffer.count * MemoryLayout<S>.size)
        }
        guard isCopied == nil else { return }
        var offset = 0
        for sample in samples {
            // In bounds: the storage has room for exactly `samples.count` samples.
            unsafe base.storeBytes(of: sample, toByteOffset: offset, as: S.self)
            offset += MemoryLayout<S>.size
        }
    }

    /// Two-dimensional data, which counts as one band (S8).
    public init<S: Sample>(_ samples: some Collection<S>, rows: Int, columns: Int) throws(ImageryError) {
        try self.init(samples, shape: Shape(bands: 1, rows: rows, columns: columns))
    }

    /// What the samples mean (S65): of a raster that was read, what the file says of the bands that were chosen. Of others nothing is known,
    /// until it is set: `raster.colorModel = .rgb`.
    public var colorModel: ColorModel {
        get { makeColorModel?() ?? .undefined(shape.bands) }
        set { makeColorModel = { newValue } }
    }

    /// Leaves it to `make` to tell what the samples mean, when that is asked for.
    public mutating func setColorModel(_ make: @escaping @Sendable () -> ColorModel) { makeColorModel = make }

    /// Columns.
    public var width: Int { shape.columns }
    /// Rows.
    public var height: Int { shape.rows }
    /// Bands.
    public var bands: Int { shape.bands }
    /// Bytes of all samples.
    public var byteCount: Int { storage.byteCount }
    /// Bytes of one row of one band.
    public var rowByteCount: Int { shape.columns * pixelType.byteCount }

    /// The samples, band by band, row by row. Throws kind misuse when `S` is not this raster's type.
    public func withSamples<S: Sample, R>(as type: S.Type, _ body: (Span<S>) throws -> R) throws -> R {
        guard S.pixelType == pixelType else {
            throw ImageryError(.misuse, "raster", "the samples are \(pixelType.rawValue), not \(S.pixelType.rawValue)")
        }
        // The storage is 64-byte aligned and holds whole samples of this type.
        let span = unsafe Span<S>(
            _unsafeStart: storage.base.assumingMemoryBound(to: S.self), count: byteCount / MemoryLayout<S>.size)
        return try withExtendedLifetime(storage) { try body(span) }
    }

    /// The samples as an array, band by band, row by row. Throws kind misuse when `S` is not this raster's type.
    public func samples<S: Sample>(as type: S.Type) throws(ImageryError) -> [S] {
        guard S.pixelType == pixelType else {
            throw ImageryError(.misuse, "raster", "the samples are \(pixelType.rawValue), not \(S.pixelType.rawValue)")
        }
        return unsafe Array(
            UnsafeBufferPointer(start: storage.base.assumingMemoryBound(to: S.self), count: byteCount / MemoryLayout<S>.size))
    }

    /// All bytes, native order.
    public func withBytes<R>(_ body: (RawSpan) throws -> R) rethrows -> R {
        // A local address: with `storage.base` in place of it, the optimiser of Swift 6.3 loses the storage's lifetime and stops.
        let memory = storage
        let bytes = unsafe UnsafeRawBufferPointer(start: memory.base, count: byteCount)
        return try withExtendedLifetime(memory) { try unsafe body(bytes.bytes) }
    }

    /// All bytes, for changing them; a raster that shares its memory with a copy is separated first.
    public mutating func withMutableBytes<R>(_ body: (inout MutableRawSpan) throws -> R) throws -> R {
        if !isKnownUniquelyReferenced(&storage) {
            let copy = try RasterStorage(byteCount: byteCount)
            unsafe copy.base.copyMemory(from: storage.base, byteCount: byteCount)
            storage = copy
        }
        let memory = storage
        let bytes = unsafe UnsafeMutableRawBufferPointer(start: memory.base, count: byteCount)
        return try withExtendedLifetime(memory) {
            var span = unsafe bytes.mutableBytes
            return try body(&span)
        }
    }

    /// This raster's memory as the target of a read. Only for a raster that has just been made and is not shared.
    @unsafe
    public var destination: Destination {
        unsafe Destination(base: storage.base, bandStride: rowByteCount * shape.rows, rowStride: rowByteCount)
    }

    /// Copies the pixels of `region`, which lies inside, in bands that exist, to `target`; all bands when none are named.
    @unsafe
    public func copy(_ region: Window, bands list: [Int]? = nil, to target: Destination) {
        precondition(Window(x: 0, y: 0, width: width, height: height).contains(region))
        let sample = pixelType.byteCount
        let own = unsafe destination.offset(row: region.y, column: region.x, sampleBytes: sample)
        for (index, band) in (list ?? Array(0..<bands)).enumerated() {
            for row in 0..<region.height {
                unsafe target.row(row, band: index).copyMemory(from: own.row(row, band: band), byteCount: region.width * sample)
            }
        }
        withExtendedLifetime(storage) {}
    }

    /// The pixels of `window` in `bands` (all when nil) as a raster of their own. Throws kind misuse when they are not all inside.
    public func crop(_ window: Window, bands list: [Int]? = nil) throws(ImageryError) -> Raster {
        guard !window.isEmpty, Window(x: 0, y: 0, width: width, height: height).contains(window) else {
            throw ImageryError(.misuse, "raster", "the window \(window) is not inside the \(width) × \(height) pixels")
        }
        let chosen = list ?? Array(0..<bands)
        for band in chosen where band < 0 || band >= bands {
            throw ImageryError(.misuse, "raster", "band \(band) does not exist: there are \(bands)")
        }
        var result = try Raster(pixelType, shape: Shape(bands: chosen.count, rows: window.height, columns: window.width))
        unsafe copy(window, bands: chosen, to: result.destination)
        if let makeColorModel { result.makeColorModel = { makeColorModel().selecting(chosen) } }
        return result
    }
}

extension Raster: Equatable {
    /// Same type, shape and bytes; diagnostics and what the samples mean do not count.
    public static func == (a: Raster, b: Raster) -> Bool {
        guard a.pixelType == b.pixelType, a.shape == b.shape else { return false }
        return a.withBytes { first in
            b.withBytes { second in
                unsafe first.withUnsafeBytes { p in unsafe second.withUnsafeBytes { q in unsafe p.elementsEqual(q) } }
            }
        }
    }
}
