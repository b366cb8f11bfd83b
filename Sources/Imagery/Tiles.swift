public import ImageryBase
import ImageryPlumbing
import Synchronization

/// The places of an image's tiles, row by row (S7). Making it reads nothing; ``Tile/read()`` does.
public struct Tiles: RandomAccessCollection, Sendable {
    private let session: TileSession
    private let bounds: Window
    private let width: Int
    private let height: Int
    private let overlap: Int

    /// Rows of tiles.
    public let rows: Int
    /// Columns of tiles.
    public let columns: Int

    init(_ image: ImageAsset, width: Int, height: Int, overlap: Int, bands: [Int]?, fill: SampleValue?) throws(ImageryError) {
        guard width > 0, height > 0 else {
            throw ImageryError(.misuse, "tiles", "a tile of \(width) × \(height) pixels holds none")
        }
        guard overlap >= 0, overlap < width, overlap < height else {
            throw ImageryError(.misuse, "tiles", "an overlap of \(overlap) is not below the tile's \(width) × \(height) pixels")
        }
        if let bands { try image.layout.check(bands: bands, "tiles") }
        self.width = width
        self.height = height
        self.overlap = overlap
        bounds = image.layout.bounds
        // The last tile must reach the edge: n * stride + overlap >= size. One tile serves when the overlap alone covers the image.
        rows = Swift.max(1, ceilDivide(Swift.max(0, bounds.height - overlap), height - overlap))
        columns = Swift.max(1, ceilDivide(Swift.max(0, bounds.width - overlap), width - overlap))
        guard checkedProduct(rows, columns) != nil else {
            throw ImageryError(.misuse, "tiles", "\(rows) × \(columns) tiles of \(width) × \(height) pixels cannot be counted")
        }
        session = TileSession(image, bands: bands, fill: fill)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { rows * columns }

    /// The tile at `position` in row-major order.
    public subscript(position: Int) -> Tile {
        precondition(indices.contains(position), "tile index out of range")
        let row = position / columns
        let column = position % columns
        let window = Window(x: column * (width - overlap), y: row * (height - overlap), width: width, height: height).intersection(
            bounds)
        return Tile(window: window, row: row, column: column, session: session)
    }
}

/// One place of ``Tiles``.
public struct Tile: Sendable {
    /// The tile's pixels in the full resolution image; smaller at the right and lower edge.
    public let window: Window
    /// Row of tiles.
    public let row: Int
    /// Column of tiles.
    public let column: Int
    fileprivate let session: TileSession

    /// Left column.
    public var x: Int { window.x }
    /// Top row.
    public var y: Int { window.y }
    /// Columns.
    public var width: Int { window.width }
    /// Rows.
    public var height: Int { window.height }

    /// Reads the tile's pixels. All tiles in order cost about one read of the whole image; errors as `ImageAsset.read(window:bands:resolutionLevel:fill:)`.
    public func read() throws(ImageryError) -> Raster { try session.read(window) }

    /// The same until `token` is cancelled.
    func read(until token: Cancellation) throws(ImageryError) -> Raster {
        try token.check("tiles")
        return try session.read(window)
    }
}

/// The session that all tiles of one sequence read through. A tile that is read while another thread holds it is read on its own.
private final class TileSession: Sendable {
    private let image: ImageAsset
    private let bands: [Int]?
    private let fill: SampleValue?
    private let shared: Mutex<Holder>

    private struct Holder: ~Copyable {
        var session: ReadSession?
    }

    init(_ image: ImageAsset, bands: [Int]?, fill: SampleValue?) {
        self.image = image
        self.bands = bands
        self.fill = fill
        shared = Mutex(Holder())
    }

    func read(_ window: Window) throws(ImageryError) -> Raster {
        let result = shared.withLockIfAvailable { holder -> Result<Raster, ImageryError> in
            let session = holder.session ?? image.makeSession(fill: fill)
            holder.session = session
            do throws(ImageryError) {
                return .success(try session.read(window: window, bands: bands))
            } catch {
                return .failure(error)
            }
        }
        if let result { return try result.get() }
        return try image.read(window: window, bands: bands, fill: fill)
    }
}

extension ImageAsset {
    /// Tiles of `width` x `height` pixels that share `overlap` pixels with their neighbours, row by row; the stride is the size less the
    /// overlap, and every pixel is covered (S7). Throws kind misuse for sizes below 1 and an overlap that reaches the tile's size.
    public func tiles(
        width: Int = 256, height: Int = 256, overlap: Int = 0, bands: [Int]? = nil, fill: SampleValue? = nil
    ) throws(ImageryError) -> Tiles {
        try Tiles(self, width: width, height: height, overlap: overlap, bands: bands, fill: fill)
    }
}
