import ImageryBase
import ImageryPlumbing
import Testing

@Suite struct ByteCursorTests {
    @Test func numbersFollowTheByteOrder() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
        var big = ByteCursor(bytes.span.bytes, base: 100, bigEndian: true, context: "test")
        #expect(try big.u8() == 1)
        #expect(try big.u16() == 0x0203)
        #expect(try big.u32() == 0x0405_0607)
        #expect(try big.u64() == 0x0809_0A0B_0C0D_0E0F)
        #expect(big.remaining == 0)
        #expect(big.sourceOffset == 115)
        var little = ByteCursor(bytes.span.bytes, bigEndian: false, context: "test")
        #expect(try little.u16() == 0x0201)
        #expect(try little.u32() == 0x0605_0403)
        #expect(try little.u64() == 0x0E0D_0C0B_0A09_0807)
        #expect(try little.take(1) == [15])
    }

    @Test func readingPastTheEndNamesThePlace() {
        let bytes: [UInt8] = [1, 2, 3]
        func failure(_ read: (inout ByteCursor) throws -> Void) -> ImageryError? {
            var cursor = ByteCursor(bytes.span.bytes, base: 40, bigEndian: true, context: "thing")
            do {
                try cursor.skip(2)
                try read(&cursor)
                return nil
            } catch {
                return error as? ImageryError
            }
        }
        for error in [
            failure { _ = try $0.u16() }, failure { _ = try $0.u32() }, failure { _ = try $0.u64() },
            failure { _ = try $0.take(2) },
            failure { try $0.skip(.max) }, failure { try $0.skip(-1) }, failure { _ = try $0.take(-1) },
        ] {
            #expect(error?.kind == .malformed)
            #expect(error?.offset == 42)
            #expect(error?.context == "thing")
        }
        #expect(failure { _ = try $0.u8() } == nil)
    }
}
