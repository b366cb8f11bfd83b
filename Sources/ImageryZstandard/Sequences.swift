// The sequences of a block, and what they make of literals and bytes before (RFC 8878 sections 3.1.1.3.2 to 3.1.1.5).

import ImageryPlumbing

extension ZstandardDecoder {
    /// Where a frame's bytes go.
    @safe
    struct Output {
        /// The first byte of the frame: no match reaches further back.
        let frame: UnsafeMutableRawPointer
        var next: UnsafeMutableRawPointer
        let end: UnsafeMutableRawPointer

        /// True when there were more bytes than room.
        var isCut = false

        /// How many of `count` bytes fit.
        mutating func take(_ count: Int) -> Int {
            let room = unsafe end - next
            if count > room { isCut = true }
            return min(count, room)
        }
    }

    /// Decodes a compressed block of at most `maximum` bytes, as far as there is room; `behind` readable bytes follow it.
    func decodeBlock(
        _ block: UnsafeRawBufferPointer, behind: Int, maximum: Int, into output: inout Output
    ) throws(ZstandardFailure) {
        let literals = try unsafe readLiterals(block, behind: behind)
        let section = unsafe UnsafeRawBufferPointer(rebasing: block[literals.sectionBytes...])
        let (count, start) = try unsafe readTables(section)
        var rest = literals
        var allowed = maximum
        if count > 0 {
            let stream = unsafe UnsafeRawBufferPointer(rebasing: section[start...])
            try unsafe execute(count, stream, allowed: &allowed, &rest, &output)
            if output.isCut { return }
        } else {
            guard start == section.count else { throw .badBits }
        }
        // Literals behind the last sequence.
        guard rest.count <= allowed else { throw .badLength }
        let size = output.take(rest.count)
        unsafe output.next.copyMemory(from: rest.base, byteCount: size)
        unsafe output.next += size
    }

    /// The count of sequences and their tables (section 3.1.1.3.2.1), and how many bytes they take.
    private func readTables(_ section: UnsafeRawBufferPointer) throws(ZstandardFailure) -> (count: Int, byteCount: Int) {
        guard let first = unsafe section.first else { throw .truncated }
        let countBytes = first < 128 ? 1 : first < 255 ? 2 : 3
        guard section.count >= countBytes else { throw .truncated }
        let count =
            switch countBytes {
            case 1: Int(first)
            case 2: unsafe (Int(first) - 128) << 8 + Int(section[1])
            default: unsafe Int(littleEndian(section, at: 1, count: 2)) + 0x7F00
            }
        guard count > 0 else { return (0, countBytes) }
        guard section.count > countBytes else { throw .truncated }
        let modes = unsafe section[countBytes]
        guard modes & 3 == 0 else { throw .badDistribution }
        var position = countBytes + 1
        position += try unsafe literalsLengths.read(mode: modes >> 6, UnsafeRawBufferPointer(rebasing: section[position...]))
        position += try unsafe offsets.read(mode: modes >> 4, UnsafeRawBufferPointer(rebasing: section[position...]))
        position += try unsafe matchLengths.read(mode: modes >> 2, UnsafeRawBufferPointer(rebasing: section[position...]))
        return (count, position)
    }

    /// Bytes behind a sequence that the copies in steps of sixteen may overwrite.
    private static var outputSlack: Int { 32 }

    /// Decodes and carries out `count` sequences.
    ///
    /// Proof of the pointers: states stay inside their tables, whose entries lead nowhere else; literals are counted down; a match begins at or behind the frame's first byte;
    /// copies in steps need `outputSlack` bytes behind their end, and `Literals.slack` bytes to read, else single bytes are copied, as far as there is room.
    private func execute(
        _ count: Int, _ stream: UnsafeRawBufferPointer, allowed left: inout Int, _ literals: inout Literals, _ output: inout Output
    ) throws(ZstandardFailure) {
        guard var bits = unsafe BackwardBits(stream) else { throw .badBits }
        let lengthTable = unsafe UnsafePointer(literalsLengths.entries)
        let offsetTable = unsafe UnsafePointer(offsets.entries)
        let matchTable = unsafe UnsafePointer(matchLengths.entries)
        var lengthState = bits.read(UInt64(literalsLengths.log))
        var offsetState = bits.read(UInt64(offsets.log))
        var matchState = bits.read(UInt64(matchLengths.log))
        var (first, second, third) = history
        var target = unsafe output.next
        var source = unsafe literals.base
        var literalCount = literals.count
        let frame = unsafe output.frame
        let end = unsafe output.end
        var allowed = left
        var remaining = count
        defer {
            left = allowed
            unsafe output.next = target
            unsafe literals.base = source
            literals.count = literalCount
            history = (first, second, third)
        }
        while remaining > 0 {
            remaining &-= 1
            bits.reload()
            guard !bits.isExhausted else { throw .badBits }
            let lengthEntry = unsafe lengthTable[Int(truncatingIfNeeded: lengthState)]
            let offsetEntry = unsafe offsetTable[Int(truncatingIfNeeded: offsetState)]
            let matchEntry = unsafe matchTable[Int(truncatingIfNeeded: matchState)]
            // At most 31 + 16 bits; 16 more and 9 + 9 + 8 of the next states need another look.
            let offsetValue = offsetEntry.baseline &+ bits.read(offsetEntry.extraBits)
            let matchLength = Int(truncatingIfNeeded: matchEntry.baseline &+ bits.read(matchEntry.extraBits))
            if offsetEntry.extraBits &+ matchEntry.extraBits &+ lengthEntry.extraBits > 31 { bits.reload() }
            let literalLength = Int(truncatingIfNeeded: lengthEntry.baseline &+ bits.read(lengthEntry.extraBits))
            if remaining > 0 {
                lengthState = lengthEntry.next &+ bits.read(lengthEntry.bits)
                matchState = matchEntry.next &+ bits.read(matchEntry.bits)
                offsetState = offsetEntry.next &+ bits.read(offsetEntry.bits)
            }

            let offset: UInt32
            if offsetValue > 3 {
                offset = UInt32(truncatingIfNeeded: offsetValue &- 3)
                (first, second, third) = (offset, first, second)
            } else {
                // Section 3.1.1.5: without literals the first of the offsets is passed over.
                switch offsetValue &+ (literalLength == 0 ? 1 : 0) {
                case 1: offset = first
                case 2:
                    offset = second
                    (first, second) = (second, first)
                case 3:
                    offset = third
                    (first, second, third) = (third, first, second)
                default:
                    offset = first &- 1
                    (first, second, third) = (offset, first, second)
                }
            }
            let distance = Int(offset)

            guard literalLength <= literalCount, literalLength &+ matchLength <= allowed else { throw .badLength }
            allowed &-= literalLength &+ matchLength
            let room = unsafe end - target
            guard distance > 0, unsafe distance <= target - frame &+ literalLength else { throw .badOffset }
            if literalLength &+ matchLength &+ Self.outputSlack > room {
                guard unsafe copyCarefully(literalLength, matchLength, distance, &source, &target, end) else {
                    output.isCut = true
                    return
                }
                literalCount &-= literalLength
                continue
            }
            unsafe Self.copySteps(source, target, literalLength)
            unsafe source += literalLength
            unsafe target += literalLength
            literalCount &-= literalLength
            let match = unsafe target - distance
            if distance >= 16 {
                unsafe Self.copySteps(UnsafeRawPointer(match), target, matchLength)
            } else {
                unsafe Self.copyNear(UnsafeRawPointer(match), target, distance, matchLength)
            }
            unsafe target += matchLength
        }
        bits.reload()
        guard bits.isFinished else { throw .badBits }
    }

    /// Copies in steps of sixteen bytes, one at least.
    @inline(__always)
    private static func copySteps(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        var index = 0
        repeat {
            let step = unsafe source.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
            unsafe target.storeBytes(of: step, toByteOffset: index, as: SIMD2<UInt64>.self)
            index &+= 16
        } while index < count
    }

    /// Copies a match that overlaps itself within less than sixteen bytes.
    @inline(__always)
    private static func copyNear(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
        var index = 0
        if distance >= 8 {
            repeat {
                unsafe target.storeBytes(
                    of: source.loadUnaligned(fromByteOffset: index, as: UInt64.self), toByteOffset: index, as: UInt64.self)
                index &+= 8
            } while index < count
        } else {
            // Eight bytes hold at least one period; steps of whole periods keep the phase.
            var pattern: UInt64 = 0
            for byte in 0..<distance {
                unsafe pattern |= UInt64(source.load(fromByteOffset: byte, as: UInt8.self)) &<< UInt64(8 &* byte)
            }
            let period = UInt64(8 &* distance)
            var filled = period
            while filled < 64 {
                pattern |= pattern &<< filled
                filled &*= 2
            }
            let step = 8 / distance &* distance
            repeat {
                unsafe target.storeBytes(of: pattern.littleEndian, toByteOffset: index, as: UInt64.self)
                index &+= step
            } while index < count
        }
    }

    /// Copies byte by byte as far as there is room; false when it ends there.
    private func copyCarefully(
        _ literalLength: Int, _ matchLength: Int, _ distance: Int, _ source: inout UnsafeRawPointer,
        _ target: inout UnsafeMutableRawPointer, _ end: UnsafeMutableRawPointer
    ) -> Bool {
        let literals = unsafe min(literalLength, end - target)
        unsafe target.copyMemory(from: source, byteCount: literals)
        unsafe source += literals
        unsafe target += literals
        let length = unsafe min(matchLength, end - target)
        for index in 0..<length {
            unsafe target.storeBytes(of: (target + index - distance).load(as: UInt8.self), toByteOffset: index, as: UInt8.self)
        }
        unsafe target += length
        return literals == literalLength && length == matchLength
    }
}
