/// A TIFF file made by hand (TIFF 6.0, section 2): little-endian, uncompressed, tiled, 8-bit samples that `sample` names.
public struct TinyTIFF: Sendable {
    /// One image file directory.
    public struct Page: Sendable {
        public var width: Int
        public var height: Int
        public var bands: Int
        public var tile: Int
        /// NewSubfileType: 0 an image, 1 reduced resolution, 4 a mask.
        public var subfileType: Int
        /// Number that tells this page's samples from another's.
        public var seed: Int

        public init(width: Int, height: Int, bands: Int = 3, tile: Int = 16, subfileType: Int = 0, seed: Int = 0) {
            self.width = width
            self.height = height
            self.bands = bands
            self.tile = tile
            self.subfileType = subfileType
            self.seed = seed
        }

        /// The sample at a place.
        public func sample(band: Int, row: Int, column: Int) -> UInt8 {
            UInt8(truncatingIfNeeded: seed &* 31 &+ band &* 71 &+ row &* 13 &+ column &* 7)
        }

        /// All samples in order of band, row, column.
        public var samples: [UInt8] {
            var all: [UInt8] = []
            for band in 0..<bands {
                for row in 0..<height { for column in 0..<width { all.append(sample(band: band, row: row, column: column)) } }
            }
            return all
        }
    }

    /// The pages in file order.
    public var pages: [Page]

    public init(_ pages: [Page]) { self.pages = pages }

    /// The file.
    public var bytes: [UInt8] {
        var file: [UInt8] = [0x49, 0x49, 42, 0, 0, 0, 0, 0]
        var link = 4
        for page in pages {
            var offsets: [Int] = []
            for top in stride(from: 0, to: page.height, by: page.tile) {
                for left in stride(from: 0, to: page.width, by: page.tile) {
                    offsets.append(file.count)
                    for row in top..<top + page.tile {
                        for column in left..<left + page.tile {
                            for band in 0..<page.bands { file.append(page.sample(band: band, row: row, column: column)) }
                        }
                    }
                }
            }
            let counts = [Int](repeating: page.tile * page.tile * page.bands, count: offsets.count)
            let fields: [(tag: Int, long: Bool, values: [Int])] = [
                (254, true, [page.subfileType]), (256, true, [page.width]), (257, true, [page.height]),
                (258, false, [Int](repeating: 8, count: page.bands)), (259, false, [1]), (262, false, [page.bands == 3 ? 2 : 1]),
                (277, false, [page.bands]), (284, false, [1]), (322, true, [page.tile]), (323, true, [page.tile]),
                (324, true, offsets),
                (325, true, counts),
            ]
            var entries: [UInt8] = Self.little(fields.count, 2)
            for field in fields {
                let size = field.long ? 4 : 2
                var value = field.values.flatMap { Self.little($0, size) }
                if value.count > 4 {
                    let place = file.count
                    file += value
                    value = Self.little(place, 4)
                }
                value += [UInt8](repeating: 0, count: 4 - value.count)
                entries +=
                    Self.little(field.tag, 2) + Self.little(field.long ? 4 : 3, 2) + Self.little(field.values.count, 4) + value
            }
            if file.count % 2 == 1 { file.append(0) }
            file.replaceSubrange(link..<link + 4, with: Self.little(file.count, 4))
            file += entries
            link = file.count
            file += [0, 0, 0, 0]
        }
        return file
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
