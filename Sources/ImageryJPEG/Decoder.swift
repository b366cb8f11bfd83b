// The stages in order: MCU rows, lines of the image's width, colors (T.81 A.1, reference decoder's order of work).

import ImageryBase
import ImageryKernels

/// Gives the samples of MCU rows.
protocol RowProducer: AnyObject {
    /// The MCU row that comes next.
    var nextRow: Int { get }
    /// True when any row may be next.
    var goesBack: Bool { get }
    /// Decodes MCU row `row` into the last row of `planes`; without planes it is only passed over.
    func produce(_ row: Int, into planes: Planes?) throws(ImageryError)
}

/// A reading session: goes down the image once and keeps the MCU rows that further reads of the same height need (S7).
final class JPEGReader: ImageReader {
    private let image: JPEGImage
    private let context: ReadContext
    private var producer: (any RowProducer)?
    private var planes: Planes?
    private var lines: LineMaker?
    private var isAnnounced = false
    /// The level of the last read, and its geometry.
    private var level = 0
    private var layout: FrameLayout

    init(_ image: JPEGImage, _ context: ReadContext) {
        self.image = image
        layout = image.layoutOfFrame
        self.context = context
    }

    private var sampleBytes: Int { image.layout.pixelType.byteCount }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        do throws(ImageryError) {
            unsafe try readRows(request, into: destination)
        } catch {
            // The position in the data is lost; the next read begins anew.
            producer = nil
            planes = nil
            throw error
        }
    }

    private func readRows(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        let region = request.region
        choose(request.level)
        if !isAnnounced && (region.bottom == layout.height || !image.isOneScan) {
            isAnnounced = true
            image.source.prefetch(image.dataRanges)
        }
        let lines = try madeLines()
        // Interpolation looks at the samples beside, which stand for two pixels each.
        let sideways = lines.enlargements.contains { $0.looksSideways } ? 2 : 0
        let updown = lines.enlargements.contains { $0.looksUpAndDown } ? 2 : 0
        let columns =
            context.isSession
            ? 0..<layout.mcusWide
            : max(0, region.x - sideways) / layout.mcuWidth..<(min(layout.width, region.right + sideways) - 1) / layout.mcuWidth + 1
        let rows =
            max(0, region.y - updown) / layout.mcuHeight..<(min(layout.height, region.bottom + updown) - 1) / layout.mcuHeight + 1
        let isLast = region.x == 0 && region.width == layout.width && region.bottom == layout.height
        let keeps = context.isSession && !isLast
        let planes = try madePlanes(columns, rows, keeps: keeps)
        let producer = try madeProducer(before: planes.next)
        for row in producer.nextRow..<max(producer.nextRow, planes.next) { try producer.produce(row, into: nil) }
        var done = region.y
        unsafe emit(&done, until: completeRows(planes, updown), request, lines, planes, into: destination)
        while planes.next < rows.upperBound {
            if !keeps { planes.drop(before: max(0, done - updown) / layout.mcuHeight) }
            let row = planes.next
            try planes.append()
            try producer.produce(row, into: planes)
            unsafe emit(&done, until: completeRows(planes, updown), request, lines, planes, into: destination)
        }
    }

    /// Rows of the image whose lines can be made, all neighbours being there.
    private func completeRows(_ planes: Planes, _ updown: Int) -> Int {
        let rows = planes.next * layout.mcuHeight
        return rows >= layout.height ? layout.height : rows - updown
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
        let made = try image.makeProducer(context)
        producer = made
        return made
    }

    // MARK: Lines

    /// Writes the rows from `done` up to `end` that are in the request.
    private func emit(
        _ done: inout Int, until end: Int, _ request: ReadRequest, _ lines: LineMaker, _ planes: Planes,
        into destination: Destination
    ) {
        let end = min(end, request.region.bottom)
        while done < end {
            if image.header.transform == .none {
                unsafe copyLine(done, request, lines, planes, into: destination)
            } else {
                unsafe colorLine(done, request, lines, planes, into: destination)
            }
            done += 1
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
