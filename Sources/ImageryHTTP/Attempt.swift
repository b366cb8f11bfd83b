import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request for what is missing of a piece, up to its end: passes on to the file what the network says.
final class Attempt: TransferDelegate, @unchecked Sendable {
    static let mostRedirections = 5

    private let file: RemoteFile
    // Guarded by the lock of the file.
    let piece: Piece
    var task: URLSessionDataTask?
    /// The content that comes is the piece's.
    var isAccepted = false
    var hasContent = false
    /// Seconds that the server asks to wait.
    var retryAfter: Double?
    /// What the server said that makes another attempt sensible.
    var complaint: String?
    var redirections = 0
    /// A redirection has led to https: none leads away from it.
    var isSecure = false

    init(_ file: RemoteFile, _ piece: Piece) {
        self.file = file
        self.piece = piece
    }

    func redirected(to url: URL) -> URLRequest? { file.request(redirectedTo: url, for: self) }

    func received(_ answer: Answer, from url: URL?) -> Bool { file.received(answer, from: url, for: self) }

    func received(_ content: Data) { file.received(content, for: self) }

    func ended(_ error: (any Error)?) { file.ended(error, self) }
}
