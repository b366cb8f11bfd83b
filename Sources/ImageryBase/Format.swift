/// A file format (S20). A value says which rules a file follows, not whether this library can read or write it yet.
public enum Format: String, Hashable, Sendable, CaseIterable {
    /// NITF 2.1 (MIL-STD-2500C, the Joint BIIF Profile).
    case nitf
    /// NITF 2.0 (MIL-STD-2500A).
    case nitf20
    /// NSIF 1.0 (STANAG 4545): NITF 2.1 by another name.
    case nsif
    /// TIFF 6.0 and BigTIFF, with GeoTIFF's keys where they are there.
    case tiff
    /// PNG (third edition).
    case png
    /// JPEG (T.81), as JFIF, with EXIF or bare.
    case jpeg
    /// JPEG 2000 (T.800) and HTJ2K (T.814): a JP2 or JPH file, or a bare codestream.
    case jpeg2000
    /// DTED (MIL-PRF-89020B).
    case dted

    /// The format of a name of S20, in any case; nil when nothing is called so.
    public init?(named name: String) {
        switch name.lowercased() {
        case "nitf", "nitf21", "jbp": self = .nitf
        case "nitf20": self = .nitf20
        case "nsif": self = .nsif
        case "tiff", "tif", "geotiff", "gtiff": self = .tiff
        case "png": self = .png
        case "jpeg", "jpg": self = .jpeg
        case "jpeg2000", "j2k", "jp2", "j2c", "jpx", "jph": self = .jpeg2000
        case "dted", "dt0", "dt1", "dt2", "dt3", "dt4", "dt5": self = .dted
        default: return nil
        }
    }

    /// The format that the extension of `path` stands for (S21); a trailing `.rN` is removed first. Nil when it stands for none.
    public init?(extensionOf path: String) {
        guard let ending = Self.pathExtension(of: path) else { return nil }
        switch ending {
        case "ntf", "nitf", "hr1", "hr2", "hr3", "hr4", "hr5", "hr6", "hr7", "hr8": self = .nitf
        case "nsif", "nsf": self = .nsif
        case "tif", "tiff", "gtif", "gtiff": self = .tiff
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        case "j2k", "jp2", "j2c", "jpx", "jph": self = .jpeg2000
        case "dt0", "dt1", "dt2", "dt3", "dt4", "dt5", "avg", "min", "max": self = .dted
        default: return nil
        }
    }

    /// The extension of the path's last part in small letters, without its dot; a trailing `.rN` is removed first.
    public static func pathExtension(of path: String) -> String? {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if reducedResolutionLevel(ofName: name) != nil, let dot = name.lastIndex(of: ".") { name = String(name[..<dot]) }
        return name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    }

    /// The level that the ending `.rN` of a pyramid member's name gives, 1 or more (S42); nil for other names.
    public static func reducedResolutionLevel(ofName path: String) -> Int? {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        let ending = path[path.index(after: dot)...]
        guard let first = ending.first, first == "r" || first == "R", let level = Int(ending.dropFirst()) else { return nil }
        return level >= 1 && ending.dropFirst().allSatisfy(\.isNumber) ? level : nil
    }
}
