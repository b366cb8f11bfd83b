// Lossless frames: differences from predictions, then their Huffman codes (T.81 annex H).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Encodes lossless frames. Codes fit the frame's differences, so all of them are kept until the end.
@safe
final class LosslessEncoder: FrameEncoder {
    private let plan: FramePlan
    private let buffer: EntropyBuffer
    private let width: Int
    /// Differences of all components, each line by line.
    private let storage: Scratch
    private let differences: UnsafeMutablePointer<UInt16>
    /// Two lines of each component, one sample before each.
    private let lines: Scratch
    private let interval: Int
    private var counter = SymbolCounter()
    private var nextRow = 0

    private static let stripeBytes = 1 << 18

    init(_ plan: FramePlan) throws(ImageryError) {
        self.plan = plan
        width = plan.frame.width
        let bands = plan.frame.components.count
        guard let count = checkedProduct(bands, width, plan.frame.height), let size = checkedProduct(count, 2) else {
            throw ImageryError(limit: .memory, "JPEG", "the image is too large for this machine")
        }
        storage = try Scratch(byteCount: size)
        unsafe differences = storage.base.bindMemory(to: UInt16.self, capacity: count)
        lines = try Scratch(byteCount: 2 * 2 * bands * (width + 1))
        unsafe lines.base.initializeMemory(as: UInt16.self, repeating: 0, count: 2 * bands * (width + 1))
        interval = plan.restartInterval(mcusWide: width)
        buffer = try EntropyBuffer()
    }

    var stripeRows: Int { max(1, Self.stripeBytes / (width * plan.pixelType.byteCount * plan.frame.components.count)) }

    func begin(sharesTables: Bool, into bytes: inout [UInt8]) {
        nextRow = 0
        counter = SymbolCounter()
        bytes += plan.frameSegments(sharesTables: sharesTables)
        if interval > 0 { bytes += serialisedRestartInterval(interval) }
    }

    func append(_ source: Destination, rows: Int, into bytes: inout [UInt8]) throws(ImageryError) {
        for row in 0..<rows {
            // T.81 H.1.1: the first line of the scan and of each restart interval is predicted from the left alone.
            let isFirst = nextRow == 0 || interval > 0 && nextRow * width % interval == 0
            for band in plan.frame.components.indices {
                let line = unsafe self.line(band, nextRow)
                guard unsafe load(source.row(row, band: band), into: line) else { throw misfit }
                let above = unsafe self.line(band, nextRow + 1)
                let middle = UInt16(1 << (plan.frame.precision - plan.pointTransform - 1))
                // The sample before the first is chosen so that predictor 1 gives what the first sample is predicted by.
                unsafe line[-1] = isFirst ? middle : above[0]
                let target = unsafe self.target(band, nextRow)
                unsafe JPEGPrediction.differences(line, above: above, predictor: 1, count: isFirst ? width : 1, into: target)
                if !isFirst {
                    unsafe JPEGPrediction.differences(
                        line + 1, above: above + 1, predictor: plan.predictor, count: width - 1, into: target + 1)
                }
                for column in 0..<width { unsafe counter.symbol(Self.size(target[column]), code: band, extra: 0, count: 0) }
            }
            nextRow += 1
        }
    }

    /// Line `row` of a band; only the last two are kept.
    private func line(_ band: Int, _ row: Int) -> UnsafeMutablePointer<UInt16> {
        unsafe lines.base.assumingMemoryBound(to: UInt16.self) + ((2 * band + row & 1) * (width + 1) + 1)
    }

    private func target(_ band: Int, _ row: Int) -> UnsafeMutablePointer<UInt16> {
        unsafe differences + (band * plan.frame.height + row) * width
    }

    private var misfit: ImageryError {
        ImageryError(.misuse, "JPEG", "a sample in row \(nextRow) does not fit \(plan.frame.precision) bits")
    }

    /// Samples without the bits of the point transform; false when one has more bits than the frame.
    private func load(_ source: UnsafeMutableRawPointer, into line: UnsafeMutablePointer<UInt16>) -> Bool {
        let shift = UInt16(plan.pointTransform)
        var used: UInt16 = 0
        if plan.pixelType == .uint8 {
            let samples = unsafe source.assumingMemoryBound(to: UInt8.self)
            for column in 0..<width {
                let sample = unsafe UInt16(samples[column])
                used |= sample
                unsafe line[column] = sample &>> shift
            }
        } else {
            let samples = unsafe source.assumingMemoryBound(to: UInt16.self)
            for column in 0..<width {
                let sample = unsafe samples[column]
                used |= sample
                unsafe line[column] = sample &>> shift
            }
        }
        return Int(used) >> plan.frame.precision == 0
    }

    /// The category of a difference (T.81 table H.2): 2^15 has 16 bits, none of which is written.
    @inline(__always)
    private static func size(_ difference: UInt16) -> Int {
        let number = Int32(Int16(bitPattern: difference))
        return 32 &- abs(number).leadingZeroBitCount
    }

    func finish(into bytes: inout [UInt8]) {
        let scan = plan.interleaved(start: plan.predictor, end: 0, low: plan.pointTransform)
        var writer = SymbolWriter(counter, buffer, into: bytes)
        writer.bytes += writer.codeSegments + scan.serialised(plan.frame)
        let bands = plan.frame.components.count
        for row in 0..<plan.frame.height {
            if interval > 0, row > 0, row * width % interval == 0 { writer.restart(row * width / interval - 1) }
            for column in 0..<width {
                if column & 63 == 0 { writer.makeRoom() }
                for band in 0..<bands {
                    let difference = unsafe target(band, row)[column]
                    let size = Self.size(difference)
                    let number = Int(Int16(bitPattern: difference))
                    let extra = UInt64(UInt16(truncatingIfNeeded: number + number >> 15)) & (1 << UInt64(size) - 1)
                    writer.symbol(size, code: band, extra: size < 16 ? extra : 0, count: size & 15)
                }
            }
        }
        bytes = writer.finish()
    }
}
