// A JPEG 2000 file as the library sees it: box files (T.800 Annex I, T.801 Annex M, T.814 Annex D) and bare codestreams.

public import ImageryBase
import ImageryPlumbing

/// A JPEG 2000 file: a JP2, JPX or JPH box file, or a bare codestream. Each contiguous codestream is an image.
///
/// Opening reads boxes and main headers. Samples are those of the codestream's components with the component transform
/// undone; palettes, channel definitions and colour spaces are metadata (S58).
public struct JPEG2000File: Container {
    let images: [Codestream]
    let boxes: BoxList
    private let source: any ByteSource
    private let limits: Limits

    /// Opens a file. Throws kind malformed when it holds no codestream that can be read.
    public init(_ source: any ByteSource, options: ReadOptions = ReadOptions()) throws(ImageryError) {
        self.source = source
        limits = options.limits
        boxes = try BoxList(source, limits: options.limits)
        var images: [Codestream] = []
        var failure: ImageryError?
        let colors = boxes.boxes.isEmpty ? nil : ColorBoxes(source, boxes.boxes, options.limits)
        for (index, range) in boxes.codestreams.enumerated() {
            do throws(ImageryError) {
                // Boxes describe the first codestream.
                images.append(try Codestream(source, range, boxes: index == 0 ? colors : nil))
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

    /// JPEG 2000 for the signature box, and for SOC with SIZ behind it.
    public static func format(of head: [UInt8]) -> Format? {
        BoxList.isHead(head) || head.starts(with: [0xff, 0x4f, 0xff, 0x51]) ? .jpeg2000 : nil
    }

    public var format: Format { .jpeg2000 }
    /// Empty: all metadata is the images'.
    public var metadata: Metadata { Metadata(schema: .jpeg2000) }

    public var assets: [AssetEntry] {
        let reader = reader
        let georeference = reader.georeference()
        return images.enumerated().map { index, image in
            let source = source
            // Boxes describe the first codestream.
            let isFirst = index == 0
            let comments = image.header.comments(in: source)
            return AssetEntry(
                key: .image(index), content: .image(image), title: TitleComment.title.text(in: comments),
                description: TitleComment.description.text(in: comments), mediaType: boxes.mediaType, roles: [.data],
                byteRanges: [image.header.range], georeference: isFirst ? georeference : nil,
                makeMetadata: {
                    let boxes = isFirst ? reader.read().entries : []
                    return Metadata(schema: .jpeg2000, entries: boxes + image.header.metadata(source, reader.limits))
                })
        }
    }

    /// What is wrong with boxes and headers; asking for it reads the metadata.
    public var diagnostics: [Diagnostic] {
        boxes.diagnostics + reader.read().diagnostics + images.flatMap(\.diagnostics)
            + images.flatMap { $0.describedColors().findings }
    }

    private var reader: MetadataReader { MetadataReader(source: source, boxes: boxes.boxes, limits: limits) }

    public func validate(report: (Diagnostic) -> Void) {
        BoxRules(source: source, boxes: boxes, images: images, limits: limits).check(report: report)
    }

    public func dump() -> [DumpLine] {
        var lines: [DumpLine] = []
        var next = 0
        func codestream() {
            guard next < images.count else { return }
            lines += images[next].dump(depth: boxes.boxes.isEmpty ? 0 : 1)
            next += 1
        }
        if boxes.boxes.isEmpty { codestream() }
        for box in boxes.boxes {
            lines.append(
                DumpLine(depth: box.depth, name: box.type, offset: box.offset, size: box.body.upperBound - box.offset))
            if box.type == "jp2c", box.depth == 0, next < images.count, images[next].header.range == box.body { codestream() }
        }
        return lines
    }
}

extension Codestream {
    /// What opening found (S92). The tile-parts are walked for it where that only touches memory: on a server each would cost a request.
    var diagnostics: [Diagnostic] { header.diagnostics + (tileParts.known?.failure.map { [Diagnostic($0)] } ?? []) }
}

extension Codestream {
    /// Marker segments of the main header, and the tile-parts.
    func dump(depth: Int) -> [DumpLine] {
        header.dump(depth: depth)
            + tileParts.all.parts.map { part in
                DumpLine(
                    depth: depth, name: "SOT", offset: part.start, size: part.end - part.start,
                    value: "tile \(part.tile), part \(part.number)")
            }
    }
}

extension MainHeader {
    /// The comments of Latin characters that are short enough for a title (T.800 A.9.2: Rcom is 1).
    fileprivate func comments(in source: any ByteSource) -> [String] {
        segments.compactMap { segment in
            guard segment.code == Marker.com, (2...TitleComment.longest).contains(segment.body.count),
                let bytes = try? source.copy(segment.body, of: "JPEG 2000 COM"), bytes[0] == 0, bytes[1] == 1
            else { return nil }
            return TextEncoding.latin1.decode(Array(bytes.dropFirst(2)))
        }
    }
}
