// The stages in order: packets, code-blocks, wavelet, component transform, samples (T.800 Annexes B to H).

import ImageryBase

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
        var others = needed
        if mixed {
            others.removeAll { $0 < 3 }
            try decode(tile, [0, 1, 2], level, (0..<3).map { wanted[$0]?.first })
        }
        for component in others {
            for target in wanted[component] ?? [] { try decode(tile, [component], level, [target]) }
        }
    }

    /// Rows of the region that are made at a time: blocks of two rows of common code-blocks keep several threads busy.
    private static let rowsAtATime = 128

    /// One component, or three that were transformed together (Annex G); `targets` are theirs.
    private func decode(
        _ tile: Tile, _ components: [Int], _ level: Int, _ targets: [ComponentTarget?]
    ) throws(ImageryError) {
        // Requests of several components ask for the same area.
        guard let target = targets.compactMap(\.self).first else { return }
        let own = components.map { tile.layout.components[$0] }
        let region = own[0].area.reduced(level).intersection(target.area)
        let isWide = zip(components, own).contains { needsWide($0, $1, level: level) }
        var sources: [Coefficients] = []
        for (number, component) in zip(components, own) {
            sources.append(
                try Coefficients(
                    tile, component: number, resolution: component.style.levels - level,
                    component.synthesis(of: region, level: level),
                    rows: Self.rowsAtATime, isWide: isWide, context))
        }
        // Every thread transforms a strip of columns.
        let stripCount = max(1, min(workers.count, region.width / 128))
        var strips: [(area: Area, rows: [ComponentRows])] = []
        for index in 0..<stripCount {
            let left = region.x0 + region.width * index / stripCount
            let right = region.x0 + region.width * (index + 1) / stripCount
            let area = Area(x0: left, y0: region.y0, x1: right, y1: region.y1)
            var rows: [ComponentRows] = []
            for (place, component) in own.enumerated() {
                let precision = image.size.components[components[place]].precision
                rows.append(
                    try ComponentRows(
                        component, precision: precision, isWide: isWide, component.synthesis(of: area, level: level),
                        source: sources[place]))
            }
            strips.append((area, rows))
        }
        let formats = components.map { image.format(of: $0) }
        // Safe to share: a worker belongs to one thread; blocks write their own coefficients, strips their own samples, and no strip
        // reads before all blocks are done.
        nonisolated(unsafe) let shared = (sources: sources, strips: strips, workers: workers)
        var y = region.y0
        while y < region.y1 {
            let rows = y..<min(region.y1, y + Self.rowsAtATime)
            try decodeBlocks(sources, before: rows.upperBound)
            try unsafe parallelFor(shared.strips.count, threads: workers.count) { (_, index) throws(ImageryError) in
                let strip = unsafe shared.strips[index]
                try Self.store(strip.rows, strip.area.columns, rows, formats, targets)
            }
            y = rows.upperBound
        }
    }

    /// Decodes the code-blocks that rows before `end` need.
    private func decodeBlocks(_ sources: [Coefficients], before end: Int) throws(ImageryError) {
        var jobs: [BlockJob] = []
        var owners: [Int] = []
        for (index, source) in sources.enumerated() {
            source.jobs(before: end, into: &jobs)
            owners += repeatElement(index, count: jobs.count - owners.count)
        }
        nonisolated(unsafe) let shared = (jobs: jobs, sources: sources, workers: workers)
        let owner = owners
        try parallelFor(jobs.count, threads: workers.count) { (worker, index) throws(ImageryError) in
            try unsafe shared.sources[owner[index]].decode(shared.jobs[index], shared.workers[worker])
        }
    }

    /// Makes the samples of `rows` in a strip of columns.
    private static func store(
        _ lines: [ComponentRows], _ columns: Range<Int>, _ rows: Range<Int>, _ formats: [SampleFormat],
        _ targets: [ComponentTarget?]
    ) throws(ImageryError) {
        for y in rows {
            func place(_ index: Int) -> UnsafeMutableRawPointer? {
                guard let target = targets[index] else { return nil }
                return unsafe target.base + (y - target.area.y0) * target.rowStride
                    + (columns.lowerBound - target.area.x0) * formats[index].type.byteCount
            }
            if lines.count == 3 {
                let outputs = unsafe (place(0), place(1), place(2))
                try unsafe ComponentRows.store(lines, columns.count, (formats[0], formats[1], formats[2]), into: outputs)
            } else if let output = unsafe place(0) {
                try unsafe lines[0].store(columns.count, formats[0], into: output)
            }
        }
    }

    /// True when 32 bits do not hold the coefficients or the samples of a component.
    private func needsWide(_ number: Int, _ component: TileComponent, level: Int) -> Bool {
        let precision = image.size.components[number].precision
        // The transforms add up to four bits, the coefficients have one of fraction; single precision has 24 bits.
        let most = component.style.isReversible ? 26 : 24
        return precision > most || image.layout.pixelType.byteCount == 8
            || component.resolutions[...(component.style.levels - level)].contains { resolution in
                resolution.bands.contains { $0.magnitudeBits > BlockDecoder.planesPerWord }
            }
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

extension TileComponent {
    /// How the region of a level is made.
    fileprivate func synthesis(of region: Area, level: Int) -> SynthesisGeometry {
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
