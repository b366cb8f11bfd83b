import ImageryBase

/// Encodes the lines of a frame from top to bottom, and then those of the next frame of the same plan.
protocol FrameEncoder: AnyObject {
    /// Rows that are worth bringing together: a multiple of an MCU's.
    var stripeRows: Int { get }
    /// Begins a frame: what stands between the first segments and the data. With `sharesTables`, those of ``FramePlan/sharedTables`` are
    /// left out.
    func begin(sharesTables: Bool, into bytes: inout [UInt8])
    /// Takes the next rows: a multiple of an MCU's, but for the last.
    func append(_ source: Destination, rows: Int, into bytes: inout [UInt8]) throws(ImageryError)
    /// Ends the frame behind its last row: what is left of the data.
    func finish(into bytes: inout [UInt8]) throws(ImageryError)
}
