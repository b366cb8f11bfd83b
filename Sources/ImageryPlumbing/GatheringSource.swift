public import ImageryBase
import ImageryPrimitives
import Synchronization

/// Asks another source in few calls (S12): a range that was announced comes as one piece, however many parts of it are wanted one by one, and
/// headers come with what stands behind them.
///
/// The one place where reads are gathered, for every format: what is above it asks for as little as it likes. Pieces are kept while there is an
/// announcement, up to `keptBytes`; only the last pages of headers stay longer. Safe to use from many threads: pieces are fetched side by
/// side, each once.
public final class GatheringSource: ByteSource {
    public let byteCount: Int
    private let base: any ByteSource
    private let state = Mutex(State())

    /// The longest piece of an announced range, but for single parts that are longer.
    static let longestPiece = 4 << 20
    /// How many bytes of pieces are kept, and how many pieces.
    static let keptBytes = 16 << 20
    static let keptPieces = 256
    /// What is read where nothing was announced: a page, and twice as much each time when reads go on where the last page ended.
    static let shortestPage = 1 << 9
    static let longestPage = 1 << 20
    /// Pages of headers that stay: so many, of so many bytes.
    static let keptPages = 16
    static let keptPageBytes = 2 << 20
    /// Bytes between announced ranges that are fetched with them: as many as make one fifth of what is wanted.
    static let widestGap = 1 << 18

    /// Bytes that are fetched once, when they are first wanted; those that other pieces have are taken from them.
    private final class Piece: Sendable {
        let range: Range<Int>
        private let state: Mutex<(bytes: [UInt8]?, others: [Piece], failure: ImageryError?)>
        /// True when some of its bytes need not be fetched.
        let isShared: Bool

        init(_ range: Range<Int>, beside pieces: [Piece]) {
            self.range = range
            let others = pieces.filter { $0.range.overlaps(range) }.sorted { $0.range.lowerBound < $1.range.lowerBound }
            isShared = !others.isEmpty
            state = Mutex((nil, others, nil))
        }

        /// Throws what the first attempt threw, without another: pieces that were begun beside this one ask it, too.
        func get(from base: any ByteSource) throws(ImageryError) -> [UInt8] {
            let result = state.withLock { state -> Result<[UInt8], ImageryError> in
                if let bytes = state.bytes { return .success(bytes) }
                if let failure = state.failure { return .failure(failure) }
                do throws(ImageryError) {
                    let made = try assemble(state.others, from: base)
                    state = (made, [], nil)
                    return .success(made)
                } catch {
                    state = (nil, [], error)
                    return .failure(error)
                }
            }
            return try result.get()
        }

        /// What others have at both ends, and all between them in one call.
        private func assemble(_ others: [Piece], from base: any ByteSource) throws(ImageryError) -> [UInt8] {
            guard isShared else { return try base.copy(range, of: "byte source") }
            var head: [UInt8] = []
            head.reserveCapacity(range.count)
            for other in others where other.range.lowerBound <= range.lowerBound + head.count {
                let position = range.lowerBound + head.count
                guard other.range.upperBound > position, let bytes = try? other.get(from: base) else { continue }
                head +=
                    bytes[
                        position - other.range.lowerBound..<min(range.upperBound, other.range.upperBound) - other.range.lowerBound]
            }
            let start = range.lowerBound + head.count
            var tail: ArraySlice<UInt8> = []
            if let last = others.max(by: { $0.range.upperBound < $1.range.upperBound }), last.range.upperBound >= range.upperBound,
                start < range.upperBound, let bytes = try? last.get(from: base)
            {
                tail = bytes[max(start, last.range.lowerBound) - last.range.lowerBound..<range.upperBound - last.range.lowerBound]
            }
            let end = range.upperBound - tail.count
            if start < end { head += try base.copy(start..<end, of: "byte source") }
            return head + tail
        }
    }

    private struct State {
        /// The one used last stands at the end.
        var pieces: [Piece] = []
        var pages: [Piece] = []
        var pageBytes = GatheringSource.shortestPage
        var announcements: [Int: [Range<Int>]] = [:]
        var nextAnnouncement = 0
    }

    /// Asks `base`.
    public init(_ base: any ByteSource) {
        self.base = base
        byteCount = base.byteCount
    }

    /// What somebody is about to read: as long as it lives.
    public final class Announcement {
        private let source: GatheringSource
        private let number: Int

        fileprivate init(_ source: GatheringSource) {
            self.source = source
            number = source.state.withLock { state in
                state.nextAnnouncement += 1
                return state.nextAnnouncement
            }
        }

        /// These ranges, sorted and coalesced, in place of the ones before.
        public func set(_ ranges: [Range<Int>]) {
            let gathered = GatheringSource.gathered(ranges, within: source.byteCount)
            source.base.prefetch(gathered)
            source.state.withLock { $0.announcements[number] = gathered }
        }

        deinit {
            source.state.withLock { state in
                state.announcements[number] = nil
                guard state.announcements.isEmpty else { return }
                state.pieces = []
                GatheringSource.dropPages(&state)
            }
        }
    }

    /// Nothing announced yet.
    public func announce() -> Announcement { Announcement(self) }

    public func withBytes(_ range: Range<Int>, _ body: (RawSpan) throws -> Void) throws {
        guard let piece = piece(around: range), let bytes = bytes(of: piece) else {
            return try base.withBytes(range, body)
        }
        let start = range.lowerBound - piece.range.lowerBound
        try unsafe body(bytes.span.bytes.extracting(start..<start + range.count))
    }

    public func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
        guard let piece = piece(around: range), piece.isShared || piece.range != range, let bytes = bytes(of: piece)
        else {
            return try unsafe base.read(range, into: target)
        }
        let start = range.lowerBound - piece.range.lowerBound
        // In bounds: the piece holds the range, and the target has room for it.
        unsafe bytes.withUnsafeBytes { unsafe target.copyMemory(from: $0.baseAddress! + start, byteCount: range.count) }
    }

    public func prefetch(_ ranges: [Range<Int>]) { base.prefetch(ranges) }

    /// Nil for a piece that cannot be had, which says nothing of parts of it: it is forgotten.
    private func bytes(of piece: Piece) -> [UInt8]? {
        if let bytes = try? piece.get(from: base) { return bytes }
        state.withLock { state in
            state.pieces.removeAll { $0 === piece }
            state.pages.removeAll { $0 === piece }
        }
        return nil
    }

    /// The piece that holds the range, perhaps a new one; nil for a part that is best asked for as it is.
    private func piece(around range: Range<Int>) -> Piece? {
        if range.isEmpty { return nil }
        return state.withLock { state in
            if let place = state.pieces.lastIndex(where: { $0.range.contains(range) }) {
                let found = state.pieces.remove(at: place)
                state.pieces.append(found)
                return found
            }
            if let page = state.pages.last(where: { $0.range.contains(range) }) { return page }
            if let announced = Self.announced(range, state.announcements) {
                let made = Piece(Self.gap(around: range, in: announced, state.pieces), beside: state.pieces + state.pages)
                state.pieces.append(made)
                Self.drop(&state.pieces)
                return made
            }
            return Self.page(range, &state, byteCount)
        }
    }

    /// What to fetch of `announced` when `range` is wanted: all that no piece has yet before and behind it, if that is not too long.
    private static func gap(around range: Range<Int>, in announced: Range<Int>, _ pieces: [Piece]) -> Range<Int> {
        // Decoders look a little beyond what is theirs: markers at the end, a margin.
        var start = min(announced.lowerBound, range.lowerBound)
        var end = max(announced.upperBound, range.upperBound)
        for piece in pieces {
            if piece.range.upperBound <= range.lowerBound {
                start = max(start, piece.range.upperBound)
            } else if piece.range.lowerBound >= range.upperBound {
                end = min(end, piece.range.lowerBound)
            } else {
                if piece.range.lowerBound <= range.lowerBound { start = range.lowerBound }
                if piece.range.upperBound >= range.upperBound { end = range.upperBound }
            }
        }
        if end - start > longestPiece { start = range.lowerBound }
        return start..<min(end, max(range.upperBound, start + longestPiece))
    }

    private static func page(_ range: Range<Int>, _ state: inout State, _ byteCount: Int) -> Piece? {
        // What is long is no header, or a single one.
        guard range.count <= longestPage else { return nil }
        let goesOn = state.pages.last.map { (0...$0.range.count).contains(range.lowerBound - $0.range.lowerBound) } ?? false
        state.pageBytes = goesOn ? min(longestPage, 2 * max(state.pageBytes, state.pages.last?.range.count ?? 0)) : shortestPage
        let made = Piece(
            range.lowerBound..<min(byteCount, max(range.upperBound, range.lowerBound + state.pageBytes)), beside: state.pages)
        state.pages.append(made)
        dropPages(&state)
        return made
    }

    /// Drops the oldest pages; the newest stays. While something is announced more of them stay: going from structure to structure may have
    /// met what is read next.
    private static func dropPages(_ state: inout State) {
        let most = state.announcements.isEmpty ? keptPageBytes : keptBytes
        var bytes = state.pages.reduce(0) { $0 + $1.range.count }
        while state.pages.count > 1, state.pages.count > keptPages || bytes > most {
            bytes -= state.pages.removeFirst().range.count
        }
    }

    /// An announced range that has bytes of `range`.
    private static func announced(_ range: Range<Int>, _ announcements: [Int: [Range<Int>]]) -> Range<Int>? {
        for ranges in announcements.values {
            // The last one that begins at or before the range.
            var (low, high) = (0, ranges.count)
            while low < high {
                let middle = (low + high) / 2
                if ranges[middle].lowerBound <= range.lowerBound { low = middle + 1 } else { high = middle }
            }
            if low > 0, ranges[low - 1].overlaps(range) { return ranges[low - 1] }
            if low < ranges.count, ranges[low].overlaps(range) { return ranges[low] }
        }
        return nil
    }

    /// Drops the pieces that were used the longest time ago; the newest stays.
    private static func drop(_ pieces: inout [Piece]) {
        var bytes = 0
        var kept = pieces.count
        while kept > 0, bytes <= keptBytes {
            kept -= 1
            bytes += pieces[kept].range.count
        }
        if bytes > keptBytes { pieces.removeFirst(min(kept + 1, pieces.count - 1)) }
        if pieces.count > keptPieces { pieces.removeFirst(pieces.count - keptPieces) }
    }

    /// The ranges, those joined whose gaps are narrow: the narrowest first, until what comes along is a fifth of what is wanted.
    static func gathered(_ ranges: [Range<Int>], within byteCount: Int) -> [Range<Int>] {
        let wanted = coalesced(ranges.map { $0.clamped(to: 0..<byteCount) })
        guard wanted.count > 1 else { return wanted }
        var spare = wanted.reduce(0) { $0 + $1.count } / 5
        var isJoined = [Bool](repeating: false, count: wanted.count)
        let gaps = (1..<wanted.count).map { (place: $0, bytes: wanted[$0].lowerBound - wanted[$0 - 1].upperBound) }
        for gap in gaps.sorted(by: { ($0.bytes, $0.place) < ($1.bytes, $1.place) }) {
            guard gap.bytes <= spare, gap.bytes <= widestGap else { break }
            spare -= gap.bytes
            isJoined[gap.place] = true
        }
        var result: [Range<Int>] = []
        for (place, range) in wanted.enumerated() {
            if isJoined[place], let last = result.last {
                result[result.count - 1] = last.lowerBound..<range.upperBound
            } else {
                result.append(range)
            }
        }
        return result
    }
}
