import ImageryWebP

/// Any bytes as a WebP file: all rows, and the first of them, which must be the same. The first byte chooses how many, and the bands.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWebP(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let data, size >= 1 else { return 0 }
    let input = UnsafeRawBufferPointer(start: data + 1, count: size - 1)
    guard let shape = try? WebPDecoder.shape(input), shape.columns * shape.rows <= 1 << 18 else { return 0 }
    let samples = 3 + Int(data[0] & 1)
    func decode(rows: Int) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: rows * shape.columns * samples)
        let progress = output.withUnsafeMutableBytes {
            try? WebPDecoder.decode(input, columns: shape.columns, rows: rows, samples: samples, into: $0)
        }
        let done = progress?.rows ?? 0
        precondition(done <= rows && (done == rows || progress?.failure != nil), "rows are missing without a reason")
        return Array(output[..<(done * shape.columns * samples)])
    }
    let all = decode(rows: shape.rows)
    let some = decode(rows: shape.rows * Int(data[0] >> 1) / 127)
    let common = min(all.count, some.count)
    precondition(some[..<common] == all[..<common], "the rows that are asked for change the pixels")
    return 0
}
