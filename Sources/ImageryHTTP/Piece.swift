import ImageryBase

/// A part of a remote file that has come or is on its way. Its file's lock guards it.
final class Piece: @unchecked Sendable {
    enum State {
        case waiting, running, done
        case failed(ImageryError)
    }

    /// Where the bytes lie in the file. Cut when the first answer says that the file is shorter.
    var range: Range<Int>
    /// What has come of it.
    var bytes: [UInt8] = []
    var state = State.waiting
    /// Attempts that failed since something came.
    var failures = 0
    /// The attempt that is under way; answers to earlier ones no longer count.
    var attempt: Attempt?
    /// When the last byte came, or the attempt began.
    var lastSign = ContinuousClock.now
    /// Rises with every use.
    var lastUse = 0

    init(_ range: Range<Int>) { self.range = range }

    var isDone: Bool { if case .done = state { true } else { false } }
    /// The offset of the next byte that has to come.
    var next: Int { range.lowerBound + bytes.count }
}

/// The pieces of a file in order; no two overlap.
struct PieceTable {
    private var pieces: [Piece] = []
    private var useCount = 0

    var all: [Piece] { pieces }

    /// The number of the first piece that ends behind `offset`.
    private func position(of offset: Int) -> Int {
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].range.upperBound > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The pieces that share bytes with the range, in order.
    func overlapping(_ range: Range<Int>) -> [Piece] {
        var found: [Piece] = []
        var index = position(of: range.lowerBound)
        while index < pieces.count, pieces[index].range.lowerBound < range.upperBound {
            found.append(pieces[index])
            index += 1
        }
        return found
    }

    /// The bytes around a range of which nothing is there, inside of `bounds`.
    func free(around range: Range<Int>, in bounds: Range<Int>) -> Range<Int> {
        let index = position(of: range.lowerBound)
        let start = index > 0 ? pieces[index - 1].range.upperBound : bounds.lowerBound
        let end = index < pieces.count ? pieces[index].range.lowerBound : bounds.upperBound
        return min(start, range.lowerBound)..<max(end, range.upperBound)
    }

    mutating func insert(_ piece: Piece) {
        pieces.insert(piece, at: position(of: piece.range.lowerBound))
    }

    mutating func remove(_ piece: Piece) {
        let index = position(of: piece.range.lowerBound)
        if index < pieces.count, pieces[index] === piece { pieces.remove(at: index) }
    }

    mutating func touch(_ piece: Piece) {
        useCount += 1
        piece.lastUse = useCount
    }

    /// Drops the pieces that were used least recently until those that have come take `count` bytes at most.
    mutating func trim(to count: Int) {
        var sum = pieces.reduce(0) { $0 + ($1.isDone ? $1.range.count : 0) }
        guard sum > count else { return }
        var dropped: Set<ObjectIdentifier> = []
        for piece in pieces.filter(\.isDone).sorted(by: { $0.lastUse < $1.lastUse }) where sum > count {
            dropped.insert(ObjectIdentifier(piece))
            sum -= piece.range.count
        }
        pieces.removeAll { dropped.contains(ObjectIdentifier($0)) }
    }
}

/// How much is fetched for a read that finds a gap.
struct ReadAhead {
    /// What one request fetches at least: as long on its way as the request itself.
    static let least = 16 << 10
    /// What one request fetches at most: longer gaps are fetched in parallel.
    static let most = 8 << 20
    /// Gaps up to this size between announced ranges are fetched with them.
    static let bridged = 8 << 10
    private static let mostDoublings = 6

    private var expected = -1
    private var doublings = 0

    /// The range that is fetched for a gap that somebody waits for, inside of the bytes around it that are not there.
    ///
    /// Reads that follow one another double what is fetched ahead, up to 1 MiB.
    mutating func extended(_ gap: Range<Int>, in free: Range<Int>, ofFile byteCount: Int) -> Range<Int> {
        let isNext = expected >= 0 && gap.lowerBound >= expected && gap.lowerBound - expected < Self.least
        doublings = isNext ? min(doublings + 1, Self.mostDoublings) : 0
        var (start, end) = (gap.lowerBound, max(gap.upperBound, min(free.upperBound, gap.lowerBound + Self.least << doublings)))
        // At the end of the file what is before it is as near.
        if end == byteCount, end - start < Self.least { start = min(start, max(free.lowerBound, end - Self.least)) }
        expected = end
        return start..<end
    }

    /// The parts in which a range is fetched.
    static func parts(of range: Range<Int>) -> [Range<Int>] {
        stride(from: range.lowerBound, to: range.upperBound, by: most).map { $0..<min($0 + most, range.upperBound) }
    }
}

/// Bytes that have come.
struct FetchedPiece {
    var start: Int
    var bytes: [UInt8]
}
