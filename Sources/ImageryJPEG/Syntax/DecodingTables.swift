// Orders and typical tables (T.81 figure A.6, tables K.3 to K.6).

import ImageryBase

/// Where the coefficient of each place in the zigzag sequence stands in its block (T.81 figure A.6). A damaged run may lead up to 16
/// places behind the last, and the end of a block ``HuffmanTable/endOfBlock`` places on, where it puts a zero: the last coefficient of
/// a block that ends this way is none.
let zigzag: [UInt8] =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35,
        42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ] + [UInt8](repeating: 63, count: 128)

/// The typical Huffman tables of T.81 K.3, which stand in for tables that a stream does not bring.
enum TypicalTables {
    /// Differences of DC coefficients, table K.3.
    static let luminanceDC = HuffmanCode(counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], values: Array(0...11))
    /// Differences of DC coefficients, table K.4.
    static let chrominanceDC = HuffmanCode(counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], values: Array(0...11))
    /// AC coefficients, table K.5.
    static let luminanceAC = HuffmanCode(
        counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
        values: [
            1, 2, 3, 0, 4, 17, 5, 18, 33, 49, 65, 6, 19, 81, 97, 7, 34, 113, 20, 50, 129, 145, 161, 8, 35, 66, 177, 193, 21, 82,
            209, 240, 36, 51, 98, 114, 130, 9, 10, 22, 23, 24, 25, 26, 37, 38, 39, 40, 41, 42, 52, 53, 54, 55, 56, 57, 58, 67, 68,
            69, 70, 71, 72, 73, 74, 83, 84, 85, 86, 87, 88, 89, 90, 99, 100, 101, 102, 103, 104, 105, 106, 115, 116, 117, 118, 119,
            120, 121, 122, 131, 132, 133, 134, 135, 136, 137, 138, 146, 147, 148, 149, 150, 151, 152, 153, 154, 162, 163, 164, 165,
            166, 167, 168, 169, 170, 178, 179, 180, 181, 182, 183, 184, 185, 186, 194, 195, 196, 197, 198, 199, 200, 201, 202, 210,
            211, 212, 213, 214, 215, 216, 217, 218, 225, 226, 227, 228, 229, 230, 231, 232, 233, 234, 241, 242, 243, 244, 245, 246,
            247, 248, 249, 250,
        ])
    /// AC coefficients, table K.6.
    static let chrominanceAC = HuffmanCode(
        counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
        values: [
            0, 1, 2, 3, 17, 4, 5, 33, 49, 6, 18, 65, 81, 7, 97, 113, 19, 34, 50, 129, 8, 20, 66, 145, 161, 177, 193, 9, 35, 51, 82,
            240, 21, 98, 114, 209, 10, 22, 36, 52, 225, 37, 241, 23, 24, 25, 26, 38, 39, 40, 41, 42, 53, 54, 55, 56, 57, 58, 67, 68,
            69, 70, 71, 72, 73, 74, 83, 84, 85, 86, 87, 88, 89, 90, 99, 100, 101, 102, 103, 104, 105, 106, 115, 116, 117, 118, 119,
            120, 121, 122, 130, 131, 132, 133, 134, 135, 136, 137, 138, 146, 147, 148, 149, 150, 151, 152, 153, 154, 162, 163, 164,
            165, 166, 167, 168, 169, 170, 178, 179, 180, 181, 182, 183, 184, 185, 186, 194, 195, 196, 197, 198, 199, 200, 201, 202,
            210, 211, 212, 213, 214, 215, 216, 217, 218, 226, 227, 228, 229, 230, 231, 232, 233, 234, 242, 243, 244, 245, 246, 247,
            248, 249, 250,
        ])

    /// Quantisers in zigzag order for quality levels 1 to 5, for 8-bit streams of NITF that bring none (MIL-STD-188-198A appendix A).
    static let militaryQuantisers: [[UInt8]] = [
        [
            8, 72, 72, 72, 72, 72, 72, 72, 72, 72, 78, 74, 76, 74, 78, 89, 81, 84, 84, 81, 89, 106, 93, 94, 99, 94, 93, 106, 129,
            111, 108, 116, 116, 108, 111, 129, 135, 128, 136, 145, 136, 128, 135, 155, 160, 177, 177, 160, 155, 193, 213, 228, 213,
            193, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        ],
        [
            8, 36, 36, 36, 36, 36, 36, 36, 36, 36, 39, 37, 38, 37, 39, 45, 41, 42, 42, 41, 45, 53, 47, 47, 50, 47, 47, 53, 65, 56,
            54, 59, 59, 54, 56, 65, 68, 64, 69, 73, 69, 64, 68, 78, 81, 89, 89, 81, 78, 98, 108, 115, 108, 98, 130, 144, 144, 130,
            178, 190, 178, 243, 243, 255,
        ],
        [
            8, 10, 10, 10, 10, 10, 10, 10, 10, 10, 11, 10, 11, 10, 11, 13, 11, 12, 12, 11, 13, 15, 13, 13, 14, 13, 13, 15, 18, 16,
            15, 16, 16, 15, 16, 18, 19, 18, 19, 21, 19, 18, 19, 22, 23, 25, 25, 23, 22, 27, 30, 32, 30, 27, 36, 40, 40, 36, 50, 53,
            50, 68, 68, 91,
        ],
        [
            8, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 7, 8, 9, 8, 8, 8, 8, 9, 11, 9, 9, 10, 9, 9, 11, 13, 11, 11, 12, 12, 11, 11, 13,
            14, 13, 14, 15, 14, 13, 14, 16, 16, 18, 18, 16, 16, 20, 22, 23, 22, 20, 26, 29, 29, 26, 36, 38, 36, 49, 49, 65,
        ],
        [
            4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 5, 5, 6, 5, 5, 6, 7, 6, 6, 6, 6, 6, 6, 7, 8, 7, 8, 8,
            8, 7, 8, 9, 9, 10, 10, 9, 9, 11, 12, 13, 12, 11, 14, 16, 16, 14, 20, 21, 20, 27, 27, 36,
        ],
    ]
}

/// The tables in force between two scans (T.81 B.2.4).
struct DecodingTables: Sendable {
    /// Quantisers in row-major order, by destination.
    var quantisers: [[UInt16]?] = [nil, nil, nil, nil]
    /// Codes of DC differences (of all differences in lossless processes), by destination.
    var dc: [HuffmanTable?] = [nil, nil, nil, nil]
    /// Codes of AC coefficients, by destination.
    var ac: [HuffmanTable?] = [nil, nil, nil, nil]
    /// Conditioning of arithmetic coding, by destination.
    var conditioning = Conditioning()
    /// MCUs between restart markers; 0 for none.
    var restartInterval = 0

    /// Takes over what a segment defines; segments of other kinds define nothing.
    mutating func apply(_ marker: UInt8, _ data: [UInt8], at offset: Int) throws(ImageryError) {
        switch marker {
        case Marker.dqt: try defineQuantisers(data, offset)
        case Marker.dht: try defineCodes(data, offset)
        case Marker.dac: try conditioning.define(data, offset)
        case Marker.dri:
            guard data.count == 2 else {
                throw ImageryError(.malformed, "JPEG DRI", "\(data.count + 2) is not its length (T.81 B.2.4.4)", at: offset)
            }
            restartInterval = Int(data[0]) << 8 | Int(data[1])
        default: break
        }
    }

    /// T.81 B.2.4.1.
    private mutating func defineQuantisers(_ data: [UInt8], _ offset: Int) throws(ImageryError) {
        var place = 0
        while place < data.count {
            let is16 = data[place] >> 4 == 1
            let destination = Int(data[place] & 15)
            let size = is16 ? 128 : 64
            guard data[place] >> 4 <= 1, destination < 4, data.count - place > size else {
                throw ImageryError(.malformed, "JPEG DQT", "the table does not follow T.81 B.2.4.1", at: offset)
            }
            var table = [UInt16](repeating: 0, count: 64)
            for index in 0..<64 {
                let low = data[place + 1 + (is16 ? 2 * index + 1 : index)]
                table[Int(zigzag[index])] = is16 ? UInt16(data[place + 1 + 2 * index]) << 8 | UInt16(low) : UInt16(low)
            }
            quantisers[destination] = table
            place += 1 + size
        }
    }

    /// T.81 B.2.4.2.
    private mutating func defineCodes(_ data: [UInt8], _ offset: Int) throws(ImageryError) {
        var place = 0
        while place < data.count {
            let tableClass = data[place] >> 4
            let destination = Int(data[place] & 15)
            guard data.count - place >= 17, tableClass <= 1, destination < 4 else {
                throw ImageryError(.malformed, "JPEG DHT", "the table does not follow T.81 B.2.4.2", at: offset)
            }
            let counts = Array(data[place + 1..<place + 17])
            let total = counts.reduce(0) { $0 + Int($1) }
            guard total <= 256, data.count - place - 17 >= total else {
                throw ImageryError(.malformed, "JPEG DHT", "\(total) codes do not fit into the segment", at: offset)
            }
            let code = HuffmanCode(counts: counts, values: Array(data[place + 17..<place + 17 + total]))
            guard let table = HuffmanTable(code, isAC: tableClass == 1) else {
                throw ImageryError(.malformed, "JPEG DHT", "there are more codes than their lengths allow (T.81 C.2)", at: offset)
            }
            if tableClass == 1 { ac[destination] = table } else { dc[destination] = table }
            place += 17 + total
        }
    }

    /// Tables 0 and 1 that a stream never brings are the typical ones, as in Motion JPEG.
    func code(dc destination: Int) -> HuffmanTable? {
        if let table = dc[destination] { return table }
        guard destination < 2 else { return nil }
        return HuffmanTable(destination == 0 ? TypicalTables.luminanceDC : TypicalTables.chrominanceDC, isAC: false)
    }

    /// As ``code(dc:)``.
    func code(ac destination: Int) -> HuffmanTable? {
        if let table = ac[destination] { return table }
        guard destination < 2 else { return nil }
        return HuffmanTable(destination == 0 ? TypicalTables.luminanceAC : TypicalTables.chrominanceAC, isAC: true)
    }
}
