/// Samples packed one after the other without regard to byte boundaries, most significant bit first: the inverse of ``BitUnpack``.
public enum BitPack {
    /// Packs `count` native integers of `sampleBytes` (1, 2, 4 or 8) bytes into `bits` (1...64, at most their size) bits each, from
    /// the first bit of `destination` on; the last byte is filled up with zeros.
    ///
    /// Returns false when a sample does not fit: its upper bits are lost then. `ceil(count * bits / 8)` bytes are written. Source and
    /// destination must not overlap.
    public static func pack(
        _ source: UnsafeRawPointer, sampleBytes: Int, signed: Bool, count: Int, bits: Int,
        into destination: UnsafeMutableRawPointer
    ) -> Bool {
        switch (sampleBytes, signed) {
        case (1, false) where bits == 1: unsafe packSingle(source, count: count, into: destination)
        case (1, false): unsafe pack(source, as: UInt8.self, count: count, bits: bits, into: destination)
        case (2, false): unsafe pack(source, as: UInt16.self, count: count, bits: bits, into: destination)
        case (4, false): unsafe pack(source, as: UInt32.self, count: count, bits: bits, into: destination)
        case (8, false): unsafe pack(source, as: UInt64.self, count: count, bits: bits, into: destination)
        case (1, true): unsafe pack(source, as: Int8.self, count: count, bits: bits, into: destination)
        case (2, true): unsafe pack(source, as: Int16.self, count: count, bits: bits, into: destination)
        case (4, true): unsafe pack(source, as: Int32.self, count: count, bits: bits, into: destination)
        default: unsafe pack(source, as: Int64.self, count: count, bits: bits, into: destination)
        }
    }

    /// One bit a sample: eight bytes of 0 or 1 are brought together by one product.
    private static func packSingle(_ source: UnsafeRawPointer, count: Int, into destination: UnsafeMutableRawPointer) -> Bool {
        var seen: UInt64 = 0
        var i = 0
        while i &+ 8 <= count {
            let word = unsafe UInt64(littleEndian: source.loadUnaligned(fromByteOffset: i, as: UInt64.self))
            seen |= word
            let byte = UInt8(truncatingIfNeeded: ((word & 0x0101_0101_0101_0101) &* 0x8040_2010_0804_0201) &>> 56)
            unsafe destination.storeBytes(of: byte, toByteOffset: i &>> 3, as: UInt8.self)
            i &+= 8
        }
        if i < count {
            var byte: UInt8 = 0
            for k in i..<count {
                let sample = unsafe source.load(fromByteOffset: k, as: UInt8.self)
                seen |= UInt64(sample)
                byte |= (sample & 1) &<< UInt8(truncatingIfNeeded: 7 &- (k &- i))
            }
            unsafe destination.storeBytes(of: byte, toByteOffset: i &>> 3, as: UInt8.self)
        }
        return seen & 0xfefe_fefe_fefe_fefe == 0
    }

    @inline(__always) private static func pack<Sample: FixedWidthInteger & BitwiseCopyable>(
        _ source: UnsafeRawPointer, as type: Sample.Type, count: Int, bits: Int, into destination: UnsafeMutableRawPointer
    ) -> Bool {
        let size = MemoryLayout<Sample>.size
        let unused = UInt64(truncatingIfNeeded: 64 &- bits)
        var held: UInt64 = 0
        var heldBits = 0
        var place = 0
        var lost: UInt64 = 0
        for i in 0..<count {
            let sample = unsafe source.loadUnaligned(fromByteOffset: i &* size, as: Sample.self)
            let wide = UInt64(truncatingIfNeeded: Int64(truncatingIfNeeded: sample))
            let top = wide &<< unused
            // What the sample is when it is read again.
            let again = Sample.isSigned ? UInt64(bitPattern: Int64(bitPattern: top) &>> Int64(bitPattern: unused)) : top &>> unused
            lost |= again ^ (Sample.isSigned ? wide : wide & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- size &* 8)))
            // Fewer than 8 bits are held, in the upper end: of the new ones as many as there is room for, then the rest.
            held |= top &>> UInt64(truncatingIfNeeded: heldBits)
            let room = 64 &- heldBits
            if bits <= room {
                heldBits &+= bits
                while heldBits >= 8 {
                    unsafe destination.storeBytes(of: UInt8(truncatingIfNeeded: held &>> 56), toByteOffset: place, as: UInt8.self)
                    place &+= 1
                    held &<<= 8
                    heldBits &-= 8
                }
            } else {
                unsafe destination.storeBytes(of: held.bigEndian, toByteOffset: place, as: UInt64.self)
                place &+= 8
                held = top &<< UInt64(truncatingIfNeeded: room)
                heldBits = bits &- room
            }
        }
        if heldBits > 0 {
            unsafe destination.storeBytes(of: UInt8(truncatingIfNeeded: held &>> 56), toByteOffset: place, as: UInt8.self)
        }
        return lost == 0
    }
}
