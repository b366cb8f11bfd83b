// Decoded code-blocks that a session may need again: windows side by side share the blocks at their edges (S7).

import ImageryBase
import Synchronization

/// The place of a code-block in its tile.
struct BlockPlace: Hashable {
    var component: Int
    var resolution: Int
    var band: Int
    var column: Int
    var row: Int
}

/// Coefficients of code-blocks of a tile, row by row without gaps.
final class BlockCache: Sendable {
    private let blocks = Mutex<[BlockPlace: Scratch]>([:])

    subscript(place: BlockPlace) -> Scratch? {
        get { blocks.withLock { $0[place] } }
        set { blocks.withLock { $0[place] = newValue } }
    }

    /// Drops the blocks that `isNeeded` does not name.
    func keep(_ isNeeded: (BlockPlace) -> Bool) {
        blocks.withLock { all in all = all.filter { isNeeded($0.key) } }
    }
}
