import CZlibReference
import ImageryDeflate

/// Our inflate, fed and drained in pieces, against zlib's in one call: the same bytes, the same end, the same count of bytes used.
///
/// The first byte chooses the container, the second the size of the pieces. Where a stream is cut or damaged only the bytes
/// that both decoded are compared: how far a decoder reads ahead before it sees the damage is its own affair.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInflate(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let data, size >= 2 else { return 0 }
    let (format, windowBits): (DeflateFormat, CInt) =
        switch data[0] % 3 {
        case 0: (.zlib, 15)
        case 1: (.raw, -15)
        default: (.gzip, 31)
        }
    let stream = UnsafeRawBufferPointer(start: data + 2, count: size - 2)
    let piece = 1 + Int(data[1]) * Int(data[1])
    let reference = referenceInflate(stream, windowBits)
    let own = ownInflate(stream, format, piece)
    precondition(own.finished == reference.finished, "finished: \(own.finished), zlib: \(reference.finished)")
    if own.finished {
        precondition(own.bytes == reference.bytes, "other bytes than zlib's")
        precondition(own.consumed == reference.consumed, "used \(own.consumed) bytes, zlib \(reference.consumed)")
    } else {
        let common = min(own.bytes.count, reference.bytes.count)
        precondition(own.bytes[..<common] == reference.bytes[..<common], "other bytes than zlib's before the damage")
    }
    return 0
}

private struct Decoded {
    var bytes: [UInt8] = []
    var consumed = 0
    var finished = false
}

/// More output than that is not asked for.
private let outputLimit = 1 << 16

private func ownInflate(_ stream: UnsafeRawBufferPointer, _ format: DeflateFormat, _ piece: Int) -> Decoded {
    var inflater = Inflater(format)
    var result = Decoded()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 16)
    defer { buffer.deallocate() }
    while result.bytes.count < outputLimit {
        let input = UnsafeRawBufferPointer(rebasing: stream[result.consumed..<min(result.consumed + piece, stream.count)])
        let wanted = min(piece, outputLimit - result.bytes.count)
        let before = inflater.totalProduced
        do throws(InflateFailure) {
            let progress = try inflater.inflate(input, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
            precondition(progress.consumed <= input.count && progress.produced <= wanted, "more than there was")
            result.consumed += progress.consumed
            result.bytes += buffer[..<progress.produced]
            if progress.status == .finished {
                result.finished = true
                return result
            }
            if progress.status == .needsInput, result.consumed == stream.count { return result }
            precondition(progress.consumed > 0 || progress.produced > 0, "no progress")
        } catch {
            result.bytes += buffer[..<(inflater.totalProduced - before)]
            return result
        }
    }
    return result
}

private func referenceInflate(_ stream: UnsafeRawBufferPointer, _ windowBits: CInt) -> Decoded {
    var state = z_stream()
    guard inflateInit2_(&state, windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else { return Decoded() }
    defer { inflateEnd(&state) }
    var result = Decoded(bytes: [UInt8](repeating: 0, count: outputLimit))
    result.bytes.withUnsafeMutableBufferPointer { target in
        state.next_in = UnsafeMutablePointer(mutating: stream.bindMemory(to: UInt8.self).baseAddress)
        state.avail_in = CUnsignedInt(stream.count)
        state.next_out = target.baseAddress
        state.avail_out = CUnsignedInt(target.count)
        result.finished = inflate(&state, Z_NO_FLUSH) == Z_STREAM_END
    }
    result.bytes.removeLast(Int(state.avail_out))
    result.consumed = stream.count - Int(state.avail_in)
    return result
}
