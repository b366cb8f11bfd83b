import ImageryBase
import ImageryPNG
import TestSupport
import Testing

/// Pillow 13.0.0: a 2 x 2 palette image saved with `pnginfo` (add_text "Title" "Café"; add_text "Comment" "x" * 300, zip; add_itxt
/// "Author" "山田" lang ja tkey "著者"; add_itxt "Source" "ü" * 200 lang de tkey "Quelle" zip; add gAMA 45455),
/// `transparency=bytes([10, 20])`, `dpi=(72, 144)`, `icc_profile=b"profile " * 20`, `exif` with Orientation 6.
private let described = hex(
    """
    89504e470d0a1a0a0000000d49484452000000020000000202030000000fd8e5b700000020694343504943432050726f66696c650000789c2b28ca4f
    cbcc49552818a43400634d3d55210fa4a70000000a744558745469746c6500436166e9a0999c44000000167a545874436f6d6d656e740000789caba8
    1805c40200b20a8ca1ff29e1990000001969545874417574686f720000006a6100e89197e8808500e5b1b1e794b045b360120000002269545874536f
    757263650001006465005175656c6c6500789c3bbce7f0281c4410006b5e2b4843c7a9a80000000467414d410000b18f0bfc610500000009504c5445
    ff000000ff000000ff2d4acd8a0000000274524e530a1496a6f1cf000000097048597300000b1300001625019d783d4e0000001a655849664d4d002a
    00000008000101120003000000010006000000000000d6674b690000000c49444154789c63106098000000c400a1165cba960000000049454e44ae42
    6082
    """)

/// Pillow 13.0.0: three 3 x 2 gray frames of 10, 20, 30 saved with `save_all=True, duration=100, loop=3`.
private let animated = hex(
    """
    89504e470d0a1a0a0000000d4948445200000003000000020800000000b81f39c6000000086163544c000000030000000357e4eb7a0000001a666354
    4c00000000000000030000000200000000000000000001000a00003fb65c580000001049444154789c63e46260606260600000005e000e9ac0f41700
    00001a6663544c00000001000000030000000200000000000000000001000a0000a4c5b68c000000146664415400000002789c631461606062606000
    0000a40018d955b2a30000001a6663544c00000003000000030000000200000000000000000001000a00004953656500000014666441540000000478
    9c6394636060626060000000ea00228e38c75b0000000049454e44ae426082
    """)

@Suite struct MetadataTests {
    func metadata(_ bytes: [UInt8]) throws -> Metadata {
        try PNGFile(MemorySource(bytes)).assets[0].makeMetadata()
    }

    @Test func aForeignFileIsDescribed() throws {
        let file = try PNGFile(MemorySource(described))
        #expect(file.diagnostics.isEmpty)
        let entry = file.assets[0]
        #expect(entry.key == .image(0) && entry.mediaType == "image/png" && entry.roles == [.data])
        let metadata = entry.makeMetadata()
        #expect(metadata.schema == .png)
        #expect(
            metadata.entries.map(\.name)
                == ["IHDR", "iCCP", "tEXt", "zTXt", "iTXt", "iTXt", "gAMA", "PLTE", "tRNS", "pHYs", "eXIf", "EXIF"])
        #expect(metadata["IHDR"]?["Width"]?.int == 2)
        #expect(metadata["IHDR"]?["BitDepth"]?.int == 2)
        #expect(metadata["IHDR"]?["ColorType"]?.int == 3)
        #expect(metadata["iCCP"]?["ProfileName"]?.text == "ICC Profile")
        #expect(metadata["iCCP"]?["Profile"]?.bytes == Array(String(repeating: "profile ", count: 20).utf8))
        #expect(metadata["tEXt"]?["Keyword"]?.text == "Title")
        #expect(metadata["tEXt"]?["Text"]?.text == "Caf\u{e9}")
        #expect(metadata["zTXt"]?["Text"]?.text == String(repeating: "x", count: 300))
        let texts = metadata.all("iTXt")
        #expect(texts[0]["LanguageTag"]?.text == "ja")
        #expect(texts[0]["TranslatedKeyword"]?.text == "\u{8457}\u{8005}")
        #expect(texts[0]["Text"]?.text == "\u{5c71}\u{7530}")
        #expect(texts[1]["CompressionFlag"]?.int == 1)
        #expect(texts[1]["Text"]?.text == String(repeating: "\u{fc}", count: 200))
        #expect(metadata["gAMA"]?["Gamma"]?.double == 0.45455)
        #expect(metadata["PLTE"]?.bytes == [255, 0, 0, 0, 255, 0, 0, 0, 255])
        #expect(metadata["tRNS"]?.bytes == [10, 20])
        #expect(metadata["pHYs"]?["PixelsPerUnitX"]?.int == 2835)
        #expect(metadata["pHYs"]?["PixelsPerUnitY"]?.int == 5669)
        #expect(metadata["pHYs"]?["UnitSpecifier"]?.int == 1)
        #expect(metadata["eXIf"]?.bytes.prefix(4) == [0x4d, 0x4d, 0, 42])
        #expect(metadata["EXIF"]?["Orientation"]?.int == 6)
        guard case .image(let image) = file.assets[0].content else { return #expect(Bool(false)) }
        let table = image.colorModel.lookupTable
        #expect(table?.channels.map(\.values) == [[255, 0, 0], [0, 255, 0], [0, 0, 255]])
        #expect(table?.alpha == [10, 20])
        #expect(image.colorModel.orientation == .turned90)
        // S58: the indices, not the colors.
        #expect(try samples(described) == [0, 1, 2, 1])
    }

    @Test func anAnimationGivesItsDefaultImage() throws {
        let file = try PNGFile(MemorySource(animated))
        #expect(file.diagnostics.isEmpty)
        let metadata = file.assets[0].makeMetadata()
        #expect(metadata["acTL"]?["NumFrames"]?.int == 3)
        #expect(metadata["acTL"]?["NumPlays"]?.int == 3)
        let frames = metadata.all("fcTL")
        #expect(frames.map { $0["SequenceNumber"]?.int } == [0, 1, 3])
        #expect(frames.allSatisfy { $0["DelayNumerator"]?.int == 1 && $0["DelayDenominator"]?.int == 10 })
        #expect(try samples(animated) == [10, 10, 10, 10, 10, 10])
    }

    /// Clause 11.3: chunks spelled out byte by byte.
    @Test func fixedChunks() throws {
        let big = PNGBuilder.big
        let extra = [
            PNGBuilder.chunk("cHRM", [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000].flatMap(big)),
            PNGBuilder.chunk("sRGB", [1]), PNGBuilder.chunk("cICP", [9, 16, 0, 1]),
            // BT.2020 primaries and D65 in units of 0.00002, 1,000 and 0.0005 cd/m2 (11.3.2.7).
            PNGBuilder.chunk(
                "mDCV", hex("8A48 3908 2134 9BAA 1996 08FC 3D13 4042") + big(10_000_000) + big(5)),
            PNGBuilder.chunk("cLLI", big(10_000_000) + big(1_000_000)), PNGBuilder.chunk("sBIT", [5]),
            PNGBuilder.chunk("bKGD", [0, 7]), PNGBuilder.chunk("tRNS", [0, 9]),
            PNGBuilder.chunk("sPLT", Array("p\0".utf8) + [8, 1, 2, 3, 4, 0x12, 0x34]),
            PNGBuilder.chunk("tIME", [0x07, 0xea, 11, 23, 12, 59, 60]),
            PNGBuilder.chunk("prVt", [1, 2, 3]), PNGBuilder.chunk("pHYs", [1]),
        ].flatMap { $0 }
        let file = try PNGFile(MemorySource(PNGBuilder.gray([[1]], extra: extra)))
        let metadata = file.assets[0].makeMetadata()
        #expect(metadata["cHRM"]?["WhitePointX"]?.double == 0.3127)
        #expect(metadata["cHRM"]?["BlueY"]?.double == 0.06)
        #expect(metadata["sRGB"]?["RenderingIntent"]?.int == 1)
        #expect(metadata["cICP"]?["TransferFunction"]?.int == 16)
        #expect(metadata["mDCV"]?["RedX"]?.double == 0.708)
        #expect(metadata["mDCV"]?["GreenY"]?.double == 0.797)
        #expect(metadata["mDCV"]?["WhitePointX"]?.double == 0.3127)
        #expect(metadata["mDCV"]?["MaximumLuminance"]?.double == 1000)
        #expect(metadata["mDCV"]?["MinimumLuminance"]?.double == 0.0005)
        #expect(metadata["cLLI"]?["MaximumFrameAverageLightLevel"]?.double == 100)
        #expect(metadata["sBIT"]?["Gray"]?.int == 5)
        #expect(metadata["bKGD"]?["Gray"]?.int == 7)
        #expect(metadata["tRNS"]?["Gray"]?.int == 9)
        #expect(metadata["sPLT"]?["Entries"]?.ints == [1, 2, 3, 4, 0x1234])
        #expect(metadata["tIME"]?["Year"]?.int == 2026)
        #expect(metadata["tIME"]?["Second"]?.int == 60)
        // S92: what is unknown or has another size than its clause says keeps its bytes.
        #expect(metadata["prVt"]?.bytes == [1, 2, 3])
        #expect(metadata["pHYs"]?.bytes == [1])
        #expect(file.diagnostics.map(\.context) == ["PNG pHYs"])
    }

    @Test func damagedTextsKeepTheirBytes() throws {
        let long = [UInt8](repeating: 65, count: 80)
        let chunks: [(String, [UInt8])] = [
            ("tEXt", [65]), ("tEXt", [0, 65]), ("tEXt", long + [0]), ("zTXt", [65, 0]), ("zTXt", [65, 0, 1, 1]),
            ("zTXt", [65, 0, 0] + Array(PNGBuilder.zlib([1, 2, 3]).dropLast(5))), ("zTXt", [65, 0, 0, 9, 9, 9]),
            ("iTXt", [65, 0, 2, 0, 0, 0]), ("iTXt", [65, 0, 1, 5, 0, 0]), ("iTXt", [65, 0, 0, 0, 65]), ("iCCP", [65, 0]),
            ("sPLT", [65, 0, 4]), ("sPLT", [65, 0, 8, 1]), ("hIST", [0, 1]),
        ]
        let file = try PNGFile(MemorySource(PNGBuilder.gray([[1]], extra: chunks.flatMap { PNGBuilder.chunk($0.0, $0.1) })))
        #expect(file.assets[0].makeMetadata().entries.dropFirst().map(\.value.bytes) == chunks.map(\.1))
        #expect(file.diagnostics.count == chunks.count)
    }

    /// S95: the dump names every chunk and the fields of fixed ones where they lie.
    @Test func dump() throws {
        let lines = try PNGFile(MemorySource(PNGBuilder.gray([[1, 2]], extra: PNGBuilder.chunk("gAMA", PNGBuilder.big(45455)))))
            .dump()
        #expect(lines.filter { $0.depth == 0 }.map(\.name) == ["signature", "IHDR", "gAMA", "IDAT", "IEND"])
        #expect(lines.contains(DumpLine(depth: 1, name: "Width", offset: 16, size: 4, value: "2")))
        #expect(lines.contains(DumpLine(depth: 1, name: "Gamma", offset: 41, size: 4, value: "0.45455")))
        let ends = lines.filter { $0.depth == 0 }.map { $0.offset + $0.size }
        #expect(ends.dropLast() == lines.filter { $0.depth == 0 }.map(\.offset).dropFirst())
    }
}
