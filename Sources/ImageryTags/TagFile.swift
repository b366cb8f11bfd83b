// The header and the graph of directories (TIFF 6.0 section 2; BigTIFF; TIFF Technical Note 1; EXIF 4.6.3).

public import ImageryBase
import ImageryPlumbing

/// A file, or a block of bytes, in the structure of TIFF: the header and all directories, without the values that lie outside of
/// them.
///
/// Opening costs time in proportion to the directories. What is wrong becomes a diagnostic as long as the first directory can be
/// read: a link that was followed already, a value outside the file, a field type without a meaning.
public final class TagFile: Sendable {
    /// The bytes. Offsets count from their start.
    public let source: any ByteSource
    /// Byte order and size of offsets.
    public let encoding: TagEncoding
    /// The main chain in order, each directory followed by its children, depth first.
    public let directories: [TagDirectory]
    /// What opening found.
    public let diagnostics: [Diagnostic]

    /// Directories inside directories inside ... are followed this far.
    static let maxDepth = 8

    /// Reads the header and every directory.
    ///
    /// Throws kind malformed when the header is not one of TIFF or the first directory cannot be read; kind io when the source
    /// fails.
    public init(_ source: any ByteSource, limits: Limits = Limits()) throws(ImageryError) {
        let (encoding, first) = try Self.header(of: source)
        var walk = DirectoryWalk(source: source, encoding: encoding, limit: limits.maxAssets)
        try walk.chain(from: first, link: .chain, depth: 0)
        if walk.directories.isEmpty { throw walk.firstFailure(at: first) }
        self.source = source
        self.encoding = encoding
        directories = walk.directories
        diagnostics = walk.diagnostics
    }

    /// True when `bytes`, the first of a file, are the start of a TIFF or BigTIFF header.
    public static func isHeader(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 4 else { return false }
        switch (bytes[0], bytes[1]) {
        case (0x49, 0x49): return (bytes[2] == 42 || bytes[2] == 43) && bytes[3] == 0
        case (0x4d, 0x4d): return (bytes[3] == 42 || bytes[3] == 43) && bytes[2] == 0
        default: return false
        }
    }

    private static func header(of source: any ByteSource) throws(ImageryError) -> (TagEncoding, Int) {
        let context = "TIFF header"
        let length = min(16, source.byteCount)
        let bytes = try source.copy(0..<length, of: context)
        guard isHeader(bytes) else {
            throw ImageryError(.malformed, context, "the file does not begin with II or MM and 42 or 43", at: 0)
        }
        let big = bytes[0] == 0x4d
        let isBigTIFF = (big ? bytes[3] : bytes[2]) == 43
        let offset: UInt64
        do {
            var cursor = unsafe ByteCursor(bytes.span.bytes, bigEndian: big, context: context)
            try cursor.skip(4)
            if isBigTIFF {
                let size = try cursor.u16()
                let zero = try cursor.u16()
                guard size == 8, zero == 0 else {
                    throw ImageryError(.malformed, context, "BigTIFF offsets have 8 bytes, not \(size)", at: 4)
                }
                offset = try cursor.u64()
            } else {
                offset = UInt64(try cursor.u32())
            }
        }
        guard let first = Int(exactly: offset), first > 0, first < source.byteCount else {
            throw ImageryError(
                .malformed, context, "the first directory at byte \(offset) is outside the file", at: isBigTIFF ? 8 : 4)
        }
        return (TagEncoding(isBigEndian: big, isBig: isBigTIFF), first)
    }

    /// The children of directory `index` under `tag`, as indexes into ``directories``, in order.
    public func children(of index: Int, tag: UInt16) -> [Int] {
        var result: [Int] = []
        var next = index + 1
        while next < directories.count, directories[next].depth > directories[index].depth {
            if directories[next].link == .child(tag: tag, parent: index) { result.append(next) }
            next += 1
        }
        return result
    }

    /// The value of an entry, in little-endian order. Throws kind io when the source fails.
    public func value(_ entry: TagEntry) throws(ImageryError) -> Value {
        guard entry.isPresent, let type = entry.type else { return Value(bytes: []) }
        var bytes = try rawBytes(entry)
        if encoding.isBigEndian { reverseUnits(&bytes, unit: type.swapUnit) }
        return Value(type, littleEndian: bytes)
    }

    /// The value of the first entry of `tag` in `directory`; nil when there is none, or the source fails.
    public func value(_ tag: UInt16, in directory: TagDirectory) -> Value? {
        guard let entry = directory.entry(tag) else { return nil }
        return try? value(entry)
    }

    /// The first element of `tag` in `directory` as a number that is not negative; nil when there is none, or it is no integer.
    public func int(_ tag: UInt16, in directory: TagDirectory) -> Int? {
        guard let entry = directory.entry(tag) else { return nil }
        return (try? TagArray(entry, in: self))?[0]
    }

    /// The bytes of an entry's value as they lie in the file.
    func rawBytes(_ entry: TagEntry) throws(ImageryError) -> [UInt8] {
        if entry.isInline {
            return (0..<entry.byteCount).map { UInt8(truncatingIfNeeded: entry.inline >> (8 * UInt64($0))) }
        }
        // Bounded: the walk has shown that the value lies inside the source, and that all values together are no larger than it.
        return try source.copy(entry.valueOffset..<entry.valueOffset + entry.byteCount, of: "TIFF tag \(entry.tag)")
    }
}

/// Follows the links between directories, each once.
struct DirectoryWalk {
    let source: any ByteSource
    let encoding: TagEncoding
    let limit: Int
    var directories: [TagDirectory] = []
    var diagnostics: [Diagnostic] = []
    private var visited: Set<Int> = []
    /// Bytes of directories and of values outside of them so far. Each total is held to the size of the source: directories or
    /// values that overlap thousands of times cost no more than ones that do not.
    private var directoryBytes = 0
    private var valueBytes = 0

    init(source: any ByteSource, encoding: TagEncoding, limit: Int) {
        self.source = source
        self.encoding = encoding
        self.limit = limit
    }

    private static let maxDiagnostics = 1_000

    private mutating func report(_ message: String, in context: String, at offset: Int) {
        if diagnostics.count < Self.maxDiagnostics { diagnostics.append(Diagnostic(context, message, at: offset)) }
    }

    /// Why there is not even one directory.
    func firstFailure(at offset: Int) -> ImageryError {
        let found = diagnostics.first
        return ImageryError(.malformed, "TIFF IFD 0", found?.message ?? "the first directory cannot be read", at: offset)
    }

    /// Walks a chain of directories and everything below them.
    mutating func chain(from first: Int, link: TagDirectory.Link, depth: Int, number: Int = 0) throws(ImageryError) {
        var offset = first
        var number = number
        while offset != 0 {
            let context = "TIFF IFD \(number)"
            guard directories.count < limit else {
                return report("there are more than \(limit) directories (limits.maxAssets)", in: context, at: offset)
            }
            guard visited.insert(offset).inserted else {
                return report("the directory at byte \(offset) was read already: the links form a loop", in: context, at: offset)
            }
            guard let (directory, next) = try read(offset, link: link, depth: depth, number: number) else { return }
            let index = directories.count
            directories.append(directory)
            try children(of: index)
            offset = next
            number += 1
        }
    }

    private mutating func children(of index: Int) throws(ImageryError) {
        let directory = directories[index]
        for entry in directory.entries where entry.isPresent && DirectoryTag.all.contains(entry.tag) {
            let offsets = try TagArray(entry, source: source, encoding: encoding)
            guard directory.depth < Self.maxDepth else {
                return report(
                    "directories are nested deeper than \(Self.maxDepth)", in: "TIFF tag \(entry.tag)", at: entry.valueOffset)
            }
            for number in 0..<offsets.count {
                guard let offset = offsets[number], offset != 0 else { continue }
                try chain(from: offset, link: .child(tag: entry.tag, parent: index), depth: directory.depth + 1, number: number)
            }
        }
    }

    private static var maxDepth: Int { TagFile.maxDepth }

    /// One directory and the offset of the next; nil (with a diagnostic) when it is not inside the source.
    private mutating func read(
        _ offset: Int, link: TagDirectory.Link, depth: Int, number: Int
    ) throws(ImageryError) -> (TagDirectory, Int)? {
        let context = "TIFF IFD \(number)"
        let encoding = encoding
        let start = encoding.countByteCount
        guard offset > 0, let tableStart = checkedSum(offset, start), tableStart <= source.byteCount else {
            report("the directory at byte \(offset) is outside the file", in: context, at: offset)
            return nil
        }
        let declared: UInt64 = try source.lend(offset..<tableStart, of: context) { (span) throws(ImageryError) -> UInt64 in
            var cursor = ByteCursor(span, base: offset, bigEndian: encoding.isBigEndian, context: context)
            if encoding.isBig { return try cursor.u64() }
            return UInt64(try cursor.u16())
        }
        // Entries that the file is too short for cannot be read; the ones before them can (S92).
        let room = (source.byteCount - tableStart) / encoding.entryByteCount
        let count = Int(min(declared, UInt64(room)))
        let tableEnd = tableStart + count * encoding.entryByteCount
        let isComplete = UInt64(count) == declared && tableEnd + encoding.offsetByteCount <= source.byteCount
        if !isComplete {
            report("\(declared) entries and the link do not fit into the file: it is truncated", in: context, at: offset)
            if count == 0 { return nil }
        }
        let end = isComplete ? tableEnd + encoding.offsetByteCount : tableEnd
        directoryBytes += end - offset
        guard directoryBytes <= source.byteCount else {
            report("directories overlap: together they are larger than the file", in: context, at: offset)
            return nil
        }
        var entries: [TagEntry] = []
        entries.reserveCapacity(count)
        var problems: [(message: String, offset: Int)] = []
        var valueBytes = valueBytes
        let fileSize = source.byteCount
        let next: UInt64 = try source.lend(tableStart..<end, of: context) { (span) throws(ImageryError) -> UInt64 in
            var cursor = ByteCursor(span, base: tableStart, bigEndian: encoding.isBigEndian, context: context)
            for _ in 0..<count {
                let place = cursor.sourceOffset
                let (entry, problem) = try Self.entry(&cursor, encoding, fileSize: fileSize, valueBytes: &valueBytes)
                entries.append(entry)
                if let problem { problems.append((problem, place)) }
            }
            guard isComplete else { return 0 }
            if encoding.isBig { return try cursor.u64() }
            return UInt64(try cursor.u32())
        }
        self.valueBytes = valueBytes
        for problem in problems { report(problem.message, in: context, at: problem.offset) }
        let directory = TagDirectory(
            link: link, number: number, depth: depth, offset: offset, byteCount: end - offset, entries: entries)
        guard let follow = Int(exactly: next) else {
            report("the next directory is outside the file", in: context, at: tableEnd)
            return (directory, 0)
        }
        return (directory, follow)
    }

    /// The next entry, and what is wrong with it.
    private static func entry(
        _ cursor: inout ByteCursor, _ encoding: TagEncoding, fileSize: Int, valueBytes: inout Int
    ) throws(ImageryError) -> (TagEntry, String?) {
        let tag = try cursor.u16()
        let typeCode = try cursor.u16()
        let declared = encoding.isBig ? try cursor.u64() : UInt64(try cursor.u32())
        let fieldOffset = cursor.sourceOffset
        let stored = encoding.isBig ? try cursor.u64() : UInt64(try cursor.u32())
        let inline = encoding.isBigEndian ? stored.byteSwapped >> (encoding.isBig ? 0 : 32) : stored

        func absent(_ message: String) -> (TagEntry, String?) {
            let entry = TagEntry(
                tag: tag, typeCode: typeCode, isPresent: false, count: 0, valueOffset: fieldOffset, inline: 0, isInline: true)
            return (entry, "tag \(tag): " + message)
        }
        guard let type = FieldType(rawValue: typeCode) else { return absent("the field type \(typeCode) is not known") }
        guard let count = Int(exactly: declared), let size = checkedProduct(count, type.byteCount), size <= fileSize else {
            return absent("a value of \(declared) elements is larger than the file")
        }
        if size <= encoding.offsetByteCount {
            let entry = TagEntry(
                tag: tag, typeCode: typeCode, isPresent: true, count: count, valueOffset: fieldOffset, inline: inline,
                isInline: true)
            return (entry, nil)
        }
        guard let offset = Int(exactly: stored), let end = checkedSum(offset, size), end <= fileSize else {
            return absent("the value at byte \(stored) is outside the file")
        }
        guard let total = checkedSum(valueBytes, size), total <= fileSize else {
            return absent("values overlap: together they are larger than the file")
        }
        valueBytes = total
        let entry = TagEntry(
            tag: tag, typeCode: typeCode, isPresent: true, count: count, valueOffset: offset, inline: 0, isInline: false)
        return (entry, nil)
    }
}
