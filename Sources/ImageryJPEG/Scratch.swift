// Working memory of the stages.

import ImageryBase

/// Uninitialised memory whose size the stage that asks for it has checked; throws kind limit when it cannot be had.
///
/// Not synchronised: whoever shares it between threads gives each its own part.
@safe
struct Scratch: @unchecked Sendable {
    private let storage: Raster
    let base: UnsafeMutableRawPointer
    let byteCount: Int

    init(byteCount: Int) throws(ImageryError) {
        storage = try Raster(.uint8, shape: Shape(bands: 1, rows: 1, columns: max(1, byteCount)))
        unsafe base = storage.destination.base
        self.byteCount = byteCount
    }

    var bytes: UnsafeMutablePointer<UInt8> { unsafe base.assumingMemoryBound(to: UInt8.self) }
}
