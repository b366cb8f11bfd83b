import ImageryBase
import ImageryDTED
import TestSupport
import Testing

@Suite("Writing of cells") struct WritingTests {
    private func written(
        _ rows: [[Int16]], pad: Int16? = nil, _ change: (inout WriteOptions) -> Void = { $0.georeference = ground }
    ) throws -> [UInt8] {
        let raster = try Raster(rows.flatMap(\.self), rows: rows.count, columns: rows[0].count)
        var source = PixelSource(raster)
        source.layout.padValue = pad.map { .integer(Int64($0)) }
        var options = WriteOptions()
        change(&options)
        let sink = MemorySink()
        try DTEDEncoder.write(
            [WriteEntry(key: .image(0), content: .image(source), options: options)], options: WriteOptions(), into: sink)
        return sink.bytes
    }

    /// The ground of ``TinyCell``: samples 30 seconds apart from 8 degrees west and 43 degrees north on, seven rows.
    private static let ground: Georeference = {
        let step = 1.0 / 120
        let affine = Georeference.Affine(
            originX: -8 - step / 2, originY: 43 + 6.5 * step, xPerColumn: step, xPerRow: 0, yPerColumn: 0, yPerRow: -step)
        return Georeference(affine: affine, crs: "EPSG:4326")
    }()
    private let rows: [[Int16]] = (0..<7).map { row in (0..<5).map { column in Int16(column * 100 + 6 - row) } }

    @Test func recordsAreThoseOfTheStandard() throws {
        let bytes = try written(rows)
        let cell = TinyCell()
        #expect(bytes.count == 3428 + 5 * 26)
        #expect(Array(bytes[3428...]) == (0..<5).flatMap(cell.record))
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        // Fields of MIL-PRF-89020B tables 3.11.1 and 3.11.2 at their places.
        #expect(text(0..<28) == "UHL10080000W0430000N03000300")
        #expect(text(47..<56) == "000500070")
        #expect(text(80..<84) == "DSIU")
        #expect(text(80 + 185..<80 + 204) == "430000.0N0080000.0W")
        #expect(text(80 + 204..<80 + 264) == "430000N0080000W430300N0080000W430300N0075800W430000N0075800W")
        #expect(text(80 + 273..<80 + 291) == "030003000007000500")
        #expect(text(728..<735) == "ACCNA  ")
    }

    @Test func voidsSignsAndThePercentage() throws {
        var rows = rows
        rows[6][0] = -2
        rows[5][0] = -9999
        let bytes = try written(rows, pad: -9999)
        #expect(Array(bytes[3428 + 8..<3428 + 12]) == [0x80, 0x02, 0xff, 0xff])
        // 34 of 35 samples are there.
        #expect(String(decoding: bytes[80 + 289..<80 + 291], as: UTF8.self) == "97")
        rows[0][0] = -16_001
        let error = #expect(throws: ImageryError.self) { try written(rows) }
        #expect(error?.kind == .misuse)
    }

    @Test func copiedMetadataStayButForWhatFollowsFromTheGrid() throws {
        var metadata = try DTEDFile(MemorySource(TinyCell().bytes)).metadata
        let dsi = try #require(metadata["DSI"]?.group)
        let changed: [String: String] = ["producer": "FR IGN", "sw_lat": "000000N", "vertical_datum": "E96"]
        metadata["DSI"] = Value(
            group: dsi.entries.map { entry in changed[entry.name].map { .init(entry.name, Value(text: $0)) } ?? entry })
        let copied = try written(rows) { options in
            options.metadata = metadata
            options.georeference = Self.ground
        }
        let file = try DTEDFile(MemorySource(copied))
        #expect(file.metadata["DSI"]?["producer"]?.trimmed == "FR IGN")
        #expect(file.metadata["DSI"]?["vertical_datum"]?.trimmed == "E96")
        #expect(file.metadata["DSI"]?["sw_lat"]?.trimmed == "430000N")
        // The grid, too, comes from what is copied when nothing else says it.
        let alone = try DTEDFile(MemorySource(written(rows) { $0.metadata = metadata }))
        #expect(alone.assets[0].georeference == file.assets[0].georeference)
        metadata["DSI"] = Value(group: [.init("producer", Value(text: "NINE CHAR"))])
        #expect(throws: ImageryError.self) { try written(rows) { $0.metadata = metadata } }
    }

    @Test func whatIsNoCellIsRefused() throws {
        let changes: [(inout WriteOptions) -> Void] = [
            { _ in },
            { $0.georeference = Georeference(affine: Self.ground.affine, crs: "EPSG:32632") },
            { options in
                options.georeference = Self.ground
                options.georeference?.affine?.xPerRow = 0.001
            },
            { options in
                options.georeference = Self.ground
                options.georeference?.affine?.originX += 0.0001
            },
            { options in
                options.georeference = Self.ground
                options.georeference?.affine?.xPerColumn = 1 / 7000
            },
            { options in
                options.georeference = Self.ground
                options.compression = .deflate
            },
            { options in
                options.georeference = Self.ground
                options.padValue = .integer(0)
            },
        ]
        for (number, change) in changes.enumerated() {
            let error = #expect(throws: ImageryError.self, "change \(number)") { try written(rows, change) }
            #expect(error?.kind == .misuse, "change \(number)")
        }
        let wrongType = PixelSource(try Raster([Float(1), 2], rows: 1, columns: 2))
        let error = #expect(throws: ImageryError.self) {
            try DTEDEncoder.write(
                [WriteEntry(key: .image(0), content: .image(wrongType))], options: WriteOptions(), into: MemorySink())
        }
        #expect(error?.kind == .unsupported)
    }
}
