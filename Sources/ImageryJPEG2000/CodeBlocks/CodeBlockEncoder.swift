// Encoding of one code-block, bit-plane by bit-plane (T.800 Annex D).

import ImageryKernels

/// What became of a code-block: one codeword segment that may be cut behind any of its passes.
struct EncodedBlock: Sendable {
    /// A coding pass.
    struct Pass: Sendable {
        /// Bytes of the segment that a decoder needs up to here.
        var length: Int
        /// By how much the squared error of the coefficients, in units of the lowest bit-plane's square, is lower than without any pass.
        var gain: Double
    }

    var bytes: [UInt8] = []
    var passCount = 0
    /// P of B.10.5.
    var zeroBitPlanes = 0
    /// All passes that were coded, if they were asked for.
    var passes: [Pass] = []
    /// Further passes are possible: these lower the error by too little.
    var isCut = false
}

/// Encodes code-blocks one after the other; owns the memory they need, so each thread has its own.
@safe
final class CodeBlockEncoder {
    private let memory = BlockMemory()
    private var samples: UnsafeMutablePointer<UInt32> { unsafe memory.samples }
    private let rows: UnsafeMutablePointer<UInt32>
    /// Bytes of the segment, behind one that stands before it.
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 16
    private var marks: [MQEncoder.Mark] = []
    private var gains: [Double] = []
    private lazy var highThroughput = HTBlockEncoder()

    /// More than any pass over a block can write: a sample has two decisions at most, and a column of four three more; none shifts by more
    /// than 15 bits, and of 8 bits in a row one at most is stuffed.
    private static let passRoom = CodeBlockSize.largestArea * 6

    init() {
        unsafe rows = .allocate(capacity: 4 * CodeBlockSize.longestSide)
        unsafe bytes = .allocate(capacity: capacity)
    }

    deinit {
        unsafe rows.deallocate()
        unsafe bytes.deallocate()
    }

    /// The size and the place of a block, and how it is coded.
    struct Shape {
        var width: Int
        var height: Int
        var orientation: SubbandOrientation
        /// Mb.
        var magnitudeBits: Int
        /// Bits of the magnitudes below those that are coded; they only say what passes gain.
        var fractionBits: Int
        var keepsPasses: Bool
        /// Coding ends when a bit-plane's passes lower the squared error by less than that for a byte, in the units of ``EncodedBlock/Pass/gain``.
        var leastGain = 0.0
    }

    /// Encodes whole numbers as an HT block.
    func encodeHT(_ shape: Shape, _ numbers: UnsafePointer<Int32>, stride: Int) -> EncodedBlock {
        unsafe highThroughput.encode(width: shape.width, height: shape.height, magnitudeBits: shape.magnitudeBits) { row, words in
            unsafe JPEG2000Coefficients.signsAndMagnitudes(numbers + row * stride, count: shape.width, into: words)
        }
    }

    /// Quantises numbers, whose magnitudes `factor` brings to units of the step, and encodes them as an HT block.
    func encodeHT(_ shape: Shape, _ numbers: UnsafePointer<Float>, stride: Int, factor: Float) -> EncodedBlock {
        unsafe highThroughput.encode(width: shape.width, height: shape.height, magnitudeBits: shape.magnitudeBits) { row, words in
            unsafe JPEG2000Coefficients.quantise(numbers + row * stride, by: factor, count: shape.width, into: words)
        }
    }

    /// Encodes whole numbers: `stride` is from a row to the next.
    func encode(_ shape: Shape, _ numbers: UnsafePointer<Int32>, stride: Int) -> EncodedBlock {
        let planes = unsafe load(shape) { row, words in
            unsafe JPEG2000Coefficients.signsAndMagnitudes(numbers + row * stride, count: shape.width, into: words)
        }
        return encode(shape, planes: planes) { _ in }
    }

    /// Quantises and encodes numbers: a magnitude times `factor` is that of the coefficient with its fraction bits.
    func encode(_ shape: Shape, _ numbers: UnsafePointer<Float>, stride: Int, factor: Float) -> EncodedBlock {
        let planes = unsafe load(shape) { row, words in
            unsafe JPEG2000Coefficients.quantise(numbers + row * stride, by: factor, count: shape.width, into: words)
        }
        return encode(shape, planes: planes) { _ in }
    }

    /// Encodes whole numbers of up to 61 bits, some bit-planes at a time.
    func encode(_ shape: Shape, _ numbers: UnsafePointer<Int64>, stride: Int) -> EncodedBlock {
        var all: UInt64 = 0
        for row in 0..<shape.height {
            for column in 0..<shape.width { all |= unsafe numbers[row * stride + column].magnitude }
        }
        let planes = UInt64.bitWidth - all.leadingZeroBitCount
        return encode(shape, planes: planes) { base in
            _ = unsafe load(shape) { row, words in
                for column in 0..<shape.width {
                    let number = unsafe numbers[row * stride + column]
                    let magnitude = UInt32(truncatingIfNeeded: number.magnitude >> UInt64(base)) & 0x7fff_ffff
                    unsafe words[column] = magnitude | (number < 0 ? 1 << 31 : 0)
                }
                return 0
            }
        }
    }

    /// Puts rows of signs and magnitudes into stripes, column by column; how many bit-planes are not all zero.
    private func load(_ shape: Shape, _ row: (Int, UnsafeMutablePointer<UInt32>) -> UInt32) -> Int {
        var all: UInt32 = 0
        for top in stride(from: 0, to: shape.height, by: 4) {
            let count = min(4, shape.height - top)
            let target = unsafe samples + top * shape.width
            for line in 0..<count { all |= unsafe row(top + line, rows + line * shape.width) }
            let width = shape.width
            if count == 4 {
                for column in 0..<width {
                    unsafe target[4 &* column] = rows[column]
                    unsafe target[4 &* column &+ 1] = rows[width &+ column]
                    unsafe target[4 &* column &+ 2] = rows[2 &* width &+ column]
                    unsafe target[4 &* column &+ 3] = rows[3 &* width &+ column]
                }
            } else {
                for column in 0..<width {
                    for line in 0..<4 { unsafe target[4 * column + line] = line < count ? rows[line * width + column] : 0 }
                }
            }
        }
        return UInt32.bitWidth - all.leadingZeroBitCount
    }

    /// Encodes the samples, whose highest bit-plane is `planes` - 1. Before a plane that they do not hold, `refill` is called with the plane
    /// that their lowest bits are to stand for.
    private func encode(_ shape: Shape, planes: Int, refill: (Int) -> Void) -> EncodedBlock {
        var result = EncodedBlock()
        let coded = planes - shape.fractionBits
        guard coded > 0 else { return result }
        result.zeroBitPlanes = shape.magnitudeBits - coded
        memory.resetContexts()
        let state = memory.state(width: shape.width, height: shape.height, shape.orientation, isCausal: false)
        var encoder = unsafe MQEncoder(bytes + 1, memory.contexts)
        marks.removeAll(keepingCapacity: true)
        gains.removeAll(keepingCapacity: true)
        var base = max(0, planes - 31)
        refill(base)
        var total = 0.0
        result.passCount = 3 * coded - 2
        for index in 0..<3 * coded - 2 {
            let pass = CodingPass(index)
            let plane = planes - 1 - pass.plane
            if plane < base {
                base = max(0, plane - 30)
                refill(base)
            }
            makeRoom(&encoder)
            let place = UInt32(truncatingIfNeeded: plane - base)
            var coder = SampleEncoder(encoder, plane: place)
            switch pass.kind {
            case .significance: state.propagateSignificance(&coder)
            case .refinement: state.refineMagnitudes(&coder)
            case .cleanup: state.cleanUp(&coder)
            }
            encoder = coder.encoder
            guard shape.keepsPasses else { continue }
            let exponent = 2 * (plane - shape.fractionBits) - 2 - Int(SampleEncoder.fractionBits)
            total += Double(sign: .plus, exponent: exponent, significand: 1) * Double(coder.gain)
            unsafe marks.append(encoder.mark(bytes + 1))
            gains.append(total)
            if index >= 3, isTooFlat(index, plane - shape.fractionBits, shape.leastGain) {
                result.isCut = index + 1 < result.passCount
                result.passCount = index + 1
                break
            }
        }
        let end = unsafe encoder.flush()
        let count = unsafe end - (bytes + 1)
        unsafe result.bytes = Array(UnsafeBufferPointer(start: bytes + 1, count: count))
        if shape.keepsPasses {
            var length = 0
            for (mark, gain) in zip(marks, gains) {
                length = max(length, unsafe MQEncoder.length(mark, bytes + 1, count: count))
                result.passes.append(EncodedBlock.Pass(length: length, gain: gain))
            }
            result.passes[result.passCount - 1].length = count
        }
        return result
    }

    /// Whether three passes, up to this one in this bit-plane, have gained less than is wanted, and the next bit-plane will. Some
    /// planes hardly add to a sparse block; therefore the second question: three times the plane's square is what a byte brings on average.
    /// Passes of few bytes are not judged: the coder holds back some, which would count for nothing or for all.
    private func isTooFlat(_ index: Int, _ plane: Int, _ leastGain: Double) -> Bool {
        let next = Double(sign: .plus, exponent: 2 * (plane - 1), significand: 3)
        let bytes = marks[index].last - marks[index - 3].last
        return bytes >= Self.judgedBytes && next < leastGain && gains[index] - gains[index - 3] < leastGain * Double(bytes)
    }

    private static let judgedBytes = 16

    /// Room for one pass more.
    private func makeRoom(_ encoder: inout MQEncoder) {
        let used = unsafe encoder.last - bytes
        guard capacity - used < Self.passRoom + 16 else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * capacity)
        unsafe larger.update(from: bytes, count: used + 1)
        unsafe encoder.move(to: larger + used)
        unsafe bytes.deallocate()
        unsafe bytes = larger
        capacity *= 2
    }
}
