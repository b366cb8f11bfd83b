import Imagery
import ImageryIndex
import TestSupport
import Testing

/// Every field that a file's dump names is set to 0, 1, the largest but one and the largest value that it can say; then every call is made.
/// A trap ends the run, which is the point: any result and any ``ImageryError`` is right.
@Suite("No value of a field ends the process (S90)") struct FieldExtremesTests {
    @Test(arguments: SampleFile.few) func everyFieldOfEveryHeader(file: SampleFile) throws {
        let fields = try Dataset(bytes: file.bytes, format: file.format).dump().filter {
            (1...8).contains($0.size) || !$0.value.isEmpty
        }
        #expect(fields.count >= 5)
        var opened = 0
        var changed = 0
        for field in fields where field.size <= 24 && field.offset + field.size <= file.bytes.count {
            let place = field.offset..<field.offset + field.size
            for value in extremes(Array(file.bytes[place])) where value != Array(file.bytes[place]) {
                var bytes = file.bytes
                bytes.replaceSubrange(place, with: value)
                if file.format == .png { mendChecksum(of: place, in: &bytes) }
                changed += 1
                if useEverything(bytes, file.format, isQuick: changed % 8 != 0) { opened += 1 }
            }
        }
        #expect(changed >= 20)
        #expect(opened > 0)
    }

    /// The extreme values of a field: decimal digits where it has such or blanks, else binary in both byte orders.
    private func extremes(_ bytes: [UInt8]) -> [[UInt8]] {
        let count = bytes.count
        func digits(_ last: String, _ fill: Character) -> [UInt8] {
            Array((String(repeating: fill, count: count) + last).suffix(count).utf8)
        }
        if bytes.allSatisfy({ (0x20...0x7e).contains($0) }) {
            return [digits("0", "0"), digits("1", "0"), digits("8", "9"), digits("9", "9"), digits("1", "-")]
        }
        var one = [UInt8](repeating: 0, count: count)
        one[count - 1] = 1
        var most = [UInt8](repeating: 0xff, count: count)
        most[count - 1] = 0xfe
        var signed = [UInt8](repeating: 0xff, count: count)
        signed[0] = 0x7f
        let all = [one, most, signed]
        let both = count == 1 ? all : all + all.map { $0.reversed() }
        return [[UInt8](repeating: 0, count: count), [UInt8](repeating: 0xff, count: count)] + both
    }

    /// The check of the PNG chunk whose data are changed (PNG 5.3): a wrong one would be all that is found.
    private func mendChecksum(of place: Range<Int>, in bytes: inout [UInt8]) {
        var start = 8
        while start + 12 <= bytes.count {
            let count = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = start + 8 + count
            guard count < bytes.count, end + 4 <= bytes.count else { return }
            if place.lowerBound >= start + 4, place.upperBound <= end {
                let check = ~bytes[start + 4..<end].reduce(UInt32.max) { check, byte in
                    (0..<8).reduce(check ^ UInt32(byte)) { check, _ in check & 1 == 0 ? check >> 1 : check >> 1 ^ 0xedb8_8320 }
                }
                for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: check >> UInt32(24 - 8 * index)) }
                return
            }
            start = end + 4
        }
    }
}
