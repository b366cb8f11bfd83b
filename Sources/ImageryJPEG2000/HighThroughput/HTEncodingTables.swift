// The CxtVLC and U-VLC codes the way in (T.814 Annex C, Table 3).

import ImageryPlumbing

/// What HT blocks are encoded with.
@safe
struct HTEncodingTables: @unchecked Sendable {
    static let shared = HTEncodingTables()

    /// For a context, a significance pattern and the pattern of the samples that have the quad's largest exponent (four bits each below the
    /// context; the last one 0 when u is 0): from bit 0 e_k, from bit 4 the codeword's length, from bit 8 the codeword. The first row of quads,
    /// then the others.
    let codes: UnsafePointer<UInt16>
    static let count = 8 << 8
    /// For u up to 74: from bit 0 the prefix, from bit 4 its length, from bit 8 the suffix and the extension, from bit 20 the length of the
    /// suffix, from bit 24 that of the extension.
    let values: UnsafePointer<UInt32>
    static let largestValue = 74

    private init() {
        let codes = UnsafeMutablePointer<UInt16>.allocate(capacity: 2 * Self.count)
        unsafe codes.update(repeating: 0, count: 2 * Self.count)
        for part in 0..<2 {
            for index in 0..<Self.count { unsafe codes[part * Self.count + index] = Self.code(part, index) }
        }
        unsafe self.codes = UnsafePointer(codes)
        let values = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.largestValue + 1)
        for u in 0...Self.largestValue { unsafe values[u] = Self.value(u) }
        unsafe self.values = UnsafePointer(values)
    }

    /// The code that costs least, the bits that it spares the samples counted.
    private static func code(_ part: Int, _ index: Int) -> UInt16 {
        let (context, pattern, largest) = (UInt32(index >> 8), UInt32(index >> 4 & 15), UInt32(index & 15))
        var best: UInt16 = 0
        var least = Int.max
        for row in part == 0 ? HTTables.firstRow : HTTables.otherRows {
            let (known, ones) = (row >> 16 & 15, row >> 12 & 15)
            guard row >> 28 == context, row >> 24 & 15 == pattern, (row >> 20 & 1 == 1) == (largest != 0), ones == largest & known
            else { continue }
            let length = Int(row & 15)
            let cost = length - known.nonzeroBitCount
            guard cost < least else { continue }
            least = cost
            best = UInt16(known | UInt32(length) << 4 | (row >> 4 & 255) << 8)
        }
        return best
    }

    private static func value(_ u: Int) -> UInt32 {
        func pack(_ prefix: Int, _ length: Int, _ suffix: Int, _ suffixBits: Int, _ extensionBits: Int) -> UInt32 {
            UInt32(prefix | length << 4 | suffix << 8 | suffixBits << 20 | extensionBits << 24)
        }
        // Prefixes are read from their lowest bit on: 1, 01, 001, 000.
        switch u {
        case 0: return 0
        case 1: return pack(0b1, 1, 0, 0, 0)
        case 2: return pack(0b10, 2, 0, 0, 0)
        case 3, 4: return pack(0b100, 3, u - 3, 1, 0)
        case 5...32: return pack(0, 3, u - 5, 5, 0)
        default: return pack(0, 3, 28 + (u - 33) % 4 | (u - 33) / 4 << 5, 5, 4)
        }
    }
}
