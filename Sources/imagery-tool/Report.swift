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

/// What a verb that writes files tells at its end: a line and notes, or one JSON object.
struct ReportOptions: ParsableArguments {
    @Flag(help: "One JSON object on standard output: {files: [{path, bytes}], notes, diagnostics}.")
    var json = false

    /// Tells of the files at `paths`. Notes go to standard error and `summary` to standard output, unless the verb is quiet; `more` adds members to the object. What
    /// went to standard output is not spoiled by either.
    func tell(
        _ paths: [String], _ result: WriteResult = WriteResult(), summary: String? = nil, by input: InputOptions,
        more: (inout JSONWriter) -> Void = { _ in }
    ) {
        guard json, !paths.contains("-") else {
            input.tell(result)
            if let summary, !input.quiet, !paths.contains("-") { print(summary) }
            return
        }
        var writer = JSONWriter()
        writer.object { json in
            json.key("files")
            json.array { json in
                for path in paths {
                    json.object { json in
                        json.key("path")
                        json.string(path)
                        json.key("bytes")
                        if let count = Self.byteCount(path) { json.integer(count) } else { json.null() }
                    }
                }
            }
            more(&json)
            result.write(to: &json)
        }
        print(writer.text)
    }

    private static func byteCount(_ path: String) -> Int? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}

extension WriteResult {
    /// Notes and findings as members of a JSON object.
    func write(to json: inout JSONWriter) {
        json.key("notes")
        json.array { json in
            for note in notes {
                json.object { json in
                    json.key("asset")
                    if let asset = note.asset { json.string(asset.description) } else { json.null() }
                    for (name, text) in [("field", note.field), ("change", note.change.rawValue), ("message", note.message)] {
                        json.key(name)
                        json.string(text)
                    }
                }
            }
        }
        json.key("diagnostics")
        json.array { json in diagnostics.forEach { $0.write(to: &json) } }
    }
}
