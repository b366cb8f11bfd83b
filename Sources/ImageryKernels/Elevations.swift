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

    /// What stands for an elevation that is not known.
    public static let void: Int16 = -32_767

    /// Makes ``void`` of every sample that equals `pad`. How many voids there are; nil when another sample is below -16,000.
    public static func prepare(_ samples: UnsafeMutableRawPointer, count: Int, pad: Int16) -> Int? {
        let samples = unsafe samples.assumingMemoryBound(to: Int16.self)
        var (voids, wrong) = (0, 0)
        for index in 0..<count {
            let value = unsafe samples[index] == pad ? void : samples[index]
            unsafe samples[index] = value
            voids &+= value == void ? 1 : 0
            wrong &+= value < -16_000 && value != void ? 1 : 0
        }
        return wrong == 0 ? voids : nil
    }

    /// Writes the records of some longitude lines (3.13), one after the other: sentinel, the line's number twice over, 0, the samples of
    /// its column from the last row up, as sign and magnitude, and the sum of the bytes. `samples` is the first row's sample of the first line.
    public static func records(
        _ samples: UnsafeRawPointer, rowStride: Int, rows: Int, lines: Range<Int>, into destination: UnsafeMutableRawPointer
    ) {
        for (column, line) in lines.enumerated() {
            let record = unsafe destination + column &* (12 &+ 2 &* rows)
            unsafe record.storeBytes(of: (0xAA00_0000 | UInt32(truncatingIfNeeded: line)).bigEndian, as: UInt32.self)
            unsafe record.storeBytes(of: UInt16(truncatingIfNeeded: line).bigEndian, toByteOffset: 4, as: UInt16.self)
            unsafe record.storeBytes(of: 0, toByteOffset: 6, as: UInt16.self)
            for row in 0..<rows {
                let place = (rows &- 1 &- row) &* rowStride &+ column &* 2
                let value = unsafe samples.load(fromByteOffset: place, as: Int16.self)
                let sign: UInt16 = value < 0 ? 0x8000 : 0
                let stored = value.magnitude | sign
                unsafe record.storeBytes(of: stored.bigEndian, toByteOffset: 8 &+ 2 &* row, as: UInt16.self)
            }
            let sum = unsafe checksum(record, count: 8 &+ 2 &* rows)
            unsafe record.storeBytes(of: sum.bigEndian, toByteOffset: 8 &+ 2 &* rows, as: UInt32.self)
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
