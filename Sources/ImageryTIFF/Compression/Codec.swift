// From a block as it is stored to the same block as if it were stored uncompressed (TIFF 6.0 sections 9 and 13, Technical Note 2).

import ImageryDeflate
import ImageryLZMA
import ImageryWebP
import ImageryZstandard

extension ImageHeader {
    /// A decoder of the blocks; nil for uncompressed ones and for compressions that cannot be read.
    func makeCodec() -> (any BlockCodec)? {
        switch compression {
        case .lzw: LZWCodec()
        case .deflate, .oldDeflate: DeflateCodec()
        case .packBits: PackBitsCodec()
        case .zstandard: ZstandardCodec()
        case .lerc: LERCCodec(self)
        case .lzma: LZMACodec()
        case .webP: WebPCodec(self)
        case .next: NeXTCodec(bits: bits, samples: samplesPerBlockPixel, columns: blockWidth)
        case .thunderScan: ThunderScanCodec(bits: bits, samples: samplesPerBlockPixel, columns: blockWidth)
        case .sgiLog where bits == 16 && format == .signed:
            SGILogCodec(samples: samplesPerBlockPixel, columns: blockWidth, isBigEndian: isBigEndian)
        case .sgiLog24 where bits == 16 && format == .signed: SGILog24Codec(samples: samplesPerBlockPixel, isBigEndian: isBigEndian)
        default: nil
        }
    }
}

extension Compression {
    /// True when blocks of this compression can be read.
    var isSupported: Bool {
        switch self {
        case .none, .lzw, .deflate, .oldDeflate, .packBits, .zstandard, .lerc, .lzma, .webP, .next, .thunderScan, .sgiLog,
            .sgiLog24:
            true
        default: isStream
        }
    }
}

private final class LZWCodec: BlockCodec {
    private var decoder = LZWDecoder()

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        let (written, end) = unsafe decoder.decode(input, into: output, count: count)
        switch end {
        case .complete: return (written, nil)
        case .short: return (written, "the LZW data end early")
        case .invalidCode: return (written, "an LZW code stands for no string (section 13)")
        }
    }
}

private final class DeflateCodec: BlockCodec {
    private var inflater = Inflater(.zlib)

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        do throws(InflateFailure) {
            let target = unsafe UnsafeMutableRawBufferPointer(start: output, count: count + blockSlack)
            let progress = try unsafe inflater.decodeAll(input, into: target)
            return (min(count, progress.produced), progress.produced < count ? "the Deflate data end early" : nil)
        } catch {
            let produced = min(count, inflater.totalProduced)
            // Damage behind the wanted bytes does not concern them; a wrong checksum does.
            let concerns = produced < count || error == .checksumMismatch
            return (produced, concerns ? "the Deflate data are damaged (\(error))" : nil)
        }
    }
}

private final class ZstandardCodec: BlockCodec {
    /// Made with the first block: that can fail for want of memory.
    private var decoder: ZstandardDecoder?

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        do throws(ZstandardFailure) {
            let decoder: ZstandardDecoder
            if let kept = self.decoder { decoder = kept } else { decoder = try ZstandardDecoder() }
            self.decoder = decoder
            let target = unsafe UnsafeMutableRawBufferPointer(start: output, count: count + blockSlack)
            let progress = try unsafe decoder.decode(input, into: target)
            return (min(count, progress.produced), progress.produced < count ? "the Zstandard data end early" : nil)
        } catch {
            let produced = min(count, decoder?.totalProduced ?? 0)
            // Damage behind the wanted bytes does not concern them; a wrong checksum does.
            let concerns = produced < count || error == .checksumMismatch
            return (produced, concerns ? "the Zstandard data are damaged (\(error))" : nil)
        }
    }
}

private final class LZMACodec: BlockCodec {
    /// Made with the first block: that can fail for want of memory.
    private var decoder: XZDecoder?

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        do throws(XZFailure) {
            let decoder: XZDecoder
            if let kept = self.decoder { decoder = kept } else { decoder = try XZDecoder() }
            self.decoder = decoder
            let target = unsafe UnsafeMutableRawBufferPointer(start: output, count: count + blockSlack)
            let progress = try unsafe decoder.decode(input, into: target)
            return (min(count, progress.produced), progress.produced < count ? "the LZMA data end early" : nil)
        } catch {
            let produced = min(count, decoder?.totalProduced ?? 0)
            // Damage behind the wanted bytes does not concern them; a wrong checksum does.
            let concerns = produced < count || error == .checksumMismatch
            return (produced, concerns ? "the LZMA data are damaged (\(error))" : nil)
        }
    }
}

/// Decodes blocks that are WebP files, pixels of three or four bytes.
private final class WebPCodec: BlockCodec {
    private let samples: Int
    private let columns: Int
    private let blockRows: Int

    /// Nil when WebP has no such pixels.
    init?(_ header: ImageHeader) {
        guard header.bits == 8, header.format == .unsigned || header.format == .void, 3...4 ~= header.samplesPerBlockPixel else {
            return nil
        }
        samples = header.samplesPerBlockPixel
        columns = header.blockWidth
        blockRows = header.blockHeight
    }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        let rowBytes = columns * samples
        do throws(WebPFailure) {
            let shape = try unsafe WebPDecoder.shape(input)
            // The memory that is needed follows the image.
            guard shape.columns == columns, shape.rows <= blockRows else { throw .otherSize }
            let target = unsafe UnsafeMutableRawBufferPointer(start: output, count: count)
            // The last strip of libtiff's files has only the rows that are in the image.
            let rows = min(shape.rows, count / rowBytes)
            let progress = try unsafe WebPDecoder.decode(input, columns: columns, rows: rows, samples: samples, into: target)
            let produced = progress.rows * rowBytes
            if let failure = progress.failure { return (produced, "the WebP data are damaged (\(failure))") }
            return (produced, produced < count ? "the WebP image has fewer rows than its block" : nil)
        } catch {
            return (0, "the WebP data are damaged (\(error))")
        }
    }
}

private final class PackBitsCodec: BlockCodec {
    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        let produced = unsafe PackBits.decode(input, into: output, count: count)
        return (produced, produced < count ? "the PackBits data end early" : nil)
    }
}
