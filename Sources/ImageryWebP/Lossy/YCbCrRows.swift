// From luma and chroma to red, green and blue, with chroma between its samples as the reference decoder has it.

/// Rows of pixels from the planes of a frame.
@safe
struct YCbCrRows {
    private let luma: Plane
    private let blue: Plane
    private let red: Plane
    private let columns: Int
    private let chromaRows: Int

    init(_ luma: Plane, _ blue: Plane, _ red: Plane, columns: Int, rows: Int) {
        self.luma = luma
        self.blue = blue
        self.red = red
        self.columns = columns
        chromaRows = (rows + 1) / 2
    }

    /// Writes row `row` of the frame to `output`.
    ///
    /// In bounds: the planes were made for all rows that are written, and the chroma row below them.
    func write(_ row: Int, samples: Int, into output: UnsafeMutablePointer<UInt8>) {
        let line = unsafe luma.origin + row * luma.stride
        let near = row / 2
        // An odd row lies nearer to the next row of chroma than the one before does.
        let wanted = row & 1 == 1 ? near + 1 : near - 1
        let far = 0..<chromaRows ~= wanted ? wanted : near
        let u = unsafe (blue.origin + near * blue.stride, blue.origin + far * blue.stride)
        let v = unsafe (red.origin + near * red.stride, red.origin + far * red.stride)
        let last = (columns - 1) / 2
        var next = unsafe output
        for column in 0..<columns {
            let place = column / 2
            let side = column & 1 == 1 ? place + 1 : place - 1
            let cb, cr: Int32
            if 0...last ~= side {
                cb = unsafe Self.between(u.0, u.1, place, side)
                cr = unsafe Self.between(v.0, v.1, place, side)
            } else {
                cb = unsafe (3 * Int32(u.0[place]) + Int32(u.1[place]) + 2) >> 2
                cr = unsafe (3 * Int32(v.0[place]) + Int32(v.1[place]) + 2) >> 2
            }
            let y = unsafe Self.part(Int32(line[column]), 19077)
            unsafe next[0] = clamped((y + Self.part(cr, 26149) - 14234) >> 6)
            unsafe next[1] = clamped((y - Self.part(cb, 6419) - Self.part(cr, 13320) + 8708) >> 6)
            unsafe next[2] = clamped((y + Self.part(cb, 33050) - 17685) >> 6)
            if samples == 4 { unsafe next[3] = 255 }
            unsafe next += samples
        }
    }

    @inline(__always)
    private static func part(_ value: Int32, _ factor: Int32) -> Int32 { (value * factor) >> 8 }

    /// Chroma at a sample that is 9/16 of the nearest, 3/16 of each neighbour in row and column, 1/16 of the diagonal one.
    @inline(__always)
    private static func between(
        _ near: UnsafeMutablePointer<UInt8>, _ far: UnsafeMutablePointer<UInt8>, _ place: Int, _ side: Int
    ) -> Int32 {
        let (n, m) = unsafe (Int32(near[place]), Int32(near[side]))
        let (f, g) = unsafe (Int32(far[place]), Int32(far[side]))
        return ((n + m + f + g + 8 + 2 * (m + f)) >> 3 + n) >> 1
    }
}
