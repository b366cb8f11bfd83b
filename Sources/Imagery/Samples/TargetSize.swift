public import ImageryBase
import ImageryPlumbing

extension ImageAsset {
    /// The stored image from which `window` (all when nil) in `size` is made at least cost: the smallest of the image's levels and overviews that
    /// is not smaller than that.
    ///
    /// Overviews are those of the dataset with this image's key. Images that were derived from a stored one have none, but its levels.
    public func pyramidLevel(for size: PixelSize, window: Window? = nil) -> PyramidLevel {
        let part = (window ?? layout.bounds).intersection(layout.bounds)
        func serves(_ width: Int, _ height: Int) -> Bool {
            // Part of the raster has in proportion as many pixels as the window has of the whole.
            Double(width) * Double(part.width) >= Double(size.width) * Double(layout.shape.columns)
                && Double(height) * Double(part.height) >= Double(size.height) * Double(layout.shape.rows)
        }
        var best = PyramidLevel(image: self, resolutionLevel: 0)
        var least = layout.shape.columns * layout.shape.rows
        var candidates = [self]
        if isStored {
            let prefix = "\(key):overview:"
            candidates += asset.dataset.images.filter { image in
                image.key.description.hasPrefix(prefix) && image.key.imagePlace?.isMask == false
                    && image.layout.shape.bands == layout.shape.bands && image.layout.pixelType == layout.pixelType
            }
        }
        for image in candidates {
            for level in 0..<image.resolutionLevels {
                let raster = image.layout.reduced(image.layout.bounds, level: level)
                guard !raster.isEmpty, serves(raster.width, raster.height) else { break }
                let pixels = raster.width * raster.height
                if pixels < least { (best, least) = (PyramidLevel(image: image, resolutionLevel: level), pixels) }
            }
        }
        return best
    }

    /// Reads `window` (all when nil) in the largest size of its proportions that fits `size` and is not larger than the window itself, from the level
    /// or overview that costs least (``pyramidLevel(for:window:)``): thumbnails. Only valid samples count in means.
    ///
    /// Throws as `read(window:bands:resolutionLevel:fill:)`; kind misuse for a size below 1.
    public func read(
        window: Window? = nil, bands: [Int]? = nil, fitting size: PixelSize, filter: ResamplingFilter = .box
    ) throws(ImageryError) -> Raster {
        let part = try request(window: window, bands: bands, resolutionLevel: 0).region
        guard size.width > 0, size.height > 0 else {
            throw ImageryError(.misuse, key.description, "an image of \(size.width) × \(size.height) pixels holds none")
        }
        let fitted = PixelSize(width: part.width, height: part.height).fitting(size)
        return try read(window: window, bands: bands, resizedTo: fitted, filter: filter)
    }

    /// Reads `window` (all when nil) in exactly `size`, larger or smaller than it is, from the level or overview that costs least: map tiles. Only
    /// valid samples count in means. Errors as ``read(window:bands:fitting:filter:)``.
    public func read(
        window: Window? = nil, bands: [Int]? = nil, resizedTo size: PixelSize, filter: ResamplingFilter = .box
    ) throws(ImageryError) -> Raster {
        try ResampledImage(of: self, window: window, bands: bands, to: size, filter: filter).read(options: asset.dataset.options)
    }
}

extension ResampledImage {
    /// Reads the whole image. Errors as `ImageAsset.read(window:bands:resolutionLevel:fill:)`.
    public func read(options: ReadOptions = ReadOptions()) throws(ImageryError) -> Raster {
        let context = ReadContext(options)
        let request = ReadRequest(region: layout.bounds, bands: Array(0..<layout.shape.bands))
        try checkCost(request, context.limits)
        var raster = try Raster(layout.pixelType, shape: layout.shape)
        try unsafe makeReader(context).read(request, into: raster.destination)
        raster.diagnostics = context.findings.all
        raster.setColorModel { colorModel }
        return raster
    }
}
