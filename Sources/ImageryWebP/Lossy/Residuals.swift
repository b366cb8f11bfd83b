// Coefficients of macroblocks (RFC 6386 sections 13 and 14).

import ImageryBase
import ImageryPlumbing

/// Reads coefficients of macroblock after macroblock, multiplied with their steps.
@safe
struct Residuals {
    /// 16 blocks of luma, 4 of each chroma, and the second order, 16 coefficients each; all 0 between macroblocks.
    let coefficients: UnsafeMutablePointer<Int16>
    private let memory: Scratch
    private let probabilities: [UInt8]
    /// Whether blocks above and to the left had coefficients: 4 of luma, 2 and 2 of chroma, the second order.
    private var above: [Bool]
    private var left = InlineArray<9, Bool>(repeating: false)

    private static let secondOrder = 24
    static let count = 25 * 16

    init(columns: Int, _ parameters: FrameParameters) throws(ImageryError) {
        memory = try Scratch(byteCount: 2 * Self.count)
        unsafe coefficients = memory.base.bindMemory(to: Int16.self, capacity: Self.count)
        unsafe coefficients.update(repeating: 0, count: Self.count)
        probabilities = parameters.tokens
        above = [Bool](repeating: false, count: 9 * columns)
    }

    mutating func beginRow() { left = InlineArray(repeating: false) }

    /// A macroblock without coefficients; the second order is as it was where there is none.
    mutating func skip(_ modes: MacroblockModes, column: Int) {
        for index in 0..<(modes.luma == nil ? 8 : 9) {
            above[9 * column + index] = false
            left[index] = false
        }
    }

    /// Reads the coefficients of a macroblock; false when there is none but zeros.
    mutating func read(_ decoder: inout BoolDecoder, _ modes: MacroblockModes, _ steps: Quantisers, column: Int) -> Bool {
        var hasAny = false
        let place = 9 * column
        var (type, first) = (3, 0)
        if modes.luma != nil {
            let context = (above[place + 8] ? 1 : 0) + (left[8] ? 1 : 0)
            let block = unsafe coefficients + 16 * Self.secondOrder
            let end = unsafe readBlock(&decoder, type: 1, context, first: 0, steps.second, block)
            above[place + 8] = end > 0
            left[8] = end > 0
            if end > 0 { unsafe undoSecondOrder(block, into: coefficients) }
            (type, first) = (0, 1)
        }
        for row in 0..<4 {
            for index in 0..<4 {
                let context = (above[place + index] ? 1 : 0) + (left[row] ? 1 : 0)
                let block = unsafe coefficients + 16 * (4 * row + index)
                let end = unsafe readBlock(&decoder, type: type, context, first: first, steps.luma, block)
                above[place + index] = end > first
                left[row] = end > first
                if unsafe end > 1 || block[0] != 0 { hasAny = true }
            }
        }
        for plane in 0..<2 {
            for row in 0..<2 {
                for index in 0..<2 {
                    let (upper, side) = (4 + 2 * plane + index, 4 + 2 * plane + row)
                    let context = (above[place + upper] ? 1 : 0) + (left[side] ? 1 : 0)
                    let block = unsafe coefficients + 16 * (16 + 4 * plane + 2 * row + index)
                    let end = unsafe readBlock(&decoder, type: 2, context, first: 0, steps.chroma, block)
                    above[place + upper] = end > 0
                    left[side] = end > 0
                    if end > 0 { hasAny = true }
                }
            }
        }
        return hasAny
    }

    private static let bands: InlineArray<17, UInt8> = [0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0]
    private static let zigzag: InlineArray<16, UInt8> = [0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15]

    /// Reads the tokens of a block from its coefficient `first` on; returns the place behind the last.
    private func readBlock(
        _ decoder: inout BoolDecoder, type: Int, _ context: Int, first: Int, _ steps: (dc: Int32, ac: Int32),
        _ block: UnsafeMutablePointer<Int16>
    ) -> Int {
        unsafe probabilities.withUnsafeBufferPointer { probabilities in
            // In bounds: 4 types, 8 bands, 3 contexts; places are below 16.
            guard let base = probabilities.baseAddress else { return 0 }
            let table = unsafe base + type * 8 * 33
            var place = first
            var nodes = unsafe table + Int(Self.bands[place]) * 33 + context * 11
            while place < 16 {
                guard unsafe decoder.bit(nodes[0]) else { return place }
                while unsafe !decoder.bit(nodes[1]) {
                    place &+= 1
                    if place == 16 { return 16 }
                    unsafe nodes = table + Int(Self.bands[place]) * 33
                }
                let isOne = unsafe !decoder.bit(nodes[2])
                let size = isOne ? 1 : unsafe Self.magnitude(&decoder, nodes)
                let value = decoder.flag() ? -size : size
                unsafe block[Int(Self.zigzag[place])] = Int16(truncatingIfNeeded: value &* (place > 0 ? steps.ac : steps.dc))
                place &+= 1
                unsafe nodes = table + Int(Self.bands[place]) * 33 + (isOne ? 11 : 22)
            }
            return 16
        }
    }

    /// A number of 2 or more: small ones in the tree, others by category and extra bits.
    private static func magnitude(_ decoder: inout BoolDecoder, _ nodes: UnsafePointer<UInt8>) -> Int32 {
        if unsafe !decoder.bit(nodes[3]) {
            if unsafe !decoder.bit(nodes[4]) { return 2 }
            return unsafe decoder.bit(nodes[5]) ? 4 : 3
        }
        if unsafe !decoder.bit(nodes[6]) {
            if unsafe !decoder.bit(nodes[7]) { return 5 + (decoder.bit(159) ? 1 : 0) }
            let high: Int32 = decoder.bit(165) ? 2 : 0
            return 7 + high + (decoder.bit(145) ? 1 : 0)
        }
        let isHigh = unsafe decoder.bit(nodes[8])
        let category = unsafe (isHigh ? 2 : 0) + (decoder.bit(nodes[isHigh ? 10 : 9]) ? 1 : 0)
        var extra: Int32 = 0
        for probability in extraBits[category] { extra = extra << 1 | (decoder.bit(probability) ? 1 : 0) }
        return bases[category] + extra
    }

    /// Of the categories 3 to 6.
    private static let bases: [Int32] = [11, 19, 35, 67]
    private static let extraBits: [[UInt8]] = [
        [173, 148, 140], [176, 155, 140, 135], [180, 157, 141, 134, 130], [254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129],
    ]
}

/// The Walsh-Hadamard transform that gives the first coefficients of 16 blocks (section 14.3); clears what it came from.
private func undoSecondOrder(_ input: UnsafeMutablePointer<Int16>, into blocks: UnsafeMutablePointer<Int16>) {
    var values = InlineArray<16, Int32>(repeating: 0)
    for column in 0..<4 {
        let (c0, c4, c8, c12) = unsafe (
            Int32(input[column]), Int32(input[column + 4]), Int32(input[column + 8]), Int32(input[column + 12])
        )
        let (a, b, d, e) = (c0 + c12, c4 + c8, c4 - c8, c0 - c12)
        values[column] = a + b
        values[column + 4] = e + d
        values[column + 8] = a - b
        values[column + 12] = e - d
    }
    for row in 0..<4 {
        let start = 4 * row
        let (c0, c1, c2, c3) = (values[start] + 3, values[start + 1], values[start + 2], values[start + 3])
        let (a, b, d, e) = (c0 + c3, c1 + c2, c1 - c2, c0 - c3)
        unsafe blocks[16 * start] = Int16(truncatingIfNeeded: (a + b) >> 3)
        unsafe blocks[16 * (start + 1)] = Int16(truncatingIfNeeded: (e + d) >> 3)
        unsafe blocks[16 * (start + 2)] = Int16(truncatingIfNeeded: (a - b) >> 3)
        unsafe blocks[16 * (start + 3)] = Int16(truncatingIfNeeded: (e - d) >> 3)
    }
    unsafe input.update(repeating: 0, count: 16)
}
