// The stages in order: MCU rows, lines of the image's width, colors (T.81 A.1, reference decoder's order of work).

import ImageryBase
import ImageryKernels
import ImageryPlumbing

/// A reading session: goes down the image once and keeps the MCU rows that further reads of the same height need (S7).
final class JPEGReader: ImageReader {
    private let image: CodedFrame
    private let pixelType: PixelType
    private let context: ReadContext
    /// The component that is read at its own size; nil for pixels.
    private let component: Int?
    private var producer: (any RowProducer)?
    private var planes: Planes?
    private var lines: LineMaker?
    private var isAnnounced = false
    /// The level of the last read, and its geometry.
    private var level = 0
    private var layout: FrameLayout

    init(_ image: CodedFrame, _ context: ReadContext, component: Int? = nil) {
        self.image = image
        pixelType = image.header.frame.imageLayout.pixelType
        layout = image.layoutOfFrame
        self.context = context
        self.component = component
    }

    private var sampleBytes: Int { pixelType.byteCount }
    /// Columns and rows of what is read, and of an MCU in them.
    private var width: Int { component.map { layout.components[$0].width } ?? layout.width }
    private var height: Int { component.map { layout.components[$0].height } ?? layout.height }
    private var mcuWidth: Int {
        component.map { layout.components[$0].horizontal * layout.components[$0].blockSize } ?? layout.mcuWidth
    }
    private var mcuHeight: Int {
        component.map { layout.components[$0].vertical * layout.components[$0].blockSize } ?? layout.mcuHeight
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        do throws(ImageryError) {
            choose(request.level)
            if !isAnnounced && (request.region.bottom == height || !image.isOneScan) {
                isAnnounced = true
                image.source.prefetch(image.dataRanges)
            }
            if try unsafe readStripes(request, into: destination) { return }
            unsafe try readRows(request, into: destination)
        } catch {
            // The position in the data is lost; the next read begins anew.
            producer = nil
            planes = nil
            guard context.isSession, error.kind == .malformed else { throw error }
            // A session makes whole MCU rows: what is damaged may lie beside the columns that are wanted.
            var inner = context
            inner.isSession = false
            try unsafe JPEGReader(image, inner, component: component).read(request, into: destination)
        }
    }

    /// MCU rows from which a thread of its own pays, for the rows around them are made twice.
    private static let stripeRows = 8

    /// Reads stripes of the region on several threads; false when that cannot be done or is not worth it.
    private func readStripes(_ request: ReadRequest, into destination: Destination) throws(ImageryError) -> Bool {
        let region = request.region
        let first = region.y / mcuHeight
        let rows = (region.bottom - 1) / mcuHeight + 1 - first
        // Salvage looks at all data in order, and a session of few rows goes on where it is.
        guard context.threads > 1, !context.salvage, !context.isSession, rows >= 2 * Self.stripeRows else { return false }
        let count = min(4 * context.threads, rows / Self.stripeRows)
        var producers: [any RowProducer] = []
        for _ in 0..<min(context.threads, count) {
            guard let copy = try madeProducer(before: 0).copy() else { return false }
            producers.append(copy)
        }
        var inner = context
        inner.threads = 1
        let workers = producers.map { producer in
            let worker = JPEGReader(image, inner, component: component)
            worker.choose(request.level)
            worker.producer = producer
            return worker
        }
        // Safe to share: a worker belongs to one thread, and every stripe writes its own rows of the destination.
        nonisolated(unsafe) let shared = workers
        let target = unsafe destination
        let unit = mcuHeight
        try parallelFor(count, threads: workers.count) { (worker, index) throws(ImageryError) in
            let top = max(region.y, (first + rows * index / count) * unit)
            let bottom = min(region.bottom, (first + rows * (index + 1) / count) * unit)
            let stripe = Window(x: region.x, y: top, width: region.width, height: bottom - top)
            try unsafe shared[worker].readRows(
                ReadRequest(region: stripe, level: request.level, bands: request.bands),
                into: target.offset(row: top - region.y, column: 0, sampleBytes: 1))
        }
        return true
    }

    private func readRows(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        let lines = try madeLines()
        // Interpolation looks at the samples beside, which stand for two pixels each.
        let sideways = component == nil && lines.enlargements.contains { $0.looksSideways } ? 2 : 0
        let updown = component == nil && lines.enlargements.contains { $0.looksUpAndDown } ? 2 : 0
        let columns =
            context.isSession
            ? 0..<layout.mcusWide
            : max(0, region.x - sideways) / mcuWidth..<(min(width, region.right + sideways) - 1) / mcuWidth + 1
        let rows = max(0, region.y - updown) / mcuHeight..<(min(height, region.bottom + updown) - 1) / mcuHeight + 1
        let isLast = region.x == 0 && region.width == width && region.bottom == height
        let keeps = context.isSession && !isLast
        let planes = try madePlanes(columns, rows, keeps: keeps)
        let producer = try madeProducer(before: planes.next)
        try producer.pass(to: planes.next)
        var done = region.y
        unsafe emit(&done, until: completeRows(planes, updown), request, lines, planes, into: destination)
        while planes.next < rows.upperBound {
            try context.cancellation?.check("JPEG")
            if !keeps { planes.drop(before: max(0, done - updown) / mcuHeight) }
            let row = planes.next
            try planes.append()
            try producer.produce(row, into: planes)
            unsafe emit(&done, until: completeRows(planes, updown), request, lines, planes, into: destination)
        }
    }

    /// Rows of the image whose lines can be made, all neighbours being there.
    private func completeRows(_ planes: Planes, _ updown: Int) -> Int {
        let rows = planes.next * mcuHeight
        return rows >= height ? height : rows - updown
    }

    // MARK: State

    /// Planes and lines belong to one level; what gives MCU rows does not.
    private func choose(_ level: Int) {
        guard level != self.level else { return }
        self.level = level
        layout = FrameLayout(image.header.frame, level: level)
        planes = nil
        lines = nil
    }

    private func madeLines() throws(ImageryError) -> LineMaker {
        if let lines { return lines }
        let made = try LineMaker(layout, sampleBytes: sampleBytes, width: layout.width)
        lines = made
        return made
    }

    /// Planes of the columns that can take the MCU rows `rows`: those of the last read, or new ones.
    private func madePlanes(_ columns: Range<Int>, _ rows: Range<Int>, keeps: Bool) throws(ImageryError) -> Planes {
        if let planes, planes.columns == columns, planes.first <= rows.lowerBound {
            planes.drop(before: rows.lowerBound)
            return planes
        }
        let made = Planes(layout, sampleBytes: sampleBytes, columns: columns, first: rows.lowerBound)
        try context.limits.check(
            output: made.byteCount(rows: keeps ? rows.count + 1 : 3), from: image.dataByteCount, "JPEG rows")
        planes = made
        return made
    }

    /// The producer, at MCU row `row` or before it.
    private func madeProducer(before row: Int) throws(ImageryError) -> any RowProducer {
        if let producer, producer.nextRow <= row || producer.goesBack { return producer }
        let made = try makeProducer()
        producer = made
        return made
    }

    /// The producer that the process and the scans of the image ask for.
    private func makeProducer() throws(ImageryError) -> any RowProducer {
        let frame = image.header.frame
        if frame.process == .lossless {
            guard !frame.isArithmetic else {
                throw ImageryError(
                    unsupported: .compression, "JPEG SOF11", "lossless processes with arithmetic coding are not supported",
                    at: frame.offset)
            }
            return try image.isOneScan ? LosslessRows(image, context) : LosslessPlanes(image, context)
        }
        if image.isOneScan && !frame.isArithmetic { return try SequentialRows(image, context) }
        return CoefficientRows(try ScanCoefficients.decode(image, context))
    }

    // MARK: Lines

    /// Writes the rows from `done` up to `end` that are in the request.
    private func emit(
        _ done: inout Int, until end: Int, _ request: ReadRequest, _ lines: LineMaker, _ planes: Planes,
        into destination: Destination
    ) {
        let end = min(end, request.region.bottom)
        while done < end {
            if let component {
                unsafe copySamples(done, component, request, planes, into: destination)
            } else if image.header.transform == .none {
                unsafe copyLine(done, request, lines, planes, into: destination)
            } else {
                unsafe colorLine(done, request, lines, planes, into: destination)
            }
            done += 1
        }
    }

    private func copySamples(_ y: Int, _ component: Int, _ request: ReadRequest, _ planes: Planes, into destination: Destination) {
        let source = unsafe planes.row(y, component) + request.region.x * sampleBytes
        for place in request.bands.indices {
            let target = unsafe destination.row(y - request.region.y, band: place)
            unsafe target.copyMemory(from: source, byteCount: request.region.width * sampleBytes)
        }
    }

    private func copyLine(_ y: Int, _ request: ReadRequest, _ lines: LineMaker, _ planes: Planes, into destination: Destination) {
        let columns = request.region.x..<request.region.right
        for (place, band) in request.bands.enumerated() {
            let line = unsafe lines.line(band, y, columns, planes)
            unsafe destination.row(y - request.region.y, band: place).copyMemory(from: line, byteCount: columns.count * sampleBytes)
        }
    }

    private func colorLine(_ y: Int, _ request: ReadRequest, _ lines: LineMaker, _ planes: Planes, into destination: Destination) {
        let columns = request.region.x..<request.region.right
        let row = y - request.region.y
        // K of YCCK is a component like any other.
        for (place, band) in request.bands.enumerated() where band == 3 {
            let line = unsafe lines.line(3, y, columns, planes)
            unsafe destination.row(row, band: place).copyMemory(from: line, byteCount: columns.count * sampleBytes)
        }
        guard request.bands.contains(where: { $0 < 3 }) else { return }
        let luma = unsafe lines.line(0, y, columns, planes)
        let blue = unsafe lines.line(1, y, columns, planes)
        let red = unsafe lines.line(2, y, columns, planes)
        // A color that nobody asks for goes where another or nothing will be: each has its own line.
        func target(_ band: Int) -> UnsafeMutableRawPointer {
            if let place = request.bands.firstIndex(of: band) { return unsafe destination.row(row, band: place) }
            return unsafe lines.spare(band)
        }
        let targets = unsafe (target(0), target(1), target(2))
        let count = columns.count
        if sampleBytes == 1 {
            unsafe JPEGColor.rgb8(
                luma, blue, red, count: count, red: targets.0.assumingMemoryBound(to: UInt8.self),
                green: targets.1.assumingMemoryBound(to: UInt8.self), blue: targets.2.assumingMemoryBound(to: UInt8.self))
        } else {
            func wide(_ line: UnsafePointer<UInt8>) -> UnsafePointer<UInt16> {
                unsafe UnsafeRawPointer(line).assumingMemoryBound(to: UInt16.self)
            }
            unsafe JPEGColor.rgb16(
                wide(luma), wide(blue), wide(red), precision: image.header.frame.precision, count: count,
                red: targets.0.assumingMemoryBound(to: UInt16.self), green: targets.1.assumingMemoryBound(to: UInt16.self),
                blue: targets.2.assumingMemoryBound(to: UInt16.self))
        }
        for (place, band) in request.bands.enumerated() where band < 3 {
            let line = unsafe destination.row(row, band: place)
            if let first = request.bands[..<place].firstIndex(of: band) {
                unsafe line.copyMemory(from: destination.row(row, band: first), byteCount: count * sampleBytes)
            } else if image.header.transform == .cmyk {
                if sampleBytes == 1 {
                    unsafe JPEGColor.invert8(line.assumingMemoryBound(to: UInt8.self), count: count)
                } else {
                    let largest = UInt16(1) << UInt16(image.header.frame.precision) - 1
                    unsafe JPEGColor.invert16(line.assumingMemoryBound(to: UInt16.self), count: count, largest: largest)
                }
            }
        }
    }
}
