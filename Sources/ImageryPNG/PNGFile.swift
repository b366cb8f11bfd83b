// A PNG file as the library sees it: one image (PNG 3rd edition, clause 5; the default image of an APNG, clause 5.8).

public import ImageryBase
import ImageryPlumbing

/// A PNG file: one image, `image:0`, whose samples come as they are stored (S58).
///
/// Opening reads chunk headers, IHDR, PLTE and short texts, among which the title may be; its time is linear in the number of chunks. Of an animated PNG the default image is
/// decoded; the animation's chunks are metadata.
public struct PNGFile: Container {
    let image: PNGImage
    private let chunks: ChunkList
    private let limits: Limits
    private let texts: (title: String, description: String)

    /// Opens a PNG datastream.
    ///
    /// Throws kind malformed when the signature, IHDR, a needed PLTE or the image data is missing or damaged (with
    /// `options.salvage`, wrong CRCs and image data that is not consecutive are diagnostics); kind unsupported for Apple's CgBI
    /// files and unknown critical chunks.
    public init(_ source: any ByteSource, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        chunks = try ChunkList(source, salvage: options.salvage)
        image = PNGImage(source, chunks, options.limits)
        limits = options.limits
        texts = chunks.titles(in: source)
    }

    /// PNG for the signature.
    public static func format(of head: [UInt8]) -> Format? { head.starts(with: pngSignature) ? .png : nil }

    public var format: Format { .png }
    /// Empty: all metadata of a PNG file is its image's.
    public var metadata: Metadata { Metadata(schema: .png) }

    public var assets: [AssetEntry] {
        let reader = metadataReader
        return [
            AssetEntry(
                key: .image(0), content: .image(image), title: texts.title, description: texts.description,
                mediaType: "image/png", roles: [.data],
                byteRanges: [0..<image.source.byteCount],
                makeMetadata: { reader.read().metadata })
        ]
    }

    /// What is wrong with the chunks, those of the metadata included: asking for it reads them, and inflates compressed texts without
    /// keeping them.
    public var diagnostics: [Diagnostic] { chunks.diagnostics + metadataReader.read(keepsText: false).diagnostics }

    private var metadataReader: MetadataReader { MetadataReader(source: image.source, chunks: chunks, limits: limits) }

    public func dump() -> [DumpLine] { metadataReader.dump() }
}

/// The image of a PNG file.
struct PNGImage: ImageSource {
    let source: any ByteSource
    let header: ImageHeader
    let layout: ImageLayout
    let paletteEntries: Int?
    /// The IDAT chunks.
    let dataChunks: [Chunk]
    let isTruncated: Bool
    /// Where the image data lies, chunk headers between included: one range when it is consecutive.
    let dataRanges: [Range<Int>]
    let dataByteCount: Int
    /// All chunks, for what they say of colors.
    let chunks: ChunkList
    let limits: Limits

    init(_ source: any ByteSource, _ list: ChunkList, _ limits: Limits) {
        self.source = source
        self.limits = limits
        chunks = list
        header = list.header
        layout = list.header.layout
        paletteEntries = list.palette.map { $0.count / 3 }
        dataChunks = list.chunks[list.imageData].filter { $0.type == .idat }
        isTruncated = list.isTruncated
        dataRanges = coalesced(dataChunks.map(\.data), gap: Chunk.headerBytes + Chunk.crcBytes)
        dataByteCount = dataChunks.reduce(0) { $0 + Int($1.length) }
    }

    /// All image data: where a row begins is not known before the rows above it are decoded (S81).
    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { dataRanges }

    func makeReader(_ context: ReadContext) -> any ImageReader { PNGReader(self, context) }
}
