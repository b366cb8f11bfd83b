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

    @Test func everyValueOfACollection() throws {
        let text = """
            <s:SICD xmlns:s="urn:SICD:1.3.0"><s:CollectionInfo><s:CollectorName>Sensor</s:CollectorName><s:CoreName>Core 7</s:CoreName>
            <s:RadarMode><s:ModeType>STRIPMAP</s:ModeType></s:RadarMode><s:Classification>UNCLASSIFIED</s:Classification></s:CollectionInfo>
            <s:ImageCreation><s:DateTime>2020-01-02T03:04:05Z</s:DateTime></s:ImageCreation>
            <s:ImageData><s:PixelType>RE32F_IM32F</s:PixelType><s:NumRows>5</s:NumRows><s:NumCols>7</s:NumCols><s:FirstRow>100</s:FirstRow>
            <s:FirstCol>200</s:FirstCol><s:SCPPixel><s:Row>102</s:Row><s:Col>203.5</s:Col></s:SCPPixel></s:ImageData>
            <s:GeoData><s:SCP><s:LLH><s:Lat>45</s:Lat><s:Lon>-7</s:Lon><s:HAE>12.5</s:HAE></s:LLH></s:SCP><s:ImageCorners>
            <s:ICP index="1:FRFC"><s:Lat>1</s:Lat><s:Lon>2</s:Lon></s:ICP><s:ICP index="2:FRLC"><s:Lat>3</s:Lat><s:Lon>4</s:Lon></s:ICP>
            <s:ICP index="3:LRLC"><s:Lat>5</s:Lat><s:Lon>6</s:Lon></s:ICP><s:ICP index="4:LRFC"><s:Lat>7</s:Lat><s:Lon>8</s:Lon></s:ICP>
            </s:ImageCorners></s:GeoData><s:Grid><s:ImagePlane>SLANT</s:ImagePlane><s:Type>RGAZIM</s:Type><s:Row><s:SS>0.5</s:SS></s:Row>
            <s:Col><s:SS>0.25</s:SS></s:Col></s:Grid><s:Timeline><s:CollectStart>2019-12-31T23:59:58.5Z</s:CollectStart>
            <s:CollectDuration>3.25</s:CollectDuration></s:Timeline><s:ImageFormation>
            <s:TxRcvPolarizationProc>V:H</s:TxRcvPolarizationProc></s:ImageFormation></s:SICD>
            """
        let document = try #require(XMLReader.parse(Array(text.utf8)).flatMap { SICD($0) })
        #expect(document.version == "1.3.0" && (document.rows, document.columns) == (5, 7))
        #expect((document.firstRow, document.firstColumn) == (100, 200) && document.pixelType == "RE32F_IM32F")
        #expect((document.imagePlane, document.gridType) == ("SLANT", "RGAZIM") && document.amplitudes == nil)
        #expect((document.rowSpacing, document.columnSpacing) == (0.5, 0.25))
        #expect(document.sceneCenter == .init(x: -7, y: 45) && document.sceneCenterHeight == 12.5)
        let pixel = try #require(document.sceneCenterPixel)
        #expect(pixel == (102, 203.5))
        #expect(document.corners == [.init(x: 2, y: 1), .init(x: 4, y: 3), .init(x: 6, y: 5), .init(x: 8, y: 7)])
        #expect(document.collectStart == "2019-12-31T23:59:58.5Z" && document.collectDuration == 3.25)
        #expect(document.creationTime == "2020-01-02T03:04:05Z" && document.classification == "UNCLASSIFIED")
        #expect((document.collectorName, document.coreName) == ("Sensor", "Core 7"))
        #expect((document.mode, document.polarization) == ("STRIPMAP", "V:H"))
    }

    @Test func everyValueOfAProduct() throws {
        let text = """
            <SIDD xmlns="urn:SIDD:2.0.0" xmlns:ism="urn:us:gov:ic:ism"><ProductCreation><ProcessorInformation>
            <ProcessingDateTime>2020-01-02T03:04:05Z</ProcessingDateTime></ProcessorInformation><Classification ism:classification="U"/>
            <ProductName>A name</ProductName><ProductClass>Dynamic Image</ProductClass></ProductCreation>
            <Display><PixelType>MONO8I</PixelType><NumBands>3</NumBands><DefaultBandDisplay>2</DefaultBandDisplay></Display>
            <GeoData><ImageCorners><ICP index="1:FRFC"><Lat>1</Lat><Lon>2</Lon></ICP><ICP index="2:FRLC"><Lat>3</Lat><Lon>4</Lon></ICP>
            <ICP index="3:LRLC"><Lat>5</Lat><Lon>6</Lon></ICP><ICP index="4:LRFC"><Lat>7</Lat><Lon>8</Lon></ICP></ImageCorners></GeoData>
            <Measurement><PlaneProjection><ProductPlane><RowUnitVector><X>1</X><Y>0</Y><Z>0</Z></RowUnitVector>
            <ColUnitVector><X>0</X><Y>0.6</Y><Z>0.8</Z></ColUnitVector></ProductPlane></PlaneProjection>
            <PixelFootprint><Row>11</Row><Col>13</Col></PixelFootprint></Measurement>
            <ExploitationFeatures><Collection><Information><SensorName>Sensor</SensorName><RadarMode><ModeType>SPOTLIGHT</ModeType></RadarMode>
            <CollectionDateTime>2019-12-31T23:59:58Z</CollectionDateTime></Information></Collection></ExploitationFeatures></SIDD>
            """
        let document = try #require(XMLReader.parse(Array(text.utf8)).flatMap { SIDD($0) })
        #expect(document.version == "2.0.0" && (document.rows, document.columns) == (11, 13))
        #expect((document.productName, document.productClass) == ("A name", "Dynamic Image"))
        #expect(document.pixelType == "MONO8I" && (document.bandCount, document.defaultBand) == (3, 2))
        #expect(document.projection == "PlaneProjection")
        let plane = try #require(document.productPlane)
        #expect(plane.row == [1, 0, 0] && plane.column == [0, 0.6, 0.8])
        #expect(document.corners == [.init(x: 2, y: 1), .init(x: 4, y: 3), .init(x: 6, y: 5), .init(x: 8, y: 7)])
        #expect((document.collectStart, document.creationTime) == ("2019-12-31T23:59:58Z", "2020-01-02T03:04:05Z"))
        #expect((document.classification, document.sensorName, document.mode) == ("U", "Sensor", "SPOTLIGHT"))
    }

    /// A document without anything in it has no values.
    @Test func emptyDocuments() throws {
        let sicd = try #require(XMLReader.parse(Array("<SICD xmlns=\"urn:SICD:1.1.0\"/>".utf8)).flatMap { SICD($0) })
        #expect(
            sicd.rows == nil && sicd.sceneCenter == nil && sicd.sceneCenterPixel == nil && sicd.corners == nil
                && sicd.amplitudes == nil)
        let sidd = try #require(XMLReader.parse(Array("<SIDD/>".utf8)).flatMap { SIDD($0) })
        #expect(
            sidd.rows == nil && sidd.productPlane == nil && sidd.projection == nil && sidd.corners == nil
                && sidd.classification == nil)
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
