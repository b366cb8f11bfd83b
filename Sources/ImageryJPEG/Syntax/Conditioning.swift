// The conditioning of arithmetic coding (T.81 B.2.4.3).

import ImageryBase

/// What DAC segments set (T.81 B.2.4.3): bounds between small and large differences, and between low and high coefficients.
struct Conditioning: Hashable, Sendable {
    var lower = [0, 0, 0, 0]
    var upper = [1, 1, 1, 1]
    var low = [5, 5, 5, 5]

    mutating func define(_ data: [UInt8], _ offset: Int) throws(ImageryError) {
        for place in stride(from: 0, to: data.count, by: 2) {
            let destination = Int(data[place] & 15)
            guard place + 1 < data.count, data[place] >> 4 <= 1, destination < 4 else { throw Self.broken(offset) }
            let value = Int(data[place + 1])
            if data[place] >> 4 == 1 {
                guard (1...63).contains(value) else { throw Self.broken(offset) }
                low[destination] = value
            } else {
                guard value & 15 <= value >> 4 else { throw Self.broken(offset) }
                lower[destination] = value & 15
                upper[destination] = value >> 4
            }
        }
    }

    private static func broken(_ offset: Int) -> ImageryError {
        ImageryError(.malformed, "JPEG DAC", "the conditioning does not follow T.81 B.2.4.3", at: offset)
    }
}
