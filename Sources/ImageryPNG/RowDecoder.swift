// Rows out of the image data: filter types undone (PNG 3rd edition, clauses 7.3 and 9).

import ImageryBase
import ImageryKernels

/// Decodes the rows of the passes in the order of the data, in stripes that stay in the cache.
final class RowDecoder {
    let passes: [Pass]
    /// The next row: a pass, and a row in it. `pass == passes.count` behind the last.
    private(set) var pass = 0
    private(set) var row = 0

    private let stream: DataStream
    private let filterDistance: Int
    private let salvage: Bool
    private let findings: Findings
    /// The filtered bytes of the last stripe are kept before those of the next, so that matches can reach back to them.
    private let filtered: Scratch
    /// True behind damage that was salvaged: all further rows are zero.
    private var isLost = false

    /// Bytes that deflate can reach back.
    private static let history = 1 << 15
    private static let stripeBytes = 1 << 17

    init(_ header: ImageHeader, _ stream: DataStream, _ context: ReadContext) throws(ImageryError) {
        self.stream = stream
        passes = header.passes
        filterDistance = header.filterDistance
        salvage = context.salvage
        findings = context.findings
        let longest = passes.reduce(0) { max($0, $1.rowBytes) }
        filtered = try Scratch(byteCount: Self.history + max(Self.stripeBytes, longest + 1))
    }

    /// Goes back to the first row.
    func restart() {
        stream.restart()
        pass = 0
        row = 0
        isLost = false
    }

    /// Rows that one call can decode in the current pass.
    var stripeRows: Int {
        let pass = passes[pass]
        return min(pass.height - row, max(1, (filtered.byteCount - Self.history) / (pass.rowBytes + 1)))
    }

    /// Decodes the next `count` rows (at most ``stripeRows``) to `rows`, one after the other without gaps.
    ///
    /// `prior` is the row above as it was decoded, nil for the first of a pass. The caller has proven that `rows` has room for `count` rows.
    func decode(_ count: Int, prior: UnsafeRawPointer?, into rows: UnsafeMutableRawPointer) throws(ImageryError) {
        let rowBytes = passes[pass].rowBytes
        let wanted = count * (rowBytes + 1)
        let stripe = unsafe filtered.base + Self.history
        let produced =
            isLost ? 0 : try unsafe stream.fill(UnsafeMutableRawBufferPointer(start: filtered.base, count: Self.history + wanted), from: Self.history)
        var above = unsafe prior
        var index = 0
        while index < count {
            let target = unsafe rows + index * rowBytes
            let source = unsafe stripe + index * (rowBytes + 1)
            let available = min(rowBytes, produced - index * (rowBytes + 1) - 1)
            if isLost || available < rowBytes {
                unsafe salvageRow(source, available: available, prior: above, into: target, rowBytes: rowBytes)
                unsafe above = UnsafeRawPointer(target)
                index += 1
                continue
            }
            // In bounds: `produced` covers these rows with their filter types, and `rows` has room for `count` without.
            let type = unsafe source.load(as: UInt8.self)
            let next = unsafe source + (rowBytes + 1)
            if let prior = unsafe above, unsafe type == 4 && produced >= (index + 2) * (rowBytes + 1) && next.load(as: UInt8.self) == 4 {
                unsafe PNGFilters.unfilterPaethPair(
                    source + 1, next + 1, prior: prior, into: target, target + rowBytes, rowBytes: rowBytes,
                    bytesPerPixel: filterDistance)
                unsafe above = UnsafeRawPointer(target + rowBytes)
                index += 2
                continue
            }
            let isKnown = unsafe PNGFilters.unfilter(
                type, source + 1, prior: above, into: target, rowBytes: rowBytes, bytesPerPixel: filterDistance)
            if !isKnown {
                try refuse(type, row: row + index)
                unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: rowBytes)
            }
            unsafe above = UnsafeRawPointer(target)
            index += 1
        }
        if produced < wanted { isLost = true }
        unsafe filtered.base.copyMemory(from: stripe + (wanted - Self.history), byteCount: Self.history)
        try advance(count)
    }

    private func advance(_ count: Int) throws(ImageryError) {
        row += count
        guard row == passes[pass].height else { return }
        row = 0
        pass += 1
        if pass == passes.count && !isLost { try stream.finish() }
    }

    private func refuse(_ type: UInt8, row: Int) throws(ImageryError) {
        let error = ImageryError(.malformed, "PNG IDAT", "row \(row) has the unknown filter type \(type)")
        guard salvage else { throw error }
        findings.add(Diagnostic(error))
        isLost = true
    }

    /// The pixels of a row that the data breaks off in; zeros for the rest.
    private func salvageRow(
        _ source: UnsafeRawPointer, available: Int, prior: UnsafeRawPointer?, into target: UnsafeMutableRawPointer, rowBytes: Int
    ) {
        unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: rowBytes)
        let whole = available / filterDistance * filterDistance
        guard !isLost, whole > 0 else { return }
        isLost = true
        let type = unsafe source.load(as: UInt8.self)
        _ = unsafe PNGFilters.unfilter(
            type, source + 1, prior: prior, into: target, rowBytes: whole, bytesPerPixel: filterDistance)
    }
}
