extension String {
    /// The text that bytes of ISO 8859-1 spell. Scalar by scalar it would take a hundred times as long as the bytes take to be copied; as a
    /// generic over collections, which is not specialised across modules, too.
    public init(latin1 bytes: [UInt8]) {
        let high = bytes.reduce(0) { $0 &+ Int($1 &>> 7) }
        guard high > 0 else {
            self.init(decoding: bytes, as: UTF8.self)
            return
        }
        // Every byte above 127 becomes two (U+0080 to U+00FF).
        unsafe self.init(unsafeUninitializedCapacity: bytes.count + high) { buffer in
            var end = 0
            for byte in bytes {
                if byte < 0x80 {
                    // In bounds: as many bytes as were counted.
                    unsafe buffer[end] = byte
                    end += 1
                } else {
                    unsafe buffer[end] = 0xc0 | byte >> 6
                    unsafe buffer[end + 1] = 0x80 | byte & 0x3f
                    end += 2
                }
            }
            return end
        }
    }
}
