import Foundation
import Imagery
import TestSupport
import Testing

/// Many windows at once, some of them given up (S97).
@Suite("Many readers at once") struct ManyReadersTests {
    /// Files of eight kinds.
    private static let files = SampleFile.all.filter { file in
        [
            "png", "jpeg", "tiff deflate", "tiff for clouds", "nitf block", "nitf jpeg2000(rate: nil)", "jpeg2000", "dted",
        ].contains(file.name)
    }

    @Test func windowsOfManyFilesSomeOfThemCancelled() async throws {
        #expect(Self.files.count == 8)
        let open = try Self.files.map { try Dataset(bytes: $0.bytes, format: $0.format).image() }
        func wholeRasters() throws -> [Raster] { try open.map { try $0.read() } }
        let whole = try wholeRasters()
        var random = SeededGenerator(3)
        var finished = 0
        var cancelled = 0
        for _ in 0..<4 {
            let tasks = (0..<64).map { number -> (task: Task<Raster, any Error>, index: Int, window: Window, isGivenUp: Bool) in
                let index = number % open.count
                let image = open[index]
                let x = Int.random(in: 0..<image.width, using: &random)
                let y = Int.random(in: 0..<image.height, using: &random)
                let window = Window(
                    x: x, y: y, width: Int.random(in: 1...image.width - x, using: &random),
                    height: Int.random(in: 1...image.height - y, using: &random))
                return (Task { try await image.read(window: window) }, index, window, Int.random(in: 0..<3, using: &random) == 0)
            }
            for item in tasks where item.isGivenUp { item.task.cancel() }
            for item in tasks {
                do {
                    let found = try await item.task.value
                    #expect(try found == whole[item.index].crop(item.window))
                    finished += 1
                } catch {
                    #expect(item.isGivenUp && error is CancellationError, "\(error)")
                    cancelled += 1
                }
            }
        }
        #expect(finished + cancelled == 256 && finished >= 128 && cancelled > 0)
        // Threads that were stuck would not serve these.
        for (image, whole) in zip(open, whole) {
            let again = try await image.read()
            #expect(again == whole)
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/maps")))
    func filesThatAreOpenedAndGivenUpLeaveNothingOpen() async throws {
        let bytes = Self.files[3].bytes
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("imagery-many-\(UUID().uuidString).tif").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        // Other tests open files, too: those of this path are counted.
        func ownDescriptors() -> Int {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            let targets = names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
            return targets.count { $0 == path }
        }
        func ownMappings() throws -> Int {
            try String(contentsOfFile: "/proc/self/maps", encoding: .utf8).split(separator: "\n").count { $0.hasSuffix(path) }
        }
        for access in [ReadOptions.Access.map, .read] {
            for round in 0..<40 {
                let task = Task { try await Dataset.open(path, options: ReadOptions(access: access)).image().read() }
                if round % 3 == 0 { task.cancel() }
                _ = try? await task.value
            }
        }
        // A piece of work whose task was cancelled may still be on its way out.
        for _ in 0..<200 where try ownDescriptors() + ownMappings() > 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(ownDescriptors() == 0)
        #expect(try ownMappings() == 0)
    }
}
