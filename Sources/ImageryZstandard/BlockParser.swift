// Bytes to literals and sequences: what all levels share (RFC 8878 section 3.1.1.3.2 says what a sequence is).

import ImageryBase
import ImageryPlumbing

/// How matches are looked for.
enum Search: Equatable {
    /// The newest occurrence of a few bytes.
    case fast(minimum: Int, tableLog: Int)
    /// The newest occurrences of eight and of five bytes.
    case double(longLog: Int, shortLog: Int)
    /// Chains of `candidates` occurrences of five bytes; up to `patience` bytes further a better match is preferred.
    case chains(candidates: Int, patience: Int, tableLog: Int)

    /// The search of levels 1 to 9; other numbers become the nearest of them.
    init(level: Int) {
        switch level {
        case ...1: self = .fast(minimum: 6, tableLog: 15)
        case 2: self = .fast(minimum: 5, tableLog: 16)
        case 3: self = .double(longLog: 17, shortLog: 16)
        case 4: self = .double(longLog: 18, shortLog: 17)
        case 5: self = .chains(candidates: 4, patience: 0, tableLog: 17)
        case 6: self = .chains(candidates: 6, patience: 1, tableLog: 17)
        case 7: self = .chains(candidates: 10, patience: 2, tableLog: 18)
        case 8: self = .chains(candidates: 20, patience: 2, tableLog: 19)
        default: self = .chains(candidates: 48, patience: 2, tableLog: 20)
        }
    }
}

/// One sequence as the entropy stage wants it.
struct CodedSequence {
    var literalLength: UInt32
    /// The length of the match, less the shortest one.
    var matchLength: UInt32
    /// 1 to 3 for one of the last offsets, else the offset and three.
    var offsetValue: UInt32
}

/// Takes a frame apart, block after block.
///
/// Positions are counted from the frame's first byte and fit 32 bits; tables hold positions plus one, so that zero is none. All pointers stay inside the frame: loads of eight
/// bytes happen up to eight bytes before its end, and candidates are behind the current position by at least one byte and at most the window.
@safe
final class BlockParser {
    let search: Search
    private var memory: Scratch?
    private let sequenceMemory: Scratch
    private let literalMemory: Scratch
    let sequences: UnsafeMutablePointer<CodedSequence>
    let literals: UnsafeMutablePointer<UInt8>
    private(set) var sequenceCount = 0
    private(set) var literalCount = 0
    /// The last three offsets.
    var history = Bound.firstOffsets

    /// The newest position of each hash, and of a second hash or the position before each position.
    private(set) var heads: UnsafeMutablePointer<UInt32>
    private(set) var others: UnsafeMutablePointer<UInt32>
    /// Logarithms of their sizes in this frame.
    private(set) var headsLog = 0
    private(set) var othersLog = 0
    /// The next position that chains do not hold yet.
    var nextToChain = 0

    /// The frame.
    private(set) var base: UnsafePointer<UInt8>
    private(set) var frameEnd = 0
    /// How far back a match may begin.
    private(set) var window = 0

    static let shortestMatch = 3
    /// Bytes at the end in which no match begins.
    static let tail = 8

    init(_ search: Search) throws(ImageryError) {
        self.search = search
        // A sequence takes at least four bytes of a block, as matches of less are not looked for.
        sequenceMemory = try Scratch(byteCount: MemoryLayout<CodedSequence>.stride * (Bound.block / 4 + 1))
        literalMemory = try Scratch(byteCount: Bound.block + 32)
        unsafe sequences = sequenceMemory.base.bindMemory(to: CodedSequence.self, capacity: Bound.block / 4 + 1)
        unsafe literals = literalMemory.base.bindMemory(to: UInt8.self, capacity: Bound.block + 32)
        unsafe heads = sequenceMemory.base.assumingMemoryBound(to: UInt32.self)
        unsafe others = heads
        unsafe base = UnsafePointer(literals)
    }

    /// Begins a frame of `count` bytes, less than 2^31, at `bytes`.
    func begin(_ bytes: UnsafePointer<UInt8>, count: Int, window: Int) throws(ImageryError) {
        unsafe base = bytes
        frameEnd = count
        self.window = window
        history = Bound.firstOffsets
        nextToChain = 0
        // Tables larger than the frame only cost the time to clear them.
        let enough = max(8, count.bitWidth - count.leadingZeroBitCount)
        switch search {
        case .fast(_, let log): (headsLog, othersLog) = (min(log, enough), 0)
        case .double(let long, let short): (headsLog, othersLog) = (min(long, enough), min(short, enough))
        case .chains(_, _, let log): (headsLog, othersLog) = (min(log, enough), min(Self.chainLog, enough))
        }
        let entries = 1 << headsLog + 1 << othersLog
        if memory?.byteCount ?? 0 < 4 * entries {
            memory = nil
            memory = try Scratch(byteCount: 4 * entries)
        }
        guard let memory else { return }
        unsafe memory.base.initializeMemory(as: UInt8.self, repeating: 0, count: 4 * entries)
        unsafe heads = memory.base.assumingMemoryBound(to: UInt32.self)
        unsafe others = heads + 1 << headsLog
    }

    /// Positions that chains remember.
    private static let chainLog = 22

    /// Takes the bytes `range` apart; what it makes of them replaces the last result.
    func parse(_ range: Range<Int>) {
        sequenceCount = 0
        literalCount = 0
        switch search {
        case .fast(let minimum, _): parseFast(range, minimum: minimum)
        case .double: parseDouble(range)
        case .chains(let candidates, let patience, _): parseChains(range, candidates: candidates, patience: patience)
        }
    }

    /// Adds the literals from `start` to `position` and a match that begins there.
    @inline(__always)
    func emit(from start: Int, to position: Int, distance: Int, length: Int) {
        appendLiterals(from: start, to: position)
        let offset = UInt32(truncatingIfNeeded: distance)
        let value: UInt32
        let (first, second, third) = history
        // Section 3.1.1.5: without literals the first of the offsets is passed over.
        if position > start {
            if offset == first {
                value = 1
            } else if offset == second {
                value = 2
                history = (second, first, third)
            } else if offset == third {
                value = 3
                history = (third, first, second)
            } else {
                value = offset &+ 3
                history = (offset, first, second)
            }
        } else if offset == second {
            value = 1
            history = (second, first, third)
        } else if offset == third {
            value = 2
            history = (third, first, second)
        } else if offset == first &- 1 {
            value = 3
            history = (offset, first, second)
        } else {
            value = offset &+ 3
            history = (offset, first, second)
        }
        unsafe sequences[sequenceCount] = CodedSequence(
            literalLength: UInt32(truncatingIfNeeded: position &- start),
            matchLength: UInt32(truncatingIfNeeded: length &- Self.shortestMatch), offsetValue: value)
        sequenceCount &+= 1
    }

    /// Adds literals.
    @inline(__always)
    func appendLiterals(from start: Int, to end: Int) {
        let count = end &- start
        let target = unsafe UnsafeMutableRawPointer(literals + literalCount)
        let source = unsafe UnsafeRawPointer(base + start)
        if count <= 16 && start &+ 16 <= frameEnd {
            // In bounds: the memory has 32 bytes more than a block.
            let step = unsafe source.loadUnaligned(as: SIMD2<UInt64>.self)
            unsafe target.storeBytes(of: step, as: SIMD2<UInt64>.self)
        } else {
            unsafe target.copyMemory(from: source, byteCount: count)
        }
        literalCount &+= count
    }

    @inline(__always)
    func word(_ position: Int) -> UInt32 {
        unsafe UnsafeRawPointer(base + position).loadUnaligned(as: UInt32.self).littleEndian
    }

    @inline(__always)
    func longWord(_ position: Int) -> UInt64 {
        unsafe UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self).littleEndian
    }

    /// A hash of `log` bits of the first `count` bytes at `position`.
    @inline(__always)
    func hash(_ position: Int, bytes count: Int, log: Int) -> Int {
        let bytes = longWord(position) &<< UInt64(64 &- 8 &* count)
        return Int(truncatingIfNeeded: (bytes &* 0x9E37_79B1_85EB_CA87) &>> UInt64(64 &- log))
    }

    /// How many bytes at `a` and `b`, which is behind it, are equal, up to `end` of the second.
    @inline(__always)
    func equalBytes(_ a: Int, _ b: Int, end: Int) -> Int {
        var count = 0
        while b &+ count &+ 8 <= end {
            let difference = longWord(a &+ count) ^ longWord(b &+ count)
            if difference != 0 { return count &+ difference.trailingZeroBitCount &>> 3 }
            count &+= 8
        }
        while b &+ count < end, unsafe base[a &+ count] == base[b &+ count] { count &+= 1 }
        return count
    }
}
