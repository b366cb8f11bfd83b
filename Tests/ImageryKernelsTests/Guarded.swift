/// Runs `body` on `count` bytes with guard bytes around them; nil when a guard byte was changed.
///
/// `shift` moves the bytes off their natural alignment; the bytes start as `initial`, or as 0xA5.
func guarded(_ count: Int, shift: Int = 0, initial: [UInt8]? = nil, _ body: (UnsafeMutableRawPointer) -> Void) -> [UInt8]? {
    let margin = 64
    var buffer = [UInt8](repeating: 0xA5, count: margin + shift + count + margin)
    if let initial { buffer.replaceSubrange(margin + shift..<margin + shift + count, with: initial) }
    unsafe buffer.withUnsafeMutableBytes { unsafe body($0.baseAddress! + margin + shift) }
    let intact =
        buffer[..<(margin + shift)].allSatisfy { $0 == 0xA5 } && buffer[(margin + shift + count)...].allSatisfy { $0 == 0xA5 }
    return intact ? Array(buffer[(margin + shift)..<(margin + shift + count)]) : nil
}

/// Lends the bytes at an address that is `shift` bytes off the allocation's alignment.
func lend<Result>(_ bytes: [UInt8], shift: Int = 0, _ body: (UnsafeRawPointer) -> Result) -> Result {
    let copy = [UInt8](repeating: 0x5A, count: shift) + bytes + [0x5A]
    return unsafe copy.withUnsafeBytes { unsafe body($0.baseAddress! + shift) }
}

extension Array<UInt8> {
    /// Every unit of `unit` bytes reversed.
    func swapped(_ unit: Int) -> [UInt8] {
        stride(from: 0, to: count, by: unit).flatMap { self[$0..<$0 + unit].reversed() }
    }

    /// A native unsigned integer of `size` bytes at `offset`.
    func integer(at offset: Int, size: Int) -> UInt64 {
        var value: UInt64 = 0
        for k in 0..<size {
            #if _endian(little)
                value |= UInt64(self[offset + k]) << UInt64(8 * k)
            #else
                value = value << 8 | UInt64(self[offset + k])
            #endif
        }
        return value
    }

    mutating func set(_ value: UInt64, at offset: Int, size: Int) {
        for k in 0..<size {
            #if _endian(little)
                self[offset + k] = UInt8(truncatingIfNeeded: value >> UInt64(8 * k))
            #else
                self[offset + k] = UInt8(truncatingIfNeeded: value >> UInt64(8 * (size - 1 - k)))
            #endif
        }
    }
}
