import ImageryBase
import ImageryPlumbing

/// Which samples of an image mean something: neither the no-data value, nor under a mask, nor in a block that the file does not hold, nor a
/// number that is not finite.
struct Validity: Sendable {
    /// The value of samples that mean nothing, as a number of the image's type.
    let noData: Double?
    /// The image's transparency mask: 0 where there is no pixel.
    let mask: (any ImageSource)?
    /// The image, where blocks may be absent.
    private let blocks: (any ImageSource)?

    init(noData: Double?, mask: (any ImageSource)? = nil, blocks: (any ImageSource)? = nil) {
        self.noData = noData
        self.mask = mask
        self.blocks = blocks
    }

    /// True where single pixels are left out, beside those of the no-data value.
    var isByPlace: Bool { mask != nil || blocks != nil }

    /// A reader of places, nil where only values count.
    func makeReader(_ context: ReadContext) -> PlaceReader? {
        isByPlace ? PlaceReader(mask?.makeReader(context), mask?.layout, blocks) : nil
    }

    /// Tells which pixels of a region are there.
    final class PlaceReader {
        private let mask: (any ImageReader)?
        private let maskType: PixelType?
        private let blocks: (any ImageSource)?

        init(_ mask: (any ImageReader)?, _ layout: ImageLayout?, _ blocks: (any ImageSource)?) {
            self.mask = mask
            maskType = layout?.pixelType
            self.blocks = blocks
        }

        /// A byte for each pixel of `region` on the raster of `level`: 0 where there is none.
        func read(_ region: Window, level: Int) throws(ImageryError) -> Raster {
            let flags = try Raster(.uint8, shape: Shape(bands: 1, rows: region.height, columns: region.width))
            let target = unsafe flags.destination
            if let mask, let maskType {
                let samples = try Raster(maskType, shape: flags.shape)
                try unsafe mask.read(ReadRequest(region: region, level: level, bands: [0]), into: samples.destination)
                let size = maskType.byteCount
                let places = region.width * region.height
                let from = unsafe samples.destination.base
                let to = unsafe target.base
                for place in 0..<places {
                    // In bounds: both rasters have `places` samples.
                    var any: UInt8 = 0
                    for byte in 0..<size { any |= unsafe from.load(fromByteOffset: place * size + byte, as: UInt8.self) }
                    unsafe to.storeBytes(of: any == 0 ? 0 : 1, toByteOffset: place, as: UInt8.self)
                }
                withExtendedLifetime(samples) {}
            } else {
                unsafe target.base.initializeMemory(as: UInt8.self, repeating: 1, count: region.width * region.height)
            }
            if let blocks {
                let under = blocks.layout.blocks(under: region, level: level)
                for row in under.rows {
                    for column in under.columns {
                        let part = blocks.layout.blockBounds(row: row, column: column, level: level).intersection(region)
                        guard !part.isEmpty, !blocks.hasBlock(row: row, column: column) else { continue }
                        for line in part.y..<part.bottom {
                            // In bounds: the part is inside the region.
                            let start = unsafe target.row(line - region.y, band: 0) + (part.x - region.x)
                            unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: part.width)
                        }
                    }
                }
            }
            return flags
        }
    }
}

extension ImageAsset {
    /// Which samples mean something at a resolution level; `noData` instead of the image's pad value.
    func validity(noData: SampleValue? = nil, level: Int) -> Validity {
        let value = noData ?? layout.padValue
        var mask: (any ImageSource)?
        if let found = asset.dataset.imageSource(key.mask)?.source, found.layout.shape.rows == layout.shape.rows,
            found.layout.shape.columns == layout.shape.columns, level == 0 || level < found.resolutionLevels
        {
            mask = found
        }
        // A block that is absent has no pixels, whatever a read fills it with.
        let isSparse = (0..<layout.gridRows).contains { row in
            (0..<layout.gridColumns).contains { !source.hasBlock(row: row, column: $0) }
        }
        return Validity(noData: value?.number(in: layout.pixelType), mask: mask, blocks: isSparse ? source : nil)
    }
}

extension SampleValue {
    /// The number that a sample of `type` with this value has (of a complex type its magnitude); nil when the type cannot hold it.
    func number(in type: PixelType) -> Double? {
        guard let bytes = bytes(for: type) else { return nil }
        var number = 0.0
        unsafe bytes.withUnsafeBytes { sample in
            guard let base = sample.baseAddress else { return }
            // In bounds: the bytes are one sample of the type.
            unsafe SampleRow.load(base, type, count: 1, into: &number)
        }
        return number
    }
}
