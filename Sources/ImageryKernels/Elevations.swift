/// Elevation records of DTED (MIL-PRF-89020B 3.13): columns of 16-bit numbers from south to north, to rows from north to south.
public enum Elevations {
    /// Writes `rows` rows of `columns` samples; sample (row r, column c) is the number `r` places before the one at `last + c * columnStride`.
    ///
    /// Numbers are big-endian with a sign bit and a magnitude, 0xFFFF (void) becoming -32767. Magnitudes beyond 16,000 with the sign set, which no
    /// place on Earth has, are two's complement that some writers have put there. Source and destination must not overlap.
    public static func rows(
        _ last: UnsafeRawPointer, columnStride: Int, rows: Int, columns: Int, into destination: UnsafeMutableRawPointer,
        rowStride: Int
    ) {
        for row in 0..<rows {
            let source = unsafe last - row &* 2
            let target = unsafe destination + row &* rowStride
            for column in 0..<columns {
                let stored = unsafe UInt16(bigEndian: source.loadUnaligned(fromByteOffset: column &* columnStride, as: UInt16.self))
                unsafe target.storeBytes(of: elevation(stored), toByteOffset: column &* 2, as: Int16.self)
            }
        }
    }

    /// The unsigned sum of `count` bytes (3.13.3).
    public static func checksum(_ bytes: UnsafeRawPointer, count: Int) -> UInt32 {
        var sum: UInt32 = 0
        for index in 0..<count { sum &+= unsafe UInt32(bytes.load(fromByteOffset: index, as: UInt8.self)) }
        return sum
    }

    @inline(__always) private static func elevation(_ stored: UInt16) -> Int16 {
        let sign = Int16(bitPattern: stored) &>> 15
        let value = (Int16(bitPattern: stored & 0x7FFF) ^ sign) &- sign
        return value < -16_000 && value != -32_767 ? Int16(bitPattern: stored) : value
    }
}
