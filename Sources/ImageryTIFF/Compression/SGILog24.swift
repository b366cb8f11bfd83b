// SGI's logarithmic encoding of 24 bits a pixel (34677): ten of luminance, and a number of one of 16,289 squares of the chromaticities u and v that eyes see.

/// Decodes pixels of three bytes to three samples of 16 bits, in the file's byte order.
final class SGILog24Codec: BlockCodec {
    private let isBigEndian: Bool

    /// For three signed samples of 16 bits; nil for others.
    init?(samples: Int, isBigEndian: Bool) {
        guard samples == 3 else { return nil }
        self.isBigEndian = isBigEndian
    }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        let pixels = min(count / 6, input.count / 3)
        for pixel in 0..<pixels {
            // In bounds: the input has three bytes of each pixel, the output six.
            let (high, middle, low) = unsafe (UInt32(input[3 * pixel]), UInt32(input[3 * pixel + 1]), UInt32(input[3 * pixel + 2]))
            let code = high << 16 | middle << 8 | low
            let chroma = Self.chromaticities[Int(code & 0x3FFF)]
            let target = unsafe output + 6 * pixel
            unsafe store(Self.luminance(code), at: target)
            unsafe store(chroma.u, at: target + 2)
            unsafe store(chroma.v, at: target + 4)
        }
        return (6 * pixels, pixels == count / 6 ? nil : "the LogLuv data end early")
    }

    /// The luminance as the encoding of 32 bits has it: 256 steps where there are 64, from the middle of a step. Of the lowest bit libtiff, which
    /// defined the encoding, makes bit 12 of the chromaticities.
    private static func luminance(_ code: UInt32) -> UInt16 { UInt16((code >> 12 & 0xFFD) + 13_314) }

    private func store(_ value: UInt16, at target: UnsafeMutableRawPointer) {
        unsafe target.storeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian, as: UInt16.self)
    }

    // MARK: Chromaticities

    /// The centers of all squares as fractions of 2^15, white (u = 4/19, v = 9/19) for numbers that name none.
    private static let chromaticities: [(u: UInt16, v: UInt16)] = {
        var result: [(u: UInt16, v: UInt16)] = []
        for (row, count) in counts.enumerated() {
            let v = fraction(firstV + (Double(row) + 0.5) * side)
            for square in 0..<count { result.append((fraction(Double(starts[row]) / 1e6 + (Double(square) + 0.5) * side), v)) }
        }
        result += [(u: UInt16, v: UInt16)](repeating: (6_898, 15_521), count: (1 << 14) - result.count)
        return result
    }()

    private static func fraction(_ value: Double) -> UInt16 { UInt16(value * 32_768) }

    /// The side of a square.
    private static let side = 0.0035
    /// The least v.
    private static let firstV = 0.01694

    // From what libtiff 4.5 (GDAL 3.6.2) makes of all 16,384 numbers: the least u of each row in millionths, and the squares of the row.

    private static let starts: [Int] = [
        247_660, 243_780, 241_680, 237_873, 235_906, 232_153, 228_352, 226_260, 222_371, 220_410, 214_710, 212_714, 210_722,
        204_976,
        202_985, 199_245, 195_525, 193_560, 189_878, 186_216, 186_216, 182_592, 179_002, 175_466, 172_000, 172_000, 168_612,
        168_612,
        163_576, 158_641, 158_641, 158_641, 153_815, 153_815, 149_097, 149_097, 142_745, 142_745, 142_745, 138_270, 138_270,
        138_270,
        132_165, 132_165, 126_204, 126_204, 126_204, 120_381, 120_381, 120_381, 120_381, 112_962, 112_962, 112_962, 107_450,
        107_450,
        107_450, 107_450, 100_343, 100_343, 100_343, 95_126, 95_126, 95_126, 95_126, 88_276, 88_276, 88_276, 88_276, 81_523, 81_523,
        81_523, 81_523, 74_861, 74_861, 74_861, 74_861, 68_290, 68_290, 68_290, 68_290, 63_573, 63_573, 63_573, 63_573, 57_219,
        57_219,
        57_219, 57_219, 50_985, 50_985, 50_985, 50_985, 50_985, 44_859, 44_859, 44_859, 44_859, 40_571, 40_571, 40_571, 40_571,
        36_339,
        36_339, 36_339, 36_339, 32_139, 32_139, 32_139, 32_139, 27_947, 27_947, 27_947, 23_739, 23_739, 23_739, 23_739, 19_504,
        19_504,
        19_504, 16_976, 16_976, 16_976, 16_976, 12_639, 12_639, 12_639, 9991, 9991, 9991, 9016, 9016, 9016, 6217, 6217, 5097, 5097,
        5097, 3909, 3909, 2340, 2389, 1068, 1653, 717, 1614, 270, 484, 1103, 1242, 1188, 1011, 709, 301, 2416, 3251, 3246, 4141,
        5963,
        8838, 10_490, 16_994, 23_659,
    ]

    private static let counts: [Int] = [
        4, 6, 7, 9, 10, 12, 14, 15, 17, 18, 21, 22, 23, 26, 27, 29, 31, 32, 34, 36, 36, 38, 40, 42, 44, 44, 46, 46, 49, 52, 52, 52,
        55,
        55, 58, 58, 62, 62, 62, 65, 65, 65, 69, 69, 73, 73, 73, 77, 77, 77, 77, 82, 82, 82, 86, 86, 86, 86, 91, 91, 91, 95, 95, 95,
        95,
        100, 100, 100, 100, 105, 105, 105, 105, 110, 110, 110, 110, 115, 115, 115, 115, 119, 119, 119, 119, 124, 124, 124, 124, 129,
        129, 129, 129, 129, 134, 134, 134, 134, 138, 138, 138, 138, 142, 142, 142, 142, 146, 146, 146, 146, 150, 150, 150, 154, 154,
        154, 154, 158, 158, 158, 161, 161, 161, 161, 165, 165, 165, 168, 168, 168, 170, 170, 170, 173, 173, 175, 175, 175, 177, 177,
        177, 170, 164, 157, 150, 143, 136, 129, 123, 115, 109, 103, 97, 89, 82, 76, 69, 62, 55, 47, 40, 31, 21,
    ]
}
