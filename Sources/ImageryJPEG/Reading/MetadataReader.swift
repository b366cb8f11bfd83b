// Marker segments as metadata, in file order (T.81 B.2.4; JFIF 1.02; EXIF 2.32 4.7; XMP part 3, 1.1.3; ICC.1 B.4; S62).

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// Reads the metadata of a stream: what stands before its first scan.
struct MetadataReader: Sendable {
    let source: any ByteSource
    let header: Header
    let limits: Limits

    /// What an entry costs beside its data, about: many tiny segments must not cost more than a large one.
    private static let entryCost = 256

    /// The entries, and what is wrong with the segments. Parts of an ICC profile or of extended XMP are joined where the first one
    /// stands.
    func read() -> (metadata: Metadata, diagnostics: [Diagnostic]) {
        var result = Metadata(schema: .jpeg)
        var diagnostics: [Diagnostic] = []
        var budget = limits.maxMetadataBytes
        var profile = JoinedParts("ICCProfile", limit: limits.maxMetadataItemBytes)
        var extended = JoinedParts("XMPExtended", limit: limits.maxMetadataItemBytes)
        for segment in header.segments where isDescribed(segment.marker) {
            guard budget >= Self.entryCost + segment.data.count else {
                let message = "this and all further metadata is left out: it is more than limits.maxMetadataBytes allows"
                diagnostics.append(Diagnostic(segment.context, message, at: segment.offset))
                break
            }
            budget -= Self.entryCost + segment.data.count
            do throws(ImageryError) {
                let data = try segment.read(from: source)
                if let part = ProfilePart(data), segment.marker == 0xe2 {
                    profile.add(part.data, number: part.number, of: part.count, segment, &result)
                } else if let part = ExtendedPart(data), segment.marker == 0xe1 {
                    extended.add(part.data, offset: part.offset, of: part.length, name: part.name, segment, &result)
                } else {
                    result.entries.append(entry(segment, data, &diagnostics))
                }
            } catch {
                diagnostics.append(Diagnostic(error))
            }
        }
        profile.finish(&result, &diagnostics)
        extended.finish(&result, &diagnostics)
        return (result, diagnostics)
    }

    private func isDescribed(_ marker: UInt8) -> Bool {
        Marker.isFrame(marker) || marker == Marker.dri || Marker.app.contains(marker) || marker == Marker.com
    }

    private func entry(_ segment: Segment, _ data: [UInt8], _ diagnostics: inout [Diagnostic]) -> Metadata.Entry {
        switch segment.marker {
        case let code where Marker.isFrame(code): return frameEntry
        case Marker.com: return Metadata.Entry("COM", Value(.ascii, littleEndian: data))
        case Marker.dri where data.count == 2: return Metadata.Entry("RestartInterval", number(data, 0, 2))
        case 0xe0 where data.starts(with: [0x4a, 0x46, 0x49, 0x46, 0]) && data.count >= 14:
            return Metadata.Entry("JFIF", fields(jfifFields, data, from: 5))
        case 0xe1 where data.starts(with: exifName) && data.count > 6:
            return exif(segment, Array(data[6...]), &diagnostics)
        case 0xe1 where data.starts(with: xmpName):
            return Metadata.Entry("XMP", Value(.utf8, littleEndian: Array(data[xmpName.count...])))
        case 0xe6 where data.starts(with: "NITF\0".utf8) && data.count >= 23:
            return Metadata.Entry("NITF", fields(nitfFields, data, from: 5))
        case 0xee where data.starts(with: "Adobe".utf8) && data.count >= 12:
            return Metadata.Entry("Adobe", fields(adobeFields, data, from: 5))
        default: return Metadata.Entry(Marker.name(segment.marker), Value(bytes: data))
        }
    }

    private var frameEntry: Metadata.Entry {
        let frame = header.frame
        var entries = [
            Metadata.Entry("Process", Value(text: frame.process.rawValue)),
            Metadata.Entry("EntropyCoding", Value(text: frame.isArithmetic ? "arithmetic" : "Huffman")),
            Metadata.Entry("Precision", Value(frame.precision, .byte)),
            Metadata.Entry("Height", Value(frame.height, .short)),
            Metadata.Entry("Width", Value(frame.width, .short)),
        ]
        let components = frame.components.map { component in
            Value(group: [
                Metadata.Entry("Identifier", Value(Int(component.identifier), .byte)),
                Metadata.Entry("HorizontalSampling", Value(component.horizontal, .byte)),
                Metadata.Entry("VerticalSampling", Value(component.vertical, .byte)),
                Metadata.Entry("QuantizationTable", Value(component.table, .byte)),
            ])
        }
        entries.append(Metadata.Entry("Components", Value(list: components)))
        entries.append(Metadata.Entry("ColorTransform", Value(text: header.transform.rawValue)))
        return Metadata.Entry("SOF", Value(group: entries))
    }

    /// The tags, as a group.
    private func exif(_ segment: Segment, _ data: [UInt8], _ diagnostics: inout [Diagnostic]) -> Metadata.Entry {
        do throws(ImageryError) {
            let file = try TagFile(MemorySource(data), limits: limits)
            diagnostics += file.diagnostics.map {
                Diagnostic(segment.context, $0.message, at: segment.data.lowerBound + exifName.count + ($0.offset ?? 0))
            }
            if !file.directories.isEmpty { return Metadata.Entry("EXIF", Value(group: file.metadata(of: 0).entries)) }
        } catch {
            diagnostics.append(Diagnostic(segment.context, "holds no EXIF: \(error.message)", at: segment.offset))
        }
        return Metadata.Entry(Marker.name(segment.marker), Value(bytes: exifName + data))
    }

    /// One line for each segment, and one for each field of those of fixed layout.
    func dump() -> [DumpLine] {
        var lines: [DumpLine] = []
        for segment in header.segments {
            lines.append(
                DumpLine(
                    depth: 0, name: Marker.name(segment.marker), offset: segment.offset,
                    size: segment.data.upperBound - segment.offset, value: summary(segment)))
            guard let head = try? source.copy(segment.data.prefix(64), of: segment.context) else { continue }
            let layout: [SegmentField]
            switch segment.marker {
            case 0xe0 where head.starts(with: [0x4a, 0x46, 0x49, 0x46, 0]) && head.count >= 14: layout = jfifFields
            case 0xe6 where head.starts(with: "NITF\0".utf8) && head.count >= 23: layout = nitfFields
            case 0xee where head.starts(with: "Adobe".utf8) && head.count >= 12: layout = adobeFields
            default: continue
            }
            var place = 5
            for field in layout {
                lines.append(
                    DumpLine(
                        depth: 1, name: field.name, offset: segment.data.lowerBound + place, size: field.size,
                        value: field.isText ? field.value(head, place).text ?? "" : "\(number(head, place, field.size).int ?? 0)"))
                place += field.size
            }
        }
        return lines
    }

    private func summary(_ segment: Segment) -> String {
        let frame = header.frame
        if Marker.isFrame(segment.marker) {
            let factors = frame.components.map { "\($0.horizontal)x\($0.vertical)" }.joined(separator: ",")
            return "\(frame.width) x \(frame.height), \(frame.precision) bits, \(frame.components.count) components (\(factors))"
        }
        if segment.marker == Marker.sos {
            let scan = header.scan
            return "\(scan.parts.count) components, Ss \(scan.start), Se \(scan.end), Ah \(scan.high), Al \(scan.low)"
        }
        return ""
    }
}

let exifName: [UInt8] = Array("Exif\0\0".utf8)
let xmpName: [UInt8] = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
let extendedName: [UInt8] = Array("http://ns.adobe.com/xmp/extension/\0".utf8)
let profileName: [UInt8] = Array("ICC_PROFILE\0".utf8)

/// A number of a segment of fixed layout, most significant byte first.
private struct SegmentField {
    var name: String
    var size: Int
    /// A character.
    var isText: Bool

    init(_ name: String, _ size: Int, isText: Bool = false) {
        self.name = name
        self.size = size
        self.isText = isText
    }

    /// The field at `place`, where it is.
    func value(_ data: [UInt8], _ place: Int) -> Value {
        isText ? Value(.ascii, littleEndian: Array(data[place..<place + size])) : number(data, place, size)
    }
}

/// JFIF 1.02, "JFIF syntax", behind the identifier.
private let jfifFields = [
    SegmentField("Version", 2), SegmentField("Units", 1), SegmentField("XDensity", 2), SegmentField("YDensity", 2),
    SegmentField("ThumbnailWidth", 1), SegmentField("ThumbnailHeight", 1),
]
/// Adobe Technical Note 5116, 18.
private let adobeFields = [
    SegmentField("Version", 2), SegmentField("Flags0", 2), SegmentField("Flags1", 2), SegmentField("ColorTransform", 1),
]
/// The NITF application segment (MIL-STD-188-198A).
private let nitfFields = [
    SegmentField("Version", 2), SegmentField("IMODE", 1, isText: true), SegmentField("BlocksPerRow", 2),
    SegmentField("BlocksPerColumn", 2), SegmentField("ImageColor", 1), SegmentField("OriginalPrecision", 1),
    SegmentField("ImageClass", 1), SegmentField("Process", 1), SegmentField("Quality", 1), SegmentField("StreamColor", 1),
    SegmentField("StreamPrecision", 1), SegmentField("HorizontalFiltering", 1), SegmentField("VerticalFiltering", 1),
    SegmentField("Flags", 2),
]

private func number(_ data: [UInt8], _ place: Int, _ size: Int) -> Value {
    Value(data[place..<place + size].reduce(0) { $0 << 8 | Int($1) }, size == 1 ? .byte : size == 2 ? .short : .long)
}

/// The fields from `place` on; the caller has seen that they are there.
private func fields(_ layout: [SegmentField], _ data: [UInt8], from place: Int) -> Value {
    var place = place
    return Value(
        group: layout.map { field in
            defer { place += field.size }
            return Metadata.Entry(field.name, field.value(data, place))
        })
}

/// One APP2 segment of an ICC profile (ICC.1 B.4).
private struct ProfilePart {
    var number: Int
    var count: Int
    var data: [UInt8]

    init?(_ segment: [UInt8]) {
        guard segment.starts(with: profileName), segment.count >= profileName.count + 2 else { return nil }
        number = Int(segment[profileName.count])
        count = Int(segment[profileName.count + 1])
        data = Array(segment[(profileName.count + 2)...])
    }
}

/// One APP1 segment of extended XMP (XMP part 3, 1.1.3.1).
private struct ExtendedPart {
    var name: [UInt8]
    var length: Int
    var offset: Int
    var data: [UInt8]

    init?(_ segment: [UInt8]) {
        let start = extendedName.count
        guard segment.starts(with: extendedName), segment.count >= start + 40 else { return nil }
        name = Array(segment[start..<start + 32])
        length = segment[start + 32..<start + 36].reduce(0) { $0 << 8 | Int($1) }
        offset = segment[start + 36..<start + 40].reduce(0) { $0 << 8 | Int($1) }
        data = Array(segment[(start + 40)...])
    }
}

/// An item that is spread over several segments.
private struct JoinedParts {
    private let name: String
    private let limit: Int
    private var parts: [(place: Int, data: [UInt8])] = []
    /// What the first part says of the whole: how many parts or bytes there are.
    private var promised = 0
    private var identity: [UInt8] = []
    private var first: Segment?
    private var problem: String?
    private var isNumbered = false

    init(_ name: String, limit: Int) {
        self.name = name
        self.limit = limit
    }

    private mutating func open(_ segment: Segment, _ promised: Int, _ metadata: inout Metadata) {
        guard first == nil else { return }
        metadata.entries.append(Metadata.Entry(name, Value(bytes: [])))
        first = segment
        self.promised = promised
    }

    /// Part `number`, from 1, of `count`.
    mutating func add(_ data: [UInt8], number: Int, of count: Int, _ segment: Segment, _ metadata: inout Metadata) {
        open(segment, count, &metadata)
        if count != promised { problem = "the parts disagree on their number" }
        if number < 1 || number > count { problem = "part \(number) of \(count) does not exist" }
        if parts.contains(where: { $0.place == number }) { problem = "part \(number) comes twice" }
        parts.append((number, data))
        isNumbered = true
    }

    /// The bytes from `offset` on of an item of `length` bytes.
    mutating func add(
        _ data: [UInt8], offset: Int, of length: Int, name identity: [UInt8], _ segment: Segment, _ metadata: inout Metadata
    ) {
        if first == nil { self.identity = identity }
        open(segment, length, &metadata)
        if identity != self.identity || length != promised { problem = "the parts belong to different wholes" }
        parts.append((offset, data))
    }

    /// Puts the parts together; what does not fit together is left out.
    mutating func finish(_ metadata: inout Metadata, _ diagnostics: inout [Diagnostic]) {
        guard let first else { return }
        parts.sort { $0.place < $1.place }
        var whole: [UInt8] = []
        for (index, part) in parts.enumerated() where problem == nil {
            if part.place != (isNumbered ? index + 1 : whole.count) { problem = "the parts leave a gap or overlap" }
            if whole.count + part.data.count > limit { problem = "it is larger than limits.maxMetadataItemBytes allows" }
            whole += part.data
        }
        if problem == nil && promised != (isNumbered ? parts.count : whole.count) { problem = "the last parts are missing" }
        if let problem {
            diagnostics.append(Diagnostic(first.context, "\(name) is left out: \(problem)", at: first.offset))
            metadata[name] = nil
        } else {
            metadata[name] = isNumbered ? Value(bytes: whole) : Value(.utf8, littleEndian: whole)
        }
    }
}
