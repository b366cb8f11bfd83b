import Dispatch
import Foundation
import ImageryBase
import ImageryPrimitives

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A file on a server: what is known of it, and the pieces that have come or are on their way.
///
/// Readers wait on the condition; the network's thread wakes them.
final class RemoteFile: @unchecked Sendable {
    private static let mostPrefetches = 6
    private static let longestWait = 20.0

    private let address: RemoteAddress
    private let options: HTTPOptions
    private let condition = NSCondition()
    // Guarded by `condition`, from here on.
    private var location: URL
    private var identity = FileIdentity()
    private var table = PieceTable()
    private var readAhead = ReadAhead()
    private var announced: [Piece] = []
    private var count = HTTPTraffic()
    private var wholePiece: Piece?
    /// What made every further read senseless.
    private var fault: ImageryError?

    init(_ text: String, _ options: HTTPOptions) throws(ImageryError) {
        address = try RemoteAddress(text, headers: options.headers)
        location = address.url
        self.options = options
    }

    var name: String { address.name }
    var traffic: HTTPTraffic { condition.withLock { count } }
    var isWhole: Bool { condition.withLock { wholePiece != nil } }

    // MARK: Reading

    /// Fetches the beginning; returns how long the file is.
    func open() throws(ImageryError) -> Int {
        condition.lock()
        defer { condition.unlock() }
        let first = Piece(0..<ReadAhead.least)
        table.insert(first)
        start(first)
        try wait(for: [first])
        return identity.byteCount ?? 0
    }

    /// Pieces that together cover the range, fetched as needed.
    func pieces(_ range: Range<Int>) throws(ImageryError) -> [FetchedPiece] {
        guard !range.isEmpty else { return [] }
        condition.lock()
        defer { condition.unlock() }
        let wanted = claim(range, readingAhead: true)
        for piece in wanted { if case .waiting = piece.state { start(piece) } }
        try wait(for: wanted)
        for piece in wanted { table.touch(piece) }
        let found = wanted.map { FetchedPiece(start: $0.range.lowerBound, bytes: $0.bytes) }
        if wholePiece == nil { table.trim(to: options.cacheBytes) }
        return found
    }

    func prefetch(_ ranges: [Range<Int>]) {
        condition.lock()
        defer { condition.unlock() }
        var rest = options.cacheBytes / 2
        let bounds = 0..<(identity.byteCount ?? 0)
        for range in coalesced(ranges.map { $0.clamped(to: bounds) }, gap: ReadAhead.bridged) {
            rest -= range.count
            guard rest >= 0 else { break }
            for piece in claim(range, readingAhead: false) {
                if case .waiting = piece.state, !announced.contains(where: { $0 === piece }) { announced.append(piece) }
            }
        }
        startAnnounced()
    }

    /// Ends what is under way.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        announced = []
        fault = fault ?? ImageryError(.misuse, name, "the source is closed")
        for piece in table.all { piece.attempt?.task?.cancel() }
    }

    /// The pieces under the range; new ones, which wait to be started, where there was nothing.
    private func claim(_ range: Range<Int>, readingAhead: Bool) -> [Piece] {
        let bounds = 0..<(identity.byteCount ?? 0)
        var position = range.lowerBound
        for piece in table.overlapping(range) + [Piece(range.upperBound..<range.upperBound)] {
            if piece.range.lowerBound > position {
                var gap = position..<piece.range.lowerBound
                if readingAhead { gap = readAhead.extended(gap, in: table.free(around: gap, in: bounds), ofFile: bounds.count) }
                for part in ReadAhead.parts(of: gap) { table.insert(Piece(part)) }
            }
            position = max(position, piece.range.upperBound)
        }
        return table.overlapping(range)
    }

    /// Waits until all pieces have come. Throws why one of them did not.
    private func wait(for pieces: [Piece]) throws(ImageryError) {
        let pause = options.cancellation == nil ? min(0.25, options.timeout / 4) : 0.02
        while true {
            if let token = options.cancellation { try token.check(name) }
            if let fault { throw fault }
            var isComplete = true
            for piece in pieces {
                if case .failed(let error) = piece.state { throw error }
                guard !piece.isDone else { continue }
                isComplete = false
                if let attempt = piece.attempt, (ContinuousClock.now - piece.lastSign) / .seconds(1) > options.timeout {
                    attempt.task?.cancel()
                    failed(attempt, "nothing came for \(options.timeout) s")
                }
            }
            if isComplete { return }
            _ = condition.wait(until: Date(timeIntervalSinceNow: pause))
        }
    }

    // MARK: Attempts

    private func start(_ piece: Piece) {
        let attempt = Attempt(self, piece)
        piece.attempt = attempt
        piece.state = .running
        piece.lastSign = .now
        count.requests += 1
        attempt.task = Transport.shared.begin(request(at: location, piece), attempt)
    }

    private func startAnnounced() {
        var running = table.all.count { $0.attempt != nil }
        while running < Self.mostPrefetches, !announced.isEmpty, fault == nil {
            let piece = announced.removeFirst()
            // A reader who needed it has started it.
            guard case .waiting = piece.state else { continue }
            start(piece)
            running += 1
        }
    }

    private func request(at place: URL, _ piece: Piece) -> URLRequest {
        var request = address.request(at: place, piece.next..<piece.range.upperBound, condition: identity.condition)
        // Silence is judged here: the session's own limit only has to be longer.
        request.timeoutInterval = min(max(60, 2 * options.timeout), 86_400)
        return request
    }

    /// An attempt has failed in a way that another one may not.
    private func failed(_ attempt: Attempt, _ what: String) {
        let piece = attempt.piece
        piece.attempt = nil
        if piece === wholePiece {
            // There is no going on in the middle.
            (piece.bytes, identity, wholePiece) = ([], FileIdentity(), nil)
            piece.range = 0..<ReadAhead.least
        } else if attempt.hasContent {
            piece.failures = 0
        }
        piece.failures += 1
        guard piece.failures < options.attempts else {
            let times = options.attempts == 1 ? "" : ", \(options.attempts) times in a row"
            return giveUp(piece, ImageryError(.io, name, what + times, at: piece.next))
        }
        let doubled = options.retryDelay * Double(1 << min(piece.failures - 1, 10)) * Double.random(in: 0.75...1.25)
        let delay = min(Self.longestWait, max(doubled, attempt.retryAfter ?? 0))
        DispatchQueue.global().asyncAfter(deadline: .now() + delay) { [weak self] in self?.restart(piece) }
    }

    private func restart(_ piece: Piece) {
        condition.lock()
        defer { condition.unlock() }
        guard fault == nil, case .running = piece.state, piece.attempt == nil else { return }
        start(piece)
    }

    private func giveUp(_ piece: Piece, _ error: ImageryError) {
        piece.attempt?.task?.cancel()
        piece.attempt = nil
        piece.state = .failed(error)
        table.remove(piece)
        condition.broadcast()
    }

    private func finish(_ piece: Piece) {
        piece.attempt = nil
        piece.state = .done
        table.touch(piece)
        condition.broadcast()
    }

    /// Nothing can be read any more.
    private func breakDown(_ error: ImageryError) {
        fault = fault ?? error
        for piece in table.all where piece.attempt != nil { giveUp(piece, error) }
        condition.broadcast()
    }

    // MARK: What the network says

    func request(redirectedTo url: URL, for attempt: Attempt) -> URLRequest? {
        condition.lock()
        defer { condition.unlock() }
        let scheme = url.scheme?.lowercased()
        let isSecure = attempt.isSecure || address.url.scheme?.lowercased() == "https" || location.scheme?.lowercased() == "https"
        guard attempt.piece.attempt === attempt, scheme == "https" || scheme == "http" && !isSecure,
            attempt.redirections < Attempt.mostRedirections
        else { return nil }
        attempt.redirections += 1
        attempt.isSecure = scheme == "https"
        count.requests += 1
        return request(at: url, attempt.piece)
    }

    func received(_ answer: Answer, from url: URL?, for attempt: Attempt) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        let piece = attempt.piece
        guard piece.attempt === attempt else { return false }
        piece.lastSign = .now
        switch answer.verdict(on: piece.next..<piece.range.upperBound, known: identity) {
        case .part(let found):
            identity = found
            piece.range = piece.range.lowerBound..<min(piece.range.upperBound, found.byteCount ?? .max)
            if let url { location = url }
            attempt.isAccepted = true
        case .whole(let found):
            guard piece.bytes.isEmpty, found.byteCount ?? 0 <= options.maxWholeBytes else {
                giveUp(piece, tooLong(found.byteCount))
                return false
            }
            identity = found
            wholePiece = piece
            piece.range = 0..<(found.byteCount ?? options.maxWholeBytes)
            attempt.isAccepted = true
        case .changed:
            breakDown(ImageryError(.io, name, "the file has changed on the server since it was opened"))
        case .empty: giveUp(piece, ImageryError(.malformed, name, "the file is empty"))
        case .retry(let complaint, let seconds):
            attempt.complaint = "the server \(complaint)"
            attempt.retryAfter = seconds
        case .refused(let kind, let message):
            if location != address.url, kind == .io {
                // An address that the server had led to may have expired: back to the first one.
                location = address.url
                attempt.complaint = message
            } else {
                giveUp(piece, ImageryError(kind, name, message, at: piece.next))
            }
        }
        return attempt.isAccepted
    }

    private func tooLong(_ byteCount: Int?) -> ImageryError {
        let size = byteCount.map { "\($0) bytes" } ?? "length unknown"
        return ImageryError(
            .unsupported, name,
            "the server does not serve ranges of bytes, and the file is too long to take whole (\(size)): download it")
    }

    func received(_ content: Data, for attempt: Attempt) {
        condition.lock()
        defer { condition.unlock() }
        let piece = attempt.piece
        guard piece.attempt === attempt, attempt.isAccepted else { return }
        piece.lastSign = .now
        count.bytes += content.count
        guard content.count <= piece.range.upperBound - piece.next else {
            let isLong = piece === wholePiece && identity.byteCount == nil
            let surplus = ImageryError(.io, name, "the server sends more than it said", at: piece.next)
            return giveUp(piece, isLong ? tooLong(nil) : surplus)
        }
        if piece.bytes.isEmpty { piece.bytes.reserveCapacity(min(piece.range.count, ReadAhead.most)) }
        unsafe content.withUnsafeBytes { unsafe piece.bytes.append(contentsOf: $0) }
        attempt.hasContent = true
        // The whole of a file of unknown length ends where the answer ends.
        if piece.next == piece.range.upperBound, identity.byteCount != nil { finish(piece) }
    }

    func ended(_ error: (any Error)?, _ attempt: Attempt) {
        condition.lock()
        defer { condition.unlock() }
        defer { startAnnounced() }
        let piece = attempt.piece
        guard piece.attempt === attempt else { return }
        if let complaint = attempt.complaint { return failed(attempt, complaint) }
        if piece === wholePiece, error == nil, identity.byteCount == nil {
            identity.byteCount = piece.bytes.count
            piece.range = 0..<piece.bytes.count
        }
        if attempt.isAccepted, piece.next == piece.range.upperBound {
            return piece.bytes.isEmpty ? giveUp(piece, ImageryError(.malformed, name, "the file is empty")) : finish(piece)
        }
        switch TransferFault(error) {
        case .lasting(let message): giveUp(piece, ImageryError(.io, name, message, underlying: error))
        case .passing(let message): failed(attempt, message)
        }
    }
}
