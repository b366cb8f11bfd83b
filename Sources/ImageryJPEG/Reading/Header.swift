// Marker segments up to the first scan (T.81 annex B).

import ImageryBase
import ImageryPlumbing

/// Marker codes (T.81 table B.1): the byte behind FF.
enum Marker {
    static let dht: UInt8 = 0xc4
    static let jpg: UInt8 = 0xc8
    static let dac: UInt8 = 0xcc
    static let rst: ClosedRange<UInt8> = 0xd0...0xd7
    static let soi: UInt8 = 0xd8
    static let eoi: UInt8 = 0xd9
    static let sos: UInt8 = 0xda
    static let dqt: UInt8 = 0xdb
    static let dnl: UInt8 = 0xdc
    static let dri: UInt8 = 0xdd
    static let dhp: UInt8 = 0xde
    static let exp: UInt8 = 0xdf
    static let app: ClosedRange<UInt8> = 0xe0...0xef
    static let com: UInt8 = 0xfe
    static let tem: UInt8 = 0x01

    /// Start of a frame of any process.
    static func isFrame(_ code: UInt8) -> Bool { (0xc0...0xcf).contains(code) && code != dht && code != jpg && code != dac }
    /// Markers that have no length (T.81 B.1.1.3).
    static func standsAlone(_ code: UInt8) -> Bool { rst.contains(code) || code == soi || code == eoi || code == tem }

    /// The name in the words of the standard.
    static func name(_ code: UInt8) -> String {
        switch code {
        case dht: "DHT"
        case jpg: "JPG"
        case dac: "DAC"
        case soi: "SOI"
        case eoi: "EOI"
        case sos: "SOS"
        case dqt: "DQT"
        case dnl: "DNL"
        case dri: "DRI"
        case dhp: "DHP"
        case exp: "EXP"
        case com: "COM"
        case tem: "TEM"
        case rst: "RST\(code - rst.lowerBound)"
        case app: "APP\(code - app.lowerBound)"
        case 0xc0...0xcf: "SOF\(code - 0xc0)"
        default: "FF" + String(code, radix: 16, uppercase: true)
        }
    }
}

/// A marker segment: the marker, and what follows its length.
struct Segment: Hashable, Sendable {
    var marker: UInt8
    /// Offset of the FF before the marker code.
    var offset: Int
    /// The parameters, without the length.
    var data: Range<Int>

    var context: String { "JPEG " + Marker.name(marker) }

    func read(from source: any ByteSource) throws(ImageryError) -> [UInt8] { try source.copy(data, of: context) }
}

/// Reads marker segments one after the other.
struct SegmentReader {
    let source: any ByteSource
    var position: Int
    /// Bytes between segments that belong to none were passed over.
    var strayBytes: [Diagnostic] = []

    /// The next segment; its data is empty for markers that stand alone. Nil at the end of the bytes.
    ///
    /// `passingOverData`: bytes before it may be data of a scan.
    mutating func next(passingOverData: Bool = false) throws(ImageryError) -> Segment? {
        guard let place = try findMarker(from: position) else {
            position = source.byteCount
            return nil
        }
        if place.offset > position, !passingOverData, try !isFill(position..<place.offset) {
            strayBytes.append(
                Diagnostic(
                    "JPEG", "\(place.offset - position) bytes before \(Marker.name(place.code)) belong to no segment", at: position)
            )
        }
        let start = place.offset + 2
        position = start
        guard !Marker.standsAlone(place.code) else { return Segment(marker: place.code, offset: place.offset, data: start..<start) }
        let length = try source.lend(start..<start + 2, of: "JPEG " + Marker.name(place.code)) {
            (span) throws(ImageryError) -> Int in
            var cursor = ByteCursor(span, base: start, bigEndian: true, context: "JPEG segment")
            return Int(try cursor.u16())
        }
        guard length >= 2, start + length <= source.byteCount else {
            throw ImageryError(
                .malformed, "JPEG " + Marker.name(place.code),
                length < 2 ? "the length \(length) is less than its own two bytes" : "the segment ends behind the file",
                at: place.offset)
        }
        position = start + length
        return Segment(marker: place.code, offset: place.offset, data: start + 2..<start + length)
    }

    /// True for bytes FF only, of which any number may stand before a marker (T.81 B.1.1.2).
    private func isFill(_ range: Range<Int>) throws(ImageryError) -> Bool {
        guard range.count <= Self.searchBytes else { return false }
        return try source.copy(range, of: "JPEG").allSatisfy { $0 == 0xff }
    }

    /// The first marker at or behind `offset`: FF and neither 0 nor FF. Fill bytes before it are passed over (T.81 B.1.1.2).
    func findMarker(from offset: Int) throws(ImageryError) -> (code: UInt8, offset: Int)? {
        var start = offset
        while start + 1 < source.byteCount {
            let end = min(source.byteCount, start + (start == offset ? 16 : Self.searchBytes))
            let found = try source.lend(start..<end, of: "JPEG") { (span) throws(ImageryError) -> (code: UInt8, offset: Int)? in
                for index in 0..<span.byteCount - 1 where span.byte(index) == 0xff {
                    let code = span.byte(index + 1)
                    if code != 0 && code != 0xff { return (code, start + index) }
                }
                return nil
            }
            if let found { return found }
            start = end - 1
        }
        return nil
    }

    private static let searchBytes = 1 << 16
}

extension RawSpan {
    /// The byte at `index`, which is inside.
    func byte(_ index: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self) }
}

/// A component of the frame (T.81 B.2.2).
struct Component: Hashable, Sendable {
    var identifier: UInt8
    /// Sampling factors, relative to the frame's largest.
    var horizontal: Int
    var vertical: Int
    /// Destination of its quantisers.
    var table: Int
}

/// How the samples of a frame are coded (T.81 table B.1).
enum Process: String, Sendable {
    case baseline, extended, progressive, lossless
}

/// A frame header (T.81 B.2.2).
struct Frame: Hashable, Sendable {
    var process: Process
    var isArithmetic: Bool
    var precision: Int
    var width: Int
    var height: Int
    var components: [Component]
    var offset: Int

    init(_ segment: Segment, _ data: [UInt8]) throws(ImageryError) {
        offset = segment.offset
        func broken(_ message: String) -> ImageryError { ImageryError(.malformed, segment.context, message, at: segment.offset) }
        isArithmetic = segment.marker >= 0xc8
        switch segment.marker {
        case 0xc0: process = .baseline
        case 0xc1, 0xc9: process = .extended
        case 0xc2, 0xca: process = .progressive
        case 0xc3, 0xcb: process = .lossless
        default:
            throw ImageryError(
                .unsupported, segment.context, "hierarchical (differential) frames are not supported", at: segment.offset)
        }
        guard data.count >= 6 else { throw broken("the frame header is too short (T.81 B.2.2)") }
        precision = Int(data[0])
        height = Int(data[1]) << 8 | Int(data[2])
        width = Int(data[3]) << 8 | Int(data[4])
        let count = Int(data[5])
        guard width > 0, count > 0 else { throw broken("the frame has no samples") }
        guard data.count >= 6 + 3 * count else { throw broken("\(count) components do not fit into the frame header") }
        guard count <= 4 else {
            throw ImageryError(.unsupported, segment.context, "frames of \(count) components are not supported", at: segment.offset)
        }
        let isKnown =
            process == .lossless ? (2...16).contains(precision) : precision == 8 || (precision == 12 && process != .baseline)
        guard isKnown else {
            throw ImageryError(
                .unsupported, segment.context, "\(precision) bits a sample are not supported in \(process.rawValue) frames",
                at: segment.offset)
        }
        components = (0..<count).map { index in
            let place = 6 + 3 * index
            return Component(
                identifier: data[place], horizontal: Int(data[place + 1] >> 4), vertical: Int(data[place + 1] & 15),
                table: Int(data[place + 2]))
        }
        for component in components {
            guard (1...4).contains(component.horizontal), (1...4).contains(component.vertical) else {
                throw broken("sampling factors of \(component.horizontal) x \(component.vertical) do not exist")
            }
            guard component.table < 4 else { throw broken("there is no quantisation table \(component.table)") }
        }
    }
}

/// A scan header (T.81 B.2.3).
struct Scan: Hashable, Sendable {
    struct Part: Hashable, Sendable {
        /// Which component of the frame.
        var component: Int
        var dc: Int
        var ac: Int
    }
    var parts: [Part]
    /// Start of the spectral selection; the predictor of lossless scans.
    var start: Int
    var end: Int
    /// Bits before this scan, and behind it: successive approximation.
    var high: Int
    /// The point transform of lossless scans.
    var low: Int
    var offset: Int
    /// Where its data begins.
    var dataOffset: Int

    init(_ segment: Segment, _ data: [UInt8], _ frame: Frame) throws(ImageryError) {
        func broken(_ message: String) -> ImageryError { ImageryError(.malformed, "JPEG SOS", message, at: segment.offset) }
        offset = segment.offset
        dataOffset = segment.data.upperBound
        guard let count = data.first.map({ Int($0) }), (1...4).contains(count), data.count >= 4 + 2 * count else {
            throw broken("the scan header does not follow T.81 B.2.3")
        }
        parts = []
        for index in 0..<count {
            let identifier = data[1 + 2 * index]
            // Some encoders give several components one number: then they are meant in the order of the frame.
            let taken = parts.map(\.component)
            guard
                let component = frame.components.indices.first(where: {
                    frame.components[$0].identifier == identifier && !taken.contains($0)
                })
            else { throw broken("the frame has no component \(identifier)") }
            let tables = data[2 + 2 * index]
            guard tables >> 4 < 4, tables & 15 < 4 else { throw broken("there are no tables \(tables >> 4) and \(tables & 15)") }
            parts.append(Part(component: component, dc: Int(tables >> 4), ac: Int(tables & 15)))
        }
        start = Int(data[1 + 2 * count])
        end = Int(data[2 + 2 * count])
        high = Int(data[3 + 2 * count] >> 4)
        low = Int(data[3 + 2 * count] & 15)
        let blocks = parts.reduce(0) { $0 + frame.components[$1.component].horizontal * frame.components[$1.component].vertical }
        guard count == 1 || blocks <= 10 else { throw broken("an MCU of \(blocks) blocks is larger than 10 (T.81 B.2.3)") }
        switch frame.process {
        case .baseline, .extended:
            // Files with other values are about, and mean these.
            (start, end, high, low) = (0, 63, 0, 0)
        case .progressive:
            let isDC = start == 0
            guard isDC ? end == 0 : start <= end && end < 64 && count == 1, low <= 13, high == 0 || high == low + 1 else {
                throw broken("Ss \(start), Se \(end), Ah \(high), Al \(low) are no progressive scan (T.81 G.1.1.1)")
            }
        case .lossless:
            guard (1...7).contains(start), low < frame.precision else {
                throw broken("predictor \(start) with point transform \(low) does not exist (T.81 H.1.2)")
            }
        }
    }
}

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
        guard JPEGFile.format(of: first) != nil else {
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
                throw ImageryError(.unsupported, segment.context, "hierarchical images are not supported", at: segment.offset)
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
