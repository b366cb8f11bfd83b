// The coefficients of a tile-component, decoded from its code-blocks stripe by stripe.

import ImageryBase

/// What one thread needs to decode code-blocks.
final class BlockWorker {
    let decoder = BlockDecoder()
    /// The bytes of a block whose chunks do not follow each other.
    var gathered: [UInt8] = []
    /// Coefficients with more bits than their band's rows hold.
    var wide: [Int64] = []
}

/// Gives the rows of a tile-component's sub-bands: a row of code-blocks is decoded when its first row of coefficients is asked for.
final class Coefficients: SubbandRows {
    private let tile: Tile
    private let component: Int
    private let bands: [BandStripe?]
    private let levels: Int
    private let workers: [BlockWorker]
    private let context: ReadContext
    /// True when coefficients are 64 bits wide.
    let isWide: Bool

    /// `resolution` is the highest that is wanted.
    init(
        _ tile: Tile, component: Int, resolution: Int, _ geometry: SynthesisGeometry, isWide: Bool, _ workers: [BlockWorker],
        _ context: ReadContext
    ) throws(ImageryError) {
        self.tile = tile
        self.component = component
        self.workers = workers
        self.context = context
        self.isWide = isWide
        let layout = tile.layout.components[component]
        levels = layout.style.levels
        var bands: [BandStripe?] = []
        for r in 0...resolution {
            for (place, band) in layout.resolutions[r].bands.enumerated() {
                let area = geometry.area(level: band.level, orientation: band.orientation)
                bands.append(
                    area.isEmpty ? nil : try BandStripe(band, resolution: r, place: place, area, sampleBytes: isWide ? 8 : 4))
            }
        }
        self.bands = bands
    }

    func row(level: Int, orientation: SubbandOrientation, row: Int, columns: Range<Int>) throws(ImageryError) -> UnsafeRawPointer? {
        let index = orientation == .ll ? 0 : 3 * (levels - level) + Int(orientation.rawValue)
        guard index < bands.count, let stripe = bands[index] else { return nil }
        let blockRow = row >> stripe.band.blockHeightExponent
        if stripe.blockRow != blockRow { try decode(stripe, blockRow: blockRow) }
        if stripe.isZero { return nil }
        return unsafe UnsafeRawPointer(stripe.pointer(row: row, column: columns.lowerBound))
    }

    /// Bits by which the coefficients of a band are smaller than they should be.
    func downshift(level: Int, _ orientation: SubbandOrientation) -> Int {
        let index = orientation == .ll ? 0 : 3 * (levels - level) + Int(orientation.rawValue)
        return index < bands.count ? bands[index]?.downshift ?? 0 : 0
    }

    /// Decodes a row of code-blocks.
    private func decode(_ stripe: BandStripe, blockRow: Int) throws(ImageryError) {
        var coded: [(column: Int, record: BlockRecord)] = []
        for column in stripe.blockColumns {
            if let record = record(stripe, column: column, row: blockRow), record.firstChunk > 0 { coded.append((column, record)) }
        }
        stripe.begin(blockRow: blockRow, isZero: coded.isEmpty)
        if coded.isEmpty { return }
        if coded.count < stripe.blockColumns.count { stripe.clear() }
        // Safe to share: every index writes its own block's columns of the stripe, and a worker belongs to one thread.
        nonisolated(unsafe) let (shared, workers, target) = (self, workers, stripe)
        let blocks = coded
        try unsafe parallelFor(blocks.count, threads: workers.count) { (worker, index) throws(ImageryError) in
            let block = blocks[index]
            try unsafe shared.decode(target, column: block.column, row: blockRow, block.record, workers[worker])
        }
    }

    private func decode(
        _ stripe: BandStripe, column: Int, row: Int, _ record: BlockRecord, _ worker: BlockWorker
    ) throws(ImageryError) {
        let area = stripe.band.blockArea(column: column, row: row)
        let layout = tile.layout.components[component]
        var style = layout.style.blockStyle
        if record.kind != .highThroughput { style.remove(.highThroughput) }
        var block = CodedBlock(
            width: area.width, height: area.height, orientation: stripe.band.orientation, style: style,
            magnitudeBits: stripe.band.magnitudeBits + layout.regionShift, zeroBitPlanes: Int(record.zeroBitPlanes), segments: [])
        let chunks = tile.packets.chunks
        var first = 0
        var total = 0
        var isJoined = true
        var number = record.firstChunk
        while number > 0 {
            let chunk = chunks[Int(number) - 1]
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
        if isJoined {
            try tile.packets.source.lend(first..<first + total, of: "JPEG 2000 code-block") { (span) throws(ImageryError) in
                try unsafe span.withUnsafeBytes { (bytes) throws(ImageryError) in
                    try unsafe decode(block, bytes, stripe, area, worker, layout.regionShift)
                }
            }
        } else {
            worker.gathered.removeAll(keepingCapacity: true)
            number = record.firstChunk
            while number > 0 {
                let chunk = chunks[Int(number) - 1]
                number = chunk.next
                if chunk.byteCount == 0 { continue }
                let range = chunk.offset..<chunk.offset + Int(chunk.byteCount)
                try tile.packets.source.lend(range, of: "JPEG 2000 code-block") { (span) throws(ImageryError) in
                    unsafe span.withUnsafeBytes { unsafe worker.gathered.append(contentsOf: $0) }
                }
            }
            let gathered = worker.gathered
            try unsafe gathered.span.bytes.withUnsafeBytes { (bytes) throws(ImageryError) in
                try unsafe decode(block, bytes, stripe, area, worker, layout.regionShift)
            }
        }
    }

    private func decode(
        _ block: CodedBlock, _ bytes: UnsafeRawBufferPointer, _ stripe: BandStripe, _ area: Area, _ worker: BlockWorker,
        _ shift: Int
    ) throws(ImageryError) {
        let target = unsafe stripe.pointer(row: area.y0, column: area.x0)
        let outcome: BlockDecoder.Outcome
        if isWide {
            let rows = unsafe target.assumingMemoryBound(to: Int64.self)
            outcome = unsafe worker.decoder.decodeWide(block, data: bytes, into: rows, stride: stripe.stride)
            for row in 0..<area.height where shift > 0 {
                unsafe RegionOfInterest.unshift(rows + row * stripe.stride, count: area.width, shift: shift)
            }
        } else {
            let rows = unsafe target.assumingMemoryBound(to: Int32.self)
            if stripe.downshift == 0, block.magnitudeBits - block.zeroBitPlanes <= BlockDecoder.planesPerWord {
                outcome = unsafe worker.decoder.decode(block, data: bytes, into: rows, stride: stripe.stride)
                for row in 0..<area.height where shift > 0 {
                    unsafe RegionOfInterest.unshift(rows + row * stripe.stride, count: area.width, shift: shift)
                }
            } else {
                outcome = unsafe narrow(block, bytes, stripe, area, worker, shift, rows)
            }
        }
        if case .corrupt(let damage) = outcome {
            let error = ImageryError(.malformed, "JPEG 2000 tile \(tile.layout.index)", damage.rawValue)
            // Encoders that add passes below the last bit-plane exist; every decoder passes over them.
            guard context.salvage || damage == .passes else { throw error }
            context.findings.add(Diagnostic(error))
        }
    }

    /// Decodes a block whose bit-planes do not fit into 32 bits before a region's shift is undone, or whose band is scaled down.
    private func narrow(
        _ block: CodedBlock, _ bytes: UnsafeRawBufferPointer, _ stripe: BandStripe, _ area: Area, _ worker: BlockWorker,
        _ shift: Int,
        _ rows: UnsafeMutablePointer<Int32>
    ) -> BlockDecoder.Outcome {
        if worker.wide.isEmpty { worker.wide = [Int64](repeating: 0, count: BlockDecoder.largestArea) }
        return unsafe worker.wide.withUnsafeMutableBufferPointer { wide in
            guard let base = wide.baseAddress, area.width * area.height <= wide.count else { return .corrupt(.shape) }
            let outcome = unsafe worker.decoder.decodeWide(block, data: bytes, into: base, stride: area.width)
            unsafe RegionOfInterest.unshift(base, count: area.width * area.height, shift: shift)
            for row in 0..<area.height {
                for column in 0..<area.width {
                    let value = unsafe base[row * area.width + column] >> Int64(stripe.downshift)
                    unsafe rows[row * stripe.stride + column] = Int32(clamping: value)
                }
            }
            return outcome
        }
    }

    private func record(_ stripe: BandStripe, column: Int, row: Int) -> BlockRecord? {
        let band = stripe.band
        let resolution = tile.layout.components[component].resolutions[stripe.resolution]
        let cellX = (column << band.blockWidthExponent) >> band.precinctWidthExponent
        let cellY = (row << band.blockHeightExponent) >> band.precinctHeightExponent
        let number = (cellY - resolution.precinctY) * resolution.precinctsWide + cellX - resolution.precinctX
        guard let precinct = tile.packets.precinct(component: component, resolution: stripe.resolution, number: number) else {
            return nil
        }
        var index = Int(precinct.firstBlock)
        for other in resolution.bands[..<stripe.place] { index += other.blocks(column: cellX, row: cellY).count }
        let grid = band.blocks(column: cellX, row: cellY)
        return tile.packets.blocks[index + (row - grid.y) * grid.width + column - grid.x]
    }
}

/// One row of code-blocks of a sub-band, as wide as a region needs it.
@safe
final class BandStripe {
    let band: Subband
    let resolution: Int
    /// The band's place among those of its resolution.
    let place: Int
    let blockColumns: Range<Int>
    /// The row of blocks that is there; -1 before the first.
    private(set) var blockRow = -1
    private(set) var isZero = true
    /// Samples from a row to the next.
    let stride: Int
    /// Bits by which coefficients are smaller than they should be, so that 32 bits hold them.
    let downshift: Int
    private let memory: Scratch
    private let sampleBytes: Int
    private let left: Int
    private var top = 0

    /// `area` is what is needed of the band.
    init(_ band: Subband, resolution: Int, place: Int, _ area: Area, sampleBytes: Int) throws(ImageryError) {
        self.band = band
        self.resolution = resolution
        self.place = place
        self.sampleBytes = sampleBytes
        downshift = sampleBytes == 8 ? 0 : max(0, band.magnitudeBits - BlockDecoder.planesPerWord)
        blockColumns = area.x0 >> band.blockWidthExponent..<((area.x1 - 1) >> band.blockWidthExponent) + 1
        left = max(band.area.x0, blockColumns.lowerBound << band.blockWidthExponent)
        let right = min(band.area.x1, blockColumns.upperBound << band.blockWidthExponent)
        // A cache line more, so that rows do not share sets when their length is a power of two.
        stride = (right - left + 15) & ~15 + 16
        let height = min(band.area.height, 1 << band.blockHeightExponent)
        guard let size = checkedProduct(stride, height, sampleBytes) else {
            throw ImageryError(.limit, "JPEG 2000 tile", "a row of code-blocks exceeds any memory")
        }
        memory = try Scratch(byteCount: size)
    }

    func begin(blockRow: Int, isZero: Bool) {
        self.blockRow = blockRow
        top = max(band.area.y0, blockRow << band.blockHeightExponent)
        self.isZero = isZero
    }

    /// The coefficient at (`column`, `row`) of the band, which are inside the blocks of the stripe.
    func pointer(row: Int, column: Int) -> UnsafeMutableRawPointer {
        // In bounds: rows of the stripe start at `top` and are no more than the memory was made for; columns start at `left`.
        unsafe memory.base + ((row - top) * stride + column - left) * sampleBytes
    }

    /// Sets all coefficients to zero.
    func clear() {
        unsafe memory.base.initializeMemory(as: UInt8.self, repeating: 0, count: memory.byteCount)
    }
}
