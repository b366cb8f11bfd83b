import ImageryBase
import ImageryPlumbing

@testable import ImageryNITF

/// A file put together field by field, right or wrong: what is not given is blank or zero, lengths are computed unless
/// they are given.
struct NITFBuilder {
    struct Segment {
        var kind: SegmentKind
        var fields: [String: String] = [:]
        /// Areas of extensions and other bytes, by field.
        var areas: [String: [UInt8]] = [:]
        var bands: [[String: String]] = []
        var comments: [String] = []
        var data: [UInt8] = []
        /// What the file header says instead of the real lengths.
        var statedSubheader: Int?
        var statedData: Int?
        /// The bytes of the subheader, changed before they are written.
        var change: ([UInt8]) -> [UInt8] = { $0 }
    }

    var version = Version.v21
    var file: [String: String] = [:]
    var fileAreas: [String: [UInt8]] = [:]
    var segments: [Segment] = []
    /// Bytes behind the last segment.
    var trailer: [UInt8] = []

    /// The fields of the first segment.
    var image: [String: String] {
        get { segments[0].fields }
        set { segments[0].fields = newValue }
    }

    /// An uncompressed image of one block or several.
    static func image(
        rows: Int, columns: Int, bands: Int = 1, bits: Int = 8, mode: String = "B", blockWidth: Int? = nil, blockHeight: Int? = nil,
        data: [UInt8]? = nil
    ) -> NITFBuilder {
        let (width, height) = (blockWidth ?? columns, blockHeight ?? rows)
        let (across, down) = (width == 0 ? 1 : ceilDivide(columns, width), height == 0 ? 1 : ceilDivide(rows, height))
        let fields = [
            "IM": "IM", "IID1": "TEST", "NROWS": "\(rows)", "NCOLS": "\(columns)", "PVTYPE": "INT", "IREP": "MULTI", "ICAT": "VIS",
            "ABPP": "\(bits)", "PJUST": "R", "IC": "NC", "NBANDS": bands < 10 ? "\(bands)" : "0", "XBANDS": "\(bands)",
            "IMODE": mode, "NBPR": "\(across)", "NBPC": "\(down)", "NPPBH": "\(width)", "NPPBV": "\(height)", "NBPP": "\(bits)",
            "IDLVL": "1", "IMAG": "1.0",
        ]
        let size = across * down * max(width, 1) * max(height, 1) * bands * bits / 8
        return NITFBuilder(segments: [
            Segment(
                kind: .image, fields: fields, bands: [[String: String]](repeating: ["IFC": "N"], count: bands),
                data: data ?? (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        ])
    }

    static func text(_ data: [UInt8], format: String = "STA", title: String = "A text") -> Segment {
        Segment(kind: .text, fields: ["TE": "TE", "TEXTID": "T1", "TXTITL": title, "TXTFMT": format], data: data)
    }

    static func graphic(_ data: [UInt8]) -> Segment {
        Segment(kind: .graphic, fields: ["SY": "SY", "SID": "G1", "SNAME": "A drawing", "SFMT": "C"], data: data)
    }

    static func dataExtension(_ name: String, _ data: [UInt8], area: String = "", item: Int = 0) -> Segment {
        Segment(
            kind: .dataExtension,
            fields: ["DE": "DE", "DESID": name, "DESTAG": name, "DESVER": "1", "DESOFLW": area, "DESITEM": "\(item)"], data: data)
    }

    static func reservedExtension(_ name: String, _ data: [UInt8]) -> Segment {
        Segment(kind: .reservedExtension, fields: ["RE": "RE", "RESID": name, "RESVER": "1"], data: data)
    }

    /// A tagged record extension; `length` is what its CEL says, the size of the data when nil.
    static func tre(_ tag: String, _ data: [UInt8], length: String? = nil) -> [UInt8] {
        let digits = String(length ?? String(data.count))
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return Array((tag + String(repeating: " ", count: 6 - tag.count) + padded).utf8) + data
    }

    static let areaLengths = [
        "UDHD": "UDHDL", "XHD": "XHDL", "UDID": "UDIDL", "IXSHD": "IXSHDL", "SXSHD": "SXSHDL", "TXSHD": "TXSHDL", "LXSHD": "LXSHDL",
        "DESSHF": "DESSHL", "RESSHF": "RESSHL",
    ]

    private static func entries(
        _ table: FieldTable, _ fields: [String: String], _ areas: [String: [UInt8]], _ groups: [String: [Value]]
    ) -> [Metadata.Entry] {
        var fields = fields
        for (area, bytes) in areas {
            if let length = areaLengths[area], fields[length] == nil {
                fields[length] = "\(bytes.count + (area.hasSuffix("SHF") ? 0 : 3))"
            }
        }
        var result: [Metadata.Entry] = []
        var index = 0
        while index < table.specs.count {
            let name = table.names[index]
            if let group = groups[name] {
                result.append(.init(name, Value(list: group)))
            } else {
                result.append(.init(name, Value(.ascii, littleEndian: areas[name] ?? Array((fields[name] ?? "").utf8))))
            }
            index = Int(table.specs[index].end)
        }
        return result
    }

    private func subheader(_ segment: Segment) throws(ImageryError) -> [UInt8] {
        let table = segment.kind.table(version)
        let bands = segment.bands.map { band in
            Value(
                group: ["IREPBAND", "ISUBCAT", "IFC", "IMFLT", "NLUTS", "NELUT"].map { name in
                    .init(name, Value(text: band[name] ?? ""))
                } + [
                    .init(
                        "LUTD",
                        Value(
                            list: (0..<(Int(band["NLUTS"] ?? "") ?? 0)).map { _ in
                                Value(bytes: [UInt8](repeating: 9, count: Int(band["NELUT"] ?? "") ?? 0))
                            }))
                ])
        }
        var fields = segment.fields
        if !segment.comments.isEmpty { fields["NICOM"] = "\(segment.comments.count)" }
        let groups = ["BAND_INFO": bands, "ICOM": segment.comments.map { Value(text: $0) }]
        return segment.change(
            try FieldRecord.serialise(Self.entries(table, fields, segment.areas, groups), table))
    }

    /// The file. Segments stand in the order in which their kinds follow each other.
    var bytes: [UInt8] {
        get throws {
            let table = version == .v21 ? FieldTable.fileHeader21 : .fileHeader20
            var body: [UInt8] = []
            var groups: [String: [Value]] = [:]
            var fields = ["FHDR": version == .v21 ? "NITF" : "NITF02.00", "FVER": "02.10", "CLEVEL": "03", "STYPE": "BF01"]
            let kinds: [(SegmentKind, String, String)] = [
                (.image, "IMAGES", "NUMI"), (.graphic, version == .v21 ? "GRAPHICS" : "SYMBOLS", "NUMS"),
                (.label, "LABELS", "NUML"),
                (.text, "TEXTS", "NUMT"), (.dataExtension, "DES", "NUMDES"), (.reservedExtension, "RES", "NUMRES"),
            ]
            for (kind, group, count) in kinds {
                let names = kind.lengthFields(version)
                var list: [Value] = []
                for segment in segments where segment.kind == kind {
                    let subheader = try subheader(segment)
                    body += subheader + segment.data
                    list.append(
                        Value(group: [
                            .init(names.subheader, Value(text: "\(segment.statedSubheader ?? subheader.count)")),
                            .init(names.data, Value(text: "\(segment.statedData ?? segment.data.count)")),
                        ]))
                }
                groups[group] = list
                fields[count] = "\(list.count)"
            }
            for (name, value) in file { fields[name] = value }
            var size = 0
            for _ in 0..<2 {
                // The second time the header's own size is known.
                if file["HL"] == nil { fields["HL"] = "\(size)" }
                if file["FL"] == nil { fields["FL"] = "\(size + body.count + trailer.count)" }
                size = try FieldRecord.serialise(Self.entries(table, fields, fileAreas, groups), table).count
            }
            return try FieldRecord.serialise(Self.entries(table, fields, fileAreas, groups), table) + body + trailer
        }
    }
}
