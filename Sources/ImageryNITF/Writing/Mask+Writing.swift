// The image data mask that is written (MIL-STD-2500C 5.4.3.2, Table A-3(A)).

import ImageryBase

/// The table before the blocks of a masked image: offsets of recorded blocks, and which of them have pad pixels.
struct MaskTable {
    private let code: [UInt8]
    private let codeBits: Int
    private var offsets: [UInt32]
    private var padded: [UInt32]

    private static let absent: UInt32 = 0xFFFF_FFFF

    /// A table for `blocks` blocks, none of which is recorded yet. Without a pad value it says nothing of pad pixels.
    init(blocks: Int, padCode: [UInt8]?, bits: Int) {
        code = padCode ?? []
        codeBits = padCode == nil ? 0 : bits
        offsets = [UInt32](repeating: Self.absent, count: blocks)
        padded = padCode == nil ? [] : offsets
    }

    /// Bytes of the table: IMDATOFF.
    var byteCount: Int { 10 + code.count + 4 * (offsets.count + padded.count) }

    /// Notes that block `index` begins `offset` bytes behind the table. Returns false when that is too far.
    mutating func record(_ index: Int, at offset: Int, hasPadPixels: Bool) -> Bool {
        guard let place = UInt32(exactly: offset), place != Self.absent else { return false }
        offsets[index] = place
        if hasPadPixels, !padded.isEmpty { padded[index] = place }
        return true
    }

    /// IMDATOFF, BMRLNTH, TMRLNTH, TPXCDLNTH, TPXCD and the tables.
    var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(byteCount)
        func append(_ value: UInt32) {
            for shift in [24, 16, 8, 0] as [UInt32] { result.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        append(UInt32(truncatingIfNeeded: byteCount))
        result += [0, 4, 0, padded.isEmpty ? 0 : 4, UInt8(codeBits >> 8), UInt8(codeBits & 255)]
        result += code
        offsets.forEach(append)
        padded.forEach(append)
        return result
    }
}
