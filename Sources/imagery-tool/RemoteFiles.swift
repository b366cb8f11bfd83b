import ImageryBase
import Synchronization

/// Files at addresses, which one of the two programs can open.
enum RemoteFiles {
    private static let opener = Mutex<(@Sendable (String) throws -> any ByteSource)?>(nil)

    /// Says how addresses are opened; nil where they cannot be.
    static func open(by open: (@Sendable (String) throws -> any ByteSource)?) { opener.withLock { $0 = open } }

    /// Whether a file's name is an address.
    static func isAddress(_ name: String) -> Bool { name.hasPrefix("https://") || name.hasPrefix("http://") }

    /// A file's name as it is printed and written: an address goes without its password and without what follows a question mark, where secrets stand.
    static func shown(_ name: String) -> String {
        guard isAddress(name), let scheme = name.firstRange(of: "://") else { return name }
        let rest = name[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let server = rest.prefix { $0 != "/" }
        let host = server.lastIndex(of: "@").map { server[server.index(after: $0)...] } ?? server
        return String(name[..<scheme.upperBound] + host + rest[server.endIndex...])
    }

    /// The file at an address. Throws kind unsupported in a program without the network.
    static func open(_ address: String) throws(ImageryError) -> any ByteSource {
        guard let open = opener.withLock({ $0 }) else {
            throw ImageryError(
                .unsupported, shown(address), "addresses are read by the program imagery-remote, which is not beside this one")
        }
        do {
            return try open(address)
        } catch {
            throw error as? ImageryError ?? ImageryError(.io, shown(address), "cannot be opened", underlying: error)
        }
    }
}
