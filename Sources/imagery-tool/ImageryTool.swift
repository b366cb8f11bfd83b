import ArgumentParser
import Imagery

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The command line of the library (S95).
struct ImageryTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imagery",
        abstract: "Look into geospatial images, read parts of them, convert them.",
        discussion: """
            A FILE of '-' is standard input; it may be an http or https address, of which only what is needed is read. Exit status: 0 done, 1 failed, 2 wrong usage, 3 not supported.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Look",
                subcommands: [
                    Info.self, PreviewCommand.self, StatsCommand.self, ValueCommand.self, LocateCommand.self, Dump.self,
                    Describe.self,
                ]),
            CommandGroup(name: "Check", subcommands: [ChecksumCommand.self, CompareCommand.self, ValidateCommand.self]),
            CommandGroup(name: "Take apart", subcommands: [ExtractCommand.self, StripCommand.self, TilesCommand.self]),
            CommandGroup(
                name: "Convert",
                subcommands: [
                    Convert.self, MosaicCommand.self, MergeCommand.self, RSetCommand.self, OverviewsCommand.self, Edit.self,
                    IndexCommand.self,
                ]),
            CommandGroup(name: "Measure", subcommands: [Bench.self]),
        ])

    static func main() {
        // A reader that has gone away (`imagery info x | head`) is an error of a write, not a signal.
        signal(SIGPIPE, SIG_IGN)
        Interruption.watch()
        do {
            var command = try command(of: Array(CommandLine.arguments.dropFirst()))
            try command.run()
        } catch let error as ImageryError {
            say("imagery: \(error)\(hint(for: error))")
            quit(exitStatus(of: error))
        } catch let error as ExitCode {
            quit(error.rawValue)
        } catch {
            guard exitCode(for: error) != .success else {
                print(fullMessage(for: error))
                quit(0)
            }
            say("imagery: \(message(for: error)); see --help")
            quit(2)
        }
    }

    /// The command that the arguments ask for.
    ///
    /// A verb that comes first is parsed as if it were the whole tool: through the root, ArgumentParser asks the runtime about the
    /// types of every verb, a third of what `info` of a small file takes. What the verb alone does not accept (help, completions,
    /// mistakes) goes through the root, whose messages name both.
    private static func command(of arguments: [String]) throws -> any ParsableCommand {
        if let name = arguments.first, let verb = configuration.subcommands.first(where: { $0.configuration.commandName == name }),
            let command = try? verb.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == verb
        {
            return command
        }
        return try parseAsRoot(arguments)
    }

    /// The option that helps where the error does not name it.
    private static func hint(for error: ImageryError) -> String {
        let isShort = error.message.contains("truncated") || error.message.contains("ends early")
        if error.kind == .malformed, isShort, !CommandLine.arguments.contains("--salvage") {
            return "; --salvage gives what can be decoded"
        }
        if case .limit(.maxPixelBytes, _, _) = error.reason { return "; --limit raises it" }
        if error.kind == .misuse, error.message.hasPrefix("there is no asset") {
            return "; --asset takes one of these, 'imagery info' lists all"
        }
        if error.kind == .unsupported, error.message.hasPrefix("no known format") { return "; --from names it" }
        return ""
    }

    /// 1 failed, 2 wrong usage, 3 not supported.
    static func exitStatus(of error: ImageryError) -> Int32 {
        switch error.kind {
        case .malformed, .limit, .io: 1
        case .misuse: 2
        case .unsupported: 3
        }
    }
}

/// One line on standard error, in which addresses of the command line are as they may be shown, whoever names them.
func say(_ line: String) {
    let secret = CommandLine.arguments.filter { RemoteFiles.shown($0) != $0 }
    let line = secret.reduce(line) { $0.replacing($1, with: RemoteFiles.shown($1)) }
    let bytes = Array((line.replacing("\n", with: " ") + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
}

/// Ends the process; `ParsableCommand` has an `exit` of its own that hides the system's.
func quit(_ status: Int32) -> Never { exit(status) }
