// Transforms of a lossless image, undone in the reverse of the order in which they were told.

import ImageryBase
import ImageryPlumbing

/// The transforms of one image.
struct Transforms {
    private enum Kind {
        /// A predictor for each block.
        case predictor(Scratch, shift: Int)
        /// Multiples of green and red that were taken from red and blue, for each block.
        case color(Scratch, shift: Int)
        /// Green was taken from red and blue.
        case green
        /// Pixels are indices, several in one value when there are few colours.
        case palette(Scratch, count: Int, shift: Int)
    }

    private var kinds: [(kind: Kind, columns: Int)] = []
    private var seen: Set<Int> = []
    /// Pixels of a row of what is coded.
    private(set) var columns: Int

    init(columns: Int) { self.columns = columns }

    /// Reads one transform.
    mutating func read(_ decoder: inout PixelDecoder, rows: Int) throws(LosslessStop) {
        let type = decoder.bits.take(2)
        guard seen.insert(type).inserted else { throw .damage(.badTransform) }
        let before = columns
        let kind: Kind
        switch type {
        case 0, 1:
            let shift = decoder.bits.take(3) + 2
            let data = try decoder.readSmall(columns: (columns - 1) >> shift + 1, rows: (rows - 1) >> shift + 1)
            kind = type == 0 ? .predictor(data, shift: shift) : .color(data, shift: shift)
        case 2: kind = .green
        default:
            let count = decoder.bits.take(8) + 1
            let data = try decoder.readSmall(columns: count, rows: 1)
            let colors = unsafe data.base.assumingMemoryBound(to: UInt32.self)
            for index in 1..<max(1, count) { unsafe colors[index] = sum(colors[index], colors[index - 1]) }
            let shift = count <= 2 ? 3 : count <= 4 ? 2 : count <= 16 ? 1 : 0
            kind = .palette(data, count: count, shift: shift)
            columns = (columns - 1) >> shift + 1
        }
        kinds.append((kind, before))
    }

    /// Undoes all transforms on the first `rows` rows of an image.
    func undo(_ image: Scratch, rows: Int) throws(ImageryError) -> Scratch {
        var memory = image
        for (kind, columns) in kinds.reversed() {
            let pixels = unsafe memory.base.assumingMemoryBound(to: UInt32.self)
            // In bounds: the images of transforms cover all rows of all blocks, and the memory has `rows` rows of what was coded.
            switch kind {
            case .predictor(let data, let shift):
                unsafe Self.undoPrediction(pixels, data.base.assumingMemoryBound(to: UInt32.self), shift, columns, rows)
            case .color(let data, let shift):
                unsafe Self.undoColor(pixels, data.base.assumingMemoryBound(to: UInt32.self), shift, columns, rows)
            case .green:
                for index in 0..<columns * rows {
                    let pixel = unsafe pixels[index]
                    let green = pixel &>> 8 & 0xFF
                    unsafe pixels[index] = sum(pixel, green &<< 16 | green)
                }
            case .palette(let data, let count, let shift):
                let wide = try Scratch(byteCount: 4 * columns * rows)
                unsafe Self.expand(
                    pixels, data.base.assumingMemoryBound(to: UInt32.self), count, shift, columns, rows,
                    into: wide.base.bindMemory(to: UInt32.self, capacity: columns * rows))
                withExtendedLifetime(memory) {}
                memory = wide
            }
        }
        return memory
    }

    private static func undoPrediction(
        _ pixels: UnsafeMutablePointer<UInt32>, _ modes: UnsafeMutablePointer<UInt32>, _ shift: Int, _ columns: Int, _ rows: Int
    ) {
        let black: UInt32 = 0xFF00_0000
        unsafe pixels[0] = sum(pixels[0], black)
        for column in 1..<max(1, columns) { unsafe pixels[column] = sum(pixels[column], pixels[column - 1]) }
        for row in 1..<max(1, rows) {
            let line = unsafe pixels + row * columns
            let above = unsafe line - columns
            let blocks = unsafe modes + row >> shift * ((columns - 1) >> shift + 1)
            unsafe line[0] = sum(line[0], above[0])
            for column in 1..<max(1, columns) {
                let mode = unsafe blocks[column >> shift] >> 8 & 15
                // Right of the last pixel above lies the first of this row, as the format wants it.
                let predicted = unsafe predict(mode, left: line[column - 1], above + column)
                unsafe line[column] = sum(line[column], predicted)
            }
        }
    }

    /// The prediction of a pixel from its left neighbour and the three above it.
    @inline(__always)
    private static func predict(_ mode: UInt32, left: UInt32, _ above: UnsafePointer<UInt32>) -> UInt32 {
        let (corner, top, right) = unsafe (above[-1], above[0], above[1])
        switch mode {
        case 1: return left
        case 2: return top
        case 3: return right
        case 4: return corner
        case 5: return average(average(left, right), top)
        case 6: return average(left, corner)
        case 7: return average(left, top)
        case 8: return average(corner, top)
        case 9: return average(top, right)
        case 10: return average(average(left, corner), average(top, right))
        case 11:
            var difference: Int32 = 0
            for shift: UInt32 in stride(from: 0, to: 32, by: 8) {
                let stem = channel(corner, shift)
                difference += abs(channel(top, shift) - stem) - abs(channel(left, shift) - stem)
            }
            return difference < 0 ? left : top
        case 12: return byChannel { channel(left, $0) + channel(top, $0) - channel(corner, $0) }
        case 13:
            let mean = average(left, top)
            return byChannel { channel(mean, $0) + (channel(mean, $0) - channel(corner, $0)) / 2 }
        default: return 0xFF00_0000
        }
    }

    @inline(__always)
    private static func channel(_ pixel: UInt32, _ shift: UInt32) -> Int32 { Int32(truncatingIfNeeded: pixel &>> shift & 0xFF) }

    @inline(__always)
    private static func byChannel(_ value: (UInt32) -> Int32) -> UInt32 {
        var pixel: UInt32 = 0
        for shift: UInt32 in stride(from: 0, to: 32, by: 8) { pixel |= UInt32(max(0, min(255, value(shift)))) &<< shift }
        return pixel
    }

    @inline(__always)
    private static func average(_ first: UInt32, _ second: UInt32) -> UInt32 {
        (first ^ second) &>> 1 & 0x7F7F_7F7F &+ first & second
    }

    private static func undoColor(
        _ pixels: UnsafeMutablePointer<UInt32>, _ factors: UnsafeMutablePointer<UInt32>, _ shift: Int, _ columns: Int, _ rows: Int
    ) {
        func delta(_ factor: UInt32, _ channel: UInt32) -> UInt32 {
            let product = Int32(Int8(truncatingIfNeeded: factor)) * Int32(Int8(truncatingIfNeeded: channel))
            return UInt32(truncatingIfNeeded: product >> 5)
        }
        for row in 0..<rows {
            let line = unsafe pixels + row * columns
            let blocks = unsafe factors + row >> shift * ((columns - 1) >> shift + 1)
            for column in 0..<columns {
                let factor = unsafe blocks[column >> shift]
                let pixel = unsafe line[column]
                let green = pixel >> 8
                let red = pixel >> 16 &+ delta(factor, green)
                let blue = pixel &+ delta(factor >> 8, green) &+ delta(factor >> 16, red)
                unsafe line[column] = pixel & 0xFF00_FF00 | (red & 0xFF) << 16 | blue & 0xFF
            }
        }
    }

    private static func expand(
        _ coded: UnsafeMutablePointer<UInt32>, _ colors: UnsafeMutablePointer<UInt32>, _ count: Int, _ shift: Int, _ columns: Int,
        _ rows: Int, into pixels: UnsafeMutablePointer<UInt32>
    ) {
        let codedColumns = (columns - 1) >> shift + 1
        let width = 8 >> shift
        let mask = 1 << width - 1
        for row in 0..<rows {
            for column in 0..<columns {
                let value = unsafe Int(coded[row * codedColumns + column >> shift] >> 8 & 0xFF)
                let index = value >> (column & (1 << shift - 1) * width) & mask
                unsafe pixels[row * columns + column] = index < count ? colors[index] : 0
            }
        }
    }
}

/// The sum of two pixels, channel by channel modulo 256.
@inline(__always)
private func sum(_ first: UInt32, _ second: UInt32) -> UInt32 {
    let high = first & 0xFF00_FF00 &+ second & 0xFF00_FF00
    let low = first & 0x00FF_00FF &+ second & 0x00FF_00FF
    return high & 0xFF00_FF00 | low & 0x00FF_00FF
}
