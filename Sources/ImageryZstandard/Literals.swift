// The literals section of a block (RFC 8878 section 3.1.1.3.1).

import ImageryPlumbing

/// Where the literals of a block lie: in the block itself or in the decoder's memory, with at least ``slack`` readable bytes behind them.
@safe
struct Literals {
    var base: UnsafeRawPointer
    var count: Int
    /// Bytes of the block that the section takes.
    var sectionBytes: Int

    static let slack = 32
}

extension ZstandardDecoder {
    /// Decodes the literals section at the start of `block`; `behind` readable bytes follow the block.
    func readLiterals(_ block: UnsafeRawBufferPointer, behind: Int) throws(ZstandardFailure) -> Literals {
        guard let first = unsafe block.first, let start = block.baseAddress else { throw .truncated }
        let format = Int(first) >> 2 & 3
        guard first & 2 != 0 else {
            // Raw and run: sizes of 5, 12 and 20 bits.
            let (headerBytes, shift) = format & 1 == 0 ? (1, 3) : format == 1 ? (2, 4) : (3, 4)
            guard block.count >= headerBytes else { throw .truncated }
            let size = unsafe Int(littleEndian(block, at: 0, count: headerBytes)) >> shift
            guard size <= Bound.block else { throw .badLiterals }
            if first & 1 != 0 {
                guard block.count > headerBytes else { throw .truncated }
                unsafe literalMemory.base.initializeMemory(as: UInt8.self, repeating: block[headerBytes], count: size)
                return unsafe Literals(base: literalMemory.base, count: size, sectionBytes: headerBytes + 1)
            }
            guard size <= block.count - headerBytes else { throw .truncated }
            let source = unsafe start + headerBytes
            if block.count - headerBytes - size + behind < Literals.slack {
                unsafe literalMemory.base.copyMemory(from: source, byteCount: size)
                return unsafe Literals(base: literalMemory.base, count: size, sectionBytes: headerBytes + size)
            }
            return unsafe Literals(base: source, count: size, sectionBytes: headerBytes + size)
        }
        // With a tree, or by the last one: two sizes of 10, 14 or 18 bits.
        let (headerBytes, width) = format < 2 ? (3, 10) : format == 2 ? (4, 14) : (5, 18)
        guard block.count >= headerBytes else { throw .truncated }
        let fields = unsafe Int(littleEndian(block, at: 0, count: headerBytes)) >> 4
        let size = fields & (1 << width - 1)
        let stored = fields >> width
        guard size <= Bound.block, size > 0 else { throw .badLiterals }
        guard stored <= block.count - headerBytes else { throw .truncated }
        var coded = unsafe UnsafeRawBufferPointer(rebasing: block[headerBytes..<headerBytes + stored])
        if first & 1 == 0 {
            let treeBytes = try unsafe huffman.read(coded)
            unsafe coded = UnsafeRawBufferPointer(rebasing: coded[treeBytes...])
        }
        guard huffman.isKnown else { throw .badTree }
        let output = unsafe UnsafeMutableRawBufferPointer(start: literalMemory.base, count: size)
        if format == 0 {
            try unsafe huffman.decode(coded, into: output)
        } else {
            try unsafe huffman.decodeFour(coded, into: output)
        }
        return unsafe Literals(base: literalMemory.base, count: size, sectionBytes: headerBytes + stored)
    }
}
