// The container: streams of blocks with their filters and checks, and the index behind them.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// What a call of the decoder came to.
public struct XZProgress: Equatable, Sendable {
    /// Bytes that were written.
    public var produced: Int
    /// True when the input ended with its last stream; false when the output was full before.
    public var isFinished: Bool
}

/// Decodes XZ streams with LZMA2 and delta filters into memory of a given size.
///
/// It takes about 30 KB, which one decoder keeps for stream after stream. It can go from thread to thread, but serves one at a time.
public final class XZDecoder {
    private var chunks: LZMA2Decoder
    /// Bytes that the last input became, also when it failed.
    public private(set) var totalProduced = 0

    /// Throws kind `outOfMemory`.
    public init() throws(XZFailure) {
        do throws(ImageryError) {
            chunks = try LZMA2Decoder()
        } catch {
            throw .outOfMemory
        }
    }

    /// Decodes stream after stream of `input` until it ends, or `output` is full: never more than that.
    ///
    /// The checks CRC-32 and CRC-64 of a block that ends are verified, and so is the index. After a failure
    /// ``totalProduced`` bytes are good, but for `checksumMismatch` and `sizeMismatch`.
    public func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(XZFailure) -> XZProgress {
        totalProduced = 0
        var place = 0
        repeat {
            guard try unsafe decodeStream(input, &place, into: output) else {
                return XZProgress(produced: totalProduced, isFinished: false)
            }
            // Streams may have zeros behind them, four at a time.
            while input.count - place >= 4, try unsafe number(input, place, 4) == 0 { place += 4 }
        } while place < input.count
        return XZProgress(produced: totalProduced, isFinished: true)
    }

    private static let magic: [UInt8] = [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    /// Bytes of a stream's header, and of its footer.
    private static let edge = 12
    /// Bytes of a check, by its number.
    private static let checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]

    /// Decodes the stream at `place` and moves it behind; false when the output is full before the end.
    private func decodeStream(
        _ input: UnsafeRawBufferPointer, _ place: inout Int, into output: UnsafeMutableRawBufferPointer
    ) throws(XZFailure) -> Bool {
        let header = unsafe UnsafeRawBufferPointer(rebasing: input[place...])
        guard header.count >= Self.edge else { throw .truncated }
        guard unsafe header.starts(with: Self.magic), unsafe header[6] == 0, unsafe header[7] & 0xF0 == 0 else { throw .badHeader }
        let flags = unsafe UnsafeRawBufferPointer(rebasing: header[6..<8])
        guard try unsafe UInt64(crc32(0, flags)) == number(header, 8, 4) else { throw .badHeader }
        let check = unsafe Int(flags[1])
        place += Self.edge
        var sums = IndexSums()
        while true {
            guard place < input.count else { throw .truncated }
            // The index has a 0 where a block has its size.
            if unsafe input[place] == 0 { break }
            guard try unsafe decodeBlock(input, &place, check, into: output, &sums) else { return false }
        }
        let size = try unsafe sums.verify(UnsafeRawBufferPointer(rebasing: input[place...]))
        place += size
        guard input.count - place >= Self.edge else { throw .truncated }
        let footer = unsafe UnsafeRawBufferPointer(rebasing: input[place..<place + Self.edge])
        guard try unsafe number(footer, 0, 4) == UInt64(crc32(0, UnsafeRawBufferPointer(rebasing: footer[4..<10]))),
            try unsafe number(footer, 4, 4) == UInt64(size / 4 - 1), unsafe footer[8] == flags[0], unsafe footer[9] == flags[1],
            unsafe footer[10] == 0x59, unsafe footer[11] == 0x5A
        else { throw .badIndex }
        place += Self.edge
        return true
    }

    /// Decodes the block at `place`, undoes its filters and verifies its check; false when the output is full before the end.
    private func decodeBlock(
        _ input: UnsafeRawBufferPointer, _ place: inout Int, _ check: Int, into output: UnsafeMutableRawBufferPointer,
        _ sums: inout IndexSums
    ) throws(XZFailure) -> Bool {
        let first = place
        let header = try unsafe BlockHeader(UnsafeRawBufferPointer(rebasing: input[place...]))
        place += header.byteCount
        let start = totalProduced
        let dataStart = place
        let isWhole: Bool
        do throws(XZFailure) {
            isWhole = try unsafe chunks.decode(input, &place, output, &totalProduced)
        } catch {
            unsafe undoDeltas(header, output, start)
            throw error
        }
        unsafe undoDeltas(header, output, start)
        guard isWhole else { return false }
        let (stored, size) = (place - dataStart, totalProduced - start)
        guard header.compressedSize ?? UInt64(stored) == UInt64(stored), header.size ?? UInt64(size) == UInt64(size) else {
            throw .sizeMismatch
        }
        for _ in 0..<(-stored & 3) {
            guard try unsafe number(input, place, 1) == 0 else { throw .badBlock }
            place += 1
        }
        let decoded = unsafe UnsafeRawBufferPointer(rebasing: output[start..<totalProduced])
        switch check {
        case 1: guard try unsafe UInt64(crc32(0, decoded)) == number(input, place, 4) else { throw .checksumMismatch }
        case 4: guard try unsafe crc64(decoded) == number(input, place, 8) else { throw .checksumMismatch }
        default: break
        }
        place += Self.checkSizes[check]
        guard place <= input.count else { throw .truncated }
        sums.add(unpadded: place - first - (-stored & 3), size: size)
        return true
    }

    /// The last filter is undone first; each works on all of a block.
    private func undoDeltas(_ header: BlockHeader, _ output: UnsafeMutableRawBufferPointer, _ start: Int) {
        for distance in header.deltas.reversed() {
            var index = start + distance
            while index < totalProduced {
                unsafe output[index] = output[index] &+ output[index - distance]
                index += 1
            }
        }
    }
}

/// What the index must agree with: how many blocks there were, and all their sizes.
private struct IndexSums {
    private var blocks: UInt64 = 0
    private var unpadded: UInt64 = 0
    private var sizes: UInt64 = 0

    mutating func add(unpadded: Int, size: Int) {
        blocks += 1
        self.unpadded += UInt64(unpadded)
        sizes += UInt64(size)
    }

    /// Reads the index at the start of `input` and returns its bytes.
    func verify(_ input: UnsafeRawBufferPointer) throws(XZFailure) -> Int {
        var place = 1
        guard try unsafe variable(input, &place) == blocks else { throw .badIndex }
        var (unpadded, sizes) = (unpadded, sizes)
        for _ in 0..<blocks {
            let stored = try unsafe variable(input, &place)
            let size = try unsafe variable(input, &place)
            guard stored <= unpadded, size <= sizes else { throw .badIndex }
            unpadded -= stored
            sizes -= size
        }
        guard unpadded == 0, sizes == 0 else { throw .badIndex }
        place += -place & 3
        guard place <= input.count else { throw .truncated }
        let sum = unsafe crc32(0, UnsafeRawBufferPointer(rebasing: input[..<place]))
        guard try unsafe number(input, place, 4) == UInt64(sum) else { throw .badIndex }
        return place + 4
    }
}

/// CRC-64 with the polynomial of ECMA-182, reflected.
private func crc64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var crc = UInt64.max
    for index in 0..<bytes.count {
        crc = unsafe crc64Table[Int((crc ^ UInt64(bytes[index])) & 255)] ^ crc >> 8
    }
    return ~crc
}

private let crc64Table: [UInt64] = (0..<256).map { (index: Int) -> UInt64 in
    var value = UInt64(index)
    for _ in 0..<8 { value = value & 1 != 0 ? value >> 1 ^ 0xC96C_5795_D787_0F42 : value >> 1 }
    return value
}
