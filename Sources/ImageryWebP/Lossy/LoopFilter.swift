// Smoothing across the edges of blocks (RFC 6386 section 15).

/// How one macroblock is filtered.
struct FilterStrength {
    var level: Int32
    /// Differences inside a block that an edge may lie between.
    var interior: Int32
    /// From here on a difference next to an edge counts as detail.
    var detail: Int32

    /// Nil when `level` is 0: no filter.
    init?(level: Int, sharpness: Int) {
        guard level > 0 else { return nil }
        var interior = level
        if sharpness > 0 { interior = min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness) }
        self.level = Int32(level)
        self.interior = Int32(max(1, interior))
        detail = level >= 40 ? 2 : level >= 15 ? 1 : 0
    }

    /// What the difference at an edge between macroblocks may be at most.
    var outer: Int32 { 2 * (level + 2) + interior }
    /// The same between blocks of a macroblock.
    var inner: Int32 { 2 * level + interior }
}

/// Filters `count` places along an edge; `across` leads from the left or upper side over it, `along` to the next place.
@unsafe
private struct Edge {
    var target: UnsafeMutablePointer<UInt8>
    var across: Int
    var along: Int
    var count: Int
}

/// Filters the edges of one macroblock of a frame that has the simple filter.
func filterSimply(
    _ luma: UnsafeMutablePointer<UInt8>, _ stride: Int, _ strength: FilterStrength, column: Int, row: Int, hasInner: Bool
) {
    for isUpright in [true, false] {
        let (across, along) = isUpright ? (1, stride) : (stride, 1)
        for place in 0..<4 {
            guard place == 0 ? (isUpright ? column : row) > 0 : hasInner else { continue }
            let edge = unsafe Edge(target: luma + 4 * place * across, across: across, along: along, count: 16)
            unsafe filterSimply(edge, place == 0 ? strength.outer : strength.inner)
        }
    }
}

/// Filters the edges of one macroblock of one plane; `size` is 16 for luma and 8 for chroma.
func filterNormally(
    _ plane: UnsafeMutablePointer<UInt8>, _ stride: Int, size: Int, _ strength: FilterStrength, column: Int, row: Int,
    hasInner: Bool
) {
    for isUpright in [true, false] {
        let (across, along) = isUpright ? (1, stride) : (stride, 1)
        for place in 0..<size / 4 {
            guard place == 0 ? (isUpright ? column : row) > 0 : hasInner else { continue }
            let edge = unsafe Edge(target: plane + 4 * place * across, across: across, along: along, count: size)
            unsafe filterNormally(edge, strength, isOuter: place == 0)
        }
    }
}

private func filterSimply(_ edge: Edge, _ limit: Int32) {
    let across = unsafe edge.across
    for index in unsafe 0..<edge.count {
        let place = unsafe edge.target + index * edge.along
        let (p1, p0) = unsafe (Int32(place[-2 * across]), Int32(place[-across]))
        let (q0, q1) = unsafe (Int32(place[0]), Int32(place[across]))
        guard 2 * abs(p0 - q0) + abs(p1 - q1) >> 1 <= limit else { continue }
        let (f1, f2) = steps(signed(signed(p1 - q1) + 3 * (q0 - p0)))
        unsafe place[-across] = clamped(p0 + f2)
        unsafe place[0] = clamped(q0 - f1)
    }
}

private func filterNormally(_ edge: Edge, _ strength: FilterStrength, isOuter: Bool) {
    let across = unsafe edge.across
    let limit = isOuter ? strength.outer : strength.inner
    let (interior, detail) = (strength.interior, strength.detail)
    for index in unsafe 0..<edge.count {
        let place = unsafe edge.target + index * edge.along
        let (p3, p2) = unsafe (Int32(place[-4 * across]), Int32(place[-3 * across]))
        let (p1, p0) = unsafe (Int32(place[-2 * across]), Int32(place[-across]))
        let (q0, q1) = unsafe (Int32(place[0]), Int32(place[across]))
        let (q2, q3) = unsafe (Int32(place[2 * across]), Int32(place[3 * across]))
        guard 2 * abs(p0 - q0) + abs(p1 - q1) >> 1 <= limit, abs(p3 - p2) <= interior, abs(p2 - p1) <= interior,
            abs(p1 - p0) <= interior, abs(q3 - q2) <= interior, abs(q2 - q1) <= interior, abs(q1 - q0) <= interior
        else { continue }
        if abs(p1 - p0) > detail || abs(q1 - q0) > detail {
            let (f1, f2) = steps(signed(signed(p1 - q1) + 3 * (q0 - p0)))
            unsafe place[-across] = clamped(p0 + f2)
            unsafe place[0] = clamped(q0 - f1)
        } else if isOuter {
            let a = signed(signed(p1 - q1) + 3 * (q0 - p0))
            let (t0, t1, t2) = ((27 * a + 63) >> 7, (18 * a + 63) >> 7, (9 * a + 63) >> 7)
            unsafe place[-3 * across] = clamped(p2 + t2)
            unsafe place[-2 * across] = clamped(p1 + t1)
            unsafe place[-across] = clamped(p0 + t0)
            unsafe place[0] = clamped(q0 - t0)
            unsafe place[across] = clamped(q1 - t1)
            unsafe place[2 * across] = clamped(q2 - t2)
        } else {
            let (f1, f2) = steps(signed(3 * (q0 - p0)))
            let t = (f1 + 1) >> 1
            unsafe place[-2 * across] = clamped(p1 + t)
            unsafe place[-across] = clamped(p0 + f2)
            unsafe place[0] = clamped(q0 - f1)
            unsafe place[across] = clamped(q1 - t)
        }
    }
}

/// What is taken from the sample behind an edge, and given to the one before.
@inline(__always)
private func steps(_ a: Int32) -> (Int32, Int32) { (signed(a + 4) >> 3, signed(a + 3) >> 3) }

@inline(__always)
private func signed(_ value: Int32) -> Int32 { max(-128, min(127, value)) }
