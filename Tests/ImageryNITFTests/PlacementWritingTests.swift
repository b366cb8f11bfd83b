import ImageryBase
import ImageryGeodesy
import TestSupport
import Testing

@testable import ImageryNITF

/// S63, S66, S67: what a written subheader says of the place, and what the notes say of the rest.
@Suite struct PlacementWritingTests {
    private typealias Reading = PlacementReadingTests

    private struct Written {
        var file: NITFFile
        var notes: [WriteNote]
        var fields: Metadata { file.assets[0].makeMetadata() }
        var place: Georeference? { file.assets[0].georeference }
        /// LINE_OFF and SAMP_OFF.
        var offsets: [Int?] {
            let bytes = fields["RPC00B"]?.bytes ?? []
            return bytes.count < 26 ? [] : [15..<21, 21..<26].map { Int(String(decoding: bytes[$0], as: UTF8.self)) }
        }
    }

    /// An image of 5 columns and 4 rows, or a part of that.
    private func written(
        _ place: Georeference?, columns: Int = 5, rows: Int = 4, part: ImagePart? = nil, metadata: Metadata? = nil,
        _ change: (inout WriteOptions) -> Void = { _ in }
    ) throws -> Written {
        let raster = try Raster([UInt8](repeating: 7, count: columns * rows), rows: rows, columns: columns)
        var source = PixelSource(raster)
        (source.georeference, source.part) = (place, part)
        var options = WriteOptions()
        options.compression = ImageryBase.Compression.uncompressed
        options.metadata = metadata
        change(&options)
        let notes = WriteNotes()
        let sink = MemorySink()
        let entry = WriteEntry(key: "image:0", content: .image(source), options: options)
        try NITFEncoder.write([entry], format: .nitf, options: WriteOptions(), notes: notes, into: sink)
        return Written(file: try NITFFile(sink.bytes), notes: notes.all)
    }

    private static func grid(
        _ crs: String?, _ x: Double, _ y: Double, _ step: Double, down: Double? = nil, turned: Double = 0
    ) -> Georeference {
        Georeference(
            affine: .init(
                originX: x, originY: y, xPerColumn: step, xPerRow: turned, yPerColumn: turned, yPerRow: down ?? -step), crs: crs)
    }

    /// The corners and the centre, read again, are within a tenth of a pixel, or the note says how far they are off.
    private func expectSamePlace(_ made: Written, _ place: Georeference, within: Double = 0.1, columns: Int = 5, rows: Int = 4)
        throws
    {
        let source = try GroundModel(place, columns: columns, rows: rows)
        let read = try GroundModel(try #require(made.place), columns: columns, rows: rows)
        let (right, bottom) = (Double(columns) - 0.5, Double(rows) - 0.5)
        for (x, y) in [(0.5, 0.5), (right, 0.5), (right, bottom), (0.5, bottom), (Double(columns) / 2, Double(rows) / 2)] {
            let ground = try read.ground(x: x, y: y)
            let pixel = try source.pixel(longitude: ground.longitude, latitude: ground.latitude)
            #expect(abs(pixel.x - x) < within && abs(pixel.y - y) < within)
        }
    }

    @Test func nothingIsInvented() throws {
        let made = try written(Self.grid(nil, 399_960, 5_300_040, 10))
        #expect(made.fields["ICORDS"]?.text == " " && made.place == nil)
        #expect(made.notes.map(\.field) == ["position"] && made.notes[0].change == .dropped)
        #expect { try written(nil) { $0.georeference = Self.grid(nil, 10, 50, 0.1) } } throws: {
            ($0 as? ImageryError)?.kind == .misuse
        }
        #expect(try written(nil).notes == [])
    }

    /// BLOCKA has a millionth of a degree; GEOLOB has whole pixels around the Earth.
    @Test func finePixelsOfDegreesAreAGrid() throws {
        let fine = Self.grid("EPSG:4326", 20.123456789, 11.2345678912, 1 / 1_080_000)
        let made = try written(fine)
        #expect(made.fields["GEOLOB"]?.bytes == Array("388800000388800000+020.1234567890+011.2345678912".utf8))
        #expect(made.notes == [] && made.place?.crs == "EPSG:4326")
        try expectSamePlace(made, fine, within: 0.001)
        // No whole part of the circle.
        let odd = try written(Self.grid("EPSG:4326", 20.123456789, 11.2345678912, 360 / 387_000_000.4))
        #expect(odd.fields["GEOLOB"] == nil && odd.notes.map(\.field) == ["position"])
        #expect(try written(Self.grid("EPSG:4326", 20, 11, 0.25)).fields["GEOLOB"] == nil)
    }

    @Test(arguments: [
        ("EPSG:32632", 399_995.0, 5_300_005.0, 10.0, "N", 0), ("EPSG:32731", 399_995, 9_999_005, 10, "S", 0),
        // The datum is another one, which the note says.
        ("EPSG:26917", 499_995, 5_000_005, 10, "N", 1), ("EPSG:25832", 399_995, 5_300_005, 10, "N", 1),
        // South of the equator in a northern zone is a place of the southern one.
        ("EPSG:32631", 399_995, -105, 10, "S", 0),
        // Longitudes and latitudes on whole seconds, and on thousandths of a degree.
        ("EPSG:4326", 19.995, 10.005, 0.01, "G", 0), ("EPSG:4326", 19.9995, 10.0005, 0.001, "D", 0),
    ])
    func formsThatAreExact(crs: String, x: Double, y: Double, step: Double, form: String, notes: Int) throws {
        let place = Self.grid(crs, x, y, step)
        let made = try written(place)
        #expect(made.fields["ICORDS"]?.text == form)
        #expect(made.fields["BLOCKA"] == nil)
        #expect(made.notes.count == notes)
        try expectSamePlace(made, place, within: 0.1)
    }

    @Test(arguments: [
        // Pixels of two metres, a grid across the equator, mercator, polar stereographic, rotated, south up, across 180 degrees.
        (grid("EPSG:4326", -77.05095, 38.90331, 2.2e-5), 0), (grid("EPSG:32631", 399_960, 2, 1), 1),
        (grid("EPSG:3395", 1_000_000, 6_000_000, 10), 1), (grid("EPSG:3413", 100_000, -1_000_000, 100), 1),
        (grid("EPSG:32632", 399_960.3, 5_300_040.2, 0.8, turned: 0.3), 0), (grid("EPSG:4326", 10, 50, 2e-5, down: 2e-5), 0),
        (grid("EPSG:4326", 179.99995, 11, 2e-5), 0), (grid("EPSG:4269", -77.12345, 38.12345, 1e-4), 1),
    ])
    func blockCornersWhereSecondsAreCoarse(place: Georeference, notes: Int) throws {
        let made = try written(place)
        #expect(made.fields["BLOCKA"] != nil)
        #expect(made.notes.filter { $0.field != "position" }.count == notes)
        try expectSamePlace(made, place, within: made.notes.contains { $0.field == "position" } ? 0.5 : 0.1)
    }

    @Test func whatIsTooFineIsNoted() throws {
        let made = try written(Self.grid("EPSG:4326", 10.0000003, 50.0000004, 1e-6, turned: 1e-7))
        #expect(made.notes.map(\.field) == ["position"] && made.notes[0].change == .changed)
        #expect(made.notes[0].message.contains("pixels"))
        // Own systems and unknown ones are left out.
        let own = try written(Self.grid("EPSG:2154", 700_000, 6_600_000, 10))
        #expect(own.place == nil && own.notes[0].message.contains("EPSG:2154"))
        let web = try written(Self.grid("EPSG:3857", 1_000_000, 6_000_000, 10))
        #expect(web.place == nil && web.fields["ICORDS"]?.trimmed == "" && web.notes.map(\.field) == ["position"])
    }

    @Test func controlPointsBecomeCorners() throws {
        let points = [(0.0, 0.0), (5, 0), (5, 4), (0, 4)].map {
            Georeference.ControlPoint(column: $0.0, row: $0.1, x: 9 + $0.0 / 100, y: 48 - $0.1 / 100, z: 0)
        }
        let place = Georeference(controlPoints: points, crs: "EPSG:4326")
        let made = try written(place)
        #expect(made.notes.map(\.field).contains("control points"))
        try expectSamePlace(made, place)
    }

    /// Offsets and scales that RPC00B cannot say are taken up by the coefficients.
    @Test func camerasThatAreNoWholeNumbers() throws {
        let terms = (0..<20).map { [1, 0.02, -0.013, 0.004][$0 % 4] / Double($0 + 1) }
        var line = terms.map { $0 / 50 }
        (line[2], line[0]) = (-1.01, 0.002)
        var sample = terms.map { -$0 / 40 }
        (sample[1], sample[0]) = (0.98, -0.003)
        var denominator = terms.map { $0 / 2000 }
        denominator[0] = 1
        let camera = Georeference.RationalPolynomial(
            errorBias: nil, errorRandom: nil, offsets: [-57.25, 33.125, 48.00001234, 9.00005678, 99.6],
            scales: [512.5, 640.25, 0.05123456, 0.07123456, 499.5], lineNumerator: line, lineDenominator: denominator,
            sampleNumerator: sample, sampleDenominator: denominator)
        let made = try written(Georeference(rationalPolynomial: camera))
        let read = try #require(made.place?.rationalPolynomial)
        #expect(read.offsets == [0, 33, 48, 9.0001, 100] && made.notes == [])
        #expect(try #require(camera.distance(to: read)) < 0.01)
        #expect(made.fields["ICORDS"]?.text == " ")
    }

    // MARK: Parts

    /// Extensions of a file with all that follows a crop.
    private func copied(_ extensions: [(String, String)], magnification: String = "1.0") throws -> (Metadata, Georeference) {
        let corners = ["+48.500+008.500", "+48.500+008.900", "+48.200+008.900", "+48.200+008.500"]
        let file = try Reading.file("D", corners, extensions)
        var metadata = file.assets[0].makeMetadata()
        metadata["IMAG"] = Value(text: magnification)
        return (metadata, try #require(file.assets[0].georeference))
    }

    private func part(_ window: Window, level: Int = 0) -> ImagePart {
        let layout = ImageLayout(shape: Shape(bands: 1, rows: 4, columns: 5), pixelType: .uint8, blockWidth: 5, blockHeight: 4)
        return ImagePart(window, level: level, of: layout)
    }

    private func chip(_ metadata: Metadata, _ place: Georeference, _ part: ImagePart) throws -> Written {
        try written(place.moved(to: part), columns: part.size.columns, rows: part.size.rows, part: part, metadata: metadata)
    }

    /// The camera of the chip leads to the ground of the whole.
    private func expectSameGround(_ made: Written, _ place: Georeference, _ part: ImagePart) throws {
        let camera = Georeference(rationalPolynomial: try #require(made.place?.rationalPolynomial))
        let whole = Georeference(rationalPolynomial: place.rationalPolynomial)
        for (x, y) in [(0.0, 0.0), (1.5, 0.5)] {
            let inner = part.wholePosition(x: x, y: y)
            let a = try camera.ground(x: x, y: y)
            let b = try whole.ground(x: inner.x, y: inner.y)
            #expect(abs(a.longitude - b.longitude) < 1e-5 && abs(a.latitude - b.latitude) < 1e-5)
        }
    }

    @Test func aWindowMovesTheCamera() throws {
        let (metadata, place) = try copied([("RPC00B", Reading.rpc())])
        let part = part(Window(x: 1, y: 2, width: 3, height: 2))
        let made = try chip(metadata, place, part)
        #expect(made.offsets == [0, 1])
        #expect(made.fields["ICHIPB"] == nil && made.notes == [])
        #expect(made.fields["IGEOLO"]?.text?.prefix(15) == "+48.300+008.600")
        #expect(made.fields["IMAG"]?.trimmed == "1.0")
        try expectSameGround(made, place, part)
        // The same file, whole, is copied as it is.
        #expect(try written(place, metadata: metadata).offsets == [2, 2])
    }

    /// A level, and offsets that would be negative: the camera stays, and ICHIPB leads to its image.
    @Test(arguments: [(Window(x: 1, y: 0, width: 2, height: 2), 1, "/2"), (Window(x: 3, y: 0, width: 2, height: 4), 0, "1.0")])
    func otherwiseAChipIsMade(window: Window, level: Int, magnification: String) throws {
        let (metadata, place) = try copied([("RPC00B", Reading.rpc())])
        let part = part(window, level: level)
        let made = try chip(metadata, place, part)
        #expect(made.offsets == [2, 2])
        let chip = try #require(ImageChip(made.fields["ICHIPB"]?.bytes ?? []))
        let scale = level == 0 ? 1.0 : 2
        #expect(chip.scale == scale)
        let corner = chip.fullPosition(.init(row: 0, column: 0))
        #expect(abs(corner.row) < 1e-9 && abs(corner.column - Double(window.x) * scale) < 1e-9)
        #expect(made.fields["IMAG"]?.trimmed == magnification)
        try expectSameGround(made, place, part)
    }

    @Test func aChipOfAChipIsComposed() throws {
        let old = Reading.ichipb(
            chip: [
                ("00000000.500", "00000000.500"), ("00000000.500", "00000004.500"), ("00000003.500", "00000000.500"),
                ("00000003.500", "00000004.500"),
            ],
            full: [
                ("00000001.500", "00000002.500"), ("00000001.500", "00000006.500"), ("00000004.500", "00000002.500"),
                ("00000004.500", "00000006.500"),
            ])
        let (metadata, place) = try copied([("RPC00B", Reading.rpc()), ("ICHIPB", old)], magnification: "/4")
        let part = part(Window(x: 1, y: 0, width: 2, height: 2), level: 1)
        let made = try chip(metadata, place, part)
        let chip = try #require(ImageChip(made.fields["ICHIPB"]?.bytes ?? []))
        #expect(chip.fullPosition(.init(row: 1, column: 1)) == .init(row: 3, column: 6))
        #expect(made.offsets == [2, 2])
        #expect(made.fields["IMAG"]?.trimmed == "/8")
        #expect(String(decoding: made.fields["ICHIPB"]?.bytes.suffix(16) ?? [], as: UTF8.self) == "0000040000000500")
        try expectSameGround(made, place, part)
    }

    @Test func whatCannotFollowIsDroppedWithANote() throws {
        let block = Reading.blocka([
            "+48.500000+008.500000", "+48.500000+008.900000", "+48.200000+008.900000", "+48.200000+008.500000",
        ])
        let (metadata, place) = try copied([("BLOCKA", block), ("CSCRNA", "X"), ("RSMIDA", "Y"), ("AAAAAA", "Z")])
        let made = try chip(metadata, place, part(Window(x: 1, y: 2, width: 3, height: 2)))
        #expect(made.fields["CSCRNA"] == nil && made.notes.map(\.field) == ["CSCRNA"])
        // A model of the sensor stays with a chip; what knows no pixels stays.
        #expect(made.fields["RSMIDA"] != nil && made.fields["ICHIPB"] != nil && made.fields["AAAAAA"] != nil)
        let moved = try #require(BlockLocation(made.fields["BLOCKA"]?.bytes ?? []))
        #expect(moved.lines == 2)
        #expect(moved.corners?[0] == Georeference.Point(x: 8.6, y: 48.3))
    }

    @Test func magnifications() {
        for (old, scale, new) in [
            ("1.0", 2.0, "/2"), (nil, 4, "/4"), ("/2", 8, "/16"), ("3.0", 2, "1.50"), ("1.0", 3.3, "0.30"), ("x", 1, "1.00"),
        ] {
            #expect(Magnification(old, reducedBy: scale).text == new)
        }
    }
}
