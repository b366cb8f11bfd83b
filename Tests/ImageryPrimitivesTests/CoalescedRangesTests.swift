import ImageryPrimitives
import Testing

@Suite struct CoalescedRangesTests {
    @Test func rangesCoalesce() {
        #expect(coalesced([10..<20, 0..<5, 5..<10, 30..<30, 15..<18]) == [0..<20])
        #expect(coalesced([0..<1, 3..<4], gap: 2) == [0..<4])
        #expect(coalesced([0..<1, 3..<4]) == [0..<1, 3..<4])
    }
}
