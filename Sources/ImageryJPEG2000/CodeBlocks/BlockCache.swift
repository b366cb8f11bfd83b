// Decoded code-blocks that a session may need again: windows side by side share the blocks at their edges (S7).

import ImageryBase
import ImageryPlumbing
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
    private let state = Mutex<(blocks: [BlockPlace: Scratch], made: Int)>(([:], 0))

    /// How many blocks were ever put in.
    var made: Int { state.withLock { $0.made } }

    subscript(place: BlockPlace) -> Scratch? { state.withLock { $0.blocks[place] } }

    func add(_ block: Scratch, at place: BlockPlace) {
        state.withLock { state in
            state.blocks[place] = block
            state.made += 1
        }
    }

    /// Drops the blocks that `isNeeded` does not name.
    func keep(_ isNeeded: (BlockPlace) -> Bool) {
        state.withLock { state in state.blocks = state.blocks.filter { isNeeded($0.key) } }
    }
}
