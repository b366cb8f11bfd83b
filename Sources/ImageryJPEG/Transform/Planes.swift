// Decoded samples of the components, an MCU row at a time.

import ImageryBase
import ImageryPlumbing

/// The samples of consecutive MCU rows, of the MCU columns that a session needs.
final class Planes {
    let layout: FrameLayout
    /// 1 or 2.
    let sampleBytes: Int
    /// MCU columns that are stored.
    let columns: Range<Int>
    /// Bytes from a row of a component to the next.
    let strides: [Int]
    /// Where a component begins in a slot.
    private let offsets: [Int]
    private let slotBytes: Int
    /// The first MCU row that is there; the others follow.
    private(set) var first: Int
    private var slots: [Scratch] = []
    private var spare: [Scratch] = []

    /// Vectors are read and written whole at the ends of rows.
    private static let slack = 64

    init(_ layout: FrameLayout, sampleBytes: Int, columns: Range<Int>, first: Int) {
        self.layout = layout
        self.sampleBytes = sampleBytes
        self.columns = columns
        self.first = first
        var (strides, offsets, end): ([Int], [Int], Int) = ([], [], 0)
        for component in layout.components {
            let stride = columns.count * component.horizontal * component.blockSize * sampleBytes
            strides.append(stride)
            offsets.append(end)
            end += (stride * component.vertical * component.blockSize + 63) & ~63
        }
        self.strides = strides
        self.offsets = offsets
        slotBytes = end + Self.slack
    }

    /// The MCU row behind the last.
    var next: Int { first + slots.count }

    /// Memory for `rows` MCU rows.
    func byteCount(rows: Int) -> Int? { checkedProduct(rows, slotBytes) }

    /// Forgets MCU rows before `row`.
    func drop(before row: Int) {
        while first < row, !slots.isEmpty {
            spare.append(slots.removeFirst())
            first += 1
        }
        if slots.isEmpty { first = max(first, row) }
    }

    /// Room for the next MCU row.
    func append() throws(ImageryError) {
        if let slot = spare.popLast() {
            slots.append(slot)
        } else {
            slots.append(try Scratch(byteCount: slotBytes))
        }
    }

    /// The first sample of `component` in the last MCU row, in the first stored column.
    func last(_ component: Int) -> UnsafeMutableRawPointer { unsafe slots[slots.count - 1].base + offsets[component] }

    /// The sample at the image's column 0 of row `row` of `component`, which is there from the first stored column on.
    func row(_ row: Int, _ component: Int) -> UnsafePointer<UInt8> {
        let part = layout.components[component]
        let height = part.vertical * part.blockSize
        let slot = slots[row / height - first]
        let address = unsafe slot.base + offsets[component] + row % height * strides[component]
        return unsafe UnsafePointer(
            (address - columns.lowerBound * part.horizontal * part.blockSize * sampleBytes).assumingMemoryBound(to: UInt8.self))
    }

    /// Writes `count` samples, shifted left, to line `line` of `component` in the last MCU row.
    func store(_ samples: UnsafePointer<UInt16>, count: Int, shift: Int, line: Int, of component: Int) {
        let target = unsafe last(component) + line * strides[component]
        let shift = UInt16(shift)
        if sampleBytes == 1 {
            let bytes = unsafe target.assumingMemoryBound(to: UInt8.self)
            for index in 0..<count { unsafe bytes[index] = UInt8(truncatingIfNeeded: samples[index] &<< shift) }
        } else {
            let words = unsafe target.assumingMemoryBound(to: UInt16.self)
            for index in 0..<count { unsafe words[index] = samples[index] &<< shift }
        }
    }

    /// Sets the last MCU row to the middle of the range: what a block without coefficients is.
    func fillLast(precision: Int) {
        let slot = slots[slots.count - 1]
        if sampleBytes == 1 {
            unsafe slot.base.initializeMemory(as: UInt8.self, repeating: 128, count: slotBytes)
        } else {
            unsafe slot.base.initializeMemory(as: UInt16.self, repeating: UInt16(1) << UInt16(precision - 1), count: slotBytes / 2)
        }
    }
}
