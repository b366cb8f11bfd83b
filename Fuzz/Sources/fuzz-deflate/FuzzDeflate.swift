import CZlibReference
import ImageryDeflate

/// Our deflate, fed in pieces, through zlib's inflate: the same bytes come back, the stream ends where it should, it is no longer than stored
/// blocks would be, and the pieces do not show in it.
///
/// The first byte chooses container and level, the second the size of the pieces, the third how often the rest is repeated, so that
/// inputs get longer than the compressor's own pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDeflate(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let data, size >= 3 else { return 0 }
    let (format, windowBits): (DeflateFormat, CInt) =
        switch data[0] % 3 {
        case 0: (.zlib, 15)
        case 1: (.raw, -15)
        default: (.gzip, 31)
        }
    let level = DeflateLevel(Int(data[0] / 3 % 10))
    let piece = 1 + Int(data[1]) * Int(data[1])
    var input: [UInt8] = []
    for _ in 0...(data[2] & 7) { input += UnsafeBufferPointer(start: data + 3, count: size - 3) }
    guard let whole = try? Deflater.compress(input.span.bytes, format: format, level: level) else { return 0 }
    precondition(whole.count <= input.count + 5 * (input.count / 65535 + 1) + 32, "\(whole.count) bytes of \(input.count)")
    precondition(inflated(whole, windowBits, count: input.count) == input, "zlib reads other bytes")
    precondition(compressed(input, format, level, piece) == whole, "the pieces change the stream")
    return 0
}

/// A whole stream from input in pieces, by a compressor that has compressed something else before.
private func compressed(_ input: [UInt8], _ format: DeflateFormat, _ level: DeflateLevel, _ piece: Int) -> [UInt8]? {
    guard var deflater = try? Deflater(format, level: level) else { return nil }
    var output: [UInt8] = []
    do throws(DeflateFailure) {
        try deflater.append(input.span.bytes, to: &output)
        deflater.reset()
        output = []
        for start in stride(from: 0, to: input.count, by: piece) {
            try deflater.append(Array(input[start..<min(start + piece, input.count)]).span.bytes, to: &output)
        }
        try deflater.finish(to: &output)
        return output
    } catch {
        return nil
    }
}

/// What zlib reads, if the stream is complete and nothing is left of it.
private func inflated(_ stream: [UInt8], _ windowBits: CInt, count: Int) -> [UInt8]? {
    var state = z_stream()
    guard inflateInit2_(&state, windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&state) }
    var input = stream
    var output = [UInt8](repeating: 0, count: count + 1)
    let result = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            state.next_in = source.baseAddress
            state.avail_in = CUnsignedInt(source.count)
            state.next_out = target.baseAddress
            state.avail_out = CUnsignedInt(target.count)
            return inflate(&state, Z_FINISH)
        }
    }
    guard result == Z_STREAM_END, state.avail_in == 0 else { return nil }
    output.removeLast(Int(state.avail_out))
    return output
}
