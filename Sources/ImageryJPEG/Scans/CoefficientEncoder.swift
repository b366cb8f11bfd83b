// Frames that are coded when all their coefficients are there (T.81 F.1, G.1).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Encodes frames whose coefficients are looked at more than once: with Huffman codes of their own, or in several scans.
@safe
final class CoefficientEncoder: FrameEncoder {
    private let plan: FramePlan
    private let rows: ComponentRows
    private let quantisers: [JPEGQuantisers]
    private let components: [ComponentBlocks]
    private let buffer: EntropyBuffer
    private let work: Scratch
    private var nextRow = 0

    init(_ plan: FramePlan) throws(ImageryError) {
        self.plan = plan
        rows = try ComponentRows(plan)
        quantisers = plan.quantisers.map { JPEGQuantisers($0) }
        var components: [ComponentBlocks] = []
        for component in plan.layout.components { components.append(try ComponentBlocks(component)) }
        self.components = components
        buffer = try EntropyBuffer()
        work = try Scratch(byteCount: 128)
    }

    var stripeRows: Int { plan.layout.mcuHeight }

    func begin(sharesTables: Bool, into bytes: inout [UInt8]) {
        nextRow = 0
        for component in components { component.removeAll() }
        bytes += plan.frameSegments(sharesTables: sharesTables)
    }

    func append(_ source: Destination, rows count: Int, into bytes: inout [UInt8]) throws(ImageryError) {
        let mcuHeight = plan.layout.mcuHeight
        for first in stride(from: 0, to: count, by: mcuHeight) {
            let lines = unsafe source.offset(row: first, column: 0, sampleBytes: 1)
            guard unsafe rows.load(lines, rows: min(mcuHeight, count - first)) else { throw plan.misfit(row: nextRow * mcuHeight) }
            for index in components.indices { try transform(index) }
            nextRow += 1
        }
    }

    /// The blocks of component `index` in the MCU row that is loaded.
    private func transform(_ index: Int) throws(ImageryError) {
        let component = components[index]
        let vertical = plan.layout.components[index].vertical
        let plane = rows.planes[index]
        let factors = unsafe quantisers[plan.frame.components[index].table].pointer
        let coefficients = unsafe work.base.assumingMemoryBound(to: Int16.self)
        let (table, order) = unsafe ZigzagMasks.shared.pointers
        for y in 0..<vertical where nextRow * vertical + y < component.high {
            try component.beginRow()
            let line = unsafe plane.base + 8 * y * plane.stride * plan.pixelType.byteCount
            for column in 0..<component.wide {
                let mask: UInt64
                if plan.frame.precision == 8 {
                    let samples = unsafe line.assumingMemoryBound(to: UInt8.self) + 8 * column
                    mask = unsafe JPEGTransform.forward8(samples, stride: plane.stride, factors, into: coefficients)
                } else {
                    let samples = unsafe line.assumingMemoryBound(to: UInt16.self) + 8 * column
                    mask = unsafe JPEGTransform.forward12(samples, stride: plane.stride, factors, into: coefficients)
                }
                unsafe component.append(coefficients, mask, order: order, table: table)
            }
        }
    }

    func finish(into bytes: inout [UInt8]) throws(ImageryError) {
        var interval = 0
        let scans = plan.frame.process == .progressive ? plan.progressiveScans : [plan.interleaved(start: 0, end: 63)]
        for scan in scans {
            let coding = StoredScan(plan, scan, components)
            if coding.restartInterval != interval {
                interval = coding.restartInterval
                bytes += serialisedRestartInterval(interval)
            }
            var counter = SymbolCounter()
            coding.run(&counter)
            var writer = SymbolWriter(counter, buffer, into: bytes)
            writer.bytes += writer.codeSegments + scan.serialised(plan.frame)
            coding.run(&writer)
            bytes = writer.finish()
        }
    }
}

extension FramePlan {
    /// The scans of a progressive frame, coarse to fine: DC coefficients without their lowest bit, the first AC coefficients, the others,
    /// then one bit after the other (T.81 G.1.1.1). Chrominance comes early and whole: it is small.
    fileprivate var progressiveScans: [Scan] {
        func band(_ component: Int, _ start: Int, _ end: Int, _ high: Int, _ low: Int) -> Scan {
            let table = huffmanTable(component)
            return Scan([Scan.Part(component: component, dc: 0, ac: table)], start: start, end: end, high: high, low: low)
        }
        let first = interleaved(start: 0, end: 0, low: 1)
        let last = interleaved(start: 0, end: 0, high: 1)
        if isColorConverted {
            return [
                first, band(0, 1, 5, 0, 2), band(2, 1, 63, 0, 1), band(1, 1, 63, 0, 1), band(0, 6, 63, 0, 2), band(0, 1, 63, 2, 1),
                last, band(2, 1, 63, 1, 0), band(1, 1, 63, 1, 0), band(0, 1, 63, 1, 0),
            ]
        }
        let all = frame.components.indices
        let coarse = all.map { band($0, 1, 5, 0, 2) } + all.map { band($0, 6, 63, 0, 2) } + all.map { band($0, 1, 63, 2, 1) }
        return [first] + coarse + [last] + all.map { band($0, 1, 63, 1, 0) }
    }
}
