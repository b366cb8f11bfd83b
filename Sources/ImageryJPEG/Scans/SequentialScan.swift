// Sequential scans of some of the components (T.81 A.2.3, F.2).

import ImageryBase

/// A sequential scan that holds some of the components (T.81 A.2.3).
struct SequentialScan {
    private let walk: BlockWalk
    private let tables: ScanTables

    init(_ coefficients: Coefficients, _ scan: Scan, _ tables: DecodingTables) throws(ImageryError) {
        walk = BlockWalk(scan: scan, coefficients: coefficients)
        self.tables = try ScanTables(tables, scan, coefficients.image.header.frame, coefficients.image.layoutOfFrame)
    }

    func decode(_ entropy: EntropyState) throws(ImageryError) {
        let codes = unsafe tables.codes
        let order = unsafe tables.order
        let predictions = unsafe entropy.predictions
        unsafe try walk.visit(entropy) { reader, block, part in
            _ = unsafe SequentialBlock.decode(
                &reader, into: block, dc: codes[part].dc, ac: codes[part].ac, prediction: &predictions[part], order: order)
        }
    }
}
