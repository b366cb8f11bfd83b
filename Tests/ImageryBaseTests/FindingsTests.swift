import ImageryBase
import Testing

@Suite struct FindingsTests {
    @Test func findingsAreSortedAndWithoutRepeats() {
        let findings = Findings()
        for offset in [30, 10, 10, 20] { findings.add(Diagnostic("block", "broken", at: offset)) }
        #expect(findings.all.map(\.offset) == [10, 20, 30])
    }
}
