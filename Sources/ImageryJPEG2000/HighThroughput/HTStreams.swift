// The bit streams of an HT block without their stuffing (T.814 7.1).

import ImageryPlumbing

/// Copies bytes so that their bits follow each other without stuffed ones; the readers then need no more than a position.
@safe
enum HTStreams {
    /// Bytes that are written behind the end at most, beside the filling.
    static let slack = 16

    private static let lows: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// A stream that runs forward (MagSgn, SigProp): behind FF a byte has seven bits. `filler` bytes of `filling` follow.
    ///
    /// `output` has room for `count + filler + slack` bytes. Returns the number of bits.
    static func forward(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, into output: UnsafeMutablePointer<UInt8>, filling: UInt8, filler: Int
    ) -> Int {
        var place = 0
        var target = UnsafeMutableRawPointer(output)
        // Fewer than eight bits wait to be written.
        var pending: UInt64 = 0
        var waiting: UInt64 = 0
        var isStuffed = false
        while place < count {
            if place + 8 <= count && !isStuffed {
                let word = unsafe UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self).littleEndian
                // A byte is FF if its low bits carry into bit 7 and that bit is set.
                if ((word & lows) &+ 0x0101_0101_0101_0101) & word & highs == 0 {
                    unsafe target.storeBytes(of: (pending | word &<< waiting).littleEndian, as: UInt64.self)
                    unsafe target += 8
                    pending = waiting == 0 ? 0 : word &>> (64 &- waiting)
                    place += 8
                    continue
                }
            }
            let byte = unsafe bytes[place]
            place += 1
            pending |= UInt64(isStuffed ? byte & 0x7f : byte) &<< waiting
            waiting += isStuffed ? 7 : 8
            isStuffed = byte == 0xff
            if waiting >= 8 {
                unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: pending), as: UInt8.self)
                unsafe target += 1
                pending >>= 8
                waiting -= 8
            }
        }
        return unsafe finish(output, target, pending, waiting, filling, filler)
    }

    /// A stream that runs backward from the byte before `end` (VLC, MagRef): a byte behind one above 8F has seven bits if they are all ones.
    /// `pending` holds `waiting` bits that come first, `last` the byte they were in.
    static func backward(
        _ end: UnsafePointer<UInt8>, _ count: Int, after last: UInt8, pending: UInt64, waiting: UInt64,
        into output: UnsafeMutablePointer<UInt8>, filler: Int
    ) -> Int {
        var place = 0
        var target = UnsafeMutableRawPointer(output)
        var (pending, waiting, last) = (pending, waiting, last)
        while place < count {
            if place + 8 <= count {
                let word = unsafe UnsafeRawPointer(end - place - 8).loadUnaligned(as: UInt64.self).bigEndian
                if ((~word & lows) &+ lows) & highs == highs {
                    unsafe target.storeBytes(of: (pending | word &<< waiting).littleEndian, as: UInt64.self)
                    unsafe target += 8
                    pending = waiting == 0 ? 0 : word &>> (64 &- waiting)
                    last = UInt8(truncatingIfNeeded: word >> 56)
                    place += 8
                    continue
                }
            }
            let byte = unsafe (end - place - 1).pointee
            place += 1
            pending |= UInt64(byte) &<< waiting
            if last > 0x8f && byte & 0x7f == 0x7f {
                pending &= (1 &<< (waiting + 7)) - 1
                waiting += 7
            } else {
                waiting += 8
            }
            last = byte
            if waiting >= 8 {
                unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: pending), as: UInt8.self)
                unsafe target += 1
                pending >>= 8
                waiting -= 8
            }
        }
        return unsafe finish(output, target, pending, waiting, 0, filler)
    }

    private static func finish(
        _ output: UnsafeMutablePointer<UInt8>, _ target: UnsafeMutableRawPointer, _ pending: UInt64, _ waiting: UInt64,
        _ filling: UInt8, _ filler: Int
    ) -> Int {
        let rest = UInt64(filling) &<< waiting
        unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: pending | rest), as: UInt8.self)
        unsafe (target + 1).initializeMemory(as: UInt8.self, repeating: filling, count: filler + 8)
        return unsafe (target - UnsafeMutableRawPointer(output)) * 8 + Int(waiting)
    }
}

/// The MEL events (T.814 7.3.3): most significant bits first, behind FF a byte has seven; past the end ones.
@safe
struct MELDecoder {
    private var next: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private var bits: UInt64 = 0
    private var count: UInt64 = 0
    private var isStuffed = false
    private var state = 0
    /// Twice the number of events 0 to come, less two, and one more if an event 1 follows them.
    private var run = 0

    /// The exponents of Table 2, four bits each.
    private static let exponents: UInt64 = 0x5_4332_2211_1000

    /// `end` is the last byte, whose lower half counts as ones.
    init(_ bytes: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        unsafe next = bytes
        unsafe self.end = end
        load()
    }

    @inline(__always)
    mutating func event() -> Bool {
        run -= 2
        let isOne = run == -1
        if run < 0 { load() }
        return isOne
    }

    @inline(never)
    private mutating func load() {
        // At most six bits are taken.
        while count < 6 {
            var byte: UInt8 = 0xff
            if unsafe next < end {
                byte = unsafe next.pointee
                unsafe next += 1
            } else if unsafe next == end {
                byte = unsafe next.pointee | 0x0f
                unsafe next += 1
            }
            let width: UInt64 = isStuffed ? 7 : 8
            bits |= UInt64(isStuffed ? byte & 0x7f : byte) &<< (64 &- count &- width)
            count += width
            isStuffed = byte == 0xff
        }
        let exponent = Self.exponents &>> UInt64(4 &* state) & 15
        if bits >> 63 == 1 {
            run = (2 &<< Int(exponent)) - 2
            state = min(state + 1, 12)
            bits <<= 1
            count -= 1
        } else {
            run = exponent == 0 ? 1 : Int((bits &<< 1) &>> (64 &- exponent)) * 2 + 1
            state = max(state - 1, 0)
            bits &<<= exponent + 1
            count -= exponent + 1
        }
    }
}
