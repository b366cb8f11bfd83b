import Imagery
import ImageryPlumbing

/// Writes a selection of any size as a NumPy array: some rows of all bands at a time, each band's to its place in the file.
struct NPYStream {
    let image: ImageAsset
    let selection: SelectionOptions

    /// Bytes of samples that are read at a time; what has no more is read in one piece.
    private static let stripeBytes = 32 << 20

    /// True when the selection is too large to be held as a whole.
    static func suits(_ image: ImageAsset, _ selection: SelectionOptions) throws(ImageryError) -> Bool {
        let shape = try selection.shape(of: image)
        return shape.sampleCount.flatMap { checkedProduct($0, image.layout.pixelType.byteCount) } ?? .max > stripeBytes
    }

    /// Appends the file to `sink` through a spool, unless it can be patched. Returns what reading has found.
    func write(to sink: any ByteSink, progress: inout Progress) throws -> [Diagnostic] {
        try image.checkCost(
            window: selection.window(in: image), bands: selection.chosenBands, resolutionLevel: selection.resolutionLevel)
        let shape = try selection.shape(of: image)
        let file = NPYLayout(image.layout.pixelType, shape)
        let header = file.header
        guard let rowBytes = checkedProduct(shape.columns, file.sampleBytes), let bandBytes = checkedProduct(rowBytes, shape.rows),
            let total = checkedProduct(bandBytes, shape.bands)
        else { throw ImageryError(limit: .memory, "npy", "an array of \(shape) exceeds any file") }
        let session = image.makeSession(fill: selection.fill)
        try withPatching(sink) { output in
            try output.append(header)
            try output.extend(by: total)
            var done = 0
            for window in try stripes(shape) {
                let raster = try session.read(
                    window: window, bands: selection.chosenBands, resolutionLevel: selection.resolutionLevel)
                // Band after band in the raster: the pieces of a band follow each other.
                let bytesOfBand = raster.height * rowBytes
                var position = 0
                try raster.writeNPYSamples { span in
                    var start = 0
                    while start < span.byteCount {
                        let (band, within) = (position / bytesOfBand, position % bytesOfBand)
                        let count = min(span.byteCount - start, bytesOfBand - within)
                        try output.patch(
                            span.extracting(start..<start + count), at: header.count + band * bandBytes + done * rowBytes + within)
                        start += count
                        position += count
                    }
                }
                done += raster.height
                progress.update(done, of: shape.rows)
            }
        }
        return session.diagnostics
    }

    /// Windows of the full resolution, from the top down, each of rows of the level that are not too many bytes; where blocks are lower than
    /// that, of whole ones.
    private func stripes(_ shape: Shape) throws(ImageryError) -> [Window] {
        let layout = image.layout
        let bounds = (try selection.window(in: image) ?? layout.bounds).intersection(layout.bounds)
        let scale = 1 << selection.resolutionLevel
        let rowBytes = max(1, shape.bands * shape.columns * layout.pixelType.byteCount)
        var rows = max(1, Self.stripeBytes / rowBytes) * scale
        let unit = max(layout.blockHeight, scale)
        if rows > unit { rows -= rows % unit }
        var windows: [Window] = []
        var top = bounds.y
        while top < bounds.bottom {
            // The first ends where a row of blocks does, so that no block is wanted twice.
            let bottom = min(bounds.bottom, top - (rows > unit ? (top + layout.blockOffsetY) % unit : 0) + rows)
            let window = Window(x: bounds.x, y: top, width: bounds.width, height: bottom - top)
            // A few rows may hold none of the level.
            if !layout.reduced(window, level: selection.resolutionLevel).isEmpty { windows.append(window) }
            top = bottom
        }
        return windows
    }
}

extension SelectionOptions {
    /// The shape of what is selected. Throws as reading it.
    func shape(of image: ImageAsset) throws(ImageryError) -> Shape {
        let layout = image.layout
        let part = (try window(in: image) ?? layout.bounds).intersection(layout.bounds)
        guard resolutionLevel >= 0, resolutionLevel < image.resolutionLevels else {
            throw ImageryError(
                .misuse, "--resolution-level", "\(resolutionLevel) does not exist: the image has \(image.resolutionLevels)")
        }
        let region = layout.reduced(part, level: resolutionLevel)
        return Shape(bands: chosenBands?.count ?? layout.shape.bands, rows: region.height, columns: region.width)
    }
}
