import ImageryZstandard

/// Any bytes as a stream, into rooms of two sizes; then the same bytes compressed at a level and read back.
///
/// The first byte chooses the level and the room. A smaller room holds the start of what a larger one does.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzZstandard(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let data, size >= 1 else { return 0 }
    let input = UnsafeRawBufferPointer(start: data + 1, count: size - 1)
    let room = Int(data[0]) << 4
    guard let decoder = try? ZstandardDecoder(), let encoder = try? ZstandardEncoder(level: 1 + Int(data[0]) % 9) else { return 0 }
    let large = decode(input, decoder, room: outputLimit)
    let small = decode(input, decoder, room: room)
    let common = min(large.count, small.count)
    precondition(small.count <= room && large[..<common] == small[..<common], "the room changes the bytes")

    var stream: [UInt8] = []
    guard (try? encoder.compress(input, into: &stream)) != nil else { return 0 }
    precondition(stream.count <= ZstandardEncoder.bound(input.count) ?? .max, "more bytes than the bound")
    let again = stream.withUnsafeBytes { decode($0, decoder, room: input.count) }
    precondition(again.elementsEqual(input), "other bytes than were compressed")
    return 0
}

/// More output than that is not asked for.
private let outputLimit = 1 << 16

/// What was decoded, also when the stream failed.
private func decode(_ stream: UnsafeRawBufferPointer, _ decoder: ZstandardDecoder, room: Int) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: room)
    output.withUnsafeMutableBytes { _ = try? decoder.decode(stream, into: $0) }
    precondition(decoder.totalProduced <= room, "more than there was room for")
    return Array(output[..<decoder.totalProduced])
}
