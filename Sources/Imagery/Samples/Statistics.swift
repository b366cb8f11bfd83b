public import ImageryBase
import ImageryPlumbing

extension ImageAsset {
    /// What the valid samples of each band are like (``BandStatistics``), reading block row by block row.
    ///
    /// Images of more than 16 bits a sample are read twice. The part is chosen as in `read(window:bands:resolutionLevel:fill:)`.
    /// - Parameters:
    ///   - window: the part of the image, of the level; all of it when nil.
    ///   - bands: the bands; all of them when nil.
    ///   - resolutionLevel: the level.
    ///   - percentiles: the percentiles wanted, each from 0 to 100.
    ///   - bins: the most intervals of the histogram, 1 to 65,536.
    ///   - noData: the value of samples that mean nothing, instead of the image's pad value.
    ///   - progress: is told how many rows of how many are read.
    /// - Throws: kind misuse for percentiles and bins outside their range; as reading.
    public func statistics(
        window: Window? = nil, bands: [Int]? = nil, resolutionLevel: Int = 0,
        percentiles: [Double] = BandStatistics.usualPercentiles, bins: Int = 256, noData: SampleValue? = nil,
        progress: ((_ rows: Int, _ of: Int) -> Void)? = nil
    ) throws(ImageryError) -> [BandStatistics] {
        let request = try request(window: window, bands: bands, resolutionLevel: resolutionLevel)
        let context = ReadContext(asset.dataset.options, isSession: true)
        try source.checkCost(request, context.limits)
        return try StatisticsReader(
            SamplePass(
                source: source, region: request.region, level: request.level, bands: request.bands,
                validity: validity(noData: noData, level: resolutionLevel), context: context),
            percentiles: percentiles, bins: bins
        ).read(progress)
    }
}

extension Raster {
    /// What the valid samples of each band are like; see `ImageAsset.statistics(window:bands:resolutionLevel:percentiles:bins:noData:progress:)`.
    public func statistics(
        percentiles: [Double] = BandStatistics.usualPercentiles, bins: Int = 256, noData: SampleValue? = nil
    ) throws(ImageryError) -> [BandStatistics] {
        let source = RasterSource(self)
        return try StatisticsReader(
            SamplePass(
                source: source, region: source.layout.bounds, level: 0, bands: Array(0..<bands),
                validity: Validity(noData: noData?.number(in: pixelType)), context: ReadContext(ReadOptions())),
            percentiles: percentiles, bins: bins
        ).read(nil)
    }
}

/// Makes the statistics of an image.
struct StatisticsReader {
    private let pass: SamplePass
    private let percentiles: [Double]
    private let bins: Int

    /// Memory that the counters of all workers may take; bands are read in several turns where they would need more.
    private static let counterBytes = 64 << 20

    init(_ pass: SamplePass, percentiles: [Double], bins: Int) throws(ImageryError) {
        for percent in percentiles where !(0...100).contains(percent) {
            throw ImageryError(.misuse, "statistics", "a percentile is 0 to 100, not \(percent)")
        }
        guard (1...65_536).contains(bins) else {
            throw ImageryError(.misuse, "statistics", "a histogram has 1 to 65536 intervals, not \(bins)")
        }
        self.pass = pass
        self.percentiles = percentiles
        self.bins = bins
    }

    func read(_ progress: ((_ rows: Int, _ of: Int) -> Void)?) throws(ImageryError) -> [BandStatistics] {
        let type = pass.source.layout.pixelType
        let narrow = NarrowOrder(type)
        // Of wide types: the upper halves of keys, and the lower halves of those that two ranks for each percentile can fall into.
        let keys = narrow?.keys ?? 65_536 * (1 + 2 * percentiles.count) + bins
        let affordable = max(1, Self.counterBytes / (keys * MemoryLayout<Int>.size))
        let turns = ceilDivide(pass.bands.count, affordable)
        var result: [BandStatistics] = []
        for turn in 0..<turns {
            var part = pass
            part.bands = Array(pass.bands[turn * affordable..<min(pass.bands.count, (turn + 1) * affordable)])
            let workers = max(1, min(pass.context.threads, affordable / part.bands.count))
            let told = progress.map { tell in { (done: Int, all: Int) in tell(turn * all + done, turns * all) } }
            if let narrow {
                result += try read(part, narrow, workers, told)
            } else {
                result += try read(part, WideOrder(type), workers, told)
            }
        }
        return result
    }

    /// Of types up to 16 bits: counting every number tells all.
    private func read(
        _ pass: SamplePass, _ order: NarrowOrder, _ workers: Int, _ progress: ((_ rows: Int, _ of: Int) -> Void)?
    ) throws(ImageryError) -> [BandStatistics] {
        let counters = try CounterSet(workers: workers, bands: pass.bands.count, keys: order.keys)
        try unsafe pass.run(workers: workers, progress: progress) { worker, band, rows in
            let counts = unsafe counters.counts(worker, band)
            unsafe rows.forEach { row in unsafe order.count(row, into: counts) }
        } join: { _, _ in
        }
        let isInteger = !pass.source.layout.pixelType.isFloatingPoint
        return pass.bands.enumerated().map { place, band in
            var values: [(value: Double, count: Int)] = []
            for (key, count) in counters.joined(place).enumerated() where count > 0 {
                let value = order.value(ofKey: key)
                if value.isFinite, value != pass.validity.noData { values.append((value, count)) }
            }
            values.sort { $0.value < $1.value }
            var moments = Moments()
            moments.add(values)
            var histogram = BandStatistics.Histogram(
                from: moments.minimum, to: moments.maximum, isInteger: isInteger, bins: bins)
            for (value, count) in values { histogram.add(value, count: count) }
            return statistics(of: band, moments, values, histogram, in: pass)
        }
    }

    /// Of larger types: the upper 16 bits of an ordered key first, then the lower ones where a percentile lies.
    private func read(
        _ pass: SamplePass, _ order: WideOrder, _ workers: Int, _ progress: ((_ rows: Int, _ of: Int) -> Void)?
    ) throws(ImageryError) -> [BandStatistics] {
        let type = pass.source.layout.pixelType
        let noData = pass.validity.noData
        let width = pass.region.width
        let coarse = try CounterSet(workers: workers, bands: pass.bands.count, keys: 65_536)
        var moments = [Moments](repeating: Moments(), count: pass.bands.count)
        try unsafe pass.run(workers: workers, progress: progress.map { tell in { done, all in tell(done, 2 * all) } }) {
            (worker, band, rows) -> Moments in
            let counts = unsafe coarse.counts(worker, band)
            var moments = Moments()
            var numbers = [Double](repeating: 0, count: width)
            unsafe numbers.withUnsafeMutableBufferPointer { numbers in
                for place in unsafe rows.indices {
                    let row = unsafe rows[place]
                    let valid = unsafe validNumbers(of: row, type, noData: noData, into: numbers)
                    unsafe moments.add(numbers, count: valid)
                    for index in 0..<valid { unsafe counts[order.key(numbers[index]) >> 16] += 1 }
                }
            }
            return moments
        } join: { band, part in
            moments[band].join(part)
        }
        let counts = pass.bands.indices.map { coarse.joined($0) }
        let wanted = pass.bands.indices.map { place in Rank.places(percentiles, of: moments[place].count, in: counts[place]) }
        let histograms = moments.map {
            BandStatistics.Histogram(from: $0.minimum, to: $0.maximum, isInteger: !type.isFloatingPoint, bins: bins)
        }
        let slots = wanted.map(\.count).max() ?? 0
        let fine = try CounterSet(workers: workers, bands: pass.bands.count, keys: slots * 65_536 + bins)
        try unsafe pass.run(workers: workers, progress: progress.map { tell in { done, all in tell(all + done, 2 * all) } }) {
            worker, band, rows in
            let counts = unsafe fine.counts(worker, band)
            let (wanted, histogram) = (wanted[band], histograms[band])
            var numbers = [Double](repeating: 0, count: width)
            unsafe numbers.withUnsafeMutableBufferPointer { numbers in
                for place in unsafe rows.indices {
                    let row = unsafe rows[place]
                    let valid = unsafe validNumbers(of: row, type, noData: noData, into: numbers)
                    for index in 0..<valid {
                        // In bounds: a slot below `slots`, 16 bits, and an interval below `bins`.
                        let key = unsafe order.key(numbers[index])
                        if let slot = wanted.firstIndex(of: key >> 16) { unsafe counts[slot << 16 | key & 0xffff] += 1 }
                        unsafe counts[slots << 16 + histogram.place(of: numbers[index])] += 1
                    }
                }
            }
        } join: { _, _ in
        }
        return pass.bands.enumerated().map { place, band in
            let found = fine.joined(place)
            var values: [(value: Double, count: Int)] = []
            for (upper, count) in counts[place].enumerated() where count > 0 {
                guard let slot = wanted[place].firstIndex(of: upper) else {
                    values.append((order.value(ofKey: upper << 16), count))
                    continue
                }
                for lower in 0..<65_536 where found[slot << 16 | lower] > 0 {
                    values.append((order.value(ofKey: upper << 16 | lower), found[slot << 16 | lower]))
                }
            }
            var histogram = histograms[place]
            histogram.counts = Array(found[(slots << 16)...].prefix(histogram.counts.count))
            return statistics(of: band, moments[place], values, histogram, in: pass)
        }
    }

    /// The result for one band; `values` are in order, and exact where a percentile lies.
    private func statistics(
        of band: Int, _ moments: Moments, _ values: [(value: Double, count: Int)], _ histogram: BandStatistics.Histogram,
        in pass: SamplePass
    ) -> BandStatistics {
        let found = Rank.values(percentiles, of: moments.count, in: values)
        return BandStatistics(
            band: band, validCount: moments.count, invalidCount: pass.region.width * pass.region.height - moments.count,
            minimum: moments.minimum, maximum: moments.maximum, mean: moments.mean,
            standardDeviation: moments.standardDeviation,
            percentiles: zip(percentiles, found).map {
                .init(percent: $0, value: min(moments.maximum, max(moments.minimum, $1)))
            }, histogram: histogram)
    }

    /// Puts the valid numbers of a row side by side; returns how many there are. `numbers` has room for the row.
    @unsafe
    private func validNumbers(
        of row: SamplePass.Row, _ type: PixelType, noData: Double?, into numbers: UnsafeMutableBufferPointer<Double>
    ) -> Int {
        guard let base = numbers.baseAddress else { return 0 }
        unsafe SampleRow.load(row.samples, type, count: row.count, into: base)
        var valid = 0
        for index in unsafe 0..<row.count {
            let number = unsafe numbers[index]
            // In bounds: `valid` is never above `index`, and there is a place for each sample.
            guard number.isFinite, number != noData, unsafe row.places.map({ unsafe $0[index] != 0 }) ?? true else { continue }
            unsafe numbers[valid] = number
            valid += 1
        }
        return valid
    }
}
