// Marker segments up to the first scan (T.81 annex B).

import ImageryBase
import ImageryPlumbing

/// What stands before the image data: all segments up to the first scan header, checked as far as the geometry needs.
struct Header: Sendable {
    var frame: Frame
    /// The first scan.
    var scan: Scan
    /// Segments before the first scan, in file order, that header included.
    var segments: [Segment]
    var transform: ColorTransform
    /// What the segments say of the colors.
    let colorMarkers: ColorMarkers
    /// Adobe's segment is there.
    var hasAdobeMarker: Bool
    var diagnostics: [Diagnostic]

    init(_ source: any ByteSource) throws(ImageryError) {
        let first = try source.copy(0..<min(2, source.byteCount), of: "JPEG SOI")
        guard first == [0xff, Marker.soi] else {
            throw ImageryError(.malformed, "JPEG SOI", "the data does not begin with FF D8", at: 0)
        }
        var reader = SegmentReader(source: source, position: 2)
        var segments = [Segment(marker: Marker.soi, offset: 0, data: 2..<2)]
        var frame: Frame?
        var markers = ColorMarkers()
        while let segment = try reader.next() {
            segments.append(segment)
            switch segment.marker {
            case let code where Marker.isFrame(code):
                guard frame == nil else {
                    throw ImageryError(.malformed, segment.context, "a second frame header in one image", at: segment.offset)
                }
                frame = try Frame(segment, segment.read(from: source))
            case Marker.dhp, Marker.exp:
                throw ImageryError(
                    unsupported: .compression, segment.context, "hierarchical images are not supported", at: segment.offset)
            case 0xe0, 0xe6, 0xee:
                markers.take(segment.marker, try source.copy(segment.data.prefix(18), of: segment.context))
            case Marker.eoi:
                throw ImageryError(
                    .malformed, "JPEG EOI", "the stream ends without an image: it holds tables only (T.81 B.5)", at: segment.offset)
            case Marker.sos:
                guard var frame else {
                    throw ImageryError(.malformed, "JPEG SOS", "a scan before the frame header", at: segment.offset)
                }
                let scan = try Scan(segment, segment.read(from: source), frame)
                if frame.height == 0 { frame.height = try Self.lateHeight(reader, frame) }
                self.frame = frame
                self.scan = scan
                self.segments = segments
                transform = markers.transform(frame)
                colorMarkers = markers
                hasAdobeMarker = markers.hasAdobe
                diagnostics = reader.strayBytes
                return
            default: break
            }
        }
        throw ImageryError(
            .malformed, "JPEG", frame == nil ? "there is no frame header" : "there is no scan", at: source.byteCount)
    }

    /// The number of lines from DNL, which then follows the first scan (T.81 B.2.5).
    private static func lateHeight(_ reader: SegmentReader, _ frame: Frame) throws(ImageryError) -> Int {
        var position = reader.position
        while let place = try reader.findMarker(from: position) {
            position = place.offset + 2
            if Marker.rst.contains(place.code) { continue }
            if place.code == Marker.dnl {
                let data = try reader.source.copy(position..<position + 4, of: "JPEG DNL")
                let height = Int(data[2]) << 8 | Int(data[3])
                if height > 0 { return height }
            }
            break
        }
        throw ImageryError(.malformed, "JPEG SOF", "the number of lines is 0 and no DNL gives it (T.81 B.2.5)", at: frame.offset)
    }

    /// `shared` and over them the tables that stand before the first scan.
    func tables(_ source: any ByteSource, before shared: DecodingTables) throws(ImageryError) -> DecodingTables {
        var tables = shared
        for segment in segments {
            switch segment.marker {
            case Marker.dqt, Marker.dht, Marker.dac, Marker.dri:
                try tables.apply(segment.marker, segment.read(from: source), at: segment.offset)
            default: break
            }
        }
        return tables
    }
}
