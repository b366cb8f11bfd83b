// The compression of ThunderScan's files (32809): rows of grey in four bits, as runs and differences.

/// Decodes rows of four bits a pixel.
final class ThunderScanCodec: RowCodec {
    private let columns: Int
    let rowBytes: Int
    static let background: UInt8 = 0
    static let fault = "the ThunderScan data end early"

    /// Differences of two and of three bits; nil is no pixel.
    private static let small: [Int?] = [0, 1, nil, -1]
    private static let large: [Int?] = [0, 1, 2, 3, nil, -3, -2, -1]

    /// Nil for other samples than those of four bits, one a pixel.
    init?(bits: Int, samples: Int, columns: Int) {
        guard bits == 4, samples == 1 else { return nil }
        self.columns = columns
        rowBytes = (columns + 1) / 2
    }

    /// False when the input ends before the row does. In bounds: pixels behind the row's last are dropped.
    func decodeRow(
        _ input: UnsafeRawBufferPointer, _ place: inout Int, into row: UnsafeMutableRawBufferPointer
    ) -> Bool {
        var column = 0
        var last = 0
        func add(_ value: Int) {
            last = value & 15
            guard column < columns else { return }
            unsafe row[column / 2] |= UInt8(column % 2 == 0 ? last << 4 : last)
            column += 1
        }
        while column < columns {
            guard place < input.count else { return false }
            let code = unsafe Int(input[place])
            place += 1
            switch code >> 6 {
            case 0: for _ in 0..<code & 0x3F { add(last) }
            case 1: for shift in [4, 2, 0] { if let step = Self.small[code >> shift & 3] { add(last + step) } }
            case 2: for shift in [3, 0] { if let step = Self.large[code >> shift & 7] { add(last + step) } }
            default: add(code)
            }
        }
        return true
    }
}
