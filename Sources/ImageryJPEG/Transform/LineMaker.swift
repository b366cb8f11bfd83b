// Lines of components at the size of the image.

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// How a component comes to the size of the image: the choice of the field's reference decoder.
enum Enlargement: Sendable {
    case none
    /// Twice as wide, interpolated.
    case horizontal
    /// Twice as high, interpolated.
    case vertical
    /// Twice as wide and high, interpolated.
    case both
    /// Each sample repeated.
    case repeated

    init(_ component: ComponentLayout, _ layout: FrameLayout) {
        let (width, height) = (layout.mcuWidth, layout.mcuHeight)
        let (ownWidth, ownHeight) = (component.horizontal * component.blockSize, component.vertical * component.blockSize)
        let isWhole = width % ownWidth == 0 && height % ownHeight == 0
        switch (isWhole, width / ownWidth, height / ownHeight) {
        case (true, 1, 1): self = .none
        case (true, 1, 2): self = layout.interpolates ? .vertical : .repeated
        case (true, 2, 1): self = component.width > 2 && layout.interpolates ? .horizontal : .repeated
        case (true, 2, 2): self = component.width > 2 && layout.interpolates ? .both : .repeated
        default: self = .repeated
        }
    }

    /// True when a line needs the one above or below it.
    var looksUpAndDown: Bool { if case .vertical = self { true } else if case .both = self { true } else { false } }
    /// True when a sample needs the one to its left or right.
    var looksSideways: Bool { if case .horizontal = self { true } else if case .both = self { true } else { false } }
}

/// Gives lines of the image's width from planes of any size.
struct LineMaker {
    let layout: FrameLayout
    let enlargements: [Enlargement]
    private let sampleBytes: Int
    /// For each component a line, then one of sums, and three for colors that nobody asks for.
    private let lines: Scratch
    private let lineBytes: Int

    /// Room before and behind a line: its first sample need not be the one asked for, and vectors are written whole.
    private static let margin = 64

    init(_ layout: FrameLayout, sampleBytes: Int, width: Int) throws(ImageryError) {
        self.layout = layout
        self.sampleBytes = sampleBytes
        enlargements = layout.components.map { Enlargement($0, layout) }
        lineBytes = ((width + 8) * 2 + 2 * Self.margin + 63) & ~63
        lines = try Scratch(byteCount: (layout.components.count + 4) * lineBytes)
    }

    /// Samples of line `y` of the image from column `columns.lowerBound` on, in memory that is good until the next line of the
    /// component. The planes hold all that these samples look at.
    func line(_ component: Int, _ y: Int, _ columns: Range<Int>, _ planes: Planes) -> UnsafePointer<UInt8> {
        let part = layout.components[component]
        let x = columns.lowerBound
        let target = unsafe (lines.base + component * lineBytes).assumingMemoryBound(to: UInt8.self)
        switch enlargements[component] {
        case .none:
            return unsafe planes.row(y, component) + x * sampleBytes
        case .vertical:
            let (near, far) = unsafe rows(y, component, planes)
            if sampleBytes == 1 {
                unsafe JPEGUpsampling.blended8(near + x, far + x, count: columns.count, isUpper: y & 1 == 0, into: target)
            } else {
                unsafe JPEGUpsampling.blended16(
                    wide(near) + x, wide(far) + x, count: columns.count, isUpper: y & 1 == 0, into: wide(target))
            }
            return unsafe UnsafePointer(target)
        case .horizontal, .both:
            let first = x / 2
            let end = (columns.upperBound + 1) / 2
            let hasLeft = first > 0
            let hasRight = end < part.width
            if case .horizontal = enlargements[component] {
                let row = unsafe planes.row(y, component)
                if sampleBytes == 1 {
                    unsafe JPEGUpsampling.doubled8(
                        row + first, count: end - first, hasLeft: hasLeft, hasRight: hasRight, into: target)
                } else {
                    unsafe JPEGUpsampling.doubled16(
                        wide(row) + first, count: end - first, hasLeft: hasLeft, hasRight: hasRight, into: wide(target))
                }
            } else {
                let (near, far) = unsafe rows(y, component, planes)
                if sampleBytes == 1 {
                    let sums = unsafe (lines.base + layout.components.count * lineBytes).assumingMemoryBound(to: UInt16.self)
                    unsafe JPEGUpsampling.doubled8(
                        near + first, far + first, count: end - first, hasLeft: hasLeft, hasRight: hasRight, sums: sums,
                        into: target)
                } else {
                    unsafe JPEGUpsampling.doubled16(
                        wide(near) + first, wide(far) + first, count: end - first, hasLeft: hasLeft, hasRight: hasRight,
                        into: wide(target))
                }
            }
            return unsafe UnsafePointer(target) + (x & 1) * sampleBytes
        case .repeated:
            let row = unsafe planes.row(y * part.vertical * part.blockSize / layout.mcuHeight, component)
            for (index, column) in columns.enumerated() {
                let source = column * part.horizontal * part.blockSize / layout.mcuWidth
                if sampleBytes == 1 {
                    unsafe target[index] = row[source]
                } else {
                    unsafe wide(target)[index] = wide(row)[source]
                }
            }
            return unsafe UnsafePointer(target)
        }
    }

    /// Memory for a line of the first three bands that is not wanted.
    func spare(_ band: Int) -> UnsafeMutableRawPointer { unsafe lines.base + (layout.components.count + 1 + band) * lineBytes }

    /// The nearer and the farther line of a component of half the height; at the border the nearer one is both.
    private func rows(_ y: Int, _ component: Int, _ planes: Planes) -> (UnsafePointer<UInt8>, UnsafePointer<UInt8>) {
        let near = y / 2
        let far = max(0, min(layout.components[component].height - 1, y & 1 == 0 ? near - 1 : near + 1))
        return unsafe (planes.row(near, component), planes.row(far, component))
    }

    private func wide(_ line: UnsafePointer<UInt8>) -> UnsafePointer<UInt16> {
        unsafe UnsafeRawPointer(line).assumingMemoryBound(to: UInt16.self)
    }

    private func wide(_ line: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt16> {
        unsafe UnsafeMutableRawPointer(line).assumingMemoryBound(to: UInt16.self)
    }
}
