// Stored samples to the samples of a read (PNG 3rd edition, clauses 7.2 and 13.12): unpacked, native byte order, planar, unscaled.

import ImageryBase
import ImageryKernels
import Synchronization

/// Turns decoded rows into planar samples; may be used by several threads at once.
final class RowConverter: Sendable {
    private let header: ImageHeader
    private let findings: Findings
    /// Entries of the palette when a smaller index than the depth allows is the largest that has a color.
    private let paletteEntries: Int?
    private let hasBadIndex = Atomic<Bool>(false)

    init(_ header: ImageHeader, paletteEntries: Int?, _ findings: Findings) {
        self.header = header
        self.findings = findings
        self.paletteEntries = header.colorType == .palette ? paletteEntries.flatMap { $0 < 1 << header.bitDepth ? $0 : nil } : nil
    }

    private var isPacked: Bool { header.bitDepth < 8 }
    /// Bytes of one sample once it is unpacked.
    private var sampleBytes: Int { header.bitDepth == 16 ? 2 : 1 }
    /// Bytes of one pixel once it is unpacked.
    var pixelBytes: Int { sampleBytes * header.colorType.samples }

    /// A row of `width` pixels with whole bytes for each sample: `packed` itself, or unpacked into `line`.
    func unpack(_ packed: UnsafeRawPointer, width: Int, rowBytes: Int, into line: UnsafeMutableRawPointer) -> UnsafeRawPointer {
        guard isPacked else { return unsafe packed }
        unsafe unpack(packed, rowBytes: rowBytes, columns: 0..<width, into: line)
        return UnsafeRawPointer(line)
    }

    private func unpack(_ packed: UnsafeRawPointer, rowBytes: Int, columns: Range<Int>, into target: UnsafeMutableRawPointer) {
        // Only gray and palette images have fewer than 8 bits, so a pixel is one sample.
        unsafe BitUnpack.unpack(
            packed, sourceBytes: rowBytes, bitOffset: columns.lowerBound * header.bitDepth, bits: header.bitDepth, signed: false,
            step: 1, count: columns.count, into: target, sampleBytes: 1)
    }

    /// Writes the columns of `region` of the image's rows `rows`, the first of which is at `source`, to the destination of that
    /// region.
    ///
    /// `isUnpacked`: the rows have whole bytes for each sample already. The rows lie inside `region`, which lies inside the image.
    func convert(
        _ source: UnsafeRawPointer, rowStride: Int, rows: Range<Int>, _ region: Window, _ bands: [Int],
        into destination: Destination,
        isUnpacked: Bool = false
    ) {
        let samples = header.colorType.samples
        let inOrder = samples > 1 && bands == Array(0..<samples)
        for row in rows {
            let line = unsafe source + (row - rows.lowerBound) * rowStride
            let target = row - region.y
            if isPacked && !isUnpacked {
                unsafe unpack(line, rowBytes: rowStride, columns: region.x..<region.right, into: destination.row(target, band: 0))
            } else if inOrder {
                unsafe SampleInterleaving.deinterleave(
                    line + region.x * pixelBytes, samples: samples, sampleBytes: sampleBytes, swapUnit: sampleBytes,
                    count: region.width,
                    into: destination.row(target, band: 0), bandStride: destination.bandStride)
                continue
            } else {
                unsafe extract(bands[0], line, region, into: destination.row(target, band: 0))
            }
            unsafe checkIndexes(UnsafeRawPointer(destination.row(target, band: 0)), count: region.width)
            for place in bands.indices.dropFirst() {
                if samples == 1 {
                    unsafe destination.row(target, band: place).copyMemory(
                        from: destination.row(target, band: 0), byteCount: region.width * sampleBytes)
                } else {
                    unsafe extract(bands[place], line, region, into: destination.row(target, band: place))
                }
            }
        }
    }

    private func extract(_ band: Int, _ line: UnsafeRawPointer, _ region: Window, into target: UnsafeMutableRawPointer) {
        unsafe SampleInterleaving.extract(
            line + region.x * pixelBytes + band * sampleBytes, step: header.colorType.samples, sampleBytes: sampleBytes,
            swapUnit: sampleBytes, count: region.width, into: target)
    }

    /// Notes, once, that there are indexes without a color (11.2.2); the samples stay as they are stored.
    private func checkIndexes(_ indexes: UnsafeRawPointer, count: Int) {
        guard let paletteEntries, !hasBadIndex.load(ordering: .relaxed) else { return }
        var largest: UInt8 = 0
        for column in 0..<count { largest = unsafe max(largest, indexes.load(fromByteOffset: column, as: UInt8.self)) }
        guard Int(largest) >= paletteEntries, !hasBadIndex.exchange(true, ordering: .relaxed) else { return }
        findings.add(Diagnostic("PNG IDAT", "indexes beyond the palette of \(paletteEntries) entries occur"))
    }
}
