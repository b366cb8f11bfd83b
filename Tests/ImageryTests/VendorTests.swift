import Imagery
import TestSupport
import Testing

/// Files as vendors have written them: what is certain is read, and a finding says what is not.
@Suite("As vendors write") struct VendorTests {
    // MARK: JPEG 2000

    private func codestream(_ raster: Raster) throws -> [UInt8] {
        var options = WriteOptions()
        (options.blockWidth, options.blockHeight) = (24, 24)
        options.jpeg2000 = JPEG2000Choices()
        options.jpeg2000?.wrapping = .bare
        return try raster.encoded(as: .jpeg2000, options: options)
    }

    /// Offsets of the SOT markers, found by walking from one to the next.
    private func tileParts(_ bytes: [UInt8]) throws -> [Int] {
        var places: [Int] = []
        var place = try #require(
            bytes.indices.dropLast(12).first { bytes[$0] == 0xff && bytes[$0 + 1] == 0x90 && bytes[$0 + 3] == 10 })
        while place + 12 <= bytes.count, bytes[place + 1] == 0x90 {
            places.append(place)
            place += bytes[place + 6..<place + 10].reduce(0) { $0 << 8 | Int($1) }
        }
        return places
    }

    /// Psot of empty tile-parts is 12 in products of Pleiades: the two bytes of SOD are not counted.
    @Test func emptyTilePartsThatDoNotCountSOD() throws {
        let raster = try SampleFile.scene(bands: 1, rows: 45, columns: 52)
        var bytes = try codestream(raster)
        let first = try tileParts(bytes)[0]
        // TNsot 0: how many parts the tile has is not told.
        bytes[first + 11] = 0
        let empty: [UInt8] = [0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 12, 1, 0, 0xff, 0x93]
        let end = bytes.count - 2
        let found = try Raster(bytes: bytes[..<end] + empty + [0xff, 0xd9], format: .jpeg2000)
        #expect(found == raster)
        #expect(found.diagnostics.contains { $0.message.contains("SOD") })
        // Without SOD there is nothing that could be meant, and what follows cannot be found.
        let second = try tileParts(bytes)[1]
        let broken = Array(bytes[..<second]) + Array(empty.dropLast(2)) + Array(bytes[second...])
        #expect(throws: ImageryError.self) { try Raster(bytes: broken, format: .jpeg2000) }
    }

    @Test func tilePartsOfWhichNoneCountsSOD() throws {
        let raster = try SampleFile.scene(bands: 1, rows: 45, columns: 52)
        var bytes = try codestream(raster)
        let places = try tileParts(bytes)
        #expect(places.count == 6)
        for place in places {
            let length = bytes[place + 6..<place + 10].reduce(0) { $0 << 8 | Int($1) } - 2
            for index in 0..<4 { bytes[place + 6 + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index)) }
        }
        let found = try Raster(bytes: bytes, format: .jpeg2000)
        #expect(found == raster)
        #expect(found.diagnostics.contains { $0.message.contains("SOD") })
    }

    // MARK: TIFF

    private static let rows = 12
    private let samples = (0..<20 * VendorTests.rows).map { UInt8(truncatingIfNeeded: 5 * $0 + $0 / 20) }

    /// A gray image in strips of four rows, with the byte counts that are given.
    private func strips(_ counts: [Int], bits: [Int] = [8], samplesPerPixel: Int? = 1) -> [UInt8] {
        var builder = TIFFBuilder(data: samples)
        let (width, bands) = (20 / bits.count, bits.count)
        var fields = [builder.long(256, width), builder.long(257, Self.rows)]
        fields.append(builder.field(258, type: 3, count: bands, bits.flatMap { builder.number($0, 2) }))
        fields += [builder.short(259, 1), builder.short(262, bands == 1 ? 1 : 2)]
        fields.append(builder.longs(273, [0, 80, 160].map { builder.dataOffset + $0 }))
        if let samplesPerPixel { fields.append(builder.short(277, samplesPerPixel)) }
        fields += [builder.long(278, 4), builder.longs(279, counts)]
        builder.directories = [fields]
        return builder.bytes
    }

    @Test(arguments: [[0, 0, 0], [80], [80, 80, 0], [10, 10, 10], [79, 80, 1], [240], [0, 80, 80], [0]])
    func byteCountsThatCannotBe(counts: [Int]) throws {
        let found = try Raster(bytes: strips(counts), format: .tiff)
        #expect(try found.samples(as: UInt8.self) == samples)
        #expect(found.diagnostics.contains { $0.message.contains("byte counts") })
    }

    @Test func byteCountsThatAreRightAreNoFinding() throws {
        #expect(try Raster(bytes: strips([80, 80, 80]), format: .tiff).diagnostics == [])
        #expect(try Raster(bytes: strips([80, 80, 500]), format: .tiff).samples(as: UInt8.self) == samples)
    }

    @Test func bitsOfSeveralSamplesStandForTheirNumber() throws {
        let dataset = try Dataset(bytes: strips([80, 80, 80], bits: [8, 8, 8, 8], samplesPerPixel: nil), format: .tiff)
        let raster = try dataset.image().read()
        #expect(raster.shape == Shape(bands: 4, rows: Self.rows, columns: 5))
        let expected = (0..<4).flatMap { band in (0..<60).map { samples[4 * $0 + band] } }
        #expect(try raster.samples(as: UInt8.self) == expected)
        #expect(dataset.diagnostics.contains { $0.message.contains("SamplesPerPixel") })
    }

    // MARK: NITF

    /// Streams of blocks tell their colours themselves (Adobe, JFIF, APP6); IREP is asked only where they do not.
    @Test func theWordOfTheStreamDecidesItsColours() throws {
        let scene = try SampleFile.scene(bands: 3, rows: 32, columns: 32)
        var options = WriteOptions()
        options.compression = .jpeg(quality: 90)
        let bytes = try scene.encoded(as: .nitf, options: options)
        let right = try Raster(bytes: bytes, format: .nitf)
        let word = try #require(bytes.firstRange(of: Array("YCbCr601".utf8)))
        let application = try #require(bytes.firstRange(of: [0xff, 0xe6]))
        var other = bytes
        other.replaceSubrange(word, with: Array("RGB     ".utf8))
        #expect(try Raster(bytes: other, format: .nitf) == right)
        // A stream that says nothing: APP6 becomes an APP7 that nobody knows.
        var silent = other
        silent[application.lowerBound + 1] = 0xe7
        let stored = try Raster(bytes: silent, format: .nitf)
        #expect(stored != right)
        silent.replaceSubrange(word, with: Array("YCbCr601".utf8))
        #expect(try Raster(bytes: silent, format: .nitf) == right)
    }

    /// A stream whose beginning is lost: its own block is missing, all others show their own pixels.
    @Test(arguments: [1, 4, 5, 7]) func aDamagedStreamMovesNoOther(damaged: Int) throws {
        let scene = try SampleFile.scene(bands: 1, rows: 48, columns: 48)
        var options = WriteOptions()
        options.compression = .jpeg(quality: 90)
        (options.blockWidth, options.blockHeight) = (16, 16)
        let bytes = try scene.encoded(as: .nitf, options: options)
        let image = try Dataset(bytes: bytes, format: .nitf).image()
        let place = Window(x: damaged % 3 * 16, y: damaged / 3 * 16, width: 16, height: 16)
        let range = try #require(try image.byteRanges(window: place).first)
        var broken = bytes
        broken.replaceSubrange(range.lowerBound..<range.lowerBound + 4, with: [0, 0, 0, 0])
        let whole = try image.read()
        let part = try Dataset(bytes: broken, format: .nitf).image()
        #expect(throws: ImageryError.self) { try part.read(window: place) }
        var salvage = ReadOptions()
        salvage.salvage = true
        let salvaged = try Dataset(bytes: broken, format: .nitf, options: salvage).image().read()
        #expect(!salvaged.diagnostics.isEmpty)
        for block in 0..<9 where block != damaged {
            let window = Window(x: block % 3 * 16, y: block / 3 * 16, width: 16, height: 16)
            #expect(try part.read(window: window) == whole.crop(window), "block \(block)")
            #expect(try salvaged.crop(window) == whole.crop(window), "block \(block)")
        }
    }

    // MARK: Components

    /// S55: a component at its own size, wherever the codestream stands. 4:2:0 JPEG stands for all that have smaller components.
    @Test func componentsInContainersHaveTheirOwnSize() throws {
        let scene = try SampleFile.scene(bands: 3, rows: 48, columns: 48)
        var options = WriteOptions()
        options.compression = .jpeg(quality: 90)
        (options.blockWidth, options.blockHeight) = (16, 16)
        let image = try Dataset(bytes: scene.encoded(as: .tiff, options: options), format: .tiff).image()
        #expect(try image.component(0).layout.shape == Shape(bands: 1, rows: 48, columns: 48))
        let blue = try image.component(1)
        #expect(blue.layout.shape == Shape(bands: 1, rows: 24, columns: 24))
        let whole = try blue.read()
        for window in [Window(x: 3, y: 5, width: 13, height: 9), Window(x: 23, y: 23, width: 1, height: 1)] {
            #expect(try blue.read(window: window) == whole.crop(window))
        }
    }
}
