// Earlier occurrences of the bytes ahead (RFC 1951 4), through hash chains.

/// A repetition of earlier bytes; none has the length 0.
struct Match {
    var length = 0
    var distance = 0
}

/// The newest position of every hash of 3 and of 4 bytes, and for each position the one before it with the same hash of 4.
///
/// Positions are stored as distances from `base`, in -32767...32767, and `none`. When the current position is 32768 beyond `base`, `base` moves there
/// and all entries with it; what falls out of the range is out of reach.
///
/// Proof of the pointers: positions asked for have 8 readable bytes behind `limit` (`DeflateWindow.slack`), entries above `cutoff` are positions of
/// this window at most 32767 back, and indices are hashes of as many bits as their table, or positions modulo the size of `older`.
@safe
struct MatchFinder {
    static let reach = 32768
    static let longest = 258
    private static let bits3: UInt32 = 15
    private static let bits4: UInt32 = 16
    /// Entries of the three tables together.
    static let entryCount = 1 << 15 + 1 << 16 + reach
    private static let none = Int16.min

    private let newest3: UnsafeMutablePointer<Int16>
    private let newest4: UnsafeMutablePointer<Int16>
    private let older: UnsafeMutablePointer<Int16>
    private var base: UnsafeRawPointer
    // What the tables say about the next position: looked up while the chain of the one before is walked, to hide the way to memory.
    private var slot3 = 0
    /// How far matches of three bytes are looked for; with 0 they are not made known either.
    private var reach3 = 0
    private var slot4 = 0
    private var newestOf3 = none
    private var newestOf4 = none

    /// `entries` has the room of `entryCount`.
    init(entries: UnsafeMutablePointer<Int16>, start: UnsafeRawPointer) {
        unsafe newest3 = entries
        unsafe newest4 = entries + (1 << Int(Self.bits3))
        unsafe older = newest4 + (1 << Int(Self.bits4))
        unsafe base = start
    }

    /// Forgets everything; the next position is `start`.
    mutating func reset(start: UnsafeRawPointer) {
        unsafe newest3.update(repeating: Self.none, count: Self.entryCount)
        unsafe base = start
    }

    /// The window's bytes have moved `count` bytes down.
    mutating func slide(by count: Int) { unsafe base -= count }

    /// Takes `reach` from all entries: those from `base` on lose 32768, those before it become `none`.
    @inline(never)
    private static func age(_ entries: UnsafeMutablePointer<Int16>) {
        for index in 0..<entryCount {
            let entry = unsafe entries[index]
            unsafe entries[index] = (entry & ~(entry &>> 15)) ^ none
        }
    }

    @inline(__always)
    private static func hash3(_ word: UInt32) -> Int {
        Int(truncatingIfNeeded: ((word &<< 8) &* 0x9e37_79b1) &>> (32 &- bits3))
    }

    @inline(__always)
    private static func hash4(_ word: UInt32) -> Int { Int(truncatingIfNeeded: (word &* 0x9e37_79b1) &>> (32 &- bits4)) }

    /// The newest entries for the four bytes at `position` and their slots.
    @inline(__always)
    private mutating func lookUp(_ position: UnsafeRawPointer) {
        let word = unsafe position.loadUnaligned(as: UInt32.self).littleEndian
        if reach3 > 0 {
            slot3 = Self.hash3(word)
            newestOf3 = unsafe newest3[slot3]
        }
        slot4 = Self.hash4(word)
        newestOf4 = unsafe newest4[slot4]
    }

    /// Where `position` is beyond `base`, which stays less than `reach` behind.
    @inline(__always)
    private mutating func relative(_ position: UnsafeRawPointer) -> Int {
        let distance = unsafe position - base
        guard distance >= Self.reach else { return distance }
        unsafe Self.age(newest3)
        unsafe base += Self.reach
        newestOf3 = unsafe newest3[slot3]
        newestOf4 = unsafe newest4[slot4]
        return distance &- Self.reach
    }

    /// Has to come before the first search of a piece.
    mutating func begin(at position: UnsafeRawPointer, reach3: Int) {
        self.reach3 = min(reach3, Self.reach)
        unsafe lookUp(position)
    }

    /// The longest match at `position` that is longer than `shortest`, and makes `position` known.
    ///
    /// At most `limit` bytes long (4 to `longest`); looks at up to `depth` candidates and is content with `nice` bytes.
    @inline(__always)
    mutating func longestMatch(
        at position: UnsafeRawPointer, longerThan shortest: Int, limit: Int, depth: Int, nice: Int
    ) -> Match {
        let here = unsafe relative(position)
        let word = unsafe position.loadUnaligned(as: UInt32.self).littleEndian
        let candidate3 = Int(newestOf3)
        var candidate = Int(newestOf4)
        let entry = Int16(truncatingIfNeeded: here)
        if reach3 > 0 { unsafe newest3[slot3] = entry }
        unsafe newest4[slot4] = entry
        unsafe older[here] = newestOf4
        unsafe lookUp(position + 1)
        let cutoff = here &- Self.reach
        var match = Match()
        var best = shortest
        if best < 3, candidate3 > here &- reach3 {
            let other = unsafe (base + candidate3).loadUnaligned(as: UInt32.self).littleEndian
            if (other ^ word) &<< 8 == 0 {
                best = 3
                match = Match(length: 3, distance: here &- candidate3)
            }
        }
        guard candidate > cutoff, best < limit else { return match }
        var tail = max(best, 3) &- 3
        var tailWord = unsafe (position + tail).loadUnaligned(as: UInt32.self)
        var remaining = depth
        repeat {
            let other = unsafe base + candidate
            if unsafe (other + tail).loadUnaligned(as: UInt32.self) == tailWord,
                unsafe other.loadUnaligned(as: UInt32.self).littleEndian == word
            {
                let length = unsafe Self.commonLength(position, other, limit: limit)
                if length > best {
                    best = length
                    match = Match(length: length, distance: here &- candidate)
                    if length >= nice || length == limit { return match }
                    tail = length &- 3
                    tailWord = unsafe (position + tail).loadUnaligned(as: UInt32.self)
                }
            }
            remaining &-= 1
            if remaining <= 0 { break }
            candidate = unsafe Int(older[candidate & (Self.reach &- 1)])
        } while candidate > cutoff
        return match
    }

    /// The match with the newest occurrence of the four bytes at `position`, and makes `position` known, but only to this function.
    @inline(__always)
    mutating func newestMatch(at position: UnsafeRawPointer, limit: Int) -> Match {
        let here = unsafe relative(position)
        let word = unsafe position.loadUnaligned(as: UInt32.self).littleEndian
        let slot = Self.hash4(word)
        let candidate = unsafe Int(newest4[slot])
        unsafe newest4[slot] = Int16(truncatingIfNeeded: here)
        guard candidate > here &- Self.reach else { return Match() }
        let other = unsafe base + candidate
        guard unsafe other.loadUnaligned(as: UInt32.self).littleEndian == word else { return Match() }
        return unsafe Match(length: Self.commonLength(position, other, limit: limit), distance: here &- candidate)
    }

    /// As `newestMatch`, of six bytes: for data in which shorter matches do not pay. What it makes known is of no use to the other searches, which
    /// find out by comparing bytes.
    @inline(__always)
    mutating func newestLongMatch(at position: UnsafeRawPointer, limit: Int) -> Match {
        let here = unsafe relative(position)
        let word = unsafe position.loadUnaligned(as: UInt64.self).littleEndian
        let slot = Self.hash6(word)
        let candidate = unsafe Int(newest4[slot])
        unsafe newest4[slot] = Int16(truncatingIfNeeded: here)
        // A search that is begun again meets what it made known the first time.
        guard candidate > here &- Self.reach, candidate < here else { return Match() }
        let other = unsafe base + candidate
        guard unsafe (other.loadUnaligned(as: UInt64.self).littleEndian ^ word) &<< 16 == 0 else { return Match() }
        return unsafe Match(length: Self.commonLength(position, other, limit: limit), distance: here &- candidate)
    }

    /// As `skip`, for `newestLongMatch`.
    @inline(__always)
    mutating func skipToNewestLong(_ count: Int, from position: UnsafeRawPointer) {
        for index in 0..<count {
            let here = unsafe relative(position + index)
            let word = unsafe (position + index).loadUnaligned(as: UInt64.self).littleEndian
            unsafe newest4[Self.hash6(word)] = Int16(truncatingIfNeeded: here)
        }
    }

    @inline(__always)
    private static func hash6(_ word: UInt64) -> Int {
        Int(truncatingIfNeeded: ((word &<< 16) &* 0x9e37_79b9_7f4a_7c15) &>> UInt64(64 &- bits4))
    }

    /// Makes the `count` positions from `position` on known without looking for matches.
    @inline(__always)
    mutating func skip(_ count: Int, from position: UnsafeRawPointer) {
        var next = unsafe position
        let end = unsafe position + count
        while unsafe next < end {
            // Up to where `base` moves, so that the loop does not ask at every position.
            var here = unsafe relative(next)
            let stop = unsafe here &+ min(end - next, Self.reach &- here)
            while here < stop {
                let word = unsafe next.loadUnaligned(as: UInt32.self).littleEndian
                let slot = Self.hash4(word)
                let entry = Int16(truncatingIfNeeded: here)
                unsafe older[here] = newest4[slot]
                unsafe newest4[slot] = entry
                if reach3 > 0 { unsafe newest3[Self.hash3(word)] = entry }
                unsafe next += 1
                here &+= 1
            }
        }
        unsafe lookUp(end)
    }

    /// As `skip`, for `newestMatch`.
    @inline(__always)
    mutating func skipToNewest(_ count: Int, from position: UnsafeRawPointer) {
        for index in 0..<count {
            let here = unsafe relative(position + index)
            let word = unsafe (position + index).loadUnaligned(as: UInt32.self).littleEndian
            unsafe newest4[Self.hash4(word)] = Int16(truncatingIfNeeded: here)
        }
    }

    /// How many bytes are the same, of which the first four are.
    @inline(__always)
    private static func commonLength(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, limit: Int) -> Int {
        var length = 4
        while length < limit {
            let left = unsafe (one + length).loadUnaligned(as: UInt64.self).littleEndian
            let difference = unsafe left ^ (other + length).loadUnaligned(as: UInt64.self).littleEndian
            if difference != 0 { return min(length &+ difference.trailingZeroBitCount &>> 3, limit) }
            length &+= 8
        }
        return limit
    }
}
