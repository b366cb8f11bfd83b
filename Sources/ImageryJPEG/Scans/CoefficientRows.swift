import ImageryBase

/// Gives the rows of an image whose coefficients are all there.
final class CoefficientRows: RowProducer {
    private let coefficients: Coefficients
    private(set) var nextRow = 0
    var goesBack: Bool { true }

    init(_ coefficients: Coefficients) { self.coefficients = coefficients }

    func copy() -> (any RowProducer)? { CoefficientRows(coefficients) }

    func pass(to row: Int) { nextRow = row }

    func produce(_ row: Int, into planes: Planes) throws(ImageryError) {
        nextRow = row + 1
        try coefficients.produce(row, into: planes)
    }
}
