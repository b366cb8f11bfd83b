import ImageryBase
import ImageryPlumbing

/// Numbers of up to 16 bits as keys of a table.
struct NarrowOrder: Sendable {
    private let type: PixelType

    /// Nil for larger types, and for complex ones.
    init?(_ type: PixelType) {
        switch type {
        case .uint8, .int8, .uint16, .int16, .float16: self.type = type
        default: return nil
        }
    }

    /// How many keys there are.
    var keys: Int { type.byteCount == 1 ? 256 : 65_536 }

    /// The number whose bits are `key`.
    func value(ofKey key: Int) -> Double {
        switch type {
        case .int8: Double(Int8(truncatingIfNeeded: key))
        case .int16: Double(Int16(truncatingIfNeeded: key))
        case .float16: HalfFloat.double(ofBits: UInt16(truncatingIfNeeded: key))
        default: Double(key)
        }
    }

    /// Counts the samples of a row that are there; `counts` has a place for each key.
    @unsafe
    func count(_ row: SamplePass.Row, into counts: UnsafeMutablePointer<Int>) {
        if type.byteCount == 1 {
            unsafe count(row, as: UInt8.self, into: counts)
        } else {
            unsafe count(row, as: UInt16.self, into: counts)
        }
    }

    private func count<S: FixedWidthInteger & BitwiseCopyable>(
        _ row: SamplePass.Row, as type: S.Type, into counts: UnsafeMutablePointer<Int>
    ) {
        // In bounds: the row has `count` samples and as many places.
        let samples = unsafe row.samples
        if let places = unsafe row.places {
            for index in unsafe 0..<row.count where unsafe places[index] != 0 {
                unsafe counts[Int(samples.loadUnaligned(fromByteOffset: index * MemoryLayout<S>.size, as: S.self))] += 1
            }
        } else {
            for index in unsafe 0..<row.count {
                unsafe counts[Int(samples.loadUnaligned(fromByteOffset: index * MemoryLayout<S>.size, as: S.self))] += 1
            }
        }
    }
}

/// Numbers of more than 16 bits as keys of 32 bits in the order of the numbers.
enum WideOrder {
    case unsigned, signed
    /// Single precision.
    case single
    /// The upper half of double precision.
    case double

    init(_ type: PixelType) {
        switch type {
        case .uint32: self = .unsigned
        case .int32: self = .signed
        case .float32, .complexFloat32, .complexInt16: self = .single
        default: self = .double
        }
    }

    /// The key of a finite number.
    @inline(__always)
    func key(_ number: Double) -> Int {
        switch self {
        case .unsigned: return Int(number)
        case .signed: return Int(number) + 0x8000_0000
        case .single:
            let bits = Float(number).bitPattern
            return Int(bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits)
        case .double:
            let bits = number.bitPattern
            return Int((bits & (1 << 63) == 0 ? bits | 1 << 63 : ~bits) >> 32)
        }
    }

    /// The number nearest to 0 that has the key.
    func value(ofKey key: Int) -> Double {
        switch self {
        case .unsigned: return Double(key)
        case .signed: return Double(key - 0x8000_0000)
        case .single:
            let bits = UInt32(truncatingIfNeeded: key)
            return Double(Float(bitPattern: bits & 0x8000_0000 != 0 ? bits & 0x7fff_ffff : ~bits))
        case .double:
            let bits = UInt64(truncatingIfNeeded: key) << 32
            return Double(bitPattern: bits & (1 << 63) != 0 ? bits & ~(1 << 63) : ~bits & ~0xffff_ffff)
        }
    }
}

/// Counters of keys, of each worker and band its own.
final class CounterSet: Sendable {
    private let memory: Scratch
    private let workers: Int
    private let bands: Int
    private let keys: Int

    init(workers: Int, bands: Int, keys: Int) throws(ImageryError) {
        guard let count = checkedProduct(workers, bands, keys, MemoryLayout<Int>.size) else {
            throw ImageryError(limit: .memory, "statistics", "there are too many bands to count")
        }
        memory = try Scratch(byteCount: count)
        unsafe memory.base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        self.workers = workers
        self.bands = bands
        self.keys = keys
    }

    /// The counters of a worker, one for each key.
    func counts(_ worker: Int, _ band: Int) -> UnsafeMutablePointer<Int> {
        // In bounds: there are `keys` counters for each worker and band.
        unsafe memory.base.assumingMemoryBound(to: Int.self) + (worker * bands + band) * keys
    }

    /// The sums over all workers.
    func joined(_ band: Int) -> [Int] {
        var sums = [Int](repeating: 0, count: keys)
        for worker in 0..<workers {
            let counts = unsafe counts(worker, band)
            for key in 0..<keys { unsafe sums[key] += counts[key] }
        }
        return sums
    }
}

/// Count, extremes, mean and sum of squared distances from it.
struct Moments: Sendable {
    var count = 0
    var minimum = Double.nan
    var maximum = Double.nan
    private var average = 0.0
    private var squares = 0.0

    /// NaN without numbers.
    var mean: Double { count == 0 ? .nan : average }
    /// Of all numbers, not of a sample of them; NaN without numbers.
    var standardDeviation: Double { count == 0 ? .nan : (squares / Double(count)).squareRoot() }

    /// Adds finite numbers.
    @unsafe
    mutating func add(_ numbers: UnsafeMutableBufferPointer<Double>, count: Int) {
        guard count > 0 else { return }
        var row = Moments()
        var (low, high, sum) = unsafe (numbers[0], numbers[0], 0.0)
        for index in 0..<count {
            let number = unsafe numbers[index]
            low = min(low, number)
            high = max(high, number)
            sum += number
        }
        (row.count, row.minimum, row.maximum, row.average) = (count, low, high, sum / Double(count))
        for index in 0..<count {
            let distance = unsafe numbers[index] - row.average
            row.squares += distance * distance
        }
        join(row)
    }

    /// Adds numbers in rising order, each so many times.
    mutating func add(_ values: [(value: Double, count: Int)]) {
        guard let first = values.first, let last = values.last else { return }
        var all = Moments()
        all.count = values.reduce(0) { $0 + $1.count }
        (all.minimum, all.maximum) = (first.value, last.value)
        all.average = values.reduce(0) { $0 + $1.value * Double($1.count) } / Double(all.count)
        all.squares = values.reduce(0) { $0 + ($1.value - all.average) * ($1.value - all.average) * Double($1.count) }
        join(all)
    }

    /// Adds the numbers of `other`.
    mutating func join(_ other: Moments) {
        guard other.count > 0 else { return }
        guard count > 0 else {
            self = other
            return
        }
        let distance = other.average - average
        let (own, more) = (Double(count), Double(other.count))
        average += distance * more / (own + more)
        squares += other.squares + distance * distance * own * more / (own + more)
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        count += other.count
    }
}

/// Places of percentiles among numbers in rising order: p of n numbers is at (n - 1) p / 100, between neighbours in proportion.
enum Rank {
    /// The keys, in order and once each, that the numbers below and above each percentile have.
    static func places(_ percentiles: [Double], of count: Int, in counts: [Int]) -> [Int] {
        guard count > 0 else { return [] }
        var ranks = Set<Int>()
        for percent in percentiles {
            let position = percent / 100 * Double(count - 1)
            ranks.formUnion([Int(position.rounded(.down)), min(count - 1, Int(position.rounded(.up)))])
        }
        var keys: [Int] = []
        var (passed, key) = (0, 0)
        for rank in ranks.sorted() {
            while key < counts.count - 1, passed + counts[key] <= rank {
                passed += counts[key]
                key += 1
            }
            if keys.last != key { keys.append(key) }
        }
        return keys
    }

    /// The value of each percentile; none without values.
    static func values(_ percentiles: [Double], of count: Int, in values: [(value: Double, count: Int)]) -> [Double] {
        guard count > 0, !values.isEmpty else { return [] }
        var ends: [Int] = []
        var passed = 0
        for (_, count) in values {
            passed += count
            ends.append(passed)
        }
        /// The number of that rank: the first whose numbers end behind it.
        func value(_ rank: Int) -> Double {
            var (low, high) = (0, ends.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if ends[middle] > rank { high = middle } else { low = middle + 1 }
            }
            return values[low].value
        }
        return percentiles.map { percent in
            let position = percent / 100 * Double(count - 1)
            let below = position.rounded(.down)
            let first = value(Int(below))
            let second = value(min(count - 1, Int(below) + 1))
            return position == below ? first : first + (second - first) * (position - below)
        }
    }
}
