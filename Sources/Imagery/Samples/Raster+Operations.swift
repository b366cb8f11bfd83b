public import ImageryBase
import ImageryPlumbing

extension Raster {
    /// The bands of these numbers, order and repeats kept. Throws kind misuse for one that does not exist and for none.
    public func picking(bands list: [Int]) throws(ImageryError) -> Raster {
        guard !list.isEmpty else { throw ImageryError(.misuse, "raster", "the list of bands is empty") }
        return try crop(Window(x: 0, y: 0, width: width, height: height), bands: list)
    }

    /// The raster with its first row last.
    public func flippedUpsideDown() throws(ImageryError) -> Raster {
        var result = try Raster(pixelType, shape: shape)
        result.colorModel = colorModel
        for row in 0..<height {
            let target = unsafe result.destination.offset(row: height - 1 - row, column: 0, sampleBytes: pixelType.byteCount)
            unsafe copy(Window(x: 0, y: row, width: width, height: 1), to: target)
        }
        return result
    }

    /// The raster with its first column last.
    public func flippedLeftToRight() throws(ImageryError) -> Raster {
        var result = try Raster(pixelType, shape: shape)
        result.colorModel = colorModel
        let (size, rowBytes) = (pixelType.byteCount, rowByteCount)
        let edge: Result<Void, any Error> = Result {
            try result.withMutableBytes { target in
                withBytes { source in
                    for start in stride(from: 0, to: source.byteCount, by: rowBytes) {
                        for column in 0..<width {
                            for byte in 0..<size {
                                target.storeBytes(
                                    of: unsafe source.unsafeLoad(fromByteOffset: start + column * size + byte, as: UInt8.self),
                                    toByteOffset: start + (width - 1 - column) * size + byte, as: UInt8.self)
                            }
                        }
                    }
                }
            }
        }
        if case .failure(let error) = edge { throw ImageryError.wrapping(error, "raster") }
        return result
    }

    /// The raster with columns as rows.
    public func transposed() throws(ImageryError) -> Raster {
        let result = try Raster(pixelType, shape: Shape(bands: bands, rows: width, columns: height))
        let (source, target, size) = unsafe (destination, result.destination, pixelType.byteCount)
        for band in 0..<bands {
            for row in 0..<height {
                // In bounds: column `c` of row `row` goes to column `row` of row `c`, and the sides are exchanged.
                let samples = unsafe source.row(row, band: band)
                for column in 0..<width {
                    unsafe (target.row(column, band: band) + row * size).copyMemory(from: samples + column * size, byteCount: size)
                }
            }
        }
        withBytes { _ in }
        var turned = result
        turned.colorModel = colorModel
        return turned
    }

    /// The raster as it is to be shown: turned and mirrored as `orientation` says.
    public func oriented(_ orientation: Orientation) throws(ImageryError) -> Raster {
        var result = orientation.swapsAxes ? try transposed() : self
        switch orientation {
        case .upright, .transposed: break
        case .mirrored, .turned90: result = try result.flippedLeftToRight()
        case .flipped, .turned270: result = try result.flippedUpsideDown()
        case .turned180, .transversed: result = try result.flippedUpsideDown().flippedLeftToRight()
        }
        result.colorModel.orientation = .upright
        return result
    }

    /// The raster in another type; see `RetypedImage.init(of:to:scales:decibel:noData:target:)`.
    public func retyped(
        to type: PixelType, scales: [LinearScale] = [], decibel: Bool = false, noData: SampleValue? = nil,
        target: SampleValue? = nil
    ) throws(ImageryError) -> Raster {
        let image = try RetypedImage(
            RasterSource(self), to: type, scales: scales, decibel: decibel, noData: noData, target: target)
        var result = try Raster(type, shape: shape)
        result.colorModel = image.colorModel
        try unsafe image.makeReader(ReadContext(ReadOptions())).read(
            ReadRequest(region: image.layout.bounds, bands: Array(0..<bands)), into: result.destination)
        return result
    }

    /// The raster as bytes, its valid samples spread over 0 to 255 band by band. Samples of the no-data value become 0, and no others.
    public func stretched(
        _ stretch: Stretch = .percentiles(2, 98), noData: SampleValue? = nil
    ) throws(ImageryError) -> Raster {
        let scales: [LinearScale]
        switch stretch {
        case .range(let low, let high): scales = [LinearScale(from: min(low, high)...max(low, high), to: 0...255)]
        case .percentiles, .extremes:
            var percentiles: [Double] = [0, 100]
            if case .percentiles(let low, let high) = stretch { percentiles = [low, high] }
            scales = try statistics(percentiles: percentiles, bins: 1, noData: noData).map { band in
                LinearScale(band, to: 0...255)
            }
        }
        return try retyped(to: .uint8, scales: scales, noData: noData, target: noData == nil ? nil : .integer(0))
    }
}

extension LinearScale {
    /// From the least to the largest of a band's percentiles; numbers as they are where no sample is valid.
    init(_ band: BandStatistics, to target: ClosedRange<Double>) {
        let values = band.percentiles.map(\.value)
        guard let low = values.min(), let high = values.max() else {
            self = .identity
            return
        }
        self.init(from: low...high, to: target)
    }
}
