// Marker segments as bytes (T.81 annex B): the counterpart of the parsing in Header and Tables.

import ImageryBase

extension Marker {
    /// The marker alone.
    static func bytes(_ code: UInt8) -> [UInt8] { [0xff, code] }

    /// A segment with these parameters, which are at most 65,533 bytes.
    static func segment(_ code: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xff, code] + bigEndian16(data.count + 2) + data
    }

    /// What fits into a segment beside its length.
    static let largestSegment = 65533
}

/// The two lowest bytes of `number`, the most significant first.
func bigEndian16(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
}

extension CodingProcess {
    /// The marker of the process with Huffman coding (T.81 table B.1).
    var marker: UInt8 {
        switch self {
        case .baseline: 0xc0
        case .extended: 0xc1
        case .progressive: 0xc2
        case .lossless: 0xc3
        }
    }
}

extension Frame {
    /// A frame with Huffman coding, to be written.
    init(_ process: CodingProcess, precision: Int, width: Int, height: Int, components: [Component]) {
        self.process = process
        isArithmetic = false
        self.precision = precision
        self.width = width
        self.height = height
        self.components = components
        offset = 0
    }

    /// T.81 B.2.2.
    var serialised: [UInt8] {
        var data = [UInt8(precision)] + bigEndian16(height) + bigEndian16(width) + [UInt8(components.count)]
        for component in components {
            data += [component.identifier, UInt8(component.horizontal << 4 | component.vertical), UInt8(component.table)]
        }
        return Marker.segment(process.marker, data)
    }
}

extension Scan {
    /// A scan to be written; `high` and `low` as T.81 B.2.3 has them.
    init(_ parts: [Part], start: Int, end: Int, high: Int = 0, low: Int = 0) {
        self.parts = parts
        self.start = start
        self.end = end
        self.high = high
        self.low = low
        offset = 0
        dataOffset = 0
    }

    /// T.81 B.2.3.
    func serialised(_ frame: Frame) -> [UInt8] {
        var data = [UInt8(parts.count)]
        for part in parts { data += [frame.components[part.component].identifier, UInt8(part.dc << 4 | part.ac)] }
        return Marker.segment(Marker.sos, data + [UInt8(start), UInt8(end), UInt8(high << 4 | low)])
    }
}

extension HuffmanCode {
    /// T.81 B.2.4.2.
    func serialised(isAC: Bool, destination: Int) -> [UInt8] {
        Marker.segment(Marker.dht, [UInt8((isAC ? 1 : 0) << 4 | destination)] + counts + values)
    }
}

/// A table of quantisers in row-major order (T.81 B.2.4.1).
func serialisedQuantisers(_ quantisers: [UInt8], destination: Int) -> [UInt8] {
    Marker.segment(Marker.dqt, [UInt8(destination)] + zigzag.prefix(64).map { quantisers[Int($0)] })
}

/// T.81 B.2.4.4.
func serialisedRestartInterval(_ mcus: Int) -> [UInt8] { Marker.segment(Marker.dri, bigEndian16(mcus)) }
