// Where an image lies (STDI-0002 Volume 1: BLOCKA in Appendix E, ICHIPB in Appendix B; CSCRNA: STDI-0006).

public import ImageryBase

extension NITFExtension {
    /// BLOCKA: the corners of a block. Angles are in degrees.
    public struct BLOCKA: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "BLOCKA"
        /// The number of the block, its lines, and its pixels of fill.
        public var block, lines, fillPixels: Int?
        /// The directions of layover and shadow.
        public var layoverAngle, shadowAngle: Double?
        /// Longitude and latitude under the centres of the corner pixels: upper left, upper right, lower right, lower left; nil where they are
        /// not given.
        public var corners: [Georeference.Point]?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard fields["L_LINES"] != nil else { return nil }
            (block, lines, fillPixels) = (fields.whole("BLOCK_INSTANCE"), fields.whole("L_LINES"), fields.whole("N_GRAY"))
            (layoverAngle, shadowAngle) = (fields.real("LAYOVER_ANGLE"), fields.real("SHADOW_ANGLE"))
            corners = BlockLocation(fields.bytes)?.corners
        }
    }

    /// CSCRNA: the corners of an image on the ground.
    public struct CSCRNA: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "CSCRNA"
        /// A corner: longitude and latitude in degrees, height in metres.
        public struct Corner: Hashable, Sendable {
            /// Degrees, degrees and metres.
            public var longitude, latitude, height: Double
        }

        /// True for corners that were predicted and not measured.
        public var isPredicted: Bool
        /// Upper left, upper right, lower right, lower left.
        public var corners: [Corner]

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            isPredicted = fields.words("PREDICT_CORNERS") == "Y"
            corners = ["UL", "UR", "LR", "LL"].compactMap { name in
                guard let latitude = fields.real("\(name)CNR_LAT"), let longitude = fields.real("\(name)CNR_LONG"),
                    let height = fields.real("\(name)CNR_HT")
                else { return nil }
                return Corner(longitude: longitude, latitude: latitude, height: height)
            }
            guard corners.count == 4 else { return nil }
        }
    }

    /// ICHIPB: where the pixels of a chip lie in the full image.
    public struct ICHIPB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "ICHIPB"
        /// A row and a column; the centre of the first pixel is 0.5, 0.5.
        public struct Position: Hashable, Sendable {
            /// Counted from the upper left corner of the first pixel.
            public var row, column: Double
        }

        /// True when the chip is a grid of the full image's pixels.
        public var isLinear: Bool
        /// Pixels of the full image for one of the chip.
        public var scale: Double
        /// Grid points (1, 1), (1, 2), (2, 1), (2, 2) in the chip and in the full image.
        public var chip, full: [Position]
        /// The full image; nil where it is not known.
        public var fullRows, fullColumns: Int?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard let flag = fields.whole("XFRM_FLAG"), let scale = fields.real("SCALE_FACTOR") else { return nil }
            func positions(_ prefix: String) -> [Position] {
                ["11", "12", "21", "22"].compactMap { point in
                    guard let row = fields.real("\(prefix)_ROW_\(point)"), let column = fields.real("\(prefix)_COL_\(point)") else {
                        return nil
                    }
                    return Position(row: row, column: column)
                }
            }
            (isLinear, self.scale) = (flag == 0, scale)
            (chip, full) = (positions("OP"), positions("FI"))
            guard chip.count == 4, full.count == 4 else { return nil }
            func size(_ name: String) -> Int? { fields.whole(name).flatMap { $0 > 0 ? $0 : nil } }
            (fullRows, fullColumns) = (size("FI_ROW"), size("FI_COL"))
        }
    }

    /// GEOLOB: the origin and the density of a grid of longitudes and latitudes.
    public struct GEOLOB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "GEOLOB"
        /// Pixels in 360 degrees of longitude, and of latitude.
        public var columnsAround, rowsAround: Double
        /// Longitude and latitude of the first pixel's upper left corner, in degrees.
        public var origin: Georeference.Point

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard let columns = fields.real("ARV"), let rows = fields.real("BRV"), let west = fields.real("LSO"),
                let north = fields.real("PSO"), columns > 0, rows > 0
            else { return nil }
            (columnsAround, rowsAround) = (columns, rows)
            origin = .init(x: west, y: north)
        }
    }

    /// MAPLOB: the origin and the spacing of a grid in a projection.
    public struct MAPLOB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "MAPLOB"
        /// The code of the unit of length; M is metres.
        public var unit: String
        /// Eastings between columns, and northings between rows, in that unit.
        public var columnSpacing, rowSpacing: Double
        /// Easting and northing of the first pixel's upper left corner, in that unit.
        public var origin: Georeference.Point

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard let unit = fields.words("UNILOA"), let columns = fields.real("LOD"), let rows = fields.real("LAD"),
                let east = fields.real("LSO"), let north = fields.real("PSO")
            else { return nil }
            (self.unit, columnSpacing, rowSpacing) = (unit, columns, rows)
            origin = .init(x: east, y: north)
        }
    }

    /// GEOPSB: the reference system of coordinates.
    public struct GEOPSB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "GEOPSB"
        /// MAP, GEO or DIG, and the code of the unit of coordinates.
        public var type, unit: String?
        /// Names and codes of the geodetic datum and its ellipsoid, of the vertical and of the sounding datum.
        public var datum, datumCode, ellipsoid, ellipsoidCode, verticalDatum, verticalDatumCode, soundingDatum,
            soundingDatumCode: String?
        /// What zero height is.
        public var falseHeight: Int?
        /// Code, name and zone of the grid.
        public var gridCode, grid: String?
        /// The number of the grid's zone.
        public var zone: Int?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard fields["TYP"] != nil else { return nil }
            (type, unit) = (fields.words("TYP"), fields.words("UNI"))
            (datum, datumCode) = (fields.words("DAG"), fields.words("DCD"))
            (ellipsoid, ellipsoidCode) = (fields.words("ELL"), fields.words("ELC"))
            (verticalDatum, verticalDatumCode) = (fields.words("DVR"), fields.words("VDCDVR"))
            (soundingDatum, soundingDatumCode) = (fields.words("SDA"), fields.words("VDCSDA"))
            falseHeight = fields.whole("ZOR")
            (gridCode, grid, zone) = (fields.words("GRD"), fields.words("GRN"), fields.whole("ZNA"))
        }
    }

    /// PRJPSB: a projection.
    public struct PRJPSB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "PRJPSB"
        /// The name and the code of the projection.
        public var name, code: String?
        /// The parameters in the order that the code gives them.
        public var parameters: [Double]
        /// What is added to eastings and northings.
        public var falseEasting, falseNorthing: Double?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard fields["PCO"] != nil else { return nil }
            (name, code) = (fields.words("PRN"), fields.words("PCO"))
            parameters = (fields["PRJ"]?.list ?? []).compactMap(\.double)
            (falseEasting, falseNorthing) = (fields.real("XOR"), fields.real("YOR"))
        }
    }
}
