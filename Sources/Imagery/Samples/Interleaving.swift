public import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// The order of the four bytes of a pixel in memory.
public enum PixelOrder: String, Hashable, Sendable, CaseIterable {
    /// Red first, opacity last: PNG's order and that of canvases of the web.
    case rgba
    /// Blue first, opacity last: the order of Windows bitmaps and of most displays.
    case bgra
    /// Opacity first, then red.
    case argb
    /// Opacity first, then blue.
    case abgr

    /// The places of red, green, blue and alpha.
    var places: (red: Int, green: Int, blue: Int, alpha: Int) {
        switch self {
        case .rgba: (0, 1, 2, 3)
        case .bgra: (2, 1, 0, 3)
        case .argb: (1, 2, 3, 0)
        case .abgr: (3, 2, 1, 0)
        }
    }
}

extension Raster {
    /// Puts `bands` (all when nil) pixel by pixel into `bytes`: the samples of a pixel side by side, pixels `pixelStride` and rows `rowStride` bytes apart,
    /// dense when nil. Bytes between the samples are left alone.
    ///
    /// Throws kind misuse for a band that does not exist, strides that overlap, and bytes that are too few.
    public func interleave(
        bands list: [Int]? = nil, into bytes: inout MutableRawSpan, pixelStride: Int? = nil, rowStride: Int? = nil
    ) throws(ImageryError) {
        let list = list ?? Array(0..<bands)
        guard !list.isEmpty, list.allSatisfy({ $0 >= 0 && $0 < bands }) else {
            throw ImageryError(.misuse, "raster", "the bands \(list) do not all exist: there are \(bands)")
        }
        let size = pixelType.byteCount
        let pixel = pixelStride ?? list.count * size
        let row = rowStride ?? checkedProduct(width, pixel) ?? .max
        guard pixel >= list.count * size, let pixels = checkedProduct(width - 1, pixel),
            let rowBytes = checkedSum(pixels, list.count * size), row >= rowBytes,
            let rows = checkedProduct(height - 1, row), let end = checkedSum(rows, rowBytes), end <= bytes.byteCount
        else {
            throw ImageryError(
                .misuse, "raster",
                "\(shape) samples with strides of \(pixel) and \(row) bytes do not fit \(bytes.byteCount) bytes")
        }
        let source = unsafe destination
        unsafe bytes.withUnsafeMutableBytes { target in
            guard let base = target.baseAddress else { return }
            for line in 0..<height {
                for (place, band) in list.enumerated() {
                    let start = unsafe base + (line * row + place * size)
                    if pixel % size == 0 {
                        // In bounds: the guard has proven that the last sample ends inside the bytes.
                        unsafe SampleInterleaving.insert(
                            UnsafeRawPointer(source.row(line, band: band)), sampleBytes: size, swapUnit: 1, count: width,
                            into: start, step: pixel / size)
                    } else {
                        let samples = unsafe source.row(line, band: band)
                        for column in 0..<width {
                            unsafe (start + column * pixel).copyMemory(from: samples + column * size, byteCount: size)
                        }
                    }
                }
            }
        }
        // The samples are only borrowed through an address.
        withBytes { _ in }
    }

    /// The raster as four bytes a pixel, as graphics programs want it.
    ///
    /// - Parameters:
    ///   - order: where red, green, blue and alpha lie.
    ///   - red: the band of red.
    ///   - green: the band of green.
    ///   - blue: the band of blue.
    ///   - alpha: the band of opacity; every pixel is opaque when nil.
    ///   - isPremultiplied: multiply the colors by the opacity, rounded to the nearest.
    /// - Throws: kind misuse for other samples than UInt8, and for bands that do not exist.
    public func fourBytes(
        _ order: PixelOrder = .rgba, red: Int, green: Int, blue: Int, alpha: Int? = nil, isPremultiplied: Bool = false
    ) throws(ImageryError) -> [UInt8] {
        guard pixelType == .uint8 else {
            throw ImageryError(.misuse, "raster", "the samples are \(pixelType.rawValue), not bytes: convert them first")
        }
        for band in [red, green, blue] + (alpha.map { [$0] } ?? []) where band < 0 || band >= bands {
            throw ImageryError(.misuse, "raster", "band \(band) does not exist: there are \(bands)")
        }
        guard let count = checkedProduct(width, height, 4) else {
            throw ImageryError(limit: .memory, "raster", "\(width) × \(height) pixels of four bytes are too large for this machine")
        }
        let places = order.places
        let plane = width * height
        return withBytes { bytes in
            unsafe [UInt8](unsafeUninitializedCapacity: count) { output, written in
                for pixel in 0..<plane {
                    // In bounds: each band has `plane` samples, the output four bytes for each.
                    unsafe output[4 * pixel + places.red] = bytes.unsafeLoad(fromByteOffset: red * plane + pixel, as: UInt8.self)
                    unsafe output[4 * pixel + places.green] = bytes.unsafeLoad(
                        fromByteOffset: green * plane + pixel, as: UInt8.self)
                    unsafe output[4 * pixel + places.blue] = bytes.unsafeLoad(
                        fromByteOffset: blue * plane + pixel, as: UInt8.self)
                    unsafe output[4 * pixel + places.alpha] =
                        alpha.map { unsafe bytes.unsafeLoad(fromByteOffset: $0 * plane + pixel, as: UInt8.self) } ?? 255
                    if isPremultiplied, alpha != nil {
                        let opacity = unsafe UInt32(output[4 * pixel + places.alpha])
                        for place in [places.red, places.green, places.blue] {
                            unsafe output[4 * pixel + place] = UInt8((UInt32(output[4 * pixel + place]) * opacity + 127) / 255)
                        }
                    }
                }
                written = count
            }
        }
    }
}
