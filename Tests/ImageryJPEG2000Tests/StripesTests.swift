import ImageryBase
import Testing

@testable import ImageryJPEG2000

/// Stripes of a tile: where they are cut.
@Suite struct StripesTests {
    /// Stripes follow each other without gaps, and the wavelet asks for whole rows of blocks of the finest sub-bands.
    @Test(arguments: [(0, 1), (0, 500), (3, 130), (124, 125), (126, 400), (1000, 1003)])
    func stripesEndWhereBlocksDo(top: Int, bottom: Int) {
        for blockHeight in [4, 16, 32, 64, 256] {
            for (isReversible, levels) in [(true, 3), (false, 3), (true, 0)] {
                let stripes = StripeRows(top..<bottom, blockHeight: blockHeight, isFiltered: levels > 0, isReversible: isReversible)
                var next = top
                for number in 0..<stripes.count {
                    #expect(stripes[number].lowerBound == next && !stripes[number].isEmpty)
                    next = stripes[number].upperBound
                }
                #expect(next == bottom)
                guard levels > 0 else { continue }
                let geometry = SynthesisGeometry(
                    bounds: Area(x0: 0, y0: 0, x1: 64, y1: 4000), region: Area(x0: 0, y0: top, x1: 64, y1: bottom),
                    decompositionLevels: levels, reduction: 0, reversible: isReversible)
                for number in 0..<stripes.count - 1 {
                    for orientation in [SubbandOrientation.hl, .lh, .hh] {
                        let end = geometry.rowsNeeded(level: 1, orientation: orientation, before: stripes[number].upperBound)
                            .upperBound
                        #expect(end % min(64, max(16, blockHeight)) == 0)
                    }
                }
            }
        }
    }
}
