// Levels 5 to 9: chains of occurrences of five bytes, and the choice between matches at neighbouring positions.

extension BlockParser {
    /// A match, or none when its length is 0.
    private struct Match {
        var length = 0
        var distance = 0

        /// What the match saves, in quarters of a byte, less what its offset costs.
        @inline(__always)
        func gain(isRepeat: Bool) -> Int {
            4 &* length &- (isRepeat ? 0 : distance.bitWidth &- distance.leadingZeroBitCount)
        }
    }

    /// A match of so many bytes is taken without a look at the next ones.
    private static let longEnough = 128

    func parseChains(_ range: Range<Int>, candidates: Int, patience: Int) {
        let end = range.upperBound
        let limit = end - Self.tail
        var anchor = range.lowerBound
        var position = anchor
        while position < limit {
            var start = position
            var best = find(at: position, end: end, limit: limit, candidates: candidates)
            guard best.length >= 4 else {
                position &+= 1 &+ (position &- anchor) &>> 8
                continue
            }
            // A better one may begin with one of the next bytes: the literals before it cost a byte each.
            var ahead = 1
            while ahead <= patience, start &+ ahead < limit, best.length < Self.longEnough {
                let other = find(at: start &+ ahead, end: end, limit: limit, candidates: candidates)
                let offer = other.gain(isRepeat: other.distance == Int(history.0))
                if other.length >= 4, offer > best.gain(isRepeat: best.distance == Int(history.0)) &+ 3 &* ahead &+ 1 {
                    start &+= ahead
                    best = other
                    ahead = 1
                } else {
                    ahead &+= 1
                }
            }
            while start > anchor, start > best.distance, best.distance != Int(history.0),
                unsafe base[start &- 1] == base[start &- 1 &- best.distance]
            {
                start &-= 1
                best.length &+= 1
            }
            emit(from: anchor, to: start, distance: best.distance, length: best.length)
            position = takeRepeats(at: start &+ best.length, limit: limit, end: end)
            anchor = position
        }
        appendLiterals(from: anchor, to: end)
    }

    /// The best match at `position`, which is before `limit`.
    @inline(__always)
    private func find(at position: Int, end: Int, limit: Int, candidates: Int) -> Match {
        enterChains(upTo: position)
        var best = Match()
        var bestGain = 0
        let repeated = Int(history.0)
        if repeated <= position, word(position &- repeated) == word(position) {
            best = Match(
                length: 4 &+ equalBytes(position &+ 4 &- repeated, position &+ 4, end: end), distance: repeated)
            bestGain = best.gain(isRepeat: true)
        }
        let slot = hash(position, bytes: 5, log: headsLog)
        let mask = 1 &<< othersLog &- 1
        var candidate = unsafe Int(heads[slot]) &- 1
        var left = candidates
        let reach = min(window, mask)
        let first = word(position)
        while candidate >= 0, position &- candidate <= reach, left > 0 {
            left &-= 1
            // Only a match that goes further than the best one is worth measuring.
            if word(candidate) == first, position &+ best.length < end,
                unsafe base[candidate &+ best.length] == base[position &+ best.length]
            {
                let match = Match(
                    length: 4 &+ equalBytes(candidate &+ 4, position &+ 4, end: end), distance: position &- candidate)
                let gain = match.gain(isRepeat: false)
                if gain > bestGain {
                    best = match
                    bestGain = gain
                    if position &+ match.length >= end { break }
                }
            }
            let before = unsafe Int(others[candidate & mask]) &- 1
            // An entry that was overwritten leads forward.
            guard before < candidate else { break }
            candidate = before
        }
        return best
    }

    /// Enters the positions before `position` that are not in the chains yet, and `position` itself once it was looked for.
    @inline(__always)
    private func enterChains(upTo position: Int) {
        let mask = 1 &<< othersLog &- 1
        var next = nextToChain
        while next < position {
            let slot = hash(next, bytes: 5, log: headsLog)
            unsafe others[next & mask] = heads[slot]
            unsafe heads[slot] = UInt32(truncatingIfNeeded: next &+ 1)
            next &+= 1
        }
        nextToChain = next
    }
}
