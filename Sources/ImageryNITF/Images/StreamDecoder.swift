// Blocks that are JPEG streams (MIL-STD-188-198A).

import ImageryBase
import ImageryPlumbing

/// Reads blocks of one image that are streams, on one thread.
final class NITFStreamDecoder: BlockDecoder {
    private let image: NITFImage
    private let places: StreamPlaces
    private let reader: StreamBlockReader
    private let context: ReadContext

    init(_ image: NITFImage, _ places: StreamPlaces, _ codec: any StreamCodec, _ context: ReadContext) {
        self.image = image
        self.places = places
        self.context = context
        reader = StreamBlockReader(codec, image.source, pixelType: image.header.pixelType, context)
    }

    func decode(
        row: Int, column: Int, level: Int, region: Window, bands: [Int], into destination: Destination
    ) throws(ImageryError) {
        let parts: [NITFImage.StreamPart]
        do throws(ImageryError) {
            parts = try image.streams(places, row: row, column: column, bands: bands)
        } catch {
            guard context.salvage, error.kind == .malformed else { throw error }
            context.findings.add(Diagnostic(error))
            let pad = (context.fill ?? image.layout.padValue)?.bytes(for: image.header.pixelType)
            return unsafe fill(
                destination, pattern: pad, bands: bands.count, rows: region.height,
                rowBytes: region.width * image.header.pixelType.byteCount)
        }
        for part in parts {
            let target = unsafe Destination(
                base: destination.row(0, band: part.first), bandStride: destination.bandStride, rowStride: destination.rowStride)
            if let range = part.range {
                try unsafe reader.read(
                    range, level: level, region: region, bands: part.bands, pad: image.layout.padValue,
                    name: "\(image.context) block (\(row), \(column))", into: target)
            } else {
                let pad = (context.fill ?? image.layout.padValue)?.bytes(for: image.header.pixelType)
                unsafe fill(
                    target, pattern: pad, bands: part.bands.count, rows: region.height,
                    rowBytes: region.width * image.header.pixelType.byteCount)
            }
        }
    }
}
