import ImageryBase
import ImageryTags
import TestSupport
import Testing

@Suite struct TagFileTests {
    private func open(_ builder: TIFFBuilder) throws -> TagFile { try TagFile(MemorySource(builder.bytes)) }

    private func double(_ value: Double, _ builder: TIFFBuilder) -> [UInt8] {
        builder.number(Int(bitPattern: UInt(value.bitPattern)), 8)
    }

    @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
    func valuesOfEveryTypeInEveryEncoding(bigEndian: Bool, big: Bool) throws {
        var builder = TIFFBuilder(isBigEndian: bigEndian, isBig: big)
        builder.directories = [
            [
                builder.field(65_000, type: 1, count: 3, [1, 2, 255]),
                builder.field(65_001, type: 2, count: 6, Array("hello\0".utf8)),
                builder.short(65_002, 1, 0xFFFE, 3), builder.long(65_003, 0xFFFF_FFFE),
                builder.field(65_004, type: 5, count: 1, builder.number(3, 4) + builder.number(4, 4)),
                builder.field(65_005, type: 6, count: 1, [0xFF]), builder.field(65_006, type: 7, count: 5, [9, 8, 7, 6, 5]),
                builder.field(65_007, type: 8, count: 1, builder.number(-2, 2)),
                builder.field(65_008, type: 9, count: 1, builder.number(-3, 4)),
                builder.field(65_009, type: 10, count: 1, builder.number(-1, 4) + builder.number(8, 4)),
                builder.field(65_010, type: 11, count: 1, builder.number(Int(Float(1.5).bitPattern), 4)),
                builder.field(65_011, type: 12, count: 2, double(-0.25, builder) + double(1e300, builder)),
                builder.field(65_012, type: 16, count: 1, builder.number(1 << 40, 8)),
                builder.field(65_013, type: 17, count: 1, builder.number(-(1 << 40), 8)),
            ]
        ]
        let file = try open(builder)
        #expect(file.encoding == TagEncoding(isBigEndian: bigEndian, isBig: big))
        #expect(file.diagnostics.isEmpty)
        let metadata = file.metadata(of: 0)
        #expect(metadata["65000"]?.ints == [1, 2, 255])
        #expect(metadata["65001"]?.text == "hello")
        #expect(metadata["65002"]?.ints == [1, 0xFFFE, 3])
        #expect(metadata["65003"]?.int == 0xFFFF_FFFE)
        #expect(metadata["65004"]?.double == 0.75)
        #expect(metadata["65005"]?.int == -1)
        #expect(metadata["65006"]?.bytes == [9, 8, 7, 6, 5])
        #expect(metadata["65007"]?.int == -2)
        #expect(metadata["65008"]?.int == -3)
        #expect(metadata["65009"]?.double == -0.125)
        #expect(metadata["65010"]?.double == 1.5)
        #expect(metadata["65011"]?.doubles == [-0.25, 1e300])
        #expect(metadata["65012"]?.int == 1 << 40)
        #expect(metadata["65013"]?.int == -(1 << 40))
        #expect(metadata["65012"]?.type == .long8)
    }

    @Test func namesAndNumbersFindTheSameTag() throws {
        var builder = TIFFBuilder()
        builder.directories = [[builder.long(254, 1), builder.long(256, 7), builder.short(65_500, 3)]]
        let metadata = try open(builder).metadata(of: 0)
        #expect(metadata["254"] == metadata["SubfileType"])
        #expect(metadata["256"]?.int == 7)
        #expect(metadata["ImageWidth"]?.int == 7)
        #expect(metadata.entries.map(\.name) == ["SubfileType", "ImageWidth", "Tag65500"])
        #expect(metadata.schema == .tiff)
        #expect(TagNames.name(1) == nil)
        #expect(TagNames.name(1, in: .gps) == "GPSLatitudeRef")
        #expect(TagNames.name(36_867, in: .exif) == "DateTimeOriginal")
        #expect(TagNames.name(37_510, in: .exif) == "UserComment")
    }

    @Test func valuesThatLieHaveADiagnosticAndNoValue() throws {
        var builder = TIFFBuilder()
        builder.directories = [
            [
                builder.field(1_000, type: 4, count: 0xFFFF_FFF0, builder.number(64, 4)),
                builder.field(1_001, type: 4, count: 3, builder.number(90_000, 4)),
                builder.field(1_002, type: 99, count: 1, [1, 2, 3, 4]),
                builder.field(1_003, type: 0, count: 1, [1, 2, 3, 4]), builder.long(256, 7),
            ]
        ]
        let file = try open(builder)
        #expect(file.diagnostics.count == 4)
        #expect(file.diagnostics.map(\.offset) == [10, 22, 34, 46])
        #expect(file.int(256, in: file.directories[0]) == 7)
        #expect(file.metadata(of: 0)["1000"]?.bytes == [])
        #expect(file.directories[0].entry(1_000) == nil)

        var big = TIFFBuilder(isBig: true)
        big.directories = [
            [
                big.field(1_000, type: 16, count: -1, big.number(64, 8)),
                big.field(1_001, type: 16, count: 1 << 61, big.number(64, 8)),
                big.field(1_002, type: 16, count: 3, big.number(-8, 8)), big.long(256, 7),
            ]
        ]
        let second = try open(big)
        #expect(second.diagnostics.count == 3)
        #expect(second.int(256, in: second.directories[0]) == 7)
    }

    /// C1: links that form a loop are followed once.
    @Test func loops() throws {
        var builder = TIFFBuilder()
        builder.directories = [[builder.long(256, 1)], [builder.long(256, 2)]]
        builder.lastLink = 8
        let chain = try open(builder)
        #expect(chain.directories.count == 2)
        #expect(chain.diagnostics.count == 1)
        builder.directories = [[builder.long(330, 8, 8, 0, 90_000), builder.long(256, 1)]]
        builder.lastLink = 0
        // The values lie before the directory: it begins behind them.
        builder.directories[0][0].value = [24, 24, 0, 90_000].flatMap { builder.number($0, 4) }
        let sub = try open(builder)
        #expect(sub.directories.count == 1)
        #expect(sub.diagnostics.count == 3)
    }

    /// A chain of many directories costs time and reads in proportion to its bytes.
    @Test func longChainsAreLinear() throws {
        var builder = TIFFBuilder()
        let fields = [builder.long(256, 1), builder.long(257, 1)]
        builder.directories = Array(repeating: fields, count: 5_000)
        let source = CountingSource(builder.bytes)
        let file = try TagFile(source)
        #expect(file.directories.count == 5_000)
        #expect(source.lentByteCount <= source.byteCount + 16)
        #expect(source.readCount <= 2 * 5_000 + 1)
        var limits = Limits()
        limits.maxAssets = 100
        let limited = try TagFile(source, limits: limits)
        #expect(limited.directories.count == 100)
        #expect(limited.diagnostics.count == 1)
    }

    /// S91: thousands of fields that share one large value, or directories that overlap, cost no more than the file is long.
    @Test func sharedBytesAreNotMultiplied() throws {
        var builder = TIFFBuilder(data: [UInt8](repeating: 7, count: 4_000))
        builder.directories = [
            (0..<200).map { builder.field(1_000 + $0, type: 7, count: 3_000, builder.number(8, 4)) }
        ]
        let file = try open(builder)
        let bytes = file.directories[0].entries.reduce(0) { $0 + $1.byteCount }
        #expect(bytes <= builder.bytes.count)
        #expect(bytes >= 3_000)
        #expect(!file.diagnostics.isEmpty)

        // Directories of 600 entries of zeros, each two bytes after the one before: link fields are read out of their middle.
        var data: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0]
        for _ in 0..<4_000 { data += [100, 0, 0, 0] }
        let overlapping = try? TagFile(MemorySource(data))
        #expect(overlapping?.directories.reduce(0) { $0 + $1.byteCount } ?? 0 <= data.count)
    }

    @Test func directoriesAtOddPlaces() throws {
        var builder = TIFFBuilder()
        builder.directories = [[builder.long(256, 5)]]
        let bytes = builder.bytes
        // At an odd offset.
        let odd = [0x49, 0x49, 42, 0, 9, 0, 0, 0, 0] + bytes[8...]
        #expect(try TagFile(MemorySource(Array(odd))).directories.count == 1)
        // Of more entries than the file has room for: those that are there are read.
        var long = bytes
        long[8] = 0xFF
        long[9] = 0xFF
        let cut = try TagFile(MemorySource(long))
        #expect(cut.directories[0].entries.count == 1)
        #expect(cut.diagnostics.count == 1)
        // At the end of the file, and behind it.
        for offset in [UInt8(bytes.count), 200] {
            var behind = bytes
            behind[4] = offset
            #expect(throws: ImageryError.self) { try TagFile(MemorySource(behind)) }
        }
    }

    @Test func nestedDirectoriesEndAtADepth() throws {
        // Directory k is a SubIFD of directory k - 1.
        let size = 2 + 12 + 4
        var bytes: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0]
        let builder = TIFFBuilder()
        for index in 0..<40 {
            bytes += builder.number(1, 2) + builder.number(330, 2) + builder.number(13, 2) + builder.number(1, 4)
            bytes += builder.number(8 + size * (index + 1), 4) + builder.number(0, 4)
        }
        let file = try TagFile(MemorySource(bytes))
        #expect(file.directories.count == 9)
        #expect(file.directories.map(\.depth) == Array(0...8))
        #expect(file.diagnostics.count == 1)
        #expect(file.children(of: 0, tag: 330) == [1])
        #expect(file.children(of: 8, tag: 330) == [])
    }

    @Test func arraysAreReadElementByElement() throws {
        for isBigEndian in [false, true] {
            var builder = TIFFBuilder(isBigEndian: isBigEndian)
            builder.directories = [
                [
                    builder.short(1_000, 1, 65_535), builder.longs(1_001, [1, 2, 0xFFFF_FFFF]),
                    builder.field(1_002, type: 17, count: 2, builder.number(-1, 8) + builder.number(5, 8)),
                    builder.field(1_003, type: 16, count: 1, [UInt8](repeating: 0xFF, count: 8)),
                    builder.field(1_004, type: 2, count: 1, [65]),
                ]
            ]
            let file = try open(builder)
            func array(_ tag: UInt16) throws -> [Int?] {
                let array = try TagArray(#require(file.directories[0].entry(tag)), in: file)
                return (0..<array.count).map { array[$0] }
            }
            #expect(try array(1_000) == [1, 65_535])
            #expect(try array(1_001) == [1, 2, 0xFFFF_FFFF])
            #expect(try array(1_002) == [nil, 5])
            #expect(try array(1_003) == [nil])
            #expect(try array(1_004) == [])
        }
    }

    @Test func exifAndGPSAreGroups() throws {
        // EXIF at 8 + 2 + 24 + 4 = 38, GPS behind it.
        let builder = TIFFBuilder()
        var bytes: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0]
        func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: [UInt8]) -> [UInt8] {
            builder.number(tag, 2) + builder.number(type, 2) + builder.number(count, 4) + value
        }
        bytes += builder.number(2, 2) + entry(34_665, 4, 1, builder.number(38, 4)) + entry(34_853, 13, 1, builder.number(56, 4))
        bytes += builder.number(0, 4)
        bytes += builder.number(1, 2) + entry(36_864, 7, 4, Array("0232".utf8)) + builder.number(0, 4)
        bytes += builder.number(1, 2) + entry(1, 2, 2, Array("N\0\0\0".utf8)) + builder.number(0, 4)
        let file = try TagFile(MemorySource(bytes))
        let metadata = file.metadata(of: 0)
        #expect(metadata["ExifIFD"]?["ExifVersion"]?.text == "0232")
        #expect(metadata["GPSIFD"]?["GPSLatitudeRef"]?.text == "N")
        let dump = file.dump()
        #expect(
            dump.map(\.name) == [
                "Header", "IFD 0", "EXIFIFDOffset", "GPSIFDOffset", "EXIFIFDOffset 0", "ExifVersion", "GPSIFDOffset 0",
                "GPSLatitudeRef",
            ])
        #expect(dump[5].offset == 40)
        #expect(dump[7].value == "N")
    }
}
