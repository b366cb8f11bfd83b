// A tile's way into a codestream: component transform, wavelet, code-blocks, layers, packets (T.800 Annexes G, F, E, D, B).

import ImageryBase
import ImageryPlumbing

/// Encodes tiles, one after the other, with some threads inside of each.
final class TileEncoder {
    private let plan: EncodingPlan
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
            samples, plan.pixelType, precision: plan.precision, width: layout.area.width,
            mixes: plan.progression.transformsComponents)
        var encoded = [EncodedBlock](repeating: EncodedBlock(), count: blocks.sites.count)
        // Some components at a time: their coefficients take four to eight bytes a sample.
        let step = max(3, workers.count)
        for first in stride(from: 0, to: layout.components.count, by: step) {
            let group = first..<min(layout.components.count, first + step)
            let coefficients = try transform(group, layout, rows)
            let range = blocks.ranges[group.lowerBound].lowerBound..<blocks.ranges[group.upperBound - 1].upperBound
            let made = try encodeBlocks(blocks, range, layout, coefficients, first: first)
            encoded.replaceSubrange(range, with: made)
        }
        let weights = plan.keepsAll ? [] : blocks.sites.map { weight($0, layout) }
        let packets = TilePacketWriter(plan, layout, blocks, encoded, weights)
        return try packets.tilePart()
    }

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
        return slots.compactMap(\.value)
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
                .misuse, EncodingPlan.context, "a sample of tile \(tile), band \(number), does not fit \(plan.precision) bits")
        }
        return result
    }

    // MARK: Code-blocks

    private func encodeBlocks(
        _ blocks: TileBlocks, _ range: Range<Int>, _ layout: TileLayout, _ coefficients: [Coefficients], first: Int
    ) throws(ImageryError) -> [EncodedBlock] {
        let slots = range.map { _ in Slot<EncodedBlock>() }
        nonisolated(unsafe) let shared = (encoder: self, slots: slots, coefficients: coefficients, sites: blocks.sites)
        try parallelFor(range.count, threads: workers.count, cancellation: plan.cancellation) {
            (worker, index) throws(ImageryError) in
            let site = unsafe shared.sites[range.lowerBound + index]
            let encoder = unsafe shared.encoder
            let own = unsafe shared.coefficients[site.component - first]
            let block = encoder.encode(site, layout, own, encoder.workers[worker].blocks)
            // Magnitudes cannot exceed what the header says: the exponents have room for all that the filter can sum up.
            guard block.zeroBitPlanes >= 0 else {
                throw ImageryError(
                    limit: .memory, EncodingPlan.context, "a coefficient of tile \(layout.index) exceeds its sub-band's bits")
            }
            unsafe shared.slots[index].value = block
        }
        return slots.map { $0.value ?? EncodedBlock() }
    }

    private func encode(
        _ site: TileBlocks.Site, _ layout: TileLayout, _ coefficients: Coefficients, _ encoder: CodeBlockEncoder
    ) -> EncodedBlock {
        let component = layout.components[site.component]
        let band = component.resolutions[site.resolution].bands[site.band]
        let shape = CodeBlockEncoder.Shape(
            width: site.area.width, height: site.area.height, orientation: band.orientation, magnitudeBits: band.magnitudeBits,
            fractionBits: plan.style.isReversible ? 0 : EncodingPlan.fractionBits, keepsPasses: !plan.keepsAll)
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
                level: band.level, orientation: band.orientation, precision: plan.precision)
            let scale = Double(1 << EncodingPlan.fractionBits) / (step * scaling(component, band))
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
            norm *= component.quantiser.stepSize(level: band.level, orientation: band.orientation, precision: plan.precision)
        }
        if plan.progression.transformsComponents, site.component < 3 {
            norm *= (isReversible ? WaveletNorms.reversibleColor : WaveletNorms.irreversibleColor)[site.component]
        }
        return norm * norm
    }
}
