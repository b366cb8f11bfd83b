import ImageryTags
import Testing

@testable import Imagery

/// Complex samples as pictures, and the documents of SICD and SIDD.
@Suite("Radar images") struct RadarTests {
    private func image(_ raster: Raster) throws -> ImageAsset {
        var options = WriteOptions()
        options.compression = .some(.uncompressed)
        return try Dataset(bytes: raster.encoded(as: .tiff, options: options), format: .tiff).image()
    }

    private func shown(_ source: any ImageSource, _ asset: ImageAsset) throws -> [Float] {
        try ImageAsset(asset: asset.asset, source: source).read().withSamples(as: Float.self) { samples in
            samples.indices.map { samples[$0] }
        }
    }

    /// 3 + 4i, -1, 0 and -i, as bands of real and imaginary parts.
    @Test func partsOfPairsOfBands() throws {
        let numbers: [Float] = [3, -1, 0, 0, 4, 0, 0, -1]
        let stored = try image(Raster(numbers, shape: Shape(bands: 2, rows: 2, columns: 2)))
        func part(_ part: ComplexPart) throws -> [Float] {
            try shown(ComplexImage(stored.source, .realAndImaginary, part), stored)
        }
        #expect(try part(.magnitude) == [5, 1, 0, 1])
        let phases = try part(.phase)
        #expect(
            abs(phases[0] - 0.927295) < 1e-6 && abs(phases[1] - .pi) < 1e-6 && phases[2] == 0 && abs(phases[3] + .pi / 2) < 1e-6)
        let powers = try part(.decibel)
        #expect(abs(powers[0] - 13.9794) < 1e-4 && powers[1] == 0 && powers[2] == -.infinity)
        // Nothing says that the bands of a TIFF file are pairs.
        #expect(!stored.isComplex)
        #expect(throws: ImageryError.self) { try stored.showing(.magnitude) }
    }

    @Test func partsOfMagnitudeAndPhase() throws {
        let stored = try image(Raster([UInt8]([2, 255, 64, 128]), shape: Shape(bands: 2, rows: 1, columns: 2)))
        let table = (0..<256).map { Double($0) / 2 }
        let magnitudes = try shown(ComplexImage(stored.source, .magnitudeAndPhase(table: table), .magnitude), stored)
        #expect(abs(magnitudes[0] - 1) < 1e-6 && abs(magnitudes[1] - 127.5) < 1e-4)
        let phases = try shown(ComplexImage(stored.source, .magnitudeAndPhase(table: nil), .phase), stored)
        #expect(abs(phases[0] - .pi / 2) < 1e-6 && abs(abs(phases[1]) - .pi) < 1e-6)
    }

    @Test func documents() throws {
        let amplitudes = (0..<256).map { "<Amplitude index=\"\($0)\">\(Double($0) * 1.5)</Amplitude>" }.joined()
        let text = """
            <SICD xmlns="urn:SICD:1.2.1"><ImageData><PixelType>AMP8I_PHS8I</PixelType><AmpTable size="256">\(amplitudes)</AmpTable>
            <NumRows>5</NumRows><NumCols>7</NumCols></ImageData><GeoData><SCP><LLH><Lat>4.5E01</Lat><Lon>-7</Lon><HAE>2</HAE></LLH></SCP>
            </GeoData><Grid><Row><SS>0.5</SS></Row></Grid><CollectionInfo><RadarMode><ModeType>SPOTLIGHT</ModeType></RadarMode>
            </CollectionInfo></SICD>
            """
        let xml = try #require(XMLReader.parse(Array(text.utf8)))
        let document = try #require(SICD(xml))
        #expect(document.version == "1.2.1" && document.rows == 5 && document.columns == 7 && document.rowSpacing == 0.5)
        #expect(document.sceneCenter == .init(x: -7, y: 45) && document.mode == "SPOTLIGHT")
        #expect(document.amplitudes?.count == 256 && document.amplitudes?[10] == 15)
        #expect(document.corners == nil && SIDD(xml) == nil)
    }
}
