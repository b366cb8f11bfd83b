public import ImageryBase

extension ImageSource {
    /// Throws (kind misuse) unless the image has resolution level `level` with at least one sample (S4).
    public func check(level: Int, _ context: String) throws(ImageryError) {
        if level == 0 { return }
        let levels = resolutionLevels
        guard level > 0, level < levels else {
            throw ImageryError(.misuse, context, "resolution level \(level) does not exist: the image has \(levels)")
        }
        guard !layout.reduced(layout.bounds, level: level).isEmpty else {
            throw ImageryError(.misuse, context, "resolution level \(level) would hold no sample")
        }
    }

    /// Throws kind limit when reading `request` would exceed the context's limits (S91).
    public func checkCost(_ request: ReadRequest, _ limits: Limits) throws(ImageryError) {
        let samples = checkedProduct(request.bands.count, request.region.height, request.region.width)
        let size = samples.flatMap { checkedProduct($0, layout.pixelType.byteCount) }
        if let size, size <= limits.maxPixelBytes { return }
        let input = try byteRanges(request).reduce(0) { $0 + $1.count }
        try limits.check(output: size, from: input, "image read")
    }
}

extension Limits {
    /// Throws (kind limit) when a read of `output` bytes of pixels from `input` compressed bytes is not allowed.
    public func check(output: Int?, from input: Int, _ context: String) throws(ImageryError) {
        let size = output ?? .max
        if size <= maxPixelBytes { return }
        if output == nil || size > checkedProduct(input, maxExpansion) ?? .max {
            throw ImageryError(
                limit: .maxPixelBytes, needed: output, allowed: max(maxPixelBytes, checkedProduct(input, maxExpansion) ?? .max),
                context,
                "the read would produce \(size) bytes from \(input) stored ones; raise limits.maxPixelBytes (--limit) to allow it")
        }
    }
}
