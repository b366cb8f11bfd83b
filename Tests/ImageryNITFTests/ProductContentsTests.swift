import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

@testable import ImageryNITF

/// Tables of contents of raster products (MIL-STD-2411, components 148 to 151), put together by hand.
@Suite("A.TOC") struct ProductContentsTests {
    private func big(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - $0))) }
    }

    private func big(_ value: Double) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(56 - 8 * $0)) }
    }

    private func text(_ text: String, _ size: Int) -> [UInt8] {
        Array(text.utf8) + [UInt8](repeating: 0x20, count: size - text.utf8.count)
    }

    private struct Frame {
        var rectangle = 0
        var row: Int
        var column: Int
        var folder = "./ZONE1/"
        var name: String
    }

    /// A table with one rectangle of 2 x 3 frames from 10 N 20 E to 8 N 23 E, and these frames.
    private func contents(_ frames: [Frame], rows: Int = 2, columns: Int = 3) throws -> [UInt8] {
        let corners = [10, 20, 8, 20, 10, 23, 8, 23, 100, 100, 0.5, 0.25].flatMap { big($0) }
        let record =
            text("CADRG", 5) + text("55:1", 5) + text("1:1M", 12) + text("1", 1) + text("1", 5) + corners + big(rows, 4)
            + big(columns, 4)
        var index: [UInt8] = []
        var folders: [UInt8] = []
        for frame in frames {
            index +=
                big(frame.rectangle, 2) + big(frame.row, 2) + big(frame.column, 2) + big(33 * frames.count + folders.count, 4)
                + text(frame.name, 12) + text("AAAA00U", 7) + text("", 4)
            folders += big(frame.folder.utf8.count, 2) + Array(frame.folder.utf8)
        }
        let components: [(Int, [UInt8])] = [
            (148, big(0, 4) + big(1, 2) + big(132, 2)), (149, record),
            (150, text("U", 1) + big(0, 4) + big(frames.count, 4) + big(frames.count, 2) + big(33, 2)), (151, index + folders),
        ]
        /// The file, when its data extension begins at `start`.
        func file(_ start: Int) throws -> [UInt8] {
            var builder = NITFBuilder()
            builder.version = .v20
            let header =
                [0] + big(48, 2) + text("       A.TOC", 12) + [0] + text("MIL-C-89038", 15) + text("19941006", 8) + text("U", 5)
                + big(start, 4)
            builder.fileAreas["UDHD"] = NITFBuilder.tre("RPFHDR", header)
            var records: [UInt8] = []
            var place = start + 14 + 10 * components.count
            for (id, bytes) in components {
                records += big(id, 2) + big(bytes.count, 4) + big(place, 4)
                place += bytes.count
            }
            let section = big(14 + records.count, 2) + big(14, 4) + big(components.count, 2) + big(10, 2) + big(0, 4) + records
            builder.segments.append(NITFBuilder.dataExtension("RPFDES", section + components.flatMap(\.1)))
            return try builder.bytes
        }
        // The first time gives the place.
        let whole = try file(0)
        let size = 14 + 10 * components.count + components.reduce(0) { $0 + $1.1.count }
        return try file(whole.count - size)
    }

    /// A frame of 2 x 2 pixels with a palette.
    private func frame(_ pixels: [UInt8], red: [UInt8] = [10, 20, 30]) throws -> [UInt8] {
        var builder = NITFBuilder.image(rows: 2, columns: 2, data: pixels)
        builder.image["IREP"] = "RGB/LUT"
        builder.segments[0].bands = [["IREPBAND": "LU", "IFC": "N", "NLUTS": "3", "NELUT": "3"]]
        var bytes = try builder.bytes
        // The builder fills tables with nines.
        let start = try #require(bytes.firstRange(of: [UInt8](repeating: 9, count: 9))).lowerBound
        bytes.replaceSubrange(start..<start + 9, with: red + [0, 0, 0, 0, 0, 0])
        return bytes
    }

    @Test func framesStandWhereTheIndexPutsThem() throws {
        let table = try contents([
            Frame(row: 0, column: 0, name: "SOUTH.ON1"), Frame(row: 1, column: 1, name: "NORTH.ON1"),
            Frame(row: 1, column: 2, folder: ".", name: "OWN.ON1"), Frame(row: 0, column: 2, name: "GONE.ON1"),
        ])
        let files = [
            ("A.TOC", table), ("ZONE1/south.on1", try frame([0, 1, 2, 0])), ("own.on1", try frame([2, 2, 1, 1])),
            ("ZONE1/NORTH.ON1", try frame([0, 1, 2, 2], red: [30, 21, 9])),
        ]
        try withFiles(files) { paths in
            let folder = String(paths[0].dropLast("A.TOC".count))
            let file = try NITFFile(FileSource(paths[0], access: .read))
            let (entries, findings) = try file.rectangles(in: folder, options: ReadOptions())
            #expect(findings == [])
            let entry = try #require(entries.first)
            let image = try #require(entry.imageSource)
            #expect(entries.count == 1 && entry.key == "image:0" && entry.title == "CADRG 1:1M zone 1")
            #expect(image.layout.shape == Shape(bands: 1, rows: 4, columns: 6))
            // The palette is that of the northern frame: 30, 21, 9. The others have 10, 20, 30, which are nearest to its last, second, first.
            let right: [UInt8] = [
                0, 0, 0, 1, 0, 0,
                0, 0, 2, 2, 1, 1,
                2, 1, 0, 0, 0, 0,
                0, 2, 0, 0, 0, 0,
            ]
            #expect(try image.read().samples(as: UInt8.self) == right)
            #expect(try image.read(Window(x: 1, y: 1, width: 4, height: 2)).samples(as: UInt8.self) == [0, 2, 2, 1, 1, 0, 0, 0])
            #expect(image.colorModel.lookupTable?.channels.first?.values == [30, 21, 9])
            // GONE.ON1 is listed, and not there.
            let present = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)].map { image.hasBlock(row: $0.0, column: $0.1) }
            #expect(present == [false, true, true, true, false, false])
            let place = try #require(entry.georeference?.affine)
            #expect(place.originX == 20 && place.originY == 10 && place.xPerColumn == 0.5 && place.yPerRow == -0.5)
            #expect(entry.makeMetadata()["RPF:rectangle"]?["NUMBER_OF_FRAMES_EAST_WEST"]?.int == 3)
        }
    }

    @Test func whatHasNoPlaceIsLeftOut() throws {
        let table = try contents([
            Frame(row: 2, column: 0, name: "A.ON1"), Frame(row: 0, column: 3, name: "B.ON1"),
            Frame(rectangle: 1, row: 0, column: 0, name: "C.ON1"),
            Frame(row: 0, column: 0, folder: "../../etc/", name: "D.ON1"), Frame(row: 0, column: 0, folder: "/etc/", name: "E.ON1"),
            Frame(row: 0, column: 0, name: "../F.ON1"), Frame(row: 0, column: 1, name: "G.ON1"),
            Frame(row: 0, column: 1, name: "H.ON1"),
        ])
        let (entries, findings) = try NITFFile(table).rectangles(in: "/nowhere/", options: ReadOptions())
        #expect(findings.count == 7 && findings.allSatisfy { $0.severity == .warning && $0.offset != nil })
        let image = try #require(entries.first?.imageSource)
        #expect(image.layout.shape == Shape(bands: 1, rows: 2 * 1536, columns: 3 * 1536))
        #expect(!image.hasBlock(row: 1, column: 1))
        #expect(try image.read(Window(x: 1530, y: 1530, width: 9, height: 9)).samples(as: UInt8.self).allSatisfy { $0 == 0 })
    }

    @Test func olderTablesCountFromOneAndFromTheNorth() throws {
        let table = try contents([
            Frame(rectangle: 1, row: 1, column: 1, name: "FIRST.ON1"), Frame(rectangle: 1, row: 2, column: 3, name: "LAST.ON1"),
        ])
        try withFiles([
            ("A.TOC", table), ("ZONE1/FIRST.ON1", try frame([0, 1, 2, 0])), ("ZONE1/LAST.ON1", try frame([2, 2, 1, 1])),
        ]) {
            let file = try NITFFile(FileSource($0[0], access: .read))
            let (entries, findings) = try file.rectangles(in: String($0[0].dropLast("A.TOC".count)), options: ReadOptions())
            #expect(findings == [])
            let image = try #require(entries.first?.imageSource)
            let present = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)].map { image.hasBlock(row: $0.0, column: $0.1) }
            #expect(present == [true, false, false, false, false, true])
        }
    }

    @Test func findingsAndNamesOfFoldersAreBounded() throws {
        let frames = (0..<150).map { Frame(row: 9, column: 0, name: "A\($0).ON1") }
        let (_, findings) = try NITFFile(contents(frames)).rectangles(in: "/nowhere/", options: ReadOptions())
        #expect(findings.count == 101)
        let long = Frame(row: 0, column: 0, folder: String(repeating: "a", count: 256), name: "A.ON1")
        #expect(try NITFFile(contents([long])).rectangles(in: "/nowhere/", options: ReadOptions()).findings.count == 1)
    }

    @Test func brokenTables() throws {
        let table = try contents([Frame(row: 0, column: 0, name: "A.ON1")])
        for count in stride(from: table.count - 1, to: table.count - 400, by: -7) {
            // Cut anywhere: findings or nothing, never a trap.
            if let file = try? NITFFile(Array(table.prefix(count))) {
                _ = try file.rectangles(in: "/nowhere/", options: ReadOptions())
            }
        }
        for (rows, columns) in [(0, 3), (2, 0), (4_294_967_295, 4_294_967_295), (100_001, 1)] {
            let file = try NITFFile(contents([], rows: rows, columns: columns))
            let (entries, findings) = try file.rectangles(in: "/nowhere/", options: ReadOptions())
            #expect(entries.isEmpty && findings.count == 1, "\(rows) x \(columns)")
        }
        var options = ReadOptions()
        options.limits.maxMetadataBytes = 40
        let file = try NITFFile(table)
        #expect(throws: ImageryError.self) { try file.rectangles(in: "", options: options) }
        #expect(
            try NITFFile(NITFBuilder.image(rows: 1, columns: 1).bytes).rectangles(in: "", options: ReadOptions()).entries.isEmpty)
    }
}
