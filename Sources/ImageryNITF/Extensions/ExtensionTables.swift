// Extensions by their fields (STDI-0002 Volume 1).

import ImageryBase
import ImageryPlumbing

/// The layouts of extensions that can be written from named values.
enum ExtensionTables {
    /// The camera of STDI-0002 Volume 1 Appendix E, Table E-22.
    static let rationalPolynomial = FieldTable(
        "RPC00B",
        """
        SUCCESS 1
        ERR_BIAS 7 n
        ERR_RAND 7 n
        LINE_OFF 6 n
        SAMP_OFF 5 n
        LAT_OFF 8 n
        LONG_OFF 9 n
        HEIGHT_OFF 5 n
        LINE_SCALE 6 n
        SAMP_SCALE 5 n
        LAT_SCALE 8 n
        LONG_SCALE 9 n
        HEIGHT_SCALE 5 n
        LINE_NUM_COEFF * 20
            LINE_NUM_COEFF 12
        end
        LINE_DEN_COEFF * 20
            LINE_DEN_COEFF 12
        end
        SAMP_NUM_COEFF * 20
            SAMP_NUM_COEFF 12
        end
        SAMP_DEN_COEFF * 20
            SAMP_DEN_COEFF 12
        end
        """)

    /// CEDATA of an entry of the header `context`: its bytes; of a group the fields of the extension's table, or, where there
    /// is none, the exact bytes of each value one after the other.
    ///
    /// Throws kind misuse for texts and numbers: what has a name that is no field's is meant to be a field.
    static func data(_ entry: Metadata.Entry, context: String) throws(ImageryError) -> [UInt8] {
        switch entry.value.content {
        case .field(.undefined, _), .field(.byte, _): return entry.value.bytes
        case .group(let fields):
            if entry.name == "RPC00B" || entry.name == "RPC00A" {
                var draft = HeaderDraft(rationalPolynomial, areas: [])
                try draft.copy(Metadata(schema: .nitf, entries: fields), ignoring: nil)
                return try draft.serialise(strict: false)
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
        case .field: value.bytes
        case .group(let entries): entries.flatMap { joined($0.value) }
        case .list(let items): items.flatMap { joined($0) }
        }
    }
}
