// SGI's logarithmic encodings (34676): luminance in 16 bits, or with the chromaticities u and v in 32, a byte of all pixels of a row at a time, in runs.

/// Decodes rows to samples of 16 bits, in the file's byte order.
final class SGILogCodec: BlockCodec {
    private let columns: Int
    private let samples: Int
    private let isBigEndian: Bool
    private var row: [UInt32]

    /// Chromaticities are counts of a 410th.
    private static let chromaScale = 410.0

    /// For signed samples of 16 bits; nil for other numbers of them than one, luminance, and three, luminance and chromaticities.
    init?(samples: Int, columns: Int, isBigEndian: Bool) {
        guard samples == 1 || samples == 3 else { return nil }
        self.columns = columns
        self.samples = samples
        self.isBigEndian = isBigEndian
        row = []
    }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        let rowBytes = columns * samples * 2
        var place = 0
        for start in stride(from: 0, to: count - rowBytes + 1, by: rowBytes) {
            guard unsafe decodeRow(input, &place) else { return (start, "the LogLuv data end early") }
            // In bounds: a row has as many samples as its bytes hold.
            for column in 0..<columns {
                let value = row[column]
                let target = unsafe output + start + column * samples * 2
                guard samples == 3 else {
                    unsafe store(UInt16(truncatingIfNeeded: value), at: target)
                    continue
                }
                unsafe store(UInt16(truncatingIfNeeded: value >> 16), at: target)
                unsafe store(Self.chroma(value >> 8 & 0xFF), at: target + 2)
                unsafe store(Self.chroma(value & 0xFF), at: target + 4)
            }
        }
        return (count, nil)
    }

    /// A chromaticity as a fraction of 2^15.
    private static func chroma(_ count: UInt32) -> UInt16 { UInt16((Double(count) + 0.5) / chromaScale * 32_768) }

    private func store(_ value: UInt16, at target: UnsafeMutableRawPointer) {
        unsafe target.storeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian, as: UInt16.self)
    }

    /// The bytes of all pixels, the most significant first; false when the input ends before.
    private func decodeRow(_ input: UnsafeRawBufferPointer, _ place: inout Int) -> Bool {
        row = [UInt32](repeating: 0, count: columns)
        for shift: UInt32 in samples == 3 ? [24, 16, 8, 0] : [8, 0] {
            var column = 0
            while column < columns {
                guard input.count - place >= 2 else { return false }
                let code = unsafe Int(input[place])
                place += 1
                // 128 and more: a run of at least two; less: so many bytes.
                let isRun = code >= 128
                let count = min(isRun ? code - 126 : code, columns - column)
                guard isRun || count <= input.count - place else { return false }
                for index in 0..<count { row[column + index] |= unsafe UInt32(input[place + (isRun ? 0 : index)]) << shift }
                place += isRun ? 1 : count
                column += count
            }
        }
        return true
    }
}
