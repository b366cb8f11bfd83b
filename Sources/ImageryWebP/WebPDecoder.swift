// The container: RIFF chunks, of which one holds the image and one perhaps its alpha.

import ImageryBase
import ImageryPlumbing

/// What a WebP file holds.
public struct WebPShape: Equatable, Sendable {
    /// Pixels of a row, 1 to 16384.
    public var columns: Int
    /// Rows, 1 to 16384.
    public var rows: Int
    /// True when pixels may be transparent.
    public var hasAlpha: Bool
    /// True when the samples are those that were encoded.
    public var isLossless: Bool
}

/// What a call of the decoder came to.
public struct WebPProgress: Equatable, Sendable {
    /// Rows that were written, from the top.
    public var rows: Int
    /// Why they are fewer than were asked for.
    public var failure: WebPFailure?
}

/// Decodes still images: lossless, or lossy with or without alpha.
public enum WebPDecoder {
    /// What the file in `bytes` holds.
    public static func shape(_ bytes: UnsafeRawBufferPointer) throws(WebPFailure) -> WebPShape {
        try unsafe Container(bytes).shape
    }

    /// Writes the first `rows` rows of the image as red, green, blue and, when `samples` is 4, alpha to `output`, one row behind the other.
    ///
    /// `samples` is 3 or 4; an image without alpha is opaque. The memory that is needed follows the rows that are asked for. Throws `otherSize` when the
    /// image has not `columns` columns or has fewer rows, or the output is too small for them.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer, columns: Int, rows: Int, samples: Int, into output: UnsafeMutableRawBufferPointer
    ) throws(WebPFailure) -> WebPProgress {
        let container = try unsafe Container(bytes)
        let shape = container.shape
        guard shape.columns == columns, 0..<shape.rows + 1 ~= rows, samples == 3 || samples == 4,
            output.count >= rows * columns * samples
        else { throw .otherSize }
        guard rows > 0, let base = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
            return WebPProgress(rows: 0, failure: nil)
        }
        do throws(ImageryError) {
            if shape.isLossless {
                let image = try unsafe LosslessImage(
                    container.image, columns: columns, rows: shape.rows, wanted: rows, isAlpha: false)
                // In bounds: the image has no more rows than were asked for.
                unsafe image.write(samples: samples, isOpaque: !shape.hasAlpha, into: base)
                return WebPProgress(rows: image.rows, failure: image.failure)
            }
            var progress = try unsafe LossyImage.decode(
                container.image, columns: columns, rows: shape.rows, wanted: rows, samples: samples, into: base)
            if samples == 4, let chunk = unsafe container.alpha {
                let alpha = try unsafe decodeAlpha(
                    chunk, columns: columns, rows: shape.rows, wanted: progress.rows, into: base + 3)
                if let failure = alpha.failure { progress = WebPProgress(rows: alpha.rows, failure: progress.failure ?? failure) }
            }
            return progress
        } catch {
            throw .outOfMemory
        }
    }
}

/// The chunks that matter.
@safe
struct Container {
    private(set) var shape: WebPShape
    /// The lossy frame or the lossless stream.
    private(set) var image: UnsafeRawBufferPointer
    /// The alpha of a lossy frame.
    private(set) var alpha: UnsafeRawBufferPointer?

    init(_ bytes: UnsafeRawBufferPointer) throws(WebPFailure) {
        guard bytes.count >= 12 else { throw .truncated }
        guard unsafe littleEndian(bytes, 0, 4) == Tag.riff, unsafe littleEndian(bytes, 8, 4) == Tag.webp else {
            throw .badContainer
        }
        var place = 12
        var canvas: (columns: Int, rows: Int)?
        while bytes.count - place >= 8 {
            let tag = unsafe littleEndian(bytes, place, 4)
            let size = unsafe littleEndian(bytes, place + 4, 4)
            place += 8
            // What a chunk that is cut still holds is decoded.
            let end = place + min(size, bytes.count - place)
            let body = unsafe UnsafeRawBufferPointer(rebasing: bytes[place..<end])
            switch tag {
            case Tag.extended:
                guard body.count >= 10 else { throw .truncated }
                // Bit 1 says that frames follow.
                guard unsafe body[0] & 2 == 0 else { throw .animation }
                canvas = unsafe (littleEndian(body, 4, 3) + 1, littleEndian(body, 7, 3) + 1)
            case Tag.alpha: unsafe alpha = alpha ?? body
            case Tag.lossless, Tag.lossy:
                unsafe image = body
                shape = tag == Tag.lossless ? try unsafe LosslessImage.shape(body) : try unsafe FrameHeader(body).shape
                if tag == Tag.lossless { unsafe alpha = nil }
                if unsafe alpha != nil { shape.hasAlpha = true }
                if let canvas, canvas != (shape.columns, shape.rows) { throw .badContainer }
                return
            default: break
            }
            place = end + size & 1
        }
        throw .truncated
    }

    private enum Tag {
        static let riff = 0x4646_4952
        static let webp = 0x5042_4557
        static let extended = 0x5838_5056
        static let alpha = 0x4850_4C41
        static let lossless = 0x4C38_5056
        static let lossy = 0x2038_5056
    }
}

/// The number in `count` bytes, which are inside `bytes`.
func littleEndian(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ count: Int) -> Int {
    var value = 0
    for index in 0..<count { value |= unsafe Int(bytes[offset + index]) << (8 * index) }
    return value
}
