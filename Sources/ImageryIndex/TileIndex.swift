// What an index holds: the levels of one image, and where the chunks of each lie.

public import ImageryBase
import ImageryPlumbing

/// Where the blocks of an image and of its lower resolutions lie, for programs that read them as chunks of Zarr arrays: zarr with
/// fsspec in Python, and what is built on them (S80).
///
/// Every level is a group `0`, `1`, ... with an array `data` of bands x rows x columns, whose chunks are the blocks of the file.
/// Blocks that the file does not hold have no chunk, and the array's fill value is the pad value.
public struct TileIndex: Sendable {
    /// One resolution of the image.
    public struct Level: Sendable {
        /// How it lies in its file.
        public var blocks: StoredBlocks
        /// Which of the files it is in, from 0.
        public var file: Int

        /// A resolution in file number `file`.
        public init(_ blocks: StoredBlocks, file: Int = 0) {
            self.blocks = blocks
            self.file = file
        }
    }

    /// The levels by falling resolution.
    public let levels: [Level]

    /// The most chunks that all arrays of an index may have together.
    public static let maxChunks = 4_000_000

    /// An index of these levels, the full resolution first.
    ///
    /// Throws kind limit when they have more than ``maxChunks`` blocks.
    public init(_ levels: [Level]) throws(ImageryError) {
        var total = 0
        for level in levels {
            guard let count = level.blocks.count, let sum = checkedSum(total, count), sum <= Self.maxChunks else {
                throw ImageryError(
                    limit: .blocks, allowed: Self.maxChunks, "tile index",
                    "the image has more than \(Self.maxChunks) blocks, too many to list each of them")
            }
            total = sum
        }
        self.levels = levels
    }

    /// An image in file number `file`: its full size, and if `isPyramid` its own lower ones, as long as the blocks of each are
    /// of one size.
    ///
    /// Throws kind unsupported when the blocks of the full resolution cannot be read one by one by other programs.
    public static func levels(
        of source: any ImageSource, file: Int, isPyramid: Bool
    ) throws(ImageryError) -> [Level] {
        guard let stored = source as? any StoredBlockSource else {
            throw ImageryError(
                unsupported: .tileIndex, "tile index", "images of this format have no blocks that an index could list")
        }
        var levels = [Level(try stored.storedBlocks(level: 0), file: file)]
        guard isPyramid else { return levels }
        for level in 1..<max(1, source.resolutionLevels) {
            do throws(ImageryError) {
                levels.append(Level(try stored.storedBlocks(level: level), file: file))
            } catch {
                guard error.kind == .unsupported || error.kind == .misuse else { throw error }
                break
            }
        }
        return levels
    }

    /// A reference file.
    public struct ReferenceFile: Sendable {
        /// Its text: JSON.
        public var text: String
        /// What is needed besides zarr and fsspec to read the chunks; nothing where every chunk is one range and uncompressed or packed in a
        /// way that Zarr or numcodecs knows.
        public var needs: [String]
    }

    /// A version of Zarr.
    public enum ZarrVersion: Int, Sendable {
        /// Version 2, with `.zarray` and `.zattrs`.
        case two = 2
        /// Version 3, with `zarr.json`.
        case three = 3
    }

    /// The index as Kerchunk JSON, version 1, of a version of Zarr.
    ///
    /// `urls` are where the files will be found, one for each, in the order in which they were opened. `{{name}}` in them is a
    /// template whose value `templates` has, and which may be given anew when the index is opened.
    ///
    /// Throws kind misuse for a wrong number of URLs, unsupported for samples that Zarr does not have, and what finding the blocks
    /// throws.
    public func references(
        urls: [String], templates: [String: String] = [:], _ version: ZarrVersion
    ) throws(ImageryError) -> ReferenceFile {
        try References(self, urls, templates: templates, version: version.rawValue).file
    }

    /// The index as Kerchunk JSON, version 1, of Zarr version 2: read by `ReferenceFileSystem` of fsspec where every chunk is one
    /// range and uncompressed or a zlib stream; `MultiReferenceFileSystem` and the codecs of osml-imagery-io read all.
    ///
    /// `urls` are where the files will be found, one for each, in the order in which they were opened. `{{name}}` in them is a
    /// template that is given when the index is opened.
    ///
    /// Throws kind misuse for a wrong number of URLs, unsupported for samples that Zarr does not have, and what finding the blocks
    /// throws.
    public func kerchunk(urls: [String]) throws(ImageryError) -> String { try references(urls: urls, .two).text }

    /// The same for Zarr version 3.
    public func zarr(urls: [String]) throws(ImageryError) -> String { try references(urls: urls, .three).text }
}
