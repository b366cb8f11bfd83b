// Scans whose blocks are collected before samples are made of them (T.81 annexes F, G).

import ImageryBase

/// Decodes the scans of an image into its coefficients.
final class ScanCoefficients: ScanDecoder {
    private let coefficients: Coefficients

    private init(_ coefficients: Coefficients) { self.coefficients = coefficients }

    /// All coefficients of an image. Throws kind limit when there are more than the data allows (S91).
    static func decode(_ image: CodedFrame, _ context: ReadContext) throws(ImageryError) -> Coefficients {
        let coefficients = try Coefficients(image, context)
        try ScanCoefficients(coefficients).decodeScans(image, context)
        return coefficients
    }

    func begin(_ scan: Scan, _ tables: DecodingTables) { coefficients.begin(scan, tables) }

    func decode(_ scan: Scan, _ tables: DecodingTables, _ entropy: EntropyState) throws(ImageryError) {
        let frame = coefficients.image.header.frame
        if frame.isArithmetic {
            try ArithmeticScan(coefficients, scan, tables).decode(entropy)
        } else if frame.process == .progressive {
            try ProgressiveScan(coefficients, scan, tables).decode(entropy)
        } else {
            try SequentialScan(coefficients, scan, tables).decode(entropy)
        }
    }
}
