// Rectangles of the reference grid, of components, resolutions and sub-bands (T.800 B.2, B.3, B.5).

import ImageryBase
import ImageryPlumbing

extension Area {
    /// The area x0 <= x < x1, y0 <= y < y1; empty, at (x0, y0), when there is none. Coordinates are not negative and fit 33 bits.
    init(x0: Int, y0: Int, x1: Int, y1: Int) {
        self.init(columns: x0..<max(x0, x1), rows: y0..<max(y0, y1))
    }

    var x0: Int { columns.lowerBound }
    var y0: Int { rows.lowerBound }
    var x1: Int { columns.upperBound }
    var y1: Int { rows.upperBound }
    var width: Int { columns.count }
    var height: Int { rows.count }

    func intersection(_ other: Area) -> Area {
        Area(x0: max(x0, other.x0), y0: max(y0, other.y0), x1: min(x1, other.x1), y1: min(y1, other.y1))
    }

    /// The area of a component with separations `dx` and `dy` (B-2, B-12).
    func subsampled(_ dx: Int, _ dy: Int) -> Area {
        Area(x0: ceilDivide(x0, dx), y0: ceilDivide(y0, dy), x1: ceilDivide(x1, dx), y1: ceilDivide(y1, dy))
    }

    /// The area at 1/2^levels (B-14).
    func reduced(_ levels: Int) -> Area {
        Area(x0: ceilShift(x0, levels), y0: ceilShift(y0, levels), x1: ceilShift(x1, levels), y1: ceilShift(y1, levels))
    }

    /// The area of a sub-band of decomposition level `level` (B-15).
    func subband(level: Int, _ orientation: SubbandOrientation) -> Area {
        guard level > 0 else { return self }
        let highX = orientation == .hl || orientation == .hh
        let highY = orientation == .lh || orientation == .hh
        func edge(_ value: Int, _ isHigh: Bool) -> Int {
            ceilShift(isHigh ? max(0, value - 1 << (level - 1)) : value, level)
        }
        return Area(x0: edge(x0, highX), y0: edge(y0, highY), x1: edge(x1, highX), y1: edge(y1, highY))
    }
}
