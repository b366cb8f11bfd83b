// Blocks that become streams of a codec of their own.

import ImageryBase
import ImageryJPEG2000

/// Encodes blocks of one image as streams, on one thread.
@safe
final class StreamBlockWriter {
    /// Appends the stream of samples of that width and height.
    typealias Encode = (Destination, _ width: Int, _ height: Int, inout [UInt8]) throws(ImageryError) -> Void

    private let encode: Encode
    private let layout: EncodingLayout
    /// A block that reaches beyond the image, filled up.
    private var filled: Raster?

    init(_ layout: EncodingLayout, _ encode: @escaping Encode) {
        self.layout = layout
        unsafe self.encode = unsafe encode
    }

    /// Encodes the block whose present samples are `columns` × `rows` at `samples`; `stored` rows go into the file.
    func encode(
        _ samples: Destination, columns: Int, rows: Int, stored: Int, into output: inout [UInt8]
    ) throws(ImageryError) {
        guard columns < layout.blockWidth || rows < stored else {
            return try unsafe encode(samples, columns, rows, &output)
        }
        let shape = Shape(bands: layout.samplesPerBlockPixel, rows: layout.blockHeight, columns: layout.blockWidth)
        let block: Raster
        if let filled { block = filled } else { block = try Raster(layout.pixelType, shape: shape) }
        filled = block
        let target = unsafe block.destination
        let sampleBytes = layout.pixelType.byteCount
        for band in 0..<shape.bands {
            for row in 0..<stored {
                // In bounds: `rows` and `columns` are above 0 and at most those of the block. Pixels beyond the image repeat the last one.
                let source = unsafe samples.row(min(row, rows - 1), band: band)
                let line = unsafe target.row(row, band: band)
                unsafe line.copyMemory(from: source, byteCount: columns * sampleBytes)
                for column in columns..<layout.blockWidth {
                    unsafe (line + column * sampleBytes).copyMemory(
                        from: line + (columns - 1) * sampleBytes, byteCount: sampleBytes)
                }
            }
        }
        try unsafe encode(target, layout.blockWidth, stored, &output)
        withExtendedLifetime(block) {}
    }
}

extension JPEG2000Encoder.Options {
    /// How blocks become codestreams (compression 34712). Throws kind misuse for what TIFF cannot express.
    init(
        _ compression: ImageryBase.Compression?, _ choices: JPEG2000Choices, bits: Int, bands: Int, isColor: Bool, context: String
    ) throws(ImageryError) {
        self.init()
        guard choices.wrapping != .boxes, choices.writesGML != true else {
            throw ImageryError(.misuse, context, "boxes around a codestream cannot be expressed in TIFF")
        }
        guard choices.region == nil else {
            throw ImageryError(
                .misuse, context, "a region of interest cannot be expressed in TIFF, whose blocks are images of their own")
        }
        precision = bits
        threads = 1
        transformsComponents = bands == 3 && isColor
        try set(choices, compression, bands: bands)
    }

    /// An encoder of single blocks, for one thread.
    func makeWriter(_ layout: EncodingLayout) -> StreamBlockWriter {
        let encoder = JPEG2000BlockEncoder(layout.pixelType, bands: layout.samplesPerBlockPixel, self)
        return unsafe StreamBlockWriter(layout) { (samples, width, height, output) throws(ImageryError) in
            try unsafe encoder.encode(samples, width: width, height: height, into: &output)
        }
    }
}
