import Dispatch
import Foundation
import Imagery
import ImageryPlumbing
import Synchronization
import TestSupport
import Testing

/// A source that counts what is lent and calls `tap` before each.
private struct TappedSource: ByteSource {
    private let bytes: [UInt8]
    private let tap: @Sendable () -> Void

    init(_ bytes: [UInt8], tap: @escaping @Sendable () -> Void) {
        self.bytes = bytes
        self.tap = tap
    }

    var byteCount: Int { bytes.count }

    /// So that every block is asked for on its own.
    var lendsInPlace: Bool { true }

    func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        tap()
        try unsafe body(bytes.span.bytes.extracting(range))
    }
}

private func files() throws -> [(format: Format, bytes: [UInt8])] {
    let raster = try Raster((0..<64 * 64).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) }, rows: 64, columns: 64)
    var options = WriteOptions()
    (options.blockWidth, options.blockHeight) = (16, 16)
    return [
        (.tiff, try raster.encoded(as: .tiff, options: options)), (.nitf, try raster.encoded(as: .nitf, options: options)),
        (.png, try raster.encoded(as: .png)), (.jpeg, try raster.encoded(as: .jpeg)),
        (.jpeg2000, try raster.encoded(as: .jpeg2000)),
    ]
}

@Suite struct CancellationTests {
    @Test func aTokenThatIsSetStopsReadsOfEveryFormat() throws {
        for file in try files() {
            let token = Cancellation()
            var options = ReadOptions()
            options.cancellation = token
            let image = try Dataset(bytes: file.bytes, format: file.format, options: options).image()
            let before = try image.read()
            token.cancel()
            let error = #expect(throws: ImageryError.self, "\(file.format)") { try image.read() }
            #expect(error?.isCancellation == true && error?.kind == .io)
            let again = try Dataset(bytes: file.bytes, format: file.format).image().read()
            #expect(again == before)
        }
    }

    @Test func aTokenThatIsSetOnTheWayLeavesTheRestUnread() throws {
        let tiles = try #require(try files().first).bytes
        let token = Cancellation()
        var options = ReadOptions()
        options.cancellation = token
        options.threads = 1
        let lent = Atomic<Int>(0)
        let armed = Atomic<Bool>(false)
        let source = TappedSource(tiles) {
            guard armed.load(ordering: .relaxed) else { return }
            if lent.wrappingAdd(1, ordering: .relaxed).newValue == 3 { token.cancel() }
        }
        let image = try Dataset(source: source, format: .tiff, options: options).image()
        armed.store(true, ordering: .relaxed)
        #expect(throws: ImageryError.self) { try image.read() }
        // Sixteen tiles, of which the third was being read.
        #expect(lent.load(ordering: .relaxed) == 3)
    }

    @Test(arguments: [Format.tiff, .nitf, .png, .jpeg, .jpeg2000])
    func aTokenThatIsSetOnTheWayStopsWriting(format: Format) throws {
        let image = try Dataset(bytes: pyramid.bytes, format: .tiff).image()
        let token = Cancellation()
        token.cancel()
        var options = WriteOptions()
        options.cancellation = token
        let sink = CollectingSink()
        let error = #expect(throws: ImageryError.self) { try image.encode(as: format, into: sink, options: options) }
        #expect(error?.isCancellation == true)
    }
}

@Suite struct AsyncTests {
    @Test func asyncReadsGiveTheSamePixels() async throws {
        for file in try files() {
            let image = try Dataset(bytes: file.bytes, format: file.format).image()
            let window = Window(x: 5, y: 9, width: 40, height: 31)
            let expected = try await Self.plainRead(image, window)
            #expect(try await image.read(window: window) == expected)
            var places = 0
            for try await element in try image.tiles(width: 20, height: 20).rasters {
                #expect(element.raster == (try await image.read(window: element.tile.window)))
                places += 1
            }
            #expect(places == 16)
        }
    }

    /// The synchronous form, which asynchronous code does not get under that name.
    private static func plainRead(_ image: ImageAsset, _ window: Window) async throws -> Raster {
        func read() throws -> Raster { try image.read(window: window) }
        return try read()
    }

    @Test func aTaskThatIsCancelledWhileItReadsGetsItsError() async throws {
        let bytes = try #require(try files().first).bytes
        let entered = DispatchSemaphore(value: 0)
        let goOn = DispatchSemaphore(value: 0)
        let armed = Atomic<Bool>(false)
        let source = TappedSource(bytes) {
            guard armed.exchange(false, ordering: .relaxed) else { return }
            entered.signal()
            goOn.wait()
        }
        var options = ReadOptions()
        options.threads = 1
        let image = try Dataset(source: source, format: .tiff, options: options).image()
        armed.store(true, ordering: .relaxed)
        let task = Task { try await image.read() }
        await Self.wait(entered)
        task.cancel()
        goOn.signal()
        await #expect(throws: CancellationError.self) { try await task.value }
        // The image is as before.
        #expect(try await image.read().width == 64)
    }

    @Test func aTaskThatWaitsForItsTurnEndsAtOnce() async throws {
        let bytes = try #require(try files().first).bytes
        let goOn = DispatchSemaphore(value: 0)
        let entered = DispatchSemaphore(value: 0)
        let armed = Atomic<Bool>(false)
        let source = TappedSource(bytes) {
            guard armed.load(ordering: .relaxed) else { return }
            entered.signal()
            goOn.wait()
        }
        var options = ReadOptions()
        options.threads = 1
        let image = try Dataset(source: source, format: .tiff, options: options).image()
        armed.store(true, ordering: .relaxed)
        let busy = (0..<availableThreads).map { _ in Task { try await image.read(window: Window(x: 0, y: 0, width: 1, height: 1)) }
        }
        for _ in busy { await Self.wait(entered) }
        let late = Task { try await image.read() }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        armed.store(false, ordering: .relaxed)
        for _ in busy { goOn.signal() }
        for task in busy { #expect(try await task.value.width == 1) }
    }

    @Test func readsCancelledAtRandomLeaveTheOthersRight() async throws {
        let images = try files().map { try Dataset(bytes: $0.bytes, format: $0.format).image() }
        var random = SeededGenerator(11)
        var tasks: [(image: Int, window: Window, task: Task<Raster, any Error>, isCancelled: Bool)] = []
        for number in 0..<64 {
            let window = Window(
                x: Int(random.next() % 40), y: Int(random.next() % 40), width: 1 + Int(random.next() % 24),
                height: 1 + Int(random.next() % 24))
            let image = images[number % images.count]
            let task = Task { try await image.read(window: window) }
            let isCancelled = random.next() % 3 == 0
            if isCancelled { task.cancel() }
            tasks.append((number % images.count, window, task, isCancelled))
        }
        for entry in tasks {
            let expected = try await Self.plainRead(images[entry.image], entry.window)
            switch await entry.task.result {
            case .success(let raster): #expect(raster == expected)
            case .failure(let error): #expect(entry.isCancelled && error is CancellationError)
            }
        }
    }

    @Test func filesAreWrittenAndOpened() async throws {
        let raster = try Raster((0..<256).map { UInt8($0) }, rows: 16, columns: 16)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("imagery-async-\(UUID().uuidString).tif").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await raster.write(to: path)
        #expect(try await Raster(contentsOf: path) == raster)
        let result = try await Dataset.write(to: path) { try $0.add(image: raster) }
        #expect(result.diagnostics.isEmpty)
        #expect(try await Dataset.open(path).image().read() == raster)
    }

    /// Waits without holding one of Swift's own threads.
    private static func wait(_ semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
