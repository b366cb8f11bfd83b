import ArgumentParser
import Imagery

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What `convert` and `tiles` can write.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case npy, png, jpeg

    /// The format of `path`'s extension. Throws kind unsupported for one that cannot be written.
    init(extensionOf path: String) throws(ImageryError) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        if let known = OutputFormat(rawValue: ending == "jpg" ? "jpeg" : ending) {
            self = known
        } else if let format = Format(extensionOf: path) {
            throw ImageryError(.unsupported, path, "\(format.rawValue) files cannot be written yet; .png, .jpg and .npy can")
        } else {
            throw ImageryError(.misuse, path, "the extension names no format that can be written: use .png, .jpg or .npy, or --to")
        }
    }

    /// Writes the raster and finishes the output.
    func write(_ raster: Raster, to output: Output) throws {
        switch self {
        case .npy: try raster.writeNPY { try output.append($0) }
        case .png: try raster.encode(as: .png, into: output)
        case .jpeg: try raster.encode(as: .jpeg, into: output)
        }
        try output.finish()
    }

    /// Writes part of an image and finishes the output; returns what reading found.
    func write(_ image: ImageAsset, _ selection: SelectionOptions, _ writing: WritingOptions, to output: Output) throws
        -> [Diagnostic]
    {
        var progress = Progress()
        let findings: [Diagnostic]
        switch self {
        case .npy:
            let raster = try selection.read(image, progress: &progress)
            findings = raster.diagnostics
            try raster.writeNPY { try output.append($0) }
        case .png, .jpeg:
            var options = try writing.options()
            if selection.chosenBands == nil { options.metadata = image.metadata }
            findings = try image.encode(
                as: self == .png ? .png : .jpeg, into: output, window: selection.window, bands: selection.chosenBands,
                resolutionLevel: selection.resolutionLevel, fill: selection.fill, options: options
            ) { rows, all in progress.update(rows, of: all) }
        }
        progress.finish()
        try output.finish()
        return findings
    }
}

/// A file that appears when it is finished, or standard output for `-`.
final class Output: ByteSink {
    private let file: FileSink?

    /// Throws kind misuse when the file exists and must not be replaced.
    init(_ path: String, overwrite: Bool) throws(ImageryError) {
        if path == "-" {
            file = nil
        } else {
            let exists = unsafe access(path, F_OK) == 0
            guard overwrite || !exists else {
                throw ImageryError(.misuse, path, "exists already; --overwrite replaces it")
            }
            file = try FileSink(path)
        }
    }

    var canPatch: Bool { file != nil }

    func append(_ bytes: RawSpan) throws {
        if let file { return try file.append(bytes) }
        try unsafe bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                // In bounds: `done < buffer.count`.
                let count = unsafe write(1, buffer.baseAddress! + done, buffer.count - done)
                if count >= 0 {
                    done += count
                } else if errno != EINTR {
                    throw ImageryError(.io, "standard output", "cannot be written (error \(errno))")
                }
            }
        }
    }

    func patch(_ bytes: RawSpan, at offset: Int) throws {
        guard let file else { throw ImageryError(.misuse, "standard output", "cannot be changed after it was written") }
        try file.patch(bytes, at: offset)
    }

    func finish() throws { try file?.commit() }
}
