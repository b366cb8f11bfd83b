import Foundation
import ImageryBase

/// Calls `body` with the paths of files in a folder of their own, which is removed afterwards with all that is in it. Names may have folders.
public func withFiles(_ files: [(name: String, bytes: [UInt8])], _ body: ([String]) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("imagery-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = files.map { folder.appendingPathComponent($0.name).path }
    for (path, file) in zip(paths, files) {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        let sink = try FileSink(path)
        try sink.append(file.bytes)
        try sink.commit()
    }
    try body(paths)
}

/// The bytes of a file in Tests/Vectors, none when it is not there.
public func vectorFile(_ path: String) -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Vectors").standardized
    return (try? Data(contentsOf: folder.appendingPathComponent(path))).map { [UInt8]($0) } ?? []
}
