// A lossless image: header, transforms, and the coded image that they are undone on.

import ImageryBase
import ImageryPlumbing

/// Pixels of a lossless stream, as far as they were wanted and are good.
@safe
struct LosslessImage {
    /// Alpha, red, green, blue from the highest byte down, row behind row.
    let pixels: UnsafeMutablePointer<UInt32>
    private let memory: Scratch
    private let columns: Int
    /// Rows that are there.
    let rows: Int
    /// Why they are fewer than were wanted.
    let failure: WebPFailure?

    private static let headerBytes = 5

    /// What the header of the stream says.
    static func shape(_ bytes: UnsafeRawBufferPointer) throws(WebPFailure) -> WebPShape {
        guard bytes.count >= headerBytes else { throw .truncated }
        let word = unsafe littleEndian(bytes, 1, 4)
        guard unsafe bytes[0] == 0x2F, word >> 29 == 0 else { throw .badHeader }
        return WebPShape(columns: word & 0x3FFF + 1, rows: word >> 14 & 0x3FFF + 1, hasAlpha: word >> 28 & 1 == 1, isLossless: true)
    }

    /// Decodes the first `wanted` rows; an alpha chunk has no header.
    ///
    /// Throws only for want of memory: damage is told by ``rows`` and ``failure``.
    init(_ bytes: UnsafeRawBufferPointer, columns: Int, rows: Int, wanted: Int, isAlpha: Bool) throws(ImageryError) {
        self.columns = columns
        let body = unsafe UnsafeRawBufferPointer(rebasing: bytes[(isAlpha ? 0 : min(Self.headerBytes, bytes.count))...])
        var decoder = unsafe PixelDecoder(body)
        var transforms = Transforms(columns: columns)
        var damage: WebPFailure?
        var stored: Scratch?
        var decoded = 0
        do throws(LosslessStop) {
            while decoder.bits.take(1) == 1 { try transforms.read(&decoder, rows: rows) }
            let coded = try decoder.readMain(columns: transforms.columns, rows: rows, wanted: wanted)
            stored = coded.memory
            decoded = coded.rows
            damage = coded.failure
        } catch {
            switch error {
            case .damage(let failure): damage = failure
            case .memory(let failure): throw failure
            }
        }
        guard let stored, decoded > 0 else {
            memory = try Scratch(byteCount: 4)
            unsafe pixels = memory.base.bindMemory(to: UInt32.self, capacity: 1)
            self.rows = 0
            failure = damage ?? .truncated
            return
        }
        memory = try transforms.undo(stored, rows: decoded)
        unsafe pixels = memory.base.assumingMemoryBound(to: UInt32.self)
        self.rows = decoded
        failure = decoded < wanted ? damage ?? .truncated : nil
    }

    /// Writes all rows as samples to `output`, which has room for them.
    func write(samples: Int, isOpaque: Bool, into output: UnsafeMutablePointer<UInt8>) {
        var next = unsafe output
        for index in 0..<rows * columns {
            let pixel = unsafe pixels[index]
            unsafe next[0] = UInt8(truncatingIfNeeded: pixel &>> 16)
            unsafe next[1] = UInt8(truncatingIfNeeded: pixel &>> 8)
            unsafe next[2] = UInt8(truncatingIfNeeded: pixel)
            if samples == 4 { unsafe next[3] = isOpaque ? 255 : UInt8(truncatingIfNeeded: pixel &>> 24) }
            unsafe next += samples
        }
    }
}

/// What ends the reading of a lossless stream.
enum LosslessStop: Error {
    case damage(WebPFailure)
    case memory(ImageryError)
}
