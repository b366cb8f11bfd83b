/// What the samples of an image stand for where they are numbers of table entries: palettes and look-up tables (S58).
public struct LookupTable: Hashable, Sendable {
    /// One band behind the table.
    public struct Channel: Hashable, Sendable {
        /// The band of the image that holds the numbers.
        public let band: Int
        /// The value of each number. Nil when the samples are themselves the values.
        public let values: [UInt16]?
        /// What the values are.
        public let meaning: ColorModel.Meaning

        /// A band behind a table.
        public init(band: Int, values: [UInt16]?, meaning: ColorModel.Meaning) {
            self.band = band
            self.values = values
            self.meaning = meaning
        }
    }

    /// The bands behind the table, in order.
    public let channels: [Channel]
    /// The type of the values: UInt8, or UInt16 where the format's are larger (TIFF, JPEG 2000 with deep palettes, NITF with two tables a band).
    public let pixelType: PixelType
    /// Numbers beyond a table stand for its last value (T.800 I.5.3.4); elsewhere for 0: they are errors, or pixels without a color.
    public let repeatsLastValue: Bool
    /// The opacity of each number, 0 to 255, where the file has it beside the colors (PNG tRNS); numbers beyond are opaque.
    public let alpha: [UInt8]?

    /// A table. Values of type UInt8 are below 256.
    public init(channels: [Channel], pixelType: PixelType, repeatsLastValue: Bool = false, alpha: [UInt8]? = nil) {
        self.channels = channels
        self.pixelType = pixelType
        self.repeatsLastValue = repeatsLastValue
        self.alpha = alpha
    }

    /// Nil unless the table can be applied to an image of these samples: bands exist, values too, and samples that pass as they are fit.
    public func applicable(to layout: ImageLayout) -> LookupTable? {
        guard layout.pixelType == .uint8 || layout.pixelType == .uint16,
            channels.allSatisfy({ $0.band < layout.shape.bands && $0.values?.isEmpty != true }),
            channels.contains(where: { $0.values != nil }),
            pixelType == .uint16 || layout.pixelType == .uint8 || channels.allSatisfy({ $0.values != nil })
        else { return nil }
        return self
    }

    /// The table of an image of these bands only; nil when one that it needs is not among them.
    func selecting(_ list: [Int]) -> LookupTable? {
        var places: [Int: Int] = [:]
        for (place, band) in list.enumerated() where places[band] == nil { places[band] = place }
        var moved: [Channel] = []
        for channel in channels {
            guard let place = places[channel.band] else { return nil }
            moved.append(Channel(band: place, values: channel.values, meaning: channel.meaning))
        }
        return LookupTable(channels: moved, pixelType: pixelType, repeatsLastValue: repeatsLastValue, alpha: alpha)
    }

    /// The values of all numbers that `type` has.
    public func allValues(of channel: Channel, _ type: PixelType) -> [UInt16]? {
        channel.values.map { values in
            let count = type == .uint8 ? 256 : 65_536
            let rest = repeatsLastValue ? values.last ?? 0 : 0
            return Array(values.prefix(count)) + [UInt16](repeating: rest, count: max(0, count - values.count))
        }
    }

    /// How many numbers have a value.
    public var count: Int { channels.reduce(0) { max($0, $1.values?.count ?? 0) } }

    /// Red, green and blue of 8 bits of each number, where the table is a palette of one band that has these; else nil. Of 16 bits the upper
    /// eight are taken, unless no value needs them: old TIFF files have values below 256.
    public var palette: [(red: UInt8, green: UInt8, blue: UInt8)]? {
        func channel(_ meaning: ColorModel.Meaning) -> [UInt16]? {
            channels.first { $0.meaning == meaning && $0.band == channels.first?.band }?.values
        }
        guard let red = channel(.red), let green = channel(.green), let blue = channel(.blue) else { return nil }
        let isDeep = pixelType == .uint16 && [red, green, blue].contains { $0.contains { $0 > 255 } }
        let shift: UInt16 = isDeep ? 8 : 0
        return (0..<min(red.count, green.count, blue.count)).map {
            (
                UInt8(truncatingIfNeeded: red[$0] >> shift), UInt8(truncatingIfNeeded: green[$0] >> shift),
                UInt8(truncatingIfNeeded: blue[$0] >> shift)
            )
        }
    }

    /// True when ``palette`` has all that the values say: colors of 8 bits, repeated in the upper and lower byte or put into one of them.
    public var isEightBit: Bool {
        let values = channels.compactMap(\.values)
        if pixelType == .uint8 || values.allSatisfy({ $0.allSatisfy { $0 < 256 } }) { return true }
        return values.allSatisfy { $0.allSatisfy { $0 & 0xff == 0 || $0 & 0xff == $0 >> 8 } }
    }
}
