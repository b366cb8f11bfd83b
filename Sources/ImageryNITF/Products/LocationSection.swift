// The location section of a raster product (MIL-STD-2411: component 129): where the components of a frame lie in its file.

import ImageryBase
import ImageryPlumbing

/// A component of a raster product, by its number.
enum ProductComponent: Int, Sendable {
    case coverage = 130
    case compression = 131
    case lookup = 132
    case colorMap = 135
    case imageDescription = 136
    case displayParameters = 137
    case mask = 138
    case spatialData = 140
    case attributes = 141
    case attributeTable = 142
    case arealCoverage = 143
    case boundaryRectangles = 148
    case boundaryRectangleTable = 149
    case frameIndex = 150
    case frameIndexTable = 151
}

/// Places of components, as offsets in the file. Their lengths are not kept: public files state wrong ones.
struct LocationSection: Sendable {
    private var places: [Int: Int] = [:]

    /// Reads the section at the start of `bytes`; nil when its records do not lie in them.
    init?(_ bytes: ComponentBytes) {
        guard let table = bytes.number(2, 4), let count = bytes.number(6, 2), let length = bytes.number(8, 2), length >= 10 else {
            return nil
        }
        for index in 0..<count {
            let record = table + index * length
            guard let id = bytes.number(record, 2), let place = bytes.number(record + 6, 4) else { return nil }
            if places[id] == nil { places[id] = place }
        }
    }

    /// Where a component begins; nil when the section does not list it.
    func place(_ component: ProductComponent) -> Int? { places[component.rawValue] }
}

/// Bytes of a component, as numbers in the byte order of the product.
struct ComponentBytes: Sendable {
    let bytes: [UInt8]
    let isBigEndian: Bool

    /// The unsigned number of `size` bytes (1 to 4) at `offset`; nil where the component ends before.
    func number(_ offset: Int, _ size: Int) -> Int? {
        guard let field = field(offset, size) else { return nil }
        return (isBigEndian ? Array(field) : field.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The number of eight bytes at `offset` (IEEE 754); nil where the component ends before.
    func real(_ offset: Int) -> Double? {
        guard let high = number(offset + (isBigEndian ? 0 : 4), 4), let low = number(offset + (isBigEndian ? 4 : 0), 4) else {
            return nil
        }
        return Double(bitPattern: UInt64(high) << 32 | UInt64(low))
    }

    /// The number of four bytes at `offset` (IEEE 754).
    func single(_ offset: Int) -> Double? { number(offset, 4).map { Double(Float(bitPattern: UInt32($0))) } }

    /// The characters of a field without the blanks and NULs around them.
    func text(_ offset: Int, _ size: Int) -> String? {
        field(offset, size).map { trimmedText(bytes, $0.startIndex..<$0.endIndex) }
    }

    private func field(_ offset: Int, _ size: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, offset <= bytes.count, size <= bytes.count - offset else { return nil }
        return bytes[offset..<offset + size]
    }
}
