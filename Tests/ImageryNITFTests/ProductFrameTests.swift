import ImageryBase
import TestSupport
import Testing

@testable import ImageryNITF

/// Frames of raster products (MIL-STD-2411), put together by hand: 2 x 2 subframes of 4 x 4 pixels, codes of 12 bits for 2 x 2 pixels.
@Suite("CADRG and CIB frames") struct ProductFrameTests {
    private func big(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - $0))) }
    }

    private func big(_ value: Double) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(56 - 8 * $0)) }
    }

    /// What a frame is made of, where it may lie about itself.
    private struct Frame {
        var compression = "C4"
        /// Offsets of subframes from the codes, nil for those that are not recorded; no table when empty.
        var subframes: [Int?] = []
        /// Added to the true IMDATOFF.
        var error = 0
        /// Added to the places of codes and tables in the location section.
        var shift = 0
        /// True when there are no fillers between the components, and no mask before them: the order of MIL-STD-188-199.
        var isPlain = false
        var name = "0000101A.ON1"
        var padCode: [UInt8] = []
    }

    /// Pixel (row y, column x) of the code c is 100 y + 10 c + x.
    private let lookup: [UInt8] = [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]

    /// The codes of subframe n are n in all four places, but the last is 2.
    private func codes(_ subframe: Int) -> [UInt8] {
        let code = UInt8(subframe % 3)
        return [0, code << 4, code, 0, code << 4, 2]
    }

    private func components(_ frame: Frame) -> (data: [UInt8], places: [Int: Int]) {
        var data: [UInt8] = []
        var places: [Int: Int] = [:]
        func filler(_ count: Int) { if !frame.isPlain { data += [UInt8](repeating: 0xee, count: count) } }
        let isMasked = frame.compression == "M4"
        if isMasked { data += big(0, 4) }
        if isMasked || !frame.isPlain {
            places[138] = data.count
            let length = frame.subframes.isEmpty ? 0 : 4
            data += big(length, 2) + big(0, 2) + big(8 * frame.padCode.count, 2) + frame.padCode
            for offset in frame.subframes { data += big(offset ?? 0xffff_ffff, 4) }
        }
        let head: [(Int, [UInt8])] = [(137, big(2, 4) + big(2, 4) + [12]), (131, big(1, 2) + big(2, 2) + big(0, 2))]
        for (id, bytes) in frame.isPlain || isMasked ? head : head.reversed() {
            filler(isMasked ? 0 : 3)
            places[id] = data.count
            data += bytes
        }
        places[132] = data.count
        data += big(6, 4) + big(14, 2)
        // The second table first: the number says which row it gives.
        for table in [2, 1] { data += big(table, 2) + big(3, 4) + big(2, 2) + big(8, 2) + big(34 + 6 * (table - 1), 4) }
        data += lookup
        filler(isMasked ? 0 : 5)
        places[140] = data.count
        if isMasked { data.replaceSubrange(0..<4, with: big(data.count + frame.error, 4)) }
        for subframe in 0..<4 where frame.subframes.isEmpty || frame.subframes[subframe] != nil { data += codes(subframe) }
        return (data, places)
    }

    private func file(_ frame: Frame, hasLocations: Bool = true) throws -> NITFFile {
        let (data, places) = components(frame)
        var builder = NITFBuilder.image(rows: 8, columns: 8, blockWidth: 4, blockHeight: 4, data: data)
        builder.version = .v20
        builder.image["IC"] = frame.compression
        builder.image["COMRAT"] = "0.75"
        let standard = "MIL-C-89038    19941006"
        let header = [0] + big(48, 2) + Array(frame.name.utf8) + [0] + Array(standard.utf8) + Array("U    ".utf8) + big(0, 4)
        builder.fileAreas["UDHD"] = NITFBuilder.tre("RPFHDR", header)
        // Coverage from 10 N 20 E to 9.2 N 21.6 E, then the place of the mask's table.
        let coverage = [10, 20, 9.2, 20, 10, 21.6, 9.2, 21.6, 100, 100, 0.1, 0.2].flatMap { big($0) }
        let description = big(1, 2) + big(4, 2) + big(1, 2) + big(1, 2) + big(2, 2) + big(2, 2) + big(4, 4) + big(4, 4)
        let table = frame.subframes.isEmpty ? 0xffff_ffff : 6 + frame.padCode.count
        let count = places.count + 2
        /// The extension, when its own data lie at `own` and those of the image at `image`.
        func located(own: Int, image: Int) -> [UInt8] {
            let body = 14 + 10 * count
            var records = places.map { ($0.key, image + $0.value + ([132, 140].contains($0.key) ? frame.shift : 0)) }
            records += [(130, own + body), (136, own + body + coverage.count)]
            var bytes = big(body, 2) + big(14, 4) + big(count, 2) + big(10, 2) + big(0, 4)
            for (id, place) in records.sorted(by: { $0.0 < $1.0 }) { bytes += big(id, 2) + big(0, 4) + big(place, 4) }
            return NITFBuilder.tre("RPFIMG", bytes + coverage + description + big(table, 4) + big(0xffff_ffff, 4))
        }
        if hasLocations {
            // The first time gives the places.
            builder.segments[0].areas["UDID"] = located(own: 0, image: 0)
            let whole = try builder.bytes
            let size = located(own: 0, image: 0).count
            let image = whole.count - data.count
            builder.segments[0].areas["UDID"] = located(own: image - size - 5 + 11, image: image)
        }
        return try NITFFile(builder.bytes)
    }

    /// The samples of the first rows of two subframes that stand side by side.
    private func pixels(_ image: NITFImage) throws -> [UInt8] { try image.read().samples(as: UInt8.self) }

    /// The pixels of all four subframes.
    private func expected(absent: Set<Int> = [], pad: UInt8 = 0) -> [UInt8] {
        (0..<64).map { index in
            let (y, x) = (index / 8, index % 8)
            let subframe = y / 4 * 2 + x / 4
            if absent.contains(subframe) { return pad }
            let code = y % 4 > 1 && x % 4 > 1 ? 2 : subframe % 3
            return UInt8(100 * (y % 2) + 10 * code + x % 2)
        }
    }

    @Test func componentsAreFoundWhereTheLocationSectionPutsThem() throws {
        let found = try file(Frame())
        #expect(try pixels(found.image()) == expected())
        #expect(found.diagnostics == [])
        // As soon as it is missing, nothing is where MIL-STD-188-199 has it.
        let image = try file(Frame(), hasLocations: false).image()
        #expect(throws: ImageryError.self) { try image.read() }
    }

    @Test func subframesThatAreNotRecordedAreTransparent() throws {
        let masked = Frame(compression: "M4", subframes: [0, nil, 12, 6], padCode: [0xd8])
        let image = try file(masked).image()
        #expect(!image.hasBlock(row: 0, column: 1) && image.hasBlock(row: 1, column: 0))
        var right = expected(absent: [1], pad: 216)
        // The last two stand in reversed order: their codes are those of the other.
        for y in 4..<8 {
            for x in 0..<8 where !(y > 5 && x % 4 > 1) { right[8 * y + x] = UInt8(100 * (y % 2) + 10 * (x < 4 ? 0 : 2) + x % 2) }
        }
        #expect(try pixels(image) == right)
        // A mask in C4, which NITF does not know of.
        let other = try file(Frame(subframes: [0, 6, nil, 12], padCode: [7])).image()
        #expect(try pixels(other) == expected(absent: [2], pad: 7))
    }

    @Test(arguments: [true, false]) func offsetThatDoesNotCountItself(hasLocations: Bool) throws {
        let short = try file(
            Frame(compression: "M4", subframes: [0, 6, 12, 18], error: -4, isPlain: true), hasLocations: hasLocations)
        #expect(try pixels(short.image()) == expected())
        #expect(short.diagnostics.contains { $0.message.contains("IMDATOFF") } == !hasLocations)
        let lost = try file(
            Frame(compression: "M4", subframes: [0, 6, 12, 18], error: -7, isPlain: true), hasLocations: hasLocations)
        if hasLocations {
            #expect(try pixels(lost.image()) == expected())
        } else {
            #expect(throws: ImageryError.self) { try lost.image().read() }
        }
    }

    @Test func locationsThatLeadNowhereLeaveTheUsualOrder() throws {
        let found = try file(Frame(shift: 1_000_000, isPlain: true))
        #expect(try pixels(found.image()) == expected())
        #expect(found.diagnostics.count == 1)
        // Without it, that is an error, not wrong pixels.
        #expect(throws: ImageryError.self) { try file(Frame(shift: 1_000_000)).image().read() }
    }

    @Test func coverageIsThePlace() throws {
        let place = try #require(try file(Frame()).asset("image:0").georeference)
        let affine = try #require(place.affine)
        #expect(place.crs == "EPSG:4326")
        #expect([affine.originX, affine.originY] == [20, 10])
        #expect(abs(affine.xPerColumn - 0.2) < 1e-12 && abs(affine.yPerRow + 0.1) < 1e-12)
        let frame = try file(Frame()).asset("image:0").makeMetadata()["RPF:frame"]
        #expect(frame?["DATA_SERIES"]?.text == "Operational Navigation Chart")
        #expect(frame?["COVERAGE"]?["NE_LON"]?.double == 21.6)
        #expect(frame?["ZONE"]?.text == "1")
    }

    /// Pixels of a scale as MIL-C-89038 lists them for 1:1,000,000 and 1:5,000,000.
    @Test func pixelsOfAScale() {
        let million = ArcGrid(scale: 1e6)
        #expect(million.northSouth == 66816 && million.polar == 267_264 && million.polarFrames == 11)
        #expect(million.eastWest == [246_528, 201_728, 163_840, 132_864, 108_800, 91_392, 73_472, 55_040])
        let small = ArcGrid(scale: 5e6)
        #expect(small.northSouth == 13312 && small.polar == 55_296 && small.polarFrames == 3)
        #expect(small.eastWest == [49_408, 40_704, 32_768, 26_624, 21_760, 18_432, 14_592, 11_264])
    }

    @Test func namesOfFrames() throws {
        let name = try #require(FrameName("0000M033.GN3"))
        #expect(name.number == 21 && name.version == 3 && name.producer == "3" && name.zone.index == 3 && name.zone.isNorth)
        // The coverage of a public frame of that name: 174.375 to 191.25 east.
        let coverage = try #require(name.coverage)
        #expect(abs(coverage.northWest.x - 174.375) < 1e-9 && abs(coverage.northEast.x - 191.25) < 1e-9)
        let south = try #require(FrameName("0000101A.ONJ"))
        #expect(south.zone.isPolar && !south.zone.isNorth && south.coverage == nil && south.polarCorners?.count == 4)
        #expect(FrameName("0000101A.I11")?.series.type == .controlledImageBase)
        for wrong in ["0000101A.QQ1", "0000101A.ON0", "000O101A.ON1", "SHORT.ON1", ""] { #expect(FrameName(wrong) == nil) }
    }
}
