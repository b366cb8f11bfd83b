// T.800 F.3.2 and F.3.4: sub-band rows in, finished rows of the region out.

import ImageryBase

/// The inverse transform of one tile-component. For one thread; regions that lie side by side can be transformed by several, with the
/// same samples as by one.
final class Synthesis<Filter: Lifting> {
    private let geometry: SynthesisGeometry
    private let source: any SubbandRows
    private let finest: SynthesisLevel<Filter>?
    private let memory: Scratch
    private let lowestFactor: Float
    private var row: Int

    /// `step` is the step size of a sub-band (``Quantiser``); the 5/3 filter does not use it.
    init(
        _ geometry: SynthesisGeometry, source: any SubbandRows,
        step: (_ level: Int, _ orientation: SubbandOrientation) -> Double
    ) throws(ImageryError) {
        self.geometry = geometry
        self.source = source
        // Lines of a cache between rows, so that rows whose length is a power of two do not share its sets.
        let unit = MemoryLayout<Filter.Sample>.stride
        func rowBytes(_ level: SynthesisGeometry.Level) -> Int { ((level.computed.columns.count * unit + 63) & ~63) + 192 }
        let halfBytes = geometry.levels.first.map { rowBytes($0) } ?? ((geometry.region.columns.count * unit + 63) & ~63)
        memory = try Scratch(byteCount: geometry.levels.reduce(2 * halfBytes) { $0 + 8 * rowBytes($1) })
        // The halves come first and are shared: a level is done with them before it returns.
        var offset = 2 * halfBytes
        var lower: SynthesisLevel<Filter>?
        var gain = geometry.levels.reduce(1) { $0 * Filter.gain($1.bounds, .ll) }
        lowestFactor = Float(step(geometry.decompositionLevels, .ll) * gain)
        for level in geometry.levels.reversed() {
            gain /= Filter.gain(level.bounds, .ll)
            func factor(_ orientation: SubbandOrientation) -> Float {
                Float(step(level.number, orientation) * gain * Filter.gain(level.bounds, orientation))
            }
            lower = unsafe SynthesisLevel(
                level, wanted: Self.wanted(of: level, in: geometry), lower: lower, source: source,
                factors: (lowestFactor, factor(.hl), factor(.lh), factor(.hh)),
                rows: (memory.base + offset).assumingMemoryBound(to: Filter.Sample.self), stride: rowBytes(level) / unit,
                halves: (
                    memory.base.assumingMemoryBound(to: Filter.Sample.self),
                    (memory.base + halfBytes).assumingMemoryBound(to: Filter.Sample.self)
                ))
            offset += 8 * rowBytes(level)
        }
        finest = lower
        row = geometry.region.rows.lowerBound
    }

    private static func wanted(of level: SynthesisGeometry.Level, in geometry: SynthesisGeometry) -> Area {
        guard let index = geometry.levels.firstIndex(where: { $0.number == level.number }), index > 0 else {
            return geometry.region
        }
        return SynthesisGeometry.halved(geometry.levels[index - 1].computed, .ll)
    }

    /// The next row of the region, which has `region.columns.count` samples; good until the next call. There are as many as the region
    /// has rows.
    func nextRow() throws(ImageryError) -> UnsafePointer<Filter.Sample> {
        if let finest { return unsafe try finest.nextRow() }
        defer { row += 1 }
        let columns = geometry.region.columns
        let coefficients = unsafe try source.row(
            level: geometry.decompositionLevels, orientation: .ll, row: row, columns: columns)
        let samples = unsafe memory.base.assumingMemoryBound(to: Filter.Sample.self)
        unsafe Filter.dequantise(coefficients, factor: lowestFactor, count: columns.count, into: samples)
        return unsafe UnsafePointer(samples)
    }
}

/// One decomposition level: makes rows of its resolution out of rows of the next lower one and of HL, LH and HH (2D_SR, F.3.2).
@safe
final class SynthesisLevel<Filter: Lifting> {
    private let level: SynthesisGeometry.Level
    private let wanted: Area
    private let lower: SynthesisLevel?
    private let source: any SubbandRows
    private let factors: (ll: Float, hl: Float, lh: Float, hh: Float)
    /// Row y is at `rows + (y & 7) * stride`.
    private let rows: UnsafeMutablePointer<Filter.Sample>
    private let stride: Int
    private let halves: (low: UnsafeMutablePointer<Filter.Sample>, high: UnsafeMutablePointer<Filter.Sample>)
    /// The next row that comes in, the row before which all are finished, the next row that is given out.
    private var incoming: Int
    private var finished: Int
    private var outgoing: Int

    init(
        _ level: SynthesisGeometry.Level, wanted: Area, lower: SynthesisLevel?, source: any SubbandRows,
        factors: (ll: Float, hl: Float, lh: Float, hh: Float), rows: UnsafeMutablePointer<Filter.Sample>, stride: Int,
        halves: (low: UnsafeMutablePointer<Filter.Sample>, high: UnsafeMutablePointer<Filter.Sample>)
    ) {
        self.level = level
        self.wanted = wanted
        self.lower = lower
        self.source = source
        self.factors = factors
        unsafe self.rows = unsafe rows
        self.stride = stride
        unsafe self.halves = unsafe halves
        incoming = level.computed.rows.lowerBound
        finished = incoming
        outgoing = wanted.rows.lowerBound
    }

    func nextRow() throws(ImageryError) -> UnsafePointer<Filter.Sample> {
        while finished <= outgoing { try takeRow() }
        defer { outgoing += 1 }
        return unsafe UnsafePointer(row(outgoing) + (wanted.columns.lowerBound - level.computed.columns.lowerBound))
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
            if y & 1 == 1 { unsafe Filter.halve(row(y), count: level.computed.columns.count) }
            finished = end
            return
        }
        if y & 1 == 1 { lift(upTo: y) }
        finished = max(finished, y & 1 == 1 ? y + 2 - Filter.steps : finished)
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
        let columns = level.computed.columns
        let samples = unsafe row(y)
        let low = SynthesisGeometry.halved(Area(columns: columns, rows: y..<y), .ll).columns
        let high = SynthesisGeometry.halved(Area(columns: columns, rows: y..<y), .hl).columns
        if y & 1 == 0, let lower {
            if !low.isEmpty {
                unsafe halves.low.update(from: try lower.nextRow(), count: low.count)
            }
        } else if !low.isEmpty {
            unsafe try take(y & 1 == 0 ? .ll : .lh, y, low, y & 1 == 0 ? factors.ll : factors.lh, halves.low)
        }
        if !high.isEmpty {
            unsafe try take(y & 1 == 0 ? .hl : .hh, y, high, y & 1 == 0 ? factors.hl : factors.hh, halves.high)
        }
        if level.bounds.columns.count == 1 {
            let odd = columns.lowerBound & 1 == 1
            unsafe samples[0] = odd ? halves.high[0] : halves.low[0]
            if odd { unsafe Filter.halve(samples, count: 1) }
        } else {
            unsafe Filter.row(
                low: halves.low, high: halves.high, startsOdd: columns.lowerBound & 1 == 1, count: columns.count, into: samples)
        }
    }

    private func take(
        _ orientation: SubbandOrientation, _ y: Int, _ columns: Range<Int>, _ factor: Float,
        _ samples: UnsafeMutablePointer<Filter.Sample>
    ) throws(ImageryError) {
        let coefficients = unsafe try source.row(level: level.number, orientation: orientation, row: y >> 1, columns: columns)
        unsafe Filter.dequantise(coefficients, factor: factor, count: columns.count, into: samples)
    }

    /// Lifting step s on row y - s for all steps: each has both neighbours as the step before left them.
    private func lift(upTo y: Int) {
        let all = level.computed.rows
        for step in 1...Filter.steps {
            let target = y - step
            guard all.contains(target) else { continue }
            let above = target > all.lowerBound ? target - 1 : target + 1
            let below = target + 1 < all.upperBound ? target + 1 : target - 1
            unsafe Filter.lift(
                step: step, row(target), above: row(above), below: row(below), count: level.computed.columns.count)
        }
    }
}
