/// A TIFF file put together field by field, right or wrong (TIFF 6.0 section 2).
public struct TIFFBuilder: Sendable {
    /// One field: a type, a count that may lie, and the bytes of its value.
    public struct Field: Sendable {
        public var tag: Int
        public var type: Int
        public var count: Int
        public var value: [UInt8]
    }

    public var isBigEndian = false
    public var isBig = false
    /// Bytes between the header and the first directory: block data begin at ``dataOffset``.
    public var data: [UInt8] = []
    /// The directories of the chain.
    public var directories: [[Field]] = []
    /// Where the last directory links to.
    public var lastLink = 0

    public init(isBigEndian: Bool = false, isBig: Bool = false, data: [UInt8] = []) {
        self.isBigEndian = isBigEndian
        self.isBig = isBig
        self.data = data
    }

    public var dataOffset: Int { isBig ? 16 : 8 }

    /// A number of `size` bytes in the file's order.
    public func number(_ value: Int, _ size: Int) -> [UInt8] {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return isBigEndian ? bytes.reversed() : bytes
    }

    /// A field of SHORTs.
    public func short(_ tag: Int, _ values: Int...) -> Field {
        Field(tag: tag, type: 3, count: values.count, value: values.flatMap { number($0, 2) })
    }

    /// A field of LONGs.
    public func long(_ tag: Int, _ values: Int...) -> Field { longs(tag, values) }

    /// A field of LONGs.
    public func longs(_ tag: Int, _ values: [Int]) -> Field {
        Field(tag: tag, type: 4, count: values.count, value: values.flatMap { number($0, 4) })
    }

    /// A field of any type.
    public func field(_ tag: Int, type: Int, count: Int, _ value: [UInt8]) -> Field {
        Field(tag: tag, type: type, count: count, value: value)
    }

    /// The fields of a gray 8-bit image of one strip.
    public func gray(_ width: Int, _ height: Int, compression: Int = 1, photometric: Int = 1, count: Int? = nil) -> [Field] {
        [
            long(256, width), long(257, height), short(258, 8), short(259, compression), short(262, photometric),
            long(273, dataOffset), short(277, 1), long(278, height), long(279, count ?? data.count),
        ]
    }

    /// The file.
    public var bytes: [UInt8] { build().bytes }

    /// Where each directory begins.
    public var places: [Int] { build().places }

    private func build() -> (bytes: [UInt8], places: [Int]) {
        var begins: [Int] = []
        var file: [UInt8] = isBigEndian ? [0x4d, 0x4d] : [0x49, 0x49]
        file += number(isBig ? 43 : 42, 2) + (isBig ? number(8, 2) + number(0, 2) : [])
        let width = isBig ? 8 : 4
        var link = file.count
        file += [UInt8](repeating: 0, count: width) + data
        for fields in directories {
            var places: [Int?] = []
            for field in fields {
                places.append(field.value.count > width ? file.count : nil)
                if field.value.count > width { file += field.value }
            }
            if file.count % 2 == 1 { file.append(0) }
            begins.append(file.count)
            file.replaceSubrange(link..<link + width, with: number(file.count, width))
            file += number(fields.count, isBig ? 8 : 2)
            for (field, place) in zip(fields, places) {
                let value = place.map { number($0, width) } ?? field.value
                file += number(field.tag, 2) + number(field.type, 2) + number(field.count, width) + value
                file += [UInt8](repeating: 0, count: width - value.count)
            }
            link = file.count
            file += number(0, width)
        }
        file.replaceSubrange(link..<link + width, with: number(lastLink, width))
        return (file, begins)
    }
}
