// What is written and how (T.81 4.11): options, and a file from the rows of a reader.

public import ImageryBase
import ImageryPlumbing

/// Writes JPEG streams: 1, 3 or 4 bands of UInt8 or UInt16.
public enum JPEGEncoder {
    /// What a stream is written like.
    public typealias Options = JPEGEncodingOptions
    /// How samples are coded.
    public typealias Process = JPEGEncodingOptions.Process
    /// Where restart markers stand.
    public typealias Restart = JPEGEncodingOptions.Restart
    /// What three bands are stored as.
    public typealias Color = JPEGEncodingOptions.Color
    /// The segments before the tables.
    public typealias Markers = JPEGEncodingOptions.Markers

    /// Writes the image of this layout, whose pixels come from `reader` in stripes of MCU rows, as one JPEG file.
    ///
    /// Memory is that of a few rows, and with optimised Huffman codes also that of all coefficients that are not zero, with lossless
    /// that of all samples. The bytes do not depend on the number of threads.
    ///
    /// Throws kind unsupported for pixel types, band counts and sizes that JPEG does not have; kind misuse for options, metadata and
    /// samples that the image cannot have; and what the reader and the sink throw.
    public static func encode(
        _ layout: ImageLayout, from reader: any ImageReader, options: Options = Options(), into sink: some ByteSink
    ) throws {
        let plan = try FramePlan(layout, options)
        let shape = layout.shape
        let encoder = try makeFrameEncoder(plan, threads: usableThreads(options.threads))
        var bytes = try Marker.bytes(Marker.soi) + plan.leadingSegments()
        encoder.begin(sharesTables: false, into: &bytes)
        let rowsAtOnce = encoder.stripeRows
        let stripe = try Raster(
            layout.pixelType, shape: Shape(bands: shape.bands, rows: min(rowsAtOnce, shape.rows), columns: shape.columns))
        for first in stride(from: 0, to: shape.rows, by: rowsAtOnce) {
            let count = min(rowsAtOnce, shape.rows - first)
            let region = Window(x: 0, y: first, width: shape.columns, height: count)
            try unsafe reader.read(ReadRequest(region: region, bands: Array(0..<shape.bands)), into: stripe.destination)
            try unsafe encoder.append(stripe.destination, rows: count, into: &bytes)
            try sink.append(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        try encoder.finish(into: &bytes)
        try sink.append(bytes + Marker.bytes(Marker.eoi))
    }

    /// The encoder of frames that follow `plan`.
    static func makeFrameEncoder(_ plan: FramePlan, threads: Int) throws(ImageryError) -> any FrameEncoder {
        if plan.frame.process == .lossless { return try LosslessEncoder(plan) }
        return plan.isOptimized ? try CoefficientEncoder(plan) : try SequentialEncoder(plan, threads: threads)
    }
}
