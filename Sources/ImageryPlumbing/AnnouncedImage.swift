public import ImageryBase

/// An image whose reads announce what they will need to the source that gathers them.
public struct AnnouncedImage: ImageSource {
    /// The image.
    public let base: any ImageSource
    private let source: GatheringSource

    /// `base`, which reads through `source`.
    public init(_ base: any ImageSource, _ source: GatheringSource) {
        self.base = base
        self.source = source
    }

    public var layout: ImageLayout { base.layout }
    public var colorModel: ColorModel { base.colorModel }
    public var resolutionLevels: Int { base.resolutionLevels }
    public var statedResolutionLevels: Int { base.statedResolutionLevels }
    public func hasBlock(row: Int, column: Int) -> Bool { base.hasBlock(row: row, column: column) }
    public func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try base.byteRanges(request) }
    public func component(_ index: Int) -> any ImageSource { AnnouncedImage(base.component(index), source) }

    public func makeReader(_ context: ReadContext) -> any ImageReader {
        AnnouncingReader(base, base.makeReader(context), source.announce())
    }
}

private final class AnnouncingReader: ImageReader {
    private let image: any ImageSource
    private let reader: any ImageReader
    private let announcement: GatheringSource.Announcement

    init(_ image: any ImageSource, _ reader: any ImageReader, _ announcement: GatheringSource.Announcement) {
        self.image = image
        self.reader = reader
        self.announcement = announcement
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        // What cannot be told is read as it comes; the read says what is wrong.
        if let ranges = try? image.byteRanges(request) { announcement.set(ranges) }
        try unsafe reader.read(request, into: destination)
    }
}
