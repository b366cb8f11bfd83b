// LZW, the way in (TIFF 6.0 section 13): codes of 9 to 12 bits, most significant first; a width begins one code early.

import ImageryBase
import ImageryPlumbing

/// Turns blocks of bytes into LZW codes. Keeps its table from block to block.
@safe
final class LZWEncoder {
    private static let clear: UInt32 = 256
    private static let end: UInt32 = 257
    private static let first: UInt32 = 258
    /// The table is cleared before this code is given away.
    private static let last: UInt32 = 4094
    private static let slotBits: UInt32 = 13
    private static let generations: UInt32 = 1 << 12

    /// Slots of the table: `generation << 20 | prefix << 8 | byte`, and the code beside. Entries of other generations count as empty.
    private let memory: Scratch
    private var generation: UInt32 = 0

    /// Throws kind limit when the memory cannot be had.
    init() throws(ImageryError) {
        memory = try Scratch(byteCount: (4 + 2) << Int(Self.slotBits))
        forget()
    }

    private func forget() {
        unsafe memory.base.initializeMemory(as: UInt8.self, repeating: 0, count: memory.byteCount)
        generation = 1
    }

    /// Bytes that `count` may become at most: 12 bits for each, and the codes that clear and end.
    static func bound(_ count: Int) -> Int { count + count / 2 + count / 1024 + 16 }

    /// Encodes a block of `count` bytes and returns how many bytes it became; `output` has room for ``bound(_:)``.
    func encode(_ input: UnsafeRawPointer, count: Int, into output: UnsafeMutableRawPointer) -> Int {
        var writer = unsafe CodeWriter(output: output)
        nextGeneration()
        writer.put(Self.clear)
        guard count > 0 else {
            writer.put(Self.end)
            return writer.finish()
        }
        // Slots are found by a hash of 13 bits and linear probing modulo their number; a generation fills less than half of them.
        let keys = unsafe memory.base.assumingMemoryBound(to: UInt32.self)
        let codes = unsafe (memory.base + 4 << Int(Self.slotBits)).assumingMemoryBound(to: UInt16.self)
        let mask = 1 << Int(Self.slotBits) - 1
        var next = Self.first
        var prefix = unsafe UInt32(input.load(as: UInt8.self))
        for place in 1..<max(1, count) {
            let byte = unsafe UInt32(input.load(fromByteOffset: place, as: UInt8.self))
            let key = generation &<< 20 | prefix &<< 8 | byte
            var slot = Int(truncatingIfNeeded: ((prefix &<< 8 | byte) &* 0x9e37_79b1) &>> (32 &- Self.slotBits))
            while unsafe keys[slot] &>> 20 == generation, unsafe keys[slot] != key { slot = (slot &+ 1) & mask }
            if unsafe keys[slot] == key {
                prefix = unsafe UInt32(codes[slot])
                continue
            }
            writer.put(prefix)
            unsafe keys[slot] = key
            unsafe codes[slot] = UInt16(truncatingIfNeeded: next)
            prefix = byte
            next &+= 1
            if next == Self.last {
                writer.put(Self.clear)
                writer.width = 9
                next = Self.first
                nextGeneration()
            } else if next &>> writer.width != 0 {
                writer.width &+= 1
            }
        }
        writer.put(prefix)
        next &+= 1
        if next == Self.last {
            writer.put(Self.clear)
            writer.width = 9
        } else if next &>> writer.width != 0 {
            writer.width &+= 1
        }
        writer.put(Self.end)
        return writer.finish()
    }

    private func nextGeneration() {
        generation += 1
        if generation == Self.generations { forget() }
    }
}

/// Codes to bytes, most significant bit first.
@safe
private struct CodeWriter {
    private let output: UnsafeMutableRawPointer
    private var written = 0
    private var held: UInt32 = 0
    private var heldBits: UInt32 = 0
    /// Bits of a code.
    var width: UInt32 = 9

    init(output: UnsafeMutableRawPointer) { unsafe self.output = unsafe output }

    @inline(__always)
    mutating func put(_ code: UInt32) {
        // Fewer than 8 bits are held, and a code has at most 12.
        held = held &<< width | code
        heldBits &+= width
        while heldBits >= 8 {
            heldBits &-= 8
            unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: held &>> heldBits), toByteOffset: written, as: UInt8.self)
            written &+= 1
        }
    }

    /// Fills the last byte up with zeros; returns the bytes written.
    mutating func finish() -> Int {
        if heldBits > 0 {
            unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: held &<< (8 - heldBits)), toByteOffset: written, as: UInt8.self)
            written &+= 1
        }
        return written
    }
}
