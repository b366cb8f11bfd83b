import ImageryLZMA

/// Any bytes as XZ streams, into rooms of two sizes: a smaller room holds the start of what a larger one does.
///
/// The first byte chooses the smaller room.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLZMA(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let data, size >= 1, let decoder = try? XZDecoder() else { return 0 }
    let input = UnsafeRawBufferPointer(start: data + 1, count: size - 1)
    func decode(room: Int) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: room)
        output.withUnsafeMutableBytes { _ = try? decoder.decode(input, into: $0) }
        precondition(decoder.totalProduced <= room, "more than there was room for")
        return Array(output[..<decoder.totalProduced])
    }
    let large = decode(room: 1 << 16)
    let small = decode(room: Int(data[0]) << 4)
    // Delta filters go over all of a block, so that the same bytes come out however far it was decoded.
    let common = min(large.count, small.count)
    precondition(small[..<common] == large[..<common], "the room changes the bytes")
    return 0
}
