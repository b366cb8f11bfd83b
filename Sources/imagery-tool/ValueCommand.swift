public import ArgumentParser
public import Imagery
import ImageryPlumbing

/// `value`: the samples of one pixel.
struct ValueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "value", abstract: "The samples of one pixel, band by band.",
        discussion: """
            Prints a line of numbers, with blanks between the bands; complex samples as re+imi.
            Example: imagery value scene.tif 120,45
                     imagery value scene.tif --at 11.5761,48.1372
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Argument(help: "Column and row of the pixel, from 0: x,y.")
    var pixel: PixelPlace?
    @Option(parsing: .unconditional, help: "A place on the ground instead: longitude,latitude in degrees.")
    var at: GroundPosition?
    @Flag(help: "One JSON object instead of text.")
    var json = false
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        if (pixel == nil) == (at == nil) {
            throw ValidationError("value needs either a pixel x,y or a place --at longitude,latitude")
        }
    }

    func run() throws {
        let image = try selection.image(in: input.open(file))
        let pixel: PixelPlace
        if let at {
            let found = try image.pixel(longitude: at.longitude, latitude: at.latitude)
            guard let place = PixelPlace(found) else {
                throw ImageryError(.misuse, image.key.description, "the place is outside of the image")
            }
            pixel = place
        } else {
            pixel = self.pixel ?? PixelPlace(column: 0, row: 0)
        }
        let place = Window(x: pixel.column, y: pixel.row, width: 1, height: 1)
        guard image.layout.bounds.contains(place) else {
            throw ImageryError(
                .misuse, image.key.description,
                "pixel \(pixel.column),\(pixel.row) is outside the \(image.layout.shape.columns) × \(image.layout.shape.rows) pixels"
            )
        }
        let raster = try image.read(window: place, bands: selection.chosenBands, resolutionLevel: selection.resolutionLevel)
        let samples = raster.sampleTexts
        guard json else { return print(samples.joined(separator: " ")) }
        var writer = JSONWriter()
        writer.object { json in
            json.key("key")
            json.string(image.key.description)
            json.key("x")
            json.integer(pixel.column)
            json.key("y")
            json.integer(pixel.row)
            json.key("samples")
            json.array { json in raster.writeSamples(to: &json) }
        }
        print(writer.text)
    }
}

/// The place of a pixel.
struct PixelPlace: ExpressibleByArgument {
    var column: Int
    var row: Int

    init(column: Int, row: Int) {
        self.column = column
        self.row = row
    }

    /// The pixel under a position; nil where a number is too large for one.
    init?(_ position: PixelPosition) {
        guard let column = Int(exactly: position.x.rounded(.down)), let row = Int(exactly: position.y.rounded(.down)) else {
            return nil
        }
        self.init(column: column, row: row)
    }

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard numbers.count == 2, argument.count(where: { $0 == "," }) == 1 else { return nil }
        (column, row) = (numbers[0], numbers[1])
    }
}

extension GroundPosition: ExpressibleByArgument {
    public init?(argument: String) {
        guard let numbers = NumberList(argument: argument)?.numbers, numbers.count == 2, numbers.allSatisfy(\.isFinite) else {
            return nil
        }
        self.init(longitude: numbers[0], latitude: numbers[1])
    }
}

extension Raster {
    /// Every number of every sample, in order, both parts of complex ones.
    private func forEachNumber(_ body: (SampleValue) -> Void) {
        func all<S: Sample>(_ type: S.Type, _ value: (S) -> SampleValue) {
            for sample in (try? samples(as: type)) ?? [] { body(value(sample)) }
        }
        func parts<S: BitwiseCopyable>(_ type: S.Type, _ value: (S) -> SampleValue) {
            withBytes { bytes in
                for offset in stride(from: 0, to: bytes.byteCount, by: MemoryLayout<S>.size) {
                    body(value(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: S.self)))
                }
            }
        }
        switch pixelType {
        case .uint8: all(UInt8.self) { .integer(Int64($0)) }
        case .uint16: all(UInt16.self) { .integer(Int64($0)) }
        case .uint32: all(UInt32.self) { .integer(Int64($0)) }
        case .uint64: all(UInt64.self) { .unsigned($0) }
        case .int8: all(Int8.self) { .integer(Int64($0)) }
        case .int16: all(Int16.self) { .integer(Int64($0)) }
        case .int32: all(Int32.self) { .integer(Int64($0)) }
        case .int64: all(Int64.self) { .integer($0) }
        case .float16:
            // Every such number is one of double precision too.
            if let wide = try? retyped(to: .float64) { wide.forEachNumber(body) }
        case .float32: all(Float.self) { .real(Double($0)) }
        case .float64: all(Double.self) { .real($0) }
        case .complexInt16: parts(Int16.self) { .integer(Int64($0)) }
        case .complexInt32: parts(Int32.self) { .integer(Int64($0)) }
        case .complexFloat32: parts(Float.self) { .real(Double($0)) }
        case .complexFloat64: parts(Double.self) { .real($0) }
        }
    }

    /// Each sample as text.
    var sampleTexts: [String] {
        var numbers: [String] = []
        forEachNumber { value in
            if case .real(let number) = value, pixelType == .float32 || pixelType == .complexFloat32 {
                numbers.append("\(Float(number))")
            } else {
                numbers.append(value.description)
            }
        }
        guard pixelType.isComplex else { return numbers }
        return stride(from: 0, to: numbers.count, by: 2).map { place in
            numbers[place] + (numbers[place + 1].hasPrefix("-") ? "" : "+") + numbers[place + 1] + "i"
        }
    }

    /// Each sample as a number, a complex one as an array of its parts.
    fileprivate func writeSamples(to json: inout JSONWriter) {
        var values: [SampleValue] = []
        forEachNumber { values.append($0) }
        func write(_ value: SampleValue, _ json: inout JSONWriter) {
            switch value {
            case .integer(let number): json.integer(Int(number))
            case .unsigned(let number): json.unsigned(number)
            case .real(let number): json.number(number)
            }
        }
        if pixelType.isComplex {
            for place in stride(from: 0, to: values.count, by: 2) {
                json.array { json in
                    write(values[place], &json)
                    write(values[place + 1], &json)
                }
            }
        } else {
            for value in values { write(value, &json) }
        }
    }
}
