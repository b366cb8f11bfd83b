// T.800 F.3.2 and F.3.4: sub-band rows in, finished rows of the region out.

import ImageryBase
import ImageryPlumbing

/// The inverse transform of one tile-component. For one thread; regions that lie side by side can be transformed by several, with
/// the same samples as by one.
@safe
final class Synthesis<Filter: Lifting> {
    private let geometry: SynthesisGeometry
    private let source: any SubbandRows
    private let finest: SynthesisLevel<Filter>?
    private let memory: Scratch
    private let samples: UnsafeMutablePointer<Filter.Sample>
    private let zeros: UnsafeRawPointer
    private let lowestFactor: Double
    private var row: Int

    /// `step` is the step size of a sub-band (``Quantiser``); the 5/3 filter does not use it.
    init(
        _ geometry: SynthesisGeometry, source: any SubbandRows,
        step: (_ level: Int, _ orientation: SubbandOrientation) -> Double
    ) throws(ImageryError) {
        self.geometry = geometry
        self.source = source
        let unit = MemoryLayout<Filter.Sample>.stride
        func rowBytes(_ count: Int) -> Int { (count * unit + 63) & ~63 }
        // Some lines of a cache more, so that rows whose length is a power of two do not share its sets.
        func stride(_ level: SynthesisGeometry.Level) -> Int { rowBytes(level.computed.columns.count) + 192 }
        let widest = (geometry.levels.first?.computed ?? geometry.region).columns.count
        // Zeros of either kind, coefficients or samples; then what a row is filtered in, or put in when there is no level.
        let zeroBytes = rowBytes(widest)
        let scratchBytes = rowBytes(max(widest, Filter.scratchCount(count: widest)))
        memory = try Scratch(byteCount: geometry.levels.reduce(zeroBytes + scratchBytes) { $0 + 8 * stride($1) })
        unsafe memory.base.initializeMemory(as: UInt8.self, repeating: 0, count: zeroBytes)
        let zeros = unsafe UnsafeRawPointer(memory.base)
        let scratch = unsafe (memory.base + zeroBytes).assumingMemoryBound(to: Filter.Sample.self)
        var offset = zeroBytes + scratchBytes

        var gain = geometry.levels.reduce(1) { $0 * Filter.gain($1.bounds, .ll) }
        let lowestFactor = step(geometry.decompositionLevels, .ll) * gain
        var lower: SynthesisLevel<Filter>?
        for (index, level) in geometry.levels.enumerated().reversed() {
            gain /= Filter.gain(level.bounds, .ll)
            func factor(_ orientation: SubbandOrientation) -> Double {
                step(level.number, orientation) * gain * Filter.gain(level.bounds, orientation)
            }
            lower = unsafe SynthesisLevel(
                level,
                wanted: index == 0 ? geometry.region : SynthesisGeometry.halved(geometry.levels[index - 1].computed, .ll),
                lower: lower, source: source, factors: (lowestFactor, factor(.hl), factor(.lh), factor(.hh)),
                rows: (memory.base + offset).assumingMemoryBound(to: Filter.Sample.self), stride: stride(level) / unit,
                zeros: zeros, scratch: scratch)
            offset += 8 * stride(level)
        }
        finest = lower
        self.lowestFactor = lowestFactor
        unsafe self.zeros = unsafe zeros
        unsafe samples = unsafe scratch
        row = geometry.region.rows.lowerBound
    }

    /// The next row of the region, which has `region.columns.count` samples; good until the next call. There are as many as the
    /// region has rows.
    func nextRow() throws(ImageryError) -> UnsafePointer<Filter.Sample> {
        if let finest { return unsafe try finest.nextRow() }
        let columns = geometry.region.columns
        let found = unsafe try source.row(
            level: geometry.decompositionLevels, orientation: .ll, row: row, columns: columns)
        row += 1
        unsafe Filter.dequantise(
            SubbandNumbers(start: found ?? zeros, factor: lowestFactor), count: columns.count, into: samples)
        return unsafe UnsafePointer(samples)
    }
}

/// One decomposition level: makes rows of its resolution out of rows of the next lower one and of HL, LH and HH (2D_SR, F.3.2).
@safe
final class SynthesisLevel<Filter: Lifting> {
    private let level: SynthesisGeometry.Level
    private let wanted: Range<Int>
    /// The columns that are computed, and those of the halves that they are made of.
    private let columns: Range<Int>
    private let low: Range<Int>
    private let high: Range<Int>
    private let lower: SynthesisLevel?
    private let source: any SubbandRows
    private let factors: (ll: Double, hl: Double, lh: Double, hh: Double)
    /// Row y is at `rows + (y & 7) * stride`.
    private let rows: UnsafeMutablePointer<Filter.Sample>
    private let stride: Int
    private let zeros: UnsafeRawPointer
    private let scratch: UnsafeMutablePointer<Filter.Sample>
    /// The next row that comes in, the row before which all are finished, the next row that is given out.
    private var incoming: Int
    private var finished: Int
    private var outgoing: Int

    init(
        _ level: SynthesisGeometry.Level, wanted: Area, lower: SynthesisLevel?, source: any SubbandRows,
        factors: (ll: Double, hl: Double, lh: Double, hh: Double), rows: UnsafeMutablePointer<Filter.Sample>, stride: Int,
        zeros: UnsafeRawPointer, scratch: UnsafeMutablePointer<Filter.Sample>
    ) {
        self.level = level
        self.wanted = wanted.columns
        columns = level.computed.columns
        low = SynthesisGeometry.halved(level.computed, .ll).columns
        high = SynthesisGeometry.halved(level.computed, .hh).columns
        self.lower = lower
        self.source = source
        self.factors = factors
        unsafe self.rows = unsafe rows
        self.stride = stride
        unsafe self.zeros = unsafe zeros
        unsafe self.scratch = unsafe scratch
        incoming = level.computed.rows.lowerBound
        finished = incoming
        outgoing = wanted.rows.lowerBound
    }

    func nextRow() throws(ImageryError) -> UnsafePointer<Filter.Sample> {
        while finished <= outgoing { try takeRow() }
        let result = unsafe row(outgoing) + (wanted.lowerBound - columns.lowerBound)
        outgoing += 1
        return unsafe UnsafePointer(result)
    }

    @inline(__always)
    private func row(_ y: Int) -> UnsafeMutablePointer<Filter.Sample> { unsafe rows + (y & 7) * stride }

    /// Takes the next row in and does the lifting that it allows.
    private func takeRow() throws(ImageryError) {
        let y = incoming
        let end = level.computed.rows.upperBound
        try filterHorizontally(y)
        incoming += 1
        if level.bounds.rows.count == 1 {
            if y & 1 == 1 { unsafe Filter.halve(row(y), count: columns.count) }
            finished = end
            return
        }
        if y & 1 == 1 {
            lift(upTo: y)
            finished = max(finished, y + 2 - Filter.steps)
        }
        if incoming == end {
            // The rows that waited for neighbours that do not exist.
            var next = end | 1
            while next - Filter.steps < end {
                lift(upTo: next)
                next += 2
            }
            finished = end
        }
    }

    /// Makes row `y` of the interleaved coefficients and filters it (2D_INTERLEAVE and HOR_SR).
    private func filterHorizontally(_ y: Int) throws(ImageryError) {
        let isLow = y & 1 == 0
        let lowRow =
            if low.isEmpty {
                SubbandNumbers?.none
            } else if isLow, let lower {
                unsafe SubbandNumbers(start: try lower.nextRow(), factor: nil)
            } else {
                try take(isLow ? .ll : .lh, y, low, isLow ? factors.ll : factors.lh)
            }
        let highRow =
            high.isEmpty ? nil : try take(isLow ? .hl : .hh, y, high, isLow ? factors.hl : factors.hh)
        let samples = unsafe row(y)
        if lowRow == nil && highRow == nil {
            unsafe UnsafeMutableRawPointer(samples).copyMemory(
                from: zeros, byteCount: columns.count * MemoryLayout<Filter.Sample>.stride)
            return
        }
        let lowNumbers = unsafe lowRow ?? SubbandNumbers(start: zeros, factor: 0)
        let highNumbers = unsafe highRow ?? SubbandNumbers(start: zeros, factor: 0)
        let startsOdd = columns.lowerBound & 1 == 1
        guard level.bounds.columns.count == 1 else {
            return unsafe Filter.row(
                low: lowNumbers, high: highNumbers, startsOdd: startsOdd, count: columns.count, scratch: scratch, into: samples)
        }
        if startsOdd {
            unsafe Filter.dequantise(highNumbers, count: 1, into: samples)
            unsafe Filter.halve(samples, count: 1)
        } else if lowNumbers.factor == nil {
            unsafe samples[0] = lowNumbers.start.assumingMemoryBound(to: Filter.Sample.self)[0]
        } else {
            unsafe Filter.dequantise(lowNumbers, count: 1, into: samples)
        }
    }

    private func take(
        _ orientation: SubbandOrientation, _ y: Int, _ columns: Range<Int>, _ factor: Double
    ) throws(ImageryError) -> SubbandNumbers? {
        let found = unsafe try source.row(level: level.number, orientation: orientation, row: y >> 1, columns: columns)
        guard let found = unsafe found else { return nil }
        return unsafe SubbandNumbers(start: found, factor: factor)
    }

    /// Lifting step s on row y - s for all steps: each has both neighbours as the step before left them.
    private func lift(upTo y: Int) {
        let all = level.computed.rows
        if y < all.upperBound && y - Filter.steps > all.lowerBound {
            return unsafe Filter.liftAll({ unsafe row(y - $0) }, count: columns.count)
        }
        for step in 1...Filter.steps {
            let target = y - step
            guard all.contains(target) else { continue }
            let above = target > all.lowerBound ? target - 1 : target + 1
            let below = target + 1 < all.upperBound ? target + 1 : target - 1
            unsafe Filter.lift(step: step, row(target), above: row(above), below: row(below), count: columns.count)
        }
    }
}
