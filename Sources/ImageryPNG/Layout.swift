// The geometry that follows from IHDR: rows, passes of Adam7 (PNG 3rd edition, clauses 7.2 and 8).

import ImageryBase
import ImageryPlumbing

/// A reduced image (8.1): the pixels (`x`, `y`), (`x + dx`, `y`), ... of the image, row by row.
struct Pass: Sendable {
    var x: Int
    var y: Int
    var dx: Int
    var dy: Int
    var width: Int
    var height: Int
    /// Bytes of a row without the filter type.
    var rowBytes: Int
}

/// Start and step of the seven passes (8.1, Figure 8.1).
private let adam7: [(x: Int, y: Int, dx: Int, dy: Int)] = [
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
]

extension ImageHeader {
    /// The reduced images in the order of the data: one, or those of the seven that hold a pixel.
    var passes: [Pass] {
        guard isInterlaced else {
            return [Pass(x: 0, y: 0, dx: 1, dy: 1, width: width, height: height, rowBytes: rowBytes(width: width))]
        }
        return adam7.compactMap { pass in
            guard width > pass.x, height > pass.y else { return nil }
            let columns = ceilDivide(width - pass.x, pass.dx)
            return Pass(
                x: pass.x, y: pass.y, dx: pass.dx, dy: pass.dy, width: columns, height: ceilDivide(height - pass.y, pass.dy),
                rowBytes: rowBytes(width: columns))
        }
    }

    /// What a reader of the image needs to know: one block, samples as stored, sub-byte ones in bytes (S54, S58).
    var layout: ImageLayout {
        ImageLayout(
            shape: Shape(bands: colorType.samples, rows: height, columns: width), pixelType: bitDepth == 16 ? .uint16 : .uint8,
            bitsPerPixel: bitDepth, blockWidth: width, blockHeight: height)
    }
}
