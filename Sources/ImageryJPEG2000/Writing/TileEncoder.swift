// A tile's way into a codestream: component transform, wavelet, code-blocks, layers, packets (T.800 Annexes G, F, E, D, B).

import ImageryBase
import ImageryPlumbing

/// Encodes tiles, one after the other, with some threads inside of each.
final class TileEncoder {
    /// Has to be set before tiles are encoded if its quantisation is found later.
    var plan: EncodingPlan
    /// The last coefficients, which tiles that are encoded several times have anew.
    private var kept: (tile: Int, group: Range<Int>, coefficients: [Coefficients])?
    private let workers: [Worker]

    /// What a thread works with.
    private final class Worker {
        let blocks = CodeBlockEncoder()
        var scratch: [Int32] = []
    }

    init(_ plan: EncodingPlan, threads: Int) {
        self.plan = plan
        workers = (0..<max(1, threads)).map { _ in Worker() }
    }

    /// The tile-part of tile `index`, whose first sample is that of `samples`.
    ///
    /// Throws kind misuse for a sample that does not fit the precision, kind limit when memory cannot be had.
    func encode(_ index: Int, _ samples: Destination) throws(ImageryError) -> [UInt8] {
        let layout = try plan.layout(index)
        let blocks = TileBlocks(layout)
        let rows = unsafe SampleRows(
            samples, plan.pixelType, precisions: plan.precisions, width: layout.area.width,
            mixes: plan.progression.transformsComponents)
        let weights = plan.keepsAll ? [] : blocks.sites.map { weight($0, layout) }
        var encoded = [EncodedBlock](repeating: EncodedBlock(), count: blocks.sites.count)
        for group in groups(layout) {
            let coefficients = try transform(group, layout, rows)
            let range = blocks.ranges[group.lowerBound].lowerBound..<blocks.ranges[group.upperBound - 1].upperBound
            let source = Source(layout: layout, coefficients: coefficients, firstComponent: group.lowerBound)
            if let budget = TilePacketWriter.budget(plan, layout), layout.components.count <= 3 {
                encoded = try encodeToRate(blocks, source, weights, budget: Double(budget))
            } else {
                encoded.replaceSubrange(range, with: try encode(range.map { ($0, 0) }, of: blocks, source))
            }
        }
        let packets = TilePacketWriter(plan, layout, blocks, encoded, weights)
        return try packets.tilePart()
    }

    /// About how many bytes the same has, from some of the blocks.
    ///
    /// Throws what the same throws.
    func estimate(_ index: Int, _ samples: Destination) throws(ImageryError) -> Double {
        let layout = try plan.layout(index)
        let blocks = TileBlocks(layout)
        let rows = unsafe SampleRows(
            samples, plan.pixelType, precisions: plan.precisions, width: layout.area.width,
            mixes: plan.progression.transformsComponents)
        let shares = blocks.sample()
        var bytes = 0.0
        for group in groups(layout) {
            let source = Source(
                layout: layout, coefficients: try transform(group, layout, rows), firstComponent: group.lowerBound)
            let range = blocks.ranges[group.lowerBound].lowerBound..<blocks.ranges[group.upperBound - 1].upperBound
            let chosen = range.filter { shares[$0] > 0 }
            for (block, made) in zip(chosen, try encode(chosen.map { ($0, 0) }, of: blocks, source)) {
                bytes += Double(made.bytes.count + (made.passCount > 0 ? Self.headerBytes : 0)) * shares[block]
            }
        }
        return bytes
    }

    /// About what a packet's header says of a block: whether it is there, its bit-planes, its length.
    private static let headerBytes = 3

    /// Some components at a time: their coefficients take four to eight bytes a sample.
    private func groups(_ layout: TileLayout) -> [Range<Int>] {
        let step = max(3, workers.count)
        return stride(from: 0, to: layout.components.count, by: step).map { $0..<min(layout.components.count, $0 + step) }
    }

    /// Forgets the coefficients of the last tile: the next one has other samples under the same number.
    func forget() { kept = nil }

    // MARK: Wavelet

    /// The coefficients of a component.
    private enum Coefficients {
        case whole(Analysis<ForwardReversible>)
        case wide(Analysis<WideForwardReversible>)
        case real(Analysis<ForwardIrreversible>)
    }

    private final class Slot<Value> {
        var value: Value?
    }

    private func transform(
        _ group: Range<Int>, _ layout: TileLayout, _ rows: SampleRows
    ) throws(ImageryError) -> [Coefficients] {
        if let kept, kept.tile == layout.index, kept.group == group { return kept.coefficients }
        kept = nil
        let slots = group.map { _ in Slot<Coefficients>() }
        // Safe to share: a slot belongs to one index, a worker to one thread, and all else is only read.
        nonisolated(unsafe) let shared = (encoder: self, slots: slots)
        try parallelFor(group.count, threads: workers.count, cancellation: plan.cancellation) {
            (worker, index) throws(ImageryError) in
            let number = group.lowerBound + index
            let component = layout.components[number]
            let encoder = unsafe shared.encoder
            let own = encoder.workers[worker]
            unsafe shared.slots[index].value = try encoder.transform(number, component, rows, own, tile: layout.index)
        }
        let coefficients = slots.compactMap(\.value)
        if plan.soughtBytes != nil { kept = (layout.index, group, coefficients) }
        return coefficients
    }

    private func transform(
        _ number: Int, _ component: TileComponent, _ rows: SampleRows, _ worker: Worker, tile: Int
    ) throws(ImageryError) -> Coefficients {
        var fits = true
        let height = component.area.height
        if worker.scratch.count < rows.scratchCount { worker.scratch = [Int32](repeating: 0, count: rows.scratchCount) }
        let result: Coefficients
        if plan.isWide {
            let analysis = try Analysis<WideForwardReversible>(component)
            for row in 0..<height where fits {
                fits = unsafe rows.load(component: number, row: row, into: analysis.nextRow)
                analysis.takeRow()
            }
            result = .wide(analysis)
        } else if plan.style.isReversible {
            let analysis = try Analysis<ForwardReversible>(component)
            unsafe worker.scratch.withUnsafeMutableBufferPointer { scratch in
                guard let base = scratch.baseAddress else { return }
                for row in 0..<height where fits {
                    fits = unsafe rows.load(component: number, row: row, scratch: base, into: analysis.nextRow)
                    analysis.takeRow()
                }
            }
            if fits, let region = plan.region { RegionOfInterest.shift(analysis, component, of: region) }
            result = .whole(analysis)
        } else {
            let analysis = try Analysis<ForwardIrreversible>(component)
            unsafe worker.scratch.withUnsafeMutableBufferPointer { scratch in
                guard let base = scratch.baseAddress else { return }
                for row in 0..<height where fits {
                    fits = unsafe rows.load(component: number, row: row, scratch: base, into: analysis.nextRow)
                    analysis.takeRow()
                }
            }
            result = .real(analysis)
        }
        guard fits else {
            throw ImageryError(
                .misuse, EncodingPlan.context,
                "a sample of tile \(tile), band \(number), does not fit \(plan.precisions[number]) bits")
        }
        return result
    }

    // MARK: Code-blocks

    /// What blocks are encoded of: components one after the other.
    private struct Source {
        let layout: TileLayout
        let coefficients: [Coefficients]
        let firstComponent: Int
    }

    /// Encodes the blocks of a tile as far as its rate can keep them.
    ///
    /// Some of each sub-band are encoded to their end. The slope at which their passes reach the rate is about that at which all will be cut,
    /// and the others end below half of it. Should all of them be cut at a flatter slope still, those that ended above it are encoded anew.
    private func encodeToRate(
        _ blocks: TileBlocks, _ source: Source, _ weights: [Double], budget: Double
    ) throws(ImageryError) -> [EncodedBlock] {
        let shares = blocks.sample()
        let chosen = shares.indices.filter { shares[$0] > 0 }
        var encoded = [EncodedBlock](repeating: EncodedBlock(), count: shares.count)
        for (index, block) in zip(chosen, try encode(chosen.map { ($0, 0) }, of: blocks, source)) { encoded[index] = block }
        var least =
            RateControl.slope(
                chosen.map { encoded[$0] }, chosen.map { weights[$0] }, shares: chosen.map { shares[$0] }, budget: budget) / 2
        var others = shares.indices.filter { shares[$0] == 0 }
        let ones = [Double](repeating: 1, count: shares.count)
        while !others.isEmpty {
            let made = try encode(others.map { ($0, least / weights[$0]) }, of: blocks, source)
            for (index, block) in zip(others, made) { encoded[index] = block }
            let slope = RateControl.slope(encoded, weights, shares: ones, budget: budget)
            if slope >= least { break }
            others = others.filter { encoded[$0].isCut }
            least = slope / 2
        }
        return encoded
    }

    /// Encodes blocks, given by number and what their passes have to gain at least.
    private func encode(
        _ chosen: [(block: Int, leastGain: Double)], of blocks: TileBlocks, _ source: Source
    ) throws(ImageryError) -> [EncodedBlock] {
        let slots = chosen.map { _ in Slot<EncodedBlock>() }
        nonisolated(unsafe) let shared = (encoder: self, slots: slots, source: source, sites: blocks.sites, chosen: chosen)
        try parallelFor(chosen.count, threads: workers.count, cancellation: plan.cancellation) {
            (worker, index) throws(ImageryError) in
            let (number, leastGain) = unsafe shared.chosen[index]
            let site = unsafe shared.sites[number]
            let encoder = unsafe shared.encoder
            let source = unsafe shared.source
            let own = source.coefficients[site.component - source.firstComponent]
            let block = encoder.encode(site, source.layout, own, leastGain: leastGain, encoder.workers[worker].blocks)
            // Magnitudes cannot exceed what the header says: the exponents have room for all that the filter can sum up.
            guard block.zeroBitPlanes >= 0 else {
                throw ImageryError(
                    limit: .memory, EncodingPlan.context,
                    "a coefficient of tile \(source.layout.index) exceeds its sub-band's bits")
            }
            unsafe shared.slots[index].value = block
        }
        return slots.map { $0.value ?? EncodedBlock() }
    }

    private func encode(
        _ site: TileBlocks.Site, _ layout: TileLayout, _ coefficients: Coefficients, leastGain: Double, _ encoder: CodeBlockEncoder
    ) -> EncodedBlock {
        let component = layout.components[site.component]
        let band = component.resolutions[site.resolution].bands[site.band]
        let shape = CodeBlockEncoder.Shape(
            width: site.area.width, height: site.area.height, orientation: band.orientation,
            magnitudeBits: band.magnitudeBits + component.regionShift,
            fractionBits: plan.style.isReversible ? 0 : EncodingPlan.fractionBits, keepsPasses: !plan.keepsAll,
            leastGain: leastGain)
        let x = site.area.x0 - band.area.x0
        let y = site.area.y0 - band.area.y0
        // In bounds: the block lies inside its band, and a plane holds all of that.
        switch coefficients {
        case .whole(let analysis):
            let plane = analysis.planes[site.resolution][site.band]
            let numbers = unsafe plane.base + y * plane.stride + x
            if plan.isHighThroughput { return unsafe encoder.encodeHT(shape, numbers, stride: plane.stride) }
            return unsafe encoder.encode(shape, numbers, stride: plane.stride)
        case .wide(let analysis):
            let plane = analysis.planes[site.resolution][site.band]
            return unsafe encoder.encode(shape, plane.base + y * plane.stride + x, stride: plane.stride)
        case .real(let analysis):
            let plane = analysis.planes[site.resolution][site.band]
            let step = component.quantiser.stepSize(
                level: band.level, orientation: band.orientation, precision: plan.precisions[site.component])
            let factor = 1 / (step * scaling(component, band))
            if plan.isHighThroughput {
                return unsafe encoder.encodeHT(
                    shape, plane.base + y * plane.stride + x, stride: plane.stride, factor: Float(factor))
            }
            let scale = Double(1 << EncodingPlan.fractionBits) * factor
            return unsafe encoder.encode(
                shape, plane.base + y * plane.stride + x, stride: plane.stride, factor: Float(scale))
        }
    }

    /// What the numbers of a band have to be divided by, since the filter does not scale: the inverse transform's gain of all levels above.
    private func scaling(_ component: TileComponent, _ band: Subband) -> Double {
        var gain = 1.0
        for level in 0..<band.level {
            let isLast = level == band.level - 1
            gain *= Irreversible.gain(component.area.reduced(level), isLast ? band.orientation : .ll)
        }
        return gain
    }

    /// What the squared error of a coefficient's lowest bit-plane weighs in the image.
    private func weight(_ site: TileBlocks.Site, _ layout: TileLayout) -> Double {
        let component = layout.components[site.component]
        let band = component.resolutions[site.resolution].bands[site.band]
        let isReversible = plan.style.isReversible
        var norm = WaveletNorms.norm(level: band.level, band.orientation, reversible: isReversible)
        if !isReversible {
            norm *= component.quantiser.stepSize(
                level: band.level, orientation: band.orientation, precision: plan.precisions[site.component])
        }
        if plan.progression.transformsComponents, site.component < 3 {
            norm *= (isReversible ? WaveletNorms.reversibleColor : WaveletNorms.irreversibleColor)[site.component]
        }
        return norm * norm
    }
}
