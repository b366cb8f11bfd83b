import ImageryBase
import Testing

@Suite struct GeometryTests {
    @Test func levelWindowsFollowTheRuleOfS2() {
        var layout = ImageLayout(shape: Shape(bands: 1, rows: 7, columns: 9), pixelType: .uint8, blockWidth: 4, blockHeight: 4)
        for origin in [0, 1, 2, 3, 5] {
            layout.originX = origin
            layout.originY = origin + 1
            for level in 0..<5 {
                let scale = 1 << level
                func ceiling(_ a: Int) -> Int { (a + scale - 1) / scale }
                let whole = layout.reduced(layout.bounds, level: level)
                #expect(
                    whole
                        == Window(
                            x: 0, y: 0, width: ceiling(origin + 9) - ceiling(origin),
                            height: ceiling(origin + 8) - ceiling(origin + 1)))
                let part = layout.reduced(Window(x: 3, y: 2, width: 5, height: 4), level: level)
                #expect(part.x == ceiling(origin + 3) - ceiling(origin))
                #expect(part.width == ceiling(origin + 8) - ceiling(origin + 3))
                #expect(part.height == ceiling(origin + 7) - ceiling(origin + 3))
            }
        }
    }

    @Test func blocksCoverTheImageOnceAtEveryLevel() {
        for (offset, level) in [(0, 0), (0, 1), (0, 2), (3, 0), (3, 1)] {
            var layout = ImageLayout(
                shape: Shape(bands: 1, rows: 11, columns: 13), pixelType: .uint8, blockWidth: 5, blockHeight: 4)
            layout.blockOffsetX = offset
            layout.originX = offset
            let whole = layout.reduced(layout.bounds, level: level)
            var covered = [Int](repeating: 0, count: whole.width * whole.height)
            for row in 0..<layout.gridRows {
                for column in 0..<layout.gridColumns {
                    let block = layout.blockBounds(row: row, column: column, level: level)
                    for y in block.y..<block.bottom { for x in block.x..<block.right { covered[y * whole.width + x] += 1 } }
                }
            }
            #expect(covered.allSatisfy { $0 == 1 }, "offset \(offset), level \(level)")
        }
    }

    @Test func windowsOfExtremeSizeDoNotOverflow() {
        let huge = Window(x: .max - 1, y: 0, width: .max, height: .max)
        #expect(huge.right == .max)
        #expect(huge.intersection(Window(x: 0, y: 0, width: 10, height: 10)).isEmpty)
        #expect(
            Window(x: -5, y: -5, width: 8, height: 8).intersection(Window(x: 0, y: 0, width: 10, height: 10))
                == Window(x: 0, y: 0, width: 3, height: 3))
        #expect(Shape(bands: .max, rows: 2, columns: 2).sampleCount == nil)
    }

    @Test func bandsAreChecked() throws {
        let layout = ImageLayout(shape: Shape(bands: 3, rows: 2, columns: 2), pixelType: .uint8, blockWidth: 2, blockHeight: 2)
        try layout.check(bands: [2, 0, 2], "test")
        for bad in [[], [3], [0, -1]] {
            #expect(throws: ImageryError.self) { try layout.check(bands: bad, "test") }
        }
    }
}
