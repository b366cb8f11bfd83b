// Where a scan stands: bits, predictions, restart markers (T.81 F.2.2.4, E.2.4).

import ImageryBase
import ImageryPlumbing

/// The state of entropy decoding between two MCUs.
@safe
final class EntropyState {
    let input: ScanInput
    private let findings: Findings
    private let salvage: Bool
    var reader: BitReader
    /// One for each component of the scan.
    let predictions: UnsafeMutablePointer<Int>
    private let memory: Scratch
    /// Counts the starts of scans and of restart intervals.
    private(set) var interval = 0
    /// Blocks that the current run of ends of band goes on for (T.81 G.1.2.2).
    var endOfBandRun = 0
    /// MCUs until the next restart marker.
    var mcusLeft = 0
    private var restartInterval = 0
    private var nextRestart = 0
    /// Nothing is there of the current restart interval: its blocks have no coefficients.
    private(set) var isMissing = false
    /// Nothing is there of this interval and all that follow in this scan.
    private(set) var hasEnded = false
    /// What the current scan is, for errors.
    private var scanOffset = 0
    private var isReported = false

    init(_ source: any ByteSource, _ context: ReadContext) throws(ImageryError) {
        input = try ScanInput(source, context.cancellation)
        findings = context.findings
        salvage = context.salvage
        memory = try Scratch(byteCount: 64)
        unsafe predictions = memory.base.bindMemory(to: Int.self, capacity: 4)
        reader = unsafe BitReader(at: input.limit)
    }

    /// Goes to the first MCU of a scan.
    func start(_ scan: Scan, restartInterval: Int) throws(ImageryError) {
        reader = unsafe BitReader(at: try input.seek(scan.dataOffset))
        scanOffset = scan.offset
        self.restartInterval = restartInterval
        nextRestart = 0
        mcusLeft = restartInterval == 0 ? .max : restartInterval
        isMissing = false
        hasEnded = false
        reset()
    }

    /// Goes to the first MCU of restart interval `number` of the scan that was started, whose data begins at `offset`.
    func seek(interval number: Int, at offset: Int) throws(ImageryError) {
        reader = unsafe BitReader(at: try input.pointer(to: offset))
        nextRestart = number & 7
        mcusLeft = restartInterval
        isMissing = false
        hasEnded = false
        reset()
    }

    private func reset() {
        for index in 0..<4 { unsafe predictions[index] = 0 }
        endOfBandRun = 0
        interval += 1
    }

    /// True when ``prepare()`` has something to do before the next MCU.
    @inline(__always)
    func needsAttention(_ reader: BitReader) -> Bool {
        mcusLeft == 0 || reader.padding > reader.count || reader.isBroken
    }

    /// Before an MCU: enough bytes, restart markers, and what the last MCU found.
    func prepare() throws(ImageryError) {
        try check()
        if unsafe reader.next >= input.limit { unsafe reader.next = try input.refill(reader.next) }
        if mcusLeft == 0 { try restart() }
    }

    /// Throws kind malformed when the last MCU went beyond the data or met a code that does not exist; with salvage, what is missing
    /// is left out.
    func check() throws(ImageryError) {
        if reader.isBroken {
            reader.isBroken = false
            if !isMissing { try report("the data holds a code that its table does not have, or a run beyond the block") }
        }
        if reader.isExhausted && !isMissing {
            let offset = unsafe input.offset(of: reader.next)
            try report(input.isEnd(offset) ? "the data ends early: it is truncated" : "a marker stands before the end of the data")
            skipInterval()
        }
    }

    private func skipInterval() {
        reader = unsafe BitReader(at: reader.next)
        isMissing = true
        if restartInterval == 0 { hasEnded = true }
    }

    private func report(_ message: String) throws(ImageryError) {
        let offset = unsafe input.offset(of: reader.next)
        guard salvage else { throw ImageryError(.malformed, "JPEG scan", message, at: offset) }
        if !isReported { findings.add(Diagnostic("JPEG scan", message, at: offset)) }
        isReported = true
    }

    /// Takes the restart marker that is due. A missing one leaves its interval empty, one too many is passed over.
    private func restart() throws(ImageryError) {
        let expected = nextRestart
        nextRestart = (nextRestart + 1) & 7
        mcusLeft = restartInterval
        reset()
        isMissing = false
        // The bytes are there: the buffer goes on for as long as an MCU needs, or ends with a marker.
        if unsafe reader.next[0] == 0xff && reader.next[1] == Marker.rst.lowerBound + UInt8(expected) {
            reader = unsafe BitReader(at: reader.next + 2)
            return
        }
        var from = unsafe input.offset(of: reader.next)
        while true {
            guard let found = try input.findMarker(from: from) else {
                reader = unsafe BitReader(at: try input.pointer(to: from))
                isMissing = true
                hasEnded = true
                return try report("restart marker \(expected) is missing: the data is truncated")
            }
            // Markers below SOF0 have no meaning.
            if found.code < 0xc0 {
                from = found.offset + 2
                continue
            }
            guard Marker.rst.contains(found.code) else {
                reader = unsafe BitReader(at: try input.pointer(to: found.offset))
                isMissing = true
                hasEnded = true
                return try report("restart marker \(expected) is missing before \(Marker.name(found.code))")
            }
            switch (Int(found.code - Marker.rst.lowerBound) - expected) & 7 {
            case 0:
                reader = unsafe BitReader(at: try input.pointer(to: found.offset + 2))
                return
            case 1, 2:
                // The one that is due is missing; this one waits for its own turn.
                reader = unsafe BitReader(at: try input.pointer(to: found.offset))
                isMissing = true
                return try report("restart marker \(expected) is missing")
            case 6, 7:
                try report("a restart marker stands where \(expected) is due")
                from = found.offset + 2
            default:
                reader = unsafe BitReader(at: try input.pointer(to: found.offset + 2))
                return try report("a restart marker stands where \(expected) is due")
            }
        }
    }

    /// Where the marker segments behind the scan's data begin.
    func endOfScan() -> Int { unsafe input.offset(of: reader.next) }
}
