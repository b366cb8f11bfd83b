// Markers and marker segments (T.81 B.1.1, table B.1).

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
        // A little at first: what stands behind the marker may be nobody's concern.
        var wanted = 16
        while start + 1 < source.byteCount {
            let end = min(source.byteCount, start + wanted)
            wanted = min(2 * wanted, Self.searchBytes)
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
