// A JPEG 2000 file as the library sees it: box files (T.800 Annex I, T.801 Annex M, T.814 Annex D) and bare codestreams.

public import ImageryBase

/// A JPEG 2000 file: a JP2, JPX or JPH box file, or a bare codestream. Each contiguous codestream is an image.
///
/// Opening reads boxes, main headers and tile-part headers. Samples are those of the codestream's components with the component transform
/// undone; palettes, channel definitions and colour spaces are metadata (S58).
public struct JPEG2000File: Container {
    let images: [Codestream]
    let boxes: BoxList
    private let source: any ByteSource

    /// Opens a file. Throws kind malformed when it holds no codestream that can be read.
    public init(_ source: any ByteSource, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        self.source = source
        boxes = try BoxList(source, limits: options.limits)
        var images: [Codestream] = []
        var failure: ImageryError?
        for range in boxes.codestreams {
            do throws(ImageryError) {
                images.append(try Codestream(source, range))
            } catch {
                if error.kind == .io { throw error }
                failure = failure ?? error
            }
        }
        if images.isEmpty {
            throw failure ?? ImageryError(.malformed, "JP2 file", "the file holds no codestream", at: 0)
        }
        self.images = images
    }

    public var format: Format { .jpeg2000 }
    /// Empty: all metadata is the images'.
    public var metadata: Metadata { Metadata(schema: .jpeg2000) }

    public var assets: [AssetEntry] {
        images.enumerated().map { index, image in
            AssetEntry(
                key: .image(index), content: .image(image), mediaType: boxes.mediaType, roles: [.data],
                byteRanges: [image.header.range], georeference: nil,
                makeMetadata: { Metadata(schema: .jpeg2000) })
        }
    }

    public var diagnostics: [Diagnostic] { boxes.diagnostics + images.flatMap { $0.diagnostics } }

    public func dump() -> [DumpLine] { [] }
}

extension Codestream {
    var diagnostics: [Diagnostic] { header.diagnostics + (tileParts.failure.map { [Diagnostic($0)] } ?? []) }
}
