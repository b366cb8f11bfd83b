// ICHIPB (STDI-0002 Volume 1, Appendix B): where the pixels of a chip lie in the full image.

import ImageryBase
import ImageryPlumbing

/// The fields of an ICHIPB with linear grid points. Positions are those of pixels whose centres are halves: the first is 0.5, 0.5.
struct ImageChip: Hashable {
    /// A row and a column.
    struct Position: Hashable {
        var row, column: Double
    }

    /// Bytes of the extension.
    static let byteCount = 224
    private static let prefixCount = 16

    /// SCALE_FACTOR: pixels of the full image for one of the chip.
    var scale: Double
    /// ANAMRPH_CORR and SCANBLK_NUM as they are.
    private var marks: [UInt8]
    /// Grid points (1, 1), (1, 2), (2, 1), (2, 2) in the chip and in the full image.
    private(set) var chip: [Position]
    private(set) var full: [Position]
    /// FI_ROW and FI_COL; 0 when unknown.
    private var fullRows, fullColumns: Int

    /// Nil for data that are no ICHIPB with numbers, whose transform is not linear (XFRM_FLAG), or whose grid is no rectangle in the chip.
    init?(_ data: [UInt8]) {
        guard data.count >= Self.byteCount, Georeference.digits(data[0..<2]) == 0,
            let scale = Double(trimmedText(data, 2..<12)), scale.isFinite
        else { return nil }
        var numbers: [Double] = []
        for start in stride(from: Self.prefixCount, to: Self.prefixCount + 16 * 12, by: 12) {
            guard let number = Double(trimmedText(data, start..<start + 12)), number.isFinite else { return nil }
            numbers.append(number)
        }
        func positions(_ first: Int) -> [Position] {
            stride(from: first, to: first + 8, by: 2).map { Position(row: numbers[$0], column: numbers[$0 + 1]) }
        }
        self.scale = scale
        marks = Array(data[12..<16])
        chip = positions(0)
        full = positions(8)
        fullRows = Georeference.digits(data[208..<216]) ?? 0
        fullColumns = Georeference.digits(data[216..<224]) ?? 0
        guard chip[0].row == chip[1].row, chip[2].row == chip[3].row, chip[0].column == chip[2].column,
            chip[1].column == chip[3].column, chip[0].row != chip[2].row, chip[0].column != chip[1].column
        else { return nil }
    }

    /// A part of an image that is the full image itself.
    init(_ part: ImagePart) {
        scale = 1
        marks = Array("0000".utf8)
        (fullRows, fullColumns) = (part.whole.rows, part.whole.columns)
        let (right, bottom) = (Double(part.whole.columns) - 0.5, Double(part.whole.rows) - 0.5)
        chip = [(0.5, 0.5), (0.5, right), (bottom, 0.5), (bottom, right)].map { Position(row: $0.0, column: $0.1) }
        full = chip
        self = taking(part)
    }

    /// The position in the full image of one in the chip: bilinear between the grid points.
    func fullPosition(_ position: Position) -> Position {
        let v = (position.row - chip[0].row) / (chip[2].row - chip[0].row)
        let u = (position.column - chip[0].column) / (chip[1].column - chip[0].column)
        func mixed(_ value: (Position) -> Double) -> Double {
            (value(full[0]) * (1 - u) + value(full[1]) * u) * (1 - v) + (value(full[2]) * (1 - u) + value(full[3]) * u) * v
        }
        return Position(row: mixed(\.row), column: mixed(\.column))
    }

    /// The chip that `part` of this one is.
    func taking(_ part: ImagePart) -> ImageChip {
        var result = self
        let (right, bottom) = (Double(part.size.columns) - 0.5, Double(part.size.rows) - 0.5)
        // The grid points are the corner pixels; of one row or column the edges, for they must differ.
        let (left, top) = (part.size.columns > 1 ? 0.5 : 0, part.size.rows > 1 ? 0.5 : 0)
        let (last, lowest) = (part.size.columns > 1 ? right : 1, part.size.rows > 1 ? bottom : 1)
        result.chip = [(top, left), (top, last), (lowest, left), (lowest, last)].map { Position(row: $0.0, column: $0.1) }
        result.full = result.chip.map { corner in
            let inner = part.wholePosition(x: corner.column, y: corner.row)
            return fullPosition(Position(row: inner.y, column: inner.x))
        }
        result.scale = scale * part.scaleX
        return result
    }

    /// The chip as a part of the full image; nil when it is turned or bent in it.
    var part: ImagePart? {
        guard abs(full[0].row - full[1].row) < 1e-3, abs(full[2].row - full[3].row) < 1e-3,
            abs(full[0].column - full[2].column) < 1e-3, abs(full[1].column - full[3].column) < 1e-3
        else { return nil }
        let scaleX = (full[1].column - full[0].column) / (chip[1].column - chip[0].column)
        let scaleY = (full[2].row - full[0].row) / (chip[2].row - chip[0].row)
        guard scaleX.isFinite, scaleY.isFinite, scaleX != 0, scaleY != 0 else { return nil }
        let size = ImagePart.Size(columns: 0, rows: 0)
        return ImagePart(
            left: full[0].column - chip[0].column * scaleX, top: full[0].row - chip[0].row * scaleY, scaleX: scaleX, scaleY: scaleY,
            size: size, whole: size)
    }

    /// The data of the extension; nil when a number does not fit its field.
    var data: [UInt8]? {
        var texts: [String?] = ["00", fixed(scale, digits: 4, decimals: 5), String(decoding: marks, as: UTF8.self)]
        for position in chip + full { texts += [Self.place(position.row), Self.place(position.column)] }
        texts += [fixed(Double(fullRows), digits: 8), fixed(Double(fullColumns), digits: 8)]
        let known = texts.compactMap { $0 }
        guard known.count == texts.count else { return nil }
        return known.flatMap { Array($0.utf8) }
    }

    /// Twelve characters, the sign first where it is one.
    private static func place(_ value: Double) -> String? {
        value < 0 ? fixed(value, digits: 7, decimals: 3, isSigned: true) : fixed(value, digits: 8, decimals: 3)
    }
}
