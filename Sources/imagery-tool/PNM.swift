import Imagery
import ImageryKernels
import ImageryPlumbing

/// The image of a binary PGM or PPM file with 8 or 16 bits a sample. Throws kind malformed or unsupported.
func readPNM(_ path: String) throws(ImageryError) -> Raster {
    let source = try FileSource(path)
    let head = Array(try source.copy(0..<min(1024, source.byteCount), of: path))
    var position = 2
    func number() throws(ImageryError) -> Int {
        while position < head.count, head[position] <= 32 || head[position] == UInt8(ascii: "#") {
            if head[position] == UInt8(ascii: "#") { while position < head.count, head[position] != 10 { position += 1 } }
            position += 1
        }
        var value = 0
        let start = position
        while position < head.count, head[position] >= 48, head[position] <= 57, position - start < 9 {
            value = value * 10 + Int(head[position] - 48)
            position += 1
        }
        guard position > start else { throw ImageryError(.malformed, path, "the PNM header lacks a number", at: position) }
        return value
    }
    guard head.count > 2, head[0] == UInt8(ascii: "P"), head[1] == 0x35 || head[1] == 0x36 else {
        throw ImageryError(unsupported: .format, path, "is not a binary PGM or PPM file", at: 0)
    }
    let bands = head[1] == 0x36 ? 3 : 1
    let width = try number()
    let height = try number()
    let sampleBytes = try number() > 255 ? 2 : 1
    let start = position + 1
    var raster = try Raster(sampleBytes == 2 ? .uint16 : .uint8, shape: Shape(bands: bands, rows: height, columns: width))
    let plane = width * height
    let range = start..<start + raster.byteCount
    do {
        try raster.withMutableBytes { target in
            try unsafe target.withUnsafeMutableBytes { samples in
                try source.lend(range, of: path) { (bytes) throws(ImageryError) in
                    // Source and target hold the same number of samples: `range` has the raster's byte count.
                    unsafe bytes.withUnsafeBytes { stored in
                        unsafe SampleInterleaving.deinterleave(
                            stored.baseAddress!, samples: bands, sampleBytes: sampleBytes, swapUnit: sampleBytes, count: plane,
                            into: samples.baseAddress!, bandStride: plane * sampleBytes)
                    }
                }
            }
        }
    } catch {
        throw ImageryError.wrapping(error, path)
    }
    return raster
}
