// Frames and blocks (RFC 8878 sections 3.1.1 and 3.1.2).

import ImageryPlumbing

/// What stands before the blocks of a frame.
struct FrameHeader: Equatable {
    /// Bytes that the header takes.
    var byteCount: Int
    /// How far back matches may reach; no more than the frame's own size where that is known.
    var window: Int
    /// Bytes that the frame becomes, if the header says so.
    var contentSize: Int?
    var hasChecksum: Bool

    /// The magic number of a frame, and the first of the sixteen of skippable ones.
    static let magic: UInt32 = 0xFD2F_B528
    static let skippableMagic: UInt32 = 0x184D_2A50

    /// The bytes of a skippable frame at the start of `input` (section 3.1.2); nil when there is none.
    static func skippable(_ input: UnsafeRawBufferPointer) throws(ZstandardFailure) -> Int? {
        guard input.count >= 4, unsafe littleEndian(input, at: 0, count: 4) & ~15 == UInt64(skippableMagic) else { return nil }
        guard input.count >= 8 else { throw .truncated }
        let size = unsafe Int(littleEndian(input, at: 4, count: 4))
        guard size <= input.count - 8 else { throw .truncated }
        return 8 + size
    }

    /// The header at the start of `input`.
    init(_ input: UnsafeRawBufferPointer) throws(ZstandardFailure) {
        guard input.count >= 4 else { throw .truncated }
        guard unsafe littleEndian(input, at: 0, count: 4) == UInt64(Self.magic) else { throw .badMagic }
        guard input.count >= 5 else { throw .truncated }
        let descriptor = unsafe Int(input[4])
        guard descriptor & 8 == 0 else { throw .badHeader }
        let isSingle = descriptor & 32 != 0
        let identifierBytes = [0, 1, 2, 4][descriptor & 3]
        let sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]
        let start = isSingle ? 5 : 6
        byteCount = start + identifierBytes + sizeBytes
        guard input.count >= byteCount else { throw .truncated }
        guard unsafe littleEndian(input, at: start, count: identifierBytes) == 0 else { throw .dictionary }
        hasChecksum = descriptor & 4 != 0
        contentSize = nil
        if sizeBytes > 0 {
            let stored = unsafe littleEndian(input, at: start + identifierBytes, count: sizeBytes)
            // What does not fit memory can be no size of anything that is decoded here.
            contentSize = Int(exactly: stored).flatMap { checkedSum($0, sizeBytes == 2 ? 256 : 0) } ?? .max
        }
        if isSingle {
            window = contentSize ?? 0
        } else {
            let byte = unsafe Int(input[5])
            let base = 1 << (10 + byte >> 3)
            window = base + base / 8 * (byte & 7)
        }
    }

    /// The header of a frame of `contentSize` bytes that are their own window, without a checksum.
    static func bytes(contentSize: Int) -> [UInt8] {
        let flag: UInt8
        let (size, count): (Int, Int)
        switch contentSize {
        case ..<256: (flag, size, count) = (0, contentSize, 1)
        case ..<(65536 + 256): (flag, size, count) = (1, contentSize - 256, 2)
        case ...Int(UInt32.max): (flag, size, count) = (2, contentSize, 4)
        default: (flag, size, count) = (3, contentSize, 8)
        }
        return littleEndianBytes(UInt64(magic), count: 4) + [flag << 6 | 32] + littleEndianBytes(UInt64(size), count: count)
    }

    /// The same for contents that are larger than the window of 2^`windowLog` bytes, which is at least 1 KiB.
    static func bytes(contentSize: Int, windowLog: Int) -> [UInt8] {
        littleEndianBytes(UInt64(magic), count: 4) + [3 << 6, UInt8(windowLog - 10) << 3]
            + littleEndianBytes(UInt64(contentSize), count: 8)
    }
}

/// What stands before a block (section 3.1.1.2).
struct BlockHeader: Equatable {
    enum Kind: Int {
        case raw = 0
        case run
        case compressed
    }

    var isLast: Bool
    var kind: Kind
    /// Bytes of the block; of a run, how often its byte stands.
    var size: Int

    static let byteCount = 3

    init(isLast: Bool, kind: Kind, size: Int) {
        self.isLast = isLast
        self.kind = kind
        self.size = size
    }

    /// The header at the start of `input`.
    init(_ input: UnsafeRawBufferPointer) throws(ZstandardFailure) {
        guard input.count >= Self.byteCount else { throw .truncated }
        let bits = unsafe Int(littleEndian(input, at: 0, count: 3))
        guard let kind = Kind(rawValue: bits >> 1 & 3) else { throw .badBlock }
        self.init(isLast: bits & 1 != 0, kind: kind, size: bits >> 3)
    }

    var bytes: [UInt8] { littleEndianBytes(UInt64(size << 3 | kind.rawValue << 1 | (isLast ? 1 : 0)), count: 3) }
}

/// The number in `count` bytes, at most 8, that are inside `bytes`.
func littleEndian(_ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<count { value |= unsafe UInt64(bytes[offset + index]) << UInt64(8 * index) }
    return value
}

func littleEndianBytes(_ value: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
}
