import Testing

@testable import ImageryNITF

/// Streams that follow each other without a table of their places: which block each belongs to when some are damaged.
@Suite("Places of streams without a mask") struct StreamPlaceTests {
    /// `count` streams of 100 bytes, one after the other.
    private func pieces(_ count: Int) -> [StreamPiece] {
        (0..<count).map { StreamPiece(range: $0 * 100..<$0 * 100 + 100, isEnded: true) }
    }

    private func pieces(_ numbers: [Int], of count: Int) -> [StreamPiece] { numbers.map { pieces(count)[$0] } }

    private func places(_ numbers: [Int?]) -> [StreamPlace] {
        numbers.map { number in number.map { .at($0 * 100..<$0 * 100 + 100) } ?? .missing }
    }

    @Test func asManyAsThereShouldBeStandInOrder() {
        #expect(StreamPlace.inOrder(pieces(4), count: 4, end: 400) == places([0, 1, 2, 3]))
        // Bytes behind the last stream may look like another one.
        #expect(StreamPlace.inOrder(pieces(6), count: 4, end: 600) == places([0, 1, 2, 3]))
    }

    @Test(arguments: 1..<7) func aLostBeginningMovesNoOther(lost: Int) {
        var found = pieces(8)
        found.remove(at: lost)
        let expected = (0..<8).map { $0 == lost ? nil : $0 }
        #expect(StreamPlace.inOrder(found, count: 8, end: 800) == places(expected))
    }

    @Test func twoThatAreLostSideBySideAndTwoApart() {
        let together = pieces([0, 1, 4, 5, 6, 7], of: 8)
        #expect(StreamPlace.inOrder(together, count: 8, end: 800) == places([0, 1, nil, nil, 4, 5, 6, 7]))
        let apart = pieces([0, 1, 3, 4, 6, 7], of: 8)
        #expect(StreamPlace.inOrder(apart, count: 8, end: 800) == places([0, 1, nil, 3, 4, nil, 6, 7]))
    }

    @Test func whereItCannotBeToldNothingIsGuessed() {
        // Three are lost at two places: those between may be any.
        let found = pieces([0, 1, 3, 4, 7, 8], of: 9)
        #expect(StreamPlace.inOrder(found, count: 9, end: 900) == places([0, 1, nil, nil, nil, nil, nil, 7, 8]))
    }

    @Test func dataThatAreCutOffKeepTheirFirstStreams() {
        var found = pieces(3)
        found[2].isEnded = false
        #expect(StreamPlace.inOrder(found, count: 5, end: 300) == places([0, 1, 2]))
        #expect(StreamPlace.inOrder(pieces(3), count: 5, end: 300) == places([0, 1, 2]))
        // With a lost one before, the last cannot be counted from the end.
        found.remove(at: 1)
        #expect(StreamPlace.inOrder(found, count: 5, end: 300) == places([0, nil]))
    }

    @Test func aFalseBeginningIsJoinedWithItsStream() {
        var found = pieces(4)
        found[1] = StreamPiece(range: 100..<130, isEnded: false)
        found.insert(StreamPiece(range: 130..<200, isEnded: true), at: 2)
        #expect(StreamPlace.inOrder(found, count: 4, end: 400) == places([0, 1, 2, 3]))
        // One piece too many, all with their ends: only the order up to there is known.
        found[3].isEnded = false
        #expect(StreamPlace.inOrder(found, count: 4, end: 400) == places([0, nil, nil, nil]))
    }

    /// S91: a header can count a hundred million blocks. Of so many that are lost nobody tells which stream is whose, and none costs memory.
    @Test(arguments: [1 << 16, 100_000_000, 1 << 40]) func aCountOfBlocksCostsNothing(lost: Int) {
        let found = pieces([0, 1, 4, 5], of: 6)
        let places = StreamPlace.inOrder(found, count: 4 + lost, end: 600)
        #expect(Array(places.prefix(2)) == self.places([0, 1]))
        if lost == 1 << 16 {
            #expect(places.count == 4 + lost)
            #expect(Array(places.suffix(2)) == self.places([4, 5]))
        } else {
            #expect(places.count == 4)
            #expect(Array(places.suffix(2)) == [.missing, .missing])
        }
    }
}
