package import ImageryBase
import ImageryPrimitives

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A temporary file without a name whose bytes come in any order, from any thread.
package final class PlacedSpool: Sendable {
    private let descriptor: Int32
    private let name: String

    /// An empty spool in `folder`, else in the folder of temporary files. Throws kind io when that cannot be written.
    package init(in given: String? = nil) throws(ImageryError) {
        let folder = given ?? Spool.folder
        let path = Spool.newPath(in: folder)
        name = "temporary file in \(folder)"
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(0o600))
        guard descriptor >= 0 else { throw ImageryError(.io, name, "cannot be written: \(systemMessage())") }
        // The bytes go with the descriptor, however the process ends.
        _ = unsafe unlink(path)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Puts bytes at `offset`, behind the end too. Throws kind io.
    package func put(_ bytes: RawSpan, at offset: Int) throws(ImageryError) {
        let failure = unsafe bytes.withUnsafeBytes { bytes -> ImageryError? in
            var done = 0
            while done < bytes.count {
                // In bounds: `done < bytes.count`.
                let count = unsafe pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
                if count >= 0 {
                    done += count
                } else if errno != EINTR {
                    return ImageryError(.io, name, "cannot be written: \(systemMessage())", at: offset + done)
                }
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// Reads `count` bytes that were put, from `offset` on, into memory that has room for them. Throws kind io.
    package func read(_ count: Int, at offset: Int, into target: UnsafeMutableRawPointer) throws(ImageryError) {
        var done = 0
        while done < count {
            // In bounds: the target has room for `count` bytes.
            let piece = unsafe pread(descriptor, target + done, count - done, off_t(offset + done))
            if piece > 0 {
                done += piece
            } else if piece == 0 || errno != EINTR {
                throw ImageryError(.io, name, "cannot be read again: \(systemMessage())", at: offset + done)
            }
        }
    }
}
