import ImageryBase
import Testing

@testable import ImageryNITF

/// Values of public samples (the file is named), or made of values whose meaning the standards give.
@Suite("Extensions as values with units") struct ExtensionViewTests {
    private func view<View: ExtensionView>(_ kind: View.Type, _ data: String) throws -> View {
        let value = NITFExtension.value(View.tag, Array(data.utf8))
        return try #require(Metadata(schema: .nitf, entries: [.init(View.tag, value)]).view(kind))
    }

    private func made<View: ExtensionView>(_ kind: View.Type, _ fields: KeyValuePairs<String, Value>) throws -> View {
        let entries = fields.map { Metadata.Entry($0.key, $0.value) }
        let bytes = try NITFExtension.bytes(View.tag, Metadata(schema: .nitf, entries: entries))
        return try #require(View(NITFExtension.value(View.tag, bytes)))
    }

    /// pynitf: test_use00a.ntf.
    @Test func usability() throws {
        let view = try view(
            NITFExtension.USE00A.self,
            "270105.2002047000000034.12-21.1500000000000000000000000000000000000000003317001006287000000000000+68.5131.3")
        #expect(view.angleToNorth == 270 && view.meanSampleDistance == 105.2 && view.dynamicRange == 2047)
        #expect(view.obliquity == 34.12 && view.roll == -21.15)
        #expect(view.referenceLines == 0 && view.revolution == 3317 && view.segments == 1 && view.mostLines == 6287)
        #expect(view.sunElevation == 68.5 && view.sunAzimuth == 131.3)
    }

    /// imaging-nitf: GHSarNITF21_good.ntf.
    @Test func aircraft() throws {
        let view = try view(
            NITFExtension.ACFTB.self,
            "ALASKA1_04          0019960001            SAR RTNISS100000119991019           001+39.22850000-118.29166600000000+041771"
                + "+39.22850000-118.29166600+04177107.4850.7381910.738191999.99      0014.02        0001000")
        #expect(
            view.mission == "ALASKA1_04" && view.tailNumber == "0019960001" && view.sensorType == "SAR" && view.sensor == "RTNISS")
        #expect(view.takenOff == nil && view.processed == "1999-10-19" && view.scene == 1)
        #expect(view.entry == .init(x: -118.291666, y: 39.2285) && view.exit == view.entry)
        #expect(view.mapAngle == 107.485 && view.rowSpacing == 0.73819 && view.rowSpacingUnit == "1")
    }

    /// imaging-nitf: GHSarNITF21_good.ntf.
    @Test func airborneIdentification() throws {
        let view = try view(
            NITFExtension.AIMIDB.self,
            "19991019231253GH01          01001AA00000 00100001AA00100001      3914N11817W             ")
        #expect(view.acquired == "1999-10-19T23:12:53Z" && view.missionNumber == "GH01" && view.mission == nil)
        #expect(view.flight == "01" && view.operation == 1 && view.location == "3914N11817W")
    }

    /// gdal: valid_udid.ntf.
    @Test func block() throws {
        let view = try view(
            NITFExtension.BLOCKA.self,
            "010000001000000000                +41.319331+020.078400+41.317083+020.126072+41.281634+020.122570+41.283881+020.074924     "
        )
        #expect(view.block == 1 && view.lines == 1000 && view.fillPixels == 0)
        // FRFC, FRLC, LRLC, LRFC.
        let corners = [(20.074924, 41.283881), (20.0784, 41.319331), (20.126072, 41.317083), (20.12257, 41.281634)]
        #expect(view.corners == corners.map { Georeference.Point(x: $0.0, y: $0.1) })
    }

    /// nitro: TEST_CSEXRB.nitf.
    @Test func exploitation() throws {
        let view = try view(
            NITFExtension.CSEXRB.self,
            "dbe26dc7-e003-4d29-8edb-41acc0e86b6e000TEST  TEST  TEST   +00000001.99+00000001.99+00000001.990000000001.00000000001.0"
                + "0000000001.00000000001.00000000001.00000000001.00000000001.0000.000256000025600256001.00015.000000.0000099000.000"
                + "+25.0001.2001.0001.0001000000")
        #expect(view.image == "dbe26dc7-e003-4d29-8edb-41acc0e86b6e" && view.associated == [] && view.platform == "TEST")
        #expect(view.sensorType == nil && view.groundReference == [1.99, 1.99, 1.99] && view.mostSampleDistance == 1)
        #expect(view.dynamicRange == 256 && view.lines == 256 && view.samples == 256)
        #expect(view.angleToNorth == 1 && view.obliquity == 15 && view.sunElevation == 25 && view.predictedRating == 1.2)
        #expect(view.circularError == 1 && view.linearError == 1 && view.cloudCover == 1)
    }

    /// imaging-nitf: 005_007_1024x1024_s_8_1_multi_j2c.ntf.
    @Test func layers() throws {
        let view = try view(
            NITFExtension.J2KLRA.self,
            "0050000100700000.09971600100.19977600200.29993400300.39959700400.49855800500.99881000605.700417")
        #expect(view.origin == 0 && view.decompositions == 5 && view.bands == 1 && view.parsed == nil)
        #expect(view.layers.map(\.number) == Array(0...6))
        #expect(view.layers.map(\.bitsPerSample) == [0.099716, 0.199776, 0.299934, 0.399597, 0.498558, 0.99881, 5.700417])
    }

    @Test func identification() throws {
        let view = try made(
            NITFExtension.STDIDC.self,
            [
                "ACQUISITION_DATE": Value(text: "20190507120005"), "MISSION": Value(text: "M1"), "OP_NUM": Value(7),
                "START_SEGMENT": Value(text: "AA"), "START_COLUMN": Value(1), "END_ROW": Value(12), "COUNTRY": Value(text: "US"),
            ])
        #expect(view.acquired == "2019-05-07T12:00:05Z" && view.mission == "M1" && view.operation == 7)
        #expect(view.startSegment == "AA" && view.startColumn == 1 && view.endRow == 12 && view.country == "US" && view.pass == nil)
    }

    @Test func moments() {
        #expect(isoTime(Array("19991019".utf8)) == "1999-10-19" && isoTime(Array("1999101923".utf8)) == "1999-10-19T23:00Z")
        #expect(isoTime(Array("199910192312".utf8)) == "1999-10-19T23:12Z")
        for text in ["19991319", "19991000", "1999101924", "199910192360", "1999-10-", "", "20000000ZJUL95"] {
            #expect(isoTime(Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test func grids() throws {
        let corners = try made(
            NITFExtension.CSCRNA.self,
            [
                "PREDICT_CORNERS": Value(text: "Y"), "ULCNR_LAT": Value(10.5), "ULCNR_LONG": Value(-20.25),
                "ULCNR_HT": Value(100.5),
                "LRCNR_LAT": Value(-1.0), "LRCNR_LONG": Value(2.0),
            ])
        #expect(corners.isPredicted && corners.corners.count == 4)
        #expect(corners.corners[0] == .init(longitude: -20.25, latitude: 10.5, height: 100.5) && corners.corners[2].latitude == -1)
        let geographic = try made(
            NITFExtension.GEOLOB.self, ["ARV": Value(1_296_000), "BRV": Value(648_000), "LSO": Value(-10.5), "PSO": Value(45.25)])
        #expect(geographic.columnsAround == 1_296_000 && geographic.origin == .init(x: -10.5, y: 45.25))
        let map = try made(
            NITFExtension.MAPLOB.self,
            ["UNILOA": Value(text: "M"), "LOD": Value(10), "LAD": Value(20), "LSO": Value(500_000.5), "PSO": Value(4_000_000.0)])
        #expect(
            map.unit == "M" && map.columnSpacing == 10 && map.rowSpacing == 20 && map.origin == .init(x: 500_000.5, y: 4_000_000))
        let system = try made(NITFExtension.GEOPSB.self, ["TYP": Value(text: "MAP"), "DCD": Value(text: "WGE"), "ZNA": Value(31)])
        #expect(system.type == "MAP" && system.datumCode == "WGE" && system.zone == 31 && system.ellipsoid == nil)
        let projection = try made(
            NITFExtension.PRJPSB.self,
            ["PCO": Value(text: "TC"), "PRJ": Value(list: [Value(3.0), Value(0.9996), Value(0.0)]), "XOR": Value(500_000)])
        #expect(projection.code == "TC" && projection.parameters == [3, 0.9996, 0] && projection.falseEasting == 500_000)
        let chip = try made(
            NITFExtension.ICHIPB.self,
            ["SCALE_FACTOR": Value(2.0), "OP_ROW_22": Value(99.5), "FI_COL_22": Value(1_199.0), "FI_ROW": Value(4_000)])
        #expect(chip.isLinear && chip.scale == 2 && chip.chip[3].row == 99.5 && chip.full[3].column == 1_199)
        #expect(chip.fullRows == 4_000 && chip.fullColumns == nil)
    }

    @Test func bands() throws {
        func band(_ name: String, _ centre: Double) -> Value {
            Value(group: [.init("BANDID", Value(text: name)), .init("CWAVE", Value(centre))])
        }
        let view = try made(
            NITFExtension.BANDSB.self,
            [
                "RADIOMETRIC_QUANTITY": Value(text: "RADIANCE"), "SCALE_FACTOR": Value(0.5), "ROW_GSD": Value(2.5),
                "ROW_GSD_UNIT": Value(text: "M"), "EXISTENCE_MASK": Value(0x1100_0000), "WAVE_LENGTH_UNIT": Value(text: "U"),
                "BANDS": Value(list: [band("red", 0.665), band("green", 0.56)]),
            ])
        #expect(view.quantity == "RADIANCE" && view.scale == 0.5 && view.rowDistance == 2.5 && view.rowDistanceUnit == "M")
        #expect(view.bands.map(\.name) == ["red", "green"] && view.bands.map(\.wavelength) == [0.665, 0.56])
        #expect(view.nanometres.map { $0.map { ($0 * 10).rounded() / 10 } } == [665, 560])
    }

    /// Where ISUBCAT has no wavelengths, those of BANDSB are the bands'.
    @Test func wavelengths() throws {
        let list = [0.665, 0.56].map { Value(group: [.init("CWAVE", Value($0))]) }
        let fields = [
            Metadata.Entry("EXISTENCE_MASK", Value(0x0100_0000)), .init("WAVE_LENGTH_UNIT", Value(text: "U")),
            .init("BANDS", Value(list: list)),
        ]
        var builder = NITFBuilder.image(rows: 1, columns: 1, bands: 2)
        let data = try NITFExtension.bytes("BANDSB", Metadata(schema: .nitf, entries: fields))
        builder.segments[0].areas = ["UDID": NITFBuilder.tre("BANDSB", data)]
        builder.segments[0].bands[1]["ISUBCAT"] = "561"
        let model = try NITFFile(builder.bytes).image().colorModel
        #expect(model[detailsOf: 0].wavelength.map { ($0 * 10).rounded() } == 6_650 && model[detailsOf: 1].wavelength == 561)
    }

    @Test func mates() throws {
        let mate = Value(group: [
            .init("SOURCE", Value(text: "a source")), .init("MATE_TYPE", Value(text: "FTITLE")),
            .init("MATE_ID", Value(text: "an image")),
        ])
        let group = Value(group: [.init("RELATIONSHIP", Value(text: "PARENT")), .init("MATES", Value(list: [mate]))])
        let view = try made(
            NITFExtension.MATESA.self,
            ["CUR_SOURCE": Value(text: "own"), "CUR_FILE_ID": Value(text: "me"), "GROUPS": Value(list: [group])])
        #expect(view.own.source == "own" && view.own.identifier == "me")
        #expect(view.groups.map(\.relationship) == ["PARENT"] && view.groups[0].mates[0].identifier == "an image")
    }

    @Test func sensors() throws {
        let view = try made(
            NITFExtension.SENSRB.self,
            [
                "GENERAL_DATA": Value(text: "Y"), "SENSOR": Value(text: "EYE"), "LENGTH_UNIT": Value(text: "SI"),
                "ANGULAR_UNIT": Value(text: "DEG"), "START_DATE": Value(text: "20190507"), "START_TIME": Value(84.059869),
                "LATITUDE_OR_X": Value(43.643267), "ATTITUDE_QUATERNION": Value(text: "Y"),
                "ATTITUDE_Q4": Value(text: "1.00000000"),
            ])
        #expect(view.sensor == "EYE" && view.lengthUnit == "SI" && view.startDate == "2019-05-07" && view.startTime == 84.059869)
        #expect(view.latitudeOrX == 43.643267 && view.quaternion?.last == 1 && view.sensorAngles == nil && view.parameters.isEmpty)
        let model = try made(
            NITFExtension.RSMIDA.self,
            [
                "IID": Value(text: "2_8"), "YEAR": Value(1970), "MONTH": Value(1), "DAY": Value(2), "HOUR": Value(1),
                "MINUTE": Value(2),
                "SECOND": Value(3.5), "GRNDD": Value(text: "R"), "XUOR": Value(-2_429_658.95), "V8Z": Value(7.0),
                "FULLR": Value(100),
                "MAXC": Value(99),
            ])
        #expect(model.image == "2_8" && model.date == "1970-01-02" && model.time == 3_723.5 && model.groundDomain == "R")
        #expect(abs((model.origin?.first ?? 0) + 2_429_658.95) < 0.01 && model.vertices.count == 8 && model.vertices[7][2] == 7)
        #expect(model.fullRows == 100 && model.maxColumn == 99)
    }

    @Test func whatIsNone() {
        for tag in ["USE00A", "BLOCKA", "CSCRNA", "ICHIPB", "MATESA", "J2KLRA", "RSMIDA"] {
            let empty = NITFExtension.value(tag, [])
            #expect(
                NITFExtension.USE00A(empty) == nil && NITFExtension.BLOCKA(empty) == nil && NITFExtension.CSCRNA(empty) == nil
                    && NITFExtension.ICHIPB(empty) == nil && NITFExtension.J2KLRA(empty) == nil
                    && NITFExtension.RSMIDA(empty) == nil)
        }
    }
}
