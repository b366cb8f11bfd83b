// Who took an image, and when (STDI-0002 Volume 1, Appendix D: STDIDC; Appendix E: AIMIDB, ACFTB; Appendix AK: MATESA).

public import ImageryBase

extension NITFExtension {
    /// STDIDC: the standard identification of an image.
    public struct STDIDC: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "STDIDC"
        /// When it was taken, in ISO 8601 as far as it is known.
        public var acquired: String?
        /// The mission, pass and operation.
        public var mission, pass: String?
        /// The number of the operation.
        public var operation: Int?
        /// The first and last segment, and the columns and rows of the image's blocks in them.
        public var startSegment, endSegment: String?
        /// The columns and rows of the image's blocks in the first and the last segment.
        public var startColumn, startRow, endColumn, endRow: Int?
        /// The code of the country, and a place to degrees and minutes as it stands in the file (ddmmXdddmmY).
        public var country, location: String?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard fields["ACQUISITION_DATE"] != nil else { return nil }
            acquired = fields.moment("ACQUISITION_DATE")
            (mission, pass, operation) = (fields.words("MISSION"), fields.words("PASS"), fields.whole("OP_NUM"))
            (startSegment, endSegment) = (fields.words("START_SEGMENT"), fields.words("END_SEGMENT"))
            (startColumn, startRow) = (fields.whole("START_COLUMN"), fields.whole("START_ROW"))
            (endColumn, endRow) = (fields.whole("END_COLUMN"), fields.whole("END_ROW"))
            (country, location) = (fields.words("COUNTRY"), fields.words("LOCATION"))
        }
    }

    /// AIMIDB: the identification of an airborne image.
    public struct AIMIDB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "AIMIDB"
        /// When it was taken, in ISO 8601 as far as it is known.
        public var acquired: String?
        /// The number of the mission, and its identification.
        public var missionNumber, mission: String?
        /// The number of the flight.
        public var flight: String?
        /// The number of the operation.
        public var operation: Int?
        /// The code of the country, and a place to degrees and minutes as it stands in the file (ddmmXdddmmY).
        public var country, location: String?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard fields["ACQUISITION_DATE"] != nil else { return nil }
            acquired = fields.moment("ACQUISITION_DATE")
            (missionNumber, mission) = (fields.words("MISSION_NO"), fields.words("MISSION_IDENTIFICATION"))
            (flight, operation) = (fields.words("FLIGHT_NO"), fields.whole("OP_NUM"))
            (country, location) = (fields.words("COUNTRY"), fields.words("LOCATION"))
        }
    }

    /// ACFTB: the aircraft, its sensor and the geometry of the scene.
    public struct ACFTB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "ACFTB"
        /// The mission, the aircraft's tail number, the type and the identifier of the sensor.
        public var mission, tailNumber, sensorType, sensor: String?
        /// Take-off, in ISO 8601 as far as it is known.
        public var takenOff: String?
        /// When the scene was processed, and when the sensor was calibrated: dates in ISO 8601.
        public var processed, calibrated: String?
        /// The scene's number.
        public var scene: Int?
        /// Where the scene is entered and left: longitude and latitude in degrees.
        public var entry, exit: Georeference.Point?
        /// Elevations there, in the unit of ``elevationUnit``.
        public var entryElevation, exitElevation: Int?
        /// The code of the unit, as it stands in the file.
        public var elevationUnit: String?
        /// True map angle in degrees.
        public var mapAngle: Double?
        /// The distance of rows and of columns, with the code of its unit.
        public var rowSpacing, columnSpacing: Double?
        /// The codes of their units.
        public var rowSpacingUnit, columnSpacingUnit: String?
        /// The sensor's focal length as it stands in the file.
        public var focalLength: Double?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard fields["AC_MSN_ID"] != nil else { return nil }
            (mission, tailNumber) = (fields.words("AC_MSN_ID"), fields.words("AC_TAIL_NO"))
            (sensorType, sensor) = (fields.words("SENSOR_ID_TYPE"), fields.words("SENSOR_ID"))
            takenOff = fields.moment("AC_TO")
            (processed, calibrated) = (fields.moment("PDATE"), fields.moment("CAL_DATE"))
            scene = fields.whole("SCNUM")
            (entry, exit) = (fields["ENTLOC"].flatMap(Self.point), fields["EXITLOC"].flatMap(Self.point))
            (entryElevation, exitElevation) = (fields.whole("ENTELV"), fields.whole("EXITELV"))
            elevationUnit = fields.words("ELV_UNIT")
            mapAngle = fields.real("TMAP")
            (rowSpacing, columnSpacing) = (fields.real("ROW_SPACING"), fields.real("COL_SPACING"))
            (rowSpacingUnit, columnSpacingUnit) = (fields.words("ROW_SPACING_UNITS"), fields.words("COL_SPACING_UNITS"))
            focalLength = fields.real("FOCAL_LENGTH")
        }

        /// ±dd.dddddddd±ddd.dddddddd.
        private static func point(_ value: Value) -> Georeference.Point? {
            guard let text = value.text, text.utf8.count == 25, let latitude = Double(text.prefix(12)),
                let longitude = Double(text.dropFirst(12).prefix(13)), abs(latitude) <= 90, abs(longitude) <= 180
            else { return nil }
            return .init(x: longitude, y: latitude)
        }
    }

    /// MATESA: files and segments that belong to this one.
    public struct MATESA: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "MATESA"
        /// A file or segment: who names it, how, and its name.
        public struct Mate: Hashable, Sendable {
            /// Who names it, what sort of name it is, and the name.
            public var source, type, identifier: String?

            init(_ fields: Value, _ prefix: String, type: String, identifier: String) {
                (source, self.type) = (fields.words(prefix + "SOURCE"), fields.words(type))
                self.identifier = fields.words(identifier)
            }
        }

        /// Mates of one relationship.
        public struct Group: Hashable, Sendable {
            /// What they are to the file or segment.
            public var relationship: String?
            /// The files and segments.
            public var mates: [Mate]
        }

        /// The file or segment that holds the extension.
        public var own: Mate
        /// The others, by their relationship.
        public var groups: [Group]

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard let list = fields["GROUPS"]?.list else { return nil }
            own = Mate(fields, "CUR_", type: "CUR_MATE_TYPE", identifier: "CUR_FILE_ID")
            groups = list.map { group in
                Group(
                    relationship: group.words("RELATIONSHIP"),
                    mates: (group["MATES"]?.list ?? []).map { Mate($0, "", type: "MATE_TYPE", identifier: "MATE_ID") })
            }
        }
    }
}
