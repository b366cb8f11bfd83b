import ImageryBase
import TestSupport
import Testing

@testable import ImageryNITF

/// Pixels of files that other software wrote or read: IMODE x PVTYPE x NBPP x mask.
@Suite struct DecodingTests {
    @Test(arguments: vectors)
    func wholeImage(vector: Vector) throws {
        let file = try NITFFile(vector.bytes)
        #expect(file.diagnostics == [])
        let image = try file.image()
        #expect(image.layout.pixelType == vector.type)
        #expect(image.layout.shape == Shape(bands: vector.bands, rows: vector.rows, columns: vector.columns))
        let raster = try image.read()
        let expected = vector.samples(in: image.layout, isSequential: image.header.interleave == .sequential)
        #expect(try raster.numbers() == expected)
        if vector.type == .complexFloat32 {
            #expect(raster.parts(Float.self).count == expected.count)
            #expect(zip(raster.parts(Float.self), expected).allSatisfy { Double($0.0.1) == -$0.1 })
        }
    }

    /// S57: windows, blocks and band choices are crops of the whole, and touch the bytes that
    /// ``ImageSource/byteRanges(_:)`` names.
    @Test(arguments: vectors)
    func partsAreCrops(vector: Vector) throws {
        let source = CountingSource(vector.bytes)
        let image = try NITFFile(source).image()
        let whole = try image.read()
        var random = SeededGenerator(7)
        for _ in 0..<12 {
            let x = Int.random(in: 0..<vector.columns, using: &random)
            let y = Int.random(in: 0..<vector.rows, using: &random)
            let window = Window(
                x: x, y: y, width: Int.random(in: 1...vector.columns - x, using: &random),
                height: Int.random(in: 1...vector.rows - y, using: &random))
            let bands = (0..<Int.random(in: 1...3, using: &random)).map { _ in Int.random(in: 0..<vector.bands, using: &random) }
            source.reset()
            let part = try image.read(window, bands: bands)
            #expect(part == (try whole.crop(window, bands: bands)))
            let named = try image.byteRanges(ReadRequest(region: window, bands: bands))
            #expect(source.touched == named)
        }
        for row in 0..<image.layout.gridRows {
            for column in 0..<image.layout.gridColumns {
                let bounds = image.layout.blockBounds(row: row, column: column)
                #expect(try image.read(bounds) == whole.crop(bounds))
            }
        }
    }

    @Test(arguments: vectors.filter { !$0.masked.isEmpty })
    func maskedBlocks(vector: Vector) throws {
        let image = try NITFFile(vector.bytes).image()
        let planes = image.header.interleave == .sequential ? vector.bands : 1
        for row in 0..<image.layout.gridRows {
            for column in 0..<image.layout.gridColumns {
                let isPresent = (0..<planes).contains { !vector.masked.contains([$0, row, column]) }
                #expect(image.hasBlock(row: row, column: column) == isPresent)
            }
        }
        #expect(image.layout.padValue == (vector.pad == 0 ? nil : .integer(Int64(vector.pad))))
        var context = ReadContext(ReadOptions(), fill: .integer(3))
        context.threads = 1
        let filled = try image.read(through: image.makeReader(context)).numbers()
        let stored = try image.read().numbers()
        let isHole = vector.samples(in: image.layout, isSequential: planes > 1)
        for (index, value) in filled.enumerated() where value != stored[index] {
            #expect(value == 3 && isHole[index] == Double(vector.pad))
        }
        #expect(filled != stored)
    }

    /// A window touches its rows of the blocks under it, and nothing else.
    @Test func windowsReadTheirRowsOnly() throws {
        let bytes = try NITFBuilder.image(rows: 64, columns: 64, blockWidth: 16, blockHeight: 16).bytes
        let source = CountingSource(bytes)
        let image = try NITFFile(source).image()
        #expect(source.touched == [0..<4096])
        source.reset()
        _ = try image.read(Window(x: 20, y: 18, width: 4, height: 2))
        let block = bytes.count - 4096 + 5 * 256
        #expect(source.touched == [block + 2 * 16 + 4..<block + 3 * 16 + 8])
    }

    /// A narrow window of very long rows does not ask for all that lies between its rows.
    @Test func narrowWindowsOfLongRows() throws {
        var builder = NITFBuilder.image(rows: 4, columns: 6_000_000, blockWidth: 0, blockHeight: 0, data: [])
        builder.image["NBPR"] = "1"
        builder.image["NBPC"] = "1"
        let header = try builder.bytes
        let source = CountingSource(header + [UInt8](repeating: 5, count: 24_000_000))
        let image = try NITFFile(source).image()
        source.reset()
        let window = Window(x: 1_000_000, y: 1, width: 10, height: 3)
        #expect(try image.read(window).samples(as: UInt8.self) == [UInt8](repeating: 5, count: 30))
        let rows = (1...3).map { header.count + $0 * 6_000_000 + 1_000_000 }
        #expect(source.touched == rows.map { $0..<$0 + 10 })
        #expect(try image.byteRanges(ReadRequest(region: window, bands: [0])) == source.touched)
    }

    /// Blocks larger than the 8,192 pixels that NPPBH holds are those of an image in one block (S54).
    @Test func blocksLargerThanTheirField() throws {
        let data = (0..<9_000 * 2).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        var builder = NITFBuilder.image(rows: 2, columns: 9_000, blockWidth: 0, blockHeight: 0, data: data)
        builder.image["NBPR"] = "1"
        builder.image["NBPC"] = "1"
        let image = try NITFFile(try builder.bytes).image()
        #expect(image.layout.blockWidth == 9_000)
        #expect(try image.read().samples(as: UInt8.self) == data)
    }

    /// The samples of NBPP bits are given as stored, whatever ABPP and PJUST say (S50, S58).
    @Test(arguments: ["L", "R"])
    func justifiedSamplesAreAsStored(justification: String) throws {
        var builder = NITFBuilder.image(rows: 1, columns: 2, bits: 16, data: [0x12, 0x30, 0xFF, 0xF0])
        builder.image["ABPP"] = "12"
        builder.image["PJUST"] = justification
        let image = try NITFFile(try builder.bytes).image()
        #expect(image.layout.bitsPerPixel == 16 && image.layout.actualBitsPerPixel == 12)
        #expect(try image.read().samples(as: UInt16.self) == [0x1230, 0xFFF0])
    }
}
