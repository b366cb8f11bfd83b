// A tile's own headers (T.800 A.4.2, A.6, A.7) and its packets.

import ImageryBase

/// A tile that is being read: its geometry, and its packets as far as they were wanted.
final class Tile {
    let layout: TileLayout
    let packets: TilePackets
    /// Decoded blocks that a session keeps.
    let cache = BlockCache()

    /// Reads the headers of the tile's parts. Throws kind malformed when the tile has no part, or its headers are broken.
    init(_ image: Codestream, _ index: Int, layerLimit: Int?) throws(ImageryError) {
        let header = image.header
        let source = image.source
        let numbers = image.tileParts.numbers(of: index)
        let context = "JPEG 2000 tile \(index)"
        guard !numbers.isEmpty else {
            throw image.tileParts.failure ?? ImageryError(.malformed, context, "the codestream has no part of the tile")
        }
        var own = CodingParameters(componentCount: header.size.components.count)
        var packed: [(index: UInt8, body: Range<Int>)] = []
        var headers: [UInt8]?
        for number in numbers {
            let part = image.tileParts.parts[Int(number)]
            if let main = header.packedHeaders {
                guard Int(number) < main.ranges.count else {
                    throw ImageryError(
                        .malformed, "JPEG 2000 PPM", "tile-part \(number) has no packet headers (A.7.4)", at: part.start)
                }
                headers = (headers ?? []) + main.bytes[main.ranges[Int(number)]]
            }
            guard part.hasSegments else { continue }
            var walk = MarkerWalk(source: source, position: part.start + 12, end: part.end)
            var inPart: [(index: UInt8, body: Range<Int>)] = []
            while walk.position < part.dataStart {
                let segment = try walk.next()
                switch segment.code {
                case Marker.sod: break
                case Marker.ppt where !segment.body.isEmpty:
                    let first = try source.copy(segment.body.prefix(1), of: "JPEG 2000 PPT")
                    inPart.append((first[0], segment.body.dropFirst()))
                case Marker.part2:
                    throw ImageryError(
                        .unsupported, context, "extensions of Part 2 (T.801) are not supported", at: segment.offset)
                default: try own.read(segment, source)
                }
            }
            packed += inPart.sorted { $0.index < $1.index }
        }
        if !packed.isEmpty {
            headers = headers ?? []
            for segment in packed { headers? += try source.copy(segment.body, of: "JPEG 2000 PPT") }
        }
        let parts = numbers.map { image.tileParts.parts[Int($0)] }
        // Every component with samples has a packet, and a packet has a byte: not more is set up than bytes can fill.
        let bytes = parts.reduce(headers?.count ?? 0) { $0 + $1.end - $1.dataStart }
        let area = header.size.tile(index)
        let filled = header.size.components.reduce(0) { $0 + (area.subsampled($1.dx, $1.dy).isEmpty ? 0 : 1) }
        guard bytes >= filled else {
            throw ImageryError(
                .malformed, context, "the \(bytes) bytes of the tile cannot hold \(filled) components", at: parts[0].dataStart)
        }
        layout = try TileLayout(header, tile: index, own: own)
        packets = TilePackets(
            layout, header.size, parts, packed: headers, layerLimit: max(1, layerLimit ?? .max), source)
    }
}
