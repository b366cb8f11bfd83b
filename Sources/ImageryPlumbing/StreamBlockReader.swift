public import ImageryBase

/// Opens streams that are images of their own inside the blocks of a container: JPEG in TIFF and NITF, JPEG 2000 in TIFF.
public protocol StreamCodec: Sendable {
    /// Opens the stream that is all of `source`. What the image is made of is what the stream says; whoever asks compares.
    ///
    /// Throws what the codec throws for headers that it cannot use; offsets count from the start of `source`.
    func open(_ source: any ByteSource) throws(ImageryError) -> any ImageSource
}

/// Reads from blocks that are streams of a ``StreamCodec``, for one thread.
///
/// It keeps the streams that were read last, so that reads that go down a block continue where the last one ended.
public final class StreamBlockReader {
    private let codec: any StreamCodec
    private let source: any ByteSource
    private let context: ReadContext
    private let pixelType: PixelType
    /// The latest at the end: one for each plane of a block is enough.
    private var open: [OpenStream] = []

    private struct OpenStream {
        var range: Range<Int>
        var image: any ImageSource
        var reader: any ImageReader
    }

    private static let maxOpen = 4

    /// Reads streams of `source` whose samples must be of `pixelType`.
    public init(_ codec: any StreamCodec, _ source: any ByteSource, pixelType: PixelType, _ context: ReadContext) {
        self.codec = codec
        self.source = source
        self.pixelType = pixelType
        self.context = context
    }

    /// Fills the destination with the pixels `region` of `level` of the stream that lies in `range`, in `bands` of the stream.
    ///
    /// What the stream is too small for is filled with `pad` (or the context's fill value), with a finding. `name` says which
    /// block it is. Throws kind malformed when the stream has other samples or fewer bands, and what the codec throws, with
    /// offsets in the file; when salvaging, a malformed stream is filled too.
    public func read(
        _ range: Range<Int>, level: Int, region: Window, bands: [Int], pad: SampleValue?, name: String,
        into destination: Destination
    ) throws(ImageryError) {
        do throws(ImageryError) {
            let stream = try stream(in: range, name: name)
            let layout = stream.image.layout
            guard layout.pixelType == pixelType else {
                throw ImageryError(
                    .malformed, name,
                    "the stream has samples of \(layout.pixelType.rawValue), the header says \(pixelType.rawValue)",
                    at: 0)
            }
            guard bands.allSatisfy({ $0 < layout.shape.bands }) else {
                throw ImageryError(
                    .malformed, name, "the stream has \(layout.shape.bands) bands, the header says more", at: 0)
            }
            try stream.image.check(level: level, name)
            let inside = region.intersection(layout.reduced(layout.bounds, level: level))
            if inside != region {
                let size = "\(layout.shape.columns) × \(layout.shape.rows)"
                context.findings.add(
                    Diagnostic(name, "the stream has \(size) pixels, fewer than its block", at: range.lowerBound))
                unsafe clear(region, bands.count, pad, destination)
                if inside.isEmpty { return }
            }
            let request = ReadRequest(region: inside, level: level, bands: bands)
            try stream.image.checkCost(request, context.limits)
            let target = unsafe destination.offset(
                row: inside.y - region.y, column: inside.x - region.x, sampleBytes: pixelType.byteCount)
            try unsafe stream.reader.read(request, into: target)
        } catch {
            open.removeAll { $0.range == range }
            let placed = error.placed(in: name, at: range.lowerBound)
            guard context.salvage, error.kind == .malformed else { throw placed }
            context.findings.add(Diagnostic(placed))
            unsafe clear(region, bands.count, pad, destination)
        }
    }

    private func clear(_ region: Window, _ bands: Int, _ pad: SampleValue?, _ destination: Destination) {
        unsafe fill(
            destination, pattern: (context.fill ?? pad)?.bytes(for: pixelType), bands: bands, rows: region.height,
            rowBytes: region.width * pixelType.byteCount)
    }

    private func stream(in range: Range<Int>, name: String) throws(ImageryError) -> OpenStream {
        if let place = open.firstIndex(where: { $0.range == range }) {
            let found = open.remove(at: place)
            open.append(found)
            return found
        }
        let image = try codec.open(SourceSlice(source, range))
        var inner = context
        inner.findings = Findings(passingTo: context.findings, part: name, at: range.lowerBound)
        let made = OpenStream(range: range, image: image, reader: image.makeReader(inner))
        if open.count == Self.maxOpen { open.removeFirst() }
        open.append(made)
        return made
    }
}
