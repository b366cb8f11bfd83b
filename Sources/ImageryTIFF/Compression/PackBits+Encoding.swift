// PackBits, the way in (TIFF 6.0 section 9).

extension PackBits {
    /// Bytes that `count` may become at most.
    static func bound(_ count: Int) -> Int { count + count / 128 + 1 }

    /// Packs a row of `count` bytes and returns how many bytes it became; `output` has room for ``bound(_:)``.
    ///
    /// A run of two inside literals stays there: taking it out would gain nothing.
    static func encode(_ row: UnsafeRawPointer, count: Int, into output: UnsafeMutableRawPointer) -> Int {
        var written = 0
        var position = 0
        var literals = 0
        func byte(_ place: Int) -> UInt8 { unsafe row.load(fromByteOffset: place, as: UInt8.self) }
        /// Ends the literals before `end`.
        func flush(_ end: Int) {
            while literals > 0 {
                let length = min(literals, 128)
                unsafe output.storeBytes(of: UInt8(length - 1), toByteOffset: written, as: UInt8.self)
                unsafe (output + written + 1).copyMemory(from: row + (end - literals), byteCount: length)
                written += length + 1
                literals -= length
            }
        }
        while position < count {
            let value = byte(position)
            var length = 1
            while length < 128, position + length < count, byte(position + length) == value { length += 1 }
            if length >= 3 || length == 2 && literals == 0 {
                flush(position)
                unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: 1 - length), toByteOffset: written, as: UInt8.self)
                unsafe output.storeBytes(of: value, toByteOffset: written + 1, as: UInt8.self)
                written += 2
            } else {
                literals += length
            }
            position += length
        }
        flush(count)
        return written
    }
}
