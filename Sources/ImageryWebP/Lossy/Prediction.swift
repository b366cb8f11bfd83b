// Predictions from neighbours and the transform of what is added to them (RFC 6386 sections 12 and 14).

/// Predicts a square of `size` samples at `target`, whose neighbours above and to the left are there or are borders.
func predictSquare(
    _ mode: SquareMode, _ target: UnsafeMutablePointer<UInt8>, _ stride: Int, size: Int, hasAbove: Bool, hasLeft: Bool
) {
    let above = unsafe target - stride
    switch mode {
    case .dc:
        var (sum, count) = (0, 0)
        if hasAbove {
            for column in 0..<size { unsafe sum += Int(above[column]) }
            count += size
        }
        if hasLeft {
            for row in 0..<size { unsafe sum += Int(target[row * stride - 1]) }
            count += size
        }
        let mean = count == 0 ? 128 : UInt8((sum + count / 2) / count)
        for row in 0..<size { unsafe (target + row * stride).update(repeating: mean, count: size) }
    case .vertical:
        for row in 0..<size { unsafe (target + row * stride).update(from: above, count: size) }
    case .horizontal:
        for row in 0..<size {
            let line = unsafe target + row * stride
            unsafe line.update(repeating: line[-1], count: size)
        }
    case .motion:
        unsafe predictMotion(target, stride, size: size)
    }
}

/// Left and above less their corner.
private func predictMotion(_ target: UnsafeMutablePointer<UInt8>, _ stride: Int, size: Int) {
    let above = unsafe target - stride
    let corner = unsafe Int32(above[-1])
    for row in 0..<size {
        let line = unsafe target + row * stride
        let base = unsafe Int32(line[-1]) - corner
        for column in 0..<size { unsafe line[column] = clamped(base + Int32(above[column])) }
    }
}

/// Predicts a block of 4 × 4 samples at `target`; `right` are the four samples above and to the right.
func predictBlock(
    _ mode: UInt8, _ target: UnsafeMutablePointer<UInt8>, _ stride: Int, right: UnsafePointer<UInt8>
) {
    let above = unsafe target - stride
    if mode == BlockMode.motion { return unsafe predictMotion(target, stride, size: 4) }
    if mode == BlockMode.dc {
        var sum = 4
        for index in 0..<4 { unsafe sum += Int(above[index]) + Int(target[index * stride - 1]) }
        for row in 0..<4 { unsafe (target + row * stride).update(repeating: UInt8(sum >> 3), count: 4) }
        return
    }
    // The edge from the lowest sample to the left, over the corner, to the last above; its ends are repeated.
    var edge = InlineArray<16, Int32>(repeating: 0)
    for index in 0..<4 {
        unsafe edge[5 - index] = Int32(target[index * stride - 1])
        unsafe edge[7 + index] = Int32(above[index])
        unsafe edge[11 + index] = Int32(right[index])
    }
    unsafe edge[6] = Int32(above[-1])
    edge[0] = edge[2]
    edge[1] = edge[2]
    edge[15] = edge[14]
    let table = 16 * (Int(mode) - 2)
    for row in 0..<4 {
        for column in 0..<4 {
            let place = Int(edgePlaces[table + 4 * row + column])
            let value =
                place < 0
                ? (edge[-place] + edge[1 - place] + 1) >> 1
                : (edge[place - 1] + 2 * edge[place] + edge[place + 1] + 2) >> 2
            unsafe target[row * stride + column] = UInt8(truncatingIfNeeded: value)
        }
    }
}

/// Where on the edge a sample comes from, for each mode from vertical on: the middle of a mean of three, or the first of two with a minus.
private let edgePlaces: [Int8] = [
    // Vertical, horizontal.
    7, 8, 9, 10, 7, 8, 9, 10, 7, 8, 9, 10, 7, 8, 9, 10,
    5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2,
    // Left and down, right and down.
    8, 9, 10, 11, 9, 10, 11, 12, 10, 11, 12, 13, 11, 12, 13, 14,
    6, 7, 8, 9, 5, 6, 7, 8, 4, 5, 6, 7, 3, 4, 5, 6,
    // Vertical to the right, to the left.
    -6, -7, -8, -9, 6, 7, 8, 9, 5, -6, -7, -8, 4, 6, 7, 8,
    -7, -8, -9, -10, 8, 9, 10, 11, -8, -9, -10, 12, 9, 10, 11, 13,
    // Horizontal down, up.
    -5, 6, 7, 8, -4, 5, -5, 6, -3, 4, -4, 5, -2, 3, -3, 4,
    -4, 4, -3, 3, -3, 3, -2, 2, -2, 2, 1, 1, 1, 1, 1, 1,
]

@inline(__always)
func clamped(_ value: Int32) -> UInt8 { UInt8(truncatingIfNeeded: max(0, min(255, value))) }

/// Adds the inverse cosine transform of a block to its prediction and clears it (section 14.4).
func addResidual(_ block: UnsafeMutablePointer<Int16>, _ target: UnsafeMutablePointer<UInt8>, _ stride: Int) {
    var values = InlineArray<16, Int32>(repeating: 0)
    for column in 0..<4 {
        let c = unsafe (
            Int32(block[column]), Int32(block[column + 4]), Int32(block[column + 8]), Int32(block[column + 12])
        )
        let lines = transformed(c)
        values[column] = lines.0
        values[column + 4] = lines.1
        values[column + 8] = lines.2
        values[column + 12] = lines.3
    }
    for row in 0..<4 {
        let start = 4 * row
        let line = unsafe target + row * stride
        let samples = transformed((values[start] + 4, values[start + 1], values[start + 2], values[start + 3]))
        unsafe line[0] = clamped(Int32(line[0]) + samples.0 >> 3)
        unsafe line[1] = clamped(Int32(line[1]) + samples.1 >> 3)
        unsafe line[2] = clamped(Int32(line[2]) + samples.2 >> 3)
        unsafe line[3] = clamped(Int32(line[3]) + samples.3 >> 3)
    }
    unsafe block.update(repeating: 0, count: 16)
}

/// One dimension of the inverse transform. Coefficients of 16 bits keep all sums within 32.
@inline(__always)
private func transformed(_ c: (Int32, Int32, Int32, Int32)) -> (Int32, Int32, Int32, Int32) {
    let (a, b) = (c.0 &+ c.2, c.0 &- c.2)
    let odd = (c.1 &* 35468) >> 16 &- c.3 &- (c.3 &* 20091) >> 16
    let even = c.1 &+ (c.1 &* 20091) >> 16 &+ (c.3 &* 35468) >> 16
    return (a &+ even, b &+ odd, b &- odd, a &- even)
}
