/// What the valid samples of one band are like.
///
/// Valid are numbers that are finite, not the no-data value, not under a transparency mask, and not in a block that the file does not hold. Complex
/// samples count as their magnitude.
public struct BandStatistics: Equatable, Sendable {
    /// A value that so many hundredths of the valid samples do not exceed.
    public struct Percentile: Equatable, Sendable {
        /// 0 to 100.
        public let percent: Double
        /// The value, between neighbours in proportion.
        public let value: Double
    }

    /// How many valid samples lie in each of several equal intervals.
    public struct Histogram: Equatable, Sendable {
        /// The lower edge of the first interval.
        public let lowerBound: Double
        /// The upper edge of the last interval.
        public let upperBound: Double
        /// The samples of each interval; a value on an edge is in the upper one, on the last edge in the last one.
        public internal(set) var counts: [Int]
    }

    /// The percentiles that are told when none are asked for.
    public static let usualPercentiles: [Double] = [2, 25, 50, 75, 98]

    /// The band's number in the image.
    public let band: Int
    /// Samples that are valid.
    public let validCount: Int
    /// Samples that are not.
    public let invalidCount: Int
    /// The least valid sample; NaN when there is none.
    public let minimum: Double
    /// The largest valid sample; NaN when there is none.
    public let maximum: Double
    /// The mean; NaN when no sample is valid.
    public let mean: Double
    /// The root of the mean square of the distance from the mean; NaN when no sample is valid.
    public let standardDeviation: Double
    /// The percentiles asked for, in the same order. Exact for samples of up to 32 bits and magnitudes of complex ones up to single precision, within
    /// a millionth for those of 64. Empty when no sample is valid.
    public let percentiles: [Percentile]
    /// From the minimum to the maximum; of integers from half below to half above, with at most one interval a number. Empty when no sample is valid.
    public let histogram: Histogram

    /// The value of the percentile `percent`, one of those that were asked for.
    public func percentile(_ percent: Double) -> Double? { percentiles.first { $0.percent == percent }?.value }
}

extension BandStatistics.Histogram {
    /// Intervals of no samples between `minimum` and `maximum`.
    init(from minimum: Double, to maximum: Double, isInteger: Bool, bins: Int) {
        guard minimum <= maximum else {
            self.init(lowerBound: .nan, upperBound: .nan, counts: [])
            return
        }
        let edge = isInteger || minimum == maximum ? 0.5 : 0
        let numbers = maximum - minimum + 1
        let count = isInteger && numbers < Double(bins) ? Int(numbers) : bins
        self.init(lowerBound: minimum - edge, upperBound: maximum + edge, counts: [Int](repeating: 0, count: count))
    }

    /// The interval of a value that lies between the bounds.
    func place(of value: Double) -> Int {
        let place = (value - lowerBound) / (upperBound - lowerBound) * Double(counts.count)
        // Bounds so far apart that their distance is no number have one interval in effect.
        return place.isFinite ? min(counts.count - 1, max(0, Int(place))) : 0
    }

    /// Counts a value that lies between the bounds.
    mutating func add(_ value: Double, count: Int) { counts[place(of: value)] += count }
}
