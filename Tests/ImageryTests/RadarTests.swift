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

/// SICD and SIDD files that are written.
@Suite("Radar products") struct RadarWritingTests {
    private let sicd = """
        <SICD xmlns="urn:SICD:1.2.1"><CollectionInfo><CollectorName>Sensor</CollectorName><CoreName>Core</CoreName><Classification>TOP SECRET//X</Classification>
        </CollectionInfo><ImageCreation><DateTime>2020-01-02T03:04:05.678Z</DateTime></ImageCreation><ImageData><PixelType>RE16I_IM16I</PixelType>
        <NumRows>3</NumRows><NumCols>2</NumCols></ImageData><GeoData><ImageCorners><ICP index="1:FRFC"><Lat>1</Lat><Lon>2</Lon></ICP>
        <ICP index="2:FRLC"><Lat>1</Lat><Lon>3.5</Lon></ICP><ICP index="3:LRLC"><Lat>-0.25</Lat><Lon>3.5</Lon></ICP><ICP index="4:LRFC"><Lat>-0.25</Lat>
        <Lon>2</Lon></ICP></ImageCorners></GeoData><Timeline><CollectStart>2019-12-31T23:59:58.5Z</CollectStart></Timeline></SICD>
        """

    private func write(_ document: String, _ raster: Raster, format: Format = .nitf) throws -> Dataset {
        let sink = MemorySink()
        try Dataset.write(into: sink, format: format) { writer in
            try writer.add(product: Array(document.utf8), image: RasterSource(raster))
        }
        return try Dataset(bytes: sink.bytes, format: format)
    }

    @Test func complexProduct() throws {
        let samples: [Int16] = [1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6]
        let dataset = try write(sicd, Raster(samples, shape: Shape(bands: 2, rows: 3, columns: 2)))
        let image = try dataset.image()
        let text = { (name: String) in image.metadata[name]?.trimmed }
        #expect(text("IID1") == "SICD000" && text("IID2") == "SICD: Core" && text("ISORCE") == "Sensor" && text("ICAT") == "SAR")
        #expect(text("IREP") == "NODISPLY" && text("IMODE") == "P" && text("ISCLAS") == "T" && text("IDATIM") == "20191231235958")
        #expect(text("IGEOLO") == "010000N0020000E010000N0033000E001500S0033000E001500S0020000E")
        #expect(image.metadata["BAND_INFO"]?.list?.compactMap { $0["ISUBCAT"]?.trimmed } == ["I", "Q"])
        #expect(dataset.metadata["FTITLE"]?.trimmed == "SICD: Core" && dataset.metadata["FSCLAS"]?.trimmed == "T")
        #expect(try image.read().samples(as: Int16.self) == samples && image.isComplex)
        let document = try #require(dataset.data.first)
        #expect(try document.rawBytes() == Array(sicd.utf8))
        let subheader = try #require(document.metadata["DESSHF"])
        #expect(subheader["DESSHTN"]?.trimmed == "urn:SICD:1.2.1" && subheader["DESSHDT"]?.trimmed == "2020-01-02T03:04:05Z")
        #expect(subheader["DESSHLPG"]?.text?.hasPrefix("+01.00000000+002.00000000+01.00000000+003.50000000-00.25000000") == true)
        #expect(document.metadata["DESCLAS"]?.trimmed == "T")
    }

    /// Samples of a complex type are written as two bands.
    @Test func complexSamples() throws {
        let pairs: [Int16] = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6]
        var raster = try Raster(.complexInt16, shape: Shape(bands: 1, rows: 3, columns: 2))
        try raster.withMutableBytes { bytes in
            for (index, value) in pairs.enumerated() { bytes.storeBytes(of: value, toByteOffset: 2 * index, as: Int16.self) }
        }
        let written = try write(sicd, raster).image().read()
        #expect(try written.samples(as: Int16.self) == [1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6])
    }

    @Test func whatDoesNotFit() throws {
        let right = try Raster([Int16](repeating: 0, count: 12), shape: Shape(bands: 2, rows: 3, columns: 2))
        func refused(_ words: String, _ document: String, _ raster: Raster, _ format: Format = .nitf) throws {
            let error = #expect(throws: ImageryError.self) { _ = try write(document, raster, format: format) }
            #expect(error?.kind == .misuse && error?.message.contains(words) == true, "\(error?.description ?? "none")")
        }
        try refused(
            "3 rows and 2 columns", sicd, try Raster([Int16](repeating: 0, count: 12), shape: Shape(bands: 2, rows: 2, columns: 3)))
        try refused(
            "2 bands of int16", sicd, try Raster([Float](repeating: 0, count: 12), shape: Shape(bands: 2, rows: 3, columns: 2)))
        try refused("are NITF", sicd, right, .tiff)
        try refused("no XML", "SICD", right)
        try refused("not SICD or SIDD", "<KML/>", right)
        try refused("classification", sicd.replacing("TOP SECRET//X", with: "HIDDEN"), right)
        try refused("pixel type", sicd.replacing("RE16I_IM16I", with: "RE8"), right)
    }
}
