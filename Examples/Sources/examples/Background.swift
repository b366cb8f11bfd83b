import Foundation
import Imagery

// What a server does: reads that go on side by side and are given up, again and again.

extension Examples {
    /// Windows of eight files at once, some of them cancelled.
    static func background() async throws {
        let paths = try (0..<8).map { number in
            let path = "window\(number).tif"
            try Raster([UInt8](repeating: UInt8(number), count: 300 * 200), rows: 300, columns: 200).write(
                to: path, options: WriteOptions(blockWidth: 32, blockHeight: 32))
            return path
        }
        let images = try paths.map { try Dataset($0).image() }
        let tasks = (0..<64).map { number in
            Task {
                try await images[number % 8].read(window: Window(x: number, y: 2 * number, width: 90, height: 90))
                    .samples(as: UInt8.self)
            }
        }
        for number in stride(from: 0, to: 64, by: 5) { tasks[number].cancel() }
        var finished = 0
        for (number, task) in tasks.enumerated() {
            do {
                let samples = try await task.value
                check(samples.allSatisfy { $0 == number % 8 })
                finished += 1
            } catch is CancellationError {
                check(number % 5 == 0)
            }
        }
        print("\(finished) of 64 windows were read")
        for try await (tile, pixels) in try images[3].tiles(width: 64, height: 64).rasters.map({ ($0.tile, $0.raster) }) {
            check(pixels.width == tile.width)
        }
    }

    /// Kilobytes of memory that the process has; nil where the system does not tell.
    private static func residentKilobytes() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4 }
    }

    /// Thousands of tiles of one dataset, and of datasets that are opened for each: memory does not grow.
    static func memoryStaysFlat() throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2_000
        let kept = try Dataset("cloud.tif").image()
        func serve(_ requests: Int) throws {
            for number in 0..<requests {
                let window = Window(x: number * 37 % 192, y: number * 53 % 192, width: 64, height: 64)
                let image = number % 4 == 0 ? try Dataset("scene.ntf").image() : kept
                try check(image.read(window: window).byteCount == 3 * 64 * 64)
            }
        }
        try serve(count / 4)
        guard let before = residentKilobytes() else { return }
        try serve(count)
        let grown = (residentKilobytes() ?? before) - before
        print("\(count) reads of a tile: \(grown) kB more memory, \(before) kB before")
        check(grown < 4_096, "memory grows by \(grown) kB")
    }

    /// The most memory that the process has had, in kilobytes; nil where the system does not tell.
    private static func peakKilobytes() -> Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropLast().last.flatMap { Int($0) }
    }

    /// Sixty-four megabytes that arrive row by row, and block by block: the writer holds a small part of them.
    static func writersHoldLittle() throws {
        let shape = Shape(bands: 1, rows: 16_384, columns: 4_096)
        let options = WriteOptions(compression: .uncompressed, blockWidth: 256, blockHeight: 256)
        let rows = try Raster([UInt8](repeating: 7, count: 64 * 4_096), rows: 64, columns: 4_096)
        let block = try Raster([UInt8](repeating: 7, count: 512 * 512), rows: 512, columns: 512)
        guard let before = peakKilobytes() else { return }
        let byRows = try ImageWriter(to: "rows.tif", shape: shape, pixelType: .uint8, options: options)
        for _ in 0..<256 { try byRows.append(rows: rows) }
        try byRows.finish()
        let byBlocks = try ImageWriter(
            to: "tall.tif", shape: shape, pixelType: .uint8, blockSize: PixelSize(width: 512, height: 512), options: options)
        for number in (0..<256).reversed() { try byBlocks.write(block: block, row: number / 8, column: number % 8) }
        try byBlocks.finish()
        let grown = (peakKilobytes() ?? before) - before
        print("64 MB row by row, and block by block: \(grown) kB more memory")
        check(grown < 16_384, "a writer takes \(grown) kB")
        check(FileManager.default.contentsEqual(atPath: "rows.tif", andPath: "tall.tif"))
        for path in ["rows.tif", "tall.tif"] { try FileManager.default.removeItem(atPath: path) }
    }
}
