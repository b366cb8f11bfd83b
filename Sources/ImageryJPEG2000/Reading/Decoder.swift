// The stages in order: packets, code-blocks, wavelet, component transform, samples (T.800 Annexes B to H).

import ImageryBase
import ImageryPlumbing

/// Where the samples of a component go.
@safe
struct ComponentTarget: @unchecked Sendable {
    var component: Int
    /// The samples that are wanted, on the component's raster of the level.
    var area: Area
    /// Where the first of them goes, and the bytes from a row to the next. The memory is the caller's.
    let base: UnsafeMutableRawPointer
    let rowStride: Int

    init(component: Int, area: Area, base: UnsafeMutableRawPointer, rowStride: Int) {
        self.component = component
        self.area = area
        unsafe self.base = base
        self.rowStride = rowStride
    }
}

/// Decodes parts of tiles on one thread, or with several inside a tile.
final class TileDecoder {
    private let image: Codestream
    private let context: ReadContext
    private let workers: [BlockWorker]
    /// Tiles that a session may want again.
    var opened: [(number: Int, tile: Tile)] = []

    init(_ image: Codestream, _ context: ReadContext, threads: Int) {
        self.image = image
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
        if context.isSession { forgetBlocks(tile, level, targets) }
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
        let maker = StripeMaker(image, tile, requests, stripCount: workers.count, depth: depth, context)
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

    /// Drops decoded blocks above and below the rows that are wanted now.
    private func forgetBlocks(_ tile: Tile, _ level: Int, _ targets: [ComponentTarget]) {
        tile.cache.keep { place in
            guard let target = targets.first(where: { $0.component == place.component }) ?? targets.first else { return false }
            let component = tile.layout.components[place.component]
            let band = component.resolutions[place.resolution].bands[place.band]
            let area = band.blockArea(column: place.column, row: place.row)
            // Rows of the level that the block bears upon, filters included.
            let scale = band.level - level
            let top = scale >= 0 ? (area.y0 - 4) << scale : (area.y0 - 4) >> -scale
            let bottom = scale >= 0 ? (area.y1 + 4) << scale : (area.y1 + 4) >> -scale
            return top < target.area.y1 && bottom > target.area.y0
        }
    }
}

/// Makes the stripes of groups of components, one group after the other. For one thread at a time.
private final class StripeMaker {
    private let image: Codestream
    private let tile: Tile
    private let requests: [ComponentGroup.Request]
    private let stripCount: Int
    private let depth: Int
    private let context: ReadContext
    private var group: ComponentGroup?
    /// The request of the next stripe, and the stripe's place in it.
    private var next = (request: 0, stripe: 0)

    init(
        _ image: Codestream, _ tile: Tile, _ requests: [ComponentGroup.Request], stripCount: Int, depth: Int, _ context: ReadContext
    ) {
        self.image = image
        self.tile = tile
        self.requests = requests
        self.stripCount = stripCount
        self.depth = depth
        self.context = context
    }

    /// The next stripe, which gets a number.
    func make(_ number: Int) throws(ImageryError) -> Stripe {
        let request = requests[next.request]
        let group: ComponentGroup
        if let current = self.group {
            group = current
        } else {
            let isWide = request.components.contains { needsWide($0, tile.layout.components[$0], level: request.level) }
            group = try ComponentGroup(
                tile, request, formats: request.components.map { image.format(of: $0) }, isWide: isWide, stripCount: stripCount,
                depth: depth, context)
        }
        let stripe = Stripe(number, group, request.stripes[next.stripe])
        if depth > 1 { group.touch(stripe.rows) }
        if next.stripe + 1 < request.stripes.count {
            next.stripe += 1
            self.group = group
        } else {
            next = (next.request + 1, 0)
            self.group = nil
        }
        return stripe
    }

    /// True when 32 bits do not hold the coefficients or the samples of a component.
    private func needsWide(_ number: Int, _ component: TileComponent, level: Int) -> Bool {
        let precision = image.size.components[number].precision
        // The transforms add up to four bits, the coefficients have one of fraction; single precision has 24 bits.
        let most = component.style.isReversible ? 26 : 24
        return precision > most || image.layout.pixelType.byteCount == 8
            || component.resolutions[...(component.style.levels - level)].contains { resolution in
                resolution.bands.contains { $0.magnitudeBits > CodeBlockDecoder.planesPerWord }
            }
    }
}

extension TileComponent {
    /// How the region of a level is made.
    func synthesis(of region: Area, level: Int) -> SynthesisGeometry {
        SynthesisGeometry(
            bounds: area.reduced(level), region: region, decompositionLevels: style.levels, reduction: level,
            reversible: style.isReversible)
    }
}

extension TileLayout {
    /// The components that have to be decoded for the wanted ones: the three of a component transform only together.
    fileprivate func needed(for wanted: some Sequence<Int>) -> (components: [Int], mixed: Bool) {
        let mixed = mixesComponents && wanted.contains { $0 < 3 }
        return (Set(wanted).union(mixed ? [0, 1, 2] : []).sorted(), mixed)
    }

    /// The precincts that hold code-blocks for areas of components at a level which all components have.
    func precincts(under areas: [Int: Area], level: Int) -> [PrecinctSelection] {
        let (needed, mixed) = needed(for: areas.keys)
        let together = (0..<3).compactMap { areas[$0] }.first
        return needed.compactMap { number in
            let component = components[number]
            guard let area = mixed && number < 3 ? together : areas[number] else { return nil }
            let region = component.area.reduced(level).intersection(area)
            if region.isEmpty { return nil }
            return PrecinctSelection(component: number, component, component.synthesis(of: region, level: level))
        }
    }

    /// True when the first three components were transformed together: they have one area and one wavelet (G.2, G.3).
    var mixesComponents: Bool {
        guard progression.transformsComponents, components.count >= 3 else { return false }
        let first = components[0]
        return components[1...2].allSatisfy { $0.area == first.area && $0.style.isReversible == first.style.isReversible }
    }
}
