// What a block holds: its items, how often each occurs, and when the block should end.

/// Literals and the match behind them.
struct Phrase {
    var literals: UInt32
    /// 0 at the end of a block that ends with literals.
    var length: UInt16
    var distance: UInt16
}

/// The alphabets of RFC 1951 3.2.5.
enum Alphabet {
    static let literals = 286
    static let distances = 30
    static let endOfBlock = 256

    /// The symbol of a match length of 3 to 258.
    @inline(__always)
    static func symbol(ofLength length: Int) -> Int {
        let offset = length &- 3
        if offset < 8 { return 257 &+ offset }
        if length == 258 { return 285 }
        let log = 63 &- offset.leadingZeroBitCount
        return 253 &+ 4 &* log &+ (offset &>> (log &- 2)) & 3
    }

    /// The extra bits behind the symbol of a length.
    @inline(__always)
    static func extraBits(ofLengthSymbol symbol: Int) -> Int { symbol < 265 || symbol == 285 ? 0 : (symbol &- 261) &>> 2 }

    /// The symbol of a distance of 1 to 32768.
    @inline(__always)
    static func symbol(ofDistance distance: Int) -> Int {
        let offset = distance &- 1
        if offset < 2 { return offset }
        let log = 63 &- offset.leadingZeroBitCount
        return 2 &* log &+ (offset &>> (log &- 1)) & 1
    }

    /// The extra bits behind the symbol of a distance.
    @inline(__always)
    static func extraBits(ofDistanceSymbol symbol: Int) -> Int { symbol < 2 ? 0 : symbol &>> 1 &- 1 }
}

/// Counts of one block, in memory of `wordCount` words.
///
/// Proof of the pointers: literals are bytes, lengths at most 258, distances at most 32768, classes below `classCount`.
@safe
struct BlockStatistics {
    static let wordCount = 288 + 260 + 32 + 2 * classCount
    /// Literals by their high bits, matches short and long, near and far.
    private static let classCount = 12
    private static let firstMatchClass = 8
    /// Items between two looks at the drift.
    private static let batch = 512
    /// Blocks below this size are not worth their header.
    static let smallestBlock = 8192

    let literals: UnsafeMutablePointer<UInt32>
    let lengths: UnsafeMutablePointer<UInt32>
    let distances: UnsafeMutablePointer<UInt32>
    private let recent: UnsafeMutablePointer<UInt32>
    private let before: UnsafeMutablePointer<UInt32>
    /// Items counted in `recent`.
    private var recentCount = 0
    private var beforeCount = 0

    init(words: UnsafeMutablePointer<UInt32>) {
        unsafe literals = words
        unsafe lengths = words + 288
        unsafe distances = words + 548
        unsafe recent = words + 580
        unsafe before = words + 580 + Self.classCount
    }

    mutating func removeAll() {
        unsafe literals.update(repeating: 0, count: Self.wordCount)
        recentCount = 0
        beforeCount = 0
    }

    @inline(__always)
    mutating func count(literal: UInt8) {
        unsafe literals[Int(literal)] &+= 1
        unsafe recent[Int(literal &>> 5)] &+= 1
        recentCount &+= 1
    }

    @inline(__always)
    mutating func count(_ match: Match) {
        unsafe lengths[match.length] &+= 1
        unsafe distances[Alphabet.symbol(ofDistance: match.distance)] &+= 1
        let kind = (match.length > 8 ? 2 : 0) &+ (match.distance > 1024 ? 1 : 0)
        unsafe recent[Self.firstMatchClass &+ kind] &+= 1
        recentCount &+= 1
    }

    /// Whether the last items differ so much from those before that a new block with codes of its own should begin.
    @inline(__always)
    mutating func hasDrifted(blockLength: Int, remaining: Int) -> Bool {
        guard recentCount >= Self.batch else { return false }
        let mayEnd = beforeCount > 0 && blockLength >= Self.smallestBlock && remaining >= Self.smallestBlock
        if mayEnd, unsafe Self.differ(recent, recentCount, before, beforeCount, blockLength: blockLength) { return true }
        for kind in 0..<Self.classCount {
            unsafe before[kind] &+= recent[kind]
            unsafe recent[kind] = 0
        }
        beforeCount &+= recentCount
        recentCount = 0
        return false
    }

    @inline(never)
    private static func differ(
        _ recent: UnsafePointer<UInt32>, _ recentCount: Int, _ before: UnsafePointer<UInt32>, _ beforeCount: Int, blockLength: Int
    ) -> Bool {
        var difference = 0
        for kind in 0..<classCount {
            let expected = unsafe Int(before[kind]) &* recentCount
            let seen = unsafe Int(recent[kind]) &* beforeCount
            difference &+= abs(expected &- seen)
        }
        // The difference of two distributions is 0 to 2 times the product of their counts; a long block has less to lose by its end.
        let patience = max(200 &- blockLength &>> 12, 100)
        return difference &* 512 >= recentCount &* beforeCount &* patience
    }
}
