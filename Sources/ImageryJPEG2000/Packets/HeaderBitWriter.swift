// Writing of the bits of a packet header (T.800 B.10.1): after a byte of ones the next byte has seven.

/// Writes bits of packet headers.
struct HeaderBitWriter {
    private(set) var bytes: [UInt8] = []
    private var buffer: UInt8 = 0
    private var room: UInt8 = 8

    mutating func put(_ bit: UInt32) {
        room -= 1
        buffer |= UInt8(bit & 1) << room
        if room == 0 { flush() }
    }

    mutating func put(_ value: Int, bits: Int) {
        var place = bits
        while place > 0 {
            place -= 1
            put(UInt32(truncatingIfNeeded: value >> place))
        }
    }

    private mutating func flush() {
        bytes.append(buffer)
        room = buffer == 0xff ? 7 : 8
        buffer = 0
    }

    /// Ends the header: the last byte is filled with zeros, and is not FF.
    mutating func finish() {
        if room < 8 { flush() }
        if bytes.last == 0xff {
            bytes.append(0)
            buffer = 0
        }
        room = 8
    }
}
