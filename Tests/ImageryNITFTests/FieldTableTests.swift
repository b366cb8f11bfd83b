import ImageryBase
import Testing

@testable import ImageryNITF

@Suite struct FieldTableTests {
    /// Every line of every table means something, and the widths without conditions add up to the smallest header of
    /// the standard.
    @Test(arguments: [
        (FieldTable.fileHeader21, 388), (.image21, 439 - 13), (.graphic21, 258), (.text21, 282), (.dataExtension21, 200),
        (.reservedExtension21, 200),
    ])
    func smallestHeaders(table: FieldTable, length: Int) {
        var width = 0
        var index = 0
        while index < table.specs.count {
            let spec = table.specs[index]
            if spec.kind != .group, spec.conditions.isEmpty { width += spec.amount.constant }
            index = spec.end
        }
        #expect(width == length)
    }
}
