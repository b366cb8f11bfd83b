// Coded bi-level images inside containers.

public import ImageryBase
public import ImageryPlumbing

/// Opens images of T.4 and T.6 codes, whose size and scheme the container tells. Samples are 0 for white and 1 for black,
/// whatever the container says of them (TIFF 6.0 section 10: the codes speak of white and black as bits 0 and 1).
public struct FaxStreams: StreamCodec {
    private let scheme: FaxScheme
    private let columns: Int
    private let rows: Int
    private let isBitReversed: Bool

    /// Images of `columns` x `rows` pixels; `isBitReversed` for data whose bytes have their first bit lowest.
    public init(_ scheme: FaxScheme, columns: Int, rows: Int, isBitReversed: Bool = false) {
        self.scheme = scheme
        self.columns = columns
        self.rows = rows
        self.isBitReversed = isBitReversed
    }

    public func open(_ source: any ByteSource) throws(ImageryError) -> any ImageSource {
        FaxImage(source: source, scheme: scheme, columns: columns, rows: rows, isBitReversed: isBitReversed)
    }
}

/// One coded image.
private struct FaxImage: ImageSource {
    let source: any ByteSource
    let scheme: FaxScheme
    let columns: Int
    let rows: Int
    let isBitReversed: Bool

    var layout: ImageLayout {
        ImageLayout(
            shape: Shape(bands: 1, rows: rows, columns: columns), pixelType: .uint8, bitsPerPixel: 1, blockWidth: columns,
            blockHeight: rows)
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [0..<source.byteCount] }

    func makeReader(_ context: ReadContext) -> any ImageReader { FaxReader(self, context) }
}

/// Goes down an image once; a line needs the one above it.
private final class FaxReader: ImageReader {
    private let image: FaxImage
    private let context: ReadContext
    private var lines: FaxRows
    /// The line that comes next.
    private var next = 0
    private var isReported = false
    /// Lines of uncompressed mode were salvaged.
    private var isUncompressed = false

    private static func uncompressed(at place: Int) -> ImageryError {
        ImageryError(unsupported: .compression, "fax", "uncompressed mode (T.6 2.3) is not supported", at: place)
    }

    init(_ image: FaxImage, _ context: ReadContext) {
        self.image = image
        self.context = context
        lines = FaxRows(columns: image.columns, scheme: image.scheme)
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        if region.y < next {
            lines = FaxRows(columns: image.columns, scheme: image.scheme)
            next = 0
        }
        let target = unsafe destination
        let fault = try image.source.lend(0..<image.source.byteCount, of: "fax") { (span) throws(ImageryError) in
            unsafe span.withUnsafeBytes { bytes in
                while next < region.bottom {
                    let outcome = unsafe lines.next(bytes, isReversed: image.isBitReversed)
                    guard outcome == .line || context.salvage && (outcome == .cut || outcome == .uncompressed) else {
                        return outcome
                    }
                    if next >= region.y { unsafe emit(next - region.y, region, request.bands.count, into: target) }
                    next += 1
                    if outcome == .uncompressed { isUncompressed = true }
                    guard outcome != .cut else { return outcome }
                }
                return FaxRows.Outcome.line
            }
        }
        if lines.isDamaged, !isReported {
            isReported = true
            context.findings.add(
                Diagnostic("fax", "lines are damaged: a run leads outside of its line, or a code means nothing", at: 0))
        }
        if isUncompressed {
            context.findings.add(Diagnostic(FaxReader.uncompressed(at: 0)))
        }
        if fault != .line { try unsafe end(fault, request, into: destination) }
    }

    /// No line `next` can be had: behind the end that a code marks it is white, with a finding; so it is behind damage when
    /// salvaging.
    private func end(_ fault: FaxRows.Outcome, _ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        let place = lines.position / 8
        let error =
            switch fault {
            case .uncompressed: FaxReader.uncompressed(at: place)
            case .broken: ImageryError(.malformed, "fax", "a code of line \(next) means nothing", at: place)
            case .cut: ImageryError(.malformed, "fax", "the data end within a line, number \(next) of \(image.rows)", at: place)
            default: ImageryError(.malformed, "fax", "the data end before line \(next) of \(image.rows)", at: place)
            }
        let first = min(max(next, region.y), region.bottom) - region.y
        let isEnd = fault == .end || fault == .missing && lines.beginsLate && next == image.rows - 1
        lines = FaxRows(columns: image.columns, scheme: image.scheme)
        next = 0
        guard isEnd || context.salvage && error.kind == .malformed else { throw error }
        context.findings.add(Diagnostic(error))
        unsafe fill(
            destination.offset(row: first, column: 0, sampleBytes: 1), pattern: nil, bands: request.bands.count,
            rows: region.height - first, rowBytes: region.width)
    }

    /// Writes the columns of the region of the line that was decoded last.
    private func emit(_ row: Int, _ region: Window, _ bands: Int, into destination: Destination) {
        for band in 0..<bands {
            // In bounds: the destination has the region's columns, and every run is cut to them.
            let line = unsafe destination.row(row, band: band)
            unsafe line.initializeMemory(as: UInt8.self, repeating: 0, count: region.width)
            var place = 0
            while place + 1 < lines.changes.count {
                let start = max(lines.changes[place], region.x)
                let end = min(lines.changes[place + 1], region.right)
                if start >= region.right { break }
                if start < end {
                    unsafe (line + (start - region.x)).initializeMemory(as: UInt8.self, repeating: 1, count: end - start)
                }
                place += 2
            }
        }
    }
}
