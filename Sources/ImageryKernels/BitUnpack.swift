/// Samples packed without regard to byte boundaries, most significant bit first.
public enum BitUnpack {
    /// Unpacks `count` samples of `bits` (1...64) bits into native integers of `sampleBytes` (1, 2, 4 or 8) bytes, at least as wide.
    ///
    /// Sample `i` starts `bitOffset + i * step * bits` bits after the first bit of `source` (most significant first). Signed
    /// samples are two's complement and keep their value. The caller has shown that the last sample ends within `sourceBytes`;
    /// nothing beyond them is read. Source and destination must not overlap.
    public static func unpack(
        _ source: UnsafeRawPointer, sourceBytes: Int, bitOffset: Int, bits: Int, signed: Bool, step: Int, count: Int,
        into destination: UnsafeMutableRawPointer, sampleBytes: Int
    ) {
        let reader = unsafe Reader(
            source: source, sourceBytes: sourceBytes, position: bitOffset, bits: bits, step: step &* bits)
        switch (sampleBytes, signed) {
        case (1, false): unsafe reader.unpack(count, into: destination, as: UInt8.self)
        case (2, false): unsafe reader.unpack(count, into: destination, as: UInt16.self)
        case (4, false): unsafe reader.unpack(count, into: destination, as: UInt32.self)
        case (8, false): unsafe reader.unpack(count, into: destination, as: UInt64.self)
        case (1, true): unsafe reader.unpack(count, into: destination, as: Int8.self)
        case (2, true): unsafe reader.unpack(count, into: destination, as: Int16.self)
        case (4, true): unsafe reader.unpack(count, into: destination, as: Int32.self)
        default: unsafe reader.unpack(count, into: destination, as: Int64.self)
        }
    }

    /// Copies `count` bytes with the order of their bits reversed (TIFF FillOrder 2); `destination` may be `source`.
    public static func reverseBits(_ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, count: Int) {
        var i = 0
        while i &+ 8 <= count {
            var v = unsafe source.loadUnaligned(fromByteOffset: i, as: UInt64.self)
            v = ((v & 0x0F0F_0F0F_0F0F_0F0F) &<< 4) | ((v &>> 4) & 0x0F0F_0F0F_0F0F_0F0F)
            v = ((v & 0x3333_3333_3333_3333) &<< 2) | ((v &>> 2) & 0x3333_3333_3333_3333)
            v = ((v & 0x5555_5555_5555_5555) &<< 1) | ((v &>> 1) & 0x5555_5555_5555_5555)
            unsafe destination.storeBytes(of: v, toByteOffset: i, as: UInt64.self)
            i &+= 8
        }
        while i < count {
            var v = unsafe source.load(fromByteOffset: i, as: UInt8.self)
            v = (v &<< 4) | (v &>> 4)
            v = ((v & 0x33) &<< 2) | ((v &>> 2) & 0x33)
            v = ((v & 0x55) &<< 1) | ((v &>> 1) & 0x55)
            unsafe destination.storeBytes(of: v, toByteOffset: i, as: UInt8.self)
            i &+= 1
        }
    }

    /// Where the next sample starts, and how the samples follow each other (`step` in bits).
    @safe private struct Reader {
        let source: UnsafeRawPointer
        let sourceBytes: Int
        var position: Int
        let bits: Int
        let step: Int

        @inline(__always) func unpack<Sample: FixedWidthInteger & BitwiseCopyable>(
            _ count: Int, into destination: UnsafeMutableRawPointer, as type: Sample.Type
        ) {
            var position = self.position
            let shift = UInt64(truncatingIfNeeded: 64 &- bits)
            for i in 0..<count {
                let word = load(position) &>> (Sample.isSigned ? 0 : shift)
                let value =
                    Sample.isSigned
                    ? Sample(truncatingIfNeeded: Int64(bitPattern: word) &>> Int64(bitPattern: shift))
                    : Sample(truncatingIfNeeded: word)
                unsafe destination.storeBytes(of: value, toByteOffset: i &* MemoryLayout<Sample>.size, as: Sample.self)
                position &+= step
            }
        }

        /// The 64 bits from `position` on; zeros stand for what lies beyond the source.
        @inline(__always) func load(_ position: Int) -> UInt64 {
            let byte = position &>> 3
            let skip = UInt64(truncatingIfNeeded: position & 7)
            if byte &+ 9 <= sourceBytes {
                let word = unsafe UInt64(bigEndian: source.loadUnaligned(fromByteOffset: byte, as: UInt64.self))
                let next = unsafe UInt64(source.load(fromByteOffset: byte &+ 8, as: UInt8.self))
                return (word &<< skip) | ((next &<< skip) &>> 8)
            }
            var word: UInt64 = 0
            for k in 0..<9 where byte &+ k < sourceBytes {
                let next = unsafe UInt64(source.load(fromByteOffset: byte &+ k, as: UInt8.self))
                word |= k < 8 ? (next &<< UInt64(truncatingIfNeeded: 56 &- 8 &* k)) &<< skip : (next &<< skip) &>> 8
            }
            return word
        }
    }
}
