public import ImageryBase

/// A place on the Earth.
public struct GroundPosition: Hashable, Sendable {
    /// Degrees, east positive, -180 to 180.
    public var longitude: Double
    /// Degrees, north positive.
    public var latitude: Double

    /// A place.
    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }
}

/// A position in an image: the top left corner of its top left pixel is (0, 0), the centre of that pixel (0.5, 0.5).
public struct PixelPosition: Hashable, Sendable {
    /// To the right, in columns.
    public var x: Double
    /// Down, in rows.
    public var y: Double

    /// A position.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// From pixels to longitude and latitude, and back (S67).
///
/// Of what a georeference has, the first of these that can be used is: the affine map, the rational polynomial camera, the affine map that
/// fits the control points best (first order, least squares), the corners with bilinear interpolation between the centres of the corner
/// pixels. Affine maps, control points and corners need a reference system that ``GroundSystem`` knows.
///
/// Accuracy: for a given georeference a position on the ground is exact to 1 mm (projections, see ``GroundSystem``) or to 0.0001 pixel
/// (camera, Newton's method), and there and back it is the same pixel position within 0.000001 pixel. How well the georeference itself
/// fits the Earth is another matter.
public struct GroundModel: Sendable {
    private enum Way: Sendable {
        case plane(PlaneMap, GroundSystem)
        case camera(Camera)
    }

    private let way: Way
    /// Columns and rows of the image.
    let size: (columns: Int, rows: Int)
    /// The longitude in the middle of the image, of whose turns the others are counted.
    private let middle: Double

    /// The model of an image of that size.
    ///
    /// Throws kind unsupported when the georeference leads to no longitude and latitude: it says nothing, it names a reference system without a
    /// projection here (whose code the error names), its control points lie on a line. Throws kind malformed for a camera that lacks numbers.
    public init(_ georeference: Georeference, columns: Int, rows: Int) throws(ImageryError) {
        way = try Self.way(georeference, columns: columns, rows: rows)
        size = (columns, rows)
        let centre = PixelPosition(x: Double(columns) / 2, y: Double(rows) / 2)
        if case .plane(let map, let system) = way, system.isGeographic {
            middle = map.ground(centre).x
        } else {
            middle = 0
        }
    }

    private static func way(_ georeference: Georeference, columns: Int, rows: Int) throws(ImageryError) -> Way {
        var plane: PlaneMap?
        if let affine = georeference.affine { plane = PlaneMap(affine) }
        if plane == nil, georeference.rationalPolynomial == nil, !georeference.controlPoints.isEmpty {
            plane = PlaneMap(georeference.controlPoints)
        }
        if plane == nil, georeference.rationalPolynomial == nil, let corners = georeference.corners {
            plane = PlaneMap(corners, columns: columns, rows: rows)
        }
        if let plane {
            do throws(ImageryError) {
                return .plane(plane, try GroundSystem(georeference.crs))
            } catch {
                guard georeference.rationalPolynomial != nil else { throw error }
            }
        }
        if let camera = georeference.rationalPolynomial { return .camera(try Camera(camera)) }
        throw ImageryError(
            unsupported: .georeference, "georeference",
            "it has no affine map, camera, three control points or four corners that lead from pixels to the ground")
    }

    /// The place under a position in the image, which may lie outside of it. `height` in metres above the ellipsoid matters to cameras only.
    ///
    /// Throws kind unsupported for a position that has none.
    public func ground(x: Double, y: Double, height: Double = 0) throws(ImageryError) -> GroundPosition {
        guard let place = place(PixelPosition(x: x, y: y), height: height) else {
            throw ImageryError(unsupported: .georeference, "georeference", "the position \(x), \(y) has no place on the ground")
        }
        return place
    }

    /// The position in the image, or outside of it, of a place. `height` as in ``ground(x:y:height:)``.
    ///
    /// Throws kind unsupported for a place that has none: the reference system or the camera do not reach it.
    public func pixel(longitude: Double, latitude: Double, height: Double = 0) throws(ImageryError) -> PixelPosition {
        guard let pixel = position(GroundPosition(longitude: longitude, latitude: latitude), height: height) else {
            throw ImageryError(
                unsupported: .georeference, "georeference",
                "the place \(longitude), \(latitude) has no position in the image's plane")
        }
        return pixel
    }

    func place(_ pixel: PixelPosition, height: Double) -> GroundPosition? {
        guard pixel.x.isFinite, pixel.y.isFinite, height.isFinite else { return nil }
        let found: Geographic? =
            switch way {
            case .plane(let map, let system): system.geographic(map.ground(pixel))
            case .camera(let camera): camera.ground(pixel, height: height)
            }
        guard let found, found.longitude.isFinite, found.latitude.isFinite else { return nil }
        return GroundPosition(longitude: normalised(longitude: found.longitude), latitude: found.latitude)
    }

    func position(_ place: GroundPosition, height: Double) -> PixelPosition? {
        guard place.longitude.isFinite, abs(place.longitude) <= 720, abs(place.latitude) <= 90, height.isFinite else { return nil }
        var geographic = Geographic(longitude: place.longitude, latitude: place.latitude)
        let found: PixelPosition?
        switch way {
        case .plane(let map, let system):
            if system.isGeographic {
                geographic.longitude = middle + (place.longitude - middle).remainder(dividingBy: 360)
            }
            found = system.position(geographic).flatMap(map.pixel)
        case .camera(let camera): found = camera.pixel(geographic, height: height)
        }
        guard let found, found.x.isFinite, found.y.isFinite else { return nil }
        return found
    }
}

extension Georeference {
    /// The longitude and latitude under a position in the image, whose top left corner is (0, 0). For corners, which mean nothing without the
    /// image's size, and for many positions see `GroundModel`, which says accuracy and errors.
    public func ground(x: Double, y: Double, height: Double = 0) throws(ImageryError) -> GroundPosition {
        try GroundModel(self, columns: 0, rows: 0).ground(x: x, y: y, height: height)
    }

    /// The position in the image of a longitude and latitude; otherwise as ``ground(x:y:height:)``.
    public func pixel(longitude: Double, latitude: Double, height: Double = 0) throws(ImageryError) -> PixelPosition {
        try GroundModel(self, columns: 0, rows: 0).pixel(longitude: longitude, latitude: latitude, height: height)
    }
}
