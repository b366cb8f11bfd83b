// Which coding passes a layer has (T.800 J.13.3): those that lower the error most for their bytes.

/// Chooses where the segments of a tile's code-blocks are cut.
struct RateControl {
    /// A place where a segment may be cut, with what each byte before it, from the place before, lowers the error by.
    private struct Point {
        var reach: BlockReach
        var slope: Double
    }

    /// Of each block the places on the convex hull, with falling slopes.
    private let hulls: [[Point]]
    /// All slopes, the steepest first.
    private let slopes: [Double]

    /// `weights` are those of the blocks' errors, as many as there are blocks; none when nothing is to be cut.
    init(_ blocks: [EncodedBlock], _ weights: [Double]) {
        hulls = zip(blocks, weights).map { Self.hull($0, $1) }
        var all = hulls.flatMap { $0.map(\.slope) }
        all.sort(by: >)
        slopes = all
    }

    /// The slope at which the passes of some blocks reach a budget of bytes, 0 if all of them fit; each block stands for `shares` of its kind.
    static func slope(_ blocks: [EncodedBlock], _ weights: [Double], shares: [Double], budget: Double) -> Double {
        var steps: [(slope: Double, bytes: Double)] = []
        for (index, block) in blocks.enumerated() {
            var before = 0
            for point in hull(block, weights[index]) {
                steps.append((point.slope, Double(point.reach.bytes - before) * shares[index]))
                before = point.reach.bytes
            }
        }
        steps.sort { $0.slope > $1.slope }
        var spent = 0.0
        for step in steps {
            spent += step.bytes
            if spent > budget { return step.slope }
        }
        return 0
    }

    private static func hull(_ block: EncodedBlock, _ weight: Double) -> [Point] {
        var points: [Point] = []
        var gains: [Double] = []
        for (index, pass) in block.passes.enumerated() {
            let reach = BlockReach(passes: index + 1, bytes: pass.length)
            let gain = pass.gain * weight
            while true {
                let bytes = pass.length - (points.last?.reach.bytes ?? 0)
                let more = gain - (gains.last ?? 0)
                let slope = bytes > 0 ? more / Double(bytes) : more > 0 ? .infinity : 0
                if let last = points.last, slope >= last.slope {
                    // The place before is below the line.
                    points.removeLast()
                    gains.removeLast()
                    continue
                }
                if slope > 0 {
                    points.append(Point(reach: reach, slope: slope))
                    gains.append(gain)
                }
                break
            }
        }
        return points
    }

    /// The flattest slope whose passes, with the headers that `headers` tells for them, have no more than `budget` bytes beyond those of
    /// `before`; what is there already stays.
    func reach(after before: [BlockReach], budget: Int, _ headers: ([BlockReach]) -> Int) -> [BlockReach] {
        var best = before
        // As many of the slopes as fit.
        var low = 0
        var high = slopes.count
        while low < high {
            let middle = (low + high + 1) / 2
            let trial = reach(after: before, slope: slopes[middle - 1])
            var bytes = 0
            for index in trial.indices { bytes += trial[index].bytes - before[index].bytes }
            if bytes <= budget, bytes + headers(trial) <= budget {
                low = middle
                best = trial
            } else {
                high = middle - 1
            }
        }
        return best
    }

    private func reach(after before: [BlockReach], slope: Double) -> [BlockReach] {
        before.indices.map { index in
            let hull = hulls[index]
            // Slopes fall: the last place that is at least as steep.
            var count = 0
            while count < hull.count, hull[count].slope >= slope { count += 1 }
            guard count > 0, hull[count - 1].reach.passes > before[index].passes else { return before[index] }
            return hull[count - 1].reach
        }
    }
}
