/// Something found in a file that did not stop it from being read (S92).
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// How much a finding weighs.
    public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
        /// Allowed, and worth knowing: a value that other software may not expect.
        case remark
        /// Against a recommendation, or against a rule that good files break every day: nothing is lost.
        case warning
        /// Against a rule of the format.
        case error

        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

        private var rank: Int {
            switch self {
            case .remark: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// The structure, in the words of its standard.
    public let context: String
    /// One plain sentence.
    public let message: String
    /// Byte offset in the source, where there is one.
    public let offset: Int?
    /// How much it weighs.
    public let severity: Severity
    /// The clause that is broken, as `"T.800 I.5.2"`; nil where the message names it or no standard says it.
    public let clause: String?

    /// A finding in the structure `context`.
    public init(
        _ context: String, _ message: String, at offset: Int? = nil, severity: Severity = .error, clause: String? = nil
    ) {
        self.context = context
        self.message = message
        self.offset = offset
        self.severity = severity
        self.clause = clause
    }

    /// The finding that an error would have been, had it stopped the read. What this library does not know, or was not allowed to read, is
    /// no fault of the file: a warning.
    public init(_ error: ImageryError) {
        let isFault = error.kind != .unsupported && error.kind != .limit
        self.init(error.context, error.message, at: error.offset, severity: isFault ? .error : .warning)
    }

    /// One line: `context at byte offset: message (clause)`.
    public var description: String {
        let place = offset.map { " at byte \($0)" } ?? ""
        return "\(context)\(place): \(message)\(clause.map { " (\($0))" } ?? "")"
    }
}

extension Diagnostic {
    /// The same finding in `part` of a file, which begins at byte `start`.
    public func placed(in part: String, at start: Int) -> Diagnostic {
        Diagnostic(
            context == part ? part : "\(part): \(context)", message, at: offset.map { $0 + start }, severity: severity,
            clause: clause)
    }
}
