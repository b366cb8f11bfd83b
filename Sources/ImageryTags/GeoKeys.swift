// The GeoKey directory (OGC 19-008r4 GeoTIFF 1.1, clauses 7.1 to 7.5 and Annex B).

public import ImageryBase

/// The keys of a GeoTIFF: numbers and texts that say which reference system the coordinates belong to.
public struct GeoKeys: Sendable {
    /// One entry a key, in order; the name of GeoTIFF 1.1, the key's number as code.
    public let entries: [Metadata.Entry]
    /// What is wrong with the directory.
    public let diagnostics: [Diagnostic]
    /// All keys as their tags have them, where they say more than a code; nil where they do not, or are more than any reference system needs.
    public let definition: Georeference.Definition?

    /// The value of key `id`.
    public subscript(id: Int) -> Value? { entries.first { $0.code == id }?.value }

    /// Reads tags 34735 (directory), 34736 (doubles) and 34737 (texts).
    ///
    /// A key that points outside its tag has no entry but a diagnostic; the others are read (S92).
    public init(directory: Value, doubles: Value?, texts: Value?) {
        let context = "TIFF GeoKeyDirectory"
        var entries: [Metadata.Entry] = []
        var diagnostics: [Diagnostic] = []
        let declared = directory.int(at: 3) ?? 0
        // Clause 7.1.2: four numbers of header, four a key.
        let room = max(0, directory.count / 4 - 1)
        if declared > room {
            diagnostics.append(Diagnostic(context, "\(declared) keys are declared, but there is room for \(room)"))
        }
        // Many keys may name the same bytes; together they get no more of them than there are.
        var budget = directory.bytes.count + (doubles?.bytes.count ?? 0) + (texts?.bytes.count ?? 0)
        for index in 0..<min(max(0, declared), room) {
            let start = 4 * (index + 1)
            guard let id = directory.int(at: start), let place = directory.int(at: start + 1),
                let count = directory.int(at: start + 2), let offset = directory.int(at: start + 3)
            else {
                diagnostics.append(Diagnostic(context, "the directory is not made of numbers"))
                break
            }
            guard
                let value = Self.value(
                    place: place, count: count, offset: offset, directory: directory, doubles: doubles, texts: texts)
            else {
                diagnostics.append(Diagnostic(context, "key \(id) points outside of tag \(place)"))
                if diagnostics.count >= Self.maxDiagnostics { break }
                continue
            }
            budget -= value.bytes.count
            guard budget >= 0 else {
                diagnostics.append(Diagnostic(context, "the keys overlap: their values are larger than the tags"))
                break
            }
            entries.append(Metadata.Entry(Self.name(id), code: id, value))
        }
        self.entries = entries
        self.diagnostics = diagnostics
        definition = Self.saysOnlyCode(entries) ? nil : Self.definition(directory, doubles, texts)
    }

    private static let maxDiagnostics = 100
    /// Of what is kept of the three tags.
    private static let maxDefinitionBytes = 4096

    private static func definition(_ directory: Value, _ doubles: Value?, _ texts: Value?) -> Georeference.Definition? {
        guard directory.bytes.count + (doubles?.bytes.count ?? 0) + (texts?.bytes.count ?? 0) <= maxDefinitionBytes else {
            return nil
        }
        let numbers = (directory.ints ?? []).compactMap { UInt16(exactly: $0) }
        guard numbers.count == directory.count, numbers.count >= 4 else { return nil }
        return Georeference.Definition(directory: numbers, doubles: doubles?.doubles ?? [], texts: texts?.bytes ?? [])
    }

    /// True for keys whose codes say everything: the kinds of model and raster, a system in degrees or metres with a code, its names.
    private static func saysOnlyCode(_ entries: [Metadata.Entry]) -> Bool {
        entries.allSatisfy { entry in
            switch entry.code {
            case 1024, 1026, 2049, 3073: true
            case 1025: entry.value.int == 1
            case 2048, 3072: entry.value.int.map { epsg($0) != nil } ?? false
            case 2054: entry.value.int == 9102
            case 3076: entry.value.int == 9001
            default: false
            }
        }
    }

    /// Clause 7.1.3: the value itself, or an index into one of the three tags.
    private static func value(
        place: Int, count: Int, offset: Int, directory: Value, doubles: Value?, texts: Value?
    ) -> Value? {
        func slice(_ source: Value?) -> [UInt8]? {
            guard let source, let type = source.type, count >= 0, offset >= 0, count <= source.count, offset <= source.count - count
            else { return nil }
            return Array(source.bytes[offset * type.byteCount..<(offset + count) * type.byteCount])
        }
        switch place {
        case 0: return Value(offset, .short)
        case 34735: return slice(directory).map { Value(.short, littleEndian: $0) }
        case 34736: return slice(doubles).map { Value(.double, littleEndian: $0) }
        case 34737:
            // Clause 7.1.4: each text ends with a bar instead of a NUL.
            return slice(texts).map { bytes in
                let end = bytes.last == UInt8(ascii: "|") ? bytes.count - 1 : bytes.count
                return Value(.ascii, littleEndian: Array(bytes[..<end]))
            }
        default: return nil
        }
    }

    /// The reference system as `EPSG:n`: the projected one, else the geodetic one; nil when it is undefined or user-defined (clause
    /// 7.5.1).
    public var coordinateReferenceSystem: String? {
        let projected = self[3072]?.int.flatMap(Self.epsg)
        let geodetic = self[2048]?.int.flatMap(Self.epsg)
        switch self[1024]?.int {
        case 2, 3: return geodetic
        default: return projected ?? (self[3072] == nil ? geodetic : nil)
        }
    }

    /// True when a raster position names the centre of a pixel (GTRasterTypeGeoKey 2, clause 7.4.2).
    public var isPixelPoint: Bool { self[1025]?.int == 2 }

    /// The keys of a definition.
    public init(_ definition: Georeference.Definition) {
        self.init(
            directory: definition.directoryValue, doubles: Value(definition.doubles),
            texts: Value(.ascii, littleEndian: definition.texts))
    }

    private static func epsg(_ code: Int) -> String? { (1024...32766).contains(code) ? "EPSG:\(code)" : nil }

    private static func name(_ id: Int) -> String {
        UInt16(exactly: id).flatMap { names.names[$0] } ?? "GeoKey\(id)"
    }

    /// The number of the key of that name, in the words of GeoTIFF 1.1 or 1.0.
    public static func id(named name: String) -> Int? {
        for table in [names, oldNames] {
            if let found = table.names.first(where: { $0.value == name }) { return Int(found.key) }
        }
        return nil
    }

    private static let names = NameTable(nameText)
    private static let oldNames = NameTable(oldNameText)

    private static let nameText: StaticString = """
        1024 GTModelTypeGeoKey
        1025 GTRasterTypeGeoKey
        1026 GTCitationGeoKey
        2048 GeodeticCRSGeoKey
        2049 GeodeticCitationGeoKey
        2050 GeodeticDatumGeoKey
        2051 PrimeMeridianGeoKey
        2052 GeogLinearUnitsGeoKey
        2053 GeogLinearUnitSizeGeoKey
        2054 GeogAngularUnitsGeoKey
        2055 GeogAngularUnitSizeGeoKey
        2056 EllipsoidGeoKey
        2057 EllipsoidSemiMajorAxisGeoKey
        2058 EllipsoidSemiMinorAxisGeoKey
        2059 EllipsoidInvFlatteningGeoKey
        2060 GeogAzimuthUnitsGeoKey
        2061 PrimeMeridianLongitudeGeoKey
        2062 GeogTOWGS84GeoKey
        3072 ProjectedCRSGeoKey
        3073 ProjectedCitationGeoKey
        3074 ProjectionGeoKey
        3075 ProjMethodGeoKey
        3076 ProjLinearUnitsGeoKey
        3077 ProjLinearUnitSizeGeoKey
        3078 ProjStdParallel1GeoKey
        3079 ProjStdParallel2GeoKey
        3080 ProjNatOriginLongGeoKey
        3081 ProjNatOriginLatGeoKey
        3082 ProjFalseEastingGeoKey
        3083 ProjFalseNorthingGeoKey
        3084 ProjFalseOriginLongGeoKey
        3085 ProjFalseOriginLatGeoKey
        3086 ProjFalseOriginEastingGeoKey
        3087 ProjFalseOriginNorthingGeoKey
        3088 ProjCenterLongGeoKey
        3089 ProjCenterLatGeoKey
        3090 ProjCenterEastingGeoKey
        3091 ProjCenterNorthingGeoKey
        3092 ProjScaleAtNatOriginGeoKey
        3093 ProjScaleAtCenterGeoKey
        3094 ProjAzimuthAngleGeoKey
        3095 ProjStraightVertPoleLongGeoKey
        3096 ProjRectifiedGridAngleGeoKey
        4096 VerticalGeoKey
        4097 VerticalCitationGeoKey
        4098 VerticalDatumGeoKey
        4099 VerticalUnitsGeoKey
        5120 CoordinateEpochGeoKey
        """

    /// What GeoTIFF 1.0 called keys that have another name in 1.1.
    private static let oldNameText: StaticString = """
        2048 GeographicTypeGeoKey
        2049 GeogCitationGeoKey
        2050 GeogGeodeticDatumGeoKey
        2051 GeogPrimeMeridianGeoKey
        2056 GeogEllipsoidGeoKey
        2057 GeogSemiMajorAxisGeoKey
        2058 GeogSemiMinorAxisGeoKey
        2059 GeogInvFlatteningGeoKey
        2061 GeogPrimeMeridianLongGeoKey
        3072 ProjectedCSTypeGeoKey
        3073 PCSCitationGeoKey
        3075 ProjCoordTransGeoKey
        4096 VerticalCSTypeGeoKey
        """
}

extension Georeference.Definition {
    /// GeoKeyDirectoryTag.
    var directoryValue: Value {
        Value(.short, littleEndian: directory.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
    }
}
