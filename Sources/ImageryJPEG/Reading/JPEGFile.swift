// A JPEG file as the library sees it: one image (T.81 annex B).

public import ImageryBase
import ImageryPlumbing

/// A JPEG file: one image, `image:0`.
///
/// Opening reads the marker segments up to the first scan; its time is linear in their number. YCbCr becomes RGB and YCCK CMYK; other
/// samples come as they are stored, Adobe's inversion of CMYK too (S58). What EXIF says about the orientation is metadata and not
/// applied.
public struct JPEGFile: Container {
    let image: JPEGImage
    private let limits: Limits

    /// Opens a JPEG stream that holds an image.
    ///
    /// Throws kind malformed when the first marker, the frame header or the first scan header is missing or damaged, or when the
    /// stream holds tables only; kind unsupported for hierarchical images, more than four components, and precisions that T.81 does
    /// not know.
    public init(_ source: any ByteSource, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        image = try JPEGImage(source, limits: options.limits)
        limits = options.limits
    }

    /// JPEG for SOI.
    public static func format(of head: [UInt8]) -> Format? { head.starts(with: [0xff, Marker.soi]) ? .jpeg : nil }

    public var format: Format { .jpeg }
    /// Empty: all metadata of a JPEG file is its image's.
    public var metadata: Metadata { Metadata(schema: .jpeg) }

    public var assets: [AssetEntry] {
        let reader = metadataReader
        let comments = image.header.comments(in: image.source)
        return [
            AssetEntry(
                key: .image(0), content: .image(image), title: TitleComment.title.text(in: comments),
                description: TitleComment.description.text(in: comments), mediaType: "image/jpeg", roles: [.data],
                byteRanges: [0..<image.source.byteCount],
                makeMetadata: { reader.read().metadata })
        ]
    }

    /// What is wrong with the marker segments, those of the metadata included: asking for it reads them.
    public var diagnostics: [Diagnostic] { image.header.diagnostics + metadataReader.read().diagnostics }

    private var metadataReader: MetadataReader { MetadataReader(source: image.source, header: image.header, limits: limits) }

    public func dump() -> [DumpLine] { metadataReader.dump() }
}

/// The image of a JPEG stream.
struct JPEGImage: ImageSource {
    let coded: CodedFrame
    let layout: ImageLayout
    /// Whose word on the colors counts.
    let colors: JPEGColors
    let limits: Limits

    var source: any ByteSource { coded.source }
    var header: Header { coded.header }

    /// `colors` overrides what the markers of the stream say.
    init(
        _ source: any ByteSource, tables: DecodingTables = DecodingTables(), colors: JPEGColors = .asMarked,
        limits: Limits = Limits()
    ) throws(ImageryError) {
        coded = try CodedFrame(source, tables: tables, colors: colors)
        self.colors = colors
        self.limits = limits
        layout = coded.header.frame.imageLayout
    }

    var resolutionLevels: Int { header.frame.resolutionLevels }

    /// All image data: where a row begins is not known before the rows above it are decoded (S81).
    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { coded.dataRanges }

    func makeReader(_ context: ReadContext) -> any ImageReader { JPEGReader(coded, context) }

    func component(_ index: Int) -> any ImageSource { JPEGComponent(self, index) }
}

/// A component of an image at its own size (S55): as stored, without colors.
private struct JPEGComponent: ImageSource {
    private let image: JPEGImage
    private let index: Int
    let layout: ImageLayout

    init(_ image: JPEGImage, _ index: Int) {
        self.image = image
        self.index = index
        let component = image.coded.layoutOfFrame.components[index]
        layout = ImageLayout(
            shape: Shape(bands: 1, rows: component.height, columns: component.width), pixelType: image.layout.pixelType,
            bitsPerPixel: image.layout.bitsPerPixel, blockWidth: component.width, blockHeight: component.height)
    }

    var colorModel: ColorModel { ColorModel([image.storedMeaning(of: index)]) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { image.coded.dataRanges }

    func makeReader(_ context: ReadContext) -> any ImageReader { JPEGReader(image.coded, context, component: index) }
}

extension Header {
    /// The comments before the first scan that are short enough for a title (T.81 B.2.4.5).
    fileprivate func comments(in source: any ByteSource) -> [String] {
        segments.compactMap { segment in
            guard segment.marker == Marker.com, segment.data.count <= TitleComment.longest else { return nil }
            return (try? source.copy(segment.data, of: segment.context)).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
