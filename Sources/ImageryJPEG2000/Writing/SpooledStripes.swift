// Rows of tiles that are wanted several times, of a source that is read once.

import ImageryBase
import ImageryPlumbing

/// The pixels of all rows of tiles. A single one stays in memory, several wait in a temporary file.
struct SpooledStripes {
    private let spool: Spool?
    /// Where each of them begins in the spool.
    private var starts: [Int] = []
    /// The last one that was asked for.
    private var current: (row: Int, pixels: Raster)

    /// Reads them, from the top down: `region` is that of a row, `read` gives its pixels in all bands.
    init(_ count: Int, _ region: (Int) -> Window, _ read: (Window) throws -> Raster) throws {
        current = (0, try read(region(0)))
        guard count > 1 else {
            spool = nil
            return
        }
        let spool = try Spool()
        for row in 0..<count {
            if row > 0 { current = (row, try read(region(row))) }
            starts.append(spool.byteCount)
            try current.pixels.withBytes { try spool.append($0) }
        }
        self.spool = spool
    }

    /// The pixels of a row whose region is `region`, until the next call.
    mutating func pixels(_ row: Int, _ region: Window) throws -> Raster {
        guard let spool, current.row != row else { return current.pixels }
        let shape = Shape(bands: current.pixels.shape.bands, rows: region.height, columns: region.width)
        // The memory serves again: nobody needs the row that was asked for before.
        if current.pixels.shape != shape { current.pixels = try Raster(current.pixels.pixelType, shape: shape) }
        current.row = row
        try spool.copy(starts[row]..<starts[row] + current.pixels.byteCount, to: RasterSink(current.pixels))
        return current.pixels
    }
}

/// Puts the bytes of a raster where they belong, in order.
private final class RasterSink: ByteSink {
    private let raster: Raster
    private var count = 0

    init(_ raster: Raster) { self.raster = raster }

    var canPatch: Bool { false }

    func append(_ bytes: RawSpan) {
        let room = raster.byteCount - count
        unsafe bytes.withUnsafeBytes { source in
            guard let start = source.baseAddress, source.count <= room else { return }
            unsafe (raster.destination.base + count).copyMemory(from: start, byteCount: source.count)
            count += source.count
        }
    }

    // A spool only appends.
    func patch(_ bytes: RawSpan, at offset: Int) {}
    func extend(by count: Int) {}
}
