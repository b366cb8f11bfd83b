// A tile's own headers (T.800 A.4.2, A.6, A.7) and its packets.

import ImageryBase
import ImageryPlumbing

/// A tile that is being read: its geometry, and its packets as far as they were wanted.
final class Tile {
    let layout: TileLayout
    let packets: TilePackets
    /// What is wrong with the headers of its parts, without harm.
    let finding: Diagnostic?
    /// Decoded blocks that a session keeps.
    let cache = BlockCache()

    /// Reads the headers of the tile's parts. Tiles of fewer than `leastBytes` are read in order, for there is little to be passed over.
    /// Throws kind malformed when the tile has no part, or its headers are broken.
    init(
        _ codestream: CodestreamIndex, _ index: Int, layerLimit: Int?, passesOverFrom leastBytes: Int = TilePackets.leastBytes
    ) throws(ImageryError) {
        let header = codestream.header
        let source = codestream.source
        let parts = try codestream.tileParts.parts(of: index)
        let context = "JPEG 2000 tile \(index)"
        guard !parts.isEmpty else {
            throw codestream.tileParts.all.failure ?? ImageryError(.malformed, context, "the codestream has no part of the tile")
        }
        finding = parts.first { $0.part.isShort }.map {
            Diagnostic(context, "Psot does not count the two bytes of SOD (A.4.2)", at: $0.part.start)
        }
        var own = CodingParameters(componentCount: header.size.components.count)
        var packed: [(index: UInt8, body: Range<Int>)] = []
        var headers: [UInt8]?
        var lengths: [[Range<Int>]] = []
        for (number, part) in parts {
            if let main = header.packedHeaders {
                guard number < main.ranges.count else {
                    throw ImageryError(
                        .malformed, "JPEG 2000 PPM", "tile-part \(number) has no packet headers (A.7.4)", at: part.start)
                }
                headers = (headers ?? []) + main.bytes[main.ranges[number]]
            }
            guard part.hasSegments else {
                lengths.append([])
                continue
            }
            var walk = MarkerWalk(source: source, position: part.start + 12, end: part.end)
            var headersInPart: [(index: UInt8, body: Range<Int>)] = []
            var lengthsInPart: [(index: UInt8, body: Range<Int>)] = []
            while walk.position < part.dataStart {
                let segment = try walk.next()
                switch segment.code {
                case Marker.sod: break
                case Marker.ppt where !segment.body.isEmpty:
                    headersInPart.append(try Self.numbered(segment, source))
                case Marker.plt where !segment.body.isEmpty:
                    lengthsInPart.append(try Self.numbered(segment, source))
                case Marker.part2:
                    throw ImageryError(
                        unsupported: .standardPart, context, "extensions of Part 2 (T.801) are not supported", at: segment.offset)
                default: try own.read(segment, source)
                }
            }
            packed += headersInPart.sorted { $0.index < $1.index }
            lengths.append(lengthsInPart.sorted { $0.index < $1.index }.map(\.body))
        }
        if !packed.isEmpty {
            headers = headers ?? []
            for segment in packed { headers? += try source.copy(segment.body, of: "JPEG 2000 PPT") }
        }
        // Every component with samples has a packet, and a packet has a byte: not more is set up than bytes can fill.
        let bytes = parts.reduce(headers?.count ?? 0) { $0 + $1.part.end - $1.part.dataStart }
        let area = header.size.tile(index)
        let filled = header.size.components.reduce(0) { $0 + (area.subsampled($1.dx, $1.dy).isEmpty ? 0 : 1) }
        guard bytes >= filled else {
            throw ImageryError(
                .malformed, context, "the \(bytes) bytes of the tile cannot hold \(filled) components", at: parts[0].part.dataStart)
        }
        layout = try TileLayout(header, tile: index, own: own)
        packets = TilePackets(
            layout, header.size, parts.map(\.part), packed: headers, lengths: bytes < leastBytes ? [] : lengths,
            layerLimit: max(1, layerLimit ?? .max), source)
    }

    /// The number that the first byte of a segment gives it (Zppt, Zplt), and what follows.
    private static func numbered(_ segment: MarkerSegment, _ source: any ByteSource) throws(ImageryError) -> (UInt8, Range<Int>) {
        let first = try source.copy(segment.body.prefix(1), of: "JPEG 2000 " + Marker.name(segment.code))
        return (first[0], segment.body.dropFirst())
    }
}
