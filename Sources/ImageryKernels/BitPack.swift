/// Samples packed without regard to byte boundaries, most significant bit first: the way back of ``BitUnpack``.
public enum BitPack {
    /// Packs the low `bits` (1...64) bits of `count` native integers of `sampleBytes` (1, 2, 4 or 8) bytes, one behind the other.
    ///
    /// The first begins `bitOffset` bits after the first of `destination`; earlier bits of its byte are kept, bits behind the last sample
    /// in its byte become 0. Returns false when a sample does not fit (its high bits are lost). Source and destination must not overlap.
    public static func pack(
        _ source: UnsafeRawPointer, sampleBytes: Int, signed: Bool, count: Int, bits: Int,
        into destination: UnsafeMutableRawPointer, bitOffset: Int = 0
    ) -> Bool {
        let target = unsafe destination + bitOffset / 8
        let skip = bitOffset & 7
        if bits == 1 && sampleBytes == 1 && !signed && skip == 0 { return unsafe pack1(source, count: count, into: target) }
        switch (sampleBytes, signed) {
        case (1, false): return unsafe pack(source, as: UInt8.self, count, bits, target, skip)
        case (2, false): return unsafe pack(source, as: UInt16.self, count, bits, target, skip)
        case (4, false): return unsafe pack(source, as: UInt32.self, count, bits, target, skip)
        case (8, false): return unsafe pack(source, as: UInt64.self, count, bits, target, skip)
        case (1, true): return unsafe pack(source, as: Int8.self, count, bits, target, skip)
        case (2, true): return unsafe pack(source, as: Int16.self, count, bits, target, skip)
        case (4, true): return unsafe pack(source, as: Int32.self, count, bits, target, skip)
        default: return unsafe pack(source, as: Int64.self, count, bits, target, skip)
        }
    }

    /// One bit a sample, from a byte boundary: the product gathers the low bit of byte j as bit 7 - j of its top byte.
    private static func pack1(_ source: UnsafeRawPointer, count: Int, into destination: UnsafeMutableRawPointer) -> Bool {
        var seen: UInt64 = 0
        var i = 0
        while i &+ 8 <= count {
            let samples = unsafe UInt64(littleEndian: source.loadUnaligned(fromByteOffset: i, as: UInt64.self))
            seen |= samples
            let byte = UInt8(truncatingIfNeeded: ((samples & 0x0101_0101_0101_0101) &* 0x8040_2010_0804_0201) &>> 56)
            unsafe destination.storeBytes(of: byte, toByteOffset: i &>> 3, as: UInt8.self)
            i &+= 8
        }
        var last: UInt8 = 0
        var place: UInt8 = 7
        for k in i..<count {
            let sample = unsafe source.load(fromByteOffset: k, as: UInt8.self)
            seen |= UInt64(sample)
            last |= (sample & 1) &<< place
            place &-= 1
        }
        if i < count { unsafe destination.storeBytes(of: last, toByteOffset: i &>> 3, as: UInt8.self) }
        return seen & ~0x0101_0101_0101_0101 == 0
    }

    @inline(__always) private static func pack<Sample: FixedWidthInteger & BitwiseCopyable>(
        _ source: UnsafeRawPointer, as type: Sample.Type, _ count: Int, _ bits: Int, _ destination: UnsafeMutableRawPointer,
        _ skip: Int
    ) -> Bool {
        var writer = unsafe Writer(destination, skip: skip)
        let shift = Sample(truncatingIfNeeded: Sample.bitWidth &- bits)
        var lost: Sample = 0
        for i in 0..<count {
            let sample = unsafe source.loadUnaligned(fromByteOffset: i &* MemoryLayout<Sample>.size, as: Sample.self)
            // For signed types the shift back repeats the sign.
            lost |= ((sample &<< shift) &>> shift) ^ sample
            let value = UInt64(truncatingIfNeeded: sample)
            if bits > 32 {
                writer.append(value &>> 32, bits &- 32)
                writer.append(value, 32)
            } else {
                writer.append(value, bits)
            }
        }
        writer.finish()
        return lost == 0
    }

    /// Bits on their way to bytes.
    @safe private struct Writer {
        private var target: UnsafeMutableRawPointer
        /// The last ``filled`` bits are those that are not written yet.
        private var word: UInt64
        private var filled: Int

        @inline(__always) init(_ target: UnsafeMutableRawPointer, skip: Int) {
            unsafe self.target = target
            filled = skip
            word = skip == 0 ? 0 : unsafe UInt64(target.load(as: UInt8.self)) &>> UInt64(truncatingIfNeeded: 8 &- skip)
        }

        /// Adds the low `count` (1...32) bits of `value`.
        @inline(__always) mutating func append(_ value: UInt64, _ count: Int) {
            let shift = UInt64(truncatingIfNeeded: count)
            // Fewer than 32 bits wait, so that 63 are enough.
            word = (word &<< shift) | (value & ((1 &<< shift) &- 1))
            filled &+= count
            guard filled >= 32 else { return }
            filled &-= 32
            let ready = UInt32(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: filled))
            unsafe target.storeBytes(of: ready.bigEndian, as: UInt32.self)
            unsafe target += 4
        }

        @inline(__always) mutating func finish() {
            while filled > 0 {
                let shift = filled &- 8
                let rest = shift >= 0 ? word &>> UInt64(truncatingIfNeeded: shift) : word &<< UInt64(truncatingIfNeeded: 0 &- shift)
                unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: rest), as: UInt8.self)
                unsafe target += 1
                filled = shift
            }
        }
    }
}
