// Image file directories (TIFF 6.0 section 2; SubIFDs: TIFF Technical Note 1).

/// One directory of a file: its entries, and where it hangs in the file's structure.
public struct TagDirectory: Sendable {
    /// What points at the directory.
    public enum Link: Hashable, Sendable {
        /// The header or the directory before it.
        case chain
        /// Tag `tag` of the directory `parent` (its index in ``TagFile/directories``).
        case child(tag: UInt16, parent: Int)
    }

    /// What points at the directory.
    public let link: Link
    /// Its number in the chain, or among the children of one tag.
    public let number: Int
    /// Depth below the main chain.
    public let depth: Int
    /// Offset of its first byte.
    public let offset: Int
    /// Bytes of count, entries and link.
    public let byteCount: Int
    /// Its entries in the order of the file.
    public let entries: [TagEntry]

    /// The first entry of that tag which has a value.
    public func entry(_ tag: UInt16) -> TagEntry? {
        for entry in entries where entry.tag == tag && entry.isPresent { return entry }
        return nil
    }

    /// The offset of entry `index` in the source.
    public func offset(ofEntry index: Int, _ encoding: TagEncoding) -> Int {
        offset + encoding.countByteCount + index * encoding.entryByteCount
    }
}

/// The tags whose values are offsets of further directories.
public enum DirectoryTag {
    /// SubIFDs (TIFF Technical Note 1).
    public static let subIFDs: UInt16 = 330
    /// Global parameters (TIFF-FX).
    public static let globalParameters: UInt16 = 400
    /// EXIF.
    public static let exif: UInt16 = 34665
    /// GPS positions (EXIF).
    public static let gps: UInt16 = 34853
    /// EXIF interoperability.
    public static let interoperability: UInt16 = 40965

    /// True for the tags whose values are places in their file.
    public static func isPointer(_ tag: UInt16) -> Bool { all.contains(tag) }

    static let all: [UInt16] = [subIFDs, globalParameters, exif, gps, interoperability]
}
