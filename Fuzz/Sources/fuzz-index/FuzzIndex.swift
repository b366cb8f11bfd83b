import FuzzSupport
import Imagery
import ImageryIndex

/// The index of where blocks lie, of any file: each range is inside of the file, absent blocks are absent in the image, and both texts can be
/// made, or an ImageryError says why not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzIndex(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = input(data, size)
    let format = Format(ofFuzzInput: bytes)
    guard let dataset = try? Dataset(bytes: bytes, format: format, options: fuzzOptions) else { return 0 }
    for image in dataset.images.prefix(3) {
        guard let index = try? TileIndex(of: dataset, image: image.key) else { continue }
        for level in index.levels { check(level.blocks, bytes.count) }
        guard index.levels.allSatisfy({ $0.blocks.count ?? .max <= 4_096 }) else { continue }
        _ = try? index.kerchunk(urls: ["u"])
        _ = try? index.zarr(urls: ["u"])
    }
    return 0
}

private func check(_ blocks: StoredBlocks, _ size: Int) {
    require(blocks.blockWidth > 0 && blocks.blockHeight > 0 && blocks.bandsPerBlock > 0, "blocks without samples")
    for row in [0, blocks.rows / 2, blocks.rows - 1] {
        for column in [0, blocks.columns - 1] {
            guard let block = try? blocks.find(BlockAddress(plane: blocks.planes - 1, row: row, column: column)) else { continue }
            guard case .ranges(let ranges) = block else { continue }
            for range in ranges {
                require(range.lowerBound >= 0 && range.upperBound <= size, "block (\(row), \(column)) lies outside of the file")
            }
        }
    }
}
