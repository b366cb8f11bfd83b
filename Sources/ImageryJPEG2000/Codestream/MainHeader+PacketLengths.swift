// PLM as metadata: the lengths of all packets, written into the main header (T.800 A.7.2). No read relies on them.

import ImageryBase
import ImageryPlumbing

extension MainHeader {
    /// A list of packet lengths for each tile-part; nil when there are none. What is broken ends the list.
    func packetLengths(_ source: any ByteSource, _ limits: Limits) -> Metadata.Entry? {
        var pieces: [(index: UInt8, bytes: [UInt8])] = []
        var budget = limits.maxMetadataItemBytes
        for segment in segments where segment.code == Marker.plm {
            // A byte makes a length of four, and a length of none an empty value.
            budget -= 64 * segment.body.count
            guard budget > 0, let data = try? source.copy(segment.body, of: "JPEG 2000 PLM"), let index = data.first else { break }
            pieces.append((index, Array(data.dropFirst())))
        }
        guard !pieces.isEmpty else { return nil }
        // Zplm orders the segments; what one holds may go on in the next.
        let bytes = pieces.sorted { $0.index < $1.index }.flatMap(\.bytes)
        var parts: [Value] = []
        var place = 0
        while place < bytes.count {
            let end = place + 1 + Int(bytes[place])
            guard end <= bytes.count else { break }
            parts.append(Self.lengths(bytes[place + 1..<end]))
            place = end
        }
        return Metadata.Entry("PLM", Value(list: parts))
    }

    /// Iplm: seven bits a byte, highest first; the top bit says that the number goes on (Table A.36).
    private static func lengths(_ bytes: ArraySlice<UInt8>) -> Value {
        var lengths: [UInt8] = []
        var length: UInt32 = 0
        for byte in bytes {
            length = length << 7 | UInt32(byte & 0x7f)
            if byte & 0x80 == 0 {
                lengths += (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
                length = 0
            }
        }
        return Value(.long, littleEndian: lengths)
    }
}
