// Components of a tile that are decoded together: one, or the three of a component transform (T.800 Annex G).

import ImageryBase

/// The coefficients of the components, a few rows of code-blocks at a time, and the wavelet's rows for strips of columns side by
/// side.
final class ComponentGroup {
    /// What is wanted of which components.
    struct Request {
        let components: [Int]
        /// Theirs, as far as they are wanted; all have one area.
        let targets: [ComponentTarget?]
        let level: Int
        /// What the tile has of that area.
        let region: Area
        let stripes: StripeRows

        /// Nil when nothing is wanted of the components, which have one area and one kind of wavelet.
        init?(_ layout: TileLayout, _ components: [Int], level: Int, _ targets: [ComponentTarget?]) {
            guard let target = targets.compactMap(\.self).first else { return nil }
            self.components = components
            self.targets = targets
            self.level = level
            let first = layout.components[components[0]]
            region = first.area.reduced(level).intersection(target.area)
            let finest = first.resolutions[first.style.levels - level].bands[0]
            stripes = StripeRows(
                region.rows, blockHeight: 1 << finest.blockHeightExponent, isFiltered: first.style.levels > level,
                isReversible: first.style.isReversible)
        }
    }

    private let sources: [Coefficients]
    private let strips: [(area: Area, rows: [ComponentRows])]
    private let formats: [SampleFormat]
    private let targets: [ComponentTarget?]

    var stripCount: Int { strips.count }

    /// For `stripCount` threads at most; `depth` stripes are worked on at a time.
    init(
        _ tile: Tile, _ request: Request, formats: [SampleFormat], isWide: Bool, stripCount: Int, depth: Int, _ context: ReadContext
    ) throws(ImageryError) {
        self.formats = formats
        targets = request.targets
        let (level, region) = (request.level, request.region)
        let own = request.components.map { tile.layout.components[$0] }
        var sources: [Coefficients] = []
        for (number, component) in zip(request.components, own) {
            sources.append(
                try Coefficients(
                    tile, component: number, resolution: component.style.levels - level,
                    component.synthesis(of: region, level: level),
                    request.stripes, depth: depth, isWide: isWide, context))
        }
        self.sources = sources
        // Strips are wide enough for what they compute twice at their edges to be little.
        let count = max(1, min(stripCount, region.width / 128))
        var strips: [(area: Area, rows: [ComponentRows])] = []
        for index in 0..<count {
            let area = Area(
                x0: region.x0 + region.width * index / count, y0: region.y0, x1: region.x0 + region.width * (index + 1) / count,
                y1: region.y1)
            var rows: [ComponentRows] = []
            for (place, component) in own.enumerated() {
                rows.append(
                    try ComponentRows(
                        component, precision: formats[place].precision, isWide: isWide, component.synthesis(of: area, level: level),
                        source: sources[place]))
            }
            strips.append((area, rows))
        }
        self.strips = strips
    }

    /// The code-blocks that rows before `end` need, without those of earlier calls.
    func jobs(before end: Int) -> [BlockJob] {
        var jobs: [BlockJob] = []
        for (index, source) in sources.enumerated() { source.jobs(before: end, component: index, into: &jobs) }
        return jobs
    }

    func decode(_ job: BlockJob, _ worker: BlockWorker) throws(ImageryError) { try sources[job.component].decode(job, worker) }

    /// Touches the memory that the samples of `rows` go to. Two threads that came to a huge page at the same time would both clear one.
    func touch(_ rows: Range<Int>) {
        for (target, format) in zip(targets, formats) {
            guard let target else { continue }
            let columns = strips[0].area.x0..<strips[strips.count - 1].area.x1
            let left = (columns.lowerBound - target.area.x0) * format.type.byteCount
            for y in rows {
                // In bounds: bytes of samples that will be written, the first of every page among them.
                let row = unsafe target.base + (y - target.area.y0) * target.rowStride + left
                for offset in stride(from: 0, to: columns.count * format.type.byteCount, by: 4096) {
                    unsafe row.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self)
                }
            }
        }
    }

    /// Makes the samples of `rows`, which follow those of the last call, in a strip of columns.
    func store(_ rows: Range<Int>, strip: Int) throws(ImageryError) {
        let (area, lines) = strips[strip]
        for y in rows {
            func place(_ index: Int) -> UnsafeMutableRawPointer? {
                guard let target = targets[index] else { return nil }
                return unsafe target.base + (y - target.area.y0) * target.rowStride
                    + (area.x0 - target.area.x0) * formats[index].type.byteCount
            }
            if lines.count == 3 {
                let outputs = unsafe (place(0), place(1), place(2))
                try unsafe ComponentRows.store(lines, area.width, (formats[0], formats[1], formats[2]), into: outputs)
            } else if let output = unsafe place(0) {
                try unsafe lines[0].store(area.width, formats[0], into: output)
            }
        }
    }
}
