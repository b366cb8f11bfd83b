// The table of contents of raster products, A.TOC (MIL-STD-2411: components 148 to 151): boundary rectangles, each a grid of frames.

import ImageryBase
import ImageryPlumbing

/// The rectangles of ground that a table of contents lists, and the files that hold their frames.
struct ProductContents: Sendable {
    /// A grid of frames of one product, scale and zone.
    struct Rectangle: Sendable {
        var type, compression, scale, zone, producer: String
        var coverage: ProductCoverage?
        /// Frames from north to south, and from west to east.
        var rows, columns: Int
        /// The files of the frames, relative to the table's own folder, by cell: row x columns + column, row 0 in the north.
        var paths: [Int: FramePath] = [:]
    }

    /// Where the file of a frame lies. Frames of one folder share its text.
    struct FramePath: Sendable {
        var folder, name: String
    }

    private(set) var rectangles: [Rectangle] = []

    /// Sides of a rectangle in frames: the whole earth at the largest scale has fewer.
    private static let mostFrames = 100_000
    /// Findings: what is wrong so often is not told on.
    private static let mostFindings = 100
    /// Bytes of a folder's name.
    private static let longestFolder = 255

    /// Reads the table that RPFHDR in the file header leads to; nil when the file is none. What contradicts itself is reported and left out.
    ///
    /// Throws kind limit when the index is larger than `limits` allow.
    init?(_ file: Header, in source: any ByteSource, limits: Limits, report: (Diagnostic) -> Void) throws(ImageryError) {
        guard let header = file.extension("RPFHDR")?.bytes else { return nil }
        let isBigEndian = header.first != 0xff
        var told = 0
        func tell(_ finding: Diagnostic) {
            told += 1
            if told <= Self.mostFindings { report(finding) }
            if told == Self.mostFindings { report(Diagnostic("A.TOC", "further findings are left out", severity: .warning)) }
        }
        func component(_ start: Int, _ count: Int) throws(ImageryError) -> ComponentBytes? {
            guard count > 0, start >= 0, let end = checkedSum(start, count), end <= source.byteCount else { return nil }
            return ComponentBytes(bytes: try source.copy(start..<end, of: "A.TOC"), isBigEndian: isBigEndian)
        }
        func table(_ start: Int, _ count: Int) throws(ImageryError) -> ComponentBytes? {
            guard count <= limits.maxMetadataBytes else {
                throw ImageryError(
                    limit: .maxMetadataBytes, needed: count, allowed: limits.maxMetadataBytes, "A.TOC",
                    "its index has \(count) bytes; raise limits.maxMetadataBytes to read it", at: start)
            }
            return try component(start, count)
        }
        guard let start = ComponentBytes(bytes: header, isBigEndian: isBigEndian).number(44, 4),
            let count = try component(start, 14)?.number(6, 2),
            let section = try component(start, 14 + 10 * count), let locations = LocationSection(section),
            let rectangles = locations.place(.boundaryRectangles), let rectangleTable = locations.place(.boundaryRectangleTable),
            let index = locations.place(.frameIndex), let indexTable = locations.place(.frameIndexTable)
        else { return nil }
        func broken(_ what: String, _ place: Int) {
            tell(Diagnostic("A.TOC", "\(what) does not lie in the file", at: place, clause: "MIL-STD-2411, table of contents"))
        }
        guard let head = try component(rectangles, 8), let offset = head.number(0, 4), let records = head.number(4, 2),
            let length = head.number(6, 2), records == 0 || length >= Self.rectangleBytes,
            let rectangleList = records == 0 ? head : try table(rectangleTable + offset, records * length)
        else {
            broken("the table of boundary rectangles", rectangles)
            return
        }
        for record in 0..<records {
            guard let rectangle = Self.rectangle(rectangleList, at: record * length) else {
                tell(
                    Diagnostic(
                        "A.TOC", "rectangle \(record) has no size", at: rectangleTable + offset + record * length,
                        clause: "MIL-STD-2411, boundary rectangle table"))
                continue
            }
            self.rectangles.append(rectangle)
        }
        guard self.rectangles.count == records else {
            // The frames name rectangles by their numbers.
            self.rectangles = []
            return
        }
        guard let frames = try component(index, 13), let frameOffset = frames.number(1, 4), let frameCount = frames.number(5, 4),
            let frameLength = frames.number(11, 2), frameCount == 0 || frameLength >= Self.frameBytes,
            let size = checkedProduct(frameCount, frameLength), let tableStart = checkedSum(indexTable, frameOffset),
            let list = frameCount == 0 ? frames : try table(tableStart, size)
        else {
            broken("the index of frames", index)
            return
        }
        var folders: [Int: String?] = [:]
        var folderBytes = 0
        // Older files count from 1, and rows from the north.
        let isOld = (0..<frameCount).lazy.compactMap { list.number($0 * frameLength, 2) }.min() == 1
        for frame in 0..<frameCount {
            let start = frame * frameLength
            guard let number = list.number(start, 2), let row = list.number(start + 2, 2), let column = list.number(start + 4, 2),
                let path = list.number(start + 6, 4), let name = list.text(start + 10, 12)
            else { break }
            if folders[path] == nil {
                let folder = try Self.folder(indexTable, path, component)
                folders.updateValue(folder, forKey: path)
                folderBytes += folder?.utf8.count ?? 0
                guard folderBytes <= limits.maxMetadataBytes else {
                    throw ImageryError(
                        limit: .maxMetadataBytes, needed: folderBytes, allowed: limits.maxMetadataBytes, "A.TOC",
                        "the names of its folders are too long; raise limits.maxMetadataBytes to read it", at: indexTable)
                }
            }
            let place = isOld ? (number - 1, row - 1, column - 1) : (number, row, column)
            guard let folder = folders[path] ?? nil, self.add(name, in: folder, to: place, countsFromNorth: isOld) else {
                tell(
                    Diagnostic(
                        "A.TOC", "frame \(name) has no place of its own below this folder: it is left out", at: tableStart + start,
                        severity: .warning, clause: "MIL-STD-2411, frame file index"))
                continue
            }
        }
    }

    private static let rectangleBytes = 132
    private static let frameBytes = 33

    private static func rectangle(_ table: ComponentBytes, at start: Int) -> Rectangle? {
        guard let rows = table.number(start + 124, 4), let columns = table.number(start + 128, 4),
            (1...mostFrames).contains(rows), (1...mostFrames).contains(columns)
        else { return nil }
        func text(_ offset: Int, _ size: Int) -> String { table.text(start + offset, size) ?? "" }
        return Rectangle(
            type: text(0, 5), compression: text(5, 5), scale: text(10, 12), zone: text(22, 1), producer: text(23, 5),
            coverage: ProductCoverage(table, at: start + 28), rows: rows, columns: columns)
    }

    /// The folder of frames, `./ZONE9/`: relative to the table's own; nil when it leads out of that.
    private static func folder(
        _ table: Int, _ offset: Int, _ component: (Int, Int) throws(ImageryError) -> ComponentBytes?
    ) throws(ImageryError) -> String? {
        guard let start = checkedSum(table, offset), let length = try component(start, 2)?.number(0, 2),
            (1...longestFolder).contains(length),
            let text = try component(start + 2, length)?.text(0, length)
        else { return nil }
        let parts = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).filter { $0 != "." }
        guard !text.hasPrefix("/"), !parts.contains(".."), text.utf8.allSatisfy({ $0 >= 0x20 }) else { return nil }
        return parts.map { $0 + "/" }.joined()
    }

    /// False for a cell that is not there or has a frame already, and for a name that is none of a file.
    private mutating func add(_ name: String, in folder: String, to place: (Int, Int, Int), countsFromNorth: Bool) -> Bool {
        let (number, row, column) = place
        guard rectangles.indices.contains(number), !name.isEmpty, !name.contains("/"), !name.contains("\\"), name != "..",
            name.utf8.allSatisfy({ $0 >= 0x20 })
        else {
            return false
        }
        let rectangle = rectangles[number]
        guard (0..<rectangle.rows).contains(row), (0..<rectangle.columns).contains(column) else { return false }
        let cell = (countsFromNorth ? row : rectangle.rows - 1 - row) * rectangle.columns + column
        guard rectangles[number].paths[cell] == nil else { return false }
        rectangles[number].paths[cell] = FramePath(folder: folder, name: name)
        return true
    }
}

extension ProductContents.Rectangle {
    /// The name of ``metadata`` among the fields of an image.
    static let metadataName = "RPF:rectangle"

    /// The record's fields, under their names.
    var metadata: [Metadata.Entry] {
        var entries: [Metadata.Entry] = []
        for (name, text) in [
            ("PRODUCT_DATA_TYPE", type), ("COMPRESSION_RATIO", compression), ("SCALE_OR_RESOLUTION", scale), ("ZONE", zone),
            ("PRODUCER", producer),
        ] where !text.isEmpty { entries.append(.init(name, Value(text: text))) }
        if let coverage { entries.append(.init("COVERAGE", Value(group: coverage.metadata))) }
        entries.append(.init("NUMBER_OF_FRAMES_NORTH_SOUTH", Value(rows, .long)))
        entries.append(.init("NUMBER_OF_FRAMES_EAST_WEST", Value(columns, .long)))
        return entries
    }
}
