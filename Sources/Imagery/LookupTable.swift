public import ImageryBase

/// What the samples of an image stand for where they are numbers of table entries: palettes and look-up tables (S58).
public struct LookupTable: Hashable, Sendable {
    /// One band behind the table.
    public struct Channel: Hashable, Sendable {
        /// The band of the image that holds the numbers.
        public let band: Int
        /// The value of each number. Nil when the samples are themselves the values.
        public let values: [UInt16]?
    }

    /// The bands behind the table, in order.
    public let channels: [Channel]
    /// The type of the values: UInt8, or UInt16 where the format's are larger (TIFF, JPEG 2000 with deep palettes, NITF with two tables a band).
    public let pixelType: PixelType
    /// Numbers beyond a table stand for its last value (T.800 I.5.3.4); elsewhere for 0: they are errors, or pixels without a color.
    let repeatsLastValue: Bool

    fileprivate init(channels: [Channel], pixelType: PixelType, repeatsLastValue: Bool = false) {
        self.channels = channels
        self.pixelType = pixelType
        self.repeatsLastValue = repeatsLastValue
    }

    /// The values of all numbers that `type` has.
    fileprivate func allValues(of channel: Channel, _ type: PixelType) -> [UInt16]? {
        channel.values.map { values in
            let count = type == .uint8 ? 256 : 65_536
            let rest = repeatsLastValue ? values.last ?? 0 : 0
            return Array(values.prefix(count)) + [UInt16](repeating: rest, count: max(0, count - values.count))
        }
    }
}

extension ImageAsset {
    /// The table of a PNG or TIFF with a palette, of an NITF image with look-up tables, of a JP2 file with a palette box; nil elsewhere. Read
    /// from the metadata.
    public var lookupTable: LookupTable? {
        guard layout.pixelType == .uint8 || layout.pixelType == .uint16 else { return nil }
        let metadata = metadata
        let table: LookupTable? =
            switch metadata.schema {
            case .png: LookupTable(png: metadata)
            case .tiff: LookupTable(tiff: metadata)
            case .nitf: LookupTable(nitf: metadata)
            case .jpeg2000: LookupTable(jpeg2000: metadata)
            case .jpeg, .dted, nil: nil
            }
        guard let table, table.channels.allSatisfy({ $0.band < layout.shape.bands && $0.values?.isEmpty != true }),
            table.channels.contains(where: { $0.values != nil }),
            table.pixelType == .uint16 || layout.pixelType == .uint8 || table.channels.allSatisfy({ $0.values != nil })
        else { return nil }
        return table
    }

    /// The image that the table makes: as many bands as the table has channels, read like any other. The colors of a JP2
    /// file come in the order that its channel definitions give. PNG transparency is not applied. Throws kind misuse when there is no ``lookupTable``.
    public func applyingLookupTable() throws(ImageryError) -> ImageAsset {
        guard let table = lookupTable else {
            throw ImageryError(.misuse, key.description, "the image has no palette and no look-up table")
        }
        return ImageAsset(asset: asset, source: LookedUpImage(source, table))
    }
}

extension LookupTable {
    /// PLTE (PNG 11.2.2): red, green and blue of each entry.
    fileprivate init?(png metadata: Metadata) {
        guard metadata["IHDR"]?["ColorType"]?.int == 3, let bytes = metadata["PLTE"]?.bytes, bytes.count >= 3 else { return nil }
        self.init(
            channels: (0..<3).map { color in
                Channel(band: 0, values: (0..<bytes.count / 3).map { UInt16(bytes[3 * $0 + color]) })
            }, pixelType: .uint8)
    }

    /// ColorMap (TIFF 6.0 section 5): all red values, then green and blue, 16 bits each.
    fileprivate init?(tiff metadata: Metadata) {
        guard metadata["262"]?.int == 3, let values = metadata["320"]?.ints, values.count >= 3, values.count % 3 == 0 else {
            return nil
        }
        let count = values.count / 3
        self.init(
            channels: (0..<3).map { color in
                Channel(band: 0, values: values[color * count..<(color + 1) * count].map { UInt16(truncatingIfNeeded: $0) })
            }, pixelType: .uint16)
    }

    /// LUTD of each band (MIL-STD-2500C Table A-3): with two tables a band the first has the upper eight bits.
    fileprivate init?(nitf metadata: Metadata) {
        guard let bands = metadata["BAND_INFO"]?.list else { return nil }
        var channels: [Channel] = []
        var isWide = false
        for (band, info) in bands.enumerated() {
            let tables = info["LUTD"].map { ($0.list ?? [$0]).map(\.bytes) } ?? []
            if tables.count == 2 {
                isWide = true
                channels.append(Channel(band: band, values: zip(tables[0], tables[1]).map { UInt16($0) << 8 | UInt16($1) }))
            } else if tables.isEmpty {
                channels.append(Channel(band: band, values: nil))
            } else {
                channels += tables.map { Channel(band: band, values: $0.map { UInt16($0) }) }
            }
        }
        self.init(channels: channels, pixelType: isWide ? .uint16 : .uint8)
    }

    /// pclr and cmap (T.800 I.5.3.4, I.5.3.5).
    fileprivate init?(jpeg2000 metadata: Metadata) {
        guard let palette = metadata["pclr"], let entries = palette["NE"]?.int, let depths = palette["B"]?.ints,
            let bytes = palette["C"]?.bytes, entries > 0
        else { return nil }
        // Bi: the depth less one, and the sign in bit 7; columns of more than eight bits have two bytes.
        guard depths.allSatisfy({ (0..<16).contains($0) }) else { return nil }
        let widths = depths.map { $0 < 8 ? 1 : 2 }
        let row = widths.reduce(0, +)
        guard bytes.count >= entries * row else { return nil }
        let columns: [[UInt16]] = depths.indices.map { column in
            let start = widths[..<column].reduce(0, +)
            return (0..<entries).map { entry in
                bytes[entry * row + start..<entry * row + start + widths[column]].reduce(0) { $0 << 8 | UInt16($1) }
            }
        }
        var channels: [Channel] = []
        for channel in metadata["cmap"]?.list ?? [] {
            guard let band = channel["CMP"]?.int, let type = channel["MTYP"]?.int, let column = channel["PCOL"]?.int else {
                return nil
            }
            guard type == 0 || columns.indices.contains(column) else { return nil }
            channels.append(Channel(band: band, values: type == 0 ? nil : columns[column]))
        }
        // cdef (I.5.3.6): color channels in the order of their colors, then the others.
        var order = Array(channels.indices)
        for definition in metadata["cdef"]?.list ?? [] {
            guard let channel = definition["Cn"]?.int, definition["Typ"]?.int == 0, let color = definition["Asoc"]?.int,
                channels.indices.contains(channel), (1...channels.count).contains(color)
            else { continue }
            order[channel] = color - 1 - channels.count
        }
        channels = channels.indices.sorted { (order[$0], $0) < (order[$1], $1) }.map { channels[$0] }
        self.init(channels: channels, pixelType: widths.contains(2) ? .uint16 : .uint8, repeatsLastValue: true)
    }
}

/// An image behind its look-up table.
private final class LookedUpImage: ImageSource {
    let layout: ImageLayout
    private let stored: any ImageSource
    private let table: LookupTable
    /// For each channel the values of all numbers.
    private let values: [[UInt16]?]

    init(_ stored: any ImageSource, _ table: LookupTable) {
        self.stored = stored
        self.table = table
        values = table.channels.map { table.allValues(of: $0, stored.layout.pixelType) }
        var layout = stored.layout
        layout.shape.bands = table.channels.count
        layout.pixelType = table.pixelType
        layout.bitsPerPixel = 8 * table.pixelType.byteCount
        layout.actualBitsPerPixel = layout.bitsPerPixel
        // A value of the numbers is none of the colors.
        layout.padValue = nil
        self.layout = layout
    }

    var resolutionLevels: Int { stored.resolutionLevels }

    func hasBlock(row: Int, column: Int) -> Bool { stored.hasBlock(row: row, column: column) }

    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try stored.byteRanges(inStored(request)) }

    /// The request for the bands that hold the numbers.
    private func inStored(_ request: ReadRequest) -> ReadRequest {
        let bands = Set(request.bands.map { table.channels[$0].band }).sorted()
        return ReadRequest(region: request.region, level: request.level, bands: bands)
    }

    func makeReader(_ context: ReadContext) -> any ImageReader {
        // A caller's fill value is one of the numbers.
        Reader(self, stored.makeReader(context))
    }

    private final class Reader: ImageReader {
        private let image: LookedUpImage
        private let reader: any ImageReader

        init(_ image: LookedUpImage, _ reader: any ImageReader) {
            self.image = image
            self.reader = reader
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            let inner = image.inStored(request)
            let numbers = try Raster(
                image.stored.layout.pixelType,
                shape: Shape(bands: inner.bands.count, rows: request.region.height, columns: request.region.width))
            let source = unsafe numbers.destination
            try unsafe reader.read(inner, into: source)
            for (place, band) in request.bands.enumerated() {
                let channel = image.table.channels[band]
                guard let index = inner.bands.firstIndex(of: channel.band) else { continue }
                for row in 0..<request.region.height {
                    // In bounds: the raster and the destination have the request's rows and columns.
                    let from = unsafe UnsafeRawPointer(source.row(row, band: index))
                    let to = unsafe destination.row(row, band: place)
                    unsafe image.convert(image.values[band], from, to, count: request.region.width)
                }
            }
            withExtendedLifetime(numbers) {}
        }
    }

    private func convert(_ values: [UInt16]?, _ from: UnsafeRawPointer, _ to: UnsafeMutableRawPointer, count: Int) {
        switch (stored.layout.pixelType, layout.pixelType) {
        case (.uint8, .uint8):
            unsafe convert(
                values, from.assumingMemoryBound(to: UInt8.self), to.assumingMemoryBound(to: UInt8.self), count: count)
        case (.uint8, _):
            unsafe convert(
                values, from.assumingMemoryBound(to: UInt8.self), to.assumingMemoryBound(to: UInt16.self), count: count)
        case (_, .uint8):
            unsafe convert(
                values, from.assumingMemoryBound(to: UInt16.self), to.assumingMemoryBound(to: UInt8.self), count: count)
        default:
            unsafe convert(
                values, from.assumingMemoryBound(to: UInt16.self), to.assumingMemoryBound(to: UInt16.self), count: count)
        }
    }

    private func convert<From: FixedWidthInteger, To: FixedWidthInteger>(
        _ values: [UInt16]?, _ from: UnsafePointer<From>, _ to: UnsafeMutablePointer<To>, count: Int
    ) {
        guard let values else {
            for index in 0..<count { unsafe to[index] = To(truncatingIfNeeded: from[index]) }
            return
        }
        for index in 0..<count { unsafe to[index] = To(truncatingIfNeeded: values[Int(from[index])]) }
    }
}
