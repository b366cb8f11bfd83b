// Decoded rows between the filters and the caller: consecutive rows, or the passes of Adam7 (PNG 3rd edition, clause 8).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Consecutive rows of an image, packed as in the file.
@safe
struct RowStore {
    let rowBytes: Int
    private(set) var firstRow = 0
    private var count = 0
    private var memory: Scratch?
    private var capacity = 0

    init(rowBytes: Int) { self.rowBytes = rowBytes }

    /// The row after the last that is here.
    var nextRow: Int { firstRow + count }

    /// Row `row`, which is here; nil before the first call of ``makeRoom(for:keepingFrom:until:)``.
    func row(_ row: Int) -> UnsafeRawPointer? {
        unsafe memory.map { unsafe UnsafeRawPointer($0.base + (row - firstRow) * rowBytes) }
    }

    /// The last row that is here; nil before the first.
    var lastRow: UnsafeRawPointer? { unsafe count > 0 ? row(nextRow - 1) : nil }

    mutating func removeAll() {
        firstRow = 0
        count = 0
    }

    mutating func append(_ rows: Int) { count += rows }

    /// Memory for `added` more rows. Those before `first` are dropped; `end` is the row that this goes on to, 0 when that is not
    /// known.
    mutating func makeRoom(for added: Int, keepingFrom first: Int, until end: Int) throws(ImageryError) -> UnsafeMutableRawPointer {
        let dropped = min(max(0, first - firstRow), count)
        let kept = count - dropped
        let source = memory
        let target: Scratch
        if let source, kept + added <= capacity {
            target = source
        } else {
            capacity = max(kept + added, end - firstRow - dropped)
            target = try Scratch(byteCount: checkedProduct(capacity, rowBytes) ?? .max)
            memory = target
        }
        firstRow += dropped
        count = kept
        // In bounds: `kept + added` rows fit, whichever memory it is.
        if let source, unsafe dropped > 0 || source.base != target.base {
            unsafe target.base.copyMemory(from: source.base + dropped * rowBytes, byteCount: kept * rowBytes)
        }
        return unsafe target.base + kept * rowBytes
    }
}

/// The reduced images of Adam7, one after the other, packed as in the file.
@safe
struct PassStore: Sendable {
    private let passes: [Pass]
    private let starts: [Int]
    private let memory: Scratch

    /// `byteCount` is the sum of all rows of the passes.
    init(_ passes: [Pass], byteCount: Int) throws(ImageryError) {
        self.passes = passes
        var start = 0
        var starts: [Int] = []
        for pass in passes {
            starts.append(start)
            start += pass.rowBytes * pass.height
        }
        self.starts = starts
        memory = try Scratch(byteCount: byteCount)
    }

    func row(_ row: Int, pass: Int) -> UnsafeMutableRawPointer {
        unsafe memory.base + starts[pass] + row * passes[pass].rowBytes
    }

    /// Puts row `y` of the image together from the passes that have pixels in it, whole bytes for each sample (8.1).
    ///
    /// The caller has proven that `target` holds the row; `line` has room for an unpacked row of a pass.
    func assemble(_ y: Int, _ converter: RowConverter, into target: UnsafeMutableRawPointer, line: UnsafeMutableRawPointer) {
        for (index, pass) in passes.enumerated() where y >= pass.y && (y - pass.y) % pass.dy == 0 {
            let packed = unsafe UnsafeRawPointer(row((y - pass.y) / pass.dy, pass: index))
            let source = unsafe converter.unpack(packed, width: pass.width, rowBytes: pass.rowBytes, into: line)
            let pixelBytes = converter.pixelBytes
            unsafe SampleInterleaving.insert(
                source, sampleBytes: pixelBytes, swapUnit: 1, count: pass.width, into: target + pass.x * pixelBytes, step: pass.dx)
        }
    }
}
