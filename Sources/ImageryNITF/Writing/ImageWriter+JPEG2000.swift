// One codestream as all blocks and bands (BIIF profile BPJ2K01.10; MIL-STD-2500C Table A-3, IC C8, M8, CD, MD; STDI-0002 J2KLRA).

import ImageryBase
import ImageryJPEG2000

extension ImageWriter {
    /// Encodes rows of blocks, which are the codestream's tiles. Blocks that the mask leaves out are tiles all the same, of padding, since a
    /// codestream has all of its tiles: readers that pass over the mask see the pad value.
    func writeCodestream(
        _ session: any ImageReader, _ options: JPEG2000Encoder.Options, into sink: CountingSink, _ start: Int
    ) throws {
        let rows = try JPEG2000TileRows(layout, options.tiled(header.blockWidth, header.blockHeight))
        var stripe: Raster?
        func readRow(_ area: Window) throws -> Raster {
            try read(session, area, into: &stripe)
            return try stripe ?? Raster(header.pixelType, shape: Shape(bands: header.bands, rows: area.height, columns: area.width))
        }
        try rows.meetRate(readRow)
        try sink.append(rows.header)
        for row in 0..<rows.count {
            let area = rows.region(row)
            let pixels = try rows.pixels(row, readRow)
            let parts = try rows.encode(pixels, row: row)
            for (column, part) in parts.enumerated() {
                if mask != nil, isPresent(row, column) {
                    let region = bounds(row: row, column: column).offset(x: 0, y: -area.y)
                    let content = looksForPad ? content(pixels, region, 0..<header.bands) : .none
                    if content != .padding { try record(row * header.blockColumns + column, at: sink.position - start, content) }
                }
                try sink.append(part)
            }
        }
        try sink.append(JPEG2000TileRows.end)
        if rows.listsTileParts { try unsafe sink.patch(rows.header.span.bytes, at: start) }
        let samples = Double(header.rows) * Double(header.columns) * Double(header.bands)
        writtenRate = PixelCoding.rate(8 * Double(sink.position - start) / samples, options)
    }
}

extension JPEG2000Encoder.Options {
    func tiled(_ width: Int, _ height: Int) -> JPEG2000Encoder.Options {
        var result = self
        (result.tileWidth, result.tileHeight) = (width, height)
        return result
    }
}

extension ImagePlan {
    /// J2KLRA: levels, bands, and bits of a sample behind each layer.
    static func layers(
        _ options: JPEG2000Encoder.Options, _ layout: ImageLayout, width: Int, height: Int, actualBits: Int
    ) throws(ImageryError) -> [UInt8] {
        var single = options.tiled(width, height)
        single.threads = 1
        let rows = try JPEG2000TileRows(layout, single)
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        guard rows.layers <= 999 else {
            throw ImageryError(.misuse, "NITF J2KLRA", "\(rows.layers) layers are more than 999")
        }
        // 0 and 2 stand for the profiles NPJE and EPJE, 8 for others, of an image that was compressed and not changed since.
        let origin = options.profile == .npje ? 0 : options.profile == .epje ? 2 : 8
        var text = digits(origin, 1) + digits(rows.levels, 2) + digits(layout.shape.bands, 5) + digits(rows.layers, 3)
        for layer in 0..<rows.layers {
            let rate = layer < options.rates.count ? options.rates[layer] / Double(layout.shape.bands) : Double(actualBits)
            let parts = Int((min(rate, 37) * 1_000_000).rounded())
            text += digits(layer, 3) + digits(parts / 1_000_000, 2) + "." + digits(parts % 1_000_000, 6)
        }
        return Array(text.utf8)
    }
}
