// From a block's coefficients to its samples in the planes.

import ImageryKernels

/// Which inverse DCT the planes of a read take.
struct BlockTransform {
    var precision: Int

    /// Writes the samples of a block; `stride` counts bytes. `size` is
    /// the number of samples on a side: 8, 4, 2 or 1. `isFlat`: it has no coefficient but the first.
    @inline(__always)
    func write(
        _ block: UnsafePointer<Int16>, _ quantisers: UnsafePointer<UInt16>, size: Int, isFlat: Bool,
        into target: UnsafeMutableRawPointer,
        stride: Int
    ) {
        if precision == 8 {
            let target = unsafe target.assumingMemoryBound(to: UInt8.self)
            if size != 8 {
                unsafe JPEGTransform.reduced8(block, quantisers, size: size, into: target, stride: stride)
            } else if isFlat {
                unsafe JPEGTransform.flat8(block[0], quantisers[0], into: target, stride: stride)
            } else {
                unsafe JPEGTransform.inverse8(block, quantisers, into: target, stride: stride)
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
