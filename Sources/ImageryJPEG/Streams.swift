// Streams inside containers: abbreviated ones and the tables that they share (T.81 B.5), colors that the container tells.

public import ImageryBase

/// What the samples of a container's JPEG streams become.
public enum JPEGColors: Hashable, Sendable {
    /// What the markers of each stream say, as in a file of its own.
    case asMarked
    /// Nothing: components are stored as they are wanted.
    case asStored
    /// Three components are YCbCr and become RGB.
    case yCbCr
}

/// Tables that streams of an abbreviated format share (T.81 B.5, TIFF Technical Note 2 JPEGTables).
public struct JPEGTables: Sendable {
    var tables = DecodingTables()

    /// No tables.
    public init() {}

    /// Adds the tables before the first frame of `source`, or before its end, to those that are there; a stream of tables only and one
    /// of an image will do.
    ///
    /// Throws kind malformed for tables that break the rules of T.81 B.2.4.
    public mutating func add(_ source: any ByteSource) throws(ImageryError) {
        var reader = SegmentReader(source: source, position: 0)
        while let segment = try reader.next() {
            switch segment.marker {
            case Marker.dqt, Marker.dht, Marker.dac, Marker.dri:
                try tables.apply(segment.marker, segment.read(from: source), at: segment.offset)
            case Marker.eoi, Marker.sos: return
            default: continue
            }
        }
    }
}

/// Opens JPEG streams inside a container.
public struct JPEGStreams: StreamCodec {
    private let tables: JPEGTables
    private let colors: JPEGColors

    /// Streams that begin with the tables `tables` in force.
    public init(tables: JPEGTables = JPEGTables(), colors: JPEGColors = .asMarked) {
        self.tables = tables
        self.colors = colors
    }

    public func open(_ source: any ByteSource) throws(ImageryError) -> any ImageSource {
        try JPEGImage(source, tables: tables.tables, colors: colors)
    }
}
