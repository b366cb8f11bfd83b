// The file (TIFF 6.0 section 2; BigTIFF): directories, images, metadata.

public import ImageryBase
import ImageryTags

/// A TIFF or BigTIFF file: its images, overviews and masks as assets.
public struct TIFFFile: Container {
    let file: TagFile
    /// The images by the numbers of their directories.
    let imagesByDirectory: [Int: TIFFImage]
    /// The numbers of the images' directories.
    let directories: [AssetKey: Int]
    /// The directory whose tags are the file's metadata.
    private let first: Int

    /// The images: those of the main chain in the order of the file, then those of SubIFDs.
    public let assets: [AssetEntry]
    /// What opening found.
    public let diagnostics: [Diagnostic]

    /// TIFF for the start of a TIFF or BigTIFF header.
    public static func format(of head: [UInt8]) -> Format? { TagFile.isHeader(head) ? .tiff : nil }

    /// Reads the header and all directories; sample data and long arrays are not touched.
    ///
    /// Throws kind malformed when there is no directory that describes an image, kind unsupported when none can be represented; a
    /// directory that cannot be used beside others that can is a diagnostic (S92).
    public init(_ source: any ByteSource, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        let file = try TagFile(source, limits: options.limits)
        var found = file.diagnostics
        var images: [(directory: Int, image: TIFFImage)] = []
        var failure: ImageryError?
        for (index, directory) in file.directories.enumerated() where Self.mayBeImage(directory) {
            let context = TIFFImage.context(directory.number)
            do throws(ImageryError) {
                let image = try TIFFImage(index, in: file, limits: options.limits) { message in
                    if found.count < Self.maxDiagnostics {
                        found.append(Diagnostic(context, message, at: directory.offset))
                    }
                }
                images.append((index, image))
            } catch {
                if error.kind == .io { throw error }
                if failure == nil { failure = error }
                if found.count < Self.maxDiagnostics { found.append(Diagnostic(error)) }
            }
        }
        guard !images.isEmpty else {
            throw failure ?? ImageryError(.malformed, "TIFF", "no directory describes an image")
        }
        let catalogue = ImageCatalogue(images, in: file)
        var placeOfPage: [Int: (Georeference, ImagePart.Size)] = [:]
        var assets: [AssetEntry] = []
        assets.reserveCapacity(catalogue.items.count)
        for item in catalogue.items {
            let directory = file.directories[item.directory]
            let shape = item.image.layout.shape
            var georeference = file.georeference(of: directory)
            let size = ImagePart.Size(columns: shape.columns, rows: shape.rows)
            if let own = georeference {
                if placeOfPage[item.page] == nil { placeOfPage[item.page] = (own, size) }
            } else if let (base, whole) = placeOfPage[item.page], item.role != .data {
                // Overviews and masks cover the ground of their image.
                georeference = base.moved(to: ImagePart(size, resampledFrom: whole))
            }
            let index = item.directory
            let image = item.image
            assets.append(
                AssetEntry(
                    key: item.key, content: .image(image),
                    title: Self.text(Tag.pageName, directory, file) ?? Self.text(Tag.documentName, directory, file) ?? "",
                    description: Self.text(Tag.imageDescription, directory, file) ?? "", mediaType: "image/tiff",
                    roles: [item.role], byteRanges: image.storedRanges(), georeference: georeference,
                    makeMetadata: { file.metadata(of: index) }))
        }
        self.file = file
        imagesByDirectory = Dictionary(images.map { ($0.directory, $0.image) }, uniquingKeysWith: { first, _ in first })
        directories = Dictionary(catalogue.items.map { ($0.key, $0.directory) }, uniquingKeysWith: { first, _ in first })
        first = catalogue.items[0].directory
        self.assets = assets
        diagnostics = found
    }

    private static let maxDiagnostics = 1_000

    /// A short text of a directory. Long ones (whole documents stand in ImageDescription) are left to the metadata: opening does
    /// not copy them.
    private static func text(_ tag: UInt16, _ directory: TagDirectory, _ file: TagFile) -> String? {
        guard let entry = directory.entry(tag), entry.byteCount <= 1 << 14 else { return nil }
        return file.value(tag, in: directory)?.trimmed
    }

    /// Directories of the main chain and SubIFDs hold images; those of EXIF and GPS do not.
    static func mayBeImage(_ directory: TagDirectory) -> Bool {
        switch directory.link {
        case .chain: true
        case .child(let tag, _): tag == DirectoryTag.subIFDs
        }
    }

    /// TIFF.
    public var format: Format { .tiff }

    /// The tags of the first image (S62).
    public var metadata: Metadata { file.metadata(of: first) }

    /// Header, directories and fields.
    public func dump() -> [DumpLine] { file.dump() }
}
