// The alpha chunk beside a lossy frame: bytes or a lossless image, with a filter.

import ImageryBase
import ImageryPlumbing

/// Writes `wanted` rows of alpha to every fourth byte from `output` on.
func decodeAlpha(
    _ chunk: UnsafeRawBufferPointer, columns: Int, rows: Int, wanted: Int, into output: UnsafeMutablePointer<UInt8>
) throws(ImageryError) -> WebPProgress {
    guard let head = unsafe chunk.first else { return WebPProgress(rows: 0, failure: .truncated) }
    let body = unsafe UnsafeRawBufferPointer(rebasing: chunk[1...])
    var progress = WebPProgress(rows: wanted, failure: nil)
    switch head & 3 {
    case 0:
        if body.count < wanted * columns { progress = WebPProgress(rows: body.count / columns, failure: .truncated) }
        for index in 0..<progress.rows * columns { unsafe output[4 * index] = body[index] }
    case 1:
        let image = try unsafe LosslessImage(body, columns: columns, rows: rows, wanted: wanted, isAlpha: true)
        progress = WebPProgress(rows: image.rows, failure: image.failure)
        for index in 0..<progress.rows * columns { unsafe output[4 * index] = UInt8(truncatingIfNeeded: image.pixels[index] >> 8) }
    default:
        return WebPProgress(rows: 0, failure: .badAlpha)
    }
    let filter = head >> 2 & 3
    if filter != 0 {
        for row in 0..<progress.rows { unsafe undoFilter(filter, output + 4 * row * columns, columns, isFirst: row == 0) }
    }
    return progress
}

/// Adds to a row what its neighbours predict (the filters 1 left, 2 above, 3 gradient).
private func undoFilter(_ filter: UInt8, _ row: UnsafeMutablePointer<UInt8>, _ columns: Int, isFirst: Bool) {
    // In bounds: the row above is only read when there is one, and lies right before.
    let above = unsafe row - 4 * columns
    for column in 0..<columns {
        let place = 4 * column
        let predicted: UInt8
        if isFirst {
            predicted = unsafe column == 0 ? 0 : row[place - 4]
        } else if column == 0 || filter == 2 {
            predicted = unsafe above[place]
        } else if filter == 1 {
            predicted = unsafe row[place - 4]
        } else {
            let gradient = unsafe Int(row[place - 4]) + Int(above[place]) - Int(above[place - 4])
            predicted = UInt8(max(0, min(255, gradient)))
        }
        unsafe row[place] = row[place] &+ predicted
    }
}
