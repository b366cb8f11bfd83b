import Synchronization

/// Something that a written file does not say as its source did.
public struct WriteNote: Hashable, Sendable, CustomStringConvertible {
    /// What became of it.
    public enum Change: String, Hashable, Sendable, CaseIterable {
        /// It is not in the file.
        case dropped
        /// The file has something else in its place: converted samples, a coarser position.
        case changed
    }

    /// The asset that it belonged to; nil for the file as a whole.
    public var asset: AssetKey?
    /// What it is, in plain words: `"alpha"`, `"palette"`, `"reference system"`, `"ICC profile"`.
    public var field: String
    /// What became of it.
    public var change: Change
    /// One plain sentence that says why, and by how much where that can be said.
    public var message: String

    /// A note on `field` of `asset`.
    public init(_ asset: AssetKey?, _ field: String, _ change: Change, _ message: String) {
        self.asset = asset
        self.field = field
        self.change = change
        self.message = message
    }

    /// One line: `asset: field dropped: message`.
    public var description: String {
        "\(asset.map { "\($0): " } ?? "")\(field) \(change.rawValue): \(message)"
    }
}

/// What writing does with that which the file cannot hold.
public enum LossPolicy: String, Hashable, Sendable, CaseIterable {
    /// Write the rest, and tell in a note.
    case note
    /// Throw kind unsupported instead of writing.
    case refuse
}

/// The notes of one file that is being written, in the order in which encoders made them.
public final class WriteNotes: Sendable {
    private let policy: LossPolicy
    private let list = Mutex<[WriteNote]>([])

    /// No notes yet. With `.refuse` the first one is thrown as an error.
    public init(_ policy: LossPolicy = .note) { self.policy = policy }

    /// Adds a note, once. Throws kind unsupported where losses are refused.
    public func add(_ note: WriteNote) throws(ImageryError) {
        if policy == .refuse {
            throw ImageryError(
                unsupported: .loss, note.asset?.description ?? "writer",
                "\(note.field) would be \(note.change.rawValue): \(note.message) (losses are refused: --lossless-only)")
        }
        list.withLock { if !$0.contains(note) { $0.append(note) } }
    }

    /// Tells that samples are coded with loss: an error of kind unsupported where losses are refused, else a note unless the caller asked for this
    /// coding.
    public func addLossyCoding(_ coding: String, of asset: AssetKey, isAsked: Bool) throws(ImageryError) {
        if isAsked, policy == .note { return }
        try add(WriteNote(asset, "samples", .changed, "\(coding) does not keep them exactly"))
    }

    /// The notes so far.
    public var all: [WriteNote] { list.withLock { $0 } }
}

/// What writing a file tells.
public struct WriteResult: Sendable {
    /// What of the sources the file does not say as they did.
    public var notes: [WriteNote]
    /// What reading the sources found.
    public var diagnostics: [Diagnostic]

    /// Notes and findings.
    public init(notes: [WriteNote] = [], diagnostics: [Diagnostic] = []) {
        self.notes = notes
        self.diagnostics = diagnostics
    }
}
