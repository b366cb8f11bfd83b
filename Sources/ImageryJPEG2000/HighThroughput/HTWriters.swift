// The three streams of an HT cleanup segment, the way in (T.814 7.1, 7.3.3 to 7.3.5).

/// The MagSgn stream: bits from the lowest on; behind a byte FF the next one has seven.
@safe
struct MagSgnWriter {
    private var next: UnsafeMutablePointer<UInt8>
    private var buffer: UInt64 = 0
    private var count: UInt64 = 0
    private var isAfterOnes = false

    /// `bytes` has room for all that is written, and eight bytes more.
    init(_ bytes: UnsafeMutablePointer<UInt8>) { unsafe next = bytes }

    /// Adds the `length` lowest bits of `bits`, 32 at most; the others are 0.
    @inline(__always)
    mutating func put(_ bits: UInt32, _ length: UInt32) {
        buffer |= UInt64(bits) &<< count
        count &+= UInt64(length)
        if count >= 32 { flush() }
    }

    @inline(__always)
    private mutating func flush() {
        let word = UInt32(truncatingIfNeeded: buffer)
        // Most often none of the next four bytes is FF.
        let inverse = ~word
        if !isAfterOnes && (inverse &- 0x0101_0101) & word & 0x8080_8080 == 0 {
            unsafe UnsafeMutableRawPointer(next).storeBytes(of: word.littleEndian, as: UInt32.self)
            unsafe next += 4
            buffer &>>= 32
            count &-= 32
        } else {
            unsafe (next, buffer, count, isAfterOnes) = Self.flushSlowly(next, buffer, count, isAfterOnes)
        }
    }

    @inline(never)
    private static func flushSlowly(
        _ next: UnsafeMutablePointer<UInt8>, _ buffer: UInt64, _ count: UInt64, _ isAfterOnes: Bool
    ) -> (UnsafeMutablePointer<UInt8>, UInt64, UInt64, Bool) {
        var (next, buffer, count, isAfterOnes) = unsafe (next, buffer, count, isAfterOnes)
        while count >= 8 {
            let bits: UInt64 = isAfterOnes ? 7 : 8
            let byte = UInt8(truncatingIfNeeded: buffer & ((1 &<< bits) &- 1))
            unsafe next[0] = byte
            unsafe next += 1
            buffer &>>= bits
            count &-= bits
            isAfterOnes = byte == 0xff
        }
        return unsafe (next, buffer, count, isAfterOnes)
    }

    /// Where the stream ends: readers go on with ones, so that bytes FF at the end are left out.
    mutating func finish() -> UnsafeMutablePointer<UInt8> {
        unsafe (next, buffer, count, isAfterOnes) = Self.flushSlowly(next, buffer, count, isAfterOnes)
        if count > 0 {
            let bits: UInt64 = isAfterOnes ? 7 : 8
            // Seven bits may be left behind a byte FF, and one byte holds them.
            let byte = UInt8(truncatingIfNeeded: (buffer | ~0 &<< count) & ((1 &<< bits) &- 1))
            if byte != 0xff {
                unsafe next[0] = byte
                unsafe next += 1
                isAfterOnes = false
            }
        }
        if isAfterOnes { unsafe next -= 1 }
        return unsafe next
    }
}

/// The MEL stream: runs of events 0, bits from the highest on; behind a byte FF the next one has seven.
struct MELWriter {
    fileprivate(set) var bytes: [UInt8] = []
    fileprivate var buffer: UInt8 = 0
    fileprivate var room: UInt8 = 8
    private var state = 0
    private var run = 0

    /// E of Table 2.
    private static let exponents: [Int] = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5]

    mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        (buffer, room, state, run) = (0, 8, 0, 0)
    }

    mutating func put(event: Bool) {
        let exponent = Self.exponents[state]
        if event {
            bit(0)
            for place in (0..<exponent).reversed() { bit(UInt8(run >> place & 1)) }
            run = 0
            state = max(0, state - 1)
        } else {
            run += 1
            guard run == 1 << exponent else { return }
            bit(1)
            run = 0
            state = min(12, state + 1)
        }
    }

    private mutating func bit(_ bit: UInt8) {
        room -= 1
        buffer |= bit << room
        if room == 0 {
            bytes.append(buffer)
            room = buffer == 0xff ? 7 : 8
            buffer = 0
        }
    }

    /// Ends an unfinished run: readers may find more events 0 than there were.
    mutating func finishRun() {
        if run > 0 { bit(1) }
        run = 0
    }
}

/// The VLC stream: bytes from the segment's end backwards, bits from the lowest on. A byte whose lower seven bits are ones has only these when the
/// byte after it is above 8F.
struct VLCWriter {
    /// Backwards: the first is the segment's last but one, whose lower four bits are those of Scup.
    private(set) var bytes: [UInt8] = []
    private var buffer: UInt64 = 0xf
    private var count: UInt64 = 4
    private var isAfterHigh = true

    mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        (buffer, count, isAfterHigh) = (0xf, 4, true)
    }

    /// Adds the `length` lowest bits of `bits`; the others are 0.
    @inline(__always)
    mutating func put(_ bits: UInt64, _ length: UInt64) {
        buffer |= bits &<< count
        count &+= length
        while count >= 8 {
            let bits: UInt64 = isAfterHigh && buffer & 0x7f == 0x7f ? 7 : 8
            let byte = UInt8(truncatingIfNeeded: buffer & ((1 &<< bits) &- 1))
            bytes.append(byte)
            buffer &>>= bits
            count &-= bits
            isAfterHigh = byte > 0x8f
        }
    }

    /// Appends both streams to those bytes, with Scup at the end: their last bytes become one where they agree (T.814 7.1.1).
    mutating func finish(_ events: inout MELWriter, into segment: UnsafeMutablePointer<UInt8>) -> Int {
        events.finishRun()
        // Seven bits may be all of a stuffed byte.
        if count == 7, isAfterHigh, buffer & 0x7f == 0x7f {
            bytes.append(0x7f)
            (buffer, count, isAfterHigh) = (0, 0, false)
        }
        let eventMask = UInt8(truncatingIfNeeded: 0xff << UInt32(events.room))
        let codeMask = UInt8((1 << count) - 1)
        let both = events.buffer | UInt8(truncatingIfNeeded: buffer)
        let agree = (both ^ events.buffer) & eventMask == 0 && (both ^ UInt8(truncatingIfNeeded: buffer)) & codeMask == 0
        var target = unsafe segment
        for byte in events.bytes {
            unsafe target[0] = byte
            unsafe target += 1
        }
        if agree, both != 0xff, !bytes.isEmpty {
            if eventMask | codeMask != 0 {
                unsafe target[0] = both
                unsafe target += 1
            }
        } else {
            if eventMask != 0 {
                unsafe target[0] = events.buffer
                unsafe target += 1
            }
            if codeMask != 0 || bytes.isEmpty { bytes.append(UInt8(truncatingIfNeeded: buffer)) }
        }
        for byte in bytes.reversed() {
            unsafe target[0] = byte
            unsafe target += 1
        }
        let length = unsafe target + 1 - segment
        unsafe target[0] = UInt8(length >> 4)
        unsafe target[-1] = target[-1] & 0xf0 | UInt8(length & 15)
        return length
    }
}
