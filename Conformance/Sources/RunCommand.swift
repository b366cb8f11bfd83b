import ArgumentParser
import Foundation
import Synchronization

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Reads every file of the corpus and holds it against its record.",
        discussion: "Exit status: 0 when all guards hold, 1 when one does not, 2 when there is no corpus or nothing matched.")

    @OptionGroup var home: HomeOptions
    @Option(help: "The folder with the files. Default: IMAGERY_CORPUS, else the folder `corpus` beside the manifest.")
    var corpus: String?
    @Option(help: "Only these formats, with commas between.")
    var format: String?
    @Option(help: "Only files whose path contains this text.")
    var filter: String?
    @Option(help: "Write the results to this file.")
    var json: String?
    @Option(help: "Files that are read side by side. Default: one for each core.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount
    @Flag(help: "Write the counts of this run to SCORES.md.")
    var updateScores = false
    @Flag(help: "Print the table by feature too.")
    var features = false

    /// Longer than any file takes, even in a debug build.
    static let hangSeconds = 240

    func run() throws {
        let folder = corpusFolder(corpus, home)
        let all: [Entry]
        let guards: Guards
        do {
            all = try home.manifest()
            guards = Guards(
                support: try home.support(),
                expected: try readLines(home.url("expected-failures.txt")).map {
                    try ExpectedFailure(parsing: $0.text, line: $0.number)
                },
                scores: Scores.parse((try? String(contentsOf: home.url("SCORES.md"), encoding: .utf8)) ?? ""))
        } catch let complaint as Complaint {
            throw usage(complaint.description)
        }
        guard (try? folder.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true else {
            throw usage(
                "there is no corpus at \(folder.path): name one with --corpus or IMAGERY_CORPUS, or run `conformance fetch`")
        }
        let formats = format.map { Set($0.split(separator: ",").map(String.init)) }
        let entries = all.filter { entry in
            (formats?.contains(entry.format) ?? true) && (filter.map { entry.path.contains($0) } ?? true)
        }
        guard !entries.isEmpty else { throw usage("no entry of the manifest matches") }

        let outcomes = judge(entries, Checker(corpus: folder, unreadFormats: guards.support.unreadFormats))
        printTables(entries, outcomes)
        if let json { try write(outcomes, to: json) }
        var counted = guards
        // A run of some formats is held to their scores; a run of some files to none.
        if let formats {
            counted.scores = counted.scores.filter { formats.contains($0.key.replacingOccurrences(of: "malformed/", with: "")) }
        }
        if updateScores {
            guard filter == nil, formats == nil else { throw usage("--update-scores needs a run of everything") }
            let totals = all.reduce(into: [:]) { $0[$1.group, default: 0] += 1 }
            try Scores.text(Guards.passes(entries, outcomes), of: totals).write(
                to: home.url("SCORES.md"), atomically: true, encoding: .utf8)
            counted.scores = [:]
        }
        let findings = counted.findings(all: all, entries: entries, outcomes: outcomes, isWhole: filter == nil)
        for finding in findings { print(finding) }
        let good = outcomes.count { $0.status == .pass || $0.status == .tolerance }
        let refused = outcomes.count { $0.status == .unsupported }
        print("\(good) of \(outcomes.count) files as recorded, \(refused) not supported, \(findings.count) findings")
        if !findings.isEmpty { throw ExitCode.failure }
    }

    private func usage(_ text: String) -> ExitCode {
        FileHandle.standardError.write(Data("conformance: \(text)\n".utf8))
        return ExitCode(2)
    }

    /// Judges the entries on `jobs` threads; the outcomes are in the order of the entries.
    private func judge(_ entries: [Entry], _ checker: Checker) -> [Outcome] {
        let workers = max(1, min(jobs, entries.count))
        let next = Atomic<Int>(0)
        let results = Mutex<[Outcome?]>(Array(repeating: nil, count: entries.count))
        let starts = Mutex<[ContinuousClock.Instant?]>(Array(repeating: nil, count: workers))
        let ended = Atomic<Bool>(false)
        CrashNotice.install(workers: workers)
        let watch = Thread {
            while !ended.load(ordering: .relaxed) {
                let now = ContinuousClock.now
                let isLate = starts.withLock { $0.contains { $0.map { now - $0 > .seconds(Self.hangSeconds) } ?? false } }
                if isLate {
                    unsafe CrashNotice.report("no end after minutes while reading:\n")
                    _exit(1)
                }
                Thread.sleep(forTimeInterval: 0.5)
            }
        }
        watch.start()
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < entries.count else { return }
                CrashNotice.note(entries[index].path, worker: worker)
                starts.withLock { $0[worker] = .now }
                let outcome = checker.check(entries[index])
                results.withLock { $0[index] = outcome }
                CrashNotice.note("", worker: worker)
                starts.withLock { $0[worker] = nil }
            }
        }
        ended.store(true, ordering: .relaxed)
        return results.withLock { $0.compactMap(\.self) }
    }

    private func write(_ outcomes: [Outcome], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        let lines = try outcomes.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        try ("[\n" + lines.joined(separator: ",\n") + "\n]\n").write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func printTables(_ entries: [Entry], _ outcomes: [Outcome]) {
        var byFormat: [String: [Status: Int]] = [:]
        var byFeature: [String: [Status: Int]] = [:]
        for (entry, outcome) in zip(entries, outcomes) {
            byFormat[entry.group, default: [:]][outcome.status, default: 0] += 1
            for tag in entry.features ?? [] { byFeature["\(entry.format) \(tag)", default: [:]][outcome.status, default: 0] += 1 }
        }
        printTable("format", byFormat)
        if features { printTable("feature", byFeature) }
        let seconds = outcomes.reduce(0) { $0 + $1.seconds }
        let slowest = zip(entries, outcomes).max { $0.1.seconds < $1.1.seconds }
        if let slowest {
            print(String(format: "%.1f s of reading; slowest %.2f s: ", seconds, slowest.1.seconds) + slowest.0.path)
        }
    }

    private func printTable(_ title: String, _ counts: [String: [Status: Int]]) {
        let width = max(title.count, counts.keys.map(\.count).max() ?? 0) + 2
        func padded(_ text: String, _ count: Int) -> String { text + String(repeating: " ", count: max(0, count - text.count)) }
        print(padded(title, width) + Status.allCases.map { padded($0.rawValue, 13) }.joined())
        for (name, row) in counts.sorted(by: { $0.key < $1.key }) {
            print(padded(name, width) + Status.allCases.map { padded(String(row[$0] ?? 0), 13) }.joined())
        }
    }
}
