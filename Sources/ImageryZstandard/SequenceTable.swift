// The tables that decode sequences (RFC 8878 section 3.1.1.3.2.1).

import ImageryBase
import ImageryPlumbing

/// A table for one part of sequences: from a state to a code's baseline and bits, and to the next state.
@safe
struct SequenceTable {
    /// A state: the code's baseline, the baseline of the next state, the code's extra bits, the bits that are added to the next state.
    /// Each field is a load of its own: taking one word apart costs more.
    struct Entry {
        private let fields: (baseline: UInt32, next: UInt16, extraBits: UInt8, bits: UInt8)

        init(baseline: UInt32, extraBits: UInt8, next: Int, bits: Int) {
            fields = (baseline, UInt16(next), extraBits, UInt8(bits))
        }

        @inline(__always) var baseline: UInt64 { UInt64(fields.baseline) }
        @inline(__always) var next: UInt64 { UInt64(fields.next) }
        @inline(__always) var extraBits: UInt64 { UInt64(fields.extraBits) }
        @inline(__always) var bits: UInt64 { UInt64(fields.bits) }
    }

    private let part: SequencePart
    private let memory: Scratch
    /// 2^log entries, of which 2^`part.maxLog` fit.
    let entries: UnsafeMutablePointer<Entry>
    private(set) var log = 0
    /// False until the frame has described a table.
    private(set) var isKnown = false

    init(_ part: SequencePart) throws(ImageryError) {
        self.part = part
        memory = try Scratch(byteCount: MemoryLayout<Entry>.stride << part.maxLog)
        unsafe entries = memory.base.bindMemory(to: Entry.self, capacity: 1 << part.maxLog)
    }

    /// A frame begins without a table.
    mutating func forget() { isKnown = false }

    /// Makes the table that `mode`, two bits of a sequences section, asks for; returns the bytes that describe it.
    mutating func read(mode: UInt8, _ input: UnsafeRawBufferPointer) throws(ZstandardFailure) -> Int {
        switch mode & 3 {
        case 0:
            fill(Distribution(log: part.predefinedLog, points: part.predefined))
            return 0
        case 1:
            guard let code = unsafe input.first else { throw .truncated }
            guard Int(code) < part.baselines.count else { throw .badDistribution }
            log = 0
            let only = Entry(baseline: part.baselines[Int(code)], extraBits: part.extraBits[Int(code)], next: 0, bits: 0)
            unsafe entries.initialize(to: only)
            isKnown = true
            return 1
        case 2:
            let (distribution, byteCount) = try unsafe Distribution.read(
                input, maxLog: part.maxLog, maxSymbols: part.baselines.count)
            fill(distribution)
            return byteCount
        default:
            guard isKnown else { throw .badDistribution }
            return 0
        }
    }

    private mutating func fill(_ distribution: Distribution) {
        log = distribution.log
        isKnown = true
        // In bounds: there are 2^log states, and no more symbols than codes.
        distribution.forEachState { state, symbol, bits, baseline in
            unsafe (entries + state).initialize(
                to: Entry(baseline: part.baselines[symbol], extraBits: part.extraBits[symbol], next: baseline, bits: bits))
        }
    }
}
