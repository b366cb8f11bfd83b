// The order of blocks in a scan (T.81 A.2.2, A.2.3).

import ImageryBase

/// Goes over the blocks of a scan in their order (T.81 A.2.2, A.2.3).
struct BlockWalk {
    let scan: Scan
    let coefficients: Coefficients

    /// Calls `body` with each block and the place of its component in the scan. Everything of `entropy` but the bits is up to date
    /// when it is called.
    @inline(__always)
    func visit(
        _ entropy: EntropyState, _ body: (_ reader: inout BitReader, _ block: UnsafeMutablePointer<Int16>, _ part: Int) -> Void
    ) throws(ImageryError) {
        let layout = coefficients.image.layoutOfFrame
        let isAlone = scan.parts.count == 1
        let rows = isAlone ? layout.components[scan.parts[0].component].ownBlocksHigh : layout.mcusHigh
        let columns = isAlone ? layout.components[scan.parts[0].component].ownBlocksWide : layout.mcusWide
        var reader = entropy.reader
        for row in 0..<rows {
            if isAlone {
                var block = unsafe coefficients.block(scan.parts[0].component, row: row, column: 0)
                for _ in 0..<columns {
                    if try isPresent(entropy, &reader) { unsafe body(&reader, block, 0) }
                    unsafe block += 64
                }
            } else {
                for column in 0..<columns {
                    let isPresent = try isPresent(entropy, &reader)
                    guard isPresent else { continue }
                    for (index, part) in scan.parts.enumerated() {
                        let component = layout.components[part.component]
                        for y in 0..<component.vertical {
                            for x in 0..<component.horizontal {
                                let block = unsafe coefficients.block(
                                    part.component, row: row * component.vertical + y, column: column * component.horizontal + x)
                                unsafe body(&reader, block, index)
                            }
                        }
                    }
                }
            }
            if entropy.hasEnded { break }
        }
        entropy.reader = reader
        try entropy.check()
    }

    /// Before an MCU: false when it is not in the data.
    @inline(__always)
    private func isPresent(_ entropy: EntropyState, _ reader: inout BitReader) throws(ImageryError) -> Bool {
        if unsafe reader.next >= entropy.input.limit || entropy.needsAttention(reader) {
            entropy.reader = reader
            try entropy.prepare()
            reader = entropy.reader
        }
        entropy.mcusLeft &-= 1
        return !entropy.isMissing
    }
}
