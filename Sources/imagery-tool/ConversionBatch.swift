import ArgumentParser
import Dispatch
import Imagery
import ImageryPlumbing
import Synchronization

/// Many files that are converted into one folder, several at a time.
struct ConversionBatch {
    private let command: Convert
    private let folder: String
    private let output: OutputFormat

    init(_ command: Convert, into folder: String, as output: OutputFormat) {
        self.command = command
        self.folder = folder
        self.output = output
    }

    /// How far the batch is.
    private struct State {
        var next = 0
        var done = 0
        var failures: [(file: String, error: any Error)] = []
        var notes: [String] = []
        var progress: Progress
    }

    func run() throws {
        try output.check(folder)
        let files = try FileArguments.expanded(command.files)
        let targets = try targets(of: files)
        let jobs = min(files.count, command.input.threads ?? availableThreads)
        var single = command
        // The files are what runs side by side.
        single.input.threads = jobs > 1 ? 1 : command.input.threads
        let each = single
        let state = Mutex(State(progress: Progress(quiet: command.input.quiet, unit: "files")))
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while true {
                let index = state.withLock { state -> Int? in
                    guard state.next < files.count, each.goesOn || state.failures.isEmpty else { return nil }
                    state.next += 1
                    return state.next - 1
                }
                guard let index else { return }
                var quiet = Progress(quiet: true)
                let result = Result { try each.convert(files[index], to: targets[index], as: output, &quiet) }
                state.withLock { state in
                    state.done += 1
                    switch result {
                    case .success(let result):
                        let lines = result.diagnostics.map(\.description) + result.notes.map(\.description)
                        state.notes += lines.map { "\(RemoteFiles.shown(files[index])): \($0)" }
                    case .failure(let error): state.failures.append((files[index], error))
                    }
                    state.progress.update(state.done, of: files.count, what: fileName(files[index]))
                }
            }
        }
        let end = state.withLock { $0 }
        end.progress.finish()
        if !command.input.quiet { for note in end.notes.sorted() { say("imagery: note: \(note)") } }
        for (file, error) in end.failures { say("imagery: \(RemoteFiles.shown(file)): \(error)") }
        let left = files.count - end.done
        if !command.input.quiet {
            print(
                "\(end.done - end.failures.count) converted into \(folder), \(end.failures.count) failed"
                    + (left > 0 ? ", \(left) not tried (--continue goes on after a fault)" : ""))
        }
        guard let first = end.failures.first else { return }
        throw ExitCode((first.error as? ImageryError).map(ImageryTool.exitStatus) ?? 1)
    }

    /// Where each file goes. Throws kind misuse when two would be called the same.
    private func targets(of files: [String]) throws(ImageryError) -> [String] {
        var seen: [String: String] = [:]
        var targets: [String] = []
        for file in files {
            var name = fileName(file)
            if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
            let target = "\(folder)/\(name).\(output.pathExtension)"
            if let other = seen.updateValue(file, forKey: target) {
                let both = "\(RemoteFiles.shown(other)) and \(RemoteFiles.shown(file))"
                throw ImageryError(.misuse, target, "\(both) would both be written there")
            }
            targets.append(target)
        }
        return targets
    }
}
