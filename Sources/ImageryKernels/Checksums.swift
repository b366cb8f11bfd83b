// CRC-32 (RFC 1952 8, ISO/IEC 15948 Annex D) and Adler-32 (RFC 1950 8).

#if arch(x86_64)
    import _Builtin_intrinsics.intel
#endif

// MARK: CRC-32

/// CRC-32 of `bytes` behind what `crc` stands for; 0 stands for nothing.
public func crc32(_ crc: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    unsafe crcTables.withUnsafeBufferPointer { tables in
        guard let base = bytes.baseAddress, let tables = tables.baseAddress else { return crc }
        return unsafe crc32(crc, base, bytes.count, tables)
    }
}

/// CRC-32 of `bytes` behind what `crc` stands for; 0 stands for nothing.
public func crc32(_ crc: UInt32, _ bytes: RawSpan) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe crc32(crc, $0) }
}

/// Words in flight at once: each takes up the state four words behind it, so that their look-ups do not wait for one another.
private let crcWords = 4

/// Tables of 256, eight for a word that ends where the state goes, then eight for one that ends `crcWords - 1` words before it.
private let crcTables: [UInt32] = {
    // Table k: the remainder of a byte with k zero bytes behind it.
    var tables = [UInt32](repeating: 0, count: crcWords * 8 * 256)
    for byte in 0..<256 {
        var value = UInt32(byte)
        for _ in 0..<8 { value = value & 1 != 0 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
        tables[byte] = value
    }
    for index in 256..<tables.count {
        let before = tables[index - 256]
        tables[index] = before >> 8 ^ tables[Int(before & 0xff)]
    }
    return Array(tables[..<2048] + tables[(tables.count - 2048)...])
}()

/// `tables` has 16 x 256 entries; every index into it is a table's start plus a byte.
private func crc32(_ crc: UInt32, _ base: UnsafeRawPointer, _ count: Int, _ tables: UnsafePointer<UInt32>) -> UInt32 {
    var state = UInt64(~crc)
    var position = 0
    if count >= 2 * 8 * crcWords {
        let far = unsafe tables + 2048
        var state1: UInt64 = 0
        var state2: UInt64 = 0
        var state3: UInt64 = 0
        while position &+ 2 &* 8 &* crcWords <= count {
            state = unsafe fold(word(base, position) ^ state, far)
            state1 = unsafe fold(word(base, position &+ 8) ^ state1, far)
            state2 = unsafe fold(word(base, position &+ 16) ^ state2, far)
            state3 = unsafe fold(word(base, position &+ 24) ^ state3, far)
            position &+= 8 &* crcWords
        }
        state = unsafe fold(word(base, position) ^ state, tables)
        state = unsafe fold(word(base, position &+ 8) ^ state ^ state1, tables)
        state = unsafe fold(word(base, position &+ 16) ^ state ^ state2, tables)
        state = unsafe fold(word(base, position &+ 24) ^ state ^ state3, tables)
        position &+= 8 &* crcWords
    }
    while position &+ 8 <= count {
        state = unsafe fold(word(base, position) ^ state, tables)
        position &+= 8
    }
    var last = UInt32(truncatingIfNeeded: state)
    while position < count {
        let byte = unsafe UInt32(base.load(fromByteOffset: position, as: UInt8.self))
        last = unsafe last >> 8 ^ tables[Int((last ^ byte) & 0xff)]
        position &+= 1
    }
    return ~last
}

@inline(__always)
private func word(_ base: UnsafeRawPointer, _ position: Int) -> UInt64 {
    unsafe base.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
}

/// The remainder of eight bytes with as many zero bytes behind them as `tables` stands for.
@inline(__always)
private func fold(_ word: UInt64, _ tables: UnsafePointer<UInt32>) -> UInt64 {
    let a = unsafe tables[7 * 256 &+ Int(truncatingIfNeeded: word & 0xff)]
    let b = unsafe tables[6 * 256 &+ Int(truncatingIfNeeded: word &>> 8 & 0xff)]
    let c = unsafe tables[5 * 256 &+ Int(truncatingIfNeeded: word &>> 16 & 0xff)]
    let d = unsafe tables[4 * 256 &+ Int(truncatingIfNeeded: word &>> 24 & 0xff)]
    let e = unsafe tables[3 * 256 &+ Int(truncatingIfNeeded: word &>> 32 & 0xff)]
    let f = unsafe tables[2 * 256 &+ Int(truncatingIfNeeded: word &>> 40 & 0xff)]
    let g = unsafe tables[256 &+ Int(truncatingIfNeeded: word &>> 48 & 0xff)]
    let h = unsafe tables[Int(truncatingIfNeeded: word &>> 56)]
    return UInt64((a ^ b) ^ (c ^ d) ^ ((e ^ f) ^ (g ^ h)))
}

// MARK: Adler-32

/// The largest prime below 65536 (RFC 1950 8.2).
private let adlerModulus: UInt64 = 65521

/// Adler-32 of `bytes` behind what `adler` stands for; 1 stands for nothing.
public func adler32(_ adler: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard let base = bytes.baseAddress else { return adler }
    var sum = UInt64(adler & 0xffff)
    var sumOfSums = UInt64(adler >> 16)
    var position = 0
    while bytes.count - position >= adlerChunk {
        // After n bytes the second sum has grown by n times the first, and by every byte times its distance from the end.
        let (total, weighted) = unsafe adlerChunkSums(base + position)
        sumOfSums = (sumOfSums + sum * UInt64(adlerChunk) + weighted) % adlerModulus
        sum = (sum + total) % adlerModulus
        position += adlerChunk
    }
    for index in position..<bytes.count {
        sum += unsafe UInt64(base.load(fromByteOffset: index, as: UInt8.self))
        sumOfSums += sum
    }
    return UInt32(sumOfSums % adlerModulus) << 16 | UInt32(sum % adlerModulus)
}

/// Adler-32 of `bytes` behind what `adler` stands for; 1 stands for nothing.
public func adler32(_ adler: UInt32, _ bytes: RawSpan) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe adler32(adler, $0) }
}

/// Adler-32 of what `first` stands for with `count` bytes behind it, of which `second` is the checksum.
public func adler32(_ first: UInt32, followedBy second: UInt32, count: Int) -> UInt32 {
    // The second sum counts the start, 1, and each byte of the first part once more for every byte that follows.
    let before = UInt64(first & 0xffff) + adlerModulus - 1
    let sum = (before + UInt64(second & 0xffff)) % adlerModulus
    let sumOfSums =
        (UInt64(first >> 16) + UInt64(second >> 16) + UInt64(count) % adlerModulus * (before % adlerModulus)) % adlerModulus
    return UInt32(sumOfSums) << 16 | UInt32(sum)
}

/// Bytes summed without a division: few enough for the 16-bit columns below (128 x 255 < 2^15).
private let adlerChunk = 1024

/// The sum of a chunk's bytes, and their sum weighted by the distance from the chunk's end (the last byte counts once).
private func adlerChunkSums(_ base: UnsafeRawPointer) -> (total: UInt64, weighted: UInt64) {
    #if arch(x86_64)
        // Rows of 32 bytes: 32 column sums, weighted once at the end, and per row the sum of all rows before it.
        let zero = _mm_setzero_si128()
        var total = zero
        var before = zero
        var columns0 = zero
        var columns1 = zero
        var columns2 = zero
        var columns3 = zero
        for row in 0..<(adlerChunk / 32) {
            let low = unsafe base.loadUnaligned(fromByteOffset: row &* 32, as: __m128i.self)
            let high = unsafe base.loadUnaligned(fromByteOffset: row &* 32 &+ 16, as: __m128i.self)
            before = _mm_add_epi32(before, total)
            total = _mm_add_epi32(total, _mm_add_epi32(_mm_sad_epu8(low, zero), _mm_sad_epu8(high, zero)))
            columns0 = _mm_add_epi16(columns0, _mm_unpacklo_epi8(low, zero))
            columns1 = _mm_add_epi16(columns1, _mm_unpackhi_epi8(low, zero))
            columns2 = _mm_add_epi16(columns2, _mm_unpacklo_epi8(high, zero))
            columns3 = _mm_add_epi16(columns3, _mm_unpackhi_epi8(high, zero))
        }
        let weighted0 = _mm_madd_epi16(columns0, _mm_setr_epi16(32, 31, 30, 29, 28, 27, 26, 25))
        let weighted1 = _mm_madd_epi16(columns1, _mm_setr_epi16(24, 23, 22, 21, 20, 19, 18, 17))
        let weighted2 = _mm_madd_epi16(columns2, _mm_setr_epi16(16, 15, 14, 13, 12, 11, 10, 9))
        let weighted3 = _mm_madd_epi16(columns3, _mm_setr_epi16(8, 7, 6, 5, 4, 3, 2, 1))
        let weighted = _mm_add_epi32(_mm_add_epi32(weighted0, weighted1), _mm_add_epi32(weighted2, weighted3))
        return (laneSum(total), laneSum(before) * 32 + laneSum(weighted))
    #else
        var total: UInt32 = 0
        var weighted: UInt32 = 0
        for index in 0..<adlerChunk {
            let byte = unsafe UInt32(base.load(fromByteOffset: index, as: UInt8.self))
            total &+= byte
            weighted &+= byte &* UInt32(truncatingIfNeeded: adlerChunk &- index)
        }
        return (UInt64(total), UInt64(weighted))
    #endif
}

#if arch(x86_64)
    /// The sum of four unsigned 32-bit lanes.
    @inline(__always)
    private func laneSum(_ lanes: __m128i) -> UInt64 {
        let words = unsafe unsafeBitCast(lanes, to: SIMD4<UInt32>.self)
        return UInt64(words[0]) + UInt64(words[1]) + UInt64(words[2]) + UInt64(words[3])
    }
#endif
