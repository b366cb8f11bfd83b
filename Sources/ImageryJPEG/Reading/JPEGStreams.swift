// Streams inside containers: abbreviated ones and the tables that they share (T.81 B.5), colors that the container tells.

public import ImageryBase
public import ImageryPlumbing

/// Tables that streams of an abbreviated format share (T.81 B.5, TIFF Technical Note 2 JPEGTables).
public struct JPEGTables: Sendable {
    var tables = DecodingTables()

    /// No tables.
    public init() {}

    /// Adds the tables before the first frame of `source`, or before its end, to those that are there; a stream of tables only
    /// and one of an image will do.
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

extension JPEGStreams {
    /// A stream among others.
    public struct Piece: Hashable, Sendable {
        /// From SOI to behind EOI.
        public var range: Range<Int>
        /// False when there is no EOI: it ends where the next one begins, or with what was searched.
        public var isEnded: Bool
    }

    /// The streams that follow each other in `range` of `source`, `limit` at most.
    public static func pieces(
        in source: any ByteSource, _ range: Range<Int>, limit: Int
    ) throws(ImageryError) -> [Piece] {
        var ranges: [Piece] = []
        var reader = SegmentReader(source: SourceSlice(source, 0..<range.upperBound), position: range.lowerBound)
        var start: Int?
        while ranges.count < limit {
            let next: Segment?
            do throws(ImageryError) {
                next = try reader.next(passingOverData: true)
            } catch {
                // A damaged segment is its stream's fault; the others are looked for behind its marker.
                guard error.kind == .malformed else { throw error }
                continue
            }
            guard let segment = next else {
                if let start { ranges.append(Piece(range: start..<range.upperBound, isEnded: false)) }
                break
            }
            switch segment.marker {
            case Marker.soi:
                if let start { ranges.append(Piece(range: start..<segment.offset, isEnded: false)) }
                start = segment.offset
            case Marker.eoi:
                if let start { ranges.append(Piece(range: start..<segment.data.upperBound, isEnded: true)) }
                start = nil
            default: break
            }
        }
        return ranges
    }

    /// The number of components that the frame of `source` has; nil when there is none.
    public static func bandCount(_ source: any ByteSource) -> Int? {
        do throws(ImageryError) {
            return try JPEGImage(source).header.frame.components.count
        } catch {
            return nil
        }
    }
}

extension JPEGTables {
    /// Adds the quantisers of a quality level (1 to 5) that MIL-STD-188-198A has for streams which bring none, in all destinations.
    public mutating func addMilitaryQuantisers(level: Int) {
        guard TypicalTables.militaryQuantisers.indices.contains(level - 1) else { return }
        let values = TypicalTables.militaryQuantisers[level - 1]
        var table = [UInt16](repeating: 0, count: 64)
        for (index, value) in values.enumerated() { table[Int(zigzag[index])] = UInt16(value) }
        tables.quantisers = [table, table, table, table]
    }
}

extension JPEGStreams {
    /// True when a common decoder that has nothing but the stream `source` gives the same samples: a Huffman-coded image of 8 bits
    /// with `width` x `height` pixels, all its tables, and colors that follow from its markers.
    public func standsAlone(_ source: any ByteSource, width: Int, height: Int) throws(ImageryError) -> Bool {
        let image = try JPEGImage(source, colors: colors)
        let (frame, scan) = (image.header.frame, image.header.scan)
        guard frame.width == width, frame.height == height, frame.precision == 8, frame.process != .lossless, !frame.isArithmetic,
            try Header(source).transform == image.header.transform
        else { return false }
        // The container's word is what other programs are told; here the stream's own has been followed.
        if case .asToldElse(let isYCbCr) = colors, frame.components.count == 3 {
            guard (image.header.transform == .rgb) == isYCbCr else { return false }
        }
        let own = try image.header.tables(source, before: DecodingTables())
        // The tables of later scans of progressive images may follow the first.
        return frame.components.allSatisfy { own.quantisers[$0.table] != nil }
            && scan.parts.allSatisfy { own.dc[$0.dc] != nil && (frame.process == .progressive || own.ac[$0.ac] != nil) }
    }
}
