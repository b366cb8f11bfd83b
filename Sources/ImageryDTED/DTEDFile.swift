// A cell of elevations as the library sees it (MIL-PRF-89020B 3.10): one image, north up.

public import ImageryBase

/// A DTED file: one image of elevations in metres, `image:0`, row 0 the northernmost, voids -32767.
public struct DTEDFile: Container {
    let cell: DTEDImage
    /// What opening found.
    public let diagnostics: [Diagnostic]

    /// DTED for a user header label, before which a volume header and a file header may stand.
    public static func format(of head: [UInt8]) -> Format? {
        guard ["UHL1", "VOL1", "HDR1"].contains(where: { head.starts(with: $0.utf8) }) else { return nil }
        return CellHeader.start(in: head) == nil ? nil : .dted
    }

    /// Reads the header records; elevations are not touched, unless lines are missing, when the counts of those that are there are read.
    ///
    /// Throws kind malformed when there is no user header label or it has no size.
    public init(_ source: any ByteSource, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        var found: [Diagnostic] = []
        let header = try CellHeader(source) { found.append($0) }
        cell = try DTEDImage(source, header) { found.append($0) }
        diagnostics = found
    }

    public var format: Format { .dted }
    /// The fields of UHL, DSI and ACC, a group each.
    public var metadata: Metadata { cell.header.metadata }

    public var assets: [AssetEntry] {
        let header = cell.header
        return [
            AssetEntry(
                key: .image(0), content: .image(cell), mediaType: "application/x-dted", roles: [.data, .elevation],
                byteRanges: [header.dataStart..<cell.source.byteCount].filter { !$0.isEmpty }, georeference: header.georeference,
                makeMetadata: { header.metadata })
        ]
    }

    public func dump() -> [DumpLine] {
        let data = DumpLine(
            depth: 0, name: "records", offset: cell.header.dataStart, size: cell.source.byteCount - cell.header.dataStart)
        return cell.header.dump() + [data]
    }
}
