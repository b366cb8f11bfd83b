import ImageryBase
import Testing

@testable import ImageryNITF

/// What extensions say as values with units, against what other software makes of the same data.
///
/// Data of public files (the project and the file are named), else made field by field from the layouts of STDI-0002 and read by sarpy 2.1.1,
/// which has all of them but CSEXRB. GDAL 3.6.2 read the files of GEOLOB.
@Suite("Extensions as values, against other software") struct ExtensionViewSampleTests {
    private func view<View: ExtensionView>(_ kind: View.Type, _ packed: String) throws -> View {
        let value = NITFExtension.value(View.tag, [UInt8](packed: packed))
        return try #require(Metadata(schema: .nitf, entries: [.init(View.tag, value)]).view(kind))
    }

    private func sample<View: ExtensionView>(_ kind: View.Type) throws -> View {
        let data = try #require((Misread.samples + Misread.made).first { $0.tag == View.tag }).data
        return try #require(View(NITFExtension.value(View.tag, data)))
    }

    // MARK: Public files

    /// gdal: i_6130a_truncated.ntf.
    @Test func sensorModel() throws {
        let model = try view(
            NITFExtension.RSMIDA.self,
            """
            2_8{77}1101222272-2{108}FRAME{35}19700101{6x30}.{6x30}{58}R-2.42965895449297E+06-4.76049894293300E+06+3.46898407\
            315533E+06+8.90233155120443E-01+2.50327118321895E-01-3.80553890213932E-01-4.55502457571841E-01+4.86367706250322E\
            -01-7.45629911861651E-01-1.56226448294838E-03+8.37127701219746E-01+5.47005275276417E-01+3.60917770743581E+01-2.2\
            8824840001127E+01-9.99992874460703E+02+5.18884362473253E+03-2.87450036723962E+01-1.00211587769373E+03+3.79919348\
            686812E+01+4.59734548268640E+03-1.00166489059808E+03+5.01402740997898E+03+4.85440104533856E+03-1.00381011450997E\
            +03-3.60920649717823E+01+2.28826665274178E+01+1.{6x30}85119816E+03+1.88541350122103E+03+2.07081675817197E+01+9.9\
            9720731314608E+02-3.53972599523443E+01+1.74601545186290E+03+9.99761368681871E+02+1.81960288385246E+03+1.84110851\
            608994E+03+9.99477441903243E+02{79}{12x30}9292{12x30}9122{441}
            """)
        #expect(model.image == "2_8" && model.edition == "1101222272-2" && model.sequence == nil && model.sensorType == "FRAME")
        #expect(model.date == "1970-01-01" && model.time == 0 && model.groundDomain == "R")
        #expect(model.origin == [-2.42965895449297E+06, -4.76049894293300E+06, 3.46898407315533E+06])
        #expect(model.axes?[1] == [-4.55502457571841E-01, 4.86367706250322E-01, -7.45629911861651E-01])
        #expect(
            model.vertices.count == 8 && model.vertices[7] == [1.81960288385246E+03, 1.84110851608994E+03, 9.99477441903243E+02])
        #expect(model.fullRows == nil && model.minRow == 0 && model.maxRow == 9_292 && model.maxColumn == 9_122)
        // The vectors are a rotation, and the origin lies on the ellipsoid of the earth to a kilometre.
        let axes = try #require(model.axes)
        for (row, one) in axes.enumerated() {
            for (column, other) in axes.enumerated() {
                let product = zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (row == column ? 1 : 0)) < 1e-12, "\(row) \(column)")
            }
        }
        let origin = try #require(model.origin)
        let (a, b) = (6_378_137.0, 6_356_752.3142)
        let level = (origin[0] * origin[0] + origin[1] * origin[1]) / (a * a) + origin[2] * origin[2] / (b * b)
        #expect(abs(level.squareRoot() - 1) * a < 1_000)
    }

    /// imaging-nitf: 00000000hh0013.lf2, its neighbours 00000000hj0013.lf2 and 00000000r80013.lf2, 2304 x 2304 pixels each; autzen-utm10.ntf.
    @Test func geographicGrid() throws {
        func grid(_ data: String) throws -> NITFExtension.GEOLOB { try view(NITFExtension.GEOLOB.self, data) }
        let frame = try grid("000605184000800256-85.43147208122+34.20345489443")
        let (east, north) = (
            try grid("000605184000800256-84.06091370558+34.20345489443"),
            try grid("000605184000800256-85.43147208122+35.23992322457")
        )
        #expect(frame.columnsAround == 605_184 && frame.rowsAround == 800_256)
        #expect(abs(frame.origin.x + 2_304 * 360 / frame.columnsAround - east.origin.x) < 1e-9)
        #expect(abs(frame.origin.y + 2_304 * 360 / frame.rowsAround - north.origin.y) < 1e-9)
        // GDAL: origin and size of a pixel.
        #expect(frame.origin == .init(x: -85.431472081219994, y: 34.203454894430003))
        #expect(
            abs(360 / frame.columnsAround - 0.000594860406091) < 1e-15 && abs(360 / frame.rowsAround - 0.000449856046065) < 1e-15)
        let other = try grid("022060370030590149-123.0749837910+044.0622542218")
        #expect(other.origin == .init(x: -123.074983790999994, y: 44.062254221800004))
        #expect(
            abs(360 / other.columnsAround - 0.000016318855939) < 1e-15 && abs(360 / other.rowsAround - 0.000011768494491) < 1e-15)
    }

    /// imaging-nitf: 00000000hh0013.lf2.
    @Test func referenceSystem() throws {
        let system = try view(
            NITFExtension.GEOPSB.self,
            """
            GEODEGWorld Geodetic System 1984{54}WGE World Geodetic System 1984{54}WE Geodetic{72}GEODMean Sea{72}MSL {15x30}\
               Unknown{73}0002
            """)
        #expect(
            system.type == "GEO" && system.unit == "DEG" && system.datum == "World Geodetic System 1984"
                && system.datumCode == "WGE")
        #expect(system.ellipsoidCode == "WE" && system.verticalDatum == "Geodetic" && system.verticalDatumCode == "GEOD")
        #expect(system.soundingDatumCode == "MSL" && system.falseHeight == 0 && system.grid == "Unknown" && system.zone == 2)
    }

    /// imaging-nitf: 056_512x512_s_8_4_ms_j2c.ntf.
    @Test func layers() throws {
        let layers = try view(
            NITFExtension.J2KLRA.self,
            """
            0050000401900000.03112800100.06211100200.12442700300.24903200400.49963500500.59220300600.69944700700.79566900800\
            .89931500900.99884801001.09870201101.19911201200.12995501301.49909901401.68755401501.99156201602.29881301703.499\
            79401803.711281
            """)
        #expect(layers.decompositions == 5 && layers.bands == 4 && layers.layers.count == 19 && layers.parsed == nil)
        #expect(layers.layers[0] == .init(number: 0, bitsPerSample: 0.031128) && layers.layers[18].bitsPerSample == 3.711281)
        // ECRG: 00000000hh0013.lf2 and all of its kind.
        let frame = try sample(NITFExtension.J2KLRA.self)
        #expect(frame.origin == 8 && frame.bands == 3 && frame.layers.map(\.bitsPerSample) == [0.03125, 0.0625, 0.125, 0.25, 0.4])
    }

    /// gdal: SENSRB_TRE.ntf.
    @Test func sensor() throws {
        let sensor = try sample(NITFExtension.SENSRB.self)
        #expect(sensor.sensor == nil && sensor.platform == "UMS" && sensor.lengthUnit == "m" && sensor.angularUnit == "deg")
        #expect(sensor.startDate == nil && sensor.startTime == 0 && sensor.endDate == "2019-05-07" && sensor.endTime == 84.059869)
        #expect(sensor.latitudeOrX == 43_643_267 && sensor.longitudeOrY == nil && sensor.quaternion == nil && sensor.rows == 0)
    }

    /// nitro: TEST_CSEXRB.nitf.
    @Test func exploitation() throws {
        let view = try sample(NITFExtension.CSEXRB.self)
        #expect(view.platform == "TEST" && view.mostSampleDistance == 1 && view.scanAngle == 0 && view.geometricMean == 1)
        #expect(view.obliquityAzimuth == 0 && view.sunAzimuth == 0 && view.sunElevation == 25 && view.cloudCover == 1)
    }

    /// imaging-nitf: gdal3453.ntf and autzen-utm10.ntf.
    @Test func blockAndIdentifiers() throws {
        let block = try view(
            NITFExtension.BLOCKA.self,
            "010000000937{22}+36.714442+067.113766+36.709216+067.118332+36.703538+067.109204+36.708764+067.104637010.0")
        #expect(block.block == 1 && block.lines == 937 && block.layoverAngle == nil)
        #expect(block.corners?[0] == .init(x: 67.104637, y: 36.708764) && block.corners?[2] == .init(x: 67.118332, y: 36.709216))
        let flight = try view(NITFExtension.AIMIDB.self, "20100101010101{16}000  00    00100001  00100002US{28}")
        #expect(
            flight.acquired == "2010-01-01T01:01:01Z" && flight.missionNumber == nil && flight.operation == 0
                && flight.location == nil)
    }

    // MARK: Made from the layouts

    @Test func corners() throws {
        let corners = try view(
            NITFExtension.CSCRNA.self,
            "Y+43.70001-079.50002+00076.5+43.70003-079.40004+00077.5+43.60005-079.40006+00078.5+43.60007-079.50008-00079.5")
        #expect(corners.isPredicted)
        #expect(
            corners.corners == [
                .init(longitude: -79.50002, latitude: 43.70001, height: 76.5),
                .init(longitude: -79.40004, latitude: 43.70003, height: 77.5),
                .init(longitude: -79.40006, latitude: 43.60005, height: 78.5),
                .init(longitude: -79.50008, latitude: 43.60007, height: -79.5),
            ])
    }

    @Test func identification() throws {
        let view = try view(
            NITFExtension.STDIDC.self, "20190507120005MISSION1{6}05007AA01000 00300004AB00500006CA00424338N07923W{13}")
        #expect(view.acquired == "2019-05-07T12:00:05Z" && view.mission == "MISSION1" && view.pass == "05" && view.operation == 7)
        #expect(view.startSegment == "AA" && view.startColumn == 3 && view.startRow == 4)
        #expect(
            view.endSegment == "AB" && view.endColumn == 5 && view.endRow == 6 && view.country == "CA"
                && view.location == "4338N07923W")
    }

    @Test func chip() throws {
        let chip = try view(
            NITFExtension.ICHIPB.self,
            """
            000002.{17x30}.5{10x30}.5{10x30}.5{7x30}511.5{7x30}255.5{10x30}.5{7x30}255.5{7x30}511.5{7x30}101.{8x30}201.\
            {8x30}101.{7x30}1223.{8x30}611.{8x30}201.{8x30}611.{7x30}1223.{7x30}4{7x30}5000
            """)
        #expect(chip.isLinear && chip.scale == 2 && chip.fullRows == 4_000 && chip.fullColumns == 5_000)
        #expect(chip.chip.map(\.row) == [0.5, 0.5, 255.5, 255.5] && chip.chip.map(\.column) == [0.5, 511.5, 0.5, 511.5])
        #expect(chip.full.map(\.row) == [101, 101, 611, 611] && chip.full.map(\.column) == [201, 1_223, 201, 1_223])
    }

    @Test func projectedGrid() throws {
        let grid = try sample(NITFExtension.MAPLOB.self)
        #expect(grid.unit == "M" && grid.columnSpacing == 10 && grid.rowSpacing == 20)
        #expect(grid.origin == .init(x: 500_000.5, y: 4_000_000))
        let projection = try sample(NITFExtension.PRJPSB.self)
        #expect(projection.name == "Transverse Mercator" && projection.code == "TC" && projection.parameters == [3, 0.9996, 0])
        #expect(projection.falseEasting == 500_000 && projection.falseNorthing == 7)
    }

    @Test func bands() throws {
        let bands = try view(
            NITFExtension.BANDSB.self,
            """
            00002REFLECTANCE{13}F?{x000000bfa00000}0002.50M0002.75M{7x30} {7x30} {48x00}{x198c0000}Ublue{46}00.480000.060000\
            .450000.51000>{x800000}@{x000000}red{47}10.665000.030000.650000.68000>{x000000}@@{x0000}
            """)
        #expect(bands.quantity == "REFLECTANCE" && bands.quantityUnit == "F" && bands.scale == 0.5 && bands.offset == -1.25)
        #expect(bands.rowDistance == 2.5 && bands.columnDistance == 2.75 && bands.wavelengthUnit == "U")
        #expect(bands.bands.map(\.name) == ["blue", "red"] && bands.bands.map(\.badBandFlag) == [0, 1])
        #expect(bands.bands.map(\.wavelength) == [0.48, 0.665] && bands.bands.map(\.width) == [0.06, 0.03])
        #expect(bands.bands.map(\.lowerBound) == [0.45, 0.65] && bands.bands.map(\.upperBound) == [0.51, 0.68])
        #expect(bands.bands.map(\.scale) == [0.25, 0.125] && bands.bands.map(\.offset) == [2, 3])
        #expect(try sample(NITFExtension.BANDSB.self).nanometres == [480, 665])
        // Wave numbers are no lengths.
        let numbers = try #require(Misread.made.last { $0.tag == "BANDSB" }).data
        let waves = try #require(NITFExtension.BANDSB(NITFExtension.value("BANDSB", numbers)))
        #expect(waves.wavelengthUnit == "W" && waves.nanometres == [nil, nil] && waves.bands.map(\.lowerBound) == [1_000, 2_000])
    }

    @Test func mates() throws {
        let view = try view(
            NITFExtension.MATESA.self,
            """
            PROVIDER{34}FTITLE{10}0005image0002PARENT{18}0001one{39}FTITLE{10}0001aSIBLING{17}0002two{39}IID1{12}0002bcthree\
            {37}UUID{12}0003def
            """)
        #expect(view.own.source == "PROVIDER" && view.own.identifier == "image")
        #expect(view.groups.map(\.relationship) == ["PARENT", "SIBLING"])
        #expect(view.groups.map { $0.mates.map(\.identifier) } == [["a"], ["bc", "def"]])
        #expect(view.groups[1].mates.map(\.source) == ["two", "three"])
    }
}
