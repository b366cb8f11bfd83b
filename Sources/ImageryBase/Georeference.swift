/// Where an image lies on the ground: one value for every format that says so (S63).
public struct Georeference: Hashable, Sendable {
    /// From pixel coordinates (column, row; the top left corner of the top left pixel is 0, 0) to ground coordinates.
    public struct Affine: Hashable, Sendable {
        /// x of the image's top left corner.
        public var originX: Double
        /// y of the image's top left corner.
        public var originY: Double
        /// Change of x with the column.
        public var xPerColumn: Double
        /// Change of x with the row.
        public var xPerRow: Double
        /// Change of y with the column.
        public var yPerColumn: Double
        /// Change of y with the row; negative where north is up.
        public var yPerRow: Double

        /// x = originX + column * xPerColumn + row * xPerRow, y alike.
        public init(originX: Double, originY: Double, xPerColumn: Double, xPerRow: Double, yPerColumn: Double, yPerRow: Double) {
            self.originX = originX
            self.originY = originY
            self.xPerColumn = xPerColumn
            self.xPerRow = xPerRow
            self.yPerColumn = yPerColumn
            self.yPerRow = yPerRow
        }
    }

    /// A position on the ground, in the units and axis order x, y of the reference system (longitude, latitude for geographic ones).
    public struct Point: Hashable, Sendable {
        /// Easting or longitude.
        public var x: Double
        /// Northing or latitude.
        public var y: Double

        /// A position.
        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// A pixel position tied to a ground position.
    public struct ControlPoint: Hashable, Sendable {
        /// Column, from the left edge of the image.
        public var column: Double
        /// Row, from the top edge.
        public var row: Double
        /// Ground x.
        public var x: Double
        /// Ground y.
        public var y: Double
        /// Height.
        public var z: Double

        /// A tie between pixel and ground.
        public init(column: Double, row: Double, x: Double, y: Double, z: Double) {
            self.column = column
            self.row = row
            self.x = x
            self.y = y
            self.z = z
        }
    }

    /// A rational polynomial camera, coefficients in the order of RPC00B.
    public struct RationalPolynomial: Hashable, Sendable, Codable {
        /// ERR_BIAS, ERR_RAND in metres; nil when unknown.
        public var errorBias, errorRandom: Double?
        /// Offsets of line, sample, latitude, longitude, height.
        public var offsets: [Double]
        /// Scales of line, sample, latitude, longitude, height.
        public var scales: [Double]
        /// 20 coefficients each.
        public var lineNumerator, lineDenominator, sampleNumerator, sampleDenominator: [Double]

        /// A camera; `offsets` and `scales` have 5 elements, each polynomial 20.
        public init(
            errorBias: Double?, errorRandom: Double?, offsets: [Double], scales: [Double], lineNumerator: [Double],
            lineDenominator: [Double],
            sampleNumerator: [Double], sampleDenominator: [Double]
        ) {
            self.errorBias = errorBias
            self.errorRandom = errorRandom
            self.offsets = offsets
            self.scales = scales
            self.lineNumerator = lineNumerator
            self.lineDenominator = lineDenominator
            self.sampleNumerator = sampleNumerator
            self.sampleDenominator = sampleDenominator
        }
    }

    /// What a reference system's code does not say, in the words of GeoTIFF (OGC 19-008r4, clause 7.1): a system that is defined by its
    /// parameters, heights, units, names.
    public struct Definition: Hashable, Sendable, Codable {
        /// The numbers of GeoKeyDirectoryTag.
        public var directory: [UInt16]
        /// Those of GeoDoubleParamsTag.
        public var doubles: [Double]
        /// The bytes of GeoAsciiParamsTag.
        public var texts: [UInt8]

        /// The keys as their three tags have them.
        public init(directory: [UInt16], doubles: [Double] = [], texts: [UInt8] = []) {
            self.directory = directory
            self.doubles = doubles
            self.texts = texts
        }
    }

    /// Pixel to ground, where the file gives it.
    public var affine: Affine?
    /// The ground under the centres of the corner pixels: upper left, upper right, lower right, lower left.
    public var corners: [Point]?
    /// Ground control points.
    public var controlPoints: [ControlPoint]
    /// A camera model.
    public var rationalPolynomial: RationalPolynomial?
    /// The reference system, `"EPSG:32633"` where it has a code; nil when unknown.
    public var crs: String?
    /// More than ``crs`` says of the reference system, or all of it where that has no code; nil where the code says everything.
    public var definition: Definition?

    /// A georeference; nil parts are unknown.
    public init(
        affine: Affine? = nil, corners: [Point]? = nil, controlPoints: [ControlPoint] = [],
        rationalPolynomial: RationalPolynomial? = nil,
        crs: String? = nil, definition: Definition? = nil
    ) {
        self.affine = affine
        self.corners = corners
        self.controlPoints = controlPoints
        self.rationalPolynomial = rationalPolynomial
        self.crs = crs
        self.definition = definition
    }
}
