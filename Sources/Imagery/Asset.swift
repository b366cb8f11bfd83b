public import ImageryBase
import ImageryPlumbing

/// One asset of a dataset: what every kind has (S35).
public struct Asset: Sendable {
    let dataset: Dataset
    let entry: AssetEntry
    let source: any ByteSource
    /// The source, where it gathers reads.
    let gathering: GatheringSource?
    let format: Format

    /// The asset's name in its dataset.
    public var key: AssetKey { entry.key }
    /// What sort of asset it is.
    public var type: AssetType { entry.type }
    /// A short title, empty when the format has none.
    public var title: String { entry.title }
    /// A longer description, empty when the format has none.
    public var description: String { entry.description }
    /// The media type of the stored bytes.
    public var mediaType: String { entry.mediaType }
    /// What it is for.
    public var roles: Set<AssetRole> { entry.roles }
    /// Its metadata, made at each call.
    public var metadata: Metadata { entry.makeMetadata() }
    /// The ground it covers, where the file says.
    public var georeference: Georeference? { entry.georeference }

    /// How many bytes are stored; saturates.
    public var byteCount: Int { entry.byteRanges.reduce(0) { checkedSum($0, $1.count) ?? .max } }

    /// The asset's bytes as stored: an image's coded data, block after block. Throws kind malformed when the file ends before them, kind
    /// limit when there are more than `Limits.maxPixelBytes`.
    public func rawBytes() throws(ImageryError) -> [UInt8] {
        let total = entry.byteRanges.reduce(0) { checkedSum($0, $1.count) ?? .max }
        guard total <= max(dataset.options.limits.maxPixelBytes, source.byteCount) else {
            throw ImageryError(
                limit: .maxPixelBytes, needed: total, allowed: max(dataset.options.limits.maxPixelBytes, source.byteCount),
                key.description, "the asset's stored bytes overlap to \(total); raise limits.maxPixelBytes to read them")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(total)
        let announcement = gathering?.announce()
        announcement?.set(coalesced(entry.byteRanges))
        for range in entry.byteRanges { bytes += try source.copy(range, of: key.description) }
        return bytes
    }

    /// The asset as an image; nil when it is none.
    public var image: ImageAsset? {
        guard case .image(let source) = entry.content else { return nil }
        let announced = gathering.map { AnnouncedImage(source, $0) }
        return ImageAsset(asset: self, source: announced ?? source, isStored: true)
    }

    /// The asset as a text; nil when it is none.
    public var text: TextAsset? {
        guard case .text(let encoding) = entry.content else { return nil }
        return TextAsset(asset: self, encoding: encoding)
    }
}

/// A text of a dataset.
public struct TextAsset: Sendable {
    /// The asset: key, title, roles, metadata, bytes.
    public let asset: Asset
    let encoding: TextEncoding

    /// The asset's name in its dataset.
    public var key: AssetKey { asset.key }

    /// A short title, empty when the format has none.
    public var title: String { asset.title }

    /// The characters of the text. Errors as ``Asset/rawBytes()``.
    public func read() throws(ImageryError) -> String { try encoding.decode(asset.rawBytes()) }
}
