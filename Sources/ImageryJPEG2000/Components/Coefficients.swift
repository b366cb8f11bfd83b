// The coefficients of a tile-component, decoded from its code-blocks.

import ImageryBase
import ImageryPlumbing

/// What one thread needs to decode code-blocks.
final class BlockWorker {
    let decoder = CodeBlockDecoder()
    /// The bytes of a block whose chunks do not follow each other.
    var gathered: [UInt8] = []
    /// Coefficients with more bits than their band's rows hold.
    var wide: [Int64] = []
}

/// A code-block that is to be decoded.
struct BlockJob {
    /// The component's place in its group.
    var component: Int
    var store: BandStore
    var column: Int
    var row: Int
    var record: BlockRecord
}

/// Gives the rows of a tile-component's sub-bands: code-blocks are decoded in time before the wavelet asks for their rows.
final class Coefficients: SubbandRows {
    private let tile: Tile
    private let component: Int
    private let geometry: SynthesisGeometry
    private let stores: [BandStore?]
    private let levels: Int
    private let context: ReadContext
    /// True when coefficients are 64 bits wide.
    private let isWide: Bool
    private let cache: BlockCache?

    /// `resolution` is the highest that is wanted. The blocks of `depth` stripes are there at a time.
    init(
        _ tile: Tile, component: Int, resolution: Int, _ geometry: SynthesisGeometry, _ stripes: StripeRows, depth: Int,
        isWide: Bool, _ context: ReadContext
    ) throws(ImageryError) {
        self.tile = tile
        self.component = component
        self.geometry = geometry
        self.context = context
        self.isWide = isWide
        cache = context.isSession ? tile.cache : nil
        let layout = tile.layout.components[component]
        levels = layout.style.levels
        var stores: [BandStore?] = []
        for r in 0...resolution {
            for (place, band) in layout.resolutions[r].bands.enumerated() {
                let area = geometry.area(level: band.level, orientation: band.orientation)
                guard !area.isEmpty else {
                    stores.append(nil)
                    continue
                }
                let ends = (0..<stripes.count).map {
                    geometry.rowsNeeded(level: band.level, orientation: band.orientation, before: stripes[$0].upperBound).upperBound
                }
                stores.append(
                    try BandStore(band, resolution: r, place: place, area, ends: ends, depth: depth, sampleBytes: isWide ? 8 : 4))
            }
        }
        self.stores = stores
    }

    private func index(_ level: Int, _ orientation: SubbandOrientation) -> Int {
        orientation == .ll ? 0 : 3 * (levels - level) + Int(orientation.rawValue)
    }

    func row(level: Int, orientation: SubbandOrientation, row: Int, columns: Range<Int>) throws(ImageryError) -> UnsafeRawPointer? {
        guard let store = stores[index(level, orientation)], !store.isZero(row: row) else { return nil }
        return unsafe UnsafeRawPointer(store.pointer(row: row, column: columns.lowerBound))
    }

    /// The code-blocks to be decoded before the region's row `end - 1` can be made. Blocks without data are dealt with at once.
    func jobs(before end: Int, component: Int, into jobs: inout [BlockJob]) {
        for case let store? in stores {
            let rows = geometry.rowsNeeded(level: store.band.level, orientation: store.band.orientation, before: end)
            for row in store.takeRows(before: rows.upperBound) {
                let first = jobs.count
                for column in store.blockColumns {
                    if let record = record(store, column: column, row: row), record.firstChunk > 0 {
                        jobs.append(BlockJob(component: component, store: store, column: column, row: row, record: record))
                    }
                }
                let count = jobs.count - first
                store.begin(row, isZero: count == 0, isSparse: count < store.blockColumns.count)
            }
        }
    }

    private func record(_ store: BandStore, column: Int, row: Int) -> BlockRecord? {
        let band = store.band
        let resolution = tile.layout.components[component].resolutions[store.resolution]
        let cellX = (column << band.blockWidthExponent) >> band.precinctWidthExponent
        let cellY = (row << band.blockHeightExponent) >> band.precinctHeightExponent
        let number = (cellY - resolution.precinctY) * resolution.precinctsWide + cellX - resolution.precinctX
        guard let precinct = tile.packets.precinct(component: component, resolution: store.resolution, number: number) else {
            return nil
        }
        var index = Int(precinct.firstBlock)
        for other in resolution.bands[..<store.place] { index += other.blocks(column: cellX, row: cellY).count }
        let grid = band.blocks(column: cellX, row: cellY)
        return tile.packets.blocks[index + (row - grid.y) * grid.width + column - grid.x]
    }

    /// Decodes a block into its band's store.
    func decode(_ job: BlockJob, _ worker: BlockWorker) throws(ImageryError) {
        let store = job.store
        let area = store.band.blockArea(column: job.column, row: job.row)
        let place = BlockPlace(
            component: component, resolution: store.resolution, band: store.place, column: job.column, row: job.row,
            isWide: isWide)
        let rowBytes = area.width * (isWide ? 8 : 4)
        if let kept = cache?.block(at: place, byteCount: rowBytes * area.height) {
            // In bounds: what is kept has the rows of the block, each of this many bytes.
            for row in 0..<area.height {
                unsafe store.pointer(row: area.y0 + row, column: area.x0).copyMemory(
                    from: kept.base + row * rowBytes, byteCount: rowBytes)
            }
            return
        }
        try decode(job, area, worker)
        if let cache {
            let kept = try Scratch(byteCount: rowBytes * area.height)
            for row in 0..<area.height {
                unsafe (kept.base + row * rowBytes).copyMemory(
                    from: store.pointer(row: area.y0 + row, column: area.x0), byteCount: rowBytes)
            }
            cache.add(kept, at: place)
        }
    }

    private func decode(_ job: BlockJob, _ area: Area, _ worker: BlockWorker) throws(ImageryError) {
        let layout = tile.layout.components[component]
        var style = layout.style.blockStyle
        if job.record.kind != .highThroughput { style.remove(.highThroughput) }
        var block = CodedBlock(
            width: area.width, height: area.height, orientation: job.store.band.orientation, style: style,
            magnitudeBits: job.store.band.magnitudeBits + layout.regionShift, zeroBitPlanes: Int(job.record.zeroBitPlanes),
            segments: [])
        let range = gatherSegments(of: job.record, into: &block)
        if let range {
            try tile.packets.source.lend(range, of: "JPEG 2000 code-block") { (span) throws(ImageryError) in
                try unsafe span.withUnsafeBytes { (bytes) throws(ImageryError) in
                    try unsafe decode(block, bytes, job.store, area, worker, layout.regionShift)
                }
            }
        } else {
            try gatherBytes(of: job.record, worker)
            let gathered = worker.gathered
            try unsafe gathered.span.bytes.withUnsafeBytes { (bytes) throws(ImageryError) in
                try unsafe decode(block, bytes, job.store, area, worker, layout.regionShift)
            }
        }
    }

    /// Joins what packets gave to codeword segments. The range of all bytes, nil when they do not follow each other.
    private func gatherSegments(of record: BlockRecord, into block: inout CodedBlock) -> Range<Int>? {
        var first = 0
        var total = 0
        var isJoined = true
        var number = record.firstChunk
        while number > 0 {
            let chunk = tile.packets.chunks[Int(number) - 1]
            number = chunk.next
            if chunk.passes == 0 { continue }
            let count = Int(chunk.byteCount)
            if chunk.startsSegment || block.segments.isEmpty {
                block.segments.append(CodedBlock.Segment(passes: chunk.passes, offset: total, byteCount: count))
            } else {
                block.segments[block.segments.count - 1].passes += chunk.passes
                block.segments[block.segments.count - 1].byteCount += count
            }
            if count > 0 {
                if total == 0 { first = chunk.offset } else if chunk.offset != first + total { isJoined = false }
                total += count
            }
        }
        return isJoined ? first..<first + total : nil
    }

    private func gatherBytes(of record: BlockRecord, _ worker: BlockWorker) throws(ImageryError) {
        worker.gathered.removeAll(keepingCapacity: true)
        var number = record.firstChunk
        while number > 0 {
            let chunk = tile.packets.chunks[Int(number) - 1]
            number = chunk.next
            if chunk.byteCount == 0 { continue }
            let range = chunk.offset..<chunk.offset + Int(chunk.byteCount)
            try tile.packets.source.lend(range, of: "JPEG 2000 code-block") { (span) throws(ImageryError) in
                unsafe span.withUnsafeBytes { unsafe worker.gathered.append(contentsOf: $0) }
            }
        }
    }

    private func decode(
        _ block: CodedBlock, _ bytes: UnsafeRawBufferPointer, _ store: BandStore, _ area: Area, _ worker: BlockWorker, _ shift: Int
    ) throws(ImageryError) {
        let target = unsafe store.pointer(row: area.y0, column: area.x0)
        let outcome: CodeBlockDecoder.Outcome
        if isWide {
            let rows = unsafe target.assumingMemoryBound(to: Int64.self)
            outcome = unsafe worker.decoder.decodeWide(block, data: bytes, into: rows, stride: store.stride)
            for row in 0..<area.height where shift > 0 {
                unsafe RegionOfInterest.unshift(rows + row * store.stride, count: area.width, shift: shift)
            }
        } else {
            let rows = unsafe target.assumingMemoryBound(to: Int32.self)
            if block.magnitudeBits - block.zeroBitPlanes <= CodeBlockDecoder.planesPerWord {
                outcome = unsafe worker.decoder.decode(block, data: bytes, into: rows, stride: store.stride)
                for row in 0..<area.height where shift > 0 {
                    unsafe RegionOfInterest.unshift(rows + row * store.stride, count: area.width, shift: shift)
                }
            } else {
                outcome = unsafe narrow(block, bytes, store, area, worker, shift, rows)
            }
        }
        if case .corrupt(let damage) = outcome {
            let error = ImageryError(.malformed, "JPEG 2000 tile \(tile.layout.index)", damage.rawValue)
            // Encoders that add passes below the last bit-plane exist; every decoder passes over them.
            guard context.salvage || damage == .passes else { throw error }
            context.findings.add(Diagnostic(error))
        }
    }

    /// Decodes a block whose bit-planes fit into 32 bits only when a region's shift is undone.
    private func narrow(
        _ block: CodedBlock, _ bytes: UnsafeRawBufferPointer, _ store: BandStore, _ area: Area, _ worker: BlockWorker, _ shift: Int,
        _ rows: UnsafeMutablePointer<Int32>
    ) -> CodeBlockDecoder.Outcome {
        if worker.wide.isEmpty { worker.wide = [Int64](repeating: 0, count: CodeBlockSize.largestArea) }
        return unsafe worker.wide.withUnsafeMutableBufferPointer { wide in
            guard let base = wide.baseAddress, area.width * area.height <= wide.count else { return .corrupt(.shape) }
            let outcome = unsafe worker.decoder.decodeWide(block, data: bytes, into: base, stride: area.width)
            unsafe RegionOfInterest.unshift(base, count: area.width * area.height, shift: shift)
            for row in 0..<area.height {
                for column in 0..<area.width {
                    unsafe rows[row * store.stride + column] = Int32(clamping: base[row * area.width + column])
                }
            }
            return outcome
        }
    }
}
