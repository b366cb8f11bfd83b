// Where the streams of compressed blocks lie (MIL-STD-2500C 5.4.3.2; MIL-STD-188-198A appendix B: streams follow each other).

import ImageryBase
import ImageryPlumbing
import Synchronization

/// The places of the streams of an image segment, found when the first one is asked for.
final class StreamPlaces: Sendable {
    private let data: CodedData
    private let blocks: Int
    /// Streams of a block: 1, or one for each band.
    let streamsPerBlock: Int
    private let split: Splitter
    private let found = Mutex<[StreamPlace]?>(nil)
    /// The streams from the first on, as far as they were looked for one by one.
    private let front = Mutex(Front())

    private struct Front {
        var ranges: [Range<Int>] = []
        /// True when the next one is not found where it should begin: damage, which only a look at all streams can judge.
        var isAtEnd = false
    }
    private let last = Mutex<(block: Range<Int>, streams: [Range<Int>])?>(nil)

    /// Finds streams, `limit` at most, that follow each other in a range of a source.
    typealias Splitter =
        @Sendable (_ source: any ByteSource, _ range: Range<Int>, _ limit: Int) throws(ImageryError) -> [StreamPiece]

    init(_ data: CodedData, blocks: Int, streamsPerBlock: Int = 1, split: @escaping Splitter) {
        self.data = data
        self.blocks = blocks
        self.streamsPerBlock = streamsPerBlock
        self.split = split
    }

    /// Where the first stream begins, to the end of the data; nil when every block is masked.
    func firstStream() throws(ImageryError) -> Range<Int>? {
        guard let mask = data.mask, let starts = try mask.starts() else { return first..<data.range.upperBound }
        guard let offset = starts.lazy.compactMap({ $0 }).min() else { return nil }
        return try place(offset, mask)..<data.range.upperBound
    }

    /// Streams `parts` of block `index`; nil for those of a masked block. Throws kind malformed when the data do not hold them.
    func ranges(of index: Int, parts: [Int]) throws(ImageryError) -> [Range<Int>?] {
        if let found = try frontStreams(index, parts) { return found }
        let places = try places()
        if isOneBlockAPlace {
            guard let block = try range(index, in: places) else { return parts.map { _ in nil } }
            let streams = try streams(in: block)
            return parts.map { $0 < streams.count ? streams[$0] : block.upperBound..<block.upperBound }
        }
        var ranges: [Range<Int>?] = []
        for part in parts { ranges.append(try range(index * streamsPerBlock + part, in: places)) }
        return ranges
    }

    /// False for a masked block. Throws kind malformed when the data do not hold it.
    func hasStream(_ block: Int) throws(ImageryError) -> Bool {
        try range(isOneBlockAPlace ? block : block * streamsPerBlock, in: places()) != nil
    }

    private func range(_ place: Int, in places: [StreamPlace]) throws(ImageryError) -> Range<Int>? {
        guard place < places.count else {
            throw ImageryError(
                .malformed, data.context, "the data hold \(places.count) streams, number \(place) is not there",
                at: data.range.upperBound)
        }
        switch places[place] {
        case .masked: return nil
        case .at(let range): return range
        case .missing:
            throw ImageryError(
                .malformed, data.context,
                "the streams are damaged: number \(place) of \(places.count) is not among those that are found",
                at: data.range.lowerBound)
        }
    }

    /// The streams of a block that a mask names as one; those of the block that was asked for last are kept.
    private func streams(in block: Range<Int>) throws(ImageryError) -> [Range<Int>] {
        if let last = last.withLock({ $0 }), last.block == block { return last.streams }
        let streams = try split(data.source, block, streamsPerBlock).map(\.range)
        last.withLock { $0 = (block, streams) }
        return streams
    }

    /// True when the streams of all blocks up to block `index` follow each other without damage.
    func hasBlocks(upTo index: Int) throws(ImageryError) -> Bool {
        guard let count = checkedProduct(index + 1, streamsPerBlock) else { return false }
        return try stream(count - 1) != nil
    }

    /// The streams of block `index` where going from one to the next tells them; nil where it does not.
    private func frontStreams(_ index: Int, _ parts: [Int]) throws(ImageryError) -> [Range<Int>?]? {
        var ranges: [Range<Int>?] = []
        for part in parts {
            guard let range = try stream(index * streamsPerBlock + part) else { return nil }
            ranges.append(range)
        }
        return ranges
    }

    /// Stream `number`, found by going from one to the next: a read of the first blocks does not look at the others. Nil where that does not
    /// tell: with a table of places, beyond the last block, and where a stream has no end or stands apart from the one before it.
    private func stream(_ number: Int) throws(ImageryError) -> Range<Int>? {
        guard found.withLock({ $0 }) == nil, data.mask?.hasBlockTable != true,
            number < checkedProduct(blocks, streamsPerBlock) ?? .max
        else { return nil }
        let (source, split, start, end) = (data.source, split, first, data.range.upperBound)
        let result = front.withLock { front -> Result<Range<Int>?, ImageryError> in
            while front.ranges.count <= number, !front.isAtEnd {
                let position = front.ranges.last?.upperBound ?? start
                do throws(ImageryError) {
                    let next = position < end ? try split(source, position..<end, 1).first : nil
                    if let next, next.isEnded, next.range.lowerBound - position < StreamPlace.shortestStream {
                        front.ranges.append(next.range)
                    } else {
                        front.isAtEnd = true
                    }
                } catch {
                    return .failure(error)
                }
            }
            return .success(number < front.ranges.count ? front.ranges[number] : nil)
        }
        return try result.get()
    }

    /// How many streams are found or masked, and those between them.
    func count() throws(ImageryError) -> Int { try places().count }

    /// Masks name one place for all streams of a block.
    private var isOneBlockAPlace: Bool { streamsPerBlock > 1 && data.mask?.hasBlockTable == true }

    private func places() throws(ImageryError) -> [StreamPlace] {
        if let ranges = found.withLock({ $0 }) { return ranges }
        let made = try find()
        found.withLock { $0 = made }
        return made
    }

    private var first: Int { data.mask?.dataStart ?? data.range.lowerBound }

    private func find() throws(ImageryError) -> [StreamPlace] {
        guard let mask = data.mask, let starts = try mask.starts() else {
            let count = min(checkedProduct(blocks, streamsPerBlock) ?? .max, Self.mostStreams)
            let range = first..<max(first, data.range.upperBound)
            // Some more than there should be, for damage can look like the begin of a stream.
            let pieces = try split(data.source, range, count + min(count, Self.mostSpurious))
            return StreamPlace.inOrder(pieces, count: count, end: range.upperBound)
        }
        // A stream ends where the next one begins.
        let sorted = Set(starts.lazy.compactMap { $0 }).sorted()
        var ends: [Int: Int] = [:]
        for (index, start) in sorted.enumerated() {
            ends[start] = index + 1 < sorted.count ? sorted[index + 1] : data.range.upperBound - mask.dataStart
        }
        return starts.map { start in
            guard let start, let end = ends[start] else { return .masked }
            let begin = mask.dataStart + start
            return .at(begin..<max(begin, min(data.range.upperBound, mask.dataStart + end)))
        }
    }

    /// More streams than any segment has bytes for.
    private static let mostStreams = 1 << 40
    private static let mostSpurious = 1 << 10

    private func place(_ offset: Int, _ mask: ImageDataMask) throws(ImageryError) -> Int {
        guard let start = checkedSum(mask.dataStart, offset), start < data.range.upperBound else {
            throw ImageryError(
                .malformed, data.context, "every block begins behind the data, which end at byte \(data.range.upperBound)",
                at: data.range.lowerBound)
        }
        return start
    }
}
