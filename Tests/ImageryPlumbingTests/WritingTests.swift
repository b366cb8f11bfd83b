import Foundation
import ImageryBase
import ImageryPlumbing
import TestSupport
import Testing

@Suite struct WritingTests {
    /// Seconds and dates of `date -u -d @SECONDS`.
    @Test func calendar() throws {
        let dates: [(Int, [Int])] = [
            (0, [1970, 1, 1, 0, 0, 0]), (951_782_400, [2000, 2, 29, 0, 0, 0]), (1_709_164_799, [2024, 2, 28, 23, 59, 59]),
            (4_107_542_399, [2100, 2, 28, 23, 59, 59]), (4_107_542_400, [2100, 3, 1, 0, 0, 0]), (-1, [1969, 12, 31, 23, 59, 59]),
            (-2_203_891_200, [1900, 3, 1, 0, 0, 0]),
        ]
        for (seconds, fields) in dates {
            let time = try #require(CalendarTime(secondsSince1970: seconds))
            #expect([time.year, time.month, time.day, time.hour, time.minute, time.second] == fields)
        }
        #expect(CalendarTime(secondsSince1970: .max) == nil)
        #expect(CalendarTime(secondsSince1970: .min) == nil)
    }

    @Test func aSpoolIsPatchedAndPassedOn() throws {
        final class Stream: ByteSink {
            var bytes: [UInt8] = []
            var canPatch: Bool { false }
            func append(_ span: RawSpan) { bytes += unsafe span.withUnsafeBytes { unsafe Array($0) } }
            func patch(_ bytes: RawSpan, at offset: Int) throws { throw ImageryError(.misuse, "test", "no") }
        }
        let stream = Stream()
        let long = [UInt8](repeating: 7, count: 300_000)
        try withPatching(stream) { sink in
            try sink.append([0, 0, 1])
            try sink.append(long)
            try sink.append([2])
            let patch: [UInt8] = [8, 9]
            try unsafe sink.patch(patch.span.bytes, at: 0)
            #expect(stream.bytes.isEmpty)
        }
        #expect(stream.bytes == [8, 9, 1] + long + [2])
        let memory = MemorySink()
        try withPatching(memory) { sink in #expect(sink === memory) }
    }

    @Test func linksStayAndDevicesAreNotReplaced() throws {
        try withFiles([("real", [1])]) { paths in
            let link = paths[0] + ".link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: paths[0])
            let sink = try FileSink(link)
            try sink.append([4, 5])
            try sink.commit()
            #expect(try Array(Data(contentsOf: URL(fileURLWithPath: paths[0]))) == [4, 5])
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == paths[0])
        }
        let null = try FileSink("/dev/null")
        #expect(!null.canPatch)
        try null.append([1])
        try null.commit()
        #expect(throws: ImageryError.self) { try FileSink("/") }
    }
}
