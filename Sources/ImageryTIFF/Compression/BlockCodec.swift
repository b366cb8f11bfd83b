// The decoders of compressed blocks (TIFF 6.0 sections 9 and 13, Technical Note 2).

/// Undoes one kind of compression, block after block, for one thread.
protocol BlockCodec: AnyObject {
    /// Fills `output` with the first `count` bytes of the block; it has room for `count + blockSlack`.
    ///
    /// Returns how many bytes were decoded, and what is wrong: always something when they are fewer than `count`.
    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    )
}

/// A decoder of rows that do not depend on each other, of a few bits of grey a pixel.
protocol RowCodec: BlockCodec {
    var rowBytes: Int { get }
    /// What pixels are that nothing sets.
    static var background: UInt8 { get }
    /// What is said of rows that cannot be decoded.
    static var fault: String { get }
    /// Decodes the row that begins at `place` of the input, which moves behind it. False when that cannot be done.
    func decodeRow(_ input: UnsafeRawBufferPointer, _ place: inout Int, into row: UnsafeMutableRawBufferPointer) -> Bool
}

extension RowCodec {
    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        unsafe output.initializeMemory(as: UInt8.self, repeating: Self.background, count: count)
        var place = 0
        for start in stride(from: 0, to: count - rowBytes + 1, by: rowBytes) {
            let row = unsafe UnsafeMutableRawBufferPointer(start: output + start, count: rowBytes)
            guard unsafe decodeRow(input, &place, into: row) else { return (start, Self.fault) }
        }
        return (count, nil)
    }
}

/// Bytes behind the wanted ones that a codec may overwrite: with less room the loops that are fast end before the block does.
let blockSlack = 512
