public import ImageryBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The tool, as the two programs run it: `imagery` without the network, and `imagery-remote` with it, which takes the place of the former
/// when an argument is an address. The network would make every start longer (decision 1).
public enum Program {
    /// Runs the command line and ends the process. `openRemote` opens addresses; without it the program that can takes over.
    public static func run(openRemote: (@Sendable (String) throws -> any ByteSource)? = nil) -> Never {
        if openRemote == nil, CommandLine.arguments.dropFirst().contains(where: RemoteFiles.isAddress) { handOver() }
        RemoteFiles.open(by: openRemote)
        ImageryTool.main()
        exit(0)
    }

    /// Becomes `imagery-remote`, with the same arguments; returns when there is none.
    private static func handOver() {
        guard let folder = ownPath().map({ $0.prefix(through: $0.lastIndex(of: "/") ?? $0.startIndex) }) else { return }
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe CommandLine.arguments.map { unsafe strdup($0) }
        unsafe arguments.append(nil)
        // The copies are never freed: an error ends the process otherwise.
        _ = unsafe execv(folder + "imagery-remote", &arguments)
    }

    /// Where this program lies; nil when the system does not say.
    private static func ownPath() -> String? {
        #if canImport(Darwin)
            var size = UInt32(PATH_MAX)
            var path = [UInt8](repeating: 0, count: Int(size))
            let isFound = unsafe path.withUnsafeMutableBytes { bytes in
                unsafe bytes.withMemoryRebound(to: CChar.self) { unsafe _NSGetExecutablePath($0.baseAddress!, &size) == 0 }
            }
            return isFound ? String(decoding: path.prefix { $0 != 0 }, as: UTF8.self) : nil
        #else
            var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = unsafe path.withUnsafeMutableBytes { bytes in
                unsafe bytes.withMemoryRebound(to: CChar.self) { unsafe readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
            }
            return count > 0 ? String(decoding: path.prefix(count), as: UTF8.self) : nil
        #endif
    }
}
