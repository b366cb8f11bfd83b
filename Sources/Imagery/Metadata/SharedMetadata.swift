import ImageryBase
import ImageryTags

/// What metadata of any format say that others have words for too: EXIF, XMP, texts, resolution; and the names of the rest (S66).
struct SharedMetadata {
    /// A keyword as PNG has them (3rd edition, 11.3.3.1), and what it stands for.
    struct Text {
        var keyword: String
        var text: String

        /// False for the name of the program that wrote the file, and when.
        var isNotable: Bool { keyword != "Software" && keyword != "Creation Time" }
    }

    /// Pixels a metre.
    struct Resolution {
        var across: Double
        var down: Double

        /// Pixels a metre that anything has: of light years, and of atoms.
        private static let possible = 1e-15...1e12

        /// Nil for what is no resolution.
        init?(_ across: Double?, _ down: Double?, perMetre unit: Double) {
            guard let across, let down else { return nil }
            let both = (across * unit, down * unit)
            guard Self.possible.contains(both.0), Self.possible.contains(both.1) else { return nil }
            (self.across, self.down) = both
        }
    }

    /// Tags of EXIF's first directory, and its groups `ExifIFD` and `GPSIFD`; without the ones that tell of pixels.
    var tags: [Metadata.Entry] = []
    /// An XMP packet.
    var packet: [UInt8]?
    /// Texts in the order of the file.
    var texts: [Text] = []
    var resolution: Resolution?
    /// What no other format has a word for: what it is, and where it stands.
    var others: [(field: String, message: String)] = []

    /// The keywords that are tags, too: ImageDescription, Software, Artist, Copyright.
    static let keywords: [(keyword: String, tag: UInt16)] = [
        ("Description", 270), ("Software", 305), ("Author", 315), ("Copyright", 33432),
    ]

    /// True when camera, exposure or position are told.
    var hasExif: Bool { tags.contains { $0.value.group != nil || [271, 272].contains($0.code) } }

    /// Texts whose loss is told.
    var notable: [Text] { texts.filter(\.isNotable) }
}

extension Metadata {
    /// These metadata in the words of `format`, and what those have no place for; the metadata themselves where they are the format's own. `notes` get one
    /// note on `asset` for each kind of what stays behind.
    func translated(to format: Format, of asset: AssetKey?, _ notes: WriteNotes?) throws(ImageryError) -> Metadata {
        guard let schema, schema != format.schema else { return self }
        let shared = SharedMetadata(self)
        let result = shared.metadata(for: format)
        guard let notes else { return result.metadata }
        for (field, message) in shared.others {
            try notes.add(WriteNote(asset, field, .dropped, "\(message) has no place in \(format.title)"))
        }
        for field in result.lost { try notes.add(WriteNote(asset, field, .dropped, "\(format.title) has no place for it")) }
        return result.metadata
    }
}

extension Format {
    /// The schema of its metadata.
    package var schema: Metadata.Schema {
        switch self {
        case .nitf, .nitf20, .nsif: .nitf
        case .tiff: .tiff
        case .png: .png
        case .jpeg: .jpeg
        case .jpeg2000: .jpeg2000
        case .dted: .dted
        }
    }

    /// What it is called in sentences.
    fileprivate var title: String {
        switch self {
        case .nitf, .nitf20, .nsif: "NITF"
        case .tiff: "TIFF"
        case .png: "PNG"
        case .jpeg: "JPEG"
        case .jpeg2000: "JPEG 2000"
        case .dted: "DTED"
        }
    }
}
