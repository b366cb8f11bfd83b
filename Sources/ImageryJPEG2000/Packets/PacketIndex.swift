// Where packets lie, as PLT says (T.800 A.7.3).

import ImageryBase
import ImageryPlumbing

/// The places of a tile's packets by the lengths in its PLT segments. A packet that is read at such a place must have the length.
struct PacketIndex: Sendable {
    /// A tile-part, and what its PLT segments hold of lengths, in their order.
    typealias Part = (part: TilePart, lengths: [UInt8])

    /// Bytes of packets before each packet, in the order of packets; all bytes at the end.
    private var bounds: [Int] = [0]
    /// The place in that order of each packet, layer by layer of each precinct.
    private var numbers: [UInt32]
    /// Where in ``numbers`` the packets of a resolution begin, by component and resolution.
    private var firsts: [[Int]] = []
    private let layers: Int
    /// By precinct, in the order of ``numbers``: true when its packets were read.
    private var taken: [Bool]
    /// The tile-parts: the bytes of packets before it, and where its own are.
    private var parts: [(before: Int, start: Int)] = []

    /// Nil when the lengths are not those of the tile's packets: in number, or in their sum for any tile-part.
    init?(_ layout: TileLayout, _ size: ImageSize, _ tileParts: [Part]) {
        layers = layout.progression.layers
        var count = 0
        for component in layout.components {
            var own: [Int] = []
            for resolution in component.resolutions {
                own.append(count)
                guard let packets = checkedProduct(resolution.precinctCount, layers), let sum = checkedSum(count, packets),
                    sum <= UInt32.max
                else { return nil }
                count = sum
            }
            firsts.append(own)
        }
        // A length has at least one byte: more packets than bytes have not all of them.
        guard tileParts.reduce(0, { $0 + $1.lengths.count }) >= count else { return nil }
        for (part, lengths) in tileParts {
            parts.append((bounds[bounds.count - 1], part.dataStart))
            var length = 0
            for byte in lengths {
                length = length << 7 | Int(byte & 0x7f)
                if length > part.end - part.dataStart { return nil }
                if byte & 0x80 != 0 { continue }
                guard length > 0 else { return nil }
                bounds.append(bounds[bounds.count - 1] + length)
                length = 0
            }
            guard length == 0, bounds[bounds.count - 1] - parts[parts.count - 1].before == part.end - part.dataStart else {
                return nil
            }
        }
        guard bounds.count == count + 1 else { return nil }
        numbers = [UInt32](repeating: 0, count: count)
        taken = [Bool](repeating: false, count: count / layers)
        var sequence = PacketSequence(layout, size)
        for number in 0..<count {
            guard let place = sequence.next() else { return nil }
            numbers[index(of: place)] = UInt32(number)
        }
    }

    private func index(of place: PacketPlace) -> Int {
        firsts[place.component][place.resolution] + place.precinct * layers + place.layer
    }

    /// True the first time that it is asked for a precinct.
    mutating func take(_ place: PacketPlace) -> Bool {
        let place = firsts[place.component][place.resolution] / layers + place.precinct
        defer { taken[place] = true }
        return !taken[place]
    }

    /// The packet's number in the order of packets, and its bytes.
    func packet(at place: PacketPlace) -> (number: Int, range: Range<Int>) {
        let number = Int(numbers[index(of: place)])
        let bytes = bounds[number]..<bounds[number + 1]
        var (low, high) = (0, parts.count)
        // The last part that begins at or before the packet: it holds it, for lengths add up part by part.
        while high - low > 1 {
            let middle = (low + high) / 2
            if parts[middle].before <= bytes.lowerBound { low = middle } else { high = middle }
        }
        let shift = parts[low].start - parts[low].before
        return (number, bytes.lowerBound + shift..<bytes.upperBound + shift)
    }
}

/// The precincts of a component that a region needs.
struct PrecinctSelection: Sendable {
    let component: Int
    /// For each resolution, from the lowest to the highest that is wanted: columns and rows of its precincts, counted from its first.
    private(set) var cells: [(columns: Range<Int>, rows: Range<Int>)]

    /// The precincts that hold code-blocks for the region of `geometry`.
    init(component: Int, _ layout: TileComponent, _ geometry: SynthesisGeometry) {
        self.component = component
        cells = layout.resolutions[...geometry.levels.count].map { resolution in
            var found: (columns: Range<Int>, rows: Range<Int>)?
            for band in resolution.bands {
                let area = geometry.area(level: band.level, orientation: band.orientation)
                if area.isEmpty { continue }
                func cells(_ range: Range<Int>, _ exponent: Int, _ first: Int) -> Range<Int> {
                    (range.lowerBound >> exponent) - first..<((range.upperBound - 1) >> exponent) + 1 - first
                }
                let columns = cells(area.columns, band.precinctWidthExponent, resolution.precinctX)
                let rows = cells(area.rows, band.precinctHeightExponent, resolution.precinctY)
                if let other = found {
                    found = (columns.joined(other.columns), rows.joined(other.rows))
                } else {
                    found = (columns, rows)
                }
            }
            return found ?? (0..<0, 0..<0)
        }
    }

    /// The highest resolution that is wanted.
    var resolution: Int { cells.count - 1 }

    /// How many precincts these are.
    var count: Int { cells.reduce(0) { $0 + $1.columns.count * $1.rows.count } }

    /// Calls `body` with the place of each precinct's first packet.
    func forEach(in layout: TileLayout, _ body: (PacketPlace) -> Void) {
        for (resolution, cells) in cells.enumerated() {
            let wide = layout.components[component].resolutions[resolution].precinctsWide
            for row in cells.rows {
                for column in cells.columns {
                    body(PacketPlace(component: component, resolution: resolution, precinct: row * wide + column, layer: 0))
                }
            }
        }
    }
}

extension Range<Int> {
    /// The range from the lower beginning to the higher end.
    fileprivate func joined(_ other: Range<Int>) -> Range<Int> {
        Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
    }
}
