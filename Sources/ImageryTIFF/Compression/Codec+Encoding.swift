// From the bytes of a block to what is stored of it (TIFF 6.0 sections 9 and 13, Technical Note 2).

import ImageryBase
import ImageryDeflate
import ImageryPlumbing
import ImageryZstandard

/// Compresses blocks, one after the other, on one thread.
protocol BlockCompressor: AnyObject {
    /// Appends what the block of `rows` rows of `rowBytes` bytes becomes to `output`.
    func compress(_ block: UnsafeRawPointer, rows: Int, rowBytes: Int, into output: inout [UInt8]) throws(ImageryError)
}

extension Compression {
    /// A compressor; `level` is the effort of Deflate or Zstandard. Only for compressions that ``isWritable``.
    func makeCompressor(level: Int) throws(ImageryError) -> any BlockCompressor {
        switch self {
        case .lzw: try LZWCompressor()
        case .deflate: try DeflateCompressor(level)
        case .packBits: PackBitsCompressor()
        case .zstandard: try ZstandardCompressor(level)
        default: StoringCompressor()
        }
    }

    /// True for lossless compressions that blocks can be written with.
    var isWritable: Bool {
        switch self {
        case .none, .lzw, .deflate, .packBits, .zstandard: true
        default: false
        }
    }

    /// The most bytes that a block of `count` bytes, `rows` rows, can become.
    func bound(_ count: Int, rows: Int) -> Int? {
        switch self {
        case .lzw: checkedSum(count, count / 2 + count / 1024 + 16)
        case .deflate: checkedSum(count, count / 4096 + 64)
        case .packBits: checkedSum(count, count / 128 + 2 * rows)
        case .zstandard: ZstandardEncoder.bound(count)
        // Values as they are, a mask and a header for each sample of a pixel.
        case .lerc: checkedProduct(count, 2).flatMap { checkedSum($0, 1 << 20) }
        // Coefficients of up to 26 bits with stuffed bytes, tables and padding to whole MCUs; far above what occurs.
        case .jpeg: checkedProduct(count, 8).flatMap { checkedSum($0, 1 << 16) }
        // A sample's bit-planes with three bits of the transforms, and headers.
        case .jpeg2000: checkedProduct(count, 4).flatMap { checkedSum($0, 1 << 16) }
        default: count
        }
    }
}

private final class StoringCompressor: BlockCompressor {
    func compress(_ block: UnsafeRawPointer, rows: Int, rowBytes: Int, into output: inout [UInt8]) {
        unsafe output.append(contentsOf: UnsafeRawBufferPointer(start: block, count: rows * rowBytes))
    }
}

private final class DeflateCompressor: BlockCompressor {
    private var deflater: Deflater

    init(_ level: Int) throws(ImageryError) {
        do throws(DeflateFailure) {
            deflater = try Deflater(.zlib, level: DeflateLevel(level))
        } catch {
            throw Self.failed(error)
        }
    }

    func compress(_ block: UnsafeRawPointer, rows: Int, rowBytes: Int, into output: inout [UInt8]) throws(ImageryError) {
        do throws(DeflateFailure) {
            deflater.reset()
            try unsafe deflater.append(UnsafeRawBufferPointer(start: block, count: rows * rowBytes), to: &output)
            try deflater.finish(to: &output)
        } catch {
            throw Self.failed(error)
        }
    }

    private static func failed(_ failure: DeflateFailure) -> ImageryError {
        ImageryError(limit: .memory, "TIFF Deflate", "the compressor could not go on: \(failure)")
    }
}

private final class ZstandardCompressor: BlockCompressor {
    private let encoder: ZstandardEncoder

    init(_ level: Int) throws(ImageryError) {
        do throws(ZstandardFailure) {
            encoder = try ZstandardEncoder(level: level)
        } catch {
            throw Self.failed(error)
        }
    }

    func compress(_ block: UnsafeRawPointer, rows: Int, rowBytes: Int, into output: inout [UInt8]) throws(ImageryError) {
        do throws(ZstandardFailure) {
            try unsafe encoder.compress(UnsafeRawBufferPointer(start: block, count: rows * rowBytes), into: &output)
        } catch {
            throw Self.failed(error)
        }
    }

    private static func failed(_ failure: ZstandardFailure) -> ImageryError {
        ImageryError(limit: .memory, "TIFF Zstandard", "the compressor could not go on: \(failure)")
    }
}

/// Makes room for `bound` bytes behind those of `output`, lets `body` write there and keeps as many as it says.
private func append(upTo bound: Int, to output: inout [UInt8], _ body: (UnsafeMutableRawPointer) -> Int) {
    let start = output.count
    output.append(contentsOf: repeatElement(0, count: bound))
    // `bound` is above 0, so the array has an address, and `body` keeps to its bound.
    let count = unsafe output.withUnsafeMutableBytes { unsafe body($0.baseAddress! + start) }
    output.removeLast(bound - count)
}

private final class LZWCompressor: BlockCompressor {
    private let encoder: LZWEncoder

    init() throws(ImageryError) { encoder = try LZWEncoder() }

    func compress(_ block: UnsafeRawPointer, rows: Int, rowBytes: Int, into output: inout [UInt8]) {
        let count = rows * rowBytes
        unsafe append(upTo: LZWEncoder.bound(count), to: &output) { unsafe encoder.encode(block, count: count, into: $0) }
    }
}

private final class PackBitsCompressor: BlockCompressor {
    func compress(_ block: UnsafeRawPointer, rows: Int, rowBytes: Int, into output: inout [UInt8]) {
        // Section 9: each row is packed by itself.
        for row in 0..<rows {
            unsafe append(upTo: PackBits.bound(rowBytes), to: &output) {
                unsafe PackBits.encode(block + row * rowBytes, count: rowBytes, into: $0)
            }
        }
    }
}
