import ImageryBase
import ImageryTIFF
import TestSupport
import Testing

/// Colours and absent blocks as GDAL 3.10.3 (libtiff 4.7.0) reads the same bytes.
@Suite struct PhotometricTests {
    /// Uncompressed YCbCr of random bytes in units of 2 x 2, of 4 x 1 with coefficients and reference values of ITU-R BT.709, and
    /// of 1 x 2; the second text is what rasterio's `read()` gives.
    static let files: [(name: String, tiff: String, rgb: String)] = [
        (
            "2 x 2",
            """
            SUkqADIAAAD4wr7PkxrtFfXT7y0FnZ88NuxtLsdSIM0kB4beOZIIlQ4PFgoIAAgACAALAAABBAABAAAABQAAAAEBBAABAAAAAwAAAAIBAwADAAAA
            LAAAAAMBAwABAAAAAQAAAAYBAwABAAAABgAAABEBBAABAAAACAAAABUBAwABAAAAAwAAABYBBAABAAAAAwAAABcBBAABAAAAJAAAABwBAwABAAAA
            AQAAABICAwACAAAAAgACAAAAAAA=
            """, "aTN5AJwvQIFf/9maPSAA////KgD////oa1cYMBOB/+T/2gDg8f//HAAAAAAA"
        ),
        (
            "4 x 1",
            """
            SUkqAHoAAACQ0BgYBykLVTto4W7iyQifGhujeiEpyUNGpuQoMrMAsYk/DbwIAAgACABOCAAAECcAAO8bAAAQJwAA0gIAABAnAAAQAAAAAQAAAOsA
            AAABAAAAgAAAAAEAAADwAAAAAQAAAIAAAAABAAAA8AAAAAEAAAANAAABBAABAAAABQAAAAEBBAABAAAAAwAAAAIBAwADAAAALAAAAAMBAwABAAAA
            AQAAAAYBAwABAAAABgAAABEBBAABAAAACAAAABUBAwABAAAAAwAAABYBBAABAAAAAwAAABcBBAABAAAAJAAAABwBAwABAAAAAQAAABECBQADAAAA
            MgAAABICAwACAAAABAABABQCBQAGAAAASgAAAAAAAAA=
            """, "AEUAAABAIwAAPpj//3VZ3f9RUQD//0LxvDSk7BEAAAAAAMUfAgAA/wALUwAA"
        ),
        (
            "1 x 2",
            """
            SUkqAGIAAAD/QF4ICJwZHZ2SvnPbhydk7X9I46gVSYQQmYxrUKM9bi/llKoIAAgACAAAAAAAAQAAAP8AAAABAAAAgAAAAAEAAAD/AAAAAQAAAIAA
            AAABAAAA/wAAAAEAAAAMAAABBAABAAAAAwAAAAEBBAABAAAABQAAAAIBAwADAAAALAAAAAMBAwABAAAAAQAAAAYBAwABAAAABgAAABEBBAABAAAA
            CAAAABUBAwABAAAAAwAAABYBBAABAAAABQAAABcBBAABAAAAJAAAABwBAwABAAAAAQAAABICAwACAAAAAQACABQCBQAGAAAAMgAAAAAAAAA=
            """, "VwCLABGAtP+uYP8bADdq/3KRof+G/7q4ukwlG3QKwwD/BAD/PYpHABwAJQBS"
        ),
    ]

    @Test(arguments: 0..<3) func rawYCbCrBecomesRGB(_ index: Int) throws {
        let (_, tiff, rgb) = Self.files[index]
        let image = try TIFFFile(decodeBase64(tiff)).image()
        let whole = try image.read()
        #expect(try whole.samples(as: UInt8.self) == decodeBase64(rgb))
        let layout = image.layout
        for y in 0..<layout.shape.rows {
            let row = Window(x: 1, y: y, width: 2, height: 1)
            #expect(try image.read(row, bands: [2, 0]) == whole.crop(row, bands: [2, 0]))
        }
        let lower = Window(x: 2, y: 1, width: 1, height: layout.shape.rows - 1)
        #expect(try image.read(lower) == whole.crop(lower))
    }

    @Test func planarSubsamplingIsUnsupported() throws {
        var builder = TIFFBuilder(data: [UInt8](repeating: 1, count: 16))
        builder.directories = [
            builder.gray(4, 4, photometric: 6).filter { ![258, 277].contains($0.tag) }
                + [builder.short(258, 8, 8, 8), builder.short(277, 3), builder.short(284, 2)]
        ]
        let image = try TIFFFile(builder.bytes).image()
        #expect { try image.read() } throws: { ($0 as? ImageryError)?.kind == .unsupported }
        #expect { try image.byteRanges(ReadRequest(region: image.layout.bounds, bands: [0])) } throws: {
            ($0 as? ImageryError)?.kind == .unsupported
        }
    }

    /// 40 x 20 pixels of Int16 in tiles of 16 x 16 of which one was written, nodata -7 (rasterio, SPARSE_OK=TRUE, LZW).
    static let sparse = """
        SUkqAAgAAAAOAAABAwABAAAAKAAAAAEBAwABAAAAFAAAAAIBAwABAAAAEAAAAAMBAwABAAAABQAAAAYBAwABAAAAAQAAABUBAwABAAAAAQAAABwBAwAB
        AAAAAQAAAD0BAwABAAAAAQAAAEIBAwABAAAAEAAAAEMBAwABAAAAEAAAAEQBBAAGAAAAwgAAAEUBAwAGAAAAtgAAAFMBAwABAAAAAgAAAIGkAgAD
        AAAALTcAAAAAAAAAAAAAAAAAAAAARAAAAAAAAAAAAAAAAAAAAAAAAAAAANoAAACAAkAQKCQMAPl/wiFQmGQuHP+CxGDw2KQ+HxKCxaKxuERiDRqQ
        RyRSGSSOTSWUSeVSmWSuXS2YS+ZTGaTObTWcTedQEA==
        """

    @Test func absentTilesHoldTheNoDataValue() throws {
        let file = try TIFFFile(decodeBase64(Self.sparse))
        let image = try file.image()
        #expect(image.layout.padValue == .integer(-7))
        #expect(
            (0..<2).map { row in (0..<3).map { image.hasBlock(row: row, column: $0) } } == [
                [false, false, false], [false, false, true],
            ])
        let samples = try image.read().samples(as: Int16.self)
        for row in 0..<20 {
            for column in 0..<40 {
                let written = row >= 16 && (32..<37).contains(column)
                #expect(samples[row * 40 + column] == (written ? 9 : -7))
            }
        }
        #expect(file.metadata["GDAL_NODATA"]?.text == "-7")
        #expect(try image.byteRanges(ReadRequest(region: Window(x: 0, y: 0, width: 40, height: 16), bands: [0])) == [])
        var context = ReadContext(ReadOptions(), fill: .integer(3))
        context.threads = 1
        #expect(
            try image.read(Window(x: 0, y: 0, width: 2, height: 1), through: image.makeReader(context)).samples(as: Int16.self) == [
                3, 3,
            ])
    }

    /// S58: bits are 0 and 1, WhiteIsZero and palettes stay as stored; FillOrder 2 turns the bits of every byte.
    @Test func bitsAndPalettesStayAsStored() throws {
        for (photometric, order, expected) in [
            (0, 1, [1, 0, 1, 1, 0, 0, 0, 0, 1]), (3, 1, [1, 0, 1, 1, 0, 0, 0, 0, 1]), (1, 2, [0, 0, 0, 0, 1, 1, 0, 1, 0]),
        ] {
            var builder = TIFFBuilder(data: [0b1011_0000, 0b1000_0001])
            builder.directories = [
                builder.gray(9, 1, photometric: photometric).filter { $0.tag != 258 }
                    + [builder.short(258, 1), builder.short(266, order), builder.short(320, 0, 65_535, 0, 65_535, 0, 65_535)]
            ]
            let file = try TIFFFile(builder.bytes)
            let row = try file.image().read().samples(as: UInt8.self).map(Int.init(_:))
            #expect(Array(row.prefix(8)) == Array(expected.prefix(8)))
            #expect(row[8] == 1)
            #expect(file.metadata["ColorMap"]?.count == 6)
            #expect(file.metadata["262"]?.int == photometric)
        }
    }
}
