// How SICD and SIDD products lie in a file: names of image segments and the subheader of the document (NGA.STND.0024-2 and NGA.STND.0025-2;
// STDI-0002 Volume 2, Appendix F).

package import ImageryBase

/// The fields of the segments of a SICD or SIDD product.
package struct RadarFields {
    /// SICD or SIDD.
    package var kind: String
    /// The version of the schema and its namespace.
    package var version: String
    package var namespace: String
    /// The number of a SIDD's product in the file, from 1.
    package var number: Int
    /// What the image is called.
    package var name: String
    package var sensor: String
    /// The letter of the classification.
    package var classification: String
    /// Text of ISO 8601.
    package var collected: String
    /// When the document was made, in the same form.
    package var made: String
    /// First row first column, first row last column, last row last column, last row first column.
    package var corners: [Georeference.Point]

    package init(kind: String, version: String, namespace: String, number: Int) {
        (self.kind, self.version, self.namespace, self.number) = (kind, version, namespace, number)
        (name, sensor, classification, collected, made, corners) = ("", "", "U", "", "", [])
    }

    /// FTITLE and IID2.
    package var title: String { name.isEmpty ? "" : String("\(kind): \(name)".prefix(80)) }

    /// The image subheader. The bands of complex images are called I and Q, or M and P; others say what they are themselves.
    package func image(bands subcategories: [String]) -> Metadata {
        var fields: [(String, Value)] = [
            ("IID1", Value(text: kind == "SICD" ? "SICD000" : "SIDD" + padded(number, 3) + "001")), ("IID2", Value(text: title)),
            ("ISORCE", Value(text: Self.basic(sensor, 42))), ("ICAT", Value(text: "SAR")),
            ("ISCLAS", Value(text: classification)),
        ]
        let digits = collected.utf8.filter { (0x30...0x39).contains($0) }
        if digits.count >= 14 { fields.append(("IDATIM", Value(bytes: Array(digits.prefix(14))))) }
        if let text = CornerFields.geographic(corners) {
            fields += [("ICORDS", Value(text: "G")), ("IGEOLO", Value(text: text))]
        }
        if !subcategories.isEmpty {
            fields.append(("IREP", Value(text: "NODISPLY")))
            let bands = subcategories.map { name in
                Value(group: [Metadata.Entry("IREPBAND", Value(text: "")), Metadata.Entry("ISUBCAT", Value(text: name))])
            }
            fields.append(("BAND_INFO", Value(list: bands)))
        }
        return Metadata(schema: .nitf, entries: fields.map { Metadata.Entry($0.0, $0.1) })
    }

    /// The subheader of the extension that holds the document.
    package var document: Metadata {
        let (edition, date) = Self.editions["\(kind):\(version)"] ?? (version, "")
        let ring = corners.count == 4 ? corners + [corners[0]] : []
        let places = ring.compactMap { point -> String? in
            guard let latitude = fixed(point.y, digits: 2, decimals: 8, isSigned: true),
                let longitude = fixed(point.x, digits: 3, decimals: 8, isSigned: true)
            else { return nil }
            return latitude + longitude
        }
        let texts = [
            ("DESCRC", "99999"), ("DESSHFT", "XML"), ("DESSHDT", Self.second(made)), ("DESSHRP", ""),
            ("DESSHSI", "\(kind) Volume 1 Design & Implementation Description Document"), ("DESSHSV", String(edition.prefix(10))),
            ("DESSHSD", date), ("DESSHTN", Self.basic(namespace, 120)), ("DESSHLPG", places.count == 5 ? places.joined() : ""),
            ("DESSHLPT", ""), ("DESSHLI", ""), ("DESSHLIN", ""), ("DESSHABS", ""),
        ]
        let subheader = Value(group: texts.map { Metadata.Entry($0.0, Value(text: $0.1)) })
        return Metadata(
            schema: .nitf,
            entries: [
                Metadata.Entry("DESID", Value(text: "XML_DATA_CONTENT")), Metadata.Entry("DESVER", Value(text: "01")),
                Metadata.Entry("DESCLAS", Value(text: classification)), Metadata.Entry("DESSHF", subheader),
            ])
    }

    /// Version and date of the specification by that of the schema (DESSHSV, DESSHSD).
    private static let editions: [String: (version: String, date: String)] = [
        "SICD:1.0.0": ("1.0", "2011-09-28T00:00:00Z"), "SICD:1.0.1": ("1.0.1", "2013-02-25T00:00:00Z"),
        "SICD:1.1.0": ("1.1", "2014-09-30T00:00:00Z"), "SICD:1.2.0": ("1.2", "2016-06-30T00:00:00Z"),
        "SICD:1.2.1": ("1.2.1", "2018-12-13T00:00:00Z"), "SICD:1.3.0": ("1.3.0", "2021-11-30T00:00:00Z"),
        "SICD:1.4.0": ("1.4.0", "2023-10-26T00:00:00Z"), "SICD:1.5": ("1.5", "2025-06-10T00:00:00Z"),
        "SIDD:1.0.0": ("1.0", "2011-08-01T00:00:00Z"), "SIDD:2.0.0": ("2.0", "2019-05-31T00:00:00Z"),
        "SIDD:3.0.0": ("3.0", "2021-11-30T00:00:00Z"),
    ]

    /// A time without the parts of a second: ccyy-mm-ddThh:mm:ssZ.
    private static func second(_ time: String) -> String {
        let whole = time.prefix { $0 != "." && $0 != "Z" }
        return whole.utf8.count == 19 ? whole + "Z" : ""
    }

    /// The characters that a field of the basic character set has room for.
    private static func basic(_ text: String, _ width: Int) -> String {
        String(decoding: text.utf8.filter { (0x20...0x7e).contains($0) }.prefix(width), as: UTF8.self)
    }
}

/// The names of the segments of a radar product's image (IID1), which are one after the other its rows.
struct RadarSegmentName {
    private let prefix: String
    private let alone: String

    /// Nil for a name that is no such.
    init?(_ name: String?) {
        guard let name, name.utf8.dropFirst(4).allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        switch (name.prefix(4), name.utf8.count) {
        case ("SICD", 7): (prefix, alone) = ("SICD", "SICD000")
        case ("SIDD", 10): (prefix, alone) = (String(name.prefix(7)), name.prefix(7) + "001")
        default: return nil
        }
    }

    /// The name of a segment by its number from 0: a SICD in one segment has 000, in several 001 and so on.
    func part(_ number: Int, of count: Int) -> String { count == 1 ? alone : prefix + padded(number + 1, 3) }
}
