/// The memory of the code-blocks that one thread codes, one after the other.
@safe
final class BlockMemory {
    /// Samples in stripes of four rows, column by column.
    let samples: UnsafeMutablePointer<UInt32>
    /// A word of ``mqStates`` for each context, and the tables behind them (``Context``).
    let contexts: UnsafeMutablePointer<UInt64>
    private let tables = ContextTables.shared
    private let sets: UnsafeMutablePointer<UInt64>
    private let neighbours: UnsafeMutablePointer<UInt8>
    private let steps: UnsafeMutablePointer<Int>

    /// Words of each kind of set: most for 256 stripes of one panel, a word beside each and a stripe above and below.
    static let setCount = (256 + 2) * 2 + 1
    /// Bytes of each kind: most for one stripe of the longest side, a column left and right and a stripe above and below.
    static let neighbourCount = (CodeBlockSize.longestSide + 2) * 4 * 3

    init() {
        unsafe samples = .allocate(capacity: CodeBlockSize.largestArea)
        unsafe contexts = .allocate(capacity: Context.memory)
        for (index, word) in mqStates.enumerated() { unsafe contexts[Context.states + index] = word }
        unsafe sets = .allocate(capacity: 3 * Self.setCount)
        unsafe neighbours = .allocate(capacity: 2 * Self.neighbourCount)
        unsafe steps = .allocate(capacity: 8)
    }

    deinit {
        unsafe samples.deallocate()
        unsafe contexts.deallocate()
        unsafe sets.deallocate()
        unsafe neighbours.deallocate()
        unsafe steps.deallocate()
    }

    /// Contexts as they are before the first pass (Table D.7).
    func resetContexts() {
        for context in 0..<Context.count { unsafe contexts[context] = contexts[Context.states + Context.initialState(context)] }
    }

    /// The state of a block before its first pass; its samples are left alone. The size is one of B.7 and Table A.18.
    func state(width: Int, height: Int, _ orientation: SubbandOrientation, isCausal: Bool) -> BlockState {
        let stripes = (height + 3) / 4
        let panels = (width + Panel.columns - 1) / Panel.columns
        let pitch = (width + 2) * 4
        unsafe UnsafeMutableRawPointer(contexts + Context.significance).copyMemory(
            from: tables.significance + Int(orientation.rawValue) * ContextTables.neighbourhoods,
            byteCount: ContextTables.neighbourhoods)
        let kinds = (sets: (panels + 1) * (stripes + 2) + 1, bytes: pitch * (stripes + 2))
        for kind in 0..<3 { unsafe (sets + kind * Self.setCount).update(repeating: 0, count: kinds.sets) }
        for kind in 0..<2 { unsafe (neighbours + kind * Self.neighbourCount).update(repeating: 0, count: kinds.bytes) }
        for row in 0..<4 {
            unsafe steps[row] = row == 0 ? 3 - pitch : -1
            unsafe steps[row + 4] = row == 3 ? pitch - 3 : 1
        }
        let rows = UInt64(height - (stripes - 1) * 4)
        let columns = UInt64(width - (panels - 1) * Panel.columns)
        return unsafe BlockState(
            significant: sets + panels + 2, neighbours: neighbours + pitch + 4, samples: samples, width: width, stripes: stripes,
            panels: panels, lastRows: Panel.topRow * ((1 << rows) - 1), lastColumns: .max >> (64 - 4 * columns),
            isCausal: isCausal, steps: UnsafePointer(steps),
            signs: tables.signs)
    }
}
