// Model to tags (OGC 19-008r4, clauses 7.1 to 7.5 and B.6) and the RPC tag ("RPCs in GeoTIFF").

public import ImageryBase

/// The tags that say where an image lies.
public enum GeoTag {
    /// ModelPixelScaleTag.
    public static let pixelScale: UInt16 = 33550
    /// ModelTiepointTag.
    public static let tiepoints: UInt16 = 33922
    /// ModelTransformationTag.
    public static let transformation: UInt16 = 34264
    /// GeoKeyDirectoryTag.
    public static let keyDirectory: UInt16 = 34735
    /// GeoDoubleParamsTag.
    public static let doubles: UInt16 = 34736
    /// GeoAsciiParamsTag.
    public static let texts: UInt16 = 34737
    /// RPCCoefficientTag.
    public static let camera: UInt16 = 50844
}

extension DirectoryWriter {
    /// Sets the tags of a georeference for an image of that size, in place of those that are there. Keys stay when they name the same
    /// reference system, or when the georeference names none.
    ///
    /// Returns false when the reference system is not an EPSG code that GeoTIFF can name: its keys are not written then.
    public mutating func set(_ georeference: Georeference, columns: Int, rows: Int) -> Bool {
        let old = GeoTag.keyDirectory
        let keys = self[old].map { GeoKeys(directory: $0, doubles: self[GeoTag.doubles], texts: self[GeoTag.texts]) }
        var isPixelPoint = keys?.isPixelPoint ?? false
        var isNamed = true
        if let definition = georeference.definition, case let own = GeoKeys(definition),
            own.coordinateReferenceSystem == georeference.crs
        {
            isPixelPoint = own.isPixelPoint
            self[GeoTag.keyDirectory] = definition.directoryValue
            self[GeoTag.doubles] = definition.doubles.isEmpty ? nil : Value(definition.doubles)
            self[GeoTag.texts] = definition.texts.isEmpty ? nil : Value(.ascii, littleEndian: definition.texts)
        } else if let crs = georeference.crs, crs != keys?.coordinateReferenceSystem {
            isPixelPoint = false
            self[GeoTag.keyDirectory] = nil
            self[GeoTag.doubles] = nil
            self[GeoTag.texts] = nil
            if let code = Self.epsg(crs) {
                let kind = ReferenceSystemKind(epsg: code)
                // Clause 7.1.2: version, revision 1.1, number of keys; then key, place 0 (the value itself), count 1, value.
                let keys = [
                    1, 1, 1, 3, 1024, 0, 1, kind.rawValue, 1025, 0, 1, 1, kind == .projected ? 3072 : 2048, 0, 1, code,
                ]
                set(GeoTag.keyDirectory, .short, keys)
            } else {
                isNamed = false
            }
        }
        setPosition(georeference, columns: columns, rows: rows, half: isPixelPoint ? 0.5 : 0)
        if let camera = georeference.rationalPolynomial, let numbers = Self.numbers(camera) {
            self[GeoTag.camera] = Value(numbers)
        }
        return isNamed
    }

    private static func epsg(_ crs: String) -> Int? {
        guard crs.uppercased().hasPrefix("EPSG:"), let code = Int(crs.dropFirst(5)), (1024...32766).contains(code) else {
            return nil
        }
        return code
    }

    private mutating func setPosition(_ georeference: Georeference, columns: Int, rows: Int, half: Double) {
        var points = georeference.controlPoints
        let map = georeference.affineMap(columns: columns, rows: rows)
        if map == nil, points.isEmpty, let corners = georeference.corners, corners.count == 4 {
            let places = [
                (0.5, 0.5), (Double(columns) - 0.5, 0.5), (Double(columns) - 0.5, Double(rows) - 0.5), (0.5, Double(rows) - 0.5),
            ]
            points = zip(places, corners).map { place, ground in
                Georeference.ControlPoint(column: place.0, row: place.1, x: ground.x, y: ground.y, z: 0)
            }
        }
        guard map != nil || !points.isEmpty else { return }
        self[GeoTag.pixelScale] = nil
        self[GeoTag.tiepoints] = nil
        self[GeoTag.transformation] = nil
        guard let map else {
            self[GeoTag.tiepoints] = Value(points.flatMap { [$0.column - half, $0.row - half, 0, $0.x, $0.y, $0.z] })
            return
        }
        let origin = map.ground(column: half, row: half)
        if map.xPerRow == 0, map.yPerColumn == 0, map.xPerColumn > 0, map.yPerRow < 0 {
            self[GeoTag.pixelScale] = Value([map.xPerColumn, -map.yPerRow, 0])
            self[GeoTag.tiepoints] = Value([0, 0, 0, origin.x, origin.y, 0])
        } else {
            self[GeoTag.transformation] = Value([
                map.xPerColumn, map.xPerRow, 0, origin.x, map.yPerColumn, map.yPerRow, 0, origin.y, 0, 0, 0, 0, 0, 0, 0, 1,
            ])
        }
    }

    /// The 92 numbers of the camera; an error of -1 is unknown. Nil for a camera that lacks some.
    private static func numbers(_ camera: RationalPolynomial) -> [Double]? {
        let numbers =
            [camera.errorBias ?? -1, camera.errorRandom ?? -1] + camera.offsets + camera.scales + camera.lineNumerator
            + camera.lineDenominator + camera.sampleNumerator + camera.sampleDenominator
        return numbers.count == 92 ? numbers : nil
    }

    private typealias RationalPolynomial = Georeference.RationalPolynomial
}
