// From lines of pixels to the samples of an MCU row: color, padding, smaller chrominance (T.81 A.1.1, A.2.4; the field's reference
// encoder where the standard leaves it open).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// The samples of one MCU row, component by component, padded to whole blocks.
@safe
final class ComponentRows {
    /// Samples of a component: `vertical` times eight lines.
    @safe
    struct Plane {
        let base: UnsafeMutableRawPointer
        /// Samples from a line to the next.
        let stride: Int
        /// Samples of a line that belong to blocks.
        let width: Int
        let lines: Int
    }

    private(set) var planes: [Plane] = []
    private let plan: FramePlan
    private let storage: Scratch
    private let sampleBytes: Int
    /// Full lines of chrominance from which smaller ones are made: two for each line of an MCU row's sample; none with full size.
    private let fullLines: UnsafeMutableRawPointer
    private let fullStride: Int
    private let isReduced: Bool

    init(_ plan: FramePlan) throws(ImageryError) {
        self.plan = plan
        let layout = plan.layout
        isReduced = layout.maxHorizontal > 1 || layout.maxVertical > 1
        // Lines begin on boundaries of 64 bytes, an odd number of them apart: then not all fall into the same few lines of the cache.
        let sampleBytes = plan.pixelType.byteCount
        func spaced(_ width: Int) -> Int { (ceilDivide(width * sampleBytes, 128) * 128 + 64) / sampleBytes }
        var total = 0
        var places: [Int] = []
        var sizes: [(stride: Int, width: Int, lines: Int)] = []
        // A width is at most 65,536 here, and there are at most 16 lines a plane.
        for component in layout.components {
            let width = component.ownBlocksWide * 8
            places.append(total)
            let lines = component.vertical * 8
            total += spaced(width) * lines * sampleBytes
            sizes.append((spaced(width), width, lines))
        }
        let chrominanceWidth = layout.components.last.map { $0.ownBlocksWide * 8 * layout.maxHorizontal } ?? 0
        fullStride = spaced(chrominanceWidth)
        self.sampleBytes = sampleBytes
        let fullPlace = total
        if isReduced { total += 2 * layout.maxVertical * fullStride * sampleBytes }
        storage = try Scratch(byteCount: total)
        unsafe fullLines = storage.base + fullPlace
        for (place, size) in zip(places, sizes) {
            unsafe planes.append(Plane(base: storage.base + place, stride: size.stride, width: size.width, lines: size.lines))
        }
    }

    /// Takes an MCU row of `rows` lines of pixels, fewer than an MCU has only at the image's end. False when a sample has more bits
    /// than the frame.
    func load(_ source: Destination, rows: Int) -> Bool {
        if sampleBytes == 2 || plan.frame.precision < 8 {
            guard unsafe fits(source, rows) else { return false }
        }
        for row in 0..<rows {
            if plan.isColorConverted {
                unsafe convert(source, row)
            } else {
                for (band, plane) in planes.enumerated() {
                    let line = unsafe self.line(plane, row)
                    unsafe line.copyMemory(from: source.row(row, band: band), byteCount: plan.frame.width * sampleBytes)
                    unsafe pad(line, from: plan.frame.width, to: plane.width)
                }
            }
        }
        // An incomplete group of lines repeats its last line before chrominance is made smaller, and the result once more.
        let vertical = plan.layout.maxVertical
        if isReduced && rows % vertical != 0 {
            for component in 1...2 {
                unsafe fullLine(component, rows % vertical).copyMemory(
                    from: fullLine(component, rows % vertical - 1), byteCount: fullStride * sampleBytes)
            }
            reduce(rows / vertical)
        }
        for (index, plane) in planes.enumerated() {
            let complete = isReduced && index > 0 ? ceilDivide(rows, vertical) : rows
            for row in complete..<max(complete, plane.lines) {
                unsafe line(plane, row).copyMemory(from: line(plane, complete - 1), byteCount: plane.width * sampleBytes)
            }
        }
        return true
    }

    private func line(_ plane: Plane, _ row: Int) -> UnsafeMutableRawPointer {
        unsafe plane.base + row * plane.stride * sampleBytes
    }

    private func fullLine(_ component: Int, _ row: Int) -> UnsafeMutableRawPointer {
        unsafe fullLines + ((component - 1) * plan.layout.maxVertical + row) * fullStride * sampleBytes
    }

    private func bytes(_ line: UnsafeMutableRawPointer) -> UnsafeMutablePointer<UInt8> {
        unsafe line.assumingMemoryBound(to: UInt8.self)
    }

    private func words(_ line: UnsafeMutableRawPointer) -> UnsafeMutablePointer<UInt16> {
        unsafe line.assumingMemoryBound(to: UInt16.self)
    }

    /// YCbCr of a line; after the last line of a group, its smaller chrominance.
    private func convert(_ source: Destination, _ row: Int) {
        let width = plan.frame.width
        let vertical = plan.layout.maxVertical
        let luma = unsafe line(planes[0], row)
        let blueness = unsafe isReduced ? fullLine(1, row % vertical) : line(planes[1], row)
        let redness = unsafe isReduced ? fullLine(2, row % vertical) : line(planes[2], row)
        let red = unsafe source.row(row, band: 0), green = unsafe source.row(row, band: 1), blue = unsafe source.row(row, band: 2)
        if sampleBytes == 1 {
            unsafe JPEGColor.ycc8(
                bytes(red), bytes(green), bytes(blue), count: width, y: bytes(luma), cb: bytes(blueness), cr: bytes(redness))
        } else {
            unsafe JPEGColor.ycc16(
                words(red), words(green), words(blue), precision: plan.frame.precision, count: width, y: words(luma),
                cb: words(blueness), cr: words(redness))
        }
        let chrominanceWidth = planes[1].width * (isReduced ? plan.layout.maxHorizontal : 1)
        unsafe pad(luma, from: width, to: planes[0].width)
        unsafe pad(blueness, from: width, to: chrominanceWidth)
        unsafe pad(redness, from: width, to: chrominanceWidth)
        if isReduced && row % vertical == vertical - 1 { reduce(row / vertical) }
    }

    /// Line `row` of both chrominances from the full lines.
    private func reduce(_ row: Int) {
        for component in 1...2 {
            let plane = planes[component]
            let output = unsafe line(plane, row)
            let upper = unsafe fullLine(component, 0)
            switch (plan.layout.maxHorizontal, plan.layout.maxVertical, sampleBytes) {
            case (2, 2, 1):
                let lower = unsafe fullLine(component, 1)
                unsafe JPEGDownsampling.quarter8(bytes(upper), bytes(lower), count: plane.width, into: bytes(output))
            case (2, 2, _):
                let lower = unsafe fullLine(component, 1)
                unsafe JPEGDownsampling.quarter16(words(upper), words(lower), count: plane.width, into: words(output))
            case (2, _, 1): unsafe JPEGDownsampling.half8(bytes(upper), count: plane.width, into: bytes(output))
            case (2, _, _): unsafe JPEGDownsampling.half16(words(upper), count: plane.width, into: words(output))
            case (_, _, 1): unsafe JPEGDownsampling.fourth8(bytes(upper), count: plane.width, into: bytes(output))
            default: unsafe JPEGDownsampling.fourth16(words(upper), count: plane.width, into: words(output))
            }
        }
    }

    /// Repeats the last of `count` samples up to `end`.
    private func pad(_ line: UnsafeMutableRawPointer, from count: Int, to end: Int) {
        guard end > count else { return }
        if sampleBytes == 1 {
            let samples = unsafe bytes(line)
            unsafe (samples + count).update(repeating: samples[count - 1], count: end - count)
        } else {
            let samples = unsafe words(line)
            unsafe (samples + count).update(repeating: samples[count - 1], count: end - count)
        }
    }

    /// True when no sample has a bit above the frame's precision.
    private func fits(_ source: Destination, _ rows: Int) -> Bool {
        var used: UInt16 = 0
        for band in 0..<plan.frame.components.count {
            for row in 0..<rows {
                let line = unsafe source.row(row, band: band)
                for column in 0..<plan.frame.width {
                    used |= unsafe sampleBytes == 1 ? UInt16(bytes(line)[column]) : words(line)[column]
                }
            }
        }
        return Int(used) >> plan.frame.precision == 0
    }
}
