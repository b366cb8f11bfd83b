// The corners of an image in its fields (MIL-STD-2500C Table A-3: ICORDS and IGEOLO).

import ImageryBase
import ImageryGeodesy

/// ICORDS and IGEOLO, and the corners of a BLOCKA where those are not fine enough.
struct CornerFields: Hashable {
    /// More than this is told: a tenth of a pixel.
    static let tolerance = 0.1

    var coordinates: String
    var corners: String
    /// Longitudes and latitudes of the corners for BLOCKA.
    var block: [Georeference.Point]?
    /// The corners in longitude and latitude, for a BLOCKA that is there already.
    private(set) var geographic: [Georeference.Point]
    /// How many pixels the corners and the centre are off at most for who reads these fields; nil where that cannot be told (images of one row or
    /// column).
    var error: Double?

    /// The most precise fields for an image of that size: metres where the reference system is a UTM zone, seconds, thousandths of degrees; with a BLOCKA
    /// where each of these is more than ``tolerance`` off. The form `preferred` (an ICORDS) is tried first.
    ///
    /// Throws kind unsupported for what leads to no longitudes and latitudes, or outside of the fields.
    init(_ georeference: Georeference, columns: Int, rows: Int, preferred: String?) throws(ImageryError) {
        var plain = georeference
        // What IGEOLO tries to say is not the camera.
        plain.rationalPolynomial = nil
        let system = try GroundSystem(georeference.crs)
        // Its grid is no plane of longitudes and latitudes, and its sphere no datum of NITF.
        guard system.code.uppercased() != "EPSG:3857" else {
            throw ImageryError(unsupported: .georeference, "IGEOLO", "web mercator is neither a zone of UTM nor a datum of NITF")
        }
        let source = try? GroundModel(plain, columns: columns, rows: rows)
        let places = try Self.places(georeference, system, source, columns: columns, rows: rows)
        var best: CornerFields?
        var forms = ["G", "D"]
        if let zone = system.zone {
            // Northings of the south count from 10,000,000: the other letter makes a number fit that this one does not.
            forms = zone.isNorth ? ["N", "S"] + forms : ["S", "N"] + forms
        }
        if let preferred, let index = forms.firstIndex(of: preferred) {
            forms.remove(at: index)
            forms.insert(preferred, at: 0)
        }
        for withBlock in [false, true] {
            for form in forms {
                guard let text = Self.text(form, places, zone: system.zone) else { continue }
                var fields = CornerFields(
                    coordinates: form, corners: text, block: withBlock ? places.geographic : nil, geographic: places.geographic)
                if withBlock, BlockLocation.data(corners: places.geographic, lines: rows, copied: nil) == nil { continue }
                fields.error = source.flatMap { fields.distance(from: $0, columns: columns, rows: rows) }
                guard let error = fields.error else {
                    best = best ?? fields
                    continue
                }
                if error <= Self.tolerance {
                    self = fields
                    return
                }
                if best?.error.map({ error < 0.99 * $0 }) ?? true { best = fields }
            }
        }
        guard let best else {
            throw ImageryError(unsupported: .georeference, "IGEOLO", "the corners lie outside of what its fields can say")
        }
        self = best
    }

    private init(coordinates: String, corners: String, block: [Georeference.Point]?, geographic: [Georeference.Point]) {
        self.geographic = geographic
        self.coordinates = coordinates
        self.corners = corners
        self.block = block
    }

    /// The corners in the reference system and in longitude and latitude.
    private struct Places {
        var projected: [Georeference.Point]
        var geographic: [Georeference.Point]
    }

    private static func places(
        _ georeference: Georeference, _ system: GroundSystem, _ source: GroundModel?, columns: Int, rows: Int
    ) throws(ImageryError) -> Places {
        let (right, bottom) = (Double(columns) - 0.5, Double(rows) - 0.5)
        var places = Places(projected: [], geographic: [])
        if let source {
            for (x, y) in [(0.5, 0.5), (right, 0.5), (right, bottom), (0.5, bottom)] {
                let ground = try source.ground(x: x, y: y)
                places.geographic.append(Georeference.Point(x: ground.longitude, y: ground.latitude))
            }
        } else if system.isGeographic, let corners = georeference.cornerPixels(columns: columns, rows: rows) {
            places.geographic = corners.map { Georeference.Point(x: wrapped($0.x), y: $0.y) }
        }
        places.projected =
            georeference.cornerPixels(columns: columns, rows: rows)
            ?? places.geographic.compactMap { system.position(longitude: $0.x, latitude: $0.y) }
        guard (places.geographic + places.projected).allSatisfy({ $0.x.isFinite && $0.y.isFinite }),
            places.geographic.count == 4 || system.zone != nil && places.projected.count == 4
        else { throw ImageryError(unsupported: .georeference, "IGEOLO", "the georeference has no four corners") }
        return places
    }

    /// The 60 characters of a form; nil when it cannot say the corners.
    private static func text(_ form: String, _ places: Places, zone: (number: Int, isNorth: Bool)?) -> String? {
        let texts: [String?]
        switch form {
        case "N", "S":
            guard let zone else { return nil }
            let shift = zone.isNorth == (form == "N") ? 0 : zone.isNorth ? 10_000_000.0 : -10_000_000
            texts = places.projected.map { point in
                guard let easting = fixed(point.x, digits: 6), let northing = fixed(point.y + shift, digits: 7) else { return nil }
                return padded(zone.number, 2) + easting + northing
            }
        default:
            texts = places.geographic.map { point in
                let longitude = wrapped(point.x)
                guard abs(point.y) <= 90, abs(longitude) <= 180 else { return nil }
                return form == "D"
                    ? decimal(point.y, digits: 2) + decimal(longitude, digits: 3)
                    : seconds(point.y, digits: 2, "NS") + seconds(longitude, digits: 3, "EW")
            }
        }
        let known = texts.compactMap { $0 }
        return known.count == 4 ? known.joined() : nil
    }

    /// IGEOLO in degrees, minutes and seconds (ICORDS G) of four longitudes and latitudes; nil for what is not four of them.
    static func geographic(_ corners: [Georeference.Point]) -> String? {
        guard corners.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return nil }
        return text("G", Places(projected: [], geographic: corners), zone: nil)
    }

    /// How many pixels off the corners and the centre are for who reads the fields.
    private func distance(from source: GroundModel, columns: Int, rows: Int) -> Double? {
        guard columns > 1, rows > 1,
            var read = Georeference(coordinates: coordinates, corners: Array(corners.utf8), .v21, report: { _ in })
        else { return nil }
        if let block, let data = BlockLocation.data(corners: block, lines: rows, copied: nil),
            let fine = BlockLocation(data)?.corners
        {
            read.refine(with: fine)
        }
        let (right, bottom) = (Double(columns) - 0.5, Double(rows) - 0.5)
        let spots = [(0.5, 0.5), (right, 0.5), (right, bottom), (0.5, bottom), (Double(columns) / 2, Double(rows) / 2)]
        // Some software reads corners as a quadrangle, other as the affine map that fits them best.
        var fitted = Georeference(crs: read.crs)
        fitted.controlPoints = zip(spots, read.corners ?? []).map { spot, corner in
            Georeference.ControlPoint(column: spot.0, row: spot.1, x: corner.x, y: corner.y, z: 0)
        }
        var worst = 0.0
        for place in [read, fitted] {
            guard let model = try? GroundModel(place, columns: columns, rows: rows) else { return .infinity }
            for (x, y) in spots {
                guard let ground = try? model.ground(x: x, y: y),
                    let pixel = try? source.pixel(longitude: ground.longitude, latitude: ground.latitude)
                else { return .infinity }
                worst = max(worst, abs(pixel.x - x), abs(pixel.y - y))
            }
        }
        return worst
    }

    /// ±dd.ddd or ±ddd.ddd.
    private static func decimal(_ degrees: Double, digits: Int) -> String {
        let thousandths = Int((abs(degrees) * 1000).rounded())
        return (degrees < 0 ? "-" : "+") + padded(thousandths / 1000, digits) + "." + padded(thousandths % 1000, 3)
    }

    /// ddmmssX or dddmmssX.
    private static func seconds(_ degrees: Double, digits: Int, _ letters: String) -> String {
        let all = Int((abs(degrees) * 3600).rounded())
        let letter = degrees < 0 ? letters.suffix(1) : letters.prefix(1)
        return padded(all / 3600, digits) + padded(all / 60 % 60, 2) + padded(all % 60, 2) + letter
    }
}
