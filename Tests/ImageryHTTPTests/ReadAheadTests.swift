import Testing

@testable import ImageryHTTP

@Suite("Pieces of remote files")
struct ReadAheadTests {
    @Test func findsPiecesAndGaps() {
        var table = PieceTable()
        for range in [40..<50, 10..<20, 20..<30] { table.insert(Piece(range)) }
        #expect(table.overlapping(15..<45).map(\.range) == [10..<20, 20..<30, 40..<50])
        #expect(table.overlapping(30..<40).isEmpty && table.overlapping(19..<20).map(\.range) == [10..<20])
        #expect(table.free(around: 32..<35, in: 0..<100) == 30..<40)
        #expect(table.free(around: 60..<61, in: 0..<100) == 50..<100)
        #expect(table.free(around: 0..<5, in: 0..<100) == 0..<10)
    }

    @Test func dropsTheLeastRecentlyUsed() {
        var table = PieceTable()
        let pieces = [0..<10, 10..<20, 20..<30, 30..<40].map { Piece($0) }
        for piece in pieces { table.insert(piece) }
        for piece in pieces[..<3] { piece.state = .done }
        for index in [1, 0, 2] { table.touch(pieces[index]) }
        table.trim(to: 20)
        #expect(table.all.map(\.range) == [0..<10, 20..<30, 30..<40])
    }

    @Test func longRangesComeInParts() {
        #expect(ReadAhead.parts(of: 5..<5 + ReadAhead.most * 2 + 1).map(\.count) == [ReadAhead.most, ReadAhead.most, 1])
    }
}
