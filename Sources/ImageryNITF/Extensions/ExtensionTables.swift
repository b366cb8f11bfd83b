// Which layout a name has.

import ImageryBase
import ImageryPlumbing

/// The layouts of extensions and data extensions, as text grouped by the standards that define them.
enum ExtensionTables {
    /// The extensions in alphabetical order.
    static let all: [ExtensionLayout] =
        (imageryAccess + commercial + airborneACFTAToMTIRPA + airborneMTIRPBToSTREOB + geospatial
        + sensorModelRSMAPAToRSMECA + sensorModelRSMECBToRSMPIA + sensors + motion + rasterProduct
        + furtherAiToCo + furtherCsToIo + furtherJ2ToRp + furtherRpToXm).sorted { $0.tag < $1.tag }

    /// The data of data extensions that are made of fields.
    static let contents: [ExtensionLayout] = dataExtensionContentsCSATTBToCSEPHB + dataExtensionContentsCSSFABToCSSFAB

    private static let byTag = Dictionary(all.map { ($0.tag, $0) }, uniquingKeysWith: { first, _ in first })
    private static let bySubheader = Dictionary(dataExtensions.map { ($0.tag, $0) }, uniquingKeysWith: { first, _ in first })

    /// The layout of an extension; nil when it is not known.
    static func layout(_ tag: String) -> ExtensionLayout? { byTag[tag] }

    /// The layout of the user-defined subheader of a data extension (DESSHF); nil when it is not known.
    static func subheader(_ identifier: String) -> ExtensionLayout? { bySubheader[identifier] }

    /// CEDATA of an entry of the header `context`: its bytes; of a group the fields of the extension's layout, or, where there
    /// is none, the exact bytes of each value one after the other.
    ///
    /// Throws kind misuse for texts and numbers: what has a name that is no field's is meant to be a field.
    static func data(
        _ entry: Metadata.Entry, layouts: ExtensionLayouts = .known, strict: Bool, context: String
    ) throws(ImageryError) -> [UInt8] {
        switch entry.value.content {
        case .field(.undefined, _), .field(.byte, _), .record: return entry.value.bytes
        case .group(let fields):
            if let layout = layouts.extension(entry.name) {
                return try layout.bytes(Metadata(schema: .nitf, entries: fields), strict: strict)
            }
            return fields.flatMap { joined($0.value) }
        case .field, .list:
            throw ImageryError(
                .misuse, context, "\(entry.name) is none of its fields; an extension has bytes or a group of named values")
        }
    }

    /// The bytes of a value, of groups and lists one after the other.
    static func joined(_ value: Value) -> [UInt8] {
        switch value.content {
        case .field, .record: value.bytes
        case .group(let entries): entries.flatMap { joined($0.value) }
        case .list(let items): items.flatMap { joined($0) }
        }
    }
}
