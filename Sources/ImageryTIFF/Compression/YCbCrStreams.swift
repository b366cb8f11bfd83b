// Streams that hold YCbCr and do not say so: JPEG 2000 (TIFF 6.0 section 21 names the colours).

import ImageryBase
import ImageryJPEG2000
import ImageryKernels
import ImageryPlumbing

/// Opens streams whose three components of 8 bits are YCbCr, and gives RGB.
struct YCbCrStreams: StreamCodec {
    /// True when it is the tag PhotometricInterpretation that says so. What else says so (Aperio's compression) is not believed of a
    /// stream that transforms its components: those are RGB after it.
    var isTagged: Bool

    func open(_ source: any ByteSource) throws(ImageryError) -> any ImageSource {
        let stored = try JPEG2000Streams().open(source)
        guard isTagged || !JPEG2000Streams.transformsComponents(stored) else { return stored }
        guard stored.layout.shape.bands == 3, stored.layout.pixelType == .uint8 else { return stored }
        return YCbCrImage(stored: stored)
    }
}

/// An image of Y, Cb and Cr as one of red, green and blue.
private struct YCbCrImage: ImageSource {
    let stored: any ImageSource

    var layout: ImageLayout { stored.layout }
    var resolutionLevels: Int { stored.resolutionLevels }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try stored.byteRanges(ReadRequest(region: request.region, level: request.level, bands: [0, 1, 2]))
    }

    func makeReader(_ context: ReadContext) -> any ImageReader { YCbCrReader(stored.makeReader(context)) }
}

private final class YCbCrReader: ImageReader {
    private let reader: any ImageReader

    init(_ reader: any ImageReader) { self.reader = reader }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let (width, height) = (request.region.width, request.region.height)
        let raster = try Raster(.uint8, shape: Shape(bands: 3, rows: height, columns: width))
        let samples = unsafe raster.destination
        try unsafe reader.read(
            ReadRequest(region: request.region, level: request.level, bands: [0, 1, 2]), into: samples)
        for row in 0..<height {
            let lines = unsafe (0..<3).map { unsafe samples.row(row, band: $0).assumingMemoryBound(to: UInt8.self) }
            unsafe JPEGColor.rgb8(
                lines[0], lines[1], lines[2], count: width, red: lines[0], green: lines[1], blue: lines[2])
            for (place, band) in request.bands.enumerated() {
                unsafe destination.row(row, band: place).copyMemory(from: lines[band], byteCount: width)
            }
        }
        withExtendedLifetime(raster) {}
    }
}
