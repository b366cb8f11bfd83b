/// Samples packed without regard to byte boundaries, most significant bit first.
public enum BitUnpack {
    /// Unpacks `count` samples of `bits` (1...64) bits into native integers of `sampleBytes` (1, 2, 4 or 8) bytes, at least as
    /// wide.
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
        if sampleBytes == 1 && step == 1 && !signed && (bits == 1 || bits == 2 || bits == 4) && bitOffset & (bits &- 1) == 0 {
            let samplesToByte = ((8 &- (bitOffset & 7)) & 7) / bits
            let head = samplesToByte < count ? samplesToByte : count
            unsafe reader.unpack(head, into: destination, as: UInt8.self)
            let start = unsafe source + ((bitOffset &+ head &* bits) &>> 3)
            switch bits {
            case 1: unsafe unpack1(start, count: count &- head, into: destination + head)
            case 2: unsafe unpack2(start, count: count &- head, into: destination + head)
            default: unsafe unpack4(start, count: count &- head, into: destination + head)
            }
            return
        }
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

    /// One bit a sample, from a byte boundary: the product puts bit 7 - j of the byte on top of byte j.
    private static func unpack1(_ source: UnsafeRawPointer, count: Int, into destination: UnsafeMutableRawPointer) {
        var i = 0
        while i &+ 8 <= count {
            let byte = unsafe UInt64(source.load(fromByteOffset: i &>> 3, as: UInt8.self))
            let samples = ((byte &* 0x8040_2010_0804_0201) &>> 7) & 0x0101_0101_0101_0101
            unsafe destination.storeBytes(of: samples.littleEndian, toByteOffset: i, as: UInt64.self)
            i &+= 8
        }
        while i < count {
            let byte = unsafe source.load(fromByteOffset: i &>> 3, as: UInt8.self)
            let shift = UInt8(truncatingIfNeeded: 7 &- (i & 7))
            unsafe destination.storeBytes(of: (byte &>> shift) & 1, toByteOffset: i, as: UInt8.self)
            i &+= 1
        }
    }

    /// Two bits a sample, from a byte boundary.
    private static func unpack2(_ source: UnsafeRawPointer, count: Int, into destination: UnsafeMutableRawPointer) {
        let whole = count &>> 2
        for k in 0..<whole {
            let byte = unsafe UInt32(source.load(fromByteOffset: k, as: UInt8.self))
            let nibbles = (byte &>> 4) | (byte &<< 16)
            let samples = ((nibbles &>> 2) & 0x0003_0003) | ((nibbles &<< 8) & 0x0300_0300)
            unsafe destination.storeBytes(of: samples.littleEndian, toByteOffset: k &* 4, as: UInt32.self)
        }
        var i = whole &* 4
        while i < count {
            let byte = unsafe source.load(fromByteOffset: i &>> 2, as: UInt8.self)
            let shift = UInt8(truncatingIfNeeded: 6 &- 2 &* (i & 3))
            unsafe destination.storeBytes(of: (byte &>> shift) & 3, toByteOffset: i, as: UInt8.self)
            i &+= 1
        }
    }

    /// Four bits a sample, from a byte boundary.
    private static func unpack4(_ source: UnsafeRawPointer, count: Int, into destination: UnsafeMutableRawPointer) {
        let whole = count &>> 1
        for k in 0..<whole {
            let byte = unsafe UInt16(source.load(fromByteOffset: k, as: UInt8.self))
            let samples = (byte &>> 4) | ((byte & 15) &<< 8)
            unsafe destination.storeBytes(of: samples.littleEndian, toByteOffset: k &* 2, as: UInt16.self)
        }
        if count & 1 == 1 {
            let byte = unsafe source.load(fromByteOffset: whole, as: UInt8.self)
            unsafe destination.storeBytes(of: byte &>> 4, toByteOffset: count &- 1, as: UInt8.self)
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
            let size = MemoryLayout<Sample>.size
            var i = 0
            // Samples that follow each other: four (or two) from one load of 8 bytes, which hold 57 bits from any bit on.
            if step == bits && bits <= 14 {
                while i &+ 4 <= count && (position &>> 3) &+ 8 <= sourceBytes {
                    let word = window(position)
                    for k in 0..<4 {
                        let sample: Sample = extract(word &<< UInt64(truncatingIfNeeded: k &* bits))
                        unsafe destination.storeBytes(of: sample, toByteOffset: (i &+ k) &* size, as: Sample.self)
                    }
                    position &+= 4 &* bits
                    i &+= 4
                }
            } else if step == bits && bits <= 28 {
                while i &+ 2 <= count && (position &>> 3) &+ 8 <= sourceBytes {
                    let word = window(position)
                    let first: Sample = extract(word)
                    let second: Sample = extract(word &<< UInt64(truncatingIfNeeded: bits))
                    unsafe destination.storeBytes(of: first, toByteOffset: i &* size, as: Sample.self)
                    unsafe destination.storeBytes(of: second, toByteOffset: (i &+ 1) &* size, as: Sample.self)
                    position &+= 2 &* bits
                    i &+= 2
                }
            }
            while i < count {
                let sample: Sample = extract(load(position))
                unsafe destination.storeBytes(of: sample, toByteOffset: i &* size, as: Sample.self)
                position &+= step
                i &+= 1
            }
        }

        /// The sample in the upper bits of a word.
        @inline(__always) func extract<Sample: FixedWidthInteger>(_ word: UInt64) -> Sample {
            let shift = UInt64(truncatingIfNeeded: 64 &- bits)
            if Sample.isSigned { return Sample(truncatingIfNeeded: Int64(bitPattern: word) &>> Int64(bitPattern: shift)) }
            return Sample(truncatingIfNeeded: word &>> shift)
        }

        /// At least 57 bits from `position` on, where 8 bytes are left.
        @inline(__always) func window(_ position: Int) -> UInt64 {
            let word = unsafe UInt64(bigEndian: source.loadUnaligned(fromByteOffset: position &>> 3, as: UInt64.self))
            return word &<< UInt64(truncatingIfNeeded: position & 7)
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
