// zlib as the oracle, and data to compress.

import CZlib
import ImageryDeflate
import TestSupport

/// What zlib makes of a stream.
struct ZlibResult {
    var bytes: [UInt8]
    var consumed: Int
    var isFinished: Bool
    var isRefused: Bool
}

enum Zlib {
    static func windowBits(_ format: DeflateFormat) -> Int32 {
        switch format {
        case .zlib: 15
        case .raw: -15
        case .gzip: 31
        }
    }

    /// Inflates with room for `capacity` bytes and one more, so that a full output does not hide an error behind it.
    static func inflate(_ stream: [UInt8], _ format: DeflateFormat, capacity: Int) -> ZlibResult {
        var state = unsafe z_stream()
        var input = stream
        var output = [UInt8](repeating: 0, count: capacity + 1)
        unsafe inflateInit2_(&state, windowBits(format), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { unsafe inflateEnd(&state) }
        let code = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe state.next_in = input.baseAddress
                unsafe state.avail_in = UInt32(input.count)
                unsafe state.next_out = output.baseAddress
                unsafe state.avail_out = UInt32(output.count)
                return unsafe CZlib.inflate(&state, Z_SYNC_FLUSH)
            }
        }
        let produced = unsafe Int(state.total_out)
        let consumed = unsafe Int(state.total_in)
        return ZlibResult(
            bytes: Array(output[..<produced]), consumed: consumed, isFinished: code == Z_STREAM_END,
            isRefused: code == Z_DATA_ERROR || code == Z_NEED_DICT)
    }

    /// Deflates with one of zlib's strategies, flushing every `flushEvery` bytes if given.
    static func deflate(
        _ bytes: [UInt8], _ format: DeflateFormat, level: Int32 = 6, strategy: Int32 = Z_DEFAULT_STRATEGY, flushEvery: Int? = nil
    ) -> [UInt8] {
        var state = unsafe z_stream()
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        unsafe deflateInit2_(&state, level, Z_DEFLATED, windowBits(format), 8, strategy, ZLIB_VERSION, size)
        defer { unsafe deflateEnd(&state) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count * 2 + 1000 + (flushEvery.map { bytes.count / $0 * 8 } ?? 0))
        unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe state.next_in = input.baseAddress
                unsafe state.next_out = output.baseAddress
                unsafe state.avail_out = UInt32(output.count)
                if let flushEvery {
                    for start in stride(from: 0, to: input.count, by: flushEvery) {
                        unsafe state.avail_in = UInt32(min(flushEvery, input.count - start))
                        _ = unsafe CZlib.deflate(&state, start / flushEvery % 2 == 0 ? Z_SYNC_FLUSH : Z_FULL_FLUSH)
                    }
                } else {
                    unsafe state.avail_in = UInt32(input.count)
                }
                _ = unsafe CZlib.deflate(&state, Z_FINISH)
            }
        }
        return unsafe Array(output[..<Int(state.total_out)])
    }

    static let strategies = [Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED]
}

/// Data that drives an encoder into its different block types and codes.
enum DataShape: CaseIterable {
    case empty, noise, text, runs, periods, smooth, sparse, longCodes

    func bytes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 300)
        switch self {
        case .empty: return []
        case .noise: while bytes.count < count { bytes.append(UInt8.random(in: 0...255, using: &random)) }
        case .text:
            let words = ["tile ", "band ", "overview ", "pixel\n", "of ", "the ", "raster "].map { Array($0.utf8) }
            while bytes.count < count { bytes += words[Int.random(in: 0..<words.count, using: &random)] }
        case .runs:
            while bytes.count < count {
                let value = UInt8.random(in: 0...255, using: &random)
                bytes += [UInt8](repeating: value, count: Int.random(in: 1...600, using: &random))
            }
        case .periods:
            while bytes.count < count {
                let period = (0..<Int.random(in: 1...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
                for _ in 0..<Int.random(in: 1...40, using: &random) { bytes += period }
            }
        case .smooth:
            var value: UInt8 = 128
            while bytes.count < count {
                value = value &+ UInt8(Int.random(in: 0...6, using: &random)) &- 3
                bytes.append(value)
            }
        case .sparse:
            while bytes.count < count {
                bytes.append(Int.random(in: 0..<20, using: &random) == 0 ? UInt8.random(in: 0...255, using: &random) : 0)
            }
        case .longCodes:
            // Frequencies that halve from value to value lead to codes of up to 15 bits.
            while bytes.count < count { bytes.append(UInt8(min(random.next().leadingZeroBitCount, 40)) &* 5) }
        }
        return Array(bytes.prefix(count))
    }
}
