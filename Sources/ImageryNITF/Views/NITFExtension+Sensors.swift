// Sensors and their models (STDI-0002 Volume 1, Appendix Z: SENSRB; Appendix U: RSMIDA).

public import ImageryBase

extension NITFExtension {
    /// SENSRB: an electro-optical sensor. Lengths and angles are in the units that it names.
    public struct SENSRB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "SENSRB"
        /// The names of sensor and platform.
        public var sensor, platform: String?
        /// The codes of the geodetic system and type, and of the elevation datum.
        public var geodeticSystem, geodeticType, elevationDatum: String?
        /// The codes of the units of length (SI, EE) and of angles (DEG, RAD, SMC).
        public var lengthUnit, angularUnit: String?
        /// The first and the last moment: a date in ISO 8601, and the seconds of that day (UTC).
        public var startDate, endDate: String?
        /// Seconds of the first and the last day.
        public var startTime, endTime: Double?
        /// Detectors of the array, and the focal length.
        public var rowDetectors, columnDetectors: Int?
        /// The focal length.
        public var focalLength: Double?
        /// Rows and columns of the image.
        public var rows, columns: Int?
        /// The sensor's place: latitude and longitude and altitude, or x, y, z.
        public var latitudeOrX, longitudeOrY, altitudeOrZ: Double?
        /// The sensor's heading, pitch and roll against the platform's, in the unit of angles.
        public var sensorAngles: [Double]?
        /// The platform's heading, pitch and roll, in the unit of angles.
        public var platformAngles: [Double]?
        /// The quaternion of the attitude, its scalar last.
        public var quaternion: [Double]?
        /// Names and values of additional parameters.
        public var parameters: [String: [String]]

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard fields["GENERAL_DATA"] != nil else { return nil }
            (sensor, platform) = (fields.words("SENSOR"), fields.words("PLATFORM"))
            (geodeticSystem, geodeticType) = (fields.words("GEODETIC_SYSTEM"), fields.words("GEODETIC_TYPE"))
            elevationDatum = fields.words("ELEVATION_DATUM")
            (lengthUnit, angularUnit) = (fields.words("LENGTH_UNIT"), fields.words("ANGULAR_UNIT"))
            (startDate, endDate) = (fields.moment("START_DATE"), fields.moment("END_DATE"))
            (startTime, endTime) = (fields.real("START_TIME"), fields.real("END_TIME"))
            (rowDetectors, columnDetectors) = (fields.whole("ROW_DETECTORS"), fields.whole("COLUMN_DETECTORS"))
            focalLength = fields.real("FOCAL_LENGTH")
            (rows, columns) = (fields.whole("ROW_COUNT"), fields.whole("COLUMN_COUNT"))
            latitudeOrX = fields.real("LATITUDE_OR_X")
            longitudeOrY = fields.real("LONGITUDE_OR_Y")
            altitudeOrZ = fields.real("ALTITUDE_OR_Z")
            sensorAngles = fields.reals(["SENSOR_ANGLE_1", "SENSOR_ANGLE_2", "SENSOR_ANGLE_3"])
            platformAngles = fields.reals(["PLATFORM_HEADING", "PLATFORM_PITCH", "PLATFORM_ROLL"])
            quaternion = fields.reals(["ATTITUDE_Q1", "ATTITUDE_Q2", "ATTITUDE_Q3", "ATTITUDE_Q4"])
            parameters = [:]
            for parameter in fields["ADDITIONAL_PARAMETER_DATA_SETS"]?.list ?? [] {
                guard let name = parameter.words("PARAMETER_NAME") else { continue }
                parameters[name] = (parameter["PARAMETER_VALUE"]?.list ?? []).map { $0.trimmed ?? "" }
            }
        }
    }

    /// RSMIDA: what the replacement sensor model of an image is, and where it holds.
    public struct RSMIDA: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "RSMIDA"
        /// Identifiers of the image, the edition of the model, the image sequence, the sensor and its type.
        public var image, edition, sequence, sensor, sensorType: String?
        /// When it was taken (UTC): a date in ISO 8601, and the seconds of that day.
        public var date: String?
        /// Seconds of that day.
        public var time: Double?
        /// The ground domain: G for geodetic coordinates in radians, H for those from 0 to 2 π, R for rectangular ones in metres.
        public var groundDomain: String?
        /// The origin of rectangular coordinates (geocentric, metres) and their unit vectors; nil for others.
        public var origin: [Double]?
        /// The unit vectors of rectangular coordinates, x, y and z each; nil for others.
        public var axes: [[Double]]?
        /// The eight vertices of the ground domain, x, y and z each.
        public var vertices: [[Double]]
        /// The full image, and the rows and columns in which the model holds.
        public var fullRows, fullColumns: Int?
        /// The first and last row and column in which the model holds.
        public var minRow, maxRow, minColumn, maxColumn: Int?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard let form = fields.words("GRNDD") else { return nil }
            groundDomain = form
            (image, edition, sequence) = (fields.words("IID"), fields.words("EDITION"), fields.words("ISID"))
            (sensor, sensorType) = (fields.words("SID"), fields.words("STID"))
            let day = ["YEAR", "MONTH", "DAY"].compactMap { fields.words($0) }.joined()
            date = day.utf8.count == 8 ? isoTime(Array(day.utf8)) : nil
            if let hour = fields.real("HOUR"), let minute = fields.real("MINUTE"), let second = fields.real("SECOND") {
                time = hour * 3_600 + minute * 60 + second
            }
            origin = fields.reals(["XUOR", "YUOR", "ZUOR"])
            let vectors = ["X", "Y", "Z"].compactMap { axis in fields.reals(["X", "Y", "Z"].map { "\(axis)U\($0)R" }) }
            axes = vectors.count == 3 ? vectors : nil
            vertices = (1...8).compactMap { vertex in fields.reals(["X", "Y", "Z"].map { "V\(vertex)\($0)" }) }
            (fullRows, fullColumns) = (fields.whole("FULLR"), fields.whole("FULLC"))
            (minRow, maxRow) = (fields.whole("MINR"), fields.whole("MAXR"))
            (minColumn, maxColumn) = (fields.whole("MINC"), fields.whole("MAXC"))
        }
    }
}
