// PackBits (TIFF 6.0 section 9).

/// Run lengths of bytes.
enum PackBits {
    /// Decodes until `count` bytes are written or the input ends; returns the bytes written.
    ///
    /// `output` has room for `count` bytes.
    static func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> Int {
        guard let bytes = input.baseAddress else { return 0 }
        var position = 0
        var written = 0
        while written < count, position < input.count {
            let control = unsafe Int(bytes.load(fromByteOffset: position, as: Int8.self))
            position &+= 1
            if control >= 0 {
                // In bounds: as many bytes as the input still has and the output has room for.
                let length = min(control &+ 1, count &- written, input.count &- position)
                unsafe (output + written).copyMemory(from: bytes + position, byteCount: length)
                position &+= length
                written &+= length
            } else if control != -128, position < input.count {
                let length = min(1 &- control, count &- written)
                let value = unsafe bytes.load(fromByteOffset: position, as: UInt8.self)
                unsafe (output + written).initializeMemory(as: UInt8.self, repeating: value, count: length)
                position &+= 1
                written &+= length
            }
        }
        return written
    }
}
