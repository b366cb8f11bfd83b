// Decoded code-blocks that a session may need again: windows side by side share the blocks at their edges (S7).

import ImageryBase
import ImageryPlumbing
import Synchronization

/// What the decoded coefficients of a code-block depend on: its place in its tile, and how wide they are.
struct BlockPlace: Hashable {
    var component: Int
    var resolution: Int
    var band: Int
    var column: Int
    var row: Int
    /// True for coefficients of 64 bits: a level, or a component that is decoded along, may need them where others do not.
    var isWide: Bool
}

/// Coefficients of code-blocks of a tile, row by row without gaps.
final class BlockCache: Sendable {
    private let state = Mutex<(blocks: [BlockPlace: Scratch], made: Int)>(([:], 0))

    /// How many bytes it holds.
    var byteCount: Int { state.withLock { $0.blocks.values.reduce(0) { $0 + $1.byteCount } } }

    /// How many blocks were ever put in.
    var made: Int { state.withLock { $0.made } }

    /// The coefficients of a block, which has `byteCount` bytes of them.
    func block(at place: BlockPlace, byteCount: Int) -> Scratch? {
        state.withLock { state in state.blocks[place].flatMap { $0.byteCount == byteCount ? $0 : nil } }
    }

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
