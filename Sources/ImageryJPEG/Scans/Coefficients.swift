// All coefficients of an image: where the data of a block is spread over several scans.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// The blocks of every component, padding of the MCUs included.
///
/// Complete when ``ScanCoefficients`` has decoded them: then several threads may make samples of them.
@safe
final class Coefficients: @unchecked Sendable {
    let image: CodedFrame
    private let storage: Raster
    private nonisolated(unsafe) let bases: [UnsafeMutablePointer<Int16>]
    /// The quantisers in force when a component's first scan began.
    private var quantisers: [[UInt16]?]

    /// Throws kind limit when there are more than the data allows (S91).
    init(_ image: CodedFrame, _ context: ReadContext) throws(ImageryError) {
        self.image = image
        let layout = image.layoutOfFrame
        let count = layout.blockCount
        try context.limits.check(output: checkedProduct(count, 128), from: image.dataByteCount, "JPEG coefficients")
        storage = try Raster(.int16, shape: Shape(bands: 1, rows: count, columns: 64))
        let base = unsafe storage.destination.base
        unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: count * 128)
        var next = unsafe base.bindMemory(to: Int16.self, capacity: count * 64)
        var bases: [UnsafeMutablePointer<Int16>] = unsafe []
        for component in layout.components {
            unsafe bases.append(next)
            unsafe next += layout.mcusWide * component.horizontal * layout.mcusHigh * component.vertical * 64
        }
        unsafe self.bases = bases
        quantisers = layout.components.map { _ in nil }
    }

    /// The block (`row`, `column`) of `component`, which is in the grid of its MCUs.
    @inline(__always)
    func block(_ component: Int, row: Int, column: Int) -> UnsafeMutablePointer<Int16> {
        let part = image.layoutOfFrame.components[component]
        return unsafe bases[component] + (row * image.layoutOfFrame.mcusWide * part.horizontal + column) * 64
    }

    /// Notes the quantisers of the components whose first scan begins.
    func begin(_ scan: Scan, _ tables: DecodingTables) {
        for part in scan.parts where quantisers[part.component] == nil {
            quantisers[part.component] = tables.quantisers[image.header.frame.components[part.component].table]
        }
    }

    // MARK: Samples

    /// Makes the samples of MCU row `row` in the last row of `planes`.
    func produce(_ row: Int, into planes: Planes) throws(ImageryError) {
        let layout = image.layoutOfFrame
        let transform = BlockTransform(precision: image.header.frame.precision)
        for (index, component) in layout.components.enumerated() {
            guard let table = quantisers[index] else {
                throw ImageryError(.malformed, "JPEG SOS", "component \(index) has no scan or no quantisation table")
            }
            let size = planes.layout.components[index].blockSize
            unsafe table.withUnsafeBufferPointer { table in
                let quantisers = table.baseAddress!
                for y in 0..<component.vertical {
                    var source = unsafe block(
                        index, row: row * component.vertical + y, column: planes.columns.lowerBound * component.horizontal)
                    var target = unsafe planes.last(index) + size * y * planes.strides[index]
                    for _ in 0..<planes.columns.count * component.horizontal {
                        unsafe transform.write(
                            source, quantisers, size: size, reach: BlockReach(mask: JPEGTransform.nonzero(source)), into: target,
                            stride: planes.strides[index])
                        unsafe source += 64
                        unsafe target += size * planes.sampleBytes
                    }
                }
            }
        }
    }
}
