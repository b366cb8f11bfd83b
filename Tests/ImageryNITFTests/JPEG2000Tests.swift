import ImageryBase
import TestSupport
import Testing

@testable import ImageryNITF

/// Images that are one codestream: C8, M8, CD and MD.
@Suite struct JPEG2000Tests {
    @Test(arguments: jpeg2000Vectors) func wholeImage(vector: Vector) throws {
        let file = try NITFFile(vector.bytes)
        #expect(file.diagnostics == [])
        let image = try file.image()
        #expect(image.layout.shape == vector.shape)
        #expect(image.layout.pixelType == vector.type)
        let context = ReadContext(ReadOptions())
        #expect(try image.read(through: image.makeReader(context)).numbers() == vector.samples(in: image.layout))
        // Tiles that are masked are not missed.
        #expect(context.findings.all.isEmpty)
    }

    /// S57, at every level, in and out of sessions.
    @Test(arguments: jpeg2000Vectors) func partsAreCrops(vector: Vector) throws {
        let image = try NITFFile(vector.bytes).image()
        let session = image.makeReader(ReadContext(ReadOptions(), isSession: true))
        #expect(image.resolutionLevels > 1)
        for level in 0..<image.resolutionLevels {
            let whole = try image.read(level: level)
            for row in 0..<image.layout.gridRows {
                for column in 0..<image.layout.gridColumns {
                    let block = image.layout.blockBounds(row: row, column: column, level: level)
                    let part = try image.read(block, level: level)
                    #expect(part == (try whole.crop(block)))
                    #expect(try image.read(block, level: level, through: session) == part)
                    if vector.masked.contains([0, row, column]) {
                        #expect(try part.numbers().allSatisfy { $0 == Double(vector.pad) })
                    }
                }
            }
        }
    }

    /// S53: masked blocks are absent, whatever the codestream has in their place, and none of their bytes are wanted.
    @Test(arguments: jpeg2000Vectors) func maskedBlocks(vector: Vector) throws {
        let image = try NITFFile(vector.bytes).image()
        for row in 0..<image.layout.gridRows {
            for column in 0..<image.layout.gridColumns {
                let isMasked = vector.masked.contains([0, row, column])
                #expect(image.hasBlock(row: row, column: column) == !isMasked)
                // The inner pixels: those at the edge may need the blocks beside.
                let block = image.layout.blockBounds(row: row, column: column)
                let inner = Window(x: block.x + 2, y: block.y + 2, width: block.width - 4, height: block.height - 4)
                #expect(try image.byteRanges(ReadRequest(region: inner, bands: [0])).isEmpty == isMasked)
            }
        }
        #expect(image.layout.padValue == (vector.pad == 0 ? nil : .integer(Int64(vector.pad))))
        guard !vector.masked.isEmpty else { return }
        let filled = try image.read(through: image.makeReader(ReadContext(ReadOptions(), fill: .integer(3)))).numbers()
        var other = vector
        other.pad = 3
        #expect(filled == other.samples(in: image.layout))
    }

    /// ABPP is what is meant, NBPP what is stored (Table A-3).
    @Test func actualBits() throws {
        let vector = try #require(jpeg2000Vectors.first { $0.path.contains("16-of-11") })
        let layout = try NITFFile(vector.bytes).image().layout
        #expect(layout.bitsPerPixel == 16 && layout.actualBitsPerPixel == 11)
    }

    /// A mask for other blocks than the codestream's tiles says nothing about them.
    @Test func masksOfOtherBlocks() throws {
        let vector = try #require(jpeg2000Vectors.first { $0.path.contains("M8-pad.ntf") })
        var bytes = vector.bytes
        let grid = try #require((0..<bytes.count).first { bytes[$0...].starts(with: "0003000200160016".utf8) })
        bytes.replaceSubrange(grid..<grid + 16, with: "0002000200200014".utf8)
        let file = try NITFFile(bytes)
        #expect(file.diagnostics.contains { $0.message.contains("mask is not used") })
        let image = try file.image()
        #expect(image.hasBlock(row: 0, column: 1))
        var whole = vector
        whole.masked = []
        #expect(try image.read().numbers() == whole.samples(in: image.layout))
    }
}
