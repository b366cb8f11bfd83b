// Raster to model (OGC 19-008r4, clauses 7.2 and B.6) and the RPC tag ("RPCs in GeoTIFF").

public import ImageryBase

extension Georeference {
    /// The georeference that a directory's tags give; nil when they give none.
    ///
    /// `value` looks a tag's value up. Positions are those of S63: the top left corner of the top left pixel is (0, 0), so that
    /// files whose positions name pixel centres (PixelIsPoint) are moved by half a pixel.
    public init?(geoKeys: GeoKeys?, value: (UInt16) -> Value?) {
        let half = geoKeys?.isPixelPoint == true ? 0.5 : 0
        let tiepoints = value(33922)?.doubles ?? []
        let affine =
            Self.transformation(value(34264)?.doubles ?? [], half: half)
            ?? Self.scaled(value(33550)?.doubles ?? [], tiepoints, half: half)
        var points: [ControlPoint] = []
        if affine == nil {
            for start in stride(from: 0, to: tiepoints.count - 5, by: 6) {
                points.append(
                    ControlPoint(
                        column: tiepoints[start] + half, row: tiepoints[start + 1] + half, x: tiepoints[start + 3],
                        y: tiepoints[start + 4], z: tiepoints[start + 5]))
            }
        }
        let camera = Self.camera(value(50844)?.doubles ?? [])
        let crs = geoKeys?.coordinateReferenceSystem
        self.init(
            affine: affine, controlPoints: points, rationalPolynomial: camera, crs: crs, definition: geoKeys?.definition)
        if self == Georeference() { return nil }
    }

    /// ModelTransformationTag: a 4 x 4 matrix, row by row (clause B.6).
    private static func transformation(_ m: [Double], half: Double) -> Affine? {
        guard m.count == 16, m[0] != 0 || m[1] != 0, m[4] != 0 || m[5] != 0 else { return nil }
        return Affine(
            originX: m[3] - half * (m[0] + m[1]), originY: m[7] - half * (m[4] + m[5]), xPerColumn: m[0], xPerRow: m[1],
            yPerColumn: m[4], yPerRow: m[5])
    }

    /// ModelPixelScaleTag with the first of ModelTiepointTag: X = X0 + (I - I0) * Sx, Y = Y0 - (J - J0) * Sy.
    private static func scaled(_ scale: [Double], _ tiepoints: [Double], half: Double) -> Affine? {
        guard scale.count >= 2, scale[0] != 0, scale[1] != 0, tiepoints.count >= 6 else { return nil }
        let x = scale[0]
        // Files with a negative scale exist; rows always go down (as GDAL reads them).
        let y = -abs(scale[1])
        return Affine(
            originX: tiepoints[3] - (tiepoints[0] + half) * x, originY: tiepoints[4] - (tiepoints[1] + half) * y, xPerColumn: x,
            xPerRow: 0, yPerColumn: 0, yPerRow: y)
    }

    /// The 92 numbers of tag 50844; an error of -1 is unknown.
    private static func camera(_ numbers: [Double]) -> RationalPolynomial? {
        guard numbers.count == 92 else { return nil }
        func known(_ error: Double) -> Double? { error == -1 ? nil : error }
        return RationalPolynomial(
            errorBias: known(numbers[0]), errorRandom: known(numbers[1]), offsets: Array(numbers[2..<7]),
            scales: Array(numbers[7..<12]), lineNumerator: Array(numbers[12..<32]), lineDenominator: Array(numbers[32..<52]),
            sampleNumerator: Array(numbers[52..<72]), sampleDenominator: Array(numbers[72..<92]))
    }
}
