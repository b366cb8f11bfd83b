import ImageryPrimitives
import Synchronization

/// What a read brings along through the seam: threads, limits, and where findings go.
public struct ReadContext: Sendable {
    /// Threads that this read may use; inner loops get 1.
    public var threads: Int
    /// What the read may cost.
    public var limits: Limits
    /// Give what is decodable of a damaged image (S92).
    public var salvage: Bool
    /// JPEG 2000 quality layers to decode; nil means all.
    public var qualityLayers: Int?
    /// What absent blocks are filled with instead of the image's pad value (S53).
    public var fill: SampleValue?
    /// Stops the read; nil when nobody will.
    public var cancellation: Cancellation?
    /// True when more reads of the same image will follow through the same reader, row by row: decoded blocks are worth keeping.
    public var isSession: Bool
    /// Collects what this read finds.
    public var findings: Findings

    /// The context of one call with these options.
    public init(_ options: ReadOptions, fill: SampleValue? = nil, isSession: Bool = false) {
        threads = usableThreads(options.threads)
        limits = options.limits
        salvage = options.salvage
        qualityLayers = options.qualityLayers
        cancellation = options.cancellation
        self.fill = fill
        self.isSession = isSession
        findings = Findings()
    }
}

/// Diagnostics of one read, collected from any thread.
public final class Findings: Sendable {
    /// How many different ones are kept: a file that breaks everywhere has said so.
    private static let capacity = 1_000
    private let found = Mutex<Set<Diagnostic>>([])

    /// Where findings go instead, and what places them there: findings about a part of a file.
    private let parent: (findings: Findings, part: String, start: Int)?

    /// No findings yet.
    public init() { parent = nil }

    /// Passes findings about `part`, which begins at byte `start`, on to `findings`.
    public init(passingTo findings: Findings, part: String, at start: Int) {
        parent = (findings, part, start)
    }

    /// Adds a finding.
    public func add(_ diagnostic: Diagnostic) {
        if let parent { return parent.findings.add(diagnostic.placed(in: parent.part, at: parent.start)) }
        found.withLock { if $0.count < Self.capacity { $0.insert(diagnostic) } }
    }

    /// The findings in file order, so that they do not depend on the number of threads; each is there once.
    public var all: [Diagnostic] {
        found.withLock { $0 }.sorted {
            ($0.offset ?? -1, $0.context, $0.message, $0.severity.rawValue, $0.clause ?? "")
                < ($1.offset ?? -1, $1.context, $1.message, $1.severity.rawValue, $1.clause ?? "")
        }
    }
}
