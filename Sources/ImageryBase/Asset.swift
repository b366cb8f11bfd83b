/// What sort of asset it is (S31).
public enum AssetType: String, Hashable, Sendable, CaseIterable {
    /// Pixels.
    case image
    /// Characters, with an encoding.
    case text
    /// A drawing, as the bytes of its own format.
    case graphics
    /// Bytes of any other kind.
    case data
}

/// What an asset is for (S32). An open set: a caller's own role is kept.
public struct AssetRole: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The role's name.
    public let rawValue: String
    /// A role of any name.
    public init(_ rawValue: String) { self.rawValue = rawValue }
    /// A role of any name.
    public init(stringLiteral value: String) { rawValue = value }
    /// The role's name.
    public var description: String { rawValue }

    /// An image at full resolution.
    public static let data: Self = "data"
    /// The same image at lower resolution.
    public static let overview: Self = "overview"
    /// A transparency mask of another image.
    public static let mask: Self = "mask"
    /// Text or data about the images.
    public static let metadata: Self = "metadata"
    /// A drawing over the images.
    public static let graphic: Self = "graphic"
    /// Samples are heights.
    public static let elevation: Self = "elevation"
}

/// The name of an asset in its dataset (S31): `image:0`, `image:0:overview:1`, `image:0:mask`, `text:0`, `graphic:0`, `data:0`.
public struct AssetKey: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The key as written; `des:N` is `data:N`, and `elevation` is `image:0`.
    public let description: String

    /// A key from its text; no check that such an asset exists.
    public init(_ text: String) {
        description = text.hasPrefix("des:") ? "data:" + text.dropFirst(4) : text == "elevation" ? "image:0" : text
    }
    /// A key from a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// `image:index`.
    public static func image(_ index: Int) -> Self { Self("image:\(index)") }
    /// `image:index:overview:level`, level from 1.
    public static func overview(_ level: Int, of index: Int = 0) -> Self { Self("image:\(index):overview:\(level)") }
    /// `text:index`.
    public static func text(_ index: Int) -> Self { Self("text:\(index)") }
    /// `graphic:index`.
    public static func graphic(_ index: Int) -> Self { Self("graphic:\(index)") }
    /// `data:index`.
    public static func data(_ index: Int) -> Self { Self("data:\(index)") }
    /// The transparency mask of this image: `:mask` appended.
    public var mask: Self { Self(description + ":mask") }
}

/// What a file holds: the seam between a container format and the dataset.
public protocol Container: Sendable {
    /// The format of a file that begins with `head`; nil when it is none of this container's. 4 KiB tell, fewer may.
    static func format(of head: [UInt8]) -> Format?
    /// The file's format.
    var format: Format { get }
    /// Metadata of the file as a whole.
    var metadata: Metadata { get }
    /// The assets in file order; keys are unique.
    var assets: [AssetEntry] { get }
    /// What opening found (S92).
    var diagnostics: [Diagnostic] { get }
    /// Every field of the headers in file order: name, size, offset, value.
    func dump() -> [DumpLine]
    /// Tells `report` of the rules of the format that the file breaks although it can be read; what ``diagnostics`` and reading every asset
    /// tell is left to them.
    func validate(report: (Diagnostic) -> Void)
}

extension Container {
    public func validate(report: (Diagnostic) -> Void) {}
}

/// One field of a file's headers, as the tool's `dump` prints it.
public struct DumpLine: Hashable, Sendable {
    /// Depth in the structure, from 0.
    public var depth: Int
    /// The field or structure.
    public var name: String
    /// Offset of its first byte in the file.
    public var offset: Int
    /// Its bytes.
    public var size: Int
    /// Its value as text, empty for a structure.
    public var value: String

    /// A field.
    public init(depth: Int, name: String, offset: Int, size: Int, value: String = "") {
        self.depth = depth
        self.name = name
        self.offset = offset
        self.size = size
        self.value = value
    }
}

/// How the bytes of a text asset are characters.
public enum TextEncoding: Hashable, Sendable {
    /// ISO 8859-1, of which ASCII is a part.
    case latin1
    /// UTF-8; malformed parts become replacement characters.
    case utf8

    /// The text that the bytes spell.
    public func decode(_ bytes: [UInt8]) -> String {
        switch self {
        case .latin1: String(latin1: bytes)
        case .utf8: String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The bytes that spell the text; nil when it has characters that the encoding lacks.
    public func encode(_ text: String) -> [UInt8]? {
        switch self {
        case .latin1:
            var bytes: [UInt8] = []
            for scalar in text.unicodeScalars {
                guard let byte = UInt8(exactly: scalar.value) else { return nil }
                bytes.append(byte)
            }
            return bytes
        case .utf8: return Array(text.utf8)
        }
    }
}

/// One asset as its container describes it.
public struct AssetEntry: Sendable {
    /// What the asset holds.
    public enum Content: Sendable {
        /// Pixels.
        case image(any ImageSource)
        /// Characters, and how they are coded.
        case text(TextEncoding)
        /// A drawing, as the bytes of its own format.
        case graphics
        /// Bytes of any other kind.
        case data
    }

    /// The asset's name in its file.
    public var key: AssetKey
    /// What it holds.
    public var content: Content
    /// A short title, empty when the format has none.
    public var title: String
    /// A longer description, empty when the format has none.
    public var description: String
    /// The media type of the stored bytes.
    public var mediaType: String
    /// What it is for.
    public var roles: Set<AssetRole>
    /// Gives ``byteRanges``: a file may list millions of blocks, so that they are looked up only when they are asked for.
    private let makeByteRanges: @Sendable () -> [Range<Int>]
    /// The ground it covers, where the file says.
    public var georeference: Georeference?
    /// Its metadata, made when it is asked for.
    public var makeMetadata: @Sendable () -> Metadata

    /// An asset.
    public init(
        key: AssetKey, content: Content, title: String = "", description: String = "", mediaType: String, roles: Set<AssetRole>,
        byteRanges: @autoclosure @escaping @Sendable () -> [Range<Int>], georeference: Georeference? = nil,
        makeMetadata: @escaping @Sendable () -> Metadata
    ) {
        self.key = key
        self.content = content
        self.title = title
        self.description = description
        self.mediaType = mediaType
        self.roles = roles
        makeByteRanges = byteRanges
        self.georeference = georeference
        self.makeMetadata = makeMetadata
    }

    /// Where its bytes lie in the file, in their order (S35).
    public var byteRanges: [Range<Int>] { makeByteRanges() }

    /// What sort of asset it is.
    public var type: AssetType {
        switch content {
        case .image: .image
        case .text: .text
        case .graphics: .graphics
        case .data: .data
        }
    }
}
