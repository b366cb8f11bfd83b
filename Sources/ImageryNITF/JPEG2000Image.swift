// JPEG 2000 in a segment (IC C8, M8, CD, MD: BIIF profile BPJ2K01.10; STDI-0002 J2KLRA): one codestream is all blocks and bands.

import ImageryBase
import ImageryJPEG2000

/// The codestream of a segment, with the size that the subheader gives the image.
struct JPEG2000Image: ImageSource {
    let layout: ImageLayout
    private let stored: any ImageSource
    private let data: CodedData
    private let start: Int
    private let columns: Int

    /// Throws kind malformed when the codestream has fewer bands or pixels than the subheader says.
    init(_ data: CodedData, _ header: ImageSubheader) throws(ImageryError) {
        start = data.mask?.dataStart ?? data.range.lowerBound
        self.data = data
        columns = header.blockColumns
        do throws(ImageryError) {
            stored = try JPEG2000Streams().open(SourceSlice(data.source, start..<max(start, data.range.upperBound)))
        } catch {
            throw error.placed(in: data.context, at: start)
        }
        var layout = stored.layout
        guard layout.shape.rows >= header.rows, layout.shape.columns >= header.columns, layout.shape.bands >= header.bands else {
            throw ImageryError(
                .malformed, data.context,
                "the codestream has \(layout.shape) samples, fewer than the subheader's \(header.bands) × \(header.rows) × \(header.columns)",
                at: start)
        }
        layout.shape = Shape(bands: header.bands, rows: header.rows, columns: header.columns)
        self.layout = layout
    }

    func hasBlock(row: Int, column: Int) -> Bool {
        guard let mask = data.mask else { return true }
        // A place that cannot be read is there, and an error when its pixels are.
        do throws(ImageryError) {
            return try mask.offset(of: row * columns + column, stride: 0) != nil
        } catch {
            return true
        }
    }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try stored.byteRanges(request).map { $0.lowerBound + start..<$0.upperBound + start }
    }

    func makeReader(_ context: ReadContext) -> any ImageReader {
        var inner = context
        inner.findings = Findings(passingTo: context.findings, part: data.context, at: start)
        return Reader(stored.makeReader(inner), data.context, start)
    }

    private final class Reader: ImageReader {
        private let reader: any ImageReader
        private let context: String
        private let start: Int

        init(_ reader: any ImageReader, _ context: String, _ start: Int) {
            self.reader = reader
            self.context = context
            self.start = start
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            do throws(ImageryError) {
                try unsafe reader.read(request, into: destination)
            } catch {
                throw error.placed(in: context, at: start)
            }
        }
    }
}
