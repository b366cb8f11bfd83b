// The coefficients of an image to be written, when one pass over them is not enough: what is zero takes no memory.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// The quantised blocks of one component that hold samples of its own, in raster order.
@safe
final class ComponentBlocks {
    let wide: Int
    let high: Int
    private let storage: Scratch
    /// The DC coefficient of each block.
    let dc: UnsafeMutablePointer<Int16>
    /// Which AC coefficients of each block are not zero, by place in the zigzag sequence.
    let masks: UnsafeMutablePointer<UInt64>
    private var valueStorage: Scratch
    /// Those coefficients, block after block.
    private(set) var values: UnsafeMutablePointer<Int16>
    private var capacity: Int
    private var used = 0
    private var blocks = 0
    /// Where the values of each row of blocks begin.
    private(set) var rowStarts: [Int] = []

    init(_ component: ComponentLayout) throws(ImageryError) {
        wide = component.ownBlocksWide
        high = component.ownBlocksHigh
        // At most 2^26 blocks: each side of an image is below 2^16.
        storage = try Scratch(byteCount: wide * high * 10)
        unsafe masks = storage.base.bindMemory(to: UInt64.self, capacity: wide * high)
        unsafe dc = (storage.base + wide * high * 8).bindMemory(to: Int16.self, capacity: wide * high)
        capacity = 63 * wide + wide * high * 4
        valueStorage = try Scratch(byteCount: 2 * capacity)
        unsafe values = valueStorage.base.bindMemory(to: Int16.self, capacity: capacity)
    }

    /// Forgets all blocks.
    func removeAll() {
        used = 0
        blocks = 0
        rowStarts.removeAll(keepingCapacity: true)
    }

    /// Begins the next row of blocks: then there is room for all its values.
    func beginRow() throws(ImageryError) {
        rowStarts.append(used)
        guard capacity - used < 63 * wide else { return }
        let larger = 2 * capacity
        let grown = try Scratch(byteCount: 2 * larger)
        let moved = unsafe grown.base.bindMemory(to: Int16.self, capacity: larger)
        unsafe moved.update(from: values, count: used)
        unsafe values = moved
        valueStorage = grown
        capacity = larger
    }

    /// Adds a block of the row: `mask` says which of the `coefficients` in row-major order are not zero.
    @inline(__always)
    func append(_ coefficients: UnsafePointer<Int16>, _ mask: UInt64, order: UnsafePointer<UInt8>, table: UnsafePointer<UInt64>) {
        let reordered = unsafe ZigzagMasks.reordered(mask, table) & ~1
        unsafe dc[blocks] = coefficients[0]
        unsafe masks[blocks] = reordered
        blocks &+= 1
        var rest = reordered
        while rest != 0 {
            unsafe values[used] = coefficients[Int(order[rest.trailingZeroBitCount])]
            used &+= 1
            rest &= rest &- 1
        }
    }
}
