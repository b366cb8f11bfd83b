import Foundation
import ImageryBase

/// By what a file on a server is known to be the same (RFC 9110, clauses 8.8 and 13.1.5).
struct FileIdentity: Equatable {
    var entityTag: String?
    var lastModified: String?
    var byteCount: Int?

    /// What goes into `If-Range`: weak tags must not.
    var condition: String? {
        if let entityTag, !entityTag.hasPrefix("W/") { return entityTag }
        return lastModified
    }

    /// Whether an answer is about another state of the file.
    func differs(from other: FileIdentity) -> Bool {
        if let byteCount, let count = other.byteCount, byteCount != count { return true }
        if let entityTag, let tag = other.entityTag { return entityTag != tag }
        if let lastModified, let date = other.lastModified { return lastModified != date }
        return false
    }
}

/// What a server said to a request for a range of bytes, before the bytes.
struct Answer {
    var status: Int
    var fields: [String: String]

    init(status: Int, fields: [String: String]) {
        self.status = status
        self.fields = Dictionary(fields.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
    }

    /// What follows from an answer.
    enum Verdict: Equatable {
        /// The bytes from where they were asked for; the file is that one.
        case part(FileIdentity)
        /// The whole file comes.
        case whole(FileIdentity)
        /// The file is not what it was.
        case changed
        /// The file has no bytes.
        case empty
        /// Another attempt may do better, after so many seconds if the server says so.
        case retry(String, after: Double?)
        case refused(ImageryError.Kind, String)
    }

    /// Judges the answer to a request for `range`; `known` is what earlier answers said.
    func verdict(on range: Range<Int>, known: FileIdentity) -> Verdict {
        switch status {
        case 206: return partial(range, known)
        case 200:
            if known != FileIdentity() { return .changed }
            if let problem = encoded { return problem }
            return .whole(identity(byteCount: fields["content-length"].flatMap { Int($0) }))
        case 416:
            if known != FileIdentity() { return .changed }
            return fields["content-range"]?.hasSuffix("/0") == true
                ? .empty : refused("does not have the bytes that were asked for")
        case 412: return .changed
        case 408, 425, 429, 500, 502, 503, 504:
            return .retry("answers with status \(status)", after: fields["retry-after"].flatMap { Double($0) })
        case 401, 403, 407: return refused("does not give the file without permission")
        case 404, 410: return refused("has no such file")
        case 300..<400: return refused("redirects too often, or from https to http")
        default: return refused("does not give the file")
        }
    }

    private func refused(_ what: String) -> Verdict { .refused(.io, "the server \(what) (status \(status))") }

    private var encoded: Verdict? {
        guard let encoding = fields["content-encoding"], encoding != "identity" else { return nil }
        return .refused(.unsupported, "the server sends the file compressed (\(encoding)), of which no ranges of bytes can be read")
    }

    private func identity(byteCount: Int?) -> FileIdentity {
        FileIdentity(entityTag: fields["etag"], lastModified: fields["last-modified"], byteCount: byteCount)
    }

    private func partial(_ range: Range<Int>, _ known: FileIdentity) -> Verdict {
        if let problem = encoded { return problem }
        // Content-Range: bytes first-last/size (RFC 9110, clause 14.4).
        let numbers = (fields["content-range"] ?? "").split(whereSeparator: { " -/".contains($0) })
        guard numbers.count == 4, numbers[0].lowercased() == "bytes", let first = Int(numbers[1]), let last = Int(numbers[2]) else {
            return .refused(.io, "the server does not say which bytes it sends")
        }
        guard let size = Int(numbers[3]), size > last else {
            return .refused(.unsupported, "the server does not say how long the file is")
        }
        let found = identity(byteCount: size)
        if known.differs(from: found) { return .changed }
        guard first == range.lowerBound, last >= first, last < range.upperBound else {
            return .refused(.io, "the server sends bytes \(first) to \(last), not \(range.lowerBound) to \(range.upperBound - 1)")
        }
        return .part(found)
    }
}
