public import ImageryBase

extension WriteNotes {
    /// Notes that a format which has no words for positions leaves out what an image says of its own.
    public func addDropped(_ georeference: Georeference?, of asset: AssetKey, in format: String) throws(ImageryError) {
        guard let georeference else { return }
        if georeference.affine != nil || georeference.corners != nil || !georeference.controlPoints.isEmpty
            || georeference.crs != nil
        {
            try add(WriteNote(asset, "position", .dropped, "\(format) cannot say where an image lies"))
        }
        if georeference.rationalPolynomial != nil {
            try add(WriteNote(asset, "camera", .dropped, "\(format) has no camera models"))
        }
    }
}
