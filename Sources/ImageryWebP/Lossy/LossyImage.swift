// A key frame, macroblock after macroblock (RFC 6386 section 2).

import ImageryBase
import ImageryPlumbing

/// Decodes a lossy frame, as far down as rows are wanted.
@safe
struct LossyImage {
    private let parameters: FrameParameters
    private let luma: Plane
    private let blue: Plane
    private let red: Plane
    private let macroblockColumns: Int
    private let macroblockRows: Int
    private var modes: ModeReader
    private var residuals: Residuals
    /// How each macroblock is filtered: its level, and 64 when also between its blocks.
    private var filters: [UInt8] = []
    /// The four samples above and to the right of a macroblock.
    private let right: Scratch

    /// Decodes `wanted` of the frame's `rows` rows to red, green, blue and, when `samples` is 4, alpha 255.
    static func decode(
        _ bytes: UnsafeRawBufferPointer, columns: Int, rows: Int, wanted: Int, samples: Int,
        into output: UnsafeMutablePointer<UInt8>
    ) throws(ImageryError) -> WebPProgress {
        let header: FrameHeader
        let parts: Partitions
        do throws(WebPFailure) {
            header = try unsafe FrameHeader(bytes)
            parts = try unsafe Partitions(bytes, header)
        } catch {
            return WebPProgress(rows: 0, failure: error)
        }
        // The edges of the macroblocks below change three rows, of chroma as well; its rows are two of luma, and the next one is looked at too.
        let needed = min((rows + 15) / 16, (wanted + 8 + 15) / 16)
        var image = try LossyImage(parts.parameters, columns: (columns + 15) / 16, rows: needed)
        let done = image.decode(parts)
        image.filter(rows: done)
        let isWhole = done == needed
        let good = isWhole ? wanted : max(0, min(wanted, 16 * done - 8))
        let colors = YCbCrRows(image.luma, image.blue, image.red, columns: columns, rows: rows)
        for row in 0..<good { unsafe colors.write(row, samples: samples, into: output + row * columns * samples) }
        withExtendedLifetime(image) {}
        return WebPProgress(rows: good, failure: isWhole ? nil : .truncated)
    }

    private init(_ parameters: FrameParameters, columns: Int, rows: Int) throws(ImageryError) {
        self.parameters = parameters
        macroblockColumns = columns
        macroblockRows = rows
        luma = try Plane(columns: 16 * columns, rows: 16 * rows)
        blue = try Plane(columns: 8 * columns, rows: 8 * rows)
        red = try Plane(columns: 8 * columns, rows: 8 * rows)
        modes = ModeReader(columns: columns)
        residuals = try Residuals(columns: columns, parameters)
        right = try Scratch(byteCount: 4)
        filters.reserveCapacity(columns * rows)
    }

    /// Decodes macroblocks until all are there or the bytes end; returns their whole rows.
    private mutating func decode(_ parts: Partitions) -> Int {
        var first = parts.first
        var partitions = parts.tokens
        for row in 0..<macroblockRows {
            let part = row % partitions.count
            modes.beginRow()
            residuals.beginRow()
            for column in 0..<macroblockColumns {
                let mode = modes.read(&first, parameters, column: column)
                guard !first.isOverrun else { return row }
                var hasCoefficients = false
                if mode.isSkipped {
                    residuals.skip(mode, column: column)
                } else {
                    hasCoefficients = residuals.read(&partitions[part], mode, parameters.quantisers[mode.segment], column: column)
                    guard !partitions[part].isOverrun else { return row }
                }
                let levels = parameters.filterLevels[mode.segment]
                let level = UInt8(mode.luma == nil ? levels.blocks : levels.whole)
                filters.append(level | (hasCoefficients || mode.luma == nil ? 64 : 0))
                reconstruct(mode, row: row, column: column, hasCoefficients: hasCoefficients)
            }
        }
        return macroblockRows
    }

    private func reconstruct(_ mode: MacroblockModes, row: Int, column: Int, hasCoefficients: Bool) {
        let coefficients = unsafe residuals.coefficients
        let stride = luma.stride
        // In bounds: the planes have whole macroblocks, a row above and a margin on both sides.
        let target = unsafe luma.origin + 16 * (row * stride + column)
        if let whole = mode.luma {
            unsafe predictSquare(whole, target, stride, size: 16, hasAbove: row > 0, hasLeft: column > 0)
            for index in 0..<16 where hasCoefficients {
                unsafe addResidual(coefficients + 16 * index, target + index / 4 * 4 * stride + index % 4 * 4, stride)
            }
        } else {
            let above = unsafe target - stride
            let corner = unsafe right.bytes
            if row > 0, column == macroblockColumns - 1 {
                unsafe corner.update(repeating: above[15], count: 4)
            } else {
                unsafe corner.update(from: above + 16, count: 4)
            }
            for index in 0..<16 {
                let block = unsafe target + index / 4 * 4 * stride + index % 4 * 4
                // Blocks of the right column have what the first of them has.
                unsafe predictBlock(mode.blocks[index], block, stride, right: index % 4 == 3 ? corner : block - stride + 4)
                if hasCoefficients { unsafe addResidual(coefficients + 16 * index, block, stride) }
            }
        }
        for (place, plane) in [(16, blue), (20, red)] {
            let target = unsafe plane.origin + 8 * (row * plane.stride + column)
            unsafe predictSquare(mode.chroma, target, plane.stride, size: 8, hasAbove: row > 0, hasLeft: column > 0)
            for index in 0..<4 where hasCoefficients {
                unsafe addResidual(
                    coefficients + 16 * (place + index), target + index / 2 * 4 * plane.stride + index % 2 * 4, plane.stride)
            }
        }
    }

    /// Filters the first `rows` rows of macroblocks.
    private func filter(rows: Int) {
        for row in 0..<rows {
            for column in 0..<macroblockColumns {
                let told = filters[row * macroblockColumns + column]
                guard let strength = FilterStrength(level: Int(told & 63), sharpness: parameters.sharpness) else { continue }
                let hasInner = told & 64 != 0
                let target = unsafe luma.origin + 16 * (row * luma.stride + column)
                if parameters.isSimpleFilter {
                    unsafe filterSimply(target, luma.stride, strength, column: column, row: row, hasInner: hasInner)
                    continue
                }
                unsafe filterNormally(target, luma.stride, size: 16, strength, column: column, row: row, hasInner: hasInner)
                for plane in [blue, red] {
                    let target = unsafe plane.origin + 8 * (row * plane.stride + column)
                    unsafe filterNormally(target, plane.stride, size: 8, strength, column: column, row: row, hasInner: hasInner)
                }
            }
        }
    }
}

/// The partitions of a frame (section 9.5).
private struct Partitions {
    let parameters: FrameParameters
    /// The first, behind its header.
    let first: BoolDecoder
    /// Those with coefficients; rows of macroblocks use them in turn.
    private(set) var tokens: [BoolDecoder] = []

    init(_ bytes: UnsafeRawBufferPointer, _ header: FrameHeader) throws(WebPFailure) {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[FrameHeader.byteCount...])
        let end = min(header.firstPartition, rest.count)
        var decoder = unsafe BoolDecoder(UnsafeRawBufferPointer(rebasing: rest[..<end]))
        parameters = FrameParameters(&decoder)
        guard !decoder.isOverrun else { throw .truncated }
        first = decoder
        let sizes = end
        var place = sizes + 3 * (parameters.partitions - 1)
        guard place <= rest.count else { throw .truncated }
        for index in 0..<parameters.partitions {
            let isLast = index == parameters.partitions - 1
            let size = isLast ? rest.count - place : unsafe littleEndian(rest, sizes + 3 * index, 3)
            // A partition that is cut is decoded as far as it goes.
            let end = place + min(size, rest.count - place)
            tokens.append(unsafe BoolDecoder(UnsafeRawBufferPointer(rebasing: rest[place..<end])))
            place = end
        }
    }
}
