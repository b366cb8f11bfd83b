import Imagery
import Synchronization
import TestSupport
import Testing

/// S11, S12: bytes that callers have or can get.
@Suite("Sources of the caller's") struct CallerSourcesTests {
    /// A collection that says where its bytes lie, and counts how often it was copied from byte by byte.
    private struct Odd: RandomAccessCollection, Sendable {
        let bytes: [UInt8]
        var startIndex: Int { 100 }
        var endIndex: Int { 100 + bytes.count }
        subscript(position: Int) -> UInt8 { bytes[position - 100] }
    }

    @Test func collectionsAreReadWhereTheyLie() throws {
        for file in SampleFile.all {
            let wanted = try Raster(bytes: file.bytes, format: file.format)
            let slice = ([1, 2, 3] + file.bytes + [4])[3..<3 + file.bytes.count]
            let source = CollectionSource(slice)
            #expect(source.lendsInPlace && source.byteCount == file.bytes.count)
            #expect(try Dataset(source: source, format: file.format).image().read() == wanted, "\(file.name)")
            // Not one block of memory: lent as copies.
            let scattered = CollectionSource(Odd(bytes: file.bytes))
            #expect(!scattered.lendsInPlace)
            #expect(try Dataset(source: scattered, format: file.format).image().read() == wanted, "\(file.name)")
        }
        var places: Set<UInt> = []
        let bytes: [UInt8] = [1, 2, 3, 4, 5]
        let source = CollectionSource(bytes)
        for _ in 0..<2 {
            try source.withBytes(1..<4) { span in
                span.withUnsafeBytes { _ = places.insert(UInt(bitPattern: $0.baseAddress)) }
                #expect(span.byteCount == 3)
            }
        }
        bytes.withUnsafeBytes { #expect(places == [UInt(bitPattern: $0.baseAddress) + 1]) }
    }

    @Test func aClosureFetches() throws {
        for file in SampleFile.all {
            let wanted = try Raster(bytes: file.bytes, format: file.format)
            let calls = Mutex(0)
            let source = FetchedSource(byteCount: file.bytes.count) { range in
                calls.withLock { $0 += 1 }
                return file.bytes[range]
            }
            #expect(try Dataset(source: source, format: file.format).image().read() == wanted, "\(file.name)")
            #expect(calls.withLock { $0 } > 0)
        }
        struct Gone: Error {}
        let file = try #require(SampleFile.all.first)
        let failing = FetchedSource(byteCount: file.bytes.count) { _ -> [UInt8] in throw Gone() }
        let error = #expect(throws: ImageryError.self) { try Dataset(source: failing, format: file.format) }
        #expect(error?.kind == .io && error?.underlying is Gone)
        let short = FetchedSource(byteCount: file.bytes.count) { range in file.bytes[range].dropLast() }
        #expect(#expect(throws: ImageryError.self) { try Dataset(source: short, format: file.format) }?.kind == .io)
    }
}
