import FuzzSupport
import Imagery

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNITF(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = input(data, size)
    useEverything(bytes, as: .nitf)
    writeAgain(bytes)
    return 0
}

/// What was read is written with all its metadata, and read again: the file opens, and images that are not stored lossily are the same.
private func writeAgain(_ bytes: [UInt8]) {
    guard let dataset = try? Dataset(bytes: bytes, format: .nitf) else { return }
    guard dataset.images.allSatisfy({ $0.layout.shape.sampleCount ?? .max <= 1 << 16 }) else { return }
    var options = WriteOptions()
    options.date = 0
    options.metadata = dataset.metadata
    let written = try? Dataset.encoded(as: .nitf, options: options) { writer in
        for asset in dataset.assets { try writer.add(copyOf: asset) }
    }
    guard let written else { return }
    guard let again = try? Dataset(bytes: written, format: .nitf) else { fail("what was written cannot be opened") }
    require(again.images.count == dataset.images.count, "another number of images")
    for (image, copy) in zip(dataset.images, again.images) {
        guard let pixels = try? image.read(), copy.metadata["IC"]?.trimmed.map({ "NM NC C5 M5".contains($0) }) == true else {
            continue
        }
        guard let copied = try? copy.read() else { fail("what was written cannot be read") }
        require(pixels == copied, "the samples differ")
    }
}
