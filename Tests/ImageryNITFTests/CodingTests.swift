import ImageryBase
import TestSupport
import Testing

@testable import ImageryNITF

/// Bi-level images (C1, M1) and vector quantisation (C4, M4), put together by hand.
@Suite struct CodingTests {
    private func big(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - $0))) }
    }

    /// Bits as text, padded to bytes.
    private func packed(_ text: String) -> [UInt8] {
        let bits = Array(text.utf8) + [UInt8](repeating: 48, count: (8 - text.utf8.count % 8) % 8)
        return stride(from: 0, to: bits.count, by: 8).map { start in bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 & 1) } }
    }

    private func builder(
        _ compression: String, _ rate: String, rows: Int, columns: Int, bits: Int, block: Int? = nil, data: [UInt8]
    ) -> NITFBuilder {
        var builder = NITFBuilder.image(
            rows: rows, columns: columns, bits: bits, blockWidth: block, blockHeight: block, data: data)
        builder.image["IC"] = compression
        builder.image["COMRAT"] = rate
        return builder
    }

    /// T.4: EOL, white 2 (0111), black 3 (10), white 3 (1000), in two lines; "2DS" has tag bits, here of V0 three times.
    @Test func biLevelImages() throws {
        let bits = "0000000000010111101000" + "0000000000010111101000" + "000000000001000000000001"
        let data = packed(bits)
        let expected: [UInt8] = [0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0]
        let plain = try NITFFile(builder("C1", "1D", rows: 2, columns: 8, bits: 1, data: data).bytes).image()
        #expect(try plain.read().samples(as: UInt8.self) == expected)
        #expect(try plain.read(Window(x: 2, y: 1, width: 4, height: 1)).samples(as: UInt8.self) == [1, 1, 1, 0])
        let tagged = "0000000000011" + "0111101000" + "0000000000010" + "111" + "00000"
        let two = try NITFFile(builder("C1", "2DS", rows: 2, columns: 8, bits: 1, data: packed(tagged)).bytes).image()
        #expect(try two.read().samples(as: UInt8.self) == expected)
        // Blocks without a mask: nothing tells where the second begins.
        let blocks = try NITFFile(builder("C1", "1D", rows: 8, columns: 16, bits: 1, block: 8, data: data).bytes).image()
        #expect(throws: ImageryError.self) { try blocks.read() }
    }

    /// A header as MIL-STD-188-199 has it: blocks of 4 x 4 pixels, 2 x 2 codes of 12 bits, two tables of three entries of two values.
    private func vectors(codes: [[Int]], tables: Int = 2, algorithm: Int = 1, offset: Int = 6) -> [UInt8] {
        let first = 6 + tables * 14
        var bytes = big(2, 4) + big(2, 4) + [12] + big(algorithm, 2) + big(tables, 2) + big(0, 2) + big(offset, 4) + big(14, 2)
        for table in 0..<tables { bytes += big(table + 1, 2) + big(3, 4) + big(2, 2) + big(8, 2) + big(first + 6 * table, 4) }
        // Value = 100 table + 10 entry + column.
        for table in 0..<tables {
            for entry in 0..<3 { bytes += [UInt8(100 * table + 10 * entry), UInt8(100 * table + 10 * entry + 1)] }
        }
        for block in codes {
            for pair in stride(from: 0, to: block.count, by: 2) {
                bytes += [
                    UInt8(block[pair] >> 4), UInt8((block[pair] & 15) << 4 | block[pair + 1] >> 8), UInt8(block[pair + 1] & 255),
                ]
            }
        }
        return bytes
    }

    private let block0: [UInt8] = [0, 1, 10, 11, 100, 101, 110, 111, 20, 21, 0, 1, 120, 121, 100, 101]

    @Test func vectorQuantisation() throws {
        let data = vectors(codes: [[0, 1, 2, 0], [1, 1, 2, 2]])
        let image = try NITFFile(builder("C4", "0.75", rows: 4, columns: 8, bits: 8, block: 4, data: data).bytes).image()
        let whole = try image.read()
        #expect(try whole.crop(Window(x: 0, y: 0, width: 4, height: 4)).samples(as: UInt8.self) == block0)
        #expect(try whole.crop(Window(x: 4, y: 3, width: 4, height: 1)).samples(as: UInt8.self) == [120, 121, 120, 121])
        for window in [Window(x: 1, y: 1, width: 5, height: 2), Window(x: 3, y: 0, width: 1, height: 4)] {
            #expect(try image.read(window) == whole.crop(window))
        }
    }

    /// The mask stands before the header; absent blocks of maps are the index behind their look-up table.
    @Test func maskedVectorQuantisation() throws {
        let header = vectors(codes: [])
        let mask = big(18 + header.count, 4) + big(4, 2) + big(0, 2) + big(0, 2) + big(0xffff_ffff, 4) + big(0, 4)
        let data = mask + vectors(codes: [[0, 1, 2, 0]])
        var file = builder("M4", "0.75", rows: 4, columns: 8, bits: 8, block: 4, data: data)
        file.segments[0].bands = [["IFC": "N", "NLUTS": "1", "NELUT": "3"]]
        let image = try NITFFile(file.bytes).image()
        #expect(!image.hasBlock(row: 0, column: 0))
        #expect(try image.read(Window(x: 4, y: 0, width: 4, height: 4)).samples(as: UInt8.self) == block0)
        #expect(try image.read(Window(x: 0, y: 0, width: 1, height: 1)).samples(as: UInt8.self) == [3])
    }

    /// F20: headers that lie are errors.
    @Test func hostileVectorHeaders() throws {
        func failure(_ data: [UInt8]) throws -> ImageryError.Kind? {
            let image = try NITFFile(builder("C4", "0.75", rows: 4, columns: 8, bits: 8, block: 4, data: data).bytes).image()
            do {
                _ = try image.read()
                return nil
            } catch { return error.kind }
        }
        let good = vectors(codes: [[0, 1, 2, 0], [1, 1, 2, 2]])
        #expect(try failure(good) == nil)
        #expect(try failure(vectors(codes: [[0, 1, 2, 0], [1, 1, 2, 3]])) == .malformed)
        #expect(try failure(vectors(codes: [[0, 1, 2, 0]])) == .malformed)
        #expect(try failure(vectors(codes: [[0, 1, 2, 0], [1, 1, 2, 2]], tables: 1)) == .malformed)
        #expect(try failure(vectors(codes: [[0, 1, 2, 0], [1, 1, 2, 2]], algorithm: 2)) == .unsupported)
        for offset in [0x7fff_ffff, 0xffff_ffff, 200] {
            #expect(try failure(vectors(codes: [[0, 0, 0, 0]], offset: offset)) == .malformed)
        }
        for length in 0..<good.count { _ = try failure(Array(good.prefix(length))) }
        var random = SeededGenerator(5)
        for _ in 0..<500 {
            var changed = good
            for _ in 0..<3 { changed[Int.random(in: 0..<60, using: &random)] = UInt8.random(in: .min ... .max, using: &random) }
            _ = try failure(changed)
        }
    }
}
