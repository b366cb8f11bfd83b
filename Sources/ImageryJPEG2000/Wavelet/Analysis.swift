// T.800 F.4.2: rows of a tile-component in, sub-bands out, level by level.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// A wavelet filter in lifting form, as the analysis needs it.
protocol ForwardLifting {
    associatedtype Sample: BitwiseCopyable
    /// Lifting steps of a dimension; odd ones change odd samples.
    static var steps: Int { get }
    /// 1D_SD of a row of at least two samples.
    static func row(
        _ row: UnsafePointer<Sample>, startsOdd: Bool, count: Int, low: UnsafeMutablePointer<Sample>,
        high: UnsafeMutablePointer<Sample>)
    /// Lifting step `step` on a row between two others.
    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Sample>, above: UnsafePointer<Sample>, below: UnsafePointer<Sample>, count: Int)
    /// All steps, on rows y - 1 to y - `steps` when `row(0)` is row y, even and new, and `row(k)` row y - k.
    static func liftAll(_ row: (Int) -> UnsafeMutablePointer<Sample>, count: Int)
    /// What 1D_SD does to a single sample of odd coordinate (F.4.6).
    static func double(_ samples: UnsafeMutablePointer<Sample>, count: Int)
}

/// The reversible 5/3 filter on numbers of 32 bits.
enum ForwardReversible: ForwardLifting {
    static var steps: Int { 2 }

    static func row(
        _ row: UnsafePointer<Int32>, startsOdd: Bool, count: Int, low: UnsafeMutablePointer<Int32>,
        high: UnsafeMutablePointer<Int32>
    ) {
        unsafe Wavelet53.analyse(row, startsOdd: startsOdd, count: count, low: low, high: high)
    }

    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Int32>, above: UnsafePointer<Int32>, below: UnsafePointer<Int32>, count: Int
    ) {
        if step == 1 {
            unsafe Wavelet53.lowerOdd(row, above: above, below: below, count: count)
        } else {
            unsafe Wavelet53.raiseEven(row, above: above, below: below, count: count)
        }
    }

    static func liftAll(_ row: (Int) -> UnsafeMutablePointer<Int32>, count: Int) {
        unsafe Wavelet53.lowerPair(above: row(3), even: row(2), odd: row(1), below: row(0), count: count)
    }

    static func double(_ samples: UnsafeMutablePointer<Int32>, count: Int) {
        for index in 0..<count { unsafe samples[index] &*= 2 }
    }
}

/// The irreversible 9/7 filter in single precision, without its scaling.
enum ForwardIrreversible: ForwardLifting {
    static var steps: Int { 4 }

    static func row(
        _ row: UnsafePointer<Float>, startsOdd: Bool, count: Int, low: UnsafeMutablePointer<Float>,
        high: UnsafeMutablePointer<Float>
    ) {
        unsafe Wavelet97.analyse(row, startsOdd: startsOdd, count: count, low: low, high: high)
    }

    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Float>, above: UnsafePointer<Float>, below: UnsafePointer<Float>, count: Int
    ) {
        unsafe Wavelet97.liftForward(step: step, row, above: above, below: below, count: count)
    }

    static func liftAll(_ row: (Int) -> UnsafeMutablePointer<Float>, count: Int) {
        unsafe Wavelet97.liftFourForward(above: row(5), row(4), row(3), row(2), row(1), below: row(0), count: count)
    }

    static func double(_ samples: UnsafeMutablePointer<Float>, count: Int) {
        for index in 0..<count { unsafe samples[index] *= 2 }
    }
}

/// The 5/3 filter on numbers of 64 bits. Rare, so the loops are plain.
enum WideForwardReversible: ForwardLifting {
    static var steps: Int { 2 }

    private static func lifted(_ sample: Int64, step: Int, _ left: Int64, _ right: Int64) -> Int64 {
        step == 1 ? sample &- ((left &+ right) >> 1) : sample &+ ((left &+ right &+ 2) >> 2)
    }

    static func row(
        _ row: UnsafePointer<Int64>, startsOdd: Bool, count: Int, low: UnsafeMutablePointer<Int64>,
        high: UnsafeMutablePointer<Int64>
    ) {
        let even = startsOdd ? 1 : 0
        func odd(_ index: Int) -> Int64 {
            // Mirrored at the ends (F.4.7).
            let left = unsafe index > 0 ? row[index - 1] : row[index + 1]
            let right = unsafe index + 1 < count ? row[index + 1] : row[index - 1]
            return unsafe lifted(row[index], step: 1, left, right)
        }
        for index in stride(from: 1 - even, to: count, by: 2) { unsafe high[index / 2] = odd(index) }
        for index in stride(from: even, to: count, by: 2) {
            let left = index > 0 ? odd(index - 1) : odd(index + 1)
            let right = index + 1 < count ? odd(index + 1) : odd(index - 1)
            unsafe low[index / 2] = lifted(row[index], step: 2, left, right)
        }
    }

    static func lift(
        step: Int, _ row: UnsafeMutablePointer<Int64>, above: UnsafePointer<Int64>, below: UnsafePointer<Int64>, count: Int
    ) {
        for index in 0..<count { unsafe row[index] = lifted(row[index], step: step, above[index], below[index]) }
    }

    static func liftAll(_ row: (Int) -> UnsafeMutablePointer<Int64>, count: Int) {
        for step in 1...steps { unsafe lift(step: step, row(step), above: row(step + 1), below: row(step - 1), count: count) }
    }

    static func double(_ samples: UnsafeMutablePointer<Int64>, count: Int) {
        for index in 0..<count { unsafe samples[index] &*= 2 }
    }
}

/// The coefficients of a sub-band of a tile-component.
@safe
struct BandPlane<Sample> {
    let base: UnsafeMutablePointer<Sample>
    let stride: Int
}

/// The forward transform of one tile-component: rows come from the top down, and all sub-bands are kept.
@safe
final class Analysis<Filter: ForwardLifting> {
    /// By resolution, then by the band's place in it.
    private(set) var planes: [[BandPlane<Filter.Sample>]] = []
    private let memory: Scratch
    private let finest: AnalysisLevel<Filter>?
    /// Without levels: rows that have come.
    private var row = 0

    /// Throws kind limit when the memory cannot be had.
    init(_ component: TileComponent) throws(ImageryError) {
        let unit = MemoryLayout<Filter.Sample>.stride
        // A cache line more, so that rows whose length is a power of two do not share its sets.
        func stride(_ width: Int) -> Int { ((width + 15) & ~15) + 16 }
        var count = 0
        for resolution in component.resolutions {
            for band in resolution.bands { count += stride(band.area.width) * band.area.height }
        }
        let levels = component.style.levels
        for level in 0..<levels {
            // Eight rows, and one that is filtered out of them when what is below has no place for it.
            count += 10 * stride(component.area.reduced(level).width)
        }
        guard let size = checkedProduct(count, unit) else {
            throw ImageryError(limit: .memory, "JPEG 2000 tile", "the coefficients of a tile exceed any memory")
        }
        memory = try Scratch(byteCount: size)
        let base = unsafe memory.base.assumingMemoryBound(to: Filter.Sample.self)
        var offset = 0
        for resolution in component.resolutions {
            planes.append(
                resolution.bands.map { band in
                    defer { offset += stride(band.area.width) * band.area.height }
                    return unsafe BandPlane(base: base + offset, stride: stride(band.area.width))
                })
        }
        var lower: AnalysisLevel<Filter>?
        for level in (0..<levels).reversed() {
            let bounds = component.area.reduced(level)
            let own = stride(bounds.width)
            lower = unsafe AnalysisLevel(
                bounds, rows: base + offset, stride: own, lower: lower, low: planes[0][0],
                high: planes[levels - level])
            offset += 10 * own
        }
        finest = lower
    }

    /// Where the next row's samples go.
    var nextRow: UnsafeMutablePointer<Filter.Sample> {
        if let finest { return unsafe finest.nextRow }
        return unsafe planes[0][0].base + row * planes[0][0].stride
    }

    /// Takes the row in whose samples are at ``nextRow``.
    func takeRow() {
        if let finest { finest.takeRow() } else { row += 1 }
    }
}

/// One decomposition level (2D_SD, F.4.2): takes rows in, gives rows of low-pass samples to the level below it, and keeps HL, LH and HH.
@safe
final class AnalysisLevel<Filter: ForwardLifting> {
    private let bounds: Area
    private let rows: UnsafeMutablePointer<Filter.Sample>
    private let stride: Int
    private let lower: AnalysisLevel<Filter>?
    private let low: BandPlane<Filter.Sample>
    private let high: [BandPlane<Filter.Sample>]
    /// The next row to come, and the next to be filtered horizontally.
    private var incoming: Int
    private var outgoing: Int
    /// Rows that were given to each half.
    private var lows = 0
    private var highs = 0

    /// `rows` has room for ten rows; `low` is for the low-pass samples if there is no level below; `high` are HL, LH and HH.
    init(
        _ bounds: Area, rows: UnsafeMutablePointer<Filter.Sample>, stride: Int, lower: AnalysisLevel<Filter>?,
        low: BandPlane<Filter.Sample>, high: [BandPlane<Filter.Sample>]
    ) {
        self.bounds = bounds
        unsafe self.rows = rows
        self.stride = stride
        self.lower = lower
        self.low = low
        self.high = high
        incoming = bounds.y0
        outgoing = bounds.y0
    }

    private func row(_ y: Int) -> UnsafeMutablePointer<Filter.Sample> { unsafe rows + (y & 7) * stride }

    var nextRow: UnsafeMutablePointer<Filter.Sample> { unsafe row(incoming) }

    func takeRow() {
        let y = incoming
        let end = bounds.y1
        incoming += 1
        if bounds.height == 1 {
            if y & 1 == 1 { unsafe Filter.double(row(y), count: bounds.width) }
            return finish(before: end)
        }
        if y & 1 == 0 {
            lift(upTo: y)
            finish(before: y + 1 - Filter.steps)
        }
        if incoming == end {
            // The rows that waited for neighbours that do not exist.
            var next = (end + 1) & ~1
            while next - Filter.steps < end {
                lift(upTo: next)
                next += 2
            }
            finish(before: end)
        }
    }

    /// Lifting step s on row y - s for all steps: each has both neighbours as the step before left them.
    private func lift(upTo y: Int) {
        if y < bounds.y1 && y - Filter.steps > bounds.y0 {
            return unsafe Filter.liftAll({ unsafe row(y - $0) }, count: bounds.width)
        }
        for step in 1...Filter.steps {
            let target = y - step
            guard bounds.rows.contains(target) else { continue }
            let above = target > bounds.y0 ? target - 1 : target + 1
            let below = target + 1 < bounds.y1 ? target + 1 : target - 1
            unsafe Filter.lift(step: step, row(target), above: row(above), below: row(below), count: bounds.width)
        }
    }

    /// Filters the rows before `end`, which are finished, horizontally (HOR_SD, F.4.5).
    private func finish(before end: Int) {
        while outgoing < end {
            let y = outgoing
            outgoing += 1
            let isLow = y & 1 == 0
            let right: UnsafeMutablePointer<Filter.Sample>
            let left: UnsafeMutablePointer<Filter.Sample>
            if isLow {
                unsafe left = lower.map { unsafe $0.nextRow } ?? low.base + lows * low.stride
                unsafe right = high[0].base + lows * high[0].stride
                lows += 1
            } else {
                unsafe left = high[1].base + highs * high[1].stride
                unsafe right = high[2].base + highs * high[2].stride
                highs += 1
            }
            unsafe filter(row(y), left, right)
            if isLow { lower?.takeRow() }
        }
    }

    private func filter(
        _ samples: UnsafeMutablePointer<Filter.Sample>, _ left: UnsafeMutablePointer<Filter.Sample>,
        _ right: UnsafeMutablePointer<Filter.Sample>
    ) {
        let startsOdd = bounds.x0 & 1 == 1
        if bounds.width > 1 {
            unsafe Filter.row(samples, startsOdd: startsOdd, count: bounds.width, low: left, high: right)
        } else if startsOdd {
            unsafe right[0] = samples[0]
            unsafe Filter.double(right, count: 1)
        } else {
            unsafe left[0] = samples[0]
        }
    }
}
