// The bytes of scans in memory, a piece at a time.

import ImageryBase
import ImageryPlumbing

/// Lends the entropy-coded bytes to bit readers.
@safe
final class ScanInput {
    private let source: any ByteSource
    private let cancellation: Cancellation?
    private let buffer: Scratch
    /// Offset in the source of the first byte of the buffer.
    private var start = 0
    private var filled = 0
    /// A reader must come back to ``refill(_:)`` when it is here: up to it an MCU and more is in the buffer. Behind the last byte of
    /// the source stands a marker, which no reader goes beyond.
    private(set) var limit: UnsafePointer<UInt8>

    private static let capacity = 1 << 17
    private static let slack = 64
    /// More than an MCU takes: 10 blocks of 64 codes, each with 32 bits and a stuffed byte behind every byte.
    private static let reserve = 1 << 13

    /// With `cancellation` each refill may be the last.
    init(_ source: any ByteSource, _ cancellation: Cancellation? = nil) throws(ImageryError) {
        self.source = source
        self.cancellation = cancellation
        buffer = try Scratch(byteCount: Self.capacity + Self.slack)
        unsafe limit = UnsafePointer(buffer.bytes)
    }

    /// A pointer to the byte at `offset` of the source.
    func seek(_ offset: Int) throws(ImageryError) -> UnsafePointer<UInt8> {
        start = offset
        filled = 0
        try fill()
        return unsafe UnsafePointer(buffer.bytes)
    }

    /// As ``seek(_:)``, without reading anew what is there.
    func pointer(to offset: Int) throws(ImageryError) -> UnsafePointer<UInt8> {
        let pointer = unsafe UnsafePointer(buffer.bytes) + (offset - start)
        return unsafe offset >= start && offset <= start + filled && pointer < limit ? pointer : try seek(offset)
    }

    /// Where the byte that `pointer` points at stands in the source.
    func offset(of pointer: UnsafePointer<UInt8>) -> Int { unsafe start + (pointer - UnsafePointer(buffer.bytes)) }

    /// Moves what is behind `pointer` to the front and reads more; returns where it went.
    func refill(_ pointer: UnsafePointer<UInt8>) throws(ImageryError) -> UnsafePointer<UInt8> {
        let used = unsafe max(0, min(filled, pointer - UnsafePointer(buffer.bytes)))
        unsafe buffer.base.copyMemory(from: buffer.base + used, byteCount: filled - used)
        start += used
        filled -= used
        try fill()
        return unsafe UnsafePointer(buffer.bytes)
    }

    private func fill() throws(ImageryError) {
        try cancellation?.check("JPEG scan")
        let from = min(source.byteCount, start + filled)
        let count = min(Self.capacity - filled, source.byteCount - from)
        let target = unsafe buffer.base + filled
        if count > 0 {
            try source.lend(from..<from + count, of: "JPEG scan") { (span) throws(ImageryError) in
                unsafe span.withUnsafeBytes { unsafe target.copyMemory(from: $0.baseAddress!, byteCount: count) }
            }
        }
        filled += count
        let isEnd = start + filled >= source.byteCount
        let bytes = unsafe buffer.bytes
        for index in 0..<Self.slack { unsafe bytes[filled + index] = index == 0 ? 0xff : index == 1 ? Marker.eoi : 0 }
        unsafe limit = UnsafePointer(bytes + (isEnd ? Self.capacity + Self.slack : max(0, filled - Self.reserve)))
    }

    /// True when the marker at `offset` is the one that stands behind the last byte.
    func isEnd(_ offset: Int) -> Bool { offset >= source.byteCount }

    /// The first marker at or behind `offset`, and where it stands.
    func findMarker(from offset: Int) throws(ImageryError) -> (code: UInt8, offset: Int)? {
        try SegmentReader(source: source, position: 0).findMarker(from: offset)
    }
}
