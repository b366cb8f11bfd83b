public import ImageryBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What can be shown of complex samples.
public enum ComplexPart: String, Hashable, Sendable, CaseIterable {
    /// The absolute value.
    case magnitude
    /// The angle in radians, from -pi to pi.
    case phase
    /// The power in decibel: 20 log10 of the magnitude; minus infinity for 0.
    case decibel
}

/// How an image holds complex samples.
enum ComplexForm: Sendable {
    /// Its pixel type is complex.
    case samples
    /// Pairs of bands: the real and the imaginary part (I and Q).
    case realAndImaginary
    /// Pairs of bands of 8 bits: the magnitude, or its number in a table of 256, and the phase in 256ths of a turn (M and P).
    case magnitudeAndPhase(table: [Double]?)
}

extension ImageAsset {
    /// True when ``showing(_:)`` has something to show: a complex pixel type, or NITF bands that are I and Q, or M and P.
    public var isComplex: Bool { complexForm != nil }

    /// One band of Float32 for every complex sample of a pixel: an image like any other, which is read and converted piece by piece.
    ///
    /// The magnitudes of SICD images of pixel type AMP8I_PHS8I are those of their amplitude table. Throws kind misuse for an image whose samples
    /// are not complex.
    public func showing(_ part: ComplexPart) throws(ImageryError) -> ImageAsset {
        guard let form = complexForm else {
            throw ImageryError(.misuse, key.description, "the samples are not complex: they have no \(part.rawValue)")
        }
        return ImageAsset(asset: asset, source: ComplexImage(source, form, part))
    }

    private var complexForm: ComplexForm? {
        if layout.pixelType.isComplex { return .samples }
        guard layout.shape.bands % 2 == 0, let bands = metadata["BAND_INFO"]?.list, bands.count == layout.shape.bands else {
            return nil
        }
        let kinds = bands.map { $0["ISUBCAT"]?.trimmed ?? "" }
        func alternate(_ first: String, _ second: String) -> Bool {
            kinds.enumerated().allSatisfy { $0.element == ($0.offset % 2 == 0 ? first : second) }
        }
        if alternate("I", "Q") { return .realAndImaginary }
        if alternate("M", "P"), layout.pixelType == .uint8 {
            return .magnitudeAndPhase(table: asset.dataset.complexProduct?.amplitudes)
        }
        return nil
    }
}

/// The magnitude, phase or power of an image of complex samples.
final class ComplexImage: ImageSource {
    let layout: ImageLayout
    private let stored: any ImageSource
    private let form: ComplexForm
    private let part: ComplexPart
    /// Bands that make one sample.
    private let bandsPerSample: Int

    init(_ stored: any ImageSource, _ form: ComplexForm, _ part: ComplexPart) {
        self.stored = stored
        self.form = form
        self.part = part
        bandsPerSample = if case .samples = form { 1 } else { 2 }
        var layout = stored.layout
        layout.shape.bands /= bandsPerSample
        layout.pixelType = .float32
        (layout.bitsPerPixel, layout.actualBitsPerPixel) = (32, 32)
        layout.padValue = nil
        self.layout = layout
    }

    var resolutionLevels: Int { stored.resolutionLevels }

    func hasBlock(row: Int, column: Int) -> Bool { stored.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        try stored.byteRanges(
            ReadRequest(region: request.region, level: request.level, bands: request.bands.flatMap { storedBands($0) }))
    }

    private func storedBands(_ band: Int) -> Range<Int> { band * bandsPerSample..<(band + 1) * bandsPerSample }

    func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, stored.makeReader(context)) }

    private final class Reader: ImageReader {
        private let image: ComplexImage
        private let reader: any ImageReader

        /// Bytes of the stored image that are read at a time.
        private static let stripeBytes = 4 << 20

        init(_ image: ComplexImage, _ reader: any ImageReader) {
            self.image = image
            self.reader = reader
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let type = image.stored.layout.pixelType
            let width = request.region.width
            let rowsAtOnce = max(1, Self.stripeBytes / max(1, width * type.byteCount * image.bandsPerSample))
            var parts = ComplexRow(count: width)
            for first in stride(from: 0, to: request.region.height, by: rowsAtOnce) {
                var region = request.region
                region.y += first
                region.height = min(rowsAtOnce, request.region.height - first)
                for (place, band) in request.bands.enumerated() {
                    let stripe = try Raster(
                        type, shape: Shape(bands: image.bandsPerSample, rows: region.height, columns: width))
                    let source = unsafe stripe.destination
                    let inner = ReadRequest(region: region, level: request.level, bands: Array(image.storedBands(band)))
                    try unsafe reader.read(inner, into: source)
                    for row in 0..<region.height {
                        // In bounds: the stripe and the destination have the region's rows and columns.
                        unsafe parts.load(
                            source.row(row, band: 0), source.row(row, band: image.bandsPerSample - 1), type, image.form)
                        unsafe parts.store(
                            image.part, to: destination.row(first + row, band: place).assumingMemoryBound(to: Float.self))
                    }
                    withExtendedLifetime(stripe) {}
                }
            }
        }
    }
}

/// The real and imaginary parts of a row of samples.
private struct ComplexRow {
    private var real: [Double]
    private var imaginary: [Double]

    init(count: Int) {
        real = [Double](repeating: 0, count: count)
        imaginary = real
    }

    /// Takes a row of samples of `type`; where bands are pairs, the second of them lies at `second`.
    mutating func load(_ first: UnsafeRawPointer, _ second: UnsafeRawPointer, _ type: PixelType, _ form: ComplexForm) {
        if case .magnitudeAndPhase(let table) = form {
            return unsafe polar(first.assumingMemoryBound(to: UInt8.self), second.assumingMemoryBound(to: UInt8.self), table)
        }
        switch type {
        case .uint8: unsafe load(first, second, UInt8.self)
        case .uint16: unsafe load(first, second, UInt16.self)
        case .uint32: unsafe load(first, second, UInt32.self)
        case .uint64: unsafe load(first, second, UInt64.self)
        case .int8: unsafe load(first, second, Int8.self)
        case .int16, .complexInt16: unsafe load(first, second, Int16.self, isPair: type.isComplex)
        case .int32, .complexInt32: unsafe load(first, second, Int32.self, isPair: type.isComplex)
        case .int64: unsafe load(first, second, Int64.self)
        case .float16: unsafe loadHalves(first, second)
        case .float32, .complexFloat32: unsafe load(first, second, Float.self, isPair: type.isComplex)
        case .float64, .complexFloat64: unsafe load(first, second, Double.self, isPair: type.isComplex)
        }
    }

    private mutating func load<Number: BinaryInteger>(
        _ first: UnsafeRawPointer, _ second: UnsafeRawPointer, _ number: Number.Type, isPair: Bool = false
    ) {
        let (a, b) = unsafe (first.assumingMemoryBound(to: Number.self), second.assumingMemoryBound(to: Number.self))
        for index in real.indices {
            real[index] = unsafe Double(isPair ? a[2 * index] : a[index])
            imaginary[index] = unsafe Double(isPair ? a[2 * index + 1] : b[index])
        }
    }

    private mutating func load<Number: BinaryFloatingPoint>(
        _ first: UnsafeRawPointer, _ second: UnsafeRawPointer, _ number: Number.Type, isPair: Bool = false
    ) {
        let (a, b) = unsafe (first.assumingMemoryBound(to: Number.self), second.assumingMemoryBound(to: Number.self))
        for index in real.indices {
            real[index] = unsafe Double(isPair ? a[2 * index] : a[index])
            imaginary[index] = unsafe Double(isPair ? a[2 * index + 1] : b[index])
        }
    }

    private mutating func loadHalves(_ first: UnsafeRawPointer, _ second: UnsafeRawPointer) {
        #if !(os(macOS) && arch(x86_64))
            unsafe load(first, second, Float16.self)
        #endif
    }

    private mutating func polar(_ magnitudes: UnsafePointer<UInt8>, _ phases: UnsafePointer<UInt8>, _ table: [Double]?) {
        for index in real.indices {
            let number = unsafe magnitudes[index]
            let magnitude = table.map { $0[Int(number)] } ?? Double(number)
            let angle = unsafe Double(phases[index]) / 256 * 2 * Double.pi
            real[index] = magnitude * cos(angle)
            imaginary[index] = magnitude * sin(angle)
        }
    }

    /// Writes what is shown of each sample.
    func store(_ part: ComplexPart, to target: UnsafeMutablePointer<Float>) {
        for index in real.indices {
            let (a, b) = (real[index], imaginary[index])
            let value =
                switch part {
                case .magnitude: hypot(a, b)
                case .phase: atan2(b, a)
                case .decibel: 20 * log10(hypot(a, b))
                }
            unsafe target[index] = Float(value)
        }
    }
}
