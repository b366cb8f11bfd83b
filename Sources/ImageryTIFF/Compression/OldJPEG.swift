// Old-style JPEG (compression 6, TIFF 6.0 section 22): the marker segments of the streams are spread over tags.

import ImageryBase
import ImageryJPEG
import ImageryPlumbing
import ImageryTags

/// Opens the blocks of an image with compression 6: streams of their own, or the data of one scan.
struct OldJPEGStreams: StreamCodec {
    private let streams: JPEGStreams
    /// SOI, frame header and scan header for blocks that hold data only.
    private let headers: [UInt8]

    /// Throws kind malformed when there are neither tables in tags nor a stream that has them.
    init(_ header: ImageHeader, _ directory: TagDirectory, in file: TagFile) throws(ImageryError) {
        var tables = JPEGTables()
        let count = header.samplesPerBlockPixel
        // Each component has its own destinations when the tags name the tables.
        var destinations = Array(0..<count)
        if let bytes = try Self.tables(directory, in: file, count: count) {
            try tables.add(MemorySource(bytes))
        } else if let stream = Self.interchangeRange(directory, in: file) {
            try tables.add(SourceSlice(file.source, stream))
            destinations = destinations.map { min($0, 1) }
        }
        streams = JPEGStreams(tables: tables, colors: .asStored)
        headers = Self.headers(header, destinations, restartInterval: file.int(Tag.jpegRestartInterval, in: directory) ?? 0)
    }

    func open(_ source: any ByteSource) throws(ImageryError) -> any ImageSource {
        let start = try source.copy(0..<min(4, source.byteCount), of: "TIFF block")
        if start.starts(with: [0xff, 0xd8]) { return try streams.open(source) }
        // Some writers put the scan header before the data of the first strip.
        let isScan = start.count == 4 && start.starts(with: [0xff, 0xda])
        let skipped = isScan ? min(source.byteCount, 2 + (Int(start[2]) << 8 | Int(start[3]))) : 0
        return try streams.open(PrefixedSource(headers, SourceSlice(source, skipped..<source.byteCount)))
    }

    /// The stream that JPEGInterchangeFormat places, to the end of the file when its length is missing.
    static func interchangeRange(_ directory: TagDirectory, in file: TagFile) -> Range<Int>? {
        guard let start = file.int(Tag.jpegInterchangeFormat, in: directory), start > 0, start < file.source.byteCount else {
            return nil
        }
        let length = file.int(Tag.jpegInterchangeFormatLength, in: directory) ?? 0
        let end = length > 0 ? checkedSum(start, length) ?? .max : .max
        return start..<min(file.source.byteCount, end)
    }

    /// Where the stream of an image that is one block lies when it is a complete one.
    static func wholeStream(_ header: ImageHeader, _ directory: TagDirectory, in file: TagFile) -> Range<Int>? {
        guard let range = interchangeRange(directory, in: file) else { return nil }
        do throws(ImageryError) {
            let size = try JPEGStreams().open(SourceSlice(file.source, range)).layout.shape
            return size.columns >= header.width && size.rows >= header.height ? range : nil
        } catch {
            return nil
        }
    }

    /// DQT and DHT segments of the tables that the tags JPEGQTables, JPEGDCTables and JPEGACTables point at; nil without these
    /// tags.
    private static func tables(_ directory: TagDirectory, in file: TagFile, count: Int) throws(ImageryError) -> [UInt8]? {
        func offsets(_ tag: UInt16) -> [Int]? {
            guard let values = file.value(tag, in: directory)?.ints, values.count >= count else { return nil }
            return Array(values.prefix(count))
        }
        guard (1...4).contains(count), let quantisers = offsets(Tag.jpegQTables), let dc = offsets(Tag.jpegDCTables),
            let ac = offsets(Tag.jpegACTables)
        else { return nil }
        func copy(_ offset: Int, _ count: Int) throws(ImageryError) -> [UInt8] {
            let end = checkedSum(offset, count) ?? .max
            return try file.source.copy(offset..<max(offset, end), of: "TIFF JPEG tables")
        }
        func code(_ offset: Int, _ kind: UInt8) throws(ImageryError) -> [UInt8] {
            let counts = try copy(offset, 16)
            let values = try copy(offset + 16, min(256, counts.reduce(0) { $0 + Int($1) }))
            return segment(0xc4, [kind] + counts + values)
        }
        var bytes: [UInt8] = []
        for index in 0..<count {
            let destination = UInt8(index)
            bytes += segment(0xdb, [destination] + (try copy(quantisers[index], 64)))
            bytes += try code(dc[index], destination)
            bytes += try code(ac[index], 0x10 | destination)
        }
        return bytes
    }

    private static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xff, marker, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 255)] + data
    }

    /// What stands before the data of a block (T.81 B.2.2 to B.2.4.4).
    private static func headers(_ header: ImageHeader, _ destinations: [Int], restartInterval: Int) -> [UInt8] {
        var frame = [UInt8(truncatingIfNeeded: header.bits)]
        for size in [header.blockHeight, header.blockWidth] { frame += [UInt8(truncatingIfNeeded: size >> 8), UInt8(size & 255)] }
        var scan = [UInt8(truncatingIfNeeded: destinations.count)]
        frame.append(scan[0])
        for (index, destination) in destinations.prefix(4).enumerated() {
            let factors = index == 0 ? header.subsampling : (1, 1)
            frame += [UInt8(index + 1), UInt8(factors.0 << 4 | factors.1), UInt8(destination)]
            scan += [UInt8(index + 1), UInt8(destination << 4 | destination)]
        }
        scan += [0, 63, 0]
        var bytes: [UInt8] = [0xff, 0xd8]
        if restartInterval > 0, restartInterval < 1 << 16 {
            bytes += segment(0xdd, [UInt8(restartInterval >> 8), UInt8(restartInterval & 255)])
        }
        return bytes + segment(0xc0, frame) + segment(0xda, scan)
    }
}

/// Bytes before those of another source.
private struct PrefixedSource: ByteSource {
    private let prefix: [UInt8]
    private let base: any ByteSource

    init(_ prefix: [UInt8], _ base: any ByteSource) {
        self.prefix = prefix
        self.base = base
    }

    var byteCount: Int { prefix.count + base.byteCount }

    func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        guard range.lowerBound < prefix.count else {
            return try base.withBytes(range.lowerBound - prefix.count..<range.upperBound - prefix.count, body)
        }
        var bytes = Array(prefix[range.clamped(to: 0..<prefix.count)])
        if range.upperBound > prefix.count {
            try base.withBytes(0..<range.upperBound - prefix.count) { span in bytes += [UInt8](copying: span) }
        }
        try unsafe body(bytes.span.bytes)
    }
}
