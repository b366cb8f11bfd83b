// Rows to image data: packing, filter choice, compression, IDAT chunks (PNG 3rd edition, clauses 9, 10 and 12.7).

import ImageryBase
import ImageryDeflate
import ImageryKernels

/// Filters and compresses rows from top to bottom.
final class RowWriter {
    private let header: ImageHeader
    private let filters: ClosedRange<UInt8>
    /// The largest sample that may be stored, where the type of the source holds larger ones.
    private let largestSample: Int
    private let sampleLimit: String
    private var deflater: Deflater
    private var compressed: [UInt8] = []
    /// The row above, this row, and the row under each filter with its filter type before it.
    private let lines: Scratch
    private let rowBytes: Int
    private var isFirst = true
    private var current = 1

    /// Data of an IDAT chunk, from which on it is written.
    private static let chunkBytes = 1 << 16
    private static let stripeBytes = 1 << 18

    init(_ header: ImageHeader, _ options: PNGEncoder.Options, paletteEntries: Int?) throws(ImageryError) {
        guard (0...9).contains(options.level) else {
            throw ImageryError(.misuse, "PNG", "\(options.level) is no compression level: they go from 0 to 9")
        }
        rowBytes = header.rowBytes(width: header.width)
        guard let size = checkedProduct(rowBytes + 1, 7) else {
            throw ImageryError(.limit, "PNG", "a row of \(header.width) pixels is too long for this machine")
        }
        lines = try Scratch(byteCount: size)
        deflater = try Self.deflater(options.level)
        self.header = header
        let plain = header.colorType == .palette || header.bitDepth < 8
        filters =
            switch options.filter {
            case .automatic: plain ? 0...0 : 0...4
            case .adaptive: 0...4
            case .none: 0...0
            case .sub: 1...1
            case .up: 2...2
            case .average: 3...3
            case .paeth: 4...4
            }
        let depthLimit = 1 << header.bitDepth
        largestSample = min(depthLimit, paletteEntries ?? depthLimit) - 1
        sampleLimit = paletteEntries.map { "has no entry in the palette of \($0)" } ?? "does not fit \(header.bitDepth) bits"
    }

    private static func deflater(_ level: Int) throws(ImageryError) -> Deflater {
        do throws(DeflateFailure) {
            return try Deflater(.zlib, level: DeflateLevel(level))
        } catch {
            throw failed(error)
        }
    }

    /// Rows that are worth reading together.
    var stripeRows: Int { max(1, Self.stripeBytes / rowBytes) }

    /// Filters and compresses the rows of a planar stripe.
    func append(_ stripe: borrowing Raster, firstRow: Int) throws(ImageryError) {
        for row in 0..<stripe.height {
            // `lines` holds seven rows with a byte before each: 0 and 1 take turns as this row and the one above.
            let raw = unsafe line(current)
            try unsafe pack(stripe, row: row, imageRow: firstRow + row, into: raw)
            let prior = unsafe isFirst ? nil : UnsafeRawPointer(line(1 - current))
            var best = filters.lowerBound
            var smallest = Int.max
            for filter in filters {
                let sum = unsafe PNGFilters.filter(
                    filter, raw, prior: prior, into: line(2 + Int(filter)), rowBytes: rowBytes, bytesPerPixel: header.filterDistance
                )
                if sum < smallest {
                    smallest = sum
                    best = filter
                }
            }
            let chosen = unsafe line(2 + Int(best)) - 1
            unsafe chosen.storeBytes(of: best, as: UInt8.self)
            do throws(DeflateFailure) {
                try unsafe deflater.append(UnsafeRawBufferPointer(start: chosen, count: rowBytes + 1), to: &compressed)
            } catch {
                throw Self.failed(error)
            }
            isFirst = false
            current = 1 - current
        }
    }

    /// Writes what has come together as an IDAT chunk, and the end of the data after the last row.
    func flush(into sink: some ByteSink, isLast: Bool) throws {
        if isLast {
            do throws(DeflateFailure) {
                try deflater.finish(to: &compressed)
            } catch {
                throw Self.failed(error)
            }
        }
        guard isLast || compressed.count >= Self.chunkBytes else { return }
        try sink.append(Chunk.serialised(.idat, compressed))
        compressed.removeAll(keepingCapacity: true)
    }

    private func line(_ index: Int) -> UnsafeMutableRawPointer {
        unsafe lines.base + index * (rowBytes + 1) + 1
    }

    /// One row as it is stored: pixel by pixel, most significant byte or bit first (7.2).
    private func pack(
        _ stripe: borrowing Raster, row: Int, imageRow: Int, into target: UnsafeMutableRawPointer
    ) throws(ImageryError) {
        let source = unsafe stripe.destination
        let samples = unsafe UnsafeRawPointer(source.row(row, band: 0))
        if header.colorType == .palette || header.bitDepth < 8 {
            try unsafe checkSamples(samples, imageRow: imageRow)
        }
        guard header.bitDepth < 8 else {
            let sampleBytes = header.bitDepth / 8
            return unsafe Interleave.interleave(
                samples, bandStride: source.bandStride, samples: header.colorType.samples, sampleBytes: sampleBytes,
                swapUnit: sampleBytes, count: header.width, into: target)
        }
        let perByte = 8 / header.bitDepth
        for place in 0..<rowBytes {
            var byte: UInt8 = 0
            for index in 0..<perByte {
                let column = place * perByte + index
                let sample = unsafe column < header.width ? samples.load(fromByteOffset: column, as: UInt8.self) : 0
                byte = byte << UInt8(header.bitDepth) | sample
            }
            unsafe target.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
        }
    }

    private func checkSamples(_ samples: UnsafeRawPointer, imageRow: Int) throws(ImageryError) {
        var largest: UInt8 = 0
        for column in 0..<header.width { largest = unsafe max(largest, samples.load(fromByteOffset: column, as: UInt8.self)) }
        guard Int(largest) > largestSample else { return }
        throw ImageryError(.misuse, "PNG", "the sample \(largest) in row \(imageRow) \(sampleLimit)")
    }

    private static func failed(_ failure: DeflateFailure) -> ImageryError {
        ImageryError(.limit, "PNG IDAT", "the compressor could not go on: \(failure)")
    }
}
