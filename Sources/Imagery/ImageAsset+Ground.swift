public import ImageryBase
public import ImageryGeodesy

extension ImageAsset {
    /// From pixels of this image to longitude and latitude, and back.
    ///
    /// Throws kind unsupported when the image does not say where it lies, or says it in a reference system that has no projection here; kind
    /// malformed for a camera that lacks numbers.
    public func groundModel() throws(ImageryError) -> GroundModel {
        guard let georeference else {
            throw ImageryError(unsupported: .georeference, "\(key)", "the image does not say where it lies")
        }
        return try GroundModel(georeference, columns: layout.shape.columns, rows: layout.shape.rows)
    }

    /// The longitude and latitude under a position of the full resolution, whose top left corner is (0, 0); `height` in metres above the
    /// ellipsoid. Accuracy and errors as `GroundModel`; for many positions ask ``groundModel()`` once.
    public func ground(x: Double, y: Double, height: Double = 0) throws(ImageryError) -> GroundPosition {
        try groundModel().ground(x: x, y: y, height: height)
    }

    /// The position in the full resolution of a longitude and latitude; otherwise as ``ground(x:y:height:)``.
    public func pixel(longitude: Double, latitude: Double, height: Double = 0) throws(ImageryError) -> PixelPosition {
        try groundModel().pixel(longitude: longitude, latitude: latitude, height: height)
    }

    /// The pixels of the full resolution that a rectangle on the ground touches.
    ///
    /// Throws kind misuse when it touches none, and as ``groundModel()``.
    public func window(covering rectangle: GroundRectangle, height: Double = 0) throws(ImageryError) -> Window {
        guard let window = try groundModel().window(covering: rectangle, height: height) else {
            throw ImageryError(.misuse, "\(key)", "the rectangle on the ground lies outside of the image")
        }
        return window
    }

    /// The same for a rectangle in the coordinates of a reference system.
    public func window(covering rectangle: MapRectangle, height: Double = 0) throws(ImageryError) -> Window {
        guard let window = try groundModel().window(covering: rectangle, height: height) else {
            throw ImageryError(.misuse, "\(key)", "the rectangle on the ground lies outside of the image")
        }
        return window
    }
}
