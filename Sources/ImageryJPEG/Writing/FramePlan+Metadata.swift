// Metadata entries back to marker segments (T.81 B.2.4; JFIF 1.02; EXIF 2.32 4.7; XMP part 3, 1.1.3; ICC.1 B.4; S64).

import ImageryBase
import ImageryPlumbing
import ImageryTags

extension FramePlan {
    /// The segments before the tables.
    func leadingSegments() throws(ImageryError) -> [UInt8] {
        switch options.markers {
        case .none: []
        case .nitf(let segment): try segment.serialised(frame, isColorConverted: isColorConverted)
        case .file: colorSegment + (try MetadataSegments(self).serialised())
        }
    }

    /// The segment that tells the colors: JFIF for gray and YCbCr, Adobe for all others.
    private var colorSegment: [UInt8] {
        guard isColorConverted || frame.components.count == 1 else {
            // Version 100, no flags, no transform (Adobe Technical Note 5116, 18).
            return Marker.segment(0xee, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 0])
        }
        let stored = options.metadata?["JFIF"]
        func number(_ name: String, _ range: ClosedRange<Int>, else other: Int) -> Int {
            stored?[name]?.int.flatMap { range.contains($0) ? $0 : nil } ?? other
        }
        var data = Array("JFIF\0".utf8) + bigEndian16(number("Version", 0x0100...0x01ff, else: 0x0101))
        // Without units the densities are the shape of a pixel; there is no thumbnail.
        data += [UInt8(number("Units", 0...2, else: 0))]
        data += bigEndian16(number("XDensity", 1...65535, else: 1)) + bigEndian16(number("YDensity", 1...65535, else: 1))
        return Marker.segment(0xe0, data + [0, 0])
    }
}

/// Makes the segments of a file's metadata.
private struct MetadataSegments {
    private let metadata: Metadata
    /// The metadata were read from an image with another number of components.
    private let isOfOtherColor: Bool

    /// Computed anew, and what says how NITF blocks lie (S64: structural).
    private static let structural: Set<String> = ["SOF", "RestartInterval", "JFIF", "Adobe", "NITF"]

    init(_ plan: FramePlan) {
        let given = plan.options.metadata
        metadata = given?.schema == .jpeg || given?.schema == nil ? given ?? Metadata(schema: .jpeg) : Metadata(schema: .jpeg)
        isOfOtherColor = metadata["SOF"]?["Components"].map { $0.count != plan.frame.components.count } ?? false
    }

    func serialised() throws(ImageryError) -> [UInt8] {
        var result: [UInt8] = []
        for entry in metadata.entries where !Self.structural.contains(entry.name) {
            switch entry.name {
            case "EXIF": result += try segment(0xe1, exifName + exif(entry.value), entry.name)
            case "XMP": result += try segment(0xe1, xmpName + text(entry), entry.name)
            case "XMPExtended": result += try extended(text(entry))
            case "ICCProfile": if !isOfOtherColor { result += try profile(entry.value.bytes) }
            case "COM": result += try segment(Marker.com, text(entry), entry.name)
            default: result += try application(entry)
            }
        }
        return result
    }

    private func misfit(_ name: String, _ message: String) -> ImageryError { ImageryError(.misuse, "JPEG \(name)", message) }

    private func segment(_ marker: UInt8, _ data: [UInt8], _ name: String) throws(ImageryError) -> [UInt8] {
        guard data.count <= Marker.largestSegment else {
            throw misfit(name, "\(data.count) bytes do not fit: a segment takes \(Marker.largestSegment)")
        }
        return Marker.segment(marker, data)
    }

    private func text(_ entry: Metadata.Entry) throws(ImageryError) -> [UInt8] {
        guard entry.value.type != nil else { throw misfit(entry.name, "needs text or bytes") }
        return entry.value.bytes
    }

    /// A TIFF file of one directory, without pixels.
    private func exif(_ value: Value) throws(ImageryError) -> [UInt8] {
        guard let group = value.group else { throw misfit("EXIF", "needs a group of tags") }
        let bytes = try DirectoryWriter.exif(group) { (entry) throws(ImageryError) in
            throw misfit("EXIF", "no tag has the name \"\(entry.name)\": give its number")
        }
        guard let bytes else { throw misfit("EXIF", "has a number that does not fit a classic TIFF file") }
        return bytes
    }

    /// Parts of at most a segment, numbered from 1.
    private func profile(_ bytes: [UInt8]) throws(ImageryError) -> [UInt8] {
        let size = Marker.largestSegment - profileName.count - 2
        let count = max(1, ceilDivide(bytes.count, size))
        guard count <= 255 else { throw misfit("ICCProfile", "\(bytes.count) bytes do not fit into 255 segments") }
        return (0..<count).flatMap { index in
            let part = bytes[index * size..<min(bytes.count, (index + 1) * size)]
            return Marker.segment(0xe2, profileName + [UInt8(index + 1), UInt8(count)] + part)
        }
    }

    /// Parts of at most a segment, each with the name that the main packet gives the whole (XMP part 3, 1.1.3.1).
    private func extended(_ bytes: [UInt8]) throws(ImageryError) -> [UInt8] {
        guard let name = extensionName else {
            throw misfit("XMPExtended", "the entry XMP does not name it in xmpNote:HasExtendedXMP")
        }
        let size = Marker.largestSegment - extendedName.count - name.count - 8
        return stride(from: 0, to: bytes.count, by: size).flatMap { start in
            let head = extendedName + name + bigEndian32(bytes.count) + bigEndian32(start)
            return Marker.segment(0xe1, head + bytes[start..<min(bytes.count, start + size)])
        }
    }

    /// The 32 hexadecimal digits behind `HasExtendedXMP`, as an attribute or an element.
    private var extensionName: [UInt8]? {
        let packet = metadata["XMP"]?.bytes ?? []
        let label = Array("HasExtendedXMP".utf8)
        guard packet.count >= label.count + 34 else { return nil }
        for start in 0...packet.count - label.count - 34 where packet[start] == label[0] {
            guard packet[start..<start + label.count].elementsEqual(label) else { continue }
            // Between them: an equals sign, quotes, blanks, or the end of a tag.
            let rest = packet[(start + label.count)...].prefix(80).drop { !Self.isDigit($0) }
            let digits = rest.prefix { Self.isDigit($0) }
            if digits.count == 32 { return Array(digits) }
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private func bigEndian32(_ number: Int) -> [UInt8] { bigEndian16(number >> 16) + bigEndian16(number) }

    /// Any other application segment, bytes as they were. What tells the colors is made anew; a list of further pictures in the file
    /// (CIPA DC-007) would point to where they are no more.
    private func application(_ entry: Metadata.Entry) throws(ImageryError) -> [UInt8] {
        guard entry.name.hasPrefix("APP"), let number = UInt8(entry.name.dropFirst(3)), number < 16 else {
            throw misfit("metadata", "\"\(entry.name)\" is no marker segment")
        }
        let data = try text(entry)
        let told: [(UInt8, String)] = [(0, "JFIF\0"), (14, "Adobe"), (2, "MPF\0")]
        if told.contains(where: { $0.0 == number && data.starts(with: $0.1.utf8) }) { return [] }
        return try segment(Marker.app.lowerBound + number, data, entry.name)
    }
}
