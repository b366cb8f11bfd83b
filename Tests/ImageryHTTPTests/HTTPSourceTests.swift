import Foundation
import ImageryBase
import Synchronization
import Testing

@testable import ImageryHTTP

@Suite("HTTP source")
struct HTTPSourceTests {
    /// Bytes that tell where they are from.
    private static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8 ^ $0 >> 16) }
    }

    private static func bytes(_ source: HTTPSource, _ range: Range<Int>) throws -> [UInt8] {
        var found: [UInt8] = []
        try source.withBytes(range) { span in
            found = (0..<span.byteCount).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
        }
        return found
    }

    private static func error(_ body: () throws -> Void) -> ImageryError? {
        do {
            try body()
            return nil
        } catch {
            return error as? ImageryError
        }
    }

    private static var quick: HTTPOptions {
        var options = HTTPOptions()
        options.retryDelay = 0.01
        options.timeout = 5
        return options
    }

    @Test func readsRangesAndKeepsThem() throws {
        let bytes = Self.pattern(300_000)
        let server = try LoopbackServer(bytes)
        let source = try HTTPSource(server.address())
        #expect(source.byteCount == bytes.count && source.traffic == HTTPTraffic(requests: 1, bytes: 16_384))
        for range in [0..<10, 100..<16_384, 16_000..<17_000, 200_000..<290_000, 299_990..<300_000, 0..<300_000, 5..<5] {
            #expect(try Self.bytes(source, range) == Array(bytes[range]))
        }
        let spent = source.traffic
        #expect(spent.bytes == bytes.count)
        var copy = [UInt8](repeating: 0, count: 150_000)
        try copy.withUnsafeMutableBytes { try source.read(100_000..<250_000, into: $0.baseAddress!) }
        #expect(copy == Array(bytes[100_000..<250_000]) && source.traffic == spent)
        #expect(server.requests.allSatisfy { $0.range != nil && $0.fields["accept-encoding"] == "identity" })
        #expect(server.requests.dropFirst().allSatisfy { $0.fields["if-range"] == "\"one\"" })
    }

    @Test func readsFarFromTheCacheExactly() throws {
        let bytes = Self.pattern(400_000)
        let server = try LoopbackServer(bytes)
        let source = try HTTPSource(server.address())
        #expect(try Self.bytes(source, 150_000..<250_000) == Array(bytes[150_000..<250_000]))
        #expect(server.requests.last?.range == 150_000...249_999)
        // A small read takes what is as near as the request is long; at the end of the file what lies before.
        _ = try Self.bytes(source, 100_000..<100_001)
        #expect(server.requests.last?.range == 100_000...116_383)
        _ = try Self.bytes(source, 399_999..<400_000)
        #expect(server.requests.last?.range == 383_616...399_999)
    }

    @Test func readsAheadOfReadsThatFollowOneAnother() throws {
        let bytes = Self.pattern(1 << 20)
        let server = try LoopbackServer(bytes)
        let source = try HTTPSource(server.address())
        for start in stride(from: 0, to: bytes.count, by: 4096) {
            #expect(try Self.bytes(source, start..<start + 4096) == Array(bytes[start..<start + 4096]))
        }
        #expect(source.traffic.requests <= 7 && source.traffic.bytes == bytes.count)
    }

    @Test func forgetsWhatWasNotUsed() throws {
        let bytes = Self.pattern(200_000)
        let server = try LoopbackServer(bytes)
        var options = Self.quick
        options.cacheBytes = 40_000
        let source = try HTTPSource(server.address(), options: options)
        for range in [0..<10, 50_000..<50_010, 100_000..<100_010, 0..<10, 150_000..<150_010, 0..<10] {
            #expect(try Self.bytes(source, range) == Array(bytes[range]))
        }
        // Two pieces fit: the first was used again before each third came.
        #expect(source.traffic.requests == 5)
        #expect(try Self.bytes(source, 0..<200_000) == bytes)
    }

    @Test func fetchesAnnouncedRangesInParallel() throws {
        let bytes = Self.pattern(500_000)
        let open = Mutex((now: 0, most: 0))
        let server = try LoopbackServer { request in
            open.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            Thread.sleep(forTimeInterval: 0.05)
            open.withLock { $0.now -= 1 }
            return LoopbackServer.serve(bytes, request, entityTag: "\"a\"")
        }
        let source = try HTTPSource(server.address())
        let ranges = (1...6).map { $0 * 70_000..<$0 * 70_000 + 20_000 } + [442_000..<450_000]
        source.prefetch(ranges)
        for range in ranges { #expect(try Self.bytes(source, range) == Array(bytes[range])) }
        #expect(open.withLock { $0.most } > 2)
        // The last two are near each other, and the bytes between them come along.
        #expect(source.traffic == HTTPTraffic(requests: 7, bytes: 16_384 + 5 * 20_000 + 30_000))
    }

    @Test func fetchesNoByteTwiceAtATime() async throws {
        let bytes = Self.pattern(200_000)
        let server = try LoopbackServer { request in
            var reply = LoopbackServer.serve(bytes, request, entityTag: nil)
            reply.delay = 0.02
            return reply
        }
        let source = try HTTPSource(server.address())
        try await withThrowingTaskGroup { group in
            for start in [100_000, 100_500, 101_000] {
                group.addTask { try Self.bytes(source, start..<start + 100) == Array(bytes[start..<start + 100]) }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(source.traffic.requests <= 4 && source.traffic.bytes <= 16_384 + 17_384)
        let ranges = server.requests.compactMap(\.range).sorted { $0.lowerBound < $1.lowerBound }
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }

    @Test func triesAgain() throws {
        let bytes = Self.pattern(100_000)
        let count = Atomic<Int>(0)
        let server = try LoopbackServer { request in
            switch count.add(1, ordering: .relaxed).newValue {
            case 1: return .init(status: 503, fields: ["Retry-After": "0"])
            case 3: return .init(status: 500, content: Array("trouble".utf8))
            case 4:
                var reply = LoopbackServer.serve(bytes, request, entityTag: "\"a\"")
                reply.cut = 7_000
                return reply
            default: return LoopbackServer.serve(bytes, request, entityTag: "\"a\"")
            }
        }
        let source = try HTTPSource(server.address(), options: Self.quick)
        #expect(try Self.bytes(source, 40_000..<60_000) == Array(bytes[40_000..<60_000]))
        // After the cut it goes on where it ended.
        #expect(server.requests.compactMap(\.range?.lowerBound) == [0, 0, 40_000, 40_000, 47_000])
    }

    @Test func endsAfterSomeAttempts() throws {
        let server = try LoopbackServer { _ in .init(status: 502) }
        var options = Self.quick
        options.attempts = 3
        let error = Self.error { _ = try HTTPSource(server.address("/a?secret=1"), options: options) }
        #expect(error?.kind == .io && error?.message == "the server answers with status 502, 3 times in a row")
        #expect(error?.context.hasSuffix("/a") == true && server.requests.count == 3)
    }

    @Test(arguments: [(404, "has no such file"), (403, "without permission"), (400, "does not give")])
    func doesNotInsist(status: Int, words: String) throws {
        let server = try LoopbackServer { _ in .init(status: status) }
        let error = Self.error { _ = try HTTPSource(server.address(), options: Self.quick) }
        #expect(error?.kind == .io && error?.message.contains(words) == true && server.requests.count == 1)
    }

    @Test func noticesThatAFileHasChanged() throws {
        let bytes = Self.pattern(100_000)
        let tag = Mutex("\"one\"")
        let server = try LoopbackServer { request in LoopbackServer.serve(bytes, request, entityTag: tag.withLock { $0 }) }
        let source = try HTTPSource(server.address(), options: Self.quick)
        tag.withLock { $0 = "\"two\"" }
        func expectFailure() {
            let error = Self.error { _ = try Self.bytes(source, 50_000..<60_000) }
            #expect(error?.kind == .io && error?.message.contains("has changed") == true)
        }
        expectFailure()
        // A source that has failed asks no more.
        let count = server.requests.count
        expectFailure()
        #expect(server.requests.count == count)
    }

    @Test func noticesAnotherSizeWithoutTags() throws {
        let size = Mutex(100_000)
        let server = try LoopbackServer { LoopbackServer.serve(Self.pattern(size.withLock { $0 }), $0, entityTag: nil) }
        let source = try HTTPSource(server.address(), options: Self.quick)
        size.withLock { $0 = 90_000 }
        #expect(Self.error { _ = try Self.bytes(source, 50_000..<60_000) }?.message.contains("has changed") == true)
    }

    @Test func saysWhenAServerServesNoRanges() throws {
        let bytes = Self.pattern(100_000)
        let server = try LoopbackServer { _ in .init(content: bytes) }
        var options = Self.quick
        options.maxWholeBytes = 99_999
        let error = Self.error { _ = try HTTPSource(server.address(), options: options) }
        #expect(error?.kind == .unsupported && error?.message.contains("does not serve ranges") == true)
        options.maxWholeBytes = 100_000
        options.cacheBytes = 0
        let source = try HTTPSource(server.address(), options: options)
        #expect(try source.isWhole && source.byteCount == bytes.count && Self.bytes(source, 0..<100_000) == bytes)
        #expect(source.traffic.requests == 1)
    }

    @Test func givesUpOnAServerWithoutRangesThatAlwaysEndsEarly() throws {
        let bytes = Self.pattern(100_000)
        let server = try LoopbackServer { _ in .init(content: bytes, cut: 50_000) }
        let error = Self.error { _ = try HTTPSource(server.address(), options: Self.quick) }
        #expect(error?.kind == .io && error?.message.contains("4 times in a row") == true)
        #expect(server.requests.count == 4)
    }

    @Test func addressesWithoutAHostKeepTheirSecrets() throws {
        for address in ["http://user:word@/x?y", "ftp://user:word@host/x", "user:word"] {
            let error = Self.error { _ = try HTTPSource(address) }
            #expect(error?.kind == .misuse && error.map { "\($0)".contains("word") } == false)
        }
    }

    @Test func followsRedirections() throws {
        let bytes = Self.pattern(100_000)
        let server = try LoopbackServer { request in
            if request.path == "/old" { return .init(status: 302, fields: ["Location": "/new"], content: Array("gone".utf8)) }
            return request.path == "/round"
                ? .init(status: 302, fields: ["Location": "/round"]) : LoopbackServer.serve(bytes, request, entityTag: "\"a\"")
        }
        let source = try HTTPSource(server.address("/old"), options: Self.quick)
        #expect(try Self.bytes(source, 70_000..<90_000) == Array(bytes[70_000..<90_000]))
        // Later requests go to the new place at once.
        #expect(server.requests.map(\.path) == ["/old", "/new", "/new"] && server.requests.allSatisfy { $0.range != nil })
        #expect(Self.error { _ = try HTTPSource(server.address("/round"), options: Self.quick) }?.kind == .io)
        #expect(server.requests.count < 12)
    }

    @Test func keepsHeadersForItsHost() throws {
        let bytes = Self.pattern(20_000)
        let other = try LoopbackServer(bytes)
        let server = try LoopbackServer { _ in .init(status: 307, fields: ["Location": other.address("/there")]) }
        var options = Self.quick
        options.headers = ["X-Key": "secret"]
        _ = try HTTPSource(server.address().replacing("127", with: "user:word@127"), options: options)
        #expect(server.requests.first?.fields["x-key"] == "secret")
        #expect(server.requests.first?.fields["authorization"] == "Basic \(Data("user:word".utf8).base64EncodedString())")
        #expect(other.requests.first?.fields["x-key"] == nil && other.requests.first?.fields["authorization"] == nil)
    }

    @Test func givesUpOnSilence() throws {
        let bytes = Self.pattern(100_000)
        let server = try LoopbackServer { request in
            var reply = LoopbackServer.serve(bytes, request, entityTag: "\"a\"")
            if request.range?.lowerBound == 50_000 { reply.delay = 5 }
            return reply
        }
        var options = Self.quick
        options.timeout = 1.5
        options.attempts = 2
        let source = try HTTPSource(server.address(), options: options)
        let error = Self.error { _ = try Self.bytes(source, 50_000..<60_000) }
        #expect(error?.kind == .io && error?.message == "nothing came for 1.5 s, 2 times in a row")
        #expect(try Self.bytes(source, 80_000..<90_000) == Array(bytes[80_000..<90_000]))
    }

    /// Not when the server answers at last.
    @Test(.timeLimit(.minutes(1))) func stopsWhenCancelled() throws {
        let server = try LoopbackServer { request in
            .init(status: 206, fields: ["Content-Range": "bytes 0-16383/100000"], content: [], delay: 100)
        }
        var options = Self.quick
        let token = Cancellation()
        options.cancellation = token
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.05)
            token.cancel()
        }
        #expect(Self.error { _ = try HTTPSource(server.address(), options: options) }?.isCancellation == true)
    }

    @Test func refusesEmptyFilesAndAddressesOfOtherKinds() throws {
        let server = try LoopbackServer([UInt8]())
        #expect(Self.error { _ = try HTTPSource(server.address(), options: Self.quick) }?.kind == .malformed)
        for address in ["ftp://host/file", "http://", "file.tif", ""] {
            #expect(Self.error { _ = try HTTPSource(address) }?.kind == .misuse, "\(address)")
        }
        var options = HTTPOptions()
        options.timeout = 0
        #expect(Self.error { _ = try HTTPSource(server.address(), options: options) }?.kind == .misuse)
    }

    @Test func saysThatNobodyListens() throws {
        var options = Self.quick
        options.attempts = 1
        let error = Self.error { _ = try HTTPSource("http://127.0.0.1:1/file", options: options) }
        #expect(error?.kind == .io && error?.message == "the host does not answer")
    }

    @Test func aServerThatLiesIsAnError() throws {
        let bytes = Self.pattern(100_000)
        let lies: [[String: String]] = [
            ["Content-Range": "bytes 1-16384/100000"], ["Content-Range": "bytes 0-20000/100000"],
            ["Content-Range": "bytes 0-16383/*"],
            ["Content-Range": "bytes 0-16383/5"], ["Content-Range": "nonsense"], [:],
            ["Content-Range": "bytes 0-16383/100000", "Content-Encoding": "br"],
        ]
        for lie in lies {
            let server = try LoopbackServer { _ in .init(status: 206, fields: lie, content: Array(bytes[..<16_384])) }
            #expect(Self.error { _ = try HTTPSource(server.address(), options: Self.quick) } != nil, "\(lie)")
        }
    }
}
