// Frame and scan headers (T.81 B.2.2, B.2.3).

import ImageryBase

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
enum CodingProcess: String, Sendable {
    case baseline, extended, progressive, lossless
}

/// A frame header (T.81 B.2.2).
struct Frame: Hashable, Sendable {
    var process: CodingProcess
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
                unsupported: .compression, segment.context, "hierarchical (differential) frames are not supported",
                at: segment.offset)
        }
        guard data.count >= 6 else { throw broken("the frame header is too short (T.81 B.2.2)") }
        precision = Int(data[0])
        height = Int(data[1]) << 8 | Int(data[2])
        width = Int(data[3]) << 8 | Int(data[4])
        let count = Int(data[5])
        guard width > 0, count > 0 else { throw broken("the frame has no samples") }
        guard data.count >= 6 + 3 * count else { throw broken("\(count) components do not fit into the frame header") }
        guard count <= 4 else {
            throw ImageryError(
                unsupported: .bands, segment.context, "frames of \(count) components are not supported", at: segment.offset)
        }
        let isKnown =
            process == .lossless ? (2...16).contains(precision) : precision == 8 || (precision == 12 && process != .baseline)
        guard isKnown else {
            throw ImageryError(
                unsupported: .pixelType, segment.context,
                "\(precision) bits a sample are not supported in \(process.rawValue) frames",
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
