/// Sorts ranges and joins those that touch or lie at most `gap` bytes apart.
public func coalesced(_ ranges: [Range<Int>], gap: Int = 0) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
        if let last = result.last, range.lowerBound - last.upperBound <= gap {
            result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else {
            result.append(range)
        }
    }
    return result
}
