// What stands before the chunks of a block, and the numbers of the container.

import ImageryKernels

/// A block's filters and sizes.
struct BlockHeader {
    let byteCount: Int
    private(set) var compressedSize: UInt64?
    /// Bytes that the block becomes.
    private(set) var size: UInt64?
    /// Distances of delta filters, in the encoder's order.
    private(set) var deltas: [Int] = []

    /// Reads the header at the start of `input`, whose first byte is not 0.
    init(_ input: UnsafeRawBufferPointer) throws(XZFailure) {
        byteCount = unsafe 4 * (Int(input[0]) + 1)
        guard byteCount <= input.count else { throw .truncated }
        let body = unsafe UnsafeRawBufferPointer(rebasing: input[..<(byteCount - 4)])
        guard try unsafe UInt64(crc32(0, body)) == number(input, byteCount - 4, 4) else { throw .badBlock }
        do throws(XZFailure) {
            try unsafe readFields(body)
        } catch {
            // The header is all there: what it lacks was never written.
            throw error == .truncated ? .badBlock : error
        }
    }

    private mutating func readFields(_ body: UnsafeRawBufferPointer) throws(XZFailure) {
        var place = 2
        let flags = try unsafe number(body, 1, 1)
        guard flags & 0x3C == 0 else { throw .badBlock }
        if flags & 0x40 != 0 { compressedSize = try unsafe variable(body, &place) }
        if flags & 0x80 != 0 { size = try unsafe variable(body, &place) }
        let last = flags & 3
        for index in 0...last {
            let filter = try unsafe variable(body, &place)
            guard filter == 3 || filter == 0x21 else { throw .unsupportedFilter }
            guard try unsafe variable(body, &place) == 1 else { throw .badBlock }
            let property = try unsafe Int(number(body, place, 1))
            place += 1
            // LZMA2 is the last filter and no other; its property is the size of the dictionary, of which 40 is the largest.
            guard (filter == 0x21) == (index == last), filter == 3 || property <= 40 else { throw .badBlock }
            if filter == 3 { deltas.append(property + 1) }
        }
    }
}

/// The little-endian number in `count` bytes.
func number(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ count: Int) throws(XZFailure) -> UInt64 {
    guard offset <= bytes.count - count else { throw .truncated }
    var value: UInt64 = 0
    for index in 0..<count { value |= unsafe UInt64(bytes[offset + index]) << UInt64(8 * index) }
    return value
}

/// A number of 1 to 9 bytes of seven bits at `place`, which moves behind it.
func variable(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) throws(XZFailure) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
        let byte = try unsafe number(bytes, place, 1)
        place += 1
        value |= (byte & 127) << shift
        if byte < 128 {
            // The shortest form is the only one.
            guard byte != 0 || shift == 0 else { throw .badNumber }
            return value
        }
    }
    throw .badNumber
}
