// The stages in order: packets, code-blocks, wavelet, component transform, samples (T.800 Annexes B to H).

import ImageryBase
import ImageryPlumbing

/// Decodes parts of tiles on one thread, or with several inside a tile.
final class TileDecoder {
    private let grid: ComponentGrid
    private let context: ReadContext
    private let workers: [BlockWorker]
    /// Tiles that a session may want again.
    var opened: [(number: Int, tile: Tile)] = []

    init(_ grid: ComponentGrid, _ context: ReadContext, threads: Int) {
        self.grid = grid
        self.context = context
        workers = (0..<max(1, threads)).map { _ in BlockWorker() }
    }

    /// Writes the samples that the tile has of the targets' areas at a resolution level.
    func decode(_ tile: Tile, level: Int, _ targets: [ComponentTarget]) throws(ImageryError) {
        let layout = tile.layout
        var wanted: [Int: [ComponentTarget]] = [:]
        for target in targets {
            let area = layout.components[target.component].area.reduced(level).intersection(target.area)
            if !area.isEmpty { wanted[target.component, default: []].append(target) }
        }
        if wanted.isEmpty { return }
        let (needed, mixed) = layout.needed(for: wanted.keys)
        for component in needed where layout.components[component].style.levels < level {
            throw ImageryError(
                .malformed, "JPEG 2000 tile \(layout.index)", "component \(component) has no resolution level \(level)")
        }
        let areas = wanted.compactMapValues { $0.first?.area }
        let precincts = layout.precincts(under: areas, level: level)
        if try !tile.packets.read(precincts) { tile.cache.keep { _ in false } }
        if let failure = tile.packets.failure, !tile.packets.isComplete(precincts) {
            guard context.salvage else { throw failure }
            context.findings.add(Diagnostic(failure))
        }
        if let shortfall = tile.packets.shortfall { context.findings.add(shortfall) }
        if context.isSession { tile.keepBlocks(level, targets) { $0.y0 < $1.y1 && $0.y1 > $1.y0 } }
        var requests: [ComponentGroup.Request] = []
        if mixed, let request = ComponentGroup.Request(layout, [0, 1, 2], level: level, (0..<3).map { wanted[$0]?.first }) {
            requests.append(request)
        }
        for component in needed where !mixed || component > 2 {
            for target in wanted[component] ?? [] {
                if let request = ComponentGroup.Request(layout, [component], level: level, [target]) { requests.append(request) }
            }
        }
        if requests.isEmpty { return }
        // Several threads decode blocks of a stripe while the wavelet works on the one before.
        let depth = workers.count > 1 ? 2 : 1
        let maker = StripeMaker(grid, tile, requests, stripCount: workers.count, depth: depth, context)
        let queue = StripeQueue(count: requests.reduce(0) { $0 + $1.stripes.count }, depth: depth)
        // Safe to share: a worker belongs to one thread, and the queue has stripes made by one thread at a time.
        nonisolated(unsafe) let shared = (maker: maker, workers: workers)
        let cancellation = context.cancellation
        try parallelFor(workers.count, threads: workers.count) { (_, index) throws(ImageryError) in
            while let work = queue.next() {
                do throws(ImageryError) {
                    try cancellation?.check("JPEG 2000")
                    switch work {
                    case .make(let number): queue.add(try unsafe shared.maker.make(number))
                    case .block(let stripe, let number): try unsafe stripe.group.decode(stripe.jobs[number], shared.workers[index])
                    case .strip(let stripe, let number): try stripe.group.store(stripe.rows, strip: number)
                    }
                    queue.finish(work)
                } catch {
                    queue.fail(work, error)
                }
            }
        }
        if let failure = queue.failure { throw failure }
    }
}

extension Tile {
    /// Keeps the decoded blocks that `isNeeded` names by the area of the level that they bear upon, filters included, and by what is wanted of
    /// their component, or of another of its size.
    func keepBlocks(_ level: Int, _ targets: [ComponentTarget], where isNeeded: (_ block: Area, _ wanted: Area) -> Bool) {
        cache.keep { place in
            guard let target = targets.first(where: { $0.component == place.component }) ?? targets.first else { return false }
            let band = layout.components[place.component].resolutions[place.resolution].bands[place.band]
            let area = band.blockArea(column: place.column, row: place.row)
            let scale = band.level - level
            func scaled(_ number: Int) -> Int { scale >= 0 ? number << scale : number >> -scale }
            let reach = Area(x0: scaled(area.x0 - 4), y0: scaled(area.y0 - 4), x1: scaled(area.x1 + 4), y1: scaled(area.y1 + 4))
            return isNeeded(reach, target.area)
        }
    }
}
