// Options are judged where they enter (S94): a value without sense is misuse, and the error names the option.

extension ReadOptions {
    /// Throws kind misuse for a value without sense.
    public func check() throws(ImageryError) {
        try checkOption("threads", threads, 1...Int.max)
        try checkOption("qualityLayers", qualityLayers, 1...Int.max)
        try checkOption("limits.maxPixelBytes", limits.maxPixelBytes, 0...Int.max)
        try checkOption("limits.maxExpansion", limits.maxExpansion, 0...Int.max)
        try checkOption("limits.maxMetadataItemBytes", limits.maxMetadataItemBytes, 0...Int.max)
        try checkOption("limits.maxMetadataBytes", limits.maxMetadataBytes, 0...Int.max)
        try checkOption("limits.maxValidatedBytes", limits.maxValidatedBytes, 0...Int.max)
        try checkOption("limits.maxAssets", limits.maxAssets, 1...Int.max)
    }
}

extension WriteOptions {
    /// 38 bits of 16,384 components: more than any pixel has.
    private static let mostBitsOfPixel = 622_592.0

    /// Throws kind misuse for a value that makes sense in no format. Which sensible values it has is each format's to judge.
    public func check() throws(ImageryError) {
        try checkOption("threads", threads, 1...Int.max)
        try checkOption("compressionLevel", compressionLevel, 0...9)
        try checkOption("blockWidth", blockWidth, 1...Int(UInt32.max))
        try checkOption("blockHeight", blockHeight, 1...Int(UInt32.max))
        try checkOption("bitsPerSample", bitsPerSample, 1...128)
        // The years 0 to 9999.
        try checkOption("date", date, -62_167_219_200...253_402_300_799)
        switch compression {
        case .jpeg(let quality): try checkOption("quality", quality, 1...100)
        case .jpeg2000(let rate, let quality):
            if let rate { try Self.check("rate", rate) }
            try checkOption("quality", quality, 1...100)
        case .lerc(let maxError, _) where !(maxError >= 0 && maxError.isFinite):
            throw ImageryError(.misuse, "option maxError", "the value is \(maxError): it is a number from 0 on")
        default: break
        }
        try checkOption("jpeg.restartRows", jpeg?.restartRows, 0...65_535)
        try checkOption("jpeg.losslessPredictor", jpeg?.losslessPredictor, 1...7)
        for rate in jpeg2000?.layers ?? [] { try Self.check("jpeg2000.layers", rate) }
        try checkOption("jpeg2000.levels", jpeg2000?.levels, 0...32)
        try checkOption("jpeg2000.codeBlockWidth", jpeg2000?.codeBlockWidth, 4...1_024)
        try checkOption("jpeg2000.codeBlockHeight", jpeg2000?.codeBlockHeight, 4...1_024)
        try checkOption("jpeg2000.precinctSize", jpeg2000?.precinctSize, 1...32_768)
        try checkOption("cloudOptimized.overviews", cloudOptimized?.overviews, 0...31)
        try georeference?.check()
    }

    private static func check(_ name: String, _ rate: Double) throws(ImageryError) {
        guard rate > 0, rate <= mostBitsOfPixel else {
            throw ImageryError(
                .misuse, "option \(name)",
                "\(rate) is no number of bits of a pixel: it is above 0 and at most \(Int(mostBitsOfPixel))")
        }
    }
}

extension Georeference {
    /// Throws kind misuse for parts that no format can say: numbers that are none, corners that are not four.
    func check() throws(ImageryError) {
        func misuse(_ message: String) -> ImageryError { ImageryError(.misuse, "option georeference", message) }
        if let corners, corners.count != 4 { throw misuse("there are \(corners.count) corners, an image has four") }
        var numbers = (corners ?? []).flatMap { [$0.x, $0.y] }
        if let affine {
            numbers += [
                affine.originX, affine.originY, affine.xPerColumn, affine.xPerRow, affine.yPerColumn, affine.yPerRow,
            ]
        }
        for point in controlPoints { numbers += [point.column, point.row, point.x, point.y, point.z] }
        if let rpc = rationalPolynomial {
            guard rpc.offsets.count == 5, rpc.scales.count == 5,
                [rpc.lineNumerator, rpc.lineDenominator, rpc.sampleNumerator, rpc.sampleDenominator].allSatisfy({ $0.count == 20 })
            else { throw misuse("a rational polynomial has 5 offsets, 5 scales and 4 times 20 coefficients") }
            numbers += rpc.offsets + rpc.scales + rpc.lineNumerator + rpc.lineDenominator
            numbers += rpc.sampleNumerator + rpc.sampleDenominator + [rpc.errorBias, rpc.errorRandom].compactMap(\.self)
        }
        for number in numbers where !number.isFinite { throw misuse("\(number) is no place") }
    }
}

/// Throws kind misuse, which names the option, for a value outside of `range`; nil is the format's choice and always good.
private func checkOption(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws(ImageryError) {
    guard let value, !range.contains(value) else { return }
    let allowed =
        range.upperBound == .max ? "\(range.lowerBound) is the least" : "\(range.lowerBound) to \(range.upperBound) are possible"
    throw ImageryError(.misuse, "option \(name)", "the value is \(value): \(allowed)")
}
