import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

@testable import ImageryNITF

/// Files that are written. What other software makes of them is the business of Conformance/interop; here foreign files are the
/// measure.
@Suite struct EncoderTests {
    private func encoded(_ entries: [WriteEntry], format: Format = .nitf, _ change: (inout WriteOptions) -> Void = { _ in }) throws
        -> [UInt8]
    {
        var options = WriteOptions()
        options.date = 951_827_696
        change(&options)
        let sink = MemorySink()
        try NITFEncoder.write(entries, format: format, options: options, into: sink)
        return sink.bytes
    }

    private func entry(_ image: NITFImage, _ metadata: Metadata?, _ change: (inout WriteOptions) -> Void = { _ in }) -> WriteEntry {
        var options = WriteOptions()
        options.metadata = metadata
        if metadata == nil { options.compression = ImageryBase.Compression.uncompressed }
        change(&options)
        let source = PixelSource(layout: image.layout, hasBlock: { image.hasBlock(row: $0, column: $1) }) {
            image.makeReader(ReadContext(ReadOptions(), isSession: true))
        }
        return WriteEntry(key: "image:0", content: .image(source), roles: [.data], options: options)
    }

    /// A foreign image, written again with its metadata, has the same data: the order of samples, packing, masks.
    @Test(arguments: vectors)
    func dataOfForeignImages(vector: Vector) throws {
        let file = try NITFFile(vector.bytes)
        let image = try file.image()
        let again = try NITFFile(try encoded([entry(image, try file.asset("image:0").makeMetadata())]))
        #expect(again.diagnostics == [])
        let copy = try again.image()
        #expect(try copy.read() == image.read())
        // Blocks are no larger than the image (S64).
        var wanted = image.layout
        wanted.blockWidth = min(wanted.blockWidth, wanted.shape.columns)
        wanted.blockHeight = min(wanted.blockHeight, wanted.shape.rows)
        #expect(copy.layout == wanted)
        #expect(copy.header.interleave == image.header.interleave || vector.bands == 1)
        let (stored, written) = (
            try #require(file.assets.first?.byteRanges.first), try #require(again.assets.first?.byteRanges.first)
        )
        let isWhole = vector.columns % image.layout.blockWidth == 0 && vector.rows % image.layout.blockHeight == 0
        if vector.masked.isEmpty, isWhole {
            #expect(
                try encodedBytes(again, written, entry(image, file.asset("image:0").makeMetadata())) == Array(vector.bytes[stored]))
        }
    }

    private func encodedBytes(_ file: NITFFile, _ range: Range<Int>, _ entry: WriteEntry) throws -> [UInt8] {
        Array(try encoded([entry])[range])
    }

    /// Every mode and block size, through every way of reading the source, holds the same pixels, which other readers than the
    /// first confirm.
    @Test(arguments: vectors, [.pixel, .row, .block, .band] as [Interleave])
    func modesAndBlocks(vector: Vector, mode: Interleave) throws {
        let image = try NITFFile(vector.bytes).image()
        let whole = try image.read()
        for size in [nil, 3, 8, 64] as [Int?] {
            let made = try encoded([
                entry(image, nil) {
                    $0.interleave = mode
                    $0.blockWidth = size
                    $0.bitsPerSample = image.header.bits
                    // Masks are written when they are asked for (S71).
                    $0.padValue = image.layout.padValue
                }
            ])
            let copy = try NITFFile(made).image()
            #expect(try copy.read() == whole, "blocks of \(size ?? 0)")
            #expect(copy.layout.padValue == image.layout.padValue)
        }
    }

    private func gradient(_ bands: Int, rows: Int, columns: Int) throws -> Raster {
        let samples = (0..<bands * rows * columns).map { UInt16(truncatingIfNeeded: $0 &* 40_503 >> 3) & 0x1fff }
        return try Raster(samples, shape: Shape(bands: bands, rows: rows, columns: columns))
    }

    private func raster(_ raster: Raster, _ change: (inout WriteOptions) -> Void = { _ in }) -> WriteEntry {
        var options = WriteOptions()
        options.compression = ImageryBase.Compression.uncompressed
        change(&options)
        return WriteEntry(key: "image:0", content: .image(PixelSource(raster)), options: options)
    }

    @Test func defaults() throws {
        var picture = try gradient(3, rows: 5, columns: 7)
        picture.colorModel = .rgb
        let file = try NITFFile(try encoded([raster(picture)]))
        let metadata = try file.asset("image:0").makeMetadata()
        for (name, value) in [
            ("IREP", "RGB"), ("ICAT", "VIS"), ("PVTYPE", "INT"), ("NBPP", "16"), ("IC", "NC"), ("IMODE", "B"), ("NPPBH", "0007"),
            ("NPPBV", "0005"),
            ("IDLVL", "001"), ("IALVL", "000"), ("ILOC", "0000000000"), ("ISCLAS", "U"), ("PJUST", "R"),
            ("IDATIM", "--------------"),
        ] { #expect(metadata[name]?.trimmed == value, "\(name)") }
        #expect(metadata["BAND_INFO"]?.list?.map { $0["IREPBAND"]?.trimmed } == ["R", "G", "B"])
        #expect(file.metadata["FDT"]?.text == "20000229123456")
        #expect(file.metadata["CLEVEL"]?.text == "06")
        #expect(file.metadata["OSTAID"]?.trimmed == "Imagery")
        let nsif = try encoded([raster(try gradient(1, rows: 5, columns: 7))], format: .nsif)
        #expect(nsif.starts(with: "NSIF01.00".utf8))
        #expect(throws: ImageryError.self) { try encoded([raster(try gradient(1, rows: 5, columns: 7))], format: .nitf20) }
    }

    /// Blocks that the source lacks, or that are padding, are not recorded; the others are marked when they have pad pixels
    /// (Table A-3(A)).
    @Test(arguments: [.block, .band, .pixel] as [Interleave])
    func masks(mode: Interleave) throws {
        var samples = [UInt8](repeating: 9, count: 2 * 16 * 16)
        for row in 0..<8 { for column in 0..<8 { samples[row * 16 + column] = 1 } }
        samples[256 + 8 * 16 + 8] = 2
        let raster = try Raster(samples, shape: Shape(bands: 2, rows: 16, columns: 16))
        let bytes = try encoded([
            self.raster(raster) {
                $0.padValue = .integer(9)
                $0.blockWidth = 8
                $0.interleave = mode
            }
        ])
        let file = try NITFFile(bytes)
        #expect(file.diagnostics == [])
        let image = try file.image()
        #expect(image.header.compression == "NM")
        #expect(image.layout.padValue == .integer(9))
        #expect(try image.read() == raster)
        #expect((0..<4).map { image.hasBlock(row: $0 / 2, column: $0 % 2) } == [true, false, false, true])
        let start = try #require(file.assets.first?.byteRanges.first?.lowerBound)
        // IMDATOFF, BMRLNTH, TMRLNTH, TPXCDLNTH, TPXCD, then the two tables.
        let none: [UInt8] = [255, 255, 255, 255]
        let (zero, second, both) = ([0, 0, 0, 0] as [UInt8], [0, 0, 0, 64] as [UInt8], [0, 0, 0, 128] as [UInt8])
        if mode == .band {
            let offsets = zero + none + none + none + none + none + none + second
            let padded = none + none + none + none + none + none + none + second
            #expect(Array(bytes[start..<start + 75]) == [0, 0, 0, 75, 0, 4, 0, 4, 0, 8, 9] + offsets + padded)
        } else {
            let offsets = zero + none + none + both
            #expect(Array(bytes[start..<start + 43]) == [0, 0, 0, 43, 0, 4, 0, 4, 0, 8, 9] + offsets + offsets)
        }
        #expect(bytes.count == start + (mode == .band ? 75 + 128 : 43 + 256))
    }

    @Test func absentBlocksWithoutPadValue() throws {
        let raster = try gradient(1, rows: 16, columns: 16)
        var layout = ImageLayout(shape: raster.shape, pixelType: .uint16, blockWidth: 8, blockHeight: 8)
        layout.padValue = nil
        let source = PixelSource(layout: layout, hasBlock: { row, column in row == column }) { RasterReader(raster) }
        let file = try NITFFile(
            try encoded([
                WriteEntry(
                    key: "image:0", content: .image(source),
                    options: {
                        var o = WriteOptions()
                        o.compression = ImageryBase.Compression.uncompressed
                        o.blockWidth = 8
                        // Masks are written when they are asked for (S71).
                        o.metadata = Metadata(schema: .nitf, entries: [.init("IC", Value(text: "NM"))])
                        return o
                    }())
            ]))
        let image = try file.image()
        #expect((0..<4).map { image.hasBlock(row: $0 / 2, column: $0 % 2) } == [true, false, false, true])
        let block = Window(x: 8, y: 8, width: 8, height: 8)
        #expect(try image.read(block) == raster.crop(block))
    }

    /// However little memory there is, and whatever the blocks of the source: the same bytes.
    @Test(arguments: [.pixel, .row, .block, .band] as [Interleave], [1, 3])
    func everyWayOfReading(mode: Interleave, bands: Int) throws {
        let pixels = try gradient(bands, rows: 53, columns: 61)
        for (width, height) in [(nil, nil), (16, 24), (64, 64), (nil, 16)] as [(Int?, Int?)] {
            for (bits, pad) in [(16, nil), (16, SampleValue.integer(9)), (13, nil)] as [(Int, SampleValue?)] {
                var made: [[UInt8]] = []
                for (strip, blockRow) in [(1 << 20, 8 << 20), (1, 1), (5_000, 1), (5_000, 3_000)] {
                    for sourceWidth in [61, 10] {
                        let layout = ImageLayout(shape: pixels.shape, pixelType: .uint16, blockWidth: sourceWidth, blockHeight: 7)
                        var options = WriteOptions()
                        options.compression = ImageryBase.Compression.uncompressed
                        (options.interleave, options.blockWidth, options.blockHeight) = (mode, width, height)
                        (options.bitsPerSample, options.padValue) = (bits, pad)
                        options.date = 0
                        let entry = WriteEntry(
                            key: "image:0", content: .image(PixelSource(layout: layout) { RasterReader(pixels) }), options: options)
                        let sink = MemorySink()
                        try NITFEncoder.write(
                            [entry], format: .nitf, options: options, memory: .init(strip: strip, blockRow: blockRow),
                            limits: .init(),
                            into: sink)
                        made.append(sink.bytes)
                    }
                }
                #expect(made.allSatisfy { $0 == made[0] }, "\(width ?? 0) \(height ?? 0) \(bits)")
                #expect(try NITFFile(made[0]).image().read() == pixels)
            }
        }
    }

    /// An image beyond the limits of a segment becomes several, one below the other, each attached to the one above.
    @Test(arguments: [.block, .band] as [Interleave])
    func largeImagesAreDivided(mode: Interleave) throws {
        let pixels = try gradient(2, rows: 50, columns: 20)
        var options = WriteOptions()
        options.compression = ImageryBase.Compression.uncompressed
        (options.interleave, options.blockWidth, options.blockHeight, options.date) = (mode, 16, 8, 0)
        options.georeference = Georeference(
            affine: .init(originX: 399_995, originY: 5_000_005, xPerColumn: 10, xPerRow: 0, yPerColumn: 0, yPerRow: -10),
            crs: "EPSG:32633")
        options.metadata = Metadata(schema: .nitf, entries: [.init("IDLVL", Value(5)), .init("AAA", Value(bytes: [1]))])
        var layout = ImageLayout(shape: pixels.shape, pixelType: .uint16, blockWidth: 20, blockHeight: 5)
        layout.blockOffsetY = 0
        let source = PixelSource(layout: layout, hasBlock: { row, _ in row != 4 }) { RasterReader(pixels) }
        let entry = WriteEntry(key: "image:0", content: .image(source), options: options)
        var second = raster(try gradient(1, rows: 2, columns: 2))
        second.key = "image:1"
        let sink = MemorySink()
        var limits = SegmentPlan.Limits()
        limits.bytes = 3_500
        try NITFEncoder.write([entry, second], format: .nitf, options: WriteOptions(), memory: .init(), limits: limits, into: sink)
        let file = try NITFFile(sink.bytes)
        #expect(file.diagnostics == [])
        // Three rows of blocks of 1,060 bytes each fit. The three segments are one image again.
        let list = try SegmentList(FileHeader(MemorySource(sink.bytes)) { _ in }, in: MemorySource(sink.bytes), limits: Limits()) {
            _ in
        }
        let fields = list.segments.map(\.header.metadata)
        #expect(fields.map { $0["IDLVL"]?.int } == [5, 6, 7, 1])
        #expect(fields.map { $0["IALVL"]?.int } == [0, 5, 6, 0])
        #expect(fields.map { $0["ILOC"]?.text } == ["0000000000", "0002400000", "0002400000", "0000000000"])
        #expect(fields.map { $0["AAA"] != nil } == [true, false, false, false])
        #expect(file.assets.map(\.key) == ["image:0", "image:1"])
        #expect(file.assets[0].byteRanges == list.segments.prefix(3).map(\.data))
        let place = try #require(file.assets[0].georeference?.corners)
        #expect(
            place.map(\.x) == [400_000, 400_190, 400_190, 400_000]
                && place.map(\.y) == [5_000_000, 5_000_000, 4_999_510, 4_999_510])
        let image = try #require(file.assets[0].imageSource)
        #expect(image.layout.shape == pixels.shape && image.layout.blockHeight == 8 && image.layout.gridRows == 7)
        #expect(try image.read() == pixels)
        #expect(try windowsThatDiffer(image, seed: 3) == [])
        #expect((0..<7).allSatisfy { image.hasBlock(row: $0, column: 0) })
    }

    /// Segments of radar products are one block of as many rows as fit, with names that count (NGA.STND.0024-2, NGA.STND.0025-2).
    @Test(arguments: [
        ("SICD000", ["SICD001", "SICD002"]), ("SIDD002001", ["SIDD002001", "SIDD002002"]), ("SIDD", ["SIDD", "SIDD"]),
    ])
    func radarProductsAreDivided(name: String, parts: [String]) throws {
        let pixels = try gradient(2, rows: 50, columns: 20)
        var options = WriteOptions()
        options.compression = ImageryBase.Compression.uncompressed
        (options.interleave, options.blockWidth, options.blockHeight, options.date) = (.pixel, 20, 50, 0)
        options.metadata = Metadata(schema: .nitf, entries: [.init("IID1", Value(text: name))])
        func segments(_ bytes: Int) throws -> [Metadata] {
            let source = PixelSource(layout: ImageLayout(shape: pixels.shape, pixelType: .uint16, blockWidth: 20, blockHeight: 5)) {
                RasterReader(pixels)
            }
            let sink = MemorySink()
            var limits = SegmentPlan.Limits()
            limits.bytes = bytes
            let entry = WriteEntry(key: "image:0", content: .image(source), options: options)
            try NITFEncoder.write([entry], format: .nitf, options: WriteOptions(), memory: .init(), limits: limits, into: sink)
            #expect(try NITFFile(sink.bytes).assets[0].imageSource?.read() == pixels)
            let list = try SegmentList(FileHeader(MemorySource(sink.bytes)) { _ in }, in: MemorySource(sink.bytes), limits: .init())
            { _ in }
            return list.segments.map(\.header.metadata)
        }
        #expect(try segments(10_000).map { $0["IID1"]?.trimmed } == [name])
        guard parts[0] != parts[1] else {
            // One block of a name that is no product's cannot be divided.
            #expect(throws: ImageryError.self) { try segments(3_500) }
            return
        }
        // A row has 80 bytes, and may have 18 of a mask.
        let divided = try segments(3_500)
        #expect(divided.map { $0["IID1"]?.trimmed } == parts)
        #expect(divided.map { $0["NROWS"]?.int } == [35, 15] && divided.map { $0["NPPBV"]?.int } == [35, 15])
        #expect(divided.map { $0["ILOC"]?.text } == ["0000000000", "0003500000"])
    }

    /// The segments of SICD and SIDD: names that count, one block each.
    @Test func segmentsOfOtherSoftware() throws {
        func file(_ names: [String], rows: [Int], change: (inout NITFBuilder) -> Void = { _ in }) throws -> NITFFile {
            var builder = NITFBuilder(segments: [])
            for (index, (name, count)) in zip(names, rows).enumerated() {
                var part = NITFBuilder.image(rows: count, columns: 5).segments[0]
                part.data = (0..<5 * count).map { UInt8($0 + 50 * index) }
                part.fields["IID1"] = name
                part.fields["IDLVL"] = "\(index + 1)"
                part.fields["IALVL"] = "\(index)"
                part.fields["ILOC"] = index == 0 ? "0000000000" : "0000\(rows[index - 1])00000"
                builder.segments.append(part)
            }
            change(&builder)
            return try NITFFile(builder.bytes)
        }
        let all = (0..<20).map { UInt8($0) } + (50..<70).map { UInt8($0) } + (100..<105).map { UInt8($0) }
        for names in [["SICD001", "SICD002", "SICD003"], ["SIDD001001", "SIDD001002", "SIDD001003"], ["A", "A", "A"]] {
            let whole = try file(names, rows: [4, 4, 1])
            #expect(whole.assets.map(\.key) == ["image:0"] && whole.diagnostics == [])
            let image = try #require(whole.assets[0].imageSource)
            #expect(image.layout.gridRows == 3 && image.layout.blockHeight == 4)
            #expect(try image.read().samples(as: UInt8.self) == all)
            #expect(try windowsThatDiffer(image, seed: 1) == [])
        }
        // Blocks of no common size: one block.
        let odd = try file(["A", "A", "A"], rows: [4, 3, 2])
        let image = try #require(odd.assets[0].imageSource)
        #expect(image.layout.gridRows == 1 && image.layout.shape.rows == 9)
        #expect(try windowsThatDiffer(image, seed: 2) == [])
        // Not the same image: another name, another place, another size, not attached.
        #expect(try file(["SICD001", "SIDD002", "SIDD003"], rows: [4, 4, 1]).assets.map(\.key) == ["image:0", "image:1"])
        for change in [["ILOC": "0000300000"], ["ILOC": "0000400001"], ["IALVL": "0"], ["PVTYPE": "SI"]] {
            let apart = try file(["A", "A"], rows: [4, 4]) { $0.segments[1].fields.merge(change) { $1 } }
            #expect(apart.assets.map(\.key) == ["image:0", "image:1"], "\(change)")
        }
    }

    @Test func everyKindOfSegment() throws {
        func bytes(_ text: String) -> MemorySource { MemorySource(Array(text.utf8)) }
        var data = WriteOptions()
        data.metadata = Metadata(schema: .nitf, entries: [.init("DESSHF", Value(text: "user")), .init("DESVER", Value(2))])
        var reserved = WriteOptions()
        reserved.metadata = Metadata(schema: .nitf, entries: [.init("RESID", Value(text: "RESERVED"))])
        var secret = WriteOptions()
        secret.metadata = Metadata(schema: .nitf, entries: [.init("TSCLAS", Value(text: "S"))])
        let made = try encoded([
            raster(try gradient(1, rows: 2, columns: 2)),
            WriteEntry(key: "text:0", content: .text(bytes("plain"), .utf8), title: "A title", options: secret),
            WriteEntry(key: "text:1", content: .text(bytes("größer"), .utf8)),
            WriteEntry(key: "text:2", content: .text(MemorySource([0x67, 0xf6]), .latin1)),
            WriteEntry(key: "graphic:0", content: .graphics(bytes("cgm")), title: "Name"),
            WriteEntry(key: "data:0", content: .data(bytes("<a/>")), title: "XML_DATA_CONTENT", options: data),
            WriteEntry(key: "data:1", content: .data(bytes("r")), options: reserved),
        ])
        let file = try NITFFile(made)
        #expect(file.diagnostics == [])
        #expect(file.assets.map(\.key) == ["image:0", "graphic:0", "text:0", "text:1", "text:2", "data:0", "data:1"])
        #expect(
            file.assets[1...].map { Array(made[$0.byteRanges[0]]) } == [
                Array("cgm".utf8), Array("plain".utf8), Array("größer".utf8), [0x67, 0xf6], Array("<a/>".utf8), Array("r".utf8),
            ])
        #expect(file.assets[2...4].map { $0.makeMetadata()["TXTFMT"]?.text } == ["STA", "U8S", "UT1"])
        let extra = file.assets[5].makeMetadata()
        #expect(extra["DESSHL"]?.text == "0004" && extra["DESSHF"]?.text == "user" && extra["DESVER"]?.text == "02")
        #expect(file.metadata["FSCLAS"]?.text == "S")
        #expect(file.assets[1].makeMetadata()["SDLVL"]?.text == "002")
        #expect(throws: ImageryError.self) { try encoded([WriteEntry(key: "data:0", content: .data(bytes("x")))]) }
        #expect(throws: ImageryError.self) {
            try encoded([WriteEntry(key: "text:0", content: .text(MemorySource([UInt8](repeating: 65, count: 99_999)), .latin1))])
        }
    }

    /// Extensions beyond 99,996 bytes go to a segment of their own, and come back with the others (Table A-8(A)).
    @Test func overflow() throws {
        let large = [UInt8](repeating: 0x41, count: 70_000)
        var options = WriteOptions()
        options.compression = ImageryBase.Compression.uncompressed
        options.metadata = Metadata(schema: .nitf, entries: [.init("ONE", Value(bytes: large)), .init("TWO", Value(bytes: large))])
        var entry = raster(try gradient(1, rows: 2, columns: 2))
        entry.options = options
        let file = try NITFFile(try encoded([entry]) { $0.metadata = options.metadata })
        #expect(file.diagnostics == [])
        #expect(file.assets.map(\.title).dropFirst() == ["TRE_OVERFLOW", "TRE_OVERFLOW"])
        for metadata in [file.metadata, file.assets[0].makeMetadata()] {
            #expect(metadata["ONE"]?.bytes == large && metadata["TWO"]?.bytes == large)
        }
        #expect(file.metadata["XHDLOFL"]?.int == 1 && file.assets[0].makeMetadata()["IXSOFL"]?.int == 2)
        // Read and written again there are not more of them.
        var again: [WriteEntry] = []
        for asset in file.assets {
            var own = WriteOptions()
            own.metadata = asset.makeMetadata()
            let content: WriteEntry.Content = asset.type == .image ? entry.content : .data(MemorySource([1]))
            again.append(WriteEntry(key: asset.key, content: content, options: own))
        }
        #expect(try NITFFile(try encoded(again) { $0.metadata = file.metadata }).assets.count == 3)
    }

    @Test func displayLevels() throws {
        func image(_ index: Int, _ fields: [(String, String)]) throws -> WriteEntry {
            var entry = raster(try gradient(1, rows: 4, columns: 4))
            entry.key = .image(index)
            entry.options.metadata = Metadata(schema: .nitf, entries: fields.map { .init($0.0, Value(text: $0.1)) })
            return entry
        }
        let file = try NITFFile(
            try encoded([
                try image(0, [("IDLVL", "002")]), try image(1, [("IDLVL", "002"), ("IALVL", "009")]),
                try image(2, [("IDLVL", "5"), ("IALVL", "2"), ("ILOC", "0300000001")]),
            ]))
        let metadata = file.assets.map { $0.makeMetadata() }
        #expect(metadata.map { $0["IDLVL"]?.int } == [2, 1, 5])
        #expect(metadata.map { $0["IALVL"]?.int } == [0, 0, 2])
        #expect(file.metadata["CLEVEL"]?.text == "05")
        #expect(throws: ImageryError.self) { try encoded([try image(0, [("ILOC", "1,2")])]) }
    }

    @Test func whatCannotBeExpressedIsAnError() throws {
        let changes: [(inout WriteOptions) -> Void] = [
            { $0.compression = .deflate }, { $0.compressionLevel = 3 }, { $0.predictor = .horizontal }, { $0.blockWidth = 0 },
            { $0.bitsPerSample = 17 }, { $0.bitsPerSample = 8 }, { $0.bitsPerSample = 9 }, { $0.padValue = .integer(70_000) },
            {
                $0.crs = "EPSG:2154"
                $0.corners = [Georeference.Point](repeating: .init(x: 1, y: 1), count: 4)
            },
        ]
        let pixels = try gradient(1, rows: 40, columns: 40)
        for (index, change) in changes.enumerated() {
            #expect(throws: ImageryError.self, "\(index)") { try encoded([raster(pixels, change)]) }
        }
        let half = try Raster(.float16, shape: Shape(bands: 1, rows: 1, columns: 1))
        #expect(throws: ImageryError.self) { try encoded([raster(half)]) }
    }

    /// The source is asked for each of its pixels once, in whatever order the file has them.
    @Test(arguments: [.pixel, .row, .block, .band] as [Interleave])
    func everyPixelIsReadOnce(mode: Interleave) throws {
        final class Counting: ImageReader {
            let raster: Raster
            var samples = 0
            init(_ raster: Raster) { self.raster = raster }
            func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
                samples += request.region.width * request.region.height * request.bands.count
                unsafe raster.copy(request.region, bands: request.bands, to: destination)
            }
        }
        let raster = try gradient(3, rows: 40, columns: 50)
        let counter = Counting(raster)
        let layout = ImageLayout(shape: raster.shape, pixelType: .uint16, blockWidth: 50, blockHeight: 1)
        var sessions = 0
        let source = PixelSource(layout: layout) {
            sessions += 1
            return counter
        }
        var options = WriteOptions()
        options.compression = ImageryBase.Compression.uncompressed
        options.interleave = mode
        options.blockWidth = 16
        let file = try NITFFile(try encoded([WriteEntry(key: "image:0", content: .image(source), options: options)]))
        #expect(try file.image().read() == raster)
        #expect(counter.samples == 3 * 40 * 50 && sessions == 1)
    }
}
