/// Means of squares of samples, for overviews: sums are added up row by row, and a finished row of sums becomes a row of means.
///
/// Integers are exact: the mean is rounded to the nearest, halves up. Floating point is summed in `Double`. The caller has memory for
/// ``sumBytes(_:)`` bytes of sums and one `Int32` of counts for each column, all zero at the start of a row of squares.
public enum BoxAverage {
    /// The numbers that a sample is made of; a complex one has two of a kind.
    public enum Number: Sendable {
        /// Unsigned, 8 bits.
        case uint8
        /// Unsigned, 16 bits.
        case uint16
        /// Unsigned, 32 bits.
        case uint32
        /// Unsigned, 64 bits.
        case uint64
        /// Signed, 8 bits.
        case int8
        /// Signed, 16 bits.
        case int16
        /// Signed, 32 bits.
        case int32
        /// Signed, 64 bits.
        case int64
        /// IEEE 754, 16 bits.
        case float16
        /// IEEE 754, 32 bits.
        case float32
        /// IEEE 754, 64 bits.
        case float64
    }

    /// Bytes of the sum of one number.
    public static func sumBytes(_ number: Number) -> Int { number == .uint64 || number == .int64 ? 16 : 8 }

    /// Adds a row of `count` samples of `parts` numbers to the sums: samples `factor` by `factor` to the same column.
    ///
    /// Samples whose bytes are those at `skipped` (one sample, nil for none) and NaN are left out, and not counted.
    public static func add(
        _ row: UnsafeRawPointer, _ number: Number, parts: Int, count: Int, factor: Int, skipped: UnsafeRawPointer?,
        sums: UnsafeMutableRawPointer, counts: UnsafeMutablePointer<Int32>
    ) {
        switch number {
        case .uint8: unsafe add(row, as: UInt8.self, Int64.self, parts, count, factor, skipped, sums, counts)
        case .uint16: unsafe add(row, as: UInt16.self, Int64.self, parts, count, factor, skipped, sums, counts)
        case .uint32: unsafe add(row, as: UInt32.self, Int64.self, parts, count, factor, skipped, sums, counts)
        case .uint64: unsafe add(row, as: UInt64.self, Int128.self, parts, count, factor, skipped, sums, counts)
        case .int8: unsafe add(row, as: Int8.self, Int64.self, parts, count, factor, skipped, sums, counts)
        case .int16: unsafe add(row, as: Int16.self, Int64.self, parts, count, factor, skipped, sums, counts)
        case .int32: unsafe add(row, as: Int32.self, Int64.self, parts, count, factor, skipped, sums, counts)
        case .int64: unsafe add(row, as: Int64.self, Int128.self, parts, count, factor, skipped, sums, counts)
        case .float16:
            #if !(os(macOS) && arch(x86_64))
                unsafe addReal(row, as: Float16.self, parts, count, factor, skipped, sums, counts)
            #endif
        case .float32: unsafe addReal(row, as: Float.self, parts, count, factor, skipped, sums, counts)
        case .float64: unsafe addReal(row, as: Double.self, parts, count, factor, skipped, sums, counts)
        }
    }

    /// Makes `columns` means of the sums; a column without a sample becomes the bytes at `skipped`, or NaN, or 0.
    public static func finish(
        _ number: Number, parts: Int, columns: Int, skipped: UnsafeRawPointer?, sums: UnsafeRawPointer,
        counts: UnsafePointer<Int32>, into row: UnsafeMutableRawPointer
    ) {
        switch number {
        case .uint8: unsafe finish(as: UInt8.self, Int64.self, parts, columns, skipped, sums, counts, row)
        case .uint16: unsafe finish(as: UInt16.self, Int64.self, parts, columns, skipped, sums, counts, row)
        case .uint32: unsafe finish(as: UInt32.self, Int64.self, parts, columns, skipped, sums, counts, row)
        case .uint64: unsafe finish(as: UInt64.self, Int128.self, parts, columns, skipped, sums, counts, row)
        case .int8: unsafe finish(as: Int8.self, Int64.self, parts, columns, skipped, sums, counts, row)
        case .int16: unsafe finish(as: Int16.self, Int64.self, parts, columns, skipped, sums, counts, row)
        case .int32: unsafe finish(as: Int32.self, Int64.self, parts, columns, skipped, sums, counts, row)
        case .int64: unsafe finish(as: Int64.self, Int128.self, parts, columns, skipped, sums, counts, row)
        case .float16:
            #if !(os(macOS) && arch(x86_64))
                unsafe finishReal(as: Float16.self, parts, columns, skipped, sums, counts, row)
            #endif
        case .float32: unsafe finishReal(as: Float.self, parts, columns, skipped, sums, counts, row)
        case .float64: unsafe finishReal(as: Double.self, parts, columns, skipped, sums, counts, row)
        }
    }

    /// True when the `size` bytes are the same.
    @inline(__always)
    private static func same(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ size: Int) -> Bool {
        for i in 0..<size {
            if unsafe a.load(fromByteOffset: i, as: UInt8.self) != b.load(fromByteOffset: i, as: UInt8.self) { return false }
        }
        return true
    }

    @inline(__always)
    private static func add<Sample: FixedWidthInteger & BitwiseCopyable, Sum: FixedWidthInteger & BitwiseCopyable>(
        _ row: UnsafeRawPointer, as: Sample.Type, _: Sum.Type, _ parts: Int, _ count: Int, _ factor: Int,
        _ skipped: UnsafeRawPointer?,
        _ sums: UnsafeMutableRawPointer, _ counts: UnsafeMutablePointer<Int32>
    ) {
        let size = MemoryLayout<Sample>.size
        var column = 0
        var inBox = 0
        for i in 0..<count {
            let sample = unsafe row + i &* size &* parts
            let isSkipped = if let skipped = unsafe skipped { unsafe same(sample, skipped, size &* parts) } else { false }
            if !isSkipped {
                for part in 0..<parts {
                    let place = (column &* parts &+ part) &* MemoryLayout<Sum>.size
                    let sum = unsafe sums.load(fromByteOffset: place, as: Sum.self)
                    let value = unsafe Sum(truncatingIfNeeded: sample.loadUnaligned(fromByteOffset: part &* size, as: Sample.self))
                    unsafe sums.storeBytes(of: sum &+ value, toByteOffset: place, as: Sum.self)
                }
                unsafe counts[column] &+= 1
            }
            inBox &+= 1
            if inBox == factor {
                inBox = 0
                column &+= 1
            }
        }
    }

    @inline(__always)
    private static func addReal<Sample: BinaryFloatingPoint & BitwiseCopyable>(
        _ row: UnsafeRawPointer, as: Sample.Type, _ parts: Int, _ count: Int, _ factor: Int, _ skipped: UnsafeRawPointer?,
        _ sums: UnsafeMutableRawPointer, _ counts: UnsafeMutablePointer<Int32>
    ) {
        let size = MemoryLayout<Sample>.size
        for i in 0..<count {
            let sample = unsafe row + i &* size &* parts
            if let skipped = unsafe skipped, unsafe same(sample, skipped, size &* parts) { continue }
            var isNumber = true
            for part in 0..<parts {
                let value = unsafe sample.loadUnaligned(fromByteOffset: part &* size, as: Sample.self)
                if value != value { isNumber = false }
            }
            if !isNumber { continue }
            let column = i / factor
            for part in 0..<parts {
                let place = (column &* parts &+ part) &* 8
                let sum = unsafe sums.load(fromByteOffset: place, as: Double.self)
                let value = unsafe Double(sample.loadUnaligned(fromByteOffset: part &* size, as: Sample.self))
                unsafe sums.storeBytes(of: sum + value, toByteOffset: place, as: Double.self)
            }
            unsafe counts[column] &+= 1
        }
    }

    @inline(__always)
    private static func finish<Sample: FixedWidthInteger & BitwiseCopyable, Sum: FixedWidthInteger & BitwiseCopyable>(
        as: Sample.Type, _: Sum.Type, _ parts: Int, _ columns: Int, _ skipped: UnsafeRawPointer?, _ sums: UnsafeRawPointer,
        _ counts: UnsafePointer<Int32>, _ row: UnsafeMutableRawPointer
    ) {
        let size = MemoryLayout<Sample>.size
        for column in 0..<columns {
            let count = unsafe Sum(truncatingIfNeeded: counts[column])
            for part in 0..<parts {
                let place = (column &* parts &+ part) &* size
                var mean: Sample = 0
                if count > 0 {
                    let sum = unsafe sums.load(fromByteOffset: (column &* parts &+ part) &* MemoryLayout<Sum>.size, as: Sum.self)
                    // floor(sum / count + 1/2): the quotient of a division that rounds down.
                    let doubled = sum &* 2 &+ count
                    let divisor = count &* 2
                    let quotient = doubled / divisor
                    mean = Sample(truncatingIfNeeded: doubled < 0 && quotient &* divisor != doubled ? quotient &- 1 : quotient)
                } else if let skipped = unsafe skipped {
                    mean = unsafe skipped.loadUnaligned(fromByteOffset: part &* size, as: Sample.self)
                }
                unsafe row.storeBytes(of: mean, toByteOffset: place, as: Sample.self)
            }
        }
    }

    @inline(__always)
    private static func finishReal<Sample: BinaryFloatingPoint & BitwiseCopyable>(
        as: Sample.Type, _ parts: Int, _ columns: Int, _ skipped: UnsafeRawPointer?, _ sums: UnsafeRawPointer,
        _ counts: UnsafePointer<Int32>, _ row: UnsafeMutableRawPointer
    ) {
        let size = MemoryLayout<Sample>.size
        for column in 0..<columns {
            let count = unsafe counts[column]
            for part in 0..<parts {
                var mean = Sample.nan
                if count > 0 {
                    mean = unsafe Sample(sums.load(fromByteOffset: (column &* parts &+ part) &* 8, as: Double.self) / Double(count))
                } else if let skipped = unsafe skipped {
                    mean = unsafe skipped.loadUnaligned(fromByteOffset: part &* size, as: Sample.self)
                }
                unsafe row.storeBytes(of: mean, toByteOffset: (column &* parts &+ part) &* size, as: Sample.self)
            }
        }
    }
}
