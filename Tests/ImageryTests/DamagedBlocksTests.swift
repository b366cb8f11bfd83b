import Imagery
import TestSupport
import Testing

/// S92: a damaged block is filled and told, and the rest decodes, whatever compression it has and whatever holds it.
@Suite("Damaged blocks are salvaged (S92)") struct DamagedBlocksTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var format: Format
        var options: WriteOptions
        var isReal = false

        var testDescription: String { name }
    }

    static let cases: [Case] = {
        var list: [Case] = []
        func add(_ format: Format, _ compression: Compression, _ change: (inout WriteOptions) -> Void = { _ in }) {
            var options = WriteOptions(compression: compression, blockWidth: 16, blockHeight: 16, date: 0)
            change(&options)
            list.append(Case(name: "\(format.rawValue) \(compression) \(list.count)", format: format, options: options))
        }
        for compression in [
            Compression.uncompressed, .deflate, .lzw, .packBits, .zstandard, .jpeg(quality: 80), .jpeg2000(), .jpeg2000(rate: 8),
            .lerc(),
            .lerc(packing: .deflate), .lerc(packing: .zstandard),
        ] { add(.tiff, compression) }
        add(.tiff, .deflate) { $0.interleave = .band }
        add(.tiff, .deflate) { ($0.blockWidth, $0.blockHeight) = (nil, 8) }
        add(.tiff, .lzw) { $0.cloudOptimized = CloudOptimization() }
        for compression in [Compression.uncompressed, .jpeg(quality: 80), .jpeg2000(), .jpeg2000(rate: 8)] {
            add(.nitf, compression)
        }
        add(.nitf, .uncompressed) { $0.interleave = .band }
        add(.jpeg2000, .jpeg2000())
        list.append(
            Case(
                name: "nitf without loss", format: .nitf,
                options: WriteOptions(compression: .losslessJPEG, blockWidth: 16, blockHeight: 16, date: 0)))
        list.append(
            Case(
                name: "tiff of numbers", format: .tiff,
                options: WriteOptions(compression: .deflate, blockWidth: 16, blockHeight: 16, date: 0), isReal: true))
        return list
    }()

    private enum Damage: CaseIterable { case zeros, noise, oneBit, ones }

    private func damaged(_ bytes: [UInt8], _ ranges: [Range<Int>], _ damage: Damage, seed: Int) -> [UInt8] {
        var random = SeededGenerator(UInt64(seed))
        var result = bytes
        if damage == .oneBit {
            guard let range = ranges.randomElement(using: &random) else { return bytes }
            result[Int.random(in: range, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            return result
        }
        for range in ranges {
            for place in range {
                result[place] = damage == .zeros ? 0 : damage == .ones ? 255 : UInt8.random(in: 0...255, using: &random)
            }
        }
        return result
    }

    /// True where all blocks are tiles of one codestream, whose announced ranges hold headers of other tiles.
    private func isCodestream(_ item: Case) -> Bool {
        guard item.format != .tiff, case .jpeg2000 = item.options.compression else { return false }
        return true
    }

    /// Where tile-parts begin: no two other bytes of a codestream look like SOT (T.800 A.4.2).
    private func tileParts(_ bytes: [UInt8]) -> [Int] {
        bytes.indices.dropLast(12).filter { bytes[$0..<$0 + 4].elementsEqual([0xff, 0x90, 0, 10]) }
    }

    /// The bytes of a tile behind SOD.
    private func packets(of tile: Int, in bytes: [UInt8]) -> Range<Int> {
        let starts = tileParts(bytes)
        let data = (starts[tile]..<bytes.count - 1).first { bytes[$0] == 0xff && bytes[$0 + 1] == 0x93 } ?? 0
        return data + 2..<starts[tile + 1]
    }

    @Test(arguments: cases) func theOtherBlocksAreThere(item: Case) throws {
        let rows = 45
        let columns = 60
        let raster =
            if item.isReal {
                try Raster((0..<rows * columns).map { Float($0 % 53) / 7 }, rows: rows, columns: columns)
            } else {
                try SampleFile.scene(bands: item.name == "nitf without loss" ? 1 : 3, rows: rows, columns: columns)
            }
        let bytes = try raster.encoded(as: item.format, options: item.options)
        let clean = try Dataset(bytes: bytes, format: item.format).image()
        let whole = try clean.read()
        let layout = clean.layout
        let place = (row: 1, column: layout.gridColumns / 2)
        let bounds = layout.blockBounds(row: place.row, column: place.column)
        let ranges =
            isCodestream(item)
            ? [packets(of: place.row * layout.gridColumns + place.column, in: bytes)] : try clean.byteRanges(window: bounds)
        #expect(!ranges.isEmpty)
        var refused = 0
        for (seed, damage) in (Damage.allCases + [.oneBit]).enumerated() {
            let broken = damaged(bytes, ranges, damage, seed: seed)
            var isRefused = false
            do throws(ImageryError) {
                _ = try Dataset(bytes: broken, format: item.format).image().read()
            } catch {
                #expect(error.kind == .malformed, "\(damage): \(error)")
                isRefused = true
                refused += 1
            }
            let image = try Dataset(
                bytes: broken, format: item.format, options: ReadOptions(threads: seed % 2 == 0 ? 1 : 4, salvage: true)
            ).image()
            let found = try image.read()
            #expect(!isRefused || !found.diagnostics.isEmpty, "\(damage): nothing is told")
            for row in 0..<layout.gridRows {
                for column in 0..<layout.gridColumns where (row, column) != place {
                    let block = layout.blockBounds(row: row, column: column)
                    #expect(try found.crop(block) == whole.crop(block), "\(damage) in \(place), block (\(row), \(column))")
                }
            }
            guard damage == .noise else { continue }
            // The way of those who write it elsewhere.
            let copy = try Dataset.encoded(as: .tiff) { try $0.add(image: image) }
            #expect(try Raster(bytes: copy, format: .tiff) == found)
        }
        #expect(
            refused > 0 || item.options.compression == .uncompressed || item.options.compression == .packBits, "no damage was seen")
    }

    /// JPEG 2000: SOT (T.800 A.4.2) says where the next tile-part begins. A wrong one hides its own tile at most.
    @Test(arguments: [Format.jpeg2000, .nitf]) func tilesBehindADamagedTilePartAreThere(format: Format) throws {
        let raster = try SampleFile.scene(bands: 3, rows: 45, columns: 60)
        let choices = JPEG2000Choices(levels: 2, listsLengths: false)
        let options = WriteOptions(
            compression: .jpeg2000(), jpeg2000: choices, blockWidth: 16, blockHeight: 16, date: 0)
        let bytes = try raster.encoded(as: format, options: options)
        let starts = tileParts(bytes)
        #expect(starts.count == 12)
        let layout = try Dataset(bytes: bytes, format: format).image().layout
        let changes: [(name: String, change: (inout [UInt8], Int) -> Void)] = [
            ("marker", { $0[$1] = 0 }), ("Lsot", { $0[$1 + 3] = 9 }), ("tile", { $0[$1 + 4] = 0xff }),
            ("long", { $0[$1 + 6] = 0x7f }), ("longer", { $0[$1 + 8] &+= 1 }), ("short", { ($0[$1 + 8], $0[$1 + 9]) = (0, 20) }),
            ("segment", { for place in $1..<$1 + 12 { $0[place] = 0xa5 } }),
        ]
        for (number, start) in starts.enumerated() where [0, 1, 6, 11].contains(number) {
            // The first one ends the main header: without it there is no codestream.
            for (name, change) in changes where number > 0 || !["marker", "Lsot", "segment"].contains(name) {
                var broken = bytes
                change(&broken, start)
                let image = try Dataset(bytes: broken, format: format, options: ReadOptions(salvage: true)).image()
                let found = try image.read()
                var lost = 0
                for row in 0..<layout.gridRows {
                    for column in 0..<layout.gridColumns {
                        let block = layout.blockBounds(row: row, column: column)
                        if try found.crop(block) != raster.crop(block) { lost += 1 }
                    }
                }
                #expect(lost <= 1, "\(name) of tile-part \(number)")
                #expect(lost == 0 || !found.diagnostics.isEmpty, "\(name) of tile-part \(number)")
            }
        }
    }
}
