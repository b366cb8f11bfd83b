// What a computer graphics metafile says of itself (ISO/IEC 8632-3, binary encoding; MIL-STD-2301).

import ImageryBase
import ImageryPlumbing

/// The name and the version of a metafile.
struct GraphicsMetafile: Sendable {
    var name = ""
    var version: Int?

    /// The name of ``metadata`` among the fields of a graphic: no field of the subheader, and no extension.
    static let metadataName = "CGM:metafile"
    /// The name and the version stand in the first commands.
    static let headBytes = 1024

    /// Reads the first commands of `bytes`; nil when they do not begin with BEGIN METAFILE.
    init?(_ bytes: [UInt8]) {
        var position = 0
        var isBegun = false
        while let command = Self.command(bytes, at: position) {
            let parameters = command.parameters
            switch (command.class, command.id) {
            case (0, 1):
                guard !isBegun, let count = parameters.first.map({ Int($0) }), count < parameters.count || count == 0 else {
                    return nil
                }
                isBegun = true
                name = TextEncoding.latin1.decode(Array(parameters.dropFirst().prefix(count))).trimmedText
            case (1, 1) where parameters.count >= 2:
                version = parameters.prefix(2).reduce(0) { $0 << 8 | Int($1) }
            // The pictures begin: what describes the metafile stands before them.
            case (0, 3): position = bytes.count
            default: break
            }
            guard isBegun else { return nil }
            position = max(position, command.end)
        }
        guard isBegun else { return nil }
    }

    /// Class, number and parameters of the command at `position`; nil where the bytes end. Its header has four bits of class, seven of number
    /// and five of length, where 31 says that the length follows, with a bit that tells of a further partition, which begins with its own
    /// length and is not among the parameters; commands and partitions begin at even places (8632-3 5.4).
    static func command(
        _ bytes: [UInt8], at position: Int
    ) -> (class: Int, id: Int, parameters: ArraySlice<UInt8>, end: Int)? {
        func word(_ place: Int) -> Int? { place + 2 <= bytes.count ? Int(bytes[place]) << 8 | Int(bytes[place + 1]) : nil }
        guard let head = word(position) else { return nil }
        var (start, length) = (position + 2, head & 31)
        var isContinued = false
        if length == 31 {
            guard let long = word(start) else { return nil }
            (start, length) = (start + 2, long & 0x7fff)
            isContinued = long & 0x8000 != 0
        }
        guard start + length <= bytes.count else { return nil }
        var end = start + length + length % 2
        while isContinued {
            guard let long = word(end), end + 2 + (long & 0x7fff) <= bytes.count else { return nil }
            end += 2 + (long & 0x7fff) + (long & 1)
            isContinued = long & 0x8000 != 0
        }
        return (head >> 12, head >> 5 & 0x7f, bytes[start..<start + length], end)
    }

    var metadata: [Metadata.Entry] {
        var entries = [Metadata.Entry("NAME", Value(text: name))]
        if let version { entries.append(.init("VERSION", Value(version, .short))) }
        return entries
    }
}
