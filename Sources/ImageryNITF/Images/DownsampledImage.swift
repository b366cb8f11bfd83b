// Down-sampled JPEG (IC I1: MIL-STD-2500C Table A-3; NGA N0106-97): one stream of fewer pixels than the image has.

import ImageryBase
import ImageryJPEG
import ImageryPlumbing

/// An image whose one stream is smaller than it is and enlarged again: the corners of both are the same, between the stored
/// samples it is linear.
struct DownsampledImage: ImageSource {
    let layout: ImageLayout
    private let stored: any ImageSource
    private let data: CodedData

    /// Throws kind malformed when the stream is not one of fewer samples of the same kind.
    init(_ data: CodedData, _ header: ImageSubheader) throws(ImageryError) {
        do throws(ImageryError) {
            stored = try JPEGStreams(colors: .asToldElse(isYCbCr: header.representation == "YCbCr601")).open(
                SourceSlice(data.source, data.range))
        } catch {
            throw error.placed(in: data.context, at: data.range.lowerBound)
        }
        self.data = data
        layout = ImageLayout(
            shape: Shape(bands: header.bands, rows: header.rows, columns: header.columns), pixelType: header.pixelType,
            bitsPerPixel: header.bits, actualBitsPerPixel: header.actualBits, blockWidth: header.blockWidth,
            blockHeight: header.blockHeight)
        let (own, whole) = (stored.layout, layout)
        // A sample of 16 bits times the weights of both directions stays below 2^62.
        guard let pixels = checkedProduct(whole.shape.rows, whole.shape.columns), pixels < 1 << 46 else {
            throw ImageryError(
                unsupported: .size, data.context,
                "an image of \(whole.shape.columns) × \(whole.shape.rows) pixels is not made of one down-sampled stream",
                at: data.range.lowerBound)
        }
        guard own.shape.rows <= whole.shape.rows, own.shape.columns <= whole.shape.columns,
            own.shape.bands >= whole.shape.bands, own.pixelType == whole.pixelType
        else {
            throw ImageryError(
                .malformed, data.context,
                "the stream of \(own.shape) samples of \(own.pixelType.rawValue) is no smaller version of the image",
                at: data.range.lowerBound)
        }
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try stored.byteRanges(ReadRequest(region: stored.layout.bounds, bands: request.bands)).map {
            $0.lowerBound + data.range.lowerBound..<$0.upperBound + data.range.lowerBound
        }
    }

    func makeReader(_ context: ReadContext) -> any ImageReader {
        var inner = context
        inner.findings = Findings(passingTo: context.findings, part: data.context, at: data.range.lowerBound)
        return DownsampledReader(layout, stored.layout, stored.makeReader(inner), data)
    }
}

private final class DownsampledReader: ImageReader {
    private let layout: ImageLayout
    private let stored: ImageLayout
    private let reader: any ImageReader
    private let data: CodedData

    init(_ layout: ImageLayout, _ stored: ImageLayout, _ reader: any ImageReader, _ data: CodedData) {
        self.layout = layout
        self.stored = stored
        self.reader = reader
        self.data = data
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        let across = Steps(stored: stored.shape.columns, whole: layout.shape.columns)
        let down = Steps(stored: stored.shape.rows, whole: layout.shape.rows)
        let columns = across.support(region.x..<region.right)
        let rows = down.support(region.y..<region.bottom)
        let window = Window(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
        let samples = try Raster(
            layout.pixelType, shape: Shape(bands: request.bands.count, rows: rows.count, columns: columns.count))
        do throws(ImageryError) {
            try unsafe reader.read(ReadRequest(region: window, bands: request.bands), into: samples.destination)
        } catch {
            throw error.placed(in: data.context, at: data.range.lowerBound)
        }
        for band in request.bands.indices {
            for line in 0..<region.height {
                let (near, weight) = down.place(region.y + line)
                let far = min(near + 1, rows.upperBound - 1)
                // In bounds: the support of the region has both lines and all columns between.
                let upper = unsafe samples.destination.row(near - rows.lowerBound, band: band)
                let lower = unsafe samples.destination.row(far - rows.lowerBound, band: band)
                let target = unsafe destination.row(line, band: band)
                for column in 0..<region.width {
                    let (left, part) = across.place(region.x + column)
                    let first = left - columns.lowerBound
                    let second = min(left + 1, columns.upperBound - 1) - columns.lowerBound
                    let top = unsafe across.blend(sample(upper, first), sample(upper, second), part)
                    let bottom = unsafe across.blend(sample(lower, first), sample(lower, second), part)
                    let scale = across.divisor * down.divisor
                    unsafe store((down.blend(top, bottom, weight) + scale / 2) / scale, target, column)
                }
            }
        }
        withExtendedLifetime(samples) {}
    }

    private func sample(_ row: UnsafeMutableRawPointer, _ index: Int) -> Int {
        layout.pixelType.byteCount == 1
            ? Int(unsafe row.load(fromByteOffset: index, as: UInt8.self))
            : Int(unsafe row.load(fromByteOffset: 2 * index, as: UInt16.self))
    }

    private func store(_ value: Int, _ row: UnsafeMutableRawPointer, _ index: Int) {
        if layout.pixelType.byteCount == 1 {
            unsafe row.storeBytes(of: UInt8(truncatingIfNeeded: value), toByteOffset: index, as: UInt8.self)
        } else {
            unsafe row.storeBytes(of: UInt16(truncatingIfNeeded: value), toByteOffset: 2 * index, as: UInt16.self)
        }
    }
}

/// Where the samples of one direction of the image lie between the stored ones.
private struct Steps {
    private let stored: Int
    /// Weights are parts of this number.
    let divisor: Int

    init(stored: Int, whole: Int) {
        self.stored = stored
        divisor = max(1, whole - 1)
    }

    /// The stored sample at or before `index`, and the weight of the one behind it.
    func place(_ index: Int) -> (near: Int, weight: Int) {
        let position = index * (stored - 1)
        return (position / divisor, position % divisor)
    }

    func blend(_ near: Int, _ far: Int, _ weight: Int) -> Int { near * (divisor - weight) + far * weight }

    /// The stored samples that `range`, which is not empty, looks at.
    func support(_ range: Range<Int>) -> Range<Int> {
        place(range.lowerBound).near..<min(stored, place(range.upperBound - 1).near + 2)
    }
}
