// The frames of a boundary rectangle as one image (MIL-STD-2411: table of contents).

public import ImageryBase
import ImageryPlumbing

/// A grid of frames, each in a file of its own that is opened while it is read. Cells without a file are masked blocks.
final class RectangleImage: ImageSource {
    let layout: ImageLayout
    let colorModel: ColorModel
    private let columns: Int
    private let cells: [Int: Cell]
    private let files: FrameFiles

    /// One frame.
    private struct Cell: Sendable {
        var path: ProductContents.FramePath
        /// The file that has the frame's name, in some spelling.
        let file = Lazy<Result<String?, ImageryError>>()
    }

    /// An open frame, and what its indices are in the table of the whole; nil where they are the same.
    private struct Frame: Sendable {
        var image: NITFImage
        var indices: [UInt8]?
    }

    /// Columns and rows of every frame (MIL-STD-2411).
    private static let side = 1536

    /// Frames that are looked for when a table is opened, until one is found.
    private static let mostTried = 64

    /// The image of `rectangle`. Nil for a rectangle that is too large for this machine.
    ///
    /// The first frame that is found tells how samples are stored, and what they mean.
    init?(_ rectangle: ProductContents.Rectangle, _ files: FrameFiles) {
        columns = rectangle.columns
        self.files = files
        cells = rectangle.paths.mapValues { Cell(path: $0) }
        let first = rectangle.paths.keys.sorted().prefix(Self.mostTried).lazy
            .compactMap { cell in rectangle.paths[cell].flatMap { try? files.open($0) } }
            .first { $0.layout.shape.bands == 1 && $0.layout.pixelType == .uint8 }
        let size = first?.layout.shape ?? Shape(bands: 1, rows: Self.side, columns: Self.side)
        guard let rows = checkedProduct(rectangle.rows, size.rows), let width = checkedProduct(columns, size.columns),
            checkedProduct(rows, width) != nil
        else { return nil }
        layout = ImageLayout(
            shape: Shape(bands: 1, rows: rows, columns: width), pixelType: .uint8, bitsPerPixel: 8, actualBitsPerPixel: 8,
            blockWidth: size.columns, blockHeight: size.rows, padValue: first?.layout.padValue)
        colorModel = first?.colorModel ?? .undefined(1)
    }

    // MARK: Frames

    /// The file of a cell's frame; nil where there is none.
    private func file(_ cell: Int) throws(ImageryError) -> String? {
        guard let place = cells[cell] else { return nil }
        return try place.file.value { Result { () throws(ImageryError) in try files.find(place.path) } }.get()
    }

    /// The frame of a cell, opened; nil where there is none. Throws what its file is malformed by.
    private func frame(_ cell: Int) throws(ImageryError) -> Frame? {
        guard let file = try file(cell) else { return nil }
        let image = try files.image(file)
        guard image.layout.shape == Shape(bands: 1, rows: layout.blockHeight, columns: layout.blockWidth),
            image.layout.pixelType == .uint8
        else {
            throw ImageryError(.malformed, file, "the frame has the shape \(image.layout.shape), unlike the others")
        }
        return Frame(image: image, indices: indices(of: image))
    }

    /// Of each index of a frame with colors of its own the index of the nearest color of the whole.
    private func indices(of image: NITFImage) -> [UInt8]? {
        let (own, whole) = (image.colorModel.lookupTable, colorModel.lookupTable)
        guard own != whole, let own, let whole else { return nil }
        func colors(_ table: LookupTable) -> [[Int]] {
            let values = table.channels.map { $0.values ?? [] }
            return (0..<(values.map(\.count).min() ?? 0)).map { index in values.map { Int($0[index]) } }
        }
        let (from, to) = (colors(own), colors(whole))
        var result = (0...255).map { UInt8($0) }
        for (index, color) in from.enumerated() where index < 256 && !to.isEmpty {
            func distance(_ other: [Int]) -> Int { zip(color, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
            if index < to.count, to[index] == color { continue }
            let nearest = to.indices.prefix(256).min { distance(to[$0]) < distance(to[$1]) } ?? index
            result[index] = UInt8(truncatingIfNeeded: nearest)
        }
        if case .integer(let from) = image.layout.padValue, case .integer(let to) = layout.padValue, (0...255).contains(from) {
            result[Int(from)] = UInt8(truncatingIfNeeded: to)
        }
        return result
    }

    // MARK: Reading

    func hasBlock(row: Int, column: Int) -> Bool {
        do throws(ImageryError) {
            return try file(row * columns + column) != nil
        } catch {
            // What cannot be told is an error when it is read.
            return true
        }
    }

    /// The bytes lie in other files.
    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { [] }

    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, context) }

    /// A session: the frames of the row of cells that was read last stay open.
    private final class Reader: ImageReader {
        private let image: RectangleImage
        private let context: ReadContext
        private var frames: [Int: (frame: Frame, reader: any ImageReader)] = [:]
        private var row = -1

        init(_ image: RectangleImage, _ context: ReadContext) {
            self.image = image
            self.context = context
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let layout = image.layout
            let under = layout.blocks(under: request.region)
            for row in under.rows {
                if row != self.row { frames = [:] }
                self.row = row
                for column in under.columns {
                    let cell = layout.blockBounds(row: row, column: column)
                    let part = cell.intersection(request.region)
                    // In bounds: the part lies in the request's region. Samples have one byte.
                    let target = unsafe destination.offset(
                        row: part.y - request.region.y, column: part.x - request.region.x, sampleBytes: 1)
                    try unsafe read(
                        row * image.columns + column, part.offset(x: -cell.x, y: -cell.y), request.bands.count, into: target)
                }
            }
        }

        private func read(_ cell: Int, _ region: Window, _ bands: Int, into target: Destination) throws(ImageryError) {
            do throws(ImageryError) {
                if let (frame, reader) = try open(cell) {
                    let bands = [Int](repeating: 0, count: bands)
                    try unsafe reader.read(ReadRequest(region: region, bands: bands), into: target)
                    if let indices = frame.indices { unsafe Self.map(target, region, bands.count, indices) }
                    return
                }
            } catch {
                guard context.salvage, error.kind == .malformed else { throw error }
                context.findings.add(Diagnostic(error))
            }
            let pad = (context.fill ?? image.layout.padValue)?.bytes(for: .uint8)
            unsafe fill(target, pattern: pad, bands: bands, rows: region.height, rowBytes: region.width)
        }

        private func open(_ cell: Int) throws(ImageryError) -> (frame: Frame, reader: any ImageReader)? {
            if let known = frames[cell] { return known }
            guard let frame = try image.frame(cell) else { return nil }
            let opened = (frame, frame.image.makeReader(context))
            frames[cell] = opened
            return opened
        }

        private static func map(_ target: Destination, _ region: Window, _ bands: Int, _ indices: [UInt8]) {
            for band in 0..<bands {
                for row in 0..<region.height {
                    // In bounds: the caller's rows have as many samples of one byte; an index has one of 256 entries.
                    let samples = unsafe UnsafeMutableBufferPointer(
                        start: target.row(row, band: band).assumingMemoryBound(to: UInt8.self), count: region.width)
                    for column in 0..<region.width { unsafe samples[column] = indices[Int(samples[column])] }
                }
            }
        }
    }
}

extension NITFFile {
    /// The boundary rectangles of a table of contents as images behind the file's own; none for other files. Frames are looked for below
    /// `folder`, as they are named, then in lower and upper case.
    ///
    /// Throws kind limit for an index that is larger than the limits allow.
    public func rectangles(in folder: String, options: ReadOptions) throws(ImageryError) -> (
        entries: [AssetEntry], findings: [Diagnostic]
    ) {
        var findings: [Diagnostic] = []
        guard let contents = try ProductContents(segments.file, in: source, limits: options.limits, report: { findings.append($0) })
        else { return ([], []) }
        let count = header.listings.count { $0.kind == .image }
        let files = FrameFiles(folder: folder, options: options)
        var entries: [AssetEntry] = []
        for (number, rectangle) in contents.rectangles.enumerated() {
            guard let image = RectangleImage(rectangle, files) else {
                findings.append(Diagnostic("A.TOC", "rectangle \(number) is too large for this machine", severity: .warning))
                continue
            }
            let shape = image.layout.shape
            let title = [rectangle.type, rectangle.scale, rectangle.zone.isEmpty ? "" : "zone \(rectangle.zone)"]
            entries.append(
                AssetEntry(
                    key: .image(count + number), content: .image(image),
                    title: title.filter { !$0.isEmpty }.joined(separator: " "), mediaType: "image/nitf", roles: [.data],
                    byteRanges: [],
                    georeference: rectangle.coverage?.georeference(columns: shape.columns, rows: shape.rows, polarCorners: nil),
                    makeMetadata: {
                        Metadata(
                            schema: .nitf,
                            entries: [.init(ProductContents.Rectangle.metadataName, Value(group: rectangle.metadata))])
                    }))
        }
        return (entries, findings)
    }
}
