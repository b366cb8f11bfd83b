import Imagery
import ImageryIndex
import TestSupport
import Testing

/// The names for those of the Python library: a test for each row of PARITY's table. That they compile is half of it; each gives what its neighbour gives.
@Suite struct ParityNamesTests {
    private let nitf = TinyNITF(
        images: [.init(width: 40, height: 21, bands: 3, seed: 5), .init(width: 16, height: 16, bands: 1, seed: 6)],
        graphics: [[0, 0x21, 0, 0, 0, 0x40]], texts: ["A text."], data: [("A DES", [1, 2, 3])])
    private let corner = Window(x: 0, y: 0, width: 8, height: 8)

    private func withImage(_ body: (String, Raster) throws -> Void) throws {
        let whole = try Raster(nitf.images[0].samples, shape: Shape(bands: 3, rows: 21, columns: 40))
        try withFiles([("image.ntf", nitf.bytes)]) { try body($0[0], whole) }
    }

    @Test func imread() throws {
        try withImage { path, whole in
            let raster = try Raster(
                contentsOf: path, window: corner, asset: "image:0", bands: [2, 0], resolutionLevel: 0, fill: .integer(0))
            #expect(try raster == whole.crop(corner, bands: [2, 0]))
            #expect(try Raster(bytes: nitf.bytes, format: .nitf, window: corner, bands: [2, 0]) == raster)
        }
    }

    @Test func imsave() throws {
        try withImage { path, whole in
            let options = WriteOptions(
                compression: .jpeg2000(rate: nil), blockWidth: 16, blockHeight: 16,
                corners: [(9.0, 48.2), (9.2, 48.2), (9.2, 48.0), (9.0, 48.0)].map { Georeference.Point(x: $0.0, y: $0.1) },
                crs: "EPSG:4326", date: 0)
            let copy = path + ".copy.ntf"
            try whole.write(to: copy, options: options)
            let written = try Dataset(copy).image()
            #expect(try written.read() == whole)
            #expect(written.metadata["IC"]?.text == "C8" && written.blockSize == (16, 16))
            #expect(written.georeference?.crs == "EPSG:4326" && written.georeference?.corners?.count == 4)
            let bytes = try whole.encoded(as: .nitf, options: options)
            #expect(try Dataset(copy).image().metadata == Dataset(bytes: bytes, format: .nitf).image().metadata)
            let lossy = try whole.encoded(as: .tiff, options: WriteOptions(compression: .jpeg(quality: 60)))
            #expect(try Raster(bytes: lossy, format: .tiff).shape == whole.shape)
        }
    }

    @Test func iminfo() throws {
        try withImage { path, _ in
            let info = try ImageInfo(contentsOf: path)
            #expect(try info == ImageInfo(bytes: nitf.bytes, format: .nitf))
            #expect((info.width, info.height, info.bands, info.pixelType) == (40, 21, 3, .uint8))
            #expect(info.blockSize == (16, 16) && info.resolutionLevels == 1 && info.key == "image:0")
            #expect(info.metadata["NBANDS"]?.int == 3)
        }
    }

    @Test func tiles() throws {
        try withImage { path, whole in
            let tiles = try Dataset(path).image().tiles(width: 16, height: 16, overlap: 4)
            #expect(tiles.count == 6)
            for tile in tiles { #expect(try tile.read() == whole.crop(tile.window)) }
        }
    }

    @Test func openForReading() throws {
        try withImage { path, _ in
            let keys = try Dataset([path], format: .nitf, roles: [.data]).keys()
            #expect(keys == ["image:0", "image:1", "graphic:0", "text:0", "data:0"])
            #expect(try Dataset([path]).keys() == keys)
            #expect(try Dataset(bytes: [nitf.bytes], format: .nitf, roles: [.data]).keys() == keys)
            #expect(try Dataset(sources: [MemorySource(nitf.bytes)], format: .nitf, roles: [.data]).keys() == keys)
        }
    }

    @Test func openForWriting() throws {
        try withImage { path, whole in
            let half = try Raster([UInt8](repeating: 9, count: 3 * 11 * 20), shape: Shape(bands: 3, rows: 11, columns: 20))
            let paths = [path + ".new", path + ".new.r1"]
            try Dataset.write(to: paths, format: .nitf) { writer in
                try writer.add(image: whole, as: "image:0", title: "A title", description: "What it shows", roles: [.data])
                try writer.add(image: half, as: "image:0:overview:1")
                try writer.add(text: "A text.")
                try writer.add(data: [4, 5, 6] as [UInt8], title: "NOTES")
            }
            let dataset = try Dataset(paths)
            #expect(dataset.keys() == ["image:0", "image:0:overview:1", "text:0", "data:0"])
            #expect(try dataset.image("image:0").read() == whole && dataset.image("image:0:overview:1").read() == half)
            let image = try dataset.asset("image:0")
            #expect((image.title, image.description, image.roles) == ("A title", "What it shows", [.data]))
        }
    }

    @Test func assets() throws {
        let dataset = try Dataset(bytes: nitf.bytes, format: .nitf)
        #expect(dataset.keys(ofType: .image, roles: [.data]) == ["image:0", "image:1"])
        #expect(dataset.contains("text:0") && !dataset.contains("text:1"))
        #expect(try dataset.image("image:1").width == 16)
        #expect(try dataset.text("text:0").read() == "A text.")
        #expect(try dataset.data("data:0").rawBytes() == [1, 2, 3])
        #expect(try dataset.graphic("graphic:0").rawBytes() == nitf.graphics[0])
        let asset = try dataset.asset("text:0")
        #expect((asset.roles, asset.title, asset.mediaType) == ([.metadata], "Text number 0", "text/plain; charset=us-ascii"))
        #expect(try asset.rawBytes() == Array("A text.".utf8))
        #expect(try dataset.asset("image:0").description == "Image number 0")
    }

    @Test func blocks() throws {
        try withImage { path, whole in
            let image = try Dataset(path).image()
            #expect(try image.hasBlock(row: 1, column: 2))
            let block = try image.block(row: 1, column: 2, resolutionLevel: 0, bands: [1])
            #expect(try block == whole.crop(Window(x: 32, y: 16, width: 8, height: 5), bands: [1]))
            var memory = [UInt8](repeating: 0, count: 3 * 5 * 8)
            var span = memory.mutableSpan
            var bytes = span.mutableBytes
            let shape = try image.readBlock(row: 1, column: 2, into: &bytes)
            #expect(shape == Shape(bands: 3, rows: 5, columns: 8))
            #expect(try Raster(memory, shape: shape) == image.block(row: 1, column: 2))
            #expect(image.grid == (2, 3) && image.blockSize == (16, 16) && image.resolutionLevels == 1 && image.padValue == nil)
        }
    }

    @Test func metadata() throws {
        let camera = Georeference.RationalPolynomial(
            errorBias: 1, errorRandom: 2, offsets: [10, 20, 48.7, 9.1, 300], scales: [11, 21, 0.1, 0.2, 500],
            lineNumerator: [0, 0, 1] + [Double](repeating: 0, count: 17), lineDenominator: [1] + [Double](repeating: 0, count: 19),
            sampleNumerator: [0, 1] + [Double](repeating: 0, count: 18), sampleDenominator: [1] + [Double](repeating: 0, count: 19))
        let bytes = try Raster([UInt8](repeating: 1, count: 400), rows: 20, columns: 20).encoded(
            as: .nitf, options: WriteOptions(georeference: Georeference(rationalPolynomial: camera)))
        let metadata = try Dataset(bytes: bytes, format: .nitf).image().metadata
        #expect(metadata["RPC00B"]?["LAT_OFF"]?.double == 48.7)
        #expect(metadata["RPC00B"]?["LINE_NUM_COEFF"]?.list?[2].double == 1)
        #expect(metadata.all("RPC00B").count == 1 && metadata.all("PIAPEA").isEmpty)
        #expect(metadata.entries(prefix: "NPP").map(\.name) == ["NPPBH", "NPPBV"])
    }

    /// A provider by its kind: anything that tells a layout and fills memory.
    private struct Ramp: ImageSource {
        let layout = ImageLayout(
            shape: Shape(bands: 1, rows: 6, columns: 9), pixelType: .uint8, blockWidth: 9, blockHeight: 2)

        func byteRanges(_ request: ReadRequest) -> [Range<Int>] { [] }
        func makeReader(_ context: ReadContext) -> any ImageReader { Reader() }

        final class Reader: ImageReader {
            func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
                for row in 0..<request.region.height {
                    let samples = unsafe destination.row(row, band: 0).assumingMemoryBound(to: UInt8.self)
                    for column in 0..<request.region.width {
                        unsafe samples[column] = UInt8(9 * (request.region.y + row) + request.region.x + column)
                    }
                }
            }
        }
    }

    @Test func providers() throws {
        let ramp = try Raster((0..<54).map { UInt8($0) }, rows: 6, columns: 9)
        let bytes = try Dataset.encoded(as: .png) { writer in try writer.add(image: Ramp()) }
        let image = try Dataset(bytes: bytes, format: .png).image()
        #expect(try image.read() == ramp)
        let again = try Dataset.encoded(as: .tiff) { writer in
            try writer.add(image: image)
            try writer.add(image: ramp, as: "image:1")
        }
        for image in try Dataset(bytes: again, format: .tiff).images { #expect(try image.read() == ramp) }
    }

    @Test func tileIndex() throws {
        let index = try TileIndex(of: Dataset(bytes: nitf.bytes, format: .nitf))
        #expect(index.levels.count == 1)
        #expect(try index.kerchunk(urls: ["s3://bucket/image.ntf"]).contains("\"0/data/0.1.2\": [\"s3://bucket/image.ntf\", "))
        #expect(try index.zarr(urls: ["image.ntf"]).contains("\"0/data/c.0.1.2\""))
    }

    @Test func errors() throws {
        let dataset = try Dataset(bytes: nitf.bytes, format: .nitf)
        let missing = #expect(throws: ImageryError.self) { try dataset.image("image:7") }
        #expect(missing?.kind == .misuse && missing?.context.isEmpty == false && missing?.offset == nil)
        #expect(#expect(throws: ImageryError.self) { try dataset.image().block(row: 9, column: 0) }?.kind == .misuse)
        #expect(#expect(throws: ImageryError.self) { try Dataset("/no such file") }?.kind == .io)
        var broken = nitf.bytes
        // NUMI, which counts images (MIL-STD-2500C Table A-1).
        broken.replaceSubrange(360..<363, with: Array("xyz".utf8))
        let malformed = #expect(throws: ImageryError.self) { try Dataset(bytes: broken, format: .nitf) }
        #expect(malformed?.kind == .malformed && malformed?.offset == 360)
        #expect(malformed?.context == "NITF file header" && malformed?.message.contains("NUMI") == true)
    }
}
