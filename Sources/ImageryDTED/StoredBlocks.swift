// A cell as one block that other programs decode from its bytes (MIL-PRF-89020B 3.13).

import ImageryBase
import ImageryPlumbing

extension DTEDImage: StoredBlockSource {
    func storedBlocks(level: Int) throws(ImageryError) -> StoredBlocks {
        let bytes = header.columns * header.recordBytes
        guard let end = checkedSum(header.dataStart, bytes), end <= source.byteCount,
            try records(of: 0..<header.columns) == Array(0..<header.columns)
        else {
            throw ImageryError(
                unsupported: .tileIndex, "DTED",
                "the cell cannot be indexed: its data records are not those of all lines in their order")
        }
        let range = header.dataStart..<end
        return StoredBlocks(
            shape: layout.shape, pixelType: .int16, bandsPerBlock: 1, blockWidth: header.columns, blockHeight: header.rows,
            padValue: layout.padValue, coding: .dted(points: header.rows, lines: header.columns, recordBytes: header.recordBytes)
        ) { (_) throws(ImageryError) in .ranges([range]) }
    }
}
