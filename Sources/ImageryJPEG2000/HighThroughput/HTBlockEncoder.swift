// Encoding of an HT code-block: one cleanup pass down to the lowest bit-plane (T.814 7.3).

/// The memory that HT blocks are encoded in.
@safe
final class HTBlockEncoder {
    private let tables = HTEncodingTables.shared
    /// Signs and magnitudes, rows of an even number of samples.
    private let samples: UnsafeMutablePointer<UInt32>
    /// Of the quads above: patterns, and exponents of the lower samples; a border of one quad left and two right.
    private let patterns: UnsafeMutablePointer<UInt8>
    private let exponents: UnsafeMutablePointer<UInt8>
    private let bytes: UnsafeMutablePointer<UInt8>
    private var events = MELWriter()
    private var codes = VLCWriter()

    /// Bytes of all samples with 32 bits each, one of eight bits stuffed, and the other two streams.
    private static let capacity = CodeBlockSize.largestArea * 5 + 8192
    private static let quadColumns = CodeBlockSize.longestSide / 2 + 4

    init() {
        unsafe samples = .allocate(capacity: CodeBlockSize.largestArea)
        unsafe patterns = .allocate(capacity: Self.quadColumns)
        unsafe exponents = .allocate(capacity: 2 * Self.quadColumns)
        unsafe bytes = .allocate(capacity: Self.capacity)
    }

    deinit {
        unsafe samples.deallocate()
        unsafe patterns.deallocate()
        unsafe exponents.deallocate()
        unsafe bytes.deallocate()
    }

    /// Encodes a block whose rows `row` puts into memory as signs and magnitudes; it returns all magnitudes with the logical or.
    func encode(
        width: Int, height: Int, magnitudeBits: Int, _ row: (Int, UnsafeMutablePointer<UInt32>) -> UInt32
    ) -> EncodedBlock {
        var result = EncodedBlock()
        // Sides are powers of two at least, or cut off: an even number of samples always fits.
        let pitch = (width + 1) & ~1
        let rows = (height + 1) & ~1
        var all: UInt32 = 0
        for y in 0..<height {
            all |= unsafe row(y, samples + y * pitch)
            if pitch > width { unsafe samples[y * pitch + width] = 0 }
        }
        if rows > height { unsafe (samples + height * pitch).update(repeating: 0, count: pitch) }
        guard all != 0 else { return result }
        unsafe patterns.update(repeating: 0, count: pitch / 2 + 4)
        unsafe exponents.update(repeating: 0, count: pitch + 8)
        events.reset()
        codes.reset()
        var magnitudes = unsafe MagSgnWriter(bytes)
        for y in stride(from: 0, to: rows, by: 2) {
            unsafe encodeRow(samples + y * pitch, pitch, isFirst: y == 0, &magnitudes)
        }
        let start = unsafe magnitudes.finish()
        let length = unsafe (start - bytes) + codes.finish(&events, into: start)
        unsafe result.bytes = Array(UnsafeBufferPointer(start: bytes, count: length))
        result.passCount = 1
        // The pass is on the lowest bit-plane, whatever the magnitudes are.
        let used = UInt32.bitWidth - all.leadingZeroBitCount
        result.zeroBitPlanes = used <= magnitudeBits ? magnitudeBits - 1 : -1
        return result
    }

    /// A quad: its pattern, its largest exponent, which samples have that, and the values (T.814 7.3.7, 7.3.8).
    private struct Quad {
        var pattern: UInt32 = 0
        var largest: UInt32 = 0
        var values: SIMD4<UInt32> = .zero
        var exponents: SIMD4<UInt32> = .zero

        @inline(__always)
        init(_ upper: UnsafePointer<UInt32>, _ lower: UnsafePointer<UInt32>) {
            unsafe add(upper[0], 0)
            unsafe add(lower[0], 1)
            unsafe add(upper[1], 2)
            unsafe add(lower[1], 3)
        }

        @inline(__always)
        private mutating func add(_ sample: UInt32, _ n: Int) {
            let twice = sample &<< 1
            guard twice != 0 else { return }
            pattern |= 1 &<< UInt32(truncatingIfNeeded: n)
            // E is the number of bits of 2 x magnitude - 1.
            let exponent = UInt32(truncatingIfNeeded: 32 &- (twice &- 1).leadingZeroBitCount)
            exponents[n] = exponent
            values[n] = (twice &- 2) | sample &>> 31
            largest = exponent > largest ? exponent : largest
        }

        /// The samples whose exponent is `exponent`.
        @inline(__always)
        func having(_ exponent: UInt32) -> UInt32 {
            var result: UInt32 = 0
            for n in 0..<4 { result |= exponents[n] == exponent ? 1 &<< UInt32(truncatingIfNeeded: n) : 0 }
            return result
        }
    }

    private func encodeRow(
        _ upper: UnsafePointer<UInt32>, _ pitch: Int, isFirst: Bool, _ writer: inout MagSgnWriter
    ) {
        let lower = unsafe upper + pitch
        let table = unsafe isFirst ? tables.codes : tables.codes + HTEncodingTables.count
        // Borders: quad -1 stands at 0.
        let above = unsafe patterns + 1
        let heights = unsafe exponents + 2
        var magnitudes = writer
        var left: UInt32 = 0
        // Of the quad left above, before it was replaced.
        var corner: UInt32 = 0
        var cornerHeight: UInt8 = 0
        var column = 0
        let quads = pitch / 2
        while column < quads {
            var code: UInt64 = 0
            var length: UInt64 = 0
            var us: (UInt32, UInt32) = (0, 0)
            for part in 0..<2 where column + part < quads {
                let place = column + part
                let quad = unsafe Quad(upper + 2 * place, lower + 2 * place)
                let near = unsafe UInt32(above[place])
                let context: UInt32
                if isFirst {
                    context = (left | left &>> 1) & 1 | (left &>> 1) & 6
                } else {
                    let right = unsafe UInt32(above[place + 1])
                    let low = (corner &>> 3 | near &>> 1) & 1
                    let middle = (left &>> 1 | left &>> 2) & 2
                    context = low | middle | (near &>> 1 | right &<< 1) & 4
                }
                // Kappa (T.814 7.3.6): the exponents below which a quad of several samples seldom stays.
                var kappa: UInt32 = 1
                if !isFirst, quad.pattern & (quad.pattern &- 1) != 0 {
                    let own = unsafe max(heights[2 * place], heights[2 * place + 1])
                    let most = unsafe max(own, max(cornerHeight, heights[2 * place + 2]))
                    kappa = most > 2 ? UInt32(most) &- 1 : 1
                }
                let bound = max(kappa, quad.largest)
                let u = quad.pattern == 0 ? 0 : bound &- kappa
                if context == 0 { events.put(event: quad.pattern != 0) }
                if context != 0 || quad.pattern != 0 {
                    let largest = u == 0 ? 0 : quad.having(bound)
                    let entry = unsafe UInt32(table[Int(context &<< 8 | quad.pattern &<< 4 | largest)])
                    code |= UInt64(entry &>> 8) &<< length
                    length &+= UInt64(entry &>> 4 & 15)
                    Self.put(quad, bound, known: entry & 15, &magnitudes)
                }
                if part == 0 { us.0 = u } else { us.1 = u }
                corner = near
                unsafe cornerHeight = heights[2 * place + 1]
                left = quad.pattern
                unsafe above[place] = UInt8(truncatingIfNeeded: quad.pattern)
                unsafe heights[2 * place] = UInt8(truncatingIfNeeded: quad.exponents[1])
                unsafe heights[2 * place + 1] = UInt8(truncatingIfNeeded: quad.exponents[3])
            }
            codes.put(code, length)
            put(us.0, us.1, isFirst: isFirst)
            column += 2
        }
        writer = magnitudes
    }

    /// The values of a quad's significant samples, less the bits that the codeword tells.
    @inline(__always)
    private static func put(_ quad: Quad, _ bound: UInt32, known: UInt32, _ magnitudes: inout MagSgnWriter) {
        for n in 0..<4 {
            let place = UInt32(truncatingIfNeeded: n)
            guard quad.pattern &>> place & 1 != 0 else { continue }
            let bits = bound &- (known &>> place & 1)
            magnitudes.put(quad.values[n] & ((1 &<< bits) &- 1), bits)
        }
    }

    /// The u values of a pair of quads (T.814 7.3.6).
    @inline(__always)
    private func put(_ first: UInt32, _ second: UInt32, isFirst: Bool) {
        guard first | second != 0 else { return }
        var (left, right) = (first, second)
        if isFirst, left != 0, right != 0 {
            let isLarge = left > 2 && right > 2
            events.put(event: isLarge)
            if isLarge {
                left &-= 2
                right &-= 2
            } else if left > 2 {
                // The right one is 1 or 2: one bit.
                let entry = unsafe tables.values[Int(left)]
                put(entry, UInt64(right &- 1), 1)
                return
            }
        }
        let one = unsafe tables.values[Int(left)]
        let other = unsafe tables.values[Int(right)]
        let oneLength = UInt64(one &>> 4 & 15)
        codes.put(UInt64(one & 15) | UInt64(other & 15) &<< oneLength, oneLength &+ UInt64(other &>> 4 & 15))
        putSuffixes(one, other)
    }

    /// The left value's code with `bits` in the place of the right one's.
    private func put(_ entry: UInt32, _ bits: UInt64, _ length: UInt64) {
        let own = UInt64(entry &>> 4 & 15)
        codes.put(UInt64(entry & 15) | bits &<< own, own &+ length)
        putSuffixes(entry, 0)
    }

    private func putSuffixes(_ one: UInt32, _ other: UInt32) {
        for entry in [one, other] {
            let length = UInt64(entry &>> 20 & 15)
            codes.put(UInt64(entry &>> 8) & ((1 &<< length) &- 1), length)
        }
        for entry in [one, other] {
            let length = UInt64(entry &>> 24 & 15)
            codes.put(UInt64(entry &>> 13) & ((1 &<< length) &- 1), length)
        }
    }
}
