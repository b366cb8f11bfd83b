public import ImageryBase

extension BoxReducer {
    /// As ``reduce(_:bands:rows:columns:into:)``, of samples that do not all show (S68): those where the mask is 0 do not count, and the colors of
    /// straight opacity count as much as they show.
    ///
    /// `mask` has one sample of `maskType` for each pixel; without one all show. `model` says which band is opacity. Samples of complex
    /// numbers, and nearest ones, are taken as they are.
    @unsafe
    public func reduce(
        _ source: Destination, mask: Destination?, maskType: PixelType, model: ColorModel, bands: Int, rows: Int, columns: Int,
        into target: Destination
    ) throws(ImageryError) {
        let plan = model.arrangement
        let alpha = plan.isPremultiplied ? nil : plan.alpha.flatMap { $0 < bands ? $0 : nil }
        guard method == .average, unsafe mask != nil || alpha != nil, WeightedReduction.serves(type) else {
            return try unsafe reduce(source, bands: bands, rows: rows, columns: columns, into: target)
        }
        let colors = Set(plan.colors)
        let weighted = WeightedReduction(type, factor: factor, padValue: padValue)
        for row in 0..<ceilDivide(rows, factor) {
            // In bounds: the source and the mask have these rows, and the target one for each square.
            let lines = row * factor..<min(rows, (row + 1) * factor)
            let visible: [[Double]] = lines.map { line in
                guard let mask = unsafe mask else { return [Double](repeating: 1, count: columns) }
                let samples = unsafe UnsafeRawPointer(mask.row(line, band: 0))
                return (0..<columns).map { unsafe maskType.load(samples, $0) != 0 ? 1 : 0 }
            }
            var shown = visible
            if let alpha {
                for (place, line) in lines.enumerated() {
                    let samples = unsafe UnsafeRawPointer(source.row(line, band: alpha))
                    for column in 0..<columns { shown[place][column] *= max(0, unsafe type.load(samples, column)) }
                }
            }
            for band in 0..<bands {
                let samples = unsafe lines.map { unsafe UnsafeRawPointer(source.row($0, band: band)) }
                unsafe weighted.reduce(
                    samples, alpha != nil && colors.contains(band) ? shown : visible, columns: columns,
                    into: target.row(row, band: band))
            }
        }
    }

    /// Reduces a mask: a square shows where a pixel of it does, unless the nearest is asked for.
    @unsafe
    public func reduceMask(
        _ source: Destination, rows: Int, columns: Int, into target: Destination
    ) throws(ImageryError) {
        guard method == .average, WeightedReduction.serves(type) else {
            return try unsafe reduce(source, bands: 1, rows: rows, columns: columns, into: target)
        }
        for row in 0..<ceilDivide(rows, factor) {
            let line = unsafe target.row(row, band: 0)
            for place in 0..<ceilDivide(columns, factor) {
                var largest = 0.0
                for y in row * factor..<min(rows, (row + 1) * factor) {
                    let samples = unsafe UnsafeRawPointer(source.row(y, band: 0))
                    for x in place * factor..<min(columns, (place + 1) * factor) {
                        largest = unsafe max(largest, type.load(samples, x))
                    }
                }
                unsafe type.store(largest, line, place)
            }
        }
    }
}
