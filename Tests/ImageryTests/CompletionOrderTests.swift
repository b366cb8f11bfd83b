import Foundation
import Imagery
import Synchronization
import TestSupport
import Testing

/// Bytes in memory whose lendings take times that a seed draws, so that what threads work on ends in another order than it began.
private final class ShufflingSource: ByteSource {
    private let bytes: [UInt8]
    private let random: Mutex<SeededGenerator>

    init(_ bytes: [UInt8], seed: UInt64) {
        self.bytes = bytes
        random = Mutex(SeededGenerator(seed))
    }

    var byteCount: Int { bytes.count }

    func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        let wait = random.withLock { Double.random(in: 0..<0.0004, using: &$0) }
        Thread.sleep(forTimeInterval: wait)
        let bytes = bytes
        try body(bytes.span.bytes.extracting(range))
        Thread.sleep(forTimeInterval: wait / 2)
    }
}

/// S56: what a read gives, what it finds and how it fails do not depend on the number of threads, nor on which of them is done first.
@Suite("The order in which threads end changes nothing") struct CompletionOrderTests {
    private func outcome(_ source: any ByteSource, _ file: SampleFile, threads: Int, salvage: Bool) -> [String] {
        var options = ReadOptions()
        options.threads = threads
        options.salvage = salvage
        options.limits.maxPixelBytes = 1 << 20
        do throws(ImageryError) {
            let dataset = try Dataset(source: source, format: file.format, options: options)
            return dataset.images.prefix(3).map { image in
                do throws(ImageryError) {
                    let raster = try image.read()
                    return "\(raster.withBytes { span in span.withUnsafeBytes { hash($0) } }) \(raster.diagnostics)"
                } catch { return "\(error)" }
            }
        } catch { return ["\(error)"] }
    }

    private func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    @Test(arguments: SampleFile.all) func ofWholeAndOfDamagedFiles(file: SampleFile) {
        var random = SeededGenerator(UInt64(file.bytes.count))
        for turn in 0..<4 {
            var bytes = file.bytes
            // Wrong bytes in several blocks: each of them is an error, and one of them is told.
            for _ in 0..<turn * 2 {
                bytes[Int.random(in: bytes.count / 3..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            let salvage = turn % 2 == 1
            let expected = outcome(MemorySource(bytes), file, threads: 1, salvage: salvage)
            for threads in [2, 5] {
                let source = ShufflingSource(bytes, seed: UInt64(turn * 10 + threads))
                #expect(outcome(source, file, threads: threads, salvage: salvage) == expected, "\(turn), \(threads) threads")
            }
        }
    }
}
