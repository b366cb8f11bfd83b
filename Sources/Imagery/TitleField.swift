import ImageryBase
import ImageryPlumbing

/// Where metadata say what an asset's title and description are.
enum TitleField {
    case title, description

    /// True when the metadata, which are in their format's words, have the field.
    func isSaid(by metadata: Metadata, _ type: AssetType) -> Bool {
        switch metadata.schema {
        case .nitf: return names(type).contains { metadata[$0] != nil }
        // PageName or DocumentName; ImageDescription.
        case .tiff: return (self == .title ? ["285", "269"] : ["270"]).contains { metadata[$0] != nil }
        case .png:
            let keyword = self == .title ? "Title" : "Description"
            return ["tEXt", "zTXt", "iTXt"].contains { name in metadata.all(name).contains { $0["Keyword"]?.text == keyword } }
        case .jpeg, .jpeg2000:
            let prefix = (self == .title ? TitleComment.title : .description).rawValue
            return metadata.all("COM").contains { $0.text?.hasPrefix(prefix) == true }
        case .dted, nil: return false
        }
    }

    /// The fields of subheaders of NITF 2.1 and 2.0.
    private func names(_ type: AssetType) -> [String] {
        switch (type, self) {
        case (.image, .title): ["IID1", "IID"]
        case (.image, .description): ["IID2", "ITITLE"]
        case (.text, .title): ["TXTITL"]
        case (.text, .description): ["TEXTID"]
        case (.graphics, .title): ["SNAME"]
        case (.graphics, .description): ["SID"]
        case (.data, .title): ["DESID", "RESID", "DESTAG"]
        case (.data, .description): []
        }
    }
}
