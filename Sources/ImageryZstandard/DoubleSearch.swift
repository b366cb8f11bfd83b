// Levels 3 and 4: the newest occurrences of eight and of five bytes.

extension BlockParser {
    func parseDouble(_ range: Range<Int>) {
        let end = range.upperBound
        let limit = end - Self.tail
        var anchor = range.lowerBound
        var position = anchor
        let (longLog, shortLog) = (headsLog, othersLog)
        let (longTable, shortTable) = unsafe (heads, others)
        while position < limit {
            let longSlot = unsafe longTable + hash(position, bytes: 8, log: longLog)
            let shortSlot = unsafe shortTable + hash(position, bytes: 5, log: shortLog)
            let far = unsafe Int(longSlot.pointee) &- 1
            let near = unsafe Int(shortSlot.pointee) &- 1
            unsafe longSlot.pointee = UInt32(truncatingIfNeeded: position &+ 1)
            unsafe shortSlot.pointee = UInt32(truncatingIfNeeded: position &+ 1)
            let repeated = Int(history.0)
            if repeated <= position &+ 1, position &+ 1 < limit, word(position &+ 1 &- repeated) == word(position &+ 1) {
                let length = 4 &+ equalBytes(position &+ 5 &- repeated, position &+ 5, end: end)
                emit(from: anchor, to: position &+ 1, distance: repeated, length: length)
                position = finishMatch(from: position, to: position &+ 1 &+ length, limit: limit, end: end)
                anchor = position
                continue
            }
            var start = position
            var match = -1
            if far >= 0, position &- far <= window, longWord(far) == longWord(position) {
                match = far
            } else if near >= 0, position &- near <= window, word(near) == word(position) {
                // A longer one may begin with the next byte.
                let next = position &+ 1
                if next < limit {
                    let slot = unsafe longTable + hash(next, bytes: 8, log: longLog)
                    let further = unsafe Int(slot.pointee) &- 1
                    unsafe slot.pointee = UInt32(truncatingIfNeeded: next &+ 1)
                    if further >= 0, next &- further <= window, longWord(further) == longWord(next) {
                        (start, match) = (next, further)
                    }
                }
                if match < 0 { match = near }
            }
            guard match >= 0 else {
                position &+= 1 &+ (position &- anchor) &>> 8
                continue
            }
            var length = 4 &+ equalBytes(match &+ 4, start &+ 4, end: end)
            let distance = start &- match
            while start > anchor, start > distance, unsafe base[start &- 1] == base[start &- 1 &- distance] {
                start &-= 1
                length &+= 1
            }
            emit(from: anchor, to: start, distance: distance, length: length)
            position = finishMatch(from: position, to: start &+ length, limit: limit, end: end)
            anchor = position
        }
        appendLiterals(from: anchor, to: end)
    }

    /// Enters some positions of a match into the tables and takes the repeats behind it; returns where those end.
    @inline(__always)
    private func finishMatch(from start: Int, to next: Int, limit: Int, end: Int) -> Int {
        for place in [start &+ 2, next &- 2, next &- 1] where place > start && place < limit {
            unsafe heads[hash(place, bytes: 8, log: headsLog)] = UInt32(truncatingIfNeeded: place &+ 1)
            unsafe others[hash(place, bytes: 5, log: othersLog)] = UInt32(truncatingIfNeeded: place &+ 1)
        }
        return takeRepeats(at: next, limit: limit, end: end)
    }
}
