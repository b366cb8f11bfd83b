import ImageryBase

/// Gives the samples of MCU rows.
protocol RowProducer: AnyObject {
    /// The MCU row that comes next.
    var nextRow: Int { get }
    /// True when any row may be next.
    var goesBack: Bool { get }
    /// Another one, which begins at any row, for another thread; nil when rows cannot be had out of order.
    func copy() throws(ImageryError) -> (any RowProducer)?
    /// Passes over the MCU rows before `row`.
    func pass(to row: Int) throws(ImageryError)
    /// Decodes MCU row `row`, which is the next one unless it goes back, into the last row of `planes`.
    func produce(_ row: Int, into planes: Planes) throws(ImageryError)
}

extension RowProducer {
    func copy() throws(ImageryError) -> (any RowProducer)? { nil }
}
