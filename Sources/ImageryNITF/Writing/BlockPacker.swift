// Samples to the bytes of blocks, uncompressed (MIL-STD-2500C 5.4.2.2, 5.4.3.1): the way back of the block decoder.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Puts samples into the order of IMODE, most significant byte or bit first, and fills blocks that reach over the edge of the
/// image.
final class BlockPacker {
    private let header: ImageSubheader
    private let isMixed: Bool
    private let sampleBytes: Int
    /// Bytes that are reversed together; 0 when samples are packed bits.
    private let swapUnit: Int
    /// A sample of the fill, in native order and as stored.
    private let nativeFill: [UInt8]
    private let storedFill: [UInt8]
    /// A row of a block (of all its bands, where they are mixed) before it is packed into bits.
    private let line: Scratch

    /// Blocks are filled with `pad`, or with 0.
    init(_ header: ImageSubheader, pad: SampleValue?) throws(ImageryError) {
        self.header = header
        let type = header.pixelType
        sampleBytes = type.byteCount
        isMixed = header.interleave == .pixel
        let isWhole = header.bits == 8 * sampleBytes
        #if _endian(big)
            let unit = 1
        #else
            let unit = type.componentByteCount
        #endif
        swapUnit = isWhole ? unit : 0
        nativeFill = pad?.bytes(for: type) ?? [UInt8](repeating: 0, count: sampleBytes)
        var stored: [UInt8] = []
        for start in stride(from: 0, to: sampleBytes, by: unit) { stored += nativeFill[start..<start + unit].reversed() }
        storedFill = stored
        guard let size = checkedProduct(header.blockWidth, isMixed ? header.bands : 1, sampleBytes) else {
            throw ImageryError(limit: .memory, "NITF image", "a row of \(header.blockWidth) pixels is too long for this machine")
        }
        line = try Scratch(byteCount: isWhole ? 1 : size)
    }

    /// Bits of a row of a block, of all bands that ``pack(_:_:bands:rows:into:)`` puts into it.
    func rowBits(bands: Int) -> Int {
        header.blockWidth * header.bits * (header.interleave == .pixel || header.interleave == .row ? bands : 1)
    }

    /// Bytes of `rows` rows of a block with that many bands.
    func byteCount(rows: Int, bands: Int) -> Int {
        let planes = header.interleave == .pixel || header.interleave == .row ? 1 : bands
        return ceilDivide(rowBits(bands: bands) * rows, 8) * planes
    }

    /// Packs the pixels of `region` of `stripe`, which begin a block, as `rows` rows of that block; what the region lacks is
    /// filled. IMODE P and R take all bands.
    ///
    /// `target` has room for ``byteCount(rows:bands:)`` bytes. Returns false when a sample does not fit NBPP.
    func pack(
        _ stripe: borrowing Raster, _ region: Window, bands: Range<Int>, rows: Int, into target: UnsafeMutableRawPointer
    ) -> Bool {
        let source = unsafe stripe.destination.offset(row: region.y, column: region.x, sampleBytes: sampleBytes)
        let isPartial = region.width < header.blockWidth || region.height < rows
        guard swapUnit > 0 else { return unsafe packBits(source, region, bands: bands, rows: rows, into: target) }
        if isPartial {
            unsafe fillStored(target, samples: byteCount(rows: rows, bands: bands.count) / sampleBytes)
        }
        let lineBytes = header.blockWidth * sampleBytes
        // In bounds: offsets below are those of samples of `rows` rows of a block.
        switch header.interleave {
        case .pixel:
            for row in 0..<region.height {
                unsafe SampleInterleaving.interleave(
                    source.row(row, band: 0), bandStride: source.bandStride, samples: bands.count, sampleBytes: sampleBytes,
                    swapUnit: swapUnit, count: region.width, into: target + row * lineBytes * bands.count)
            }
        case .row:
            for row in 0..<region.height {
                for (index, band) in bands.enumerated() {
                    unsafe copy(source.row(row, band: band), region.width, target + (row * bands.count + index) * lineBytes)
                }
            }
        case .block, .sequential:
            let isJoined = unsafe region.width == header.blockWidth && source.rowStride == lineBytes
            for (index, band) in bands.enumerated() {
                let plane = unsafe target + index * rows * lineBytes
                if isJoined {
                    unsafe copy(source.row(0, band: band), region.width * region.height, plane)
                } else {
                    for row in 0..<region.height {
                        unsafe copy(source.row(row, band: band), region.width, plane + row * lineBytes)
                    }
                }
            }
        }
        return true
    }

    private func copy(_ samples: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
        unsafe ByteOrder.copy(samples, into: target, byteCount: count * sampleBytes, swapUnit: swapUnit)
    }

    private func fillStored(_ target: UnsafeMutableRawPointer, samples: Int) {
        unsafe storedFill.withUnsafeBytes { pattern in
            // The pattern is one sample: its address exists.
            unsafe Fill.row(target, pattern: pattern.baseAddress!, patternBytes: sampleBytes, count: samples)
        }
    }

    private func fillLine(from first: Int, to end: Int) {
        unsafe nativeFill.withUnsafeBytes { pattern in
            // In bounds: the line holds a row of a block.
            unsafe Fill.row(
                line.base + first * sampleBytes, pattern: pattern.baseAddress!, patternBytes: sampleBytes, count: end - first)
        }
    }

    // MARK: Packed bits

    private func packBits(
        _ source: Destination, _ region: Window, bands: Range<Int>, rows: Int, into target: UnsafeMutableRawPointer
    ) -> Bool {
        let width = header.blockWidth
        var fits = true
        var place = 0
        /// Packs a row of the line, or of the source where that has all of it.
        func append(_ samples: UnsafeRawPointer, _ count: Int) {
            let isGood = unsafe BitPack.pack(
                samples, sampleBytes: sampleBytes, signed: header.pixelType.isSigned, count: count, bits: header.bits, into: target,
                bitOffset: place)
            fits = fits && isGood
            place += count * header.bits
        }
        func appendRow(_ row: Int, band: Int) {
            if row < region.height && region.width == width { return unsafe append(source.row(row, band: band), width) }
            fillLine(from: 0, to: width)
            if row < region.height {
                unsafe line.base.copyMemory(from: source.row(row, band: band), byteCount: region.width * sampleBytes)
            }
            unsafe append(line.base, width)
        }
        switch header.interleave {
        case .pixel:
            for row in 0..<rows {
                let inside = row < region.height ? region.width : 0
                if inside > 0 {
                    unsafe SampleInterleaving.interleave(
                        source.row(row, band: 0), bandStride: source.bandStride, samples: bands.count, sampleBytes: sampleBytes,
                        swapUnit: 1, count: inside, into: line.base)
                }
                fillLine(from: inside * bands.count, to: width * bands.count)
                unsafe append(line.base, width * bands.count)
            }
        case .row:
            for row in 0..<rows { for band in bands { appendRow(row, band: band) } }
        case .block, .sequential:
            for band in bands {
                for row in 0..<rows { appendRow(row, band: band) }
                place = ceilDivide(place, 8) * 8
            }
        }
        return fits
    }

    // MARK: Pad pixels

    /// How many samples of `region` of `stripe` are those of the fill.
    func padCount(_ stripe: borrowing Raster, _ region: Window, bands: Range<Int>) -> Int {
        var found = 0
        let source = unsafe stripe.destination.offset(row: region.y, column: region.x, sampleBytes: sampleBytes)
        unsafe nativeFill.withUnsafeBytes { pattern in
            for band in bands {
                for row in 0..<region.height {
                    found += unsafe Matches.count(
                        source.row(row, band: band), pattern: pattern.baseAddress!, sampleBytes: sampleBytes, count: region.width)
                }
            }
        }
        return found
    }

    /// The fill as TPXCD has it: NBPP bits, right-justified in whole bytes.
    var padCode: [UInt8] {
        if swapUnit > 0 { return storedFill }
        let bytes = ceilDivide(header.bits, 8)
        var code = [UInt8](repeating: 0, count: bytes)
        unsafe nativeFill.withUnsafeBytes { sample in
            unsafe code.withUnsafeMutableBytes { target in
                // In bounds: the code has room for one sample, shifted to its end.
                _ = unsafe BitPack.pack(
                    sample.baseAddress!, sampleBytes: sampleBytes, signed: header.pixelType.isSigned, count: 1, bits: header.bits,
                    into: target.baseAddress!, bitOffset: 8 * bytes - header.bits)
            }
        }
        return code
    }
}
