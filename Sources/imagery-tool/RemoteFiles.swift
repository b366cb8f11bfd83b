import ImageryBase
import Synchronization

/// Files at addresses, which one of the two programs can open.
enum RemoteFiles {
    private static let opener = Mutex<(@Sendable (String) throws -> any ByteSource)?>(nil)

    /// Says how addresses are opened; nil where they cannot be.
    static func open(by open: (@Sendable (String) throws -> any ByteSource)?) { opener.withLock { $0 = open } }

    /// Whether a file's name is an address.
    static func isAddress(_ name: String) -> Bool { name.hasPrefix("https://") || name.hasPrefix("http://") }

    /// The file at an address. Throws kind unsupported in a program without the network.
    static func open(_ address: String) throws(ImageryError) -> any ByteSource {
        guard let open = opener.withLock({ $0 }) else {
            throw ImageryError(
                .unsupported, address, "addresses are read by the program imagery-remote, which is not beside this one")
        }
        do {
            return try open(address)
        } catch {
            throw error as? ImageryError ?? ImageryError(.io, address, "cannot be opened", underlying: error)
        }
    }
}
