import ArgumentParser
import Foundation

@main
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance", abstract: "Holds the library against public files with recorded pixels.",
        subcommands: [RunCommand.self, FetchCommand.self, SupportCommand.self, CopyCommand.self], defaultSubcommand: RunCommand.self
    )
}

/// Where the manifest and the tables are.
struct HomeOptions: ParsableArguments {
    @Option(help: "The folder with manifest.jsonl, support.tsv, expected-failures.txt and SCORES.md.")
    var home = "Conformance"

    func url(_ name: String) -> URL { URL(fileURLWithPath: home).appendingPathComponent(name) }
    func support() throws -> SupportTable { try SupportTable(parsing: try readLines(url("support.tsv"))) }
    func manifest() throws -> [Entry] { try readManifest(url("manifest.jsonl")) }
}

/// Where the files are: the argument, else IMAGERY_CORPUS, else Conformance/corpus.
func corpusFolder(_ given: String?, _ home: HomeOptions) -> URL {
    if let path = given ?? ProcessInfo.processInfo.environment["IMAGERY_CORPUS"] { return URL(fileURLWithPath: path) }
    return home.url("corpus")
}

struct SupportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support",
        abstract: "Prints the support table, or writes it into Documentation/support.md, or checks that it stands there.")

    @OptionGroup var home: HomeOptions
    @Flag(help: "Fail when Documentation/support.md differs from the table.")
    var check = false
    @Flag(help: "Write the table into Documentation/support.md.")
    var write = false
    @Option(help: "Print the feature tags of that format which are not supported, with commas between.")
    var missing: String?

    func run() throws {
        let table = try home.support()
        if let missing {
            var tags: Set<String> = []
            let entries = try home.manifest()
            for format in missing.split(separator: ",") { tags.formUnion(table.missing(in: String(format), of: entries)) }
            return print(tags.sorted().joined(separator: ","))
        }
        guard check || write else { return print(table.markdown) }
        let page = home.url("../Documentation/support.md")
        let old = try String(contentsOf: page, encoding: .utf8)
        guard let new = table.inserted(into: old) else { throw Complaint("support.md has no marks for the support table") }
        if write { try new.write(to: page, atomically: true, encoding: .utf8) }
        if check, new != old {
            throw Complaint("support.md's table is not that of support.tsv: run `conformance support --write`")
        }
    }
}

struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Downloads the public files of the manifest with curl and checks their hashes.",
        discussion: """
            Every file comes from its public repository at the recorded commit. Files that are there already and have the recorded
            hash are kept; a download that has another hash is removed and named.
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "Where to put the files. Default: the folder `corpus` beside the manifest.")
    var folder: String?
    @Option(help: "Only files of these formats, with commas between.")
    var format: String?
    @Flag(help: "Print the addresses and do nothing.")
    var dryRun = false

    func run() throws {
        let folder = corpusFolder(folder, home)
        let formats = format.map { Set($0.split(separator: ",").map(String.init)) }
        let wanted = try home.manifest().filter { formats?.contains($0.format) ?? true }
        let absent = dryRun ? wanted : wanted.filter { !isPresent($0, folder) }
        if dryRun {
            for entry in absent { print(address(entry)) }
            return
        }
        print("\(wanted.count - absent.count) of \(wanted.count) files are there; fetching \(absent.count)")
        if !absent.isEmpty { try download(absent, folder) }
        let missing = absent.filter { !isPresent($0, folder) }
        for entry in missing {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(entry.path))
            print("not fetched, or with another hash: \(entry.path) (\(address(entry)))")
        }
        print("\(wanted.count - missing.count) of \(wanted.count) files are in \(folder.path)")
        if !missing.isEmpty { throw ExitCode.failure }
    }

    private func isPresent(_ entry: Entry, _ folder: URL) -> Bool {
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(entry.path)) else { return false }
        return data.count == entry.bytes && SHA256.digest(Array(data)) == entry.sha256
    }

    private func address(_ entry: Entry) -> String {
        let path =
            entry.pathInRepo.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed.subtracting(["?", "#"]))
            ?? entry.pathInRepo
        return "https://raw.githubusercontent.com/\(entry.repo)/\(entry.commit)/\(path)"
    }

    /// One run of curl for all files, its list given as a configuration on standard input.
    private func download(_ entries: [Entry], _ folder: URL) throws {
        func quoted(_ text: String) -> String {
            "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
        }
        let list = entries.map { entry in
            "url = \(quoted(address(entry)))\noutput = \(quoted(folder.appendingPathComponent(entry.path).path))\n"
        }.joined()
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        curl.arguments = [
            "curl", "--fail", "--location", "--globoff", "--create-dirs", "--silent", "--show-error", "--parallel",
            "--parallel-max", "8",
            "--retry", "3", "--config", "-",
        ]
        let input = Pipe()
        curl.standardInput = input
        try curl.run()
        input.fileHandleForWriting.write(Data(list.utf8))
        input.fileHandleForWriting.closeFile()
        curl.waitUntilExit()
    }
}

extension CharacterSet {
    fileprivate func subtracting(_ characters: [Unicode.Scalar]) -> CharacterSet {
        var set = self
        for character in characters { set.remove(character) }
        return set
    }
}
