// Components of fewer samples than the image (T.800 B.2, S55).

import ImageryBase
import ImageryPlumbing

/// A component with fewer samples than the image's grid: decoded at its own size, then replicated (S55).
@safe
final class Enlargement {
    let target: ComponentTarget
    var destination: (base: UnsafeMutableRawPointer, rowStride: Int)?
    private let memory: Scratch
    private let area: Area
    private let sampleBytes: Int
    private let stepX: Int
    private let stepY: Int

    /// `area` is what is wanted of the image's grid at a level, `needed` the samples of the component that stand for it.
    init(_ grid: ComponentGrid, component: Int, of needed: Area, to area: Area, sampleBytes: Int) throws(ImageryError) {
        let own = grid.size.components[component]
        stepX = own.dx / grid.gridX
        stepY = own.dy / grid.gridY
        self.area = area
        self.sampleBytes = sampleBytes
        guard let size = checkedProduct(needed.width, needed.height, sampleBytes) else {
            throw ImageryError(limit: .memory, "JPEG 2000 image", "component \(component) exceeds any memory")
        }
        memory = try Scratch(byteCount: size)
        target = unsafe ComponentTarget(
            component: component, area: needed, base: memory.base, rowStride: needed.width * sampleBytes)
    }

    /// Writes every sample to the grid positions that it stands for.
    func write() {
        guard let destination = unsafe destination else { return }
        let own = target.area
        // In bounds: indexes are clamped to the area that was decoded.
        for y in area.rows {
            let row = min(max(y / stepY, own.y0), own.y1 - 1) - own.y0
            let from = unsafe memory.base + row * target.rowStride
            let to = unsafe destination.base + (y - area.y0) * destination.rowStride
            switch sampleBytes {
            case 1: unsafe widen(from.assumingMemoryBound(to: UInt8.self), to.assumingMemoryBound(to: UInt8.self))
            case 2: unsafe widen(from.assumingMemoryBound(to: UInt16.self), to.assumingMemoryBound(to: UInt16.self))
            case 4: unsafe widen(from.assumingMemoryBound(to: UInt32.self), to.assumingMemoryBound(to: UInt32.self))
            default: unsafe widen(from.assumingMemoryBound(to: UInt64.self), to.assumingMemoryBound(to: UInt64.self))
            }
        }
    }

    private func widen<T: BitwiseCopyable>(_ from: UnsafePointer<T>, _ to: UnsafeMutablePointer<T>) {
        let own = target.area.columns
        for x in area.columns {
            unsafe to[x - area.x0] = from[min(max(x / stepX, own.lowerBound), own.upperBound - 1) - own.lowerBound]
        }
    }
}
