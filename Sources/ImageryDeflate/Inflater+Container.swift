// Headers and trailers (RFC 1950 2.2, RFC 1952 2.3).

import ImageryKernels

/// The parts of a gzip header in their order (RFC 1952 2.3).
enum GzipField {
    case fixedPart
    case timeAndSystem
    case extraLength
    case extra
    case name
    case comment
    case headerChecksum
}

/// What a gzip header has said so far.
struct GzipHeaderState {
    var flags: UInt32 = 0
    var extraLeft: UInt32 = 0
    /// CRC-32 of the header bytes, for FHCRC.
    var checksum: UInt32 = 0
}

extension Inflater {
    /// CMF and FLG (RFC 1950 2.2). The window size is not compared with the distances, as files that declare too small a one are common
    /// and harmless.
    mutating func readZlibHeader(_ transfer: inout Transfer) -> Stop? {
        guard unsafe require(16, &transfer) else { return .needsInput }
        let header = take(16)
        let method = header & 0xff
        let flags = header >> 8
        guard (method << 8 | flags) % 31 == 0, method & 15 == 8, method >> 4 <= 7 else { return .failed(.badHeader) }
        guard flags & 0x20 == 0 else { return .failed(.presetDictionary) }
        phase = .blockHeader
        return nil
    }

    /// One field of the gzip header (RFC 1952 2.3.1).
    mutating func readGzipHeader(_ field: GzipField, _ transfer: inout Transfer) -> Stop? {
        switch field {
        case .fixedPart:
            guard unsafe require(32, &transfer) else { return .needsInput }
            let start = takeSummed(bytes: 4)
            gzip.flags = start >> 24
            // ID1, ID2, CM; the upper three flags are reserved.
            guard start & 0xff_ffff == 0x08_8b1f, gzip.flags & 0xe0 == 0 else { return .failed(.badHeader) }
            phase = .gzipHeader(.timeAndSystem)
        case .timeAndSystem:
            guard unsafe require(48, &transfer) else { return .needsInput }
            _ = takeSummed(bytes: 4)
            _ = takeSummed(bytes: 2)
            phase = .gzipHeader(.extraLength)
        case .extraLength:
            if gzip.flags & 0x04 != 0 {
                guard unsafe require(16, &transfer) else { return .needsInput }
                gzip.extraLeft = takeSummed(bytes: 2)
            }
            phase = .gzipHeader(.extra)
        case .extra:
            while gzip.extraLeft > 0 {
                guard unsafe require(8, &transfer) else { return .needsInput }
                _ = takeSummed(bytes: 1)
                gzip.extraLeft -= 1
            }
            phase = .gzipHeader(.name)
        case .name:
            guard unsafe skipText(flag: 0x08, &transfer) else { return .needsInput }
            phase = .gzipHeader(.comment)
        case .comment:
            guard unsafe skipText(flag: 0x10, &transfer) else { return .needsInput }
            phase = .gzipHeader(.headerChecksum)
        case .headerChecksum:
            if gzip.flags & 0x02 != 0 {
                guard unsafe require(16, &transfer) else { return .needsInput }
                guard take(16) == gzip.checksum & 0xffff else { return .failed(.badHeader) }
            }
            phase = .blockHeader
        }
        return nil
    }

    /// Reads over zero-terminated text if its flag is set; false when input runs out.
    private mutating func skipText(flag: UInt32, _ transfer: inout Transfer) -> Bool {
        guard gzip.flags & flag != 0 else { return true }
        while unsafe require(8, &transfer) {
            if takeSummed(bytes: 1) == 0 { return true }
        }
        return false
    }

    private mutating func takeSummed(bytes count: Int) -> UInt32 {
        let value = take(UInt64(count) * 8)
        unsafe withUnsafeBytes(of: value.littleEndian) { bytes in
            gzip.checksum = unsafe crc32(gzip.checksum, UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
        return value
    }

    /// Adler-32, most significant byte first, or CRC-32, least significant byte first; then ISIZE in the same order as CRC-32.
    mutating func readTrailer(_ transfer: inout Transfer) -> Stop {
        drop(bitCount & 7)
        guard format != .raw else { return .finished }
        guard unsafe require(32, &transfer) else { return .needsInput }
        let stored = take(32)
        return .trailerRead(format == .zlib ? stored.byteSwapped : stored)
    }
}
