// The literals section, written (RFC 8878 section 3.1.1.3.1).

/// Writes literals sections and remembers the tree of the frame.
struct LiteralsEncoder {
    /// The last code that the frame has described.
    private(set) var code: HuffmanCode?

    /// Literals in fewer bytes are not worth a tree.
    private static let worthwhile = 24
    /// From so many on there are four streams.
    private static let four = 256

    /// A frame begins without a tree.
    mutating func forget() { code = nil }

    /// Writes the section; returns its end. There is room for the literals and 64 bytes more.
    mutating func encode(_ literals: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
        guard literals.count >= Self.worthwhile else { return unsafe Self.raw(literals, into: output) }
        let counts = unsafe Self.counts(literals)
        let most = counts.max() ?? 0
        if most == literals.count { return unsafe Self.run(literals, into: output) }
        // Nearly even counts cannot gain anything.
        guard most > literals.count >> 7 + 4 else { return unsafe Self.raw(literals, into: output) }
        let made = HuffmanCode(counts)
        let description = made.description
        let own = description.flatMap { description in made.bits(counts).map { $0 / 8 + description.count } }
        let old = code.flatMap { $0.bits(counts).map { $0 / 8 } }
        let isRepeat = old.map { $0 <= own ?? .max } ?? false
        guard let size = isRepeat ? old : own, size + size >> 6 + 8 < literals.count,
            let used = isRepeat ? code : made
        else { return unsafe Self.raw(literals, into: output) }
        let tree = isRepeat ? [] : description ?? []
        let headerBytes = literals.count < 1 << 10 ? 3 : literals.count < 1 << 14 ? 4 : 5
        var end = unsafe output + headerBytes
        unsafe end.copyMemory(from: tree, byteCount: tree.count)
        unsafe end += tree.count
        let isSingle = literals.count < Self.four
        if isSingle {
            unsafe end = used.encode(literals, into: end)
        } else {
            let quarter = (literals.count + 3) / 4
            let sizes = unsafe end
            unsafe end += 6
            for index in 0..<4 {
                let part = unsafe UnsafeBufferPointer(
                    rebasing: literals[index * quarter..<min(literals.count, (index + 1) * quarter)])
                let start = unsafe end
                unsafe end = used.encode(part, into: start)
                if index < 3 {
                    unsafe sizes.storeBytes(
                        of: UInt16(truncatingIfNeeded: end - start).littleEndian, toByteOffset: 2 * index, as: UInt16.self)
                }
            }
        }
        let stored = unsafe end - output - headerBytes
        let width = headerBytes == 3 ? 10 : headerBytes == 4 ? 14 : 18
        let format = headerBytes == 3 ? (isSingle ? 0 : 1) : headerBytes - 2
        let header = UInt64((isRepeat ? 3 : 2) | format << 2 | literals.count << 4 | stored << (4 + width))
        unsafe output.copyMemory(from: littleEndianBytes(header, count: headerBytes), byteCount: headerBytes)
        if !isRepeat { code = made }
        return unsafe end
    }

    private static func counts(_ literals: UnsafeBufferPointer<UInt8>) -> [Int] {
        // Four tables, so that equal neighbours do not wait for each other.
        var parts = [UInt32](repeating: 0, count: 1024)
        unsafe parts.withUnsafeMutableBufferPointer { parts in
            var index = 0
            while index &+ 4 <= literals.count {
                unsafe parts[Int(literals[index])] &+= 1
                unsafe parts[256 &+ Int(literals[index &+ 1])] &+= 1
                unsafe parts[512 &+ Int(literals[index &+ 2])] &+= 1
                unsafe parts[768 &+ Int(literals[index &+ 3])] &+= 1
                index &+= 4
            }
            while index < literals.count {
                unsafe parts[Int(literals[index])] &+= 1
                index &+= 1
            }
        }
        return (0..<256).map { (symbol: Int) -> Int in
            let lower: UInt32 = parts[symbol] &+ parts[256 &+ symbol]
            let upper: UInt32 = parts[512 &+ symbol] &+ parts[768 &+ symbol]
            return Int(lower &+ upper)
        }
    }

    /// Raw and run: sizes of 5, 12 and 20 bits.
    private static func header(_ kind: Int, _ count: Int) -> [UInt8] {
        switch count {
        case ..<32: [UInt8(kind | count << 3)]
        case ..<4096: littleEndianBytes(UInt64(kind | 1 << 2 | count << 4), count: 2)
        default: littleEndianBytes(UInt64(kind | 3 << 2 | count << 4), count: 3)
        }
    }

    private static func raw(_ literals: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer
    {
        let header = header(0, literals.count)
        unsafe output.copyMemory(from: header, byteCount: header.count)
        if let base = literals.baseAddress { unsafe (output + header.count).copyMemory(from: base, byteCount: literals.count) }
        return unsafe output + header.count + literals.count
    }

    private static func run(_ literals: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer
    {
        let bytes = unsafe header(1, literals.count) + [literals[0]]
        unsafe output.copyMemory(from: bytes, byteCount: bytes.count)
        return unsafe output + bytes.count
    }
}
