// From a block's coefficients to its samples in the planes.

import ImageryKernels

/// Which coefficients of a block may be other than zero.
enum BlockReach {
    /// The first only.
    case first
    /// Those of the first four columns of the first four rows.
    case corner
    case all

    /// All up to the place `last` in the zigzag sequence, whose first ten lie in the corner (T.81 figure A.6).
    @inline(__always)
    init(last: Int) { self = last == 0 ? .first : last < 10 ? .corner : .all }

    /// Those of a mask in row-major order.
    @inline(__always)
    init(mask: UInt64) { self = mask & ~1 == 0 ? .first : mask & ~0x0f0f_0f0f == 0 ? .corner : .all }
}

/// Which inverse DCT the planes of a read take.
struct BlockTransform {
    var precision: Int

    /// Writes the samples of a block; `stride` counts bytes. `size` is
    /// the number of samples on a side: 8, 4, 2 or 1.
    @inline(__always)
    func write(
        _ block: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, size: Int, reach: BlockReach,
        into target: UnsafeMutableRawPointer, stride: Int
    ) {
        if precision == 8 {
            let target = unsafe target.assumingMemoryBound(to: UInt8.self)
            if size != 8 {
                unsafe JPEGTransform.reduced8(block, quantisers, size: size, into: target, stride: stride)
            } else {
                switch reach {
                case .first: unsafe JPEGTransform.flat8(block[0], quantisers[0], into: target, stride: stride)
                case .corner: unsafe JPEGTransform.inverseCorner8(block, quantisers, into: target, stride: stride)
                case .all: unsafe JPEGTransform.inverse8(block, quantisers, into: target, stride: stride)
                }
            }
        } else {
            let target = unsafe target.assumingMemoryBound(to: UInt16.self)
            if size != 8 {
                unsafe JPEGTransform.reduced12(block, quantisers, size: size, into: target, stride: stride / 2)
            } else {
                unsafe JPEGTransform.inverse12(block, quantisers, into: target, stride: stride / 2)
            }
        }
    }
}
