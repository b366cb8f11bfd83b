// Which bytes become literals and which matches (RFC 1951 4): greedy, or lazy by one or two bytes.

/// How a level searches.
struct SearchEffort {
    /// Bytes that a match may be put off for a better one behind.
    var laziness: Int
    /// Candidates looked at for one match.
    var depth: Int
    /// A match this long is taken at once.
    var nice: Int
    /// Matches are dropped where they hardly pay; whoever asks for the smallest stream gets them all.
    var dropsPoorMatches: Bool { depth < 256 }

    /// `nil` for level 0, which does not search, and level 1, which only knows the newest candidate.
    init?(_ level: DeflateLevel) {
        switch level.effort {
        case 2: self.init(laziness: 0, depth: 6, nice: 12)
        case 3: self.init(laziness: 0, depth: 12, nice: 20)
        case 4: self.init(laziness: 1, depth: 8, nice: 20)
        case 5: self.init(laziness: 1, depth: 16, nice: 32)
        case 6: self.init(laziness: 1, depth: 32, nice: 64)
        case 7: self.init(laziness: 1, depth: 96, nice: 128)
        case 8: self.init(laziness: 2, depth: 256, nice: 258)
        case 9: self.init(laziness: 2, depth: 1024, nice: 258)
        default: return nil
        }
    }

    private init(laziness: Int, depth: Int, nice: Int) {
        self.laziness = laziness
        self.depth = depth
        self.nice = nice
    }
}

/// Turns the bytes of a piece into blocks of phrases.
@safe
struct BlockParser {
    static let phraseLimit = 32768
    /// Positions nearer to the end than this are not searched: a hash takes four bytes.
    private static let searchMargin = 4
    /// The same for repetitions of six bytes: what lies behind the end must not decide anything (S75).
    private static let longSearchMargin = 6

    var finder: MatchFinder
    var statistics: BlockStatistics
    let phrases: UnsafeMutablePointer<Phrase>
    private(set) var phraseCount = 0
    /// Literals among 256 items: what matches are priced by, and of the last block.
    private var literalShare = 128
    private var blockShare = 128
    /// Bytes of a block after which its matches are looked at.
    private static let trialBytes = 8192
    /// Bits of a literal in sixteenths from which on bytes are taken for noise, and the share of literals that is expected then.
    private static let noiseCost = 64
    private static let noiseShare = 240
    /// Shares of literals that differ by no more price matches alike.
    private static let settledShare = 8

    /// True when so much of the block is literals that a block of nothing else may be smaller.
    var mayBeLiterals: Bool { phraseCount > 1 && blockShare > 128 }

    /// `phrases` has room for `phraseLimit`.
    init(finder: MatchFinder, statistics: BlockStatistics, phrases: UnsafeMutablePointer<Phrase>) {
        self.finder = finder
        self.statistics = statistics
        unsafe self.phrases = phrases
    }

    /// Forgets everything; the next block starts at `start`.
    mutating func reset(start: UnsafeRawPointer) {
        unsafe finder.reset(start: start)
        literalShare = 128
    }

    /// Makes bytes known that stand before the next block.
    mutating func learn(_ bytes: UnsafeRawBufferPointer, _ effort: SearchEffort?) {
        let count = bytes.count - Self.searchMargin + 1
        guard count > 0, let start = bytes.baseAddress else { return }
        if effort == nil { return unsafe finder.skipToNewest(count, from: start) }
        unsafe finder.begin(at: start, reach3: MatchFinder.reach)
        unsafe finder.skip(count, from: start)
        // A first guess: where bytes are nearly noise, hardly anything else is found, and all these chains would be walked for nothing.
        statistics.removeAll()
        let recent = min(count, 4096)
        let cost = unsafe MatchPrice.literalCost(of: start + (count - recent), count: recent, scratch: statistics.literals)
        if cost > Self.noiseCost { literalShare = Self.noiseShare }
    }

    /// Parses one block from `start` on and returns its end, at most `end`.
    mutating func parse(from start: UnsafeRawPointer, to end: UnsafeRawPointer, _ effort: SearchEffort?) -> UnsafeRawPointer {
        statistics.removeAll()
        if let effort { return unsafe parseByChains(from: start, to: end, effort) }
        return unsafe parseByNewest(from: start, to: end)
    }

    // The state is in locals while a loop runs: stores through pointers could otherwise change it as far as the compiler knows.

    private mutating func parseByNewest(from start: UnsafeRawPointer, to end: UnsafeRawPointer) -> UnsafeRawPointer {
        var finder = self.finder
        var statistics = self.statistics
        let phrases = unsafe self.phrases
        var count = 0
        var matched = 0
        var position = unsafe start
        var literalStart = unsafe start
        var look = unsafe start + Self.trialBytes
        while unsafe end - position >= Self.searchMargin, count < Self.phraseLimit - 1 {
            if unsafe statistics.hasDrifted(blockLength: position - start, remaining: end - position) { break }
            if unsafe position >= look {
                guard MatchGain(statistics, phrases, count: count, from: start, to: position).isWorthwhile else {
                    statistics.removeAll()
                    return unsafe parseLongMatches(from: start, to: end, finder, statistics, looksLess: true)
                }
                unsafe look = end
            }
            let match = unsafe finder.newestMatch(at: position, limit: min(MatchFinder.longest, end - position))
            if match.length == 0 {
                unsafe statistics.count(literal: position.load(as: UInt8.self))
                unsafe position += 1
            } else {
                unsafe phrases[count] = Phrase(literals: position - literalStart, match)
                count += 1
                statistics.count(match)
                matched += match.length
                let known = unsafe min(match.length, end - position - Self.searchMargin + 1)
                unsafe finder.skipToNewest(known - 1, from: position + 1)
                unsafe position += match.length
                unsafe literalStart = position
            }
        }
        self.finder = finder
        self.statistics = statistics
        let literals = unsafe position - start - matched
        literalShare = 256 * literals / max(literals + count, 1)
        blockShare = literalShare
        return unsafe finish(count, literalStart: literalStart, position: position, end: end)
    }

    private mutating func parseByChains(
        from start: UnsafeRawPointer, to end: UnsafeRawPointer, _ effort: SearchEffort
    ) -> UnsafeRawPointer {
        var finder = self.finder
        var statistics = self.statistics
        let phrases = unsafe self.phrases
        let price = unsafe MatchPrice(
            of: start, count: min(end - start, 4096), literalShare: literalShare, scratch: statistics.literals)
        unsafe finder.begin(at: start, reach3: price.reach3)
        // Where few matches are found, noise keeps the chains long, and what lies far down in them is no better than what comes first.
        let depth = literalShare > 192 ? max(effort.depth / 8, 4) : effort.depth
        var matched = 0
        let worthless = price.shortestWorthwhile - 1
        var count = 0
        var position = unsafe start
        var literalStart = unsafe start
        // Where a look at the first bytes shows that matches do not pay, the block is begun again with long ones only.
        var look = unsafe effort.dropsPoorMatches ? start + Self.trialBytes : end
        while unsafe end - position >= Self.searchMargin, count < Self.phraseLimit - 1 {
            if unsafe statistics.hasDrifted(blockLength: position - start, remaining: end - position) { break }
            if unsafe position >= look {
                let gain = MatchGain(statistics, phrases, count: count, from: start, to: position)
                let share = unsafe 256 * (position - start - matched) / max(1, position - start - matched + count)
                guard gain.isWorthwhile else {
                    // Bad matches may be those of a bad price: the next block is given the right one.
                    if abs(share - literalShare) > Self.settledShare { break }
                    statistics.removeAll()
                    return unsafe parseLongMatches(from: start, to: end, finder, statistics, looksLess: false)
                }
                unsafe look = end
            }
            var match = unsafe finder.longestMatch(
                at: position, longerThan: worthless, limit: min(MatchFinder.longest, end - position), depth: depth,
                nice: effort.nice)
            guard price.isWorthwhile(match) else {
                unsafe statistics.count(literal: position.load(as: UInt8.self))
                unsafe position += 1
                continue
            }
            // Positions up to here are known to the finder.
            var known = unsafe position + 1
            if effort.laziness > 0 {
                lazy: while match.length < effort.nice {
                    var put = 1
                    while put <= effort.laziness, unsafe end - (position + put) >= Self.searchMargin {
                        let later = unsafe position + put
                        let next = unsafe finder.longestMatch(
                            at: later, longerThan: match.length - 1, limit: min(MatchFinder.longest, end - later),
                            depth: depth &>> put, nice: effort.nice)
                        unsafe known = later + 1
                        if next.length >= match.length, price.gain(of: next, over: match) > 4 * put - 2 {
                            for _ in 0..<put {
                                unsafe statistics.count(literal: position.load(as: UInt8.self))
                                unsafe position += 1
                            }
                            match = next
                            continue lazy
                        }
                        put += 1
                    }
                    break
                }
            }
            unsafe phrases[count] = Phrase(literals: position - literalStart, match)
            count += 1
            statistics.count(match)
            matched += match.length
            unsafe position += match.length
            let searchable = unsafe min(position, end - (Self.searchMargin - 1))
            if unsafe searchable > known { unsafe finder.skip(searchable - known, from: known) }
            unsafe literalStart = position
        }
        self.finder = finder
        self.statistics = statistics
        let literals = unsafe position - start - matched
        literalShare = 256 * literals / max(literals + count, 1)
        blockShare = literalShare
        return unsafe finish(count, literalStart: literalStart, position: position, end: end)
    }

    /// A block in which matches hardly pay: only the newest occurrence of six bytes is looked at, and nothing is put off. With `looksLess`
    /// ever fewer positions are looked at while nothing is found.
    private mutating func parseLongMatches(
        from start: UnsafeRawPointer, to end: UnsafeRawPointer, _ known: MatchFinder, _ empty: BlockStatistics, looksLess: Bool
    ) -> UnsafeRawPointer {
        var finder = known
        var statistics = empty
        let phrases = unsafe self.phrases
        var count = 0
        var matched = 0
        var position = unsafe start
        var literalStart = unsafe start
        var misses = 0
        while unsafe end - position >= Self.longSearchMargin, count < Self.phraseLimit - 1 {
            if unsafe statistics.hasDrifted(blockLength: position - start, remaining: end - position) { break }
            let match = unsafe finder.newestLongMatch(at: position, limit: min(MatchFinder.longest, end - position))
            guard match.length > 0 else {
                misses &+= 1
                // Fewer bytes than are left: the margin is six.
                let step = looksLess ? min(1 &+ misses &>> 4, Self.longSearchMargin) : 1
                for offset in 0..<step { unsafe statistics.count(literal: position.load(fromByteOffset: offset, as: UInt8.self)) }
                unsafe position += step
                continue
            }
            misses = 0
            unsafe phrases[count] = Phrase(literals: position - literalStart, match)
            count += 1
            statistics.count(match)
            matched += match.length
            let searchable = unsafe min(match.length, end - position - Self.longSearchMargin + 1)
            unsafe finder.skipToNewestLong(searchable - 1, from: position + 1)
            unsafe position += match.length
            unsafe literalStart = position
        }
        self.finder = finder
        self.statistics = statistics
        let literals = unsafe position - start - matched
        // The share that sets the price of matches stays: with that of this block the next one would not find any.
        blockShare = 256 * literals / max(literals + count, 1)
        return unsafe finish(count, literalStart: literalStart, position: position, end: end)
    }

    /// Makes one run of literals of the parsed block `bytes`, whose bytes are counted in `counts`.
    mutating func becomeLiterals(_ bytes: Int, counts: UnsafePointer<UInt32>) {
        statistics.removeAll()
        for value in 0..<256 { unsafe statistics.literals[value] = counts[value] }
        unsafe phrases[0] = Phrase(literals: bytes, Match())
        phraseCount = 1
    }

    /// Notes the literals behind the last match; near the end of the piece they take what is left of it.
    private mutating func finish(
        _ count: Int, literalStart: UnsafeRawPointer, position: UnsafeRawPointer, end: UnsafeRawPointer
    ) -> UnsafeRawPointer {
        var position = unsafe position
        if unsafe end - position < Self.longSearchMargin {
            while unsafe position < end {
                unsafe statistics.count(literal: position.load(as: UInt8.self))
                unsafe position += 1
            }
        }
        unsafe phrases[count] = Phrase(literals: position - literalStart, Match())
        phraseCount = count + 1
        return unsafe position
    }
}

extension Phrase {
    @inline(__always)
    init(literals: Int, _ match: Match) {
        self.init(
            literals: UInt32(truncatingIfNeeded: literals), length: UInt16(truncatingIfNeeded: match.length),
            distance: UInt16(truncatingIfNeeded: match.distance))
    }
}

/// What literals cost in the block to come, and so which matches are worth it. On filtered image rows literals are cheap and short matches from far
/// away cost more than the bytes they replace.
struct MatchPrice {
    /// The shortest worthwhile match for each number of extra bits of the distance, four bits each: one shift in a register finds it.
    private var shortest: UInt64 = 0
    /// The shortest of them.
    var shortestWorthwhile: Int { Int(shortest & 15) }

    /// The furthest that a match of three bytes may be: with n extra bits distances end at 2^(n+2).
    var reach3: Int {
        var reach = 0
        for extra in 0..<14 where (shortest >> UInt64(4 * extra)) & 15 == 3 { reach = 4 << extra }
        return reach
    }

    /// From the bytes to come; `scratch` has 256 words and is zero before and after.
    @safe
    init(of bytes: UnsafeRawPointer, count: Int, literalShare: Int, scratch: UnsafeMutablePointer<UInt32>) {
        let literalCost = max(Self.literalCost(of: bytes, count: count, scratch: scratch), 16)
        let symbolCost = 16 * 4 + 2 * (Self.logarithm(256) - Self.logarithm(256 - literalShare))
        for extra in 0..<16 {
            let length = (symbolCost + 16 * extra + literalCost - 1) / literalCost
            shortest |= UInt64(min(max(length, 3), 6)) << UInt64(4 * extra)
        }
    }

    /// Bits of a byte in sixteenths, when all are literals; `scratch` is as above.
    @safe
    static func literalCost(of bytes: UnsafeRawPointer, count: Int, scratch: UnsafeMutablePointer<UInt32>) -> Int {
        for index in 0..<count { unsafe scratch[Int(bytes.load(fromByteOffset: index, as: UInt8.self))] += 1 }
        var total = 0
        let whole = logarithm(count)
        for value in 0..<256 {
            let occurrences = unsafe Int(scratch[value])
            unsafe scratch[value] = 0
            if occurrences > 0 { total += occurrences * (whole - logarithm(occurrences)) }
        }
        return total / max(count, 1)
    }

    /// The binary logarithm in sixteenths, straight between powers of two.
    static func logarithm(_ value: Int) -> Int {
        guard value > 0 else { return 0 }
        let log = 63 - value.leadingZeroBitCount
        return 16 * log + ((value << 4) >> log) - 16
    }

    @inline(__always)
    func isWorthwhile(_ match: Match) -> Bool {
        // The logarithm less one; for the distance 0 of no match anything, as its length is below all others.
        let extra = 62 &- ((match.distance &- 1) | 2).leadingZeroBitCount
        return match.length >= Int(truncatingIfNeeded: (shortest &>> UInt64(truncatingIfNeeded: 4 &* extra)) & 15)
    }

    /// Bits that `next` saves more than `match`, a byte taken for four bits.
    @inline(__always)
    func gain(of next: Match, over match: Match) -> Int {
        let nearer = next.distance.leadingZeroBitCount &- match.distance.leadingZeroBitCount
        return 4 &* (next.length &- match.length) &+ nearer
    }
}

/// Whether the matches of a block take fewer bits than the bytes that they stand for.
struct MatchGain {
    /// Bits of the items, and of all bytes as literals, in 256ths.
    private var items = 0
    private var bytes = 0

    /// Of the bytes from `start` to `end`, parsed as `count` phrases and the literals behind them.
    @safe
    init(
        _ statistics: BlockStatistics, _ phrases: UnsafePointer<Phrase>, count: Int, from start: UnsafeRawPointer,
        to end: UnsafeRawPointer
    ) {
        let literals = unsafe statistics.literals
        var plain = InlineArray<256, Int>(repeating: 0)
        var literalCount = 0
        for value in 0..<256 {
            plain[value] = unsafe Int(literals[value])
            literalCount += plain[value]
        }
        // In bounds: the phrases are those of the bytes before `end`.
        var place = unsafe start
        for index in 0..<count {
            unsafe place += Int(phrases[index].literals)
            let length = unsafe Int(phrases[index].length)
            for offset in 0..<length { unsafe plain[Int(place.load(fromByteOffset: offset, as: UInt8.self))] += 1 }
            unsafe place += length
        }
        let whole = unsafe Self.logarithm(end - start)
        for value in 0..<256 where plain[value] > 0 { bytes += plain[value] * (whole - Self.logarithm(plain[value])) }
        let symbols = Self.logarithm(literalCount + count)
        for value in 0..<256 {
            let occurrences = unsafe Int(literals[value])
            if occurrences > 0 { items += occurrences * (symbols - Self.logarithm(occurrences)) }
        }
        var lengths = InlineArray<32, Int>(repeating: 0)
        for length in 3...MatchFinder.longest {
            lengths[Alphabet.symbol(ofLength: length) - 257] += unsafe Int(statistics.lengths[length])
        }
        for symbol in 0..<29 where lengths[symbol] > 0 {
            let extra = 256 * Alphabet.extraBits(ofLengthSymbol: symbol + 257)
            items += lengths[symbol] * (symbols - Self.logarithm(lengths[symbol]) + extra)
        }
        let matches = Self.logarithm(count)
        for symbol in 0..<Alphabet.distances {
            let occurrences = unsafe Int(statistics.distances[symbol])
            guard occurrences > 0 else { continue }
            items += occurrences * (matches - Self.logarithm(occurrences) + 256 * Alphabet.extraBits(ofDistanceSymbol: symbol))
        }
    }

    /// The binary logarithm in 256ths, by a parabola between powers of two: at most 2 of them off. Straight lines would be off by more than such
    /// gains are.
    private static func logarithm(_ value: Int) -> Int {
        guard value > 0 else { return 0 }
        let log = 63 - value.leadingZeroBitCount
        let part = (value << 8) >> log - 256
        return 256 * log + part + (88 * part * (256 - part)) >> 16
    }

    /// At least one part in 128: for less, literals and a few long matches do as well in half the time.
    var isWorthwhile: Bool { items + items / 128 < bytes }
}
