// Which block a stream belongs to when nothing but their order tells (MIL-STD-188-198A appendix B).

/// A stream among the data of a segment.
struct StreamPiece: Hashable, Sendable {
    var range: Range<Int>
    /// False when its end was not found.
    var isEnded: Bool
}

/// What is known of the stream of a block.
enum StreamPlace: Hashable, Sendable {
    case masked
    /// It should be there, but which of the bytes are its cannot be told.
    case missing
    case at(Range<Int>)

    /// Bytes between streams from which on they are what is left of one: shorter ones pad.
    static let shortestStream = 20
    /// Of more lost streams than these nobody tells which are which: those behind them are missing too. A count of blocks costs a file
    /// nothing, a place for each would.
    private static let mostLost = 1 << 16

    /// The places of `count` streams, of which `pieces` were found before `end`.
    ///
    /// As many as there should be stand in their order. Of a stream whose beginning is lost, bytes are left between others: then
    /// those before are counted from the front, those behind from the end. A false beginning inside of a stream leaves one
    /// piece without end: then it is joined with the next. What is left is ``missing``: a block is never given another's stream.
    static func inOrder(_ pieces: [StreamPiece], count: Int, end: Int) -> [StreamPlace] {
        let wanted = pieces.prefix(count)
        if wanted.count == count, wanted.dropLast().allSatisfy(\.isEnded) { return wanted.map { .at($0.range) } }
        if pieces.count == count { return pieces.map { .at($0.range) } }
        if pieces.count > count { return joined(pieces, count: count) }
        let gaps = pieces.indices.dropFirst().filter {
            pieces[$0].range.lowerBound - pieces[$0 - 1].range.upperBound >= shortestStream
        }
        // Data that are cut off end inside of a stream, or with one: the last streams are not there.
        guard let first = gaps.first, let last = gaps.last else { return pieces.map { .at($0.range) } }
        let missing = count - pieces.count
        let front = pieces[..<first].map { StreamPlace.at($0.range) }
        guard missing <= mostLost, let final = pieces.last, final.isEnded, end - final.range.upperBound < shortestStream else {
            return front + [StreamPlace](repeating: .missing, count: max(0, pieces.count - front.count))
        }
        let back = pieces[last...].map { StreamPlace.at($0.range) }
        if gaps.count == missing {
            // One is lost at each place.
            var places = front
            for (index, gap) in gaps.enumerated() {
                places.append(.missing)
                places += pieces[gap..<(index + 1 < gaps.count ? gaps[index + 1] : pieces.count)].map { .at($0.range) }
            }
            return places
        }
        return front + [StreamPlace](repeating: .missing, count: count - front.count - back.count) + back
    }

    private static func joined(_ pieces: [StreamPiece], count: Int) -> [StreamPlace] {
        var joined: [StreamPiece] = []
        for piece in pieces {
            if let last = joined.last, !last.isEnded {
                joined[joined.count - 1] = StreamPiece(
                    range: last.range.lowerBound..<piece.range.upperBound, isEnded: piece.isEnded)
            } else {
                joined.append(piece)
            }
        }
        if joined.count == count { return joined.map { .at($0.range) } }
        // Those before the first that has no end are in their places.
        let certain = pieces.prefix { $0.isEnded }.prefix(count).map { StreamPlace.at($0.range) }
        return certain + [StreamPlace](repeating: .missing, count: count - certain.count)
    }
}
