import FuzzSupport
import Imagery

/// Notes of these are about samples that became others.
private let colorFields: Set<String> = [
    "L*a*b*", "YCbCr", "alpha", "color space", "colors", "inks", "palette", "significant bits", "transparent color",
]

/// Whatever can be read is written as something else and read back: the samples are the same where the new format stores them without loss. A
/// writer may refuse, with an ImageryError of a kind that is not about the new file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRewrite(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = input(data, size)
    var draw = Draw(seed: bytes)
    guard let dataset = try? Dataset(bytes: bytes, format: Format(ofFuzzInput: bytes), options: fuzzOptions) else { return 0 }
    for image in dataset.images.prefix(2) {
        guard let samples = image.layout.shape.sampleCount, samples <= 1 << 20, let whole = try? image.read() else { continue }
        let format: Format = [.tiff, .nitf, .png, .jpeg2000, .nsif][draw.number(5)]
        var options = WriteOptions()
        options.date = 0
        options.threads = 1 + draw.number(2)
        if format == .tiff { options.compression = [nil, Compression.uncompressed, .deflate, .lzw, .packBits][draw.number(5)] }
        if format == .nitf || format == .nsif {
            options.compression = [nil, Compression.uncompressed, .jpeg2000()][draw.number(3)]
        }
        if draw.number(2) == 0 {
            (options.blockWidth, options.blockHeight) = (16 * (1 + draw.number(8)), 16 * (1 + draw.number(8)))
        }
        if format == .tiff, draw.number(4) == 0 { options.cloudOptimized = CloudOptimization() }
        let window = draw.number(2) == 0 ? nil : draw.window(whole)
        let sink = MemorySink()
        let notes: [WriteNote]
        do {
            notes = try image.encode(as: format, into: sink, window: window, options: options).notes
        } catch {
            require(error is ImageryError, "\(error)")
            continue
        }
        do {
            let found = try Dataset(bytes: sink.bytes, format: format, options: fuzzOptions).image().read()
            let expected = try window.map { try whole.crop($0) } ?? whole
            // Bands that the format has no words for are converted or left out, which is told. Inverse gray is turned, and samples of few bits are
            // spread over those of a picture, without loss.
            let isTold = notes.contains { colorFields.contains($0.field) || $0.field.hasPrefix("band ") }
            let isSpread = image.colorModel.bands.contains { $0 == .inverseGray || $0.isAlpha } || image.layout.bitsPerPixel < 8
            require(isTold || found.shape == expected.shape, "\(format): \(found.shape), was \(expected.shape)")
            // What says nothing of compression is stored as its source was, perhaps with loss.
            let isExact = !isTold && !isSpread && (options.compression != nil || format == .png)
            require(!isExact || found.pixelType != expected.pixelType || found == expected, "\(format): other samples")
        } catch { fail("what was written as \(format) cannot be read: \(error)") }
    }
    return 0
}
