// Blocks of an image in several segments that other programs decode from their bytes.

import ImageryBase
import ImageryPlumbing

extension DividedImage: StoredBlockSource {
    func storedBlocks(level: Int) throws(ImageryError) -> StoredBlocks {
        func unsupported(_ reason: String) -> ImageryError {
            ImageryError(
                unsupported: .tileIndex, images.first?.context ?? "NITF image",
                "the blocks of several segments cannot be indexed: \(reason)")
        }
        guard level == 0 else { throw unsupported("levels have no blocks of their own") }
        let parts = parts
        var blocks: [StoredBlocks] = []
        for part in parts { blocks.append(try part.image.storedBlocks(level: 0)) }
        if !Self.goesOn(blocks, parts.map(\.top)) {
            // Large uncompressed blocks may be cut where the segments begin.
            let tops = parts.map(\.top).filter { $0 > 0 }
            var whole: [StoredBlocks] = []
            for part in parts {
                guard let own = try part.image.undividedBlocks() else { throw unsupported("they are of different sizes") }
                whole.append(own)
            }
            let height = whole.first?.pieceHeight(dividing: tops) ?? 1
            blocks = zip(whole, parts).compactMap { $0.inRows(of: height, fileSize: $1.image.source.byteCount) }
        }
        guard blocks.count == parts.count, Self.goesOn(blocks, parts.map(\.top)), let first = blocks.first else {
            throw unsupported("they are of different sizes or coded in different ways")
        }
        var result = first
        result.shape = layout.shape
        result.padValue = layout.padValue
        let finders = blocks.map(\.find)
        result.find = { (address) throws(ImageryError) in
            let row = address.row * first.blockHeight
            let index = parts.lastIndex { $0.top <= row } ?? 0
            var own = address
            own.row = (row - parts[index].top) / first.blockHeight
            return try finders[index](own)
        }
        return result
    }

    /// True when the blocks of each part begin where those of the one before end, and are of one kind.
    private static func goesOn(_ blocks: [StoredBlocks], _ tops: [Int]) -> Bool {
        guard let first = blocks.first else { return false }
        return tops.allSatisfy { $0 % first.blockHeight == 0 }
            && blocks.allSatisfy {
                ($0.blockWidth, $0.blockHeight, $0.bandsPerBlock) == (first.blockWidth, first.blockHeight, first.bandsPerBlock)
                    && $0.coding == first.coding
            }
    }
}
