// The compression of NeXT's scanner files (32766): rows of grey in two bits, as runs, literal, or literal in part.

/// Decodes rows of two bits a pixel.
final class NeXTCodec: RowCodec {
    private let columns: Int
    let rowBytes: Int
    // What no run and no literal sets is white.
    static let background: UInt8 = 0xFF
    static let fault = "the NeXT data end early or are damaged"

    /// The first byte of a row that is literal, and of one whose middle is. Any other is a run.
    private static let (literalRow, literalSpan): (UInt8, UInt8) = (0x00, 0x40)

    /// Nil for other samples than those of two bits, one a pixel.
    init?(bits: Int, samples: Int, columns: Int) {
        guard bits == 2, samples == 1 else { return nil }
        self.columns = columns
        rowBytes = (columns + 3) / 4
    }

    /// False when the row cannot be decoded. In bounds: every count is compared with what remains of the input and of the row.
    func decodeRow(
        _ input: UnsafeRawBufferPointer, _ place: inout Int, into row: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard place < input.count else { return false }
        var code = unsafe input[place]
        place += 1
        func copy(_ count: Int, to first: Int) -> Bool {
            guard count <= input.count - place, first + count <= rowBytes else { return false }
            for index in 0..<count { unsafe row[first + index] = input[place + index] }
            place += count
            return true
        }
        if code == Self.literalRow { return copy(rowBytes, to: 0) }
        if code == Self.literalSpan {
            guard input.count - place >= 4 else { return false }
            let first = unsafe Int(input[place]) << 8 + Int(input[place + 1])
            let count = unsafe Int(input[place + 2]) << 8 + Int(input[place + 3])
            place += 4
            return copy(count, to: first)
        }
        var column = 0
        while true {
            // Two bits of grey, six of length.
            for _ in 0..<min(Int(code & 0x3F), columns - column) {
                let shift = UInt8(6 - 2 * (column % 4))
                unsafe row[column / 4] = row[column / 4] & ~(3 << shift) | (code >> 6) << shift
                column += 1
            }
            if column == columns { return true }
            guard place < input.count else { return false }
            code = unsafe input[place]
            place += 1
        }
    }
}
