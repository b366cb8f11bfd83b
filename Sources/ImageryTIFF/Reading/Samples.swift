// Samples of a row (TIFF 6.0 section 2 "Type", 7 "BitsPerSample", 19; FillOrder), from stored to native form.

import ImageryBase
import ImageryKernels

/// How the samples of a stored row become native samples of a pixel type.
struct SampleUnpacker: Sendable {
    private enum Form: Sendable {
        /// Stored as the pixel type, in units of that many bytes in the file's order.
        case whole(unit: Int)
        case float24
        /// Bits one after the other, most significant first. The byte order is one of 16-, 32- and 64-bit numbers (section 2):
        /// samples of 24 bits are packed like those of 12.
        case bits
    }

    private let form: Form
    private let bits: Int
    private let isSigned: Bool
    private let isBigEndian: Bool
    /// Bytes of one sample of the pixel type.
    private let sampleBytes: Int

    /// For rows in the file's byte order.
    init(_ header: ImageHeader, isBigEndian: Bool) {
        let type = header.pixelType
        bits = header.bits
        isSigned = type.isSigned
        self.isBigEndian = isBigEndian
        sampleBytes = type.byteCount
        if bits == 8 * sampleBytes {
            form = .whole(unit: isBigEndian == Self.hostIsBigEndian ? 1 : type.componentByteCount)
        } else if header.format == .float {
            form = .float24
        } else {
            form = .bits
        }
    }

    /// For rows that a predictor has put into native order.
    init(native header: ImageHeader) {
        self.init(header, isBigEndian: Self.hostIsBigEndian)
    }

    static var hostIsBigEndian: Bool {
        #if _endian(big)
            true
        #else
            false
        #endif
    }

    /// The unit of bytes to reverse when rows are stored as the pixel type; nil when they are not.
    var swapUnit: Int? {
        if case .whole(let unit) = form { unit } else { nil }
    }

    /// Bytes of one stored sample; nil when samples do not begin on byte boundaries.
    var storedBytes: Int? {
        switch form {
        case .whole: sampleBytes
        case .float24: 3
        case .bits: nil
        }
    }

    /// Writes `count` samples from column `x` on of each of `bands` to row `line` of `destination`.
    ///
    /// `row` is the start of a row of `rowBytes` bytes, of which those of the wanted columns can be read (all of them when samples
    /// do not begin on byte boundaries); pixels have `samples` samples. `isEveryBand` says that `bands` are all samples in order.
    func unpack(
        _ row: UnsafeRawPointer, rowBytes: Int, samples: Int, x: Int, count: Int, bands: [Int], isEveryBand: Bool,
        into destination: Destination, line: Int
    ) {
        if case .whole(let unit) = form, isEveryBand, samples > 1 {
            return unsafe SampleInterleaving.deinterleave(
                row + x * samples * sampleBytes, samples: samples, sampleBytes: sampleBytes, swapUnit: unit, count: count,
                into: destination.row(line, band: 0), bandStride: destination.bandStride)
        }
        for (index, band) in bands.enumerated() {
            let target = unsafe destination.row(line, band: index)
            let first = x * samples + band
            switch form {
            case .whole(let unit):
                unsafe SampleInterleaving.extract(
                    row + first * sampleBytes, step: samples, sampleBytes: sampleBytes, swapUnit: unit, count: count,
                    into: target)
            case .float24:
                unsafe FloatWiden.widen24(row + first * 3, bigEndian: isBigEndian, step: samples, count: count, into: target)
            case .bits:
                unsafe BitUnpack.unpack(
                    row, sourceBytes: rowBytes, bitOffset: first * bits, bits: bits, signed: isSigned, step: samples,
                    count: count, into: target, sampleBytes: sampleBytes)
            }
        }
    }
}
