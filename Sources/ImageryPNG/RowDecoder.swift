// Rows out of the image data: filter types undone (PNG 3rd edition, clauses 7.3 and 9).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// Consecutive rows of a pass that are decoded together, as many as stay in the cache.
struct Stripe: Sendable {
    var pass: Int
    var row: Int
    var count: Int
    /// Behind it there are no more rows.
    var isLast: Bool
    /// Counts the stripes since the first row.
    var number: Int
}

/// Decodes the rows of the passes in the order of the data, in two stages that may run side by side: ``inflate(_:)`` and
/// ``unfilter(_:prior:into:)``, each for one stripe after the other.
final class RowDecoder {
    let passes: [Pass]
    private let filterDistance: Int
    private let salvage: Bool
    private let findings: Findings
    /// Stripes that the first stage may be ahead of the second.
    let lead: Int
    /// Memory of as many stripes, one after the other: how many bytes of it were produced, the bytes inflated before, for matches
    /// that reach back, and the filtered rows.
    private let slots: Scratch
    private let slotBytes: Int

    /// The first row that no stripe was made of yet.
    private var nextPass = 0
    private var nextRow = 0
    private var nextNumber = 0

    // Of the first stage.
    private let stream: DataStream
    private var lastEnd = RowDecoder.rowsStart

    // Of the second stage: true behind damage that is salvaged; all further rows are zero.
    private var isLost = false

    /// Bytes that deflate can reach back.
    private static let history = 1 << 15
    private static let countBytes = 64
    private static let rowsStart = countBytes + history
    private static let stripeBytes = 1 << 17
    private static let largestLead = 4

    init(_ header: ImageHeader, _ stream: DataStream, _ context: ReadContext) throws(ImageryError) {
        self.stream = stream
        passes = header.passes
        filterDistance = header.filterDistance
        salvage = context.salvage
        findings = context.findings
        let longest = passes.reduce(0) { max($0, $1.rowBytes) } + 1
        lead = context.threads > 1 && longest <= Self.stripeBytes ? Self.largestLead : 1
        slotBytes = (Self.rowsStart + max(Self.stripeBytes, longest) + 63) & ~63
        slots = try Scratch(byteCount: lead * slotBytes)
    }

    /// Goes back to the first row.
    func restart() {
        stream.restart()
        nextPass = 0
        nextRow = 0
        nextNumber = 0
        lastEnd = Self.rowsStart
        isLost = false
    }

    /// The stripes from the next row on, up to row `end` of an image that is not interlaced, or to the end of all passes.
    func stripes(until end: Int = .max) -> [Stripe] {
        var stripes: [Stripe] = []
        while nextPass < passes.count {
            let pass = passes[nextPass]
            let most = max(1, (slotBytes - Self.rowsStart) / (pass.rowBytes + 1))
            while nextRow < min(pass.height, end) {
                let count = min(most, min(pass.height, end) - nextRow)
                let isLast = nextPass == passes.count - 1 && nextRow + count == pass.height
                stripes.append(Stripe(pass: nextPass, row: nextRow, count: count, isLast: isLast, number: nextNumber))
                nextRow += count
                nextNumber += 1
            }
            guard nextRow == pass.height else { break }
            nextPass += 1
            nextRow = 0
        }
        return stripes
    }

    /// The first stage: the filtered rows of the next stripe.
    func inflate(_ stripe: Stripe) throws(ImageryError) {
        let start = stripe.number % lead * slotBytes
        let slot = unsafe slots.base + start
        let wanted = stripe.count * (passes[stripe.pass].rowBytes + 1)
        // Both inside `slots`: the end of the stripe before, which nothing writes to now, becomes the history of this one.
        unsafe (slot + Self.countBytes).copyMemory(from: slots.base + (lastEnd - Self.history), byteCount: Self.history)
        let count = try unsafe stream.fill(
            UnsafeMutableRawBufferPointer(start: slot + Self.countBytes, count: Self.history + wanted), from: Self.history)
        unsafe slot.storeBytes(of: count, as: Int.self)
        lastEnd = start + Self.rowsStart + wanted
        if stripe.isLast && count == wanted { try stream.finish() }
    }

    /// The second stage: undoes the filters of the stripe and puts its rows to `rows`, one after the other without gaps.
    ///
    /// `prior` is the row above as it was decoded, nil for the first of a pass. The caller has proven that `rows` has room for the
    /// stripe.
    func unfilter(_ stripe: Stripe, prior: UnsafeRawPointer?, into rows: UnsafeMutableRawPointer) throws(ImageryError) {
        let rowBytes = passes[stripe.pass].rowBytes
        let slot = unsafe slots.base + stripe.number % lead * slotBytes
        let filtered = unsafe slot + Self.rowsStart
        let produced = unsafe slot.load(as: Int.self)
        var above = unsafe prior
        var index = 0
        while index < stripe.count {
            let target = unsafe rows + index * rowBytes
            let source = unsafe filtered + index * (rowBytes + 1)
            let available = min(rowBytes, produced - index * (rowBytes + 1) - 1)
            if isLost || available < rowBytes {
                unsafe salvageRow(source, available: available, prior: above, into: target, rowBytes: rowBytes)
                unsafe above = UnsafeRawPointer(target)
                index += 1
                continue
            }
            // In bounds: `produced` covers these rows with their filter types, and `rows` has room for the stripe without.
            let type = unsafe source.load(as: UInt8.self)
            let next = unsafe source + (rowBytes + 1)
            if let prior = unsafe above,
                unsafe type == 4 && produced >= (index + 2) * (rowBytes + 1) && next.load(as: UInt8.self) == 4
            {
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
                try refuse(type, row: stripe.row + index)
                unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: rowBytes)
            }
            unsafe above = UnsafeRawPointer(target)
            index += 1
        }
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
        guard !isLost, whole > 0 else {
            isLost = true
            return
        }
        isLost = true
        let type = unsafe source.load(as: UInt8.self)
        _ = unsafe PNGFilters.unfilter(
            type, source + 1, prior: prior, into: target, rowBytes: whole, bytesPerPixel: filterDistance)
    }
}
