import ArgumentParser
import Imagery
import ImageryPlumbing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What `convert` and `tiles` can write: the formats of the library, and NumPy's arrays.
enum OutputFormat: ExpressibleByArgument, Hashable {
    case npy
    case file(Format)

    /// The names that --to takes.
    static let names = (["npy"] + Format.allCases.filter(\.isWritable).map(\.rawValue)).joined(separator: ", ")

    init?(argument: String) {
        if argument.lowercased() == "npy" {
            self = .npy
        } else if let format = Format(named: argument) {
            self = .file(format)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] { ["npy"] + Format.allCases.filter(\.isWritable).map(\.rawValue) }

    /// The format of `path`'s extension. Throws kind unsupported for one that cannot be written.
    init(extensionOf path: String) throws(ImageryError) {
        if path.lowercased().hasSuffix(".npy") {
            self = .npy
        } else if let format = Format(extensionOf: path) {
            self = .file(format)
        } else {
            throw ImageryError(.misuse, path, "the extension names no format that can be written (\(Self.names)); use --to")
        }
        try check(path)
    }

    /// Throws kind unsupported for a format that cannot be written.
    func check(_ path: String) throws(ImageryError) {
        if case .file(let format) = self, !format.isWritable {
            throw ImageryError(unsupported: .format, path, "\(format.rawValue) files cannot be written yet; \(Self.names) can")
        }
    }

    /// The extension of a file of this format.
    var pathExtension: String {
        switch self {
        case .npy: "npy"
        case .file(let format):
            switch format {
            case .nitf, .nitf20: "ntf"
            case .nsif: "nsf"
            case .tiff: "tif"
            case .png: "png"
            case .jpeg: "jpg"
            case .jpeg2000: "jp2"
            case .dted: "dt2"
            }
        }
    }

    /// Writes the raster and finishes the output.
    func write(_ raster: Raster, to output: Output, options: WriteOptions = WriteOptions()) throws {
        switch self {
        case .npy: try raster.writeNPY { try output.append($0) }
        case .file(let format): try raster.encode(as: format, into: output, options: options)
        }
        try output.finish()
    }
}

/// A file that appears when it is finished, or standard output for `-`.
final class Output: ByteSink {
    private let file: FileSink?

    /// Throws kind misuse when the file exists and must not be replaced.
    init(_ path: String, overwrite: Bool, durability: Durability = .buffered) throws(ImageryError) {
        if path == "-" {
            file = nil
        } else {
            try Self.check(path, overwrite: overwrite)
            file = try FileSink(path, durability: durability)
        }
    }

    /// Throws kind misuse for a file that exists and must not be replaced; devices and pipes are there to be written to.
    static func check(_ path: String, overwrite: Bool) throws(ImageryError) {
        if RemoteFiles.isAddress(path) {
            throw ImageryError(.misuse, RemoteFiles.shown(path), "files at addresses can be read, not written")
        }
        var status = stat()
        guard !overwrite, unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        throw ImageryError(.misuse, path, "exists already; --overwrite replaces it")
    }

    var canPatch: Bool { file?.canPatch ?? false }

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

    func extend(by count: Int) throws {
        guard let file else { throw ImageryError(.misuse, "standard output", "has no places to be filled later") }
        try file.extend(by: count)
    }

    func patch(_ bytes: RawSpan, at offset: Int) throws {
        guard let file else { throw ImageryError(.misuse, "standard output", "cannot be changed after it was written") }
        try file.patch(bytes, at: offset)
    }

    func finish() throws { try file?.commit() }
}
