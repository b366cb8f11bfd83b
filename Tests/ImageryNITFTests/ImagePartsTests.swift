import ImageryBase
import TestSupport
import Testing

@testable import ImageryNITF

/// Segments that are parts of one image, or are not (MIL-STD-2500C 5.3.3, 5.3.4).
@Suite("Parts of an image (S7, decision 7)") struct ImagePartsTests {
    /// A segment of 2 rows and 3 columns, whose samples are `value`.
    private func part(
        _ name: String, level: Int, attachedTo parent: Int, at place: String, value: UInt8, rows: Int = 2, columns: Int = 3,
        category: String = "VIS"
    ) -> NITFBuilder.Segment {
        var file = NITFBuilder.image(
            rows: rows, columns: columns, data: [UInt8](repeating: value, count: rows * columns))
        for (field, text) in [
            ("IID1", name), ("IDLVL", "\(level)"), ("IALVL", "\(parent)"), ("ILOC", place), ("ICAT", category),
        ] { file.image[field] = text }
        return file.segments[0]
    }

    /// The first sample of every row of every image, and the findings.
    private func images(_ segments: [NITFBuilder.Segment]) throws -> (rows: [[UInt8]], findings: [Diagnostic]) {
        let file = try NITFFile(NITFBuilder(segments: segments).bytes)
        let rows = try file.assets.filter { $0.type == .image }.enumerated().map { index, asset in
            #expect(asset.key == .image(index))
            guard case .image(let source) = asset.content else { return [] as [UInt8] }
            let samples = try source.read().samples(as: UInt8.self)
            let shape = source.layout.shape
            return (0..<shape.rows).map { samples[$0 * shape.columns] }
        }
        return (rows, file.diagnostics)
    }

    @Test func aChainIsJoinedWhereverItsPartsStand() throws {
        let parts = [
            part("SICD001", level: 1, attachedTo: 0, at: "0000000000", value: 1),
            part("SICD002", level: 2, attachedTo: 1, at: "0000200000", value: 2),
            part("SICD003", level: 3, attachedTo: 2, at: "0000200000", value: 3, rows: 1),
        ]
        for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
            let found = try images(order.map { parts[$0] })
            #expect(found.rows == [[1, 1, 2, 2, 3]])
            #expect(found.findings == [])
        }
    }

    /// The bytes of every block of the joined image, in the order of its grid.
    private func storedBlocks(_ segments: [NITFBuilder.Segment]) throws -> (blocks: StoredBlocks, bytes: [[UInt8]]) {
        let file = try NITFBuilder(segments: segments).bytes
        let asset = try #require(NITFFile(file).assets.first)
        guard case .image(let source) = asset.content else { throw ImageryError(.malformed, "test", "no image") }
        let blocks = try #require(source as? any StoredBlockSource).storedBlocks(level: 0)
        let bytes = try (0..<blocks.rows).map { row in
            guard case .ranges(let ranges) = try blocks.find(BlockAddress(plane: 0, row: row, column: 0)) else {
                return [] as [UInt8]
            }
            return ranges.flatMap { file[$0] }
        }
        return (blocks, bytes)
    }

    @Test func blocksOfAJoinedImageAreThoseOfItsParts() throws {
        let equal = try storedBlocks([
            part("SICD001", level: 1, attachedTo: 0, at: "0000000000", value: 1),
            part("SICD002", level: 2, attachedTo: 1, at: "0000200000", value: 2),
        ])
        #expect(equal.blocks.shape == Shape(bands: 1, rows: 4, columns: 3) && equal.blocks.blockHeight == 2)
        #expect(equal.bytes == [[UInt8](repeating: 1, count: 6), [UInt8](repeating: 2, count: 6)])
        // Where the parts are of unlike heights, their uncompressed blocks are cut into rows that fit all.
        let unlike = try storedBlocks([
            part("SICD001", level: 1, attachedTo: 0, at: "0000000000", value: 1, rows: 4),
            part("SICD002", level: 2, attachedTo: 1, at: "0000400000", value: 2, rows: 2),
        ])
        #expect(unlike.blocks.shape == Shape(bands: 1, rows: 6, columns: 3) && 4 % unlike.blocks.blockHeight == 0)
        // The last block has rows below the image.
        #expect(Array(unlike.bytes.flatMap { $0 }.prefix(18)) == [UInt8](repeating: 1, count: 12) + [UInt8](repeating: 2, count: 6))
    }

    @Test func placesMayCountFromTheCommonOrigin() throws {
        let found = try images([
            part("IM001", level: 1, attachedTo: 0, at: "0000000000", value: 1),
            part("IM002", level: 2, attachedTo: 0, at: "0000200000", value: 2),
        ])
        #expect(found.rows == [[1, 1, 2, 2]])
    }

    @Test func aLegendBetweenThePartsIsAnImageOfItsOwn() throws {
        let found = try images([
            part("SIDD001001", level: 1, attachedTo: 0, at: "0000000000", value: 1),
            part("SIDD001002", level: 2, attachedTo: 1, at: "0000200000", value: 9, category: "LEG"),
            part("SIDD001003", level: 3, attachedTo: 1, at: "0000200000", value: 2),
            part("SIDD002001", level: 4, attachedTo: 0, at: "0000000000", value: 5),
        ])
        #expect(found.rows == [[1, 1, 2, 2], [9, 9], [5, 5]])
        #expect(found.findings == [])
    }

    @Test func whatContradictsItselfIsNotJoined() throws {
        let circle = try images([
            part("IM001", level: 1, attachedTo: 2, at: "0000000000", value: 1),
            part("IM002", level: 2, attachedTo: 1, at: "0000200000", value: 2),
        ])
        #expect(circle.rows == [[1, 1], [2, 2]])
        #expect(circle.findings.contains { $0.message.contains("attached to level 2") })
        let twice = try images([
            part("IM001", level: 1, attachedTo: 0, at: "0000000000", value: 1),
            part("IM002", level: 1, attachedTo: 1, at: "0000200000", value: 2),
        ])
        #expect(twice.rows == [[1, 1], [2, 2]])
        #expect(twice.findings.contains { $0.message.contains("that of several") })
        let overlapping = try images([
            part("IM001", level: 1, attachedTo: 0, at: "0000000000", value: 1),
            part("IM002", level: 2, attachedTo: 1, at: "-000100000", value: 2),
        ])
        #expect(overlapping.rows == [[1, 1], [2, 2]])
        #expect(overlapping.findings.contains { $0.message.contains("does not begin below") && $0.severity == .warning })
        let rivals = try images([
            part("IM001", level: 1, attachedTo: 0, at: "0000000000", value: 1),
            part("IM002", level: 2, attachedTo: 1, at: "0000200000", value: 2),
            part("IM003", level: 3, attachedTo: 1, at: "0000200000", value: 3),
        ])
        #expect(rivals.rows == [[1, 1], [2, 2], [3, 3]])
        #expect(rivals.findings.contains { $0.message.contains("not the only one") })
    }
}
