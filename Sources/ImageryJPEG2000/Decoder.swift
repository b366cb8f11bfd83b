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
        // Which components are needed: the three of a component transform only together.
        let mixes = layout.mixesComponents
        var wanted: [Int: [ComponentTarget]] = [:]
        for target in targets {
            let area = layout.components[target.component].area.reduced(level).intersection(target.area)
            if !area.isEmpty { wanted[target.component, default: []].append(target) }
        }
        if wanted.isEmpty { return }
        let mixed = mixes && wanted.keys.contains { $0 < 3 }
        let needed = Set(wanted.keys).union(mixed ? [0, 1, 2] : []).sorted()
        for component in needed where layout.components[component].style.levels < level {
            throw ImageryError(
                .malformed, "JPEG 2000 tile \(layout.index)", "component \(component) has no resolution level \(level)")
        }
        let resolutions = needed.map { layout.components[$0].style.levels - level }
        try tile.packets.read(components: needed, resolutions: resolutions)
        if let failure = tile.packets.failure,
            !zip(needed, resolutions).allSatisfy({ tile.packets.isComplete(component: $0, resolution: $1) })
        {
            guard context.salvage else { throw failure }
            context.findings.add(Diagnostic(failure))
        }
        if let shortfall = tile.packets.shortfall { context.findings.add(shortfall) }
        var others = needed
        if mixed {
            others.removeAll { $0 < 3 }
            try decodeMixed(tile, level, (0..<3).map { wanted[$0] ?? [] })
        }
        for component in others { try decode(tile, component, level, wanted[component] ?? []) }
    }

    /// A component that no transform mixes with others.
    private func decode(_ tile: Tile, _ component: Int, _ level: Int, _ targets: [ComponentTarget]) throws(ImageryError) {
        for target in targets {
            let whole = tile.layout.components[component].area.reduced(level)
            let region = whole.intersection(target.area)
            let rows = try ComponentRows(tile, image, component, level, region, workers, context)
            let format = image.format(of: component)
            for y in region.rows {
                let output =
                    unsafe target.base + (y - target.area.y0) * target.rowStride
                    + (region.x0 - target.area.x0) * format.type.byteCount
                try unsafe rows.store(into: output, format, image.size.components[component])
            }
        }
    }

    /// The first three components, which were transformed together (Annex G). `targets` are those of each.
    private func decodeMixed(_ tile: Tile, _ level: Int, _ targets: [[ComponentTarget]]) throws(ImageryError) {
        let whole = tile.layout.components[0].area.reduced(level)
        // Requests of several components ask for the same area, each once.
        guard let area = targets.compactMap(\.first).first?.area else { return }
        let region = whole.intersection(area)
        var rows: [ComponentRows] = []
        for component in 0..<3 {
            rows.append(try ComponentRows(tile, image, component, level, region, workers, context))
        }
        let formats = (image.format(of: 0), image.format(of: 1), image.format(of: 2))
        let sampleBytes = formats.0.type.byteCount
        for y in region.rows {
            func output(_ component: Int) -> UnsafeMutableRawPointer? {
                guard let target = targets[component].first else { return nil }
                return unsafe target.base + (y - area.y0) * target.rowStride + (region.x0 - area.x0) * sampleBytes
            }
            let outputs = unsafe (output(0), output(1), output(2))
            try unsafe ComponentRows.store(rows, into: outputs, formats, image.size)
        }
    }
}

extension TileLayout {
    /// True when the first three components were transformed together: they have one area and one wavelet (G.2, G.3).
    var mixesComponents: Bool {
        guard progression.transformsComponents, components.count >= 3 else { return false }
        let first = components[0]
        return components[1...2].allSatisfy { $0.area == first.area && $0.style.isReversible == first.style.isReversible }
    }
}

/// Rows of one tile-component as the wavelet gives them.
final class ComponentRows {
    private enum Rows {
        case reversible(Synthesis<Reversible>)
        case irreversible(Synthesis<Irreversible>)
    }
    private let rows: Rows
    private let count: Int

    init(
        _ tile: Tile, _ image: Codestream, _ component: Int, _ level: Int, _ region: Area, _ workers: [BlockWorker],
        _ context: ReadContext
    ) throws(ImageryError) {
        let layout = tile.layout.components[component]
        let levels = layout.style.levels
        let isReversible = layout.style.isReversible
        let geometry = SynthesisGeometry(
            bounds: layout.area.reduced(level), region: region, decompositionLevels: levels, reduction: level,
            reversible: isReversible)
        count = region.width
        let source = try Coefficients(
            tile, component: component, resolution: levels - level, geometry, isWide: false, workers, context)
        let precision = image.size.components[component].precision
        func step(_ level: Int, _ orientation: SubbandOrientation) -> Double {
            let downshift = source.downshift(level: level, orientation)
            return layout.quantiser.stepSize(level: level, orientation: orientation, precision: precision) * Double(1 << downshift)
        }
        rows =
            isReversible
            ? .reversible(try Synthesis(geometry, source: source, step: step))
            : .irreversible(try Synthesis(geometry, source: source, step: step))
    }

    /// The next row as samples.
    func store(
        into target: UnsafeMutableRawPointer, _ format: SampleFormat, _ component: ImageSize.Component
    ) throws(ImageryError) {
        switch rows {
        case .reversible(let synthesis):
            unsafe ComponentTransform.store(try synthesis.nextRow(), count: count, format: format, into: target)
        case .irreversible(let synthesis):
            unsafe ComponentTransform.store(try synthesis.nextRow(), count: count, format: format, into: target)
        }
    }

    /// The next row of three components with their transform undone.
    static func store(
        _ rows: [ComponentRows], into targets: ComponentTransform.Targets, _ formats: ComponentTransform.Formats, _ size: ImageSize
    ) throws(ImageryError) {
        switch (rows[0].rows, rows[1].rows, rows[2].rows) {
        case (.reversible(let a), .reversible(let b), .reversible(let c)):
            let lines = unsafe (try a.nextRow(), try b.nextRow(), try c.nextRow())
            unsafe ComponentTransform.storeReversible(lines, count: rows[0].count, formats: formats, into: targets)
        case (.irreversible(let a), .irreversible(let b), .irreversible(let c)):
            let lines = unsafe (try a.nextRow(), try b.nextRow(), try c.nextRow())
            unsafe ComponentTransform.storeIrreversible(lines, count: rows[0].count, formats: formats, into: targets)
        default: break
        }
    }
}
