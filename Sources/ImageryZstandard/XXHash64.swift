// The checksum of a frame: XXH64 with seed 0, of which the low four bytes are stored (RFC 8878 section 3.1.1).

/// XXH64 of the bytes, with seed 0.
func xxHash64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64
    var index = 0
    // In bounds: every load begins at an index that its size was added to and compared with the count.
    func word(_ at: Int) -> UInt64 { unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian }
    if bytes.count >= 32 {
        var (a, b, c, d) = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
        while bytes.count - index >= 32 {
            a = round(a, word(index))
            b = round(b, word(index + 8))
            c = round(c, word(index + 16))
            d = round(d, word(index + 24))
            index += 32
        }
        hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
        for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
    } else {
        hash = prime5
    }
    hash &+= UInt64(bytes.count)
    while bytes.count - index >= 8 {
        hash = rotate(hash ^ round(0, word(index)), 27) &* prime1 &+ prime4
        index += 8
    }
    if bytes.count - index >= 4 {
        let half = unsafe UInt64(bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian)
        hash = rotate(hash ^ (half &* prime1), 23) &* prime2 &+ prime3
        index += 4
    }
    while index < bytes.count {
        hash = unsafe rotate(hash ^ (UInt64(bytes[index]) &* prime5), 11) &* prime1
        index += 1
    }
    hash = (hash ^ (hash >> 33)) &* prime2
    hash = (hash ^ (hash >> 29)) &* prime3
    return hash ^ (hash >> 32)
}

private let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
private let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
private let prime3: UInt64 = 0x1656_67B1_9E37_79F9
private let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
private let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

@inline(__always)
private func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { value &<< bits | value &>> (64 - bits) }

@inline(__always)
private func round(_ accumulator: UInt64, _ value: UInt64) -> UInt64 {
    rotate(accumulator &+ value &* prime2, 31) &* prime1
}
