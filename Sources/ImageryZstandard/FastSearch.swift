// Levels 1 and 2: the newest occurrence of a few bytes.

extension BlockParser {
    func parseFast(_ range: Range<Int>, minimum: Int) {
        let end = range.upperBound
        let limit = end - Self.tail
        var anchor = range.lowerBound
        var position = anchor
        let log = headsLog
        let table = unsafe heads
        while position < limit {
            let slot = unsafe table + hash(position, bytes: minimum, log: log)
            let candidate = unsafe Int(slot.pointee) &- 1
            unsafe slot.pointee = UInt32(truncatingIfNeeded: position &+ 1)
            // One byte further the last offset may go on.
            let repeated = Int(history.0)
            if repeated <= position &+ 1, position &+ 1 < limit, word(position &+ 1 &- repeated) == word(position &+ 1) {
                let length = 4 &+ equalBytes(position &+ 5 &- repeated, position &+ 5, end: end)
                emit(from: anchor, to: position &+ 1, distance: repeated, length: length)
                position &+= 1 &+ length
                anchor = position
            } else if candidate >= 0, position &- candidate <= window, word(candidate) == word(position) {
                var start = position
                var length = 4 &+ equalBytes(candidate &+ 4, position &+ 4, end: end)
                let distance = position &- candidate
                while start > anchor, start > distance, unsafe base[start &- 1] == base[start &- 1 &- distance] {
                    start &-= 1
                    length &+= 1
                }
                emit(from: anchor, to: start, distance: distance, length: length)
                let next = start &+ length
                if position &+ 2 < limit {
                    unsafe table[hash(position &+ 2, bytes: minimum, log: log)] = UInt32(truncatingIfNeeded: position &+ 3)
                }
                if next &- 2 < limit, next &- 2 > position {
                    unsafe table[hash(next &- 2, bytes: minimum, log: log)] = UInt32(truncatingIfNeeded: next &- 1)
                }
                position = next
                anchor = position
            } else {
                // Where nothing is found for long, fewer positions are looked at.
                position &+= 1 &+ (position &- anchor) &>> 7
                continue
            }
            position = takeRepeats(at: position, limit: limit, end: end)
            anchor = position
        }
        appendLiterals(from: anchor, to: end)
    }

    /// Matches of the offset before the last that begin right behind a match; returns where they end.
    @inline(__always)
    func takeRepeats(at start: Int, limit: Int, end: Int) -> Int {
        var position = start
        while position < limit {
            let distance = Int(history.1)
            guard distance <= position, word(position) == word(position &- distance) else { break }
            let length = 4 &+ equalBytes(position &+ 4 &- distance, position &+ 4, end: end)
            emit(from: position, to: position, distance: distance, length: length)
            position &+= length
        }
        return position
    }
}
