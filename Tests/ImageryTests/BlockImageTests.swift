import Imagery
import Synchronization
import TestSupport
import Testing

@Suite("Images whose blocks a closure makes") struct BlockImageTests {
    private let layout = ImageLayout(
        shape: Shape(bands: 3, rows: 45, columns: 52), pixelType: .uint8, blockWidth: 16, blockHeight: 20, padValue: .integer(9))

    private func part(_ raster: Raster, _ row: Int, _ column: Int) throws -> Raster {
        try raster.crop(layout.blockBounds(row: row, column: column))
    }

    @Test(arguments: [Format.tiff, .png, .nitf, .jpeg2000]) func eachBlockIsMadeOnceAndTheFileIsThatOfTheRaster(format: Format)
        throws
    {
        let scene = try SampleFile.scene(bands: 3, rows: 45, columns: 52)
        let made = Mutex<[[Int]]>([])
        var layout = layout
        layout.padValue = nil
        let image = try BlockImage(layout: layout, colorModel: .rgb) { row, column in
            made.withLock { $0.append([row, column]) }
            return try part(scene, row, column)
        }
        let options = WriteOptions(date: 0)
        let bytes = try Dataset.encoded(as: format, options: options) { try $0.add(image: image) }
        #expect(try bytes == scene.encoded(as: format, options: options))
        #expect(made.withLock { Set($0).count == 12 && $0.count == 12 })
    }

    @Test func blocksThatAreNotThereAreThePadValue() throws {
        let scene = try SampleFile.scene(bands: 3, rows: 45, columns: 52)
        let image = try BlockImage(layout: layout) { row, column in
            row != column
        } block: { row, column in
            #expect(row != column)
            return try part(scene, row, column)
        }
        let bytes = try Dataset.encoded(as: .tiff) { try $0.add(image: image) }
        let read = try Raster(bytes: bytes, format: .tiff)
        for row in 0..<3 {
            for column in 0..<4 {
                let window = layout.blockBounds(row: row, column: column)
                let block = try read.crop(window)
                if row == column {
                    #expect(try block.samples(as: UInt8.self).allSatisfy { $0 == 9 })
                } else {
                    #expect(try block == part(scene, row, column))
                }
            }
        }
    }

    private struct Refusal: Error {}

    @Test func blocksThatLieOrThrowAreErrors() throws {
        func failure(_ block: @escaping @Sendable (Int, Int) throws -> Raster) throws -> ImageryError? {
            let image = try BlockImage(layout: layout, block: block)
            return #expect(throws: ImageryError.self) { try Dataset.encoded(as: .tiff) { try $0.add(image: image) } }
        }
        let other = try Raster(.uint8, shape: Shape(bands: 3, rows: 16, columns: 20))
        #expect(try failure { _, _ in other }?.kind == .misuse)
        let wide = try Raster(.uint16, shape: Shape(bands: 3, rows: 20, columns: 16))
        #expect(try failure { _, _ in wide }?.kind == .misuse)
        let thrown = try failure { _, _ in throw Refusal() }
        #expect(thrown?.kind == .io && thrown?.underlying is Refusal)
        for change in [{ $0.blockWidth = 0 }, { $0.originX = 3 }, { $0.blockOffsetY = 2 }, { $0.shape.rows = 0 }]
            as [(inout ImageLayout) -> Void]
        {
            var wrong = layout
            change(&wrong)
            #expect(throws: ImageryError.self) { try BlockImage(layout: wrong) { _, _ in other } }
        }
    }
}
