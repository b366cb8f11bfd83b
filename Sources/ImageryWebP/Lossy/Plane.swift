// Samples of one component with the borders that predictions read (RFC 6386 section 12.2).

import ImageryBase
import ImageryPlumbing

/// A plane of whole macroblocks. Above it lie 127s, left of it 129s.
@safe
struct Plane {
    /// The first sample.
    let origin: UnsafeMutablePointer<UInt8>
    let stride: Int
    private let memory: Scratch

    private static let margin = 16

    init(columns: Int, rows: Int) throws(ImageryError) {
        stride = columns + 2 * Self.margin
        memory = try Scratch(byteCount: stride * (rows + 1))
        let base = unsafe memory.bytes
        unsafe base.update(repeating: 127, count: stride)
        unsafe origin = base + stride + Self.margin
        for row in 0..<rows { unsafe origin[row * stride - 1] = 129 }
    }
}
