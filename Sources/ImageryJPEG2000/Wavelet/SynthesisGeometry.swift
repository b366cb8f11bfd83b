// T.800 Annex F: the inverse wavelet transform of one tile-component, row by row.
//
// Each decomposition level is a `SynthesisLevel` that pulls rows: even ones out of the level below it (or the LL sub-band) and HL,
// odd ones out of LH and HH. A row is filtered horizontally as it comes (HOR_SR, F.3.5), then takes part in the vertical lifting
// (VER_SR, F.3.4) of the few rows before it; in that order, as F.3.2 has it, since the 5/3 filter rounds. Only eight rows a level
// are kept, so memory follows the width of the region.
//
// A region is transformed as if the tile ended a few samples beyond it: lifting step k can only spoil k samples at an end that is
// none.

import ImageryBase

/// The columns and rows of a rectangle, in coordinates of a resolution or of a sub-band (B-15).
struct Area: Hashable, Sendable {
    var columns: Range<Int>
    var rows: Range<Int>

    var isEmpty: Bool { columns.isEmpty || rows.isEmpty }
}

/// Where one tile-component's coefficients come from: the decoded code-blocks.
protocol SubbandRows: AnyObject {
    /// The coefficients of row `row` from column `columns.lowerBound` on, or nil when all of them are zero: Int32, or Int64 for
    /// filters whose coefficients are that.
    ///
    /// Asked once for each row that ``SynthesisGeometry/area(level:orientation:)`` names, in rising order within a sub-band. `row`
    /// and `columns` are coordinates of the sub-band; the memory is left alone until the next row of the same sub-band is asked
    /// for. (Untyped memory: Swift 6.3.1's optimiser crashes on an associated type here.)
    func row(level: Int, orientation: SubbandOrientation, row: Int, columns: Range<Int>) throws(ImageryError) -> UnsafeRawPointer?
}

/// What has to be computed at each decomposition level for a region of one tile-component.
struct SynthesisGeometry: Sendable {
    /// One decomposition level: what it makes.
    struct Level: Sendable {
        /// n_b of its sub-bands, 1 for the finest (B.5).
        let number: Int
        /// The whole tile-component at the resolution that the level makes.
        let bounds: Area
        /// What is computed of it: the region that is wanted and as many samples around it as the filter spoils.
        let computed: Area
    }

    /// The levels in the order in which they are undone: the coarsest is last.
    let levels: [Level]
    /// The rectangle that is wanted, at the wanted resolution.
    let region: Area
    /// N_L.
    let decompositionLevels: Int
    private let lowest: Area
    private let margin: Int

    /// Lifting steps of the filter: as many samples beside a region are needed, and as many rows below one that is finished.
    static func margin(reversible: Bool) -> Int { reversible ? 2 : 4 }

    /// `bounds` is the tile-component (B-14) at the resolution that leaves out the `reduction` finest of `decompositionLevels`
    /// levels; `region`, not empty, lies in it.
    init(bounds: Area, region: Area, decompositionLevels: Int, reduction: Int, reversible: Bool) {
        let margin = Self.margin(reversible: reversible)
        var levels: [Level] = []
        var area = region
        var whole = bounds
        for number in reduction + 1..<max(reduction, decompositionLevels) + 1 {
            let computed = Area(
                columns: Self.widened(area.columns, margin, whole.columns), rows: Self.widened(area.rows, margin, whole.rows))
            levels.append(Level(number: number, bounds: whole, computed: computed))
            area = Self.halved(computed, .ll)
            whole = Self.halved(whole, .ll)
        }
        self.levels = levels
        self.margin = margin
        self.region = region
        self.decompositionLevels = decompositionLevels
        lowest = area
    }

    /// The rows and columns of a sub-band that the region needs, in the sub-band's coordinates: all that ``SubbandRows`` will be
    /// asked for. `level` is n_b; LL has that of the coarsest level. Empty for sub-bands that the reduction leaves out.
    func area(level: Int, orientation: SubbandOrientation) -> Area {
        if orientation == .ll {
            return level == decompositionLevels ? lowest : Area(columns: 0..<0, rows: 0..<0)
        }
        guard let found = levels.first(where: { $0.number == level }) else { return Area(columns: 0..<0, rows: 0..<0) }
        return Self.halved(found.computed, orientation)
    }

    /// The rows of a sub-band (in its coordinates) that are asked for before the region's row `end - 1` is finished: what a source
    /// that decodes ahead needs to have by then.
    func rowsNeeded(level: Int, orientation: SubbandOrientation, before end: Int) -> Range<Int> {
        let all = area(level: level, orientation: orientation).rows
        var end = end
        for step in levels {
            // Rows come in pairs that end with an odd one, of which each lifting step holds back one row.
            end = min(step.computed.rows.upperBound, (end + margin) & ~1)
            if step.number == level, orientation != .ll {
                end = Self.half(end, high: orientation != .hl)
                break
            }
            end = Self.half(end, high: false)
        }
        return all.lowerBound..<max(all.lowerBound, min(all.upperBound, end))
    }

    /// The part of a sub-band that an area is made of (B-15 with one level).
    static func halved(_ area: Area, _ orientation: SubbandOrientation) -> Area {
        let right = orientation == .hl || orientation == .hh
        let below = orientation == .lh || orientation == .hh
        return Area(
            columns: half(area.columns.lowerBound, high: right)..<half(area.columns.upperBound, high: right),
            rows: half(area.rows.lowerBound, high: below)..<half(area.rows.upperBound, high: below))
    }

    private static func half(_ coordinate: Int, high: Bool) -> Int { high ? coordinate >> 1 : (coordinate + 1) >> 1 }

    private static func widened(_ range: Range<Int>, _ margin: Int, _ bounds: Range<Int>) -> Range<Int> {
        max(bounds.lowerBound, range.lowerBound - margin)..<min(bounds.upperBound, range.upperBound + margin)
    }
}
