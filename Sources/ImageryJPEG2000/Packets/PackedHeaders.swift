// Packet headers that stand in the main header (T.800 A.7.4).

import ImageryBase
import ImageryPlumbing

/// Packet headers of PPM segments: for each tile-part of the codestream its bytes.
struct PackedHeaders: Sendable {
    let bytes: [UInt8]
    /// The bytes of the n-th tile-part.
    let ranges: [Range<Int>]

    /// `segments` are Zppm and the bytes after it. Nppm and what it counts may go on in the next segment.
    init(_ source: any ByteSource, _ segments: [(index: UInt8, body: Range<Int>)]) throws(ImageryError) {
        var all: [UInt8] = []
        for segment in segments.sorted(by: { $0.index < $1.index }) {
            all += try source.copy(segment.body, of: "JPEG 2000 PPM")
        }
        var ranges: [Range<Int>] = []
        var position = 0
        while position + 4 <= all.count {
            let length = (0..<4).reduce(0) { $0 << 8 | Int(all[position + $1]) }
            position += 4
            let end = min(all.count, position + length)
            ranges.append(position..<end)
            position = end
        }
        bytes = all
        self.ranges = ranges
    }
}
