// Stripes of rows: as many as one row of code-blocks gives (T.800 B.7, F.3).

/// How rows are cut into stripes: where rows of code-blocks of the finest sub-bands end, so that few of them are there at a time.
struct StripeRows: Sendable {
    let rows: Range<Int>
    private let height: Int
    /// The rows before a multiple of `height` at which a stripe ends.
    private let lead: Int
    let count: Int

    /// `rows`, not empty, are of the region; filtered ones are those of a level above the lowest.
    init(_ rows: Range<Int>, blockHeight: Int, isFiltered: Bool, isReversible: Bool) {
        self.rows = rows
        // Stripes of more than 128 rows would have several threads wait for no gain, of less than 32 hand out too little.
        height = min(128, max(32, isFiltered ? 2 * blockHeight : blockHeight))
        lead = isFiltered ? SynthesisGeometry.margin(reversible: isReversible) : 0
        count = (rows.upperBound - 1 + lead) / height - (rows.lowerBound + lead) / height + 1
    }

    /// The rows of a stripe.
    subscript(number: Int) -> Range<Int> {
        let first = ((rows.lowerBound + lead) / height + number) * height - lead
        return max(rows.lowerBound, first)..<min(rows.upperBound, first + height)
    }
}
