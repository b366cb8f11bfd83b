import ImageryBase
import TestSupport
import Testing

@testable import ImageryJPEG2000

/// A rectangle of numbers with absolute coordinates.
struct Plane<Element> {
    var area: Area
    var elements: [Element]

    init(_ area: Area, _ element: (_ x: Int, _ y: Int) -> Element) {
        self.area = area
        elements = area.rows.flatMap { y in area.columns.map { x in element(x, y) } }
    }

    subscript(x: Int, y: Int) -> Element {
        elements[(y - area.rows.lowerBound) * area.columns.count + x - area.columns.lowerBound]
    }
}

struct Place: Hashable {
    var level: Int
    var orientation: SubbandOrientation
}

/// Coefficients of all sub-bands in memory; records breaches of what ``SubbandRows`` promises.
final class StoredRows<Coefficient>: SubbandRows {
    let planes: [Place: Plane<Coefficient>]
    let geometry: SynthesisGeometry
    var next: [Place: Int] = [:]
    var breaches: [String] = []
    /// The row of the region that is being made, and whether nil stands for rows of zeros.
    var current = 0
    let isZero: ((Coefficient) -> Bool)?

    init(_ planes: [Place: Plane<Coefficient>], _ geometry: SynthesisGeometry, isZero: ((Coefficient) -> Bool)? = nil) {
        self.planes = planes
        self.geometry = geometry
        self.isZero = isZero
    }

    func row(level: Int, orientation: SubbandOrientation, row: Int, columns: Range<Int>) throws(ImageryError)
        -> UnsafeRawPointer?
    {
        let place = Place(level: level, orientation: orientation)
        let area = geometry.area(level: level, orientation: orientation)
        if columns != area.columns || row != next[place] ?? area.rows.lowerBound || !area.rows.contains(row) {
            breaches.append("\(place) row \(row) columns \(columns), said was \(area)")
        }
        if !geometry.rowsNeeded(level: level, orientation: orientation, before: current + 1).contains(row) {
            breaches.append("\(place) row \(row) for row \(current)")
        }
        next[place] = row + 1
        guard let plane = planes[place] else { return nil }
        let line = columns.map { plane[$0, row] }
        if let isZero, line.allSatisfy(isZero) { return nil }
        let copy = UnsafeMutablePointer<Coefficient>.allocate(capacity: max(1, line.count))
        copy.initialize(from: line, count: line.count)
        lent.append(copy)
        return UnsafeRawPointer(copy)
    }

    private var lent: [UnsafeMutablePointer<Coefficient>] = []
    deinit { for pointer in lent { pointer.deallocate() } }
}

/// The transform as T.800 F.3 writes it: whole planes, one coordinate at a time.
enum Model {
    /// PSE_O of F.3.7: where coordinate `i` lies in `range` after mirroring.
    static func mirrored(_ i: Int, _ range: Range<Int>) -> Int {
        let period = 2 * (range.count - 1)
        let distance = ((i - range.lowerBound) % period + period) % period
        return range.lowerBound + min(distance, period - distance)
    }

    /// 1D_SR on `line`, whose first element has coordinate `start`.
    static func synthesised<T>(_ line: [T], start: Int, halved: (T) -> T, filter: (@escaping (Int) -> T) -> (Int) -> T) -> [T] {
        let range = start..<start + line.count
        if line.count <= 1 { return start % 2 == 1 ? line.map(halved) : line }
        let finished = filter { line[mirrored($0, range) - start] }
        return range.map(finished)
    }

    static func filter53(_ y: @escaping (Int) -> Int) -> (Int) -> Int {
        func even(_ i: Int) -> Int { y(i) - Int((Double(y(i - 1) + y(i + 1) + 2) / 4).rounded(.down)) }
        func odd(_ i: Int) -> Int { y(i) + Int((Double(even(i - 1) + even(i + 1)) / 2).rounded(.down)) }
        return { $0 % 2 == 0 ? even($0) : odd($0) }
    }

    static func filter97(_ y: @escaping (Int) -> Double) -> (Int) -> Double {
        let (alpha, beta) = (-1.586134342059924, -0.052980118572961)
        let (gamma, delta) = (0.882911075530934, 0.443506852043971)
        let k = 1.230174104914001
        func step2(_ i: Int) -> Double { i % 2 == 0 ? k * y(i) : y(i) / k }
        func step3(_ i: Int) -> Double { step2(i) - delta * (step2(i - 1) + step2(i + 1)) }
        func step4(_ i: Int) -> Double { step2(i) - gamma * (step3(i - 1) + step3(i + 1)) }
        func step5(_ i: Int) -> Double { step3(i) - beta * (step4(i - 1) + step4(i + 1)) }
        func step6(_ i: Int) -> Double { step4(i) - alpha * (step5(i - 1) + step5(i + 1)) }
        return { $0 % 2 == 0 ? step5($0) : step6($0) }
    }

    static func inverse<T>(
        bounds: Area, reduction: Int, levels: Int, bands: [Place: Plane<T>], halved: (T) -> T,
        filter: (@escaping (Int) -> T) -> (Int) -> T
    ) -> Plane<T> {
        var shapes = [bounds]
        for _ in reduction..<levels { shapes.append(SynthesisGeometry.halved(shapes[shapes.count - 1], .ll)) }
        var low = bands[Place(level: levels, orientation: .ll)]!
        for level in (reduction..<levels).reversed() {
            let area = shapes[level - reduction]
            func band(_ o: SubbandOrientation) -> Plane<T> { bands[Place(level: level + 1, orientation: o)]! }
            let (hl, lh, hh) = (band(.hl), band(.lh), band(.hh))
            let below = low
            var whole = Plane(area) { x, y in
                y % 2 == 0 ? (x % 2 == 0 ? below : hl)[x / 2, y / 2] : (x % 2 == 0 ? lh : hh)[x / 2, y / 2]
            }
            func run(_ line: [T], _ start: Int) -> [T] {
                synthesised(line, start: start, halved: halved, filter: filter)
            }
            let rows = area.rows.map { y in run(area.columns.map { whole[$0, y] }, area.columns.lowerBound) }
            whole = Plane(area) { x, y in rows[y - area.rows.lowerBound][x - area.columns.lowerBound] }
            let columns = area.columns.map { x in run(area.rows.map { whole[x, $0] }, area.rows.lowerBound) }
            low = Plane(area) { x, y in columns[x - area.columns.lowerBound][y - area.rows.lowerBound] }
        }
        return low
    }
}

@Suite struct WaveletTests {
    struct Case {
        var bounds: Area
        var region: Area
        var levels: Int
        var reduction: Int
        var places: [(Place, Area)]

        init(bounds: Area, levels: Int) {
            self.bounds = bounds
            region = bounds
            self.levels = levels
            reduction = 0
            places = Self.places(bounds, 0, levels)
        }

        static func places(_ bounds: Area, _ reduction: Int, _ levels: Int) -> [(Place, Area)] {
            var places: [(Place, Area)] = []
            var area = bounds
            for level in reduction..<levels {
                for orientation in [SubbandOrientation.hl, .lh, .hh] {
                    places.append((Place(level: level + 1, orientation: orientation), SynthesisGeometry.halved(area, orientation)))
                }
                area = SynthesisGeometry.halved(area, .ll)
            }
            return places + [(Place(level: levels, orientation: .ll), area)]
        }

        init(_ random: inout SeededGenerator, longest: Int) {
            func side() -> Range<Int> {
                let start = Int.random(in: 0...9, using: &random)
                return start..<start + Int.random(in: 1...longest, using: &random)
            }
            func part(_ whole: Range<Int>) -> Range<Int> {
                if Bool.random(using: &random) { return whole }
                let start = Int.random(in: whole, using: &random)
                return start..<Int.random(in: start + 1...whole.upperBound, using: &random)
            }
            bounds = Area(columns: side(), rows: side())
            region = Area(columns: part(bounds.columns), rows: part(bounds.rows))
            reduction = Int.random(in: 0...2, using: &random)
            levels = reduction + Int.random(in: 0...4, using: &random)
            places = Self.places(bounds, reduction, levels)
        }

        func geometry(_ region: Area, reversible: Bool) -> SynthesisGeometry {
            SynthesisGeometry(
                bounds: bounds, region: region, decompositionLevels: levels, reduction: reduction, reversible: reversible)
        }

        /// The region's samples, and what the source saw that it must not see.
        func run<Filter: Lifting, Coefficient>(
            _: Filter.Type, _ region: Area, _ planes: [Place: Plane<Coefficient>], reversible: Bool,
            isZero: ((Coefficient) -> Bool)? = nil, step: @escaping (Int, SubbandOrientation) -> Double = { _, _ in 1 }
        ) throws -> (samples: [Filter.Sample], breaches: [String]) {
            let geometry = geometry(region, reversible: reversible)
            let source = StoredRows(planes, geometry, isZero: isZero)
            let synthesis = try Synthesis<Filter>(geometry, source: source, step: step)
            var samples: [Filter.Sample] = []
            for y in region.rows {
                source.current = y
                let row = try synthesis.nextRow()
                samples += Array(UnsafeBufferPointer(start: row, count: region.columns.count))
            }
            return (samples, source.breaches)
        }
    }

    @Test(arguments: 0..<60) func reversibleIsTheModel(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed))
        let some = Case(&random, longest: seed < 30 ? 6 : 40)
        let isSparse = seed % 3 == 0
        var planes: [Place: Plane<Int32>] = [:]
        for (place, area) in some.places {
            planes[place] = Plane(area) { _, _ in
                isSparse && Int.random(in: 0...9, using: &random) > 0 ? 0 : 2 * Int32.random(in: -300...300, using: &random)
            }
        }
        let whole = Model.inverse(
            bounds: some.bounds, reduction: some.reduction, levels: some.levels,
            bands: planes.mapValues { plane in Plane(plane.area) { Int(plane[$0, $1]) / 2 } },
            halved: { $0 / 2 }, filter: Model.filter53)
        let found = try some.run(Reversible.self, some.region, planes, reversible: true, isZero: { $0 == 0 })
        #expect(found.breaches == [])
        #expect(found.samples.map { Int($0) } == Plane(some.region) { whole[$0, $1] }.elements)

        let wide = planes.mapValues { plane in Plane(plane.area) { Int64(plane[$0, $1]) << 26 } }
        let wideWhole = Model.inverse(
            bounds: some.bounds, reduction: some.reduction, levels: some.levels,
            bands: wide.mapValues { plane in Plane(plane.area) { Int(plane[$0, $1]) / 2 } },
            halved: { $0 / 2 }, filter: Model.filter53)
        let wideFound = try some.run(WideReversible.self, some.region, wide, reversible: true, isZero: { $0 == 0 })
        #expect(wideFound.breaches == [])
        #expect(wideFound.samples.map { Int($0) } == Plane(some.region) { wideWhole[$0, $1] }.elements)
    }

    @Test(arguments: 0..<60) func irreversibleIsTheModel(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed) + 1000)
        let some = Case(&random, longest: seed < 30 ? 6 : 40)
        var planes: [Place: Plane<Int32>] = [:]
        for (place, area) in some.places {
            planes[place] = Plane(area) { _, _ in Int32.random(in: -600...600, using: &random) }
        }
        func step(_ level: Int, _ orientation: SubbandOrientation) -> Double {
            0.25 + 0.125 * Double(level) + 0.0625 * Double(orientation.rawValue)
        }
        let bands = planes.map { place, plane in
            (place, Plane(plane.area) { Double(plane[$0, $1]) / 2 * step(place.level, place.orientation) })
        }
        let whole = Model.inverse(
            bounds: some.bounds, reduction: some.reduction, levels: some.levels, bands: Dictionary(uniqueKeysWithValues: bands),
            halved: { $0 / 2 }, filter: Model.filter97)
        let found = try some.run(Irreversible.self, some.region, planes, reversible: false, step: step)
        #expect(found.breaches == [])
        for (sample, expected) in zip(found.samples, Plane(some.region) { whole[$0, $1] }.elements) {
            #expect(abs(Double(sample) - expected) < 1e-3)
        }
        let wide = planes.mapValues { plane in Plane(plane.area) { Int64(plane[$0, $1]) } }
        let precise = try some.run(WideIrreversible.self, some.region, wide, reversible: false, step: step)
        #expect(precise.breaches == [])
        for (sample, expected) in zip(precise.samples, Plane(some.region) { whole[$0, $1] }.elements) {
            #expect(abs(sample - expected) < 1e-9)
        }
        // A part of the region has the same bits: threads may share the work.
        let whatever = Area(
            columns: some.region.columns.dropFirst(some.region.columns.count / 2), rows: some.region.rows.dropFirst(1))
        guard !whatever.isEmpty else { return }
        let part = try some.run(Irreversible.self, whatever, planes, reversible: false, step: step)
        let all = Plane(some.region) {
            found.samples[($1 - some.region.rows.lowerBound) * some.region.columns.count + $0 - some.region.columns.lowerBound]
        }
        #expect(part.samples == Plane(whatever) { all[$0, $1] }.elements)
    }

    /// What another implementation's forward transform made (Tests/Vectors/jpeg2000_wavelet.py).
    @Test(arguments: waveletVectors.indices) func forwardTransformsAreUndone(index: Int) throws {
        let vector = waveletVectors[index]
        let bounds = Area(
            columns: vector.x..<vector.x + vector.width, rows: vector.y..<vector.y + vector.height)
        let image = Plane(bounds) { x, y in (37 * x + 91 * y + x * y) % 256 - 128 }
        let some = Case(bounds: bounds, levels: vector.levels)
        func planes(_ lists: [[Int32]]) -> [Place: Plane<Int32>] {
            let pairs = zip(some.places, lists).map { place, list in
                var next = list.makeIterator()
                return (place.0, Plane(place.1) { _, _ in 2 * next.next()! })
            }
            return Dictionary(uniqueKeysWithValues: pairs)
        }
        let exact = try some.run(Reversible.self, bounds, planes(vector.reversible), reversible: true)
        #expect(exact.samples.map { Int($0) } == image.elements)
        let close = try some.run(
            Irreversible.self, bounds, planes(vector.irreversible), reversible: false, step: { _, _ in 1.0 / 64 })
        // Coefficients are off by up to 1/128, and the synthesis adds those of several.
        for (sample, expected) in zip(close.samples, image.elements) { #expect(abs(sample - Float(expected)) < 0.06) }
    }

    @Test func thirtyTwoLevels() throws {
        let bounds = Area(columns: 0..<4, rows: 0..<3)
        let geometry = SynthesisGeometry(bounds: bounds, region: bounds, decompositionLevels: 32, reduction: 0, reversible: true)
        #expect(geometry.levels.count == 32)
        let area = geometry.area(level: 32, orientation: .ll)
        let source = StoredRows<Int32>([Place(level: 32, orientation: .ll): Plane(area) { _, _ in 14 }], geometry)
        let synthesis = try Synthesis<Reversible>(geometry, source: source) { _, _ in 1 }
        for y in bounds.rows {
            source.current = y
            let row = try synthesis.nextRow()
            #expect(Array(UnsafeBufferPointer(start: row, count: 4)) == [7, 7, 7, 7])
        }
        #expect(source.breaches == [])
    }
}
