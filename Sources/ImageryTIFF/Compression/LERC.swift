// Blocks that are LERC streams (compression 34887), perhaps packed once more (LercParameters).

import ImageryBase
import ImageryDeflate
import ImageryLERC
import ImageryPlumbing
import ImageryZstandard

extension LERCType {
    /// The type of samples that fill `bits` bits; nil when LERC has none such.
    init?(_ format: SampleFormat, bits: Int) {
        switch (format, bits) {
        case (.unsigned, 8), (.void, 8): self = .uint8
        case (.unsigned, 16), (.void, 16): self = .uint16
        case (.unsigned, 32), (.void, 32): self = .uint32
        case (.signed, 8): self = .int8
        case (.signed, 16): self = .int16
        case (.signed, 32): self = .int32
        case (.float, 32): self = .float32
        case (.float, 64): self = .float64
        default: return nil
        }
    }
}

extension LERCPacking {
    /// The second number of LercParameters.
    init?(code: Int) {
        switch code {
        case 0: self = .none
        case 1: self = .deflate
        case 2: self = .zstandard
        default: return nil
        }
    }

    var code: Int {
        switch self {
        case .none: 0
        case .deflate: 1
        case .zstandard: 2
        }
    }
}

/// Decodes LERC blocks of an image. What it gives is in the file's byte order, as the values were when they were encoded.
final class LERCCodec: BlockCodec {
    private let type: LERCType
    private let samples: Int
    private let columns: Int
    private let rows: Int
    private let packing: LERCPacking
    /// True when the last sample may be the mask.
    private let hasAlpha: Bool
    private var inflater = Inflater(.zlib)

    /// Nil when LERC has no such samples.
    init?(_ header: ImageHeader) {
        guard let type = LERCType(header.format, bits: header.bits), let packing = header.lercPacking else { return nil }
        self.type = type
        self.packing = packing
        samples = header.samplesPerBlockPixel
        columns = header.blockWidth
        rows = header.blockHeight
        hasAlpha = type == .uint8 && samples > 1
    }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    ) {
        do throws(ImageryError) {
            return try unsafe (decodeRows(input, into: output, count: count), nil)
        } catch {
            return (0, error.message)
        }
    }

    private func fault(_ message: String) -> ImageryError { ImageryError(.malformed, "TIFF LERC", message) }

    /// Throws an error whose message says what is wrong.
    private func decodeRows(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int
    ) throws(ImageryError) -> Int {
        guard packing != .none else { return try unsafe decodeStream(input, into: output, count: count) }
        // Values as they are, a mask of each band and headers: a stream has no reason to be longer.
        let plain = columns * rows * samples * type.byteCount
        let memory = try Scratch(byteCount: plain + plain / 4 + 4096 * samples)
        let room = unsafe UnsafeMutableRawBufferPointer(start: memory.base, count: memory.byteCount)
        let size = try unsafe unpack(input, into: room)
        let stream = unsafe UnsafeRawBufferPointer(start: memory.base, count: size)
        let produced = try unsafe decodeStream(stream, into: output, count: count)
        withExtendedLifetime(memory) {}
        return produced
    }

    private func unpack(_ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) throws(ImageryError) -> Int {
        if packing == .deflate {
            do throws(InflateFailure) {
                return try unsafe inflater.decodeAll(input, into: room).produced
            } catch {
                throw fault("the Deflate data around LERC are damaged (\(error))")
            }
        }
        do throws(ZstandardFailure) {
            return try unsafe ZstandardDecoder().decode(input, into: room).produced
        } catch {
            throw fault("the Zstandard data around LERC are damaged (\(error))")
        }
    }

    private func decodeStream(
        _ stream: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int
    ) throws(ImageryError) -> Int {
        do throws(LERCFailure) {
            return try unsafe decodeBands(stream, into: output, count: count)
        } catch {
            throw fault("the LERC data are damaged (\(error))")
        }
    }

    private func decodeBands(
        _ stream: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int
    ) throws(LERCFailure) -> Int {
        let shape = try unsafe LERCDecoder.shape(stream)
        // All samples of a pixel together; without the alpha that is the mask; or a band for each sample.
        let bands = shape.depth == 1 ? samples : 1
        let isMasked = hasAlpha && shape.depth == samples - 1 && shape.depth > 0 && !(shape.depth == 1 && samples == 1)
        guard shape.type == type, shape.columns == columns, shape.rows <= rows,
            shape.depth == samples || shape.depth == 1 || isMasked
        else { throw .otherShape }
        let size = type.byteCount
        let pixels = shape.rows * shape.columns
        let wanted = columns * samples * size
        guard shape.rows * wanted >= count else { throw .truncated }
        var values = [UInt8](repeating: 0, count: pixels * shape.depth * bands * size)
        var valid = [UInt8](repeating: 0, count: pixels * bands)
        let found = try unsafe decode(stream, shape, bands, &values, &valid)
        let hasMaskBand = isMasked && found == 1
        guard found == bands || hasMaskBand || shape.depth == samples else { throw .truncated }
        let needed = count / (samples * size)
        for pixel in 0..<needed {
            let target = unsafe output + pixel * samples * size
            for sample in 0..<samples {
                let place = unsafe target + sample * size
                if hasMaskBand && sample == samples - 1 {
                    unsafe place.storeBytes(of: valid[pixel] != 0 ? 255 : 0, as: UInt8.self)
                    continue
                }
                let band = bands > 1 && !hasMaskBand ? sample : 0
                guard valid[band * pixels + pixel] != 0 || !isFloat else {
                    unsafe storeNaN(at: place)
                    continue
                }
                let index = (band * pixels + pixel) * shape.depth + (band > 0 || shape.depth == 1 ? 0 : sample)
                // In bounds: every value of `pixels` pixels, depths and bands is there.
                for byte in 0..<size {
                    unsafe place.storeBytes(of: values[index * size + byte], toByteOffset: byte, as: UInt8.self)
                }
            }
        }
        return needed * samples * size
    }

    private func decode(
        _ stream: UnsafeRawBufferPointer, _ shape: LERCShape, _ bands: Int, _ values: inout [UInt8], _ valid: inout [UInt8]
    ) throws(LERCFailure) -> Int {
        let result = unsafe values.withUnsafeMutableBytes { values in
            unsafe valid.withUnsafeMutableBytes { valid in
                Result { () throws(LERCFailure) -> Int in
                    try unsafe LERCDecoder.decode(stream, shape: shape, bands: bands, into: values, valid: valid)
                }
            }
        }
        return try result.get()
    }

    private var isFloat: Bool { type == .float32 || type == .float64 }

    /// What a floating-point sample of an invalid pixel is.
    private func storeNaN(at place: UnsafeMutableRawPointer) {
        if type == .float32 {
            unsafe place.storeBytes(of: Float.nan.bitPattern.littleEndian, as: UInt32.self)
        } else {
            unsafe place.storeBytes(of: Double.nan.bitPattern.littleEndian, as: UInt64.self)
        }
    }
}

/// Compresses blocks as LERC streams: all samples of a pixel together, or a band for each where some of them are not numbers.
final class LERCCompressor: BlockCompressor {
    private let type: LERCType
    private let samples: Int
    private let columns: Int
    private let choices: LERCChoices
    private let packer: (any BlockCompressor)?

    /// Of blocks with `columns` pixels a row and `samples` samples a pixel; `level` is the effort of what packs the streams.
    init(
        _ type: LERCType, columns: Int, samples: Int, _ choices: LERCChoices, level: Int
    ) throws(ImageryError) {
        self.type = type
        self.choices = choices
        self.samples = samples
        self.columns = columns
        packer =
            switch choices.packing {
            case .none: nil
            case .deflate: try Compression.deflate.makeCompressor(level: level)
            case .zstandard: try Compression.zstandard.makeCompressor(level: level)
            }
    }

    func compress(_ block: UnsafeRawPointer, rows: Int, rowBytes: Int, into output: inout [UInt8]) throws(ImageryError) {
        var stream: [UInt8] = []
        do throws(LERCFailure) {
            try unsafe encode(block, rows: rows, into: &stream)
        } catch {
            throw ImageryError(limit: .memory, "TIFF LERC", "the block cannot be encoded: \(error)")
        }
        guard let packer else {
            output += stream
            return
        }
        let result = unsafe stream.withUnsafeBytes { bytes in
            Result { () throws(ImageryError) in
                if let base = bytes.baseAddress {
                    try unsafe packer.compress(base, rows: 1, rowBytes: bytes.count, into: &output)
                }
            }
        }
        try result.get()
    }

    private func encode(_ block: UnsafeRawPointer, rows: Int, into stream: inout [UInt8]) throws(LERCFailure) {
        let pixels = rows * columns
        let values = unsafe UnsafeRawBufferPointer(start: block, count: pixels * samples * type.byteCount)
        let shape = LERCShape(rows: rows, columns: columns, depth: samples, type: type)
        guard type == .float32 || type == .float64 else {
            return try unsafe LERCEncoder.encode(values, shape: shape, valid: nil, maxError: choices.maxError, into: &stream)
        }
        // A sample that is no number makes its pixel invalid; where others of the pixel are numbers each has a mask of its own.
        var valid = [UInt8](repeating: 1, count: pixels * samples)
        var isMixed = false
        for pixel in 0..<pixels {
            for sample in 0..<samples where unsafe isNaN(values, at: pixel * samples + sample) {
                valid[sample * pixels + pixel] = 0
            }
            for sample in 1..<max(1, samples) where valid[sample * pixels + pixel] != valid[pixel] { isMixed = true }
        }
        guard isMixed else {
            return try unsafe LERCEncoder.encode(
                values, shape: shape, valid: Array(valid[..<pixels]), maxError: choices.maxError, into: &stream)
        }
        let single = LERCShape(rows: rows, columns: columns, depth: 1, type: type)
        let size = type.byteCount
        for sample in 0..<samples {
            var band = [UInt8](repeating: 0, count: pixels * size)
            for pixel in 0..<pixels {
                for byte in 0..<size { band[pixel * size + byte] = unsafe values[(pixel * samples + sample) * size + byte] }
            }
            let mask = Array(valid[sample * pixels..<(sample + 1) * pixels])
            let maxError = choices.maxError
            let result = unsafe band.withUnsafeBytes { bytes in
                Result { () throws(LERCFailure) in
                    try unsafe LERCEncoder.encode(bytes, shape: single, valid: mask, maxError: maxError, into: &stream)
                }
            }
            try result.get()
        }
    }

    private func isNaN(_ values: UnsafeRawBufferPointer, at index: Int) -> Bool {
        if type == .float32 { return unsafe values.loadUnaligned(fromByteOffset: 4 * index, as: Float.self).isNaN }
        return unsafe values.loadUnaligned(fromByteOffset: 8 * index, as: Double.self).isNaN
    }
}

/// How blocks become LERC streams.
struct LERCChoices: Sendable {
    var maxError: Double
    var packing: LERCPacking
}
