import ImageryBase
import ImageryKernels
import ImageryPlumbing
import TestSupport
import Testing

@testable import ImageryJPEG

/// Components at their own size (S55), restart intervals and threads (S56).
@Suite struct ComponentTests {
    private func crc(_ raster: Raster) -> UInt32 { raster.withBytes { crc32(0, $0) } }

    /// The CRC-32 of planes as `djpeg -grayscale` 2.1.5 (Y) and `imagecodecs.jpeg8_decode(outcolorspace="YCbCr")` give them;
    /// chrominance of half the size has no foreign reader at hand.
    @Test(
        arguments: [
            ("cjpeg -quality 30 -optimize -sample 1x1", [0x682f_c227, 0x2282_9454, 0xd1af_1feb]),
            ("cjpeg -quality 30 -optimize -sample 2x2", [0x682f_c227]),
            ("cjpeg -quality 30 -optimize -sample 2x2 -restart 1B", [0x682f_c227]),
            ("cjpeg -quality 30 -progressive -sample 2x2", [0x682f_c227]),
        ] as [(String, [UInt32])])
    func foreignPlanes(name: String, planes: [UInt32]) throws {
        let source = try image(vector(name).bytes)
        for (index, expected) in planes.enumerated() {
            let component = source.component(index)
            #expect(component.layout.shape == Shape(bands: 1, rows: 29, columns: 37))
            #expect(try crc(component.read()) == expected)
        }
    }

    /// Sizes of components of every sampling, and windows as crops of the whole.
    @Test(arguments: vectors) func partsOfComponents(vector: CodedVector) throws {
        let source = try image(vector.bytes)
        let frame = try JPEGImage(MemorySource(vector.bytes)).header.frame
        let maxima = (frame.components.map(\.horizontal).max() ?? 1, frame.components.map(\.vertical).max() ?? 1)
        for (index, component) in frame.components.enumerated() {
            let image = source.component(index)
            if frame.components.count > 1 {
                #expect(image.layout.shape.columns == ceilDivide(vector.columns * component.horizontal, maxima.0))
                #expect(image.layout.shape.rows == ceilDivide(vector.rows * component.vertical, maxima.1))
            }
            let whole = try image.read()
            let session = image.makeReader(ReadContext(ReadOptions(), isSession: true))
            var random = SeededGenerator(UInt64(vector.crc) + UInt64(index))
            for _ in 0..<6 {
                let x = Int.random(in: 0..<image.layout.shape.columns, using: &random)
                let y = Int.random(in: 0..<image.layout.shape.rows, using: &random)
                let window = Window(
                    x: x, y: y, width: Int.random(in: 1...image.layout.shape.columns - x, using: &random),
                    height: Int.random(in: 1...image.layout.shape.rows - y, using: &random))
                #expect(try image.read(window) == whole.crop(window))
                #expect(try image.read(window, through: session) == whole.crop(window))
            }
        }
    }

    /// A window passes over the restart intervals before it: damage there does not concern it, wrong markers do.
    @Test func windowsPassOverRestartIntervals() throws {
        let vector = try vector("cjpeg -quality 30 -optimize -sample 2x2 -restart 1B")
        let whole = try image(vector.bytes).read()
        let bottom = Window(x: 0, y: 24, width: vector.columns, height: 5)
        var damaged = vector.bytes
        let first = try #require(place(of: [0xff, 0xd0], in: damaged))
        damaged[first - 1] ^= 0x7e
        damaged[first - 2] ^= 0x7e
        let corner = Window(x: 32, y: 24, width: 5, height: 5)
        #expect(try image(damaged).read(corner) == whole.crop(corner))
        #expect(try image(vector.bytes).read(bottom) == whole.crop(bottom))
        var wrong = vector.bytes
        wrong[first + 1] = 0xd5
        #expect(throws: ImageryError.self) { try image(wrong).read(corner) }
    }

    /// S56: stripes on several threads give what one thread gives, with restart markers and from coefficients.
    @Test func threadsGiveTheSame() throws {
        let high = tallFile
        for bytes in [high.restarted, high.progressive] {
            let source = try image(bytes)
            var results: [Raster] = []
            for threads in [1, 2, 5] {
                var context = ReadContext(ReadOptions())
                context.threads = threads
                results.append(try source.read(through: source.makeReader(context)))
            }
            #expect(results[0] == results[1] && results[0] == results[2])
            #expect(crc(results[0]) == high.crc)
        }
    }
}
