// Samples of fewer bits than their bytes have, for formats whose largest sample is the brightest (PNG 3rd edition, clause 12.4; JPEG).

public import ImageryBase

extension PixelSource {
    /// The same picture with samples that fill their bytes: 255 is the largest of what had one to seven bits, band by band. Samples that have a byte or
    /// more already stay, and so do numbers of a palette, and one band of so many bits as `unlessGrayOf` says.
    public func fillingBytes(unlessGrayOf packed: Set<Int> = []) -> PixelSource {
        let count = layout.shape.bands
        guard layout.pixelType == .uint8, !colorModel.bands.contains(.paletteIndex) else { return self }
        let bits = storedBits
        guard bits.contains(where: { $0 < 8 }), count > 1 || !packed.contains(bits[0]) else { return self }
        var result = scaling(bits, to: [Int](repeating: 8, count: count))
        result.layout.bitsPerPixel = 8
        result.layout.actualBitsPerPixel = 8
        return result
    }

    /// The same picture with full opacity where all bits of opacity are ones, in as many bits as the colors have.
    public func fillingOpacity() -> PixelSource {
        let bands = colorModel.bands
        guard layout.pixelType == .uint8 || layout.pixelType == .uint16, bands.contains(where: \.isAlpha) else { return self }
        let bits = storedBits
        let most = bands.indices.filter { !bands[$0].isAlpha }.map { bits[$0] }.max() ?? 0
        let wanted = bands.indices.map { bands[$0].isAlpha ? max(most, bits[$0]) : bits[$0] }
        guard wanted != bits else { return self }
        return scaling(bits, to: wanted)
    }

    /// Bits of the samples of each band, where bands differ in them; else those that all have.
    private var storedBits: [Int] {
        let all = colorModel.bands.indices.map { significantBits(of: $0) }
        let whole = min(layout.bitsPerPixel, 8 * layout.pixelType.byteCount)
        let differ = all.contains { $0 != all[0] }
        return all.map { max(1, min(whole, differ ? $0 : whole)) }
    }

    private func scaling(_ bits: [Int], to wanted: [Int]) -> PixelSource {
        var made: [[Int]: SampleTable] = [:]
        let tables: [SampleTable?] = zip(bits, wanted).map { from, to in
            if from == to { return nil }
            let table = made[[from, to]] ?? SampleTable(from: from, to: to)
            made[[from, to]] = table
            return table
        }
        let differ = wanted.contains { $0 != wanted[0] }
        let (make, type) = (makeReader, layout.pixelType)
        var result = self
        for (band, table) in tables.enumerated() {
            guard table != nil else { continue }
            result.colorModel[detailsOf: band].significantBits = differ ? wanted[band] : nil
            if !colorModel.bands[band].isAlpha { result.colorModel[detailsOf: band].originalBits = bits[band] }
        }
        // A number that no sample has is that of none afterwards either.
        func scaled(_ number: Int, _ band: Int) -> Int? {
            guard band < tables.count, let table = tables[band] else { return number }
            return table.exact(number)
        }
        if let color = colorModel.transparentColor {
            let numbers = color.enumerated().compactMap { band, number in scaled(number, band) }
            result.colorModel.transparentColor = numbers.count == color.count ? numbers : nil
        }
        if let pad = layout.padValue.flatMap({ Int(exactly: $0.double) }) {
            // One number means no data in all colors.
            let pads = Set(colorModel.bands.indices.filter { !colorModel.bands[$0].isAlpha }.map { scaled(pad, $0) })
            result.layout.padValue = nil
            if pads.count == 1, case .some(.some(let number)) = pads.first { result.layout.padValue = .integer(Int64(number)) }
        }
        result.makeReader = { ScalingReader(make(), tables, type) }
        return result
    }
}

/// The samples of so many bits as those of another number: 0 stays, all ones become all ones.
private struct SampleTable: Sendable {
    let values: [UInt16]

    init(from bits: Int, to wanted: Int) {
        let (top, largest) = ((1 << bits) - 1, (1 << wanted) - 1)
        values = (0...top).map { UInt16(truncatingIfNeeded: ($0 * largest + top / 2) / top) }
    }

    /// Nil for what is no sample of so many bits.
    func exact(_ sample: Int) -> Int? { values.indices.contains(sample) ? Int(values[sample]) : nil }

    /// What is more than the bits hold counts as the largest.
    subscript(sample: Int) -> Int { Int(values[min(max(sample, 0), values.count - 1)]) }
}

/// A session that looks up what another reads.
private final class ScalingReader: ImageReader {
    private let reader: any ImageReader
    private let tables: [SampleTable?]
    private let type: PixelType

    init(_ reader: any ImageReader, _ tables: [SampleTable?], _ type: PixelType) {
        self.reader = reader
        self.tables = tables
        self.type = type
    }

    func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
        try unsafe reader.read(request, into: destination)
        for (place, band) in request.bands.enumerated() {
            guard let table = tables[band] else { continue }
            for row in 0..<request.region.height {
                // In bounds: the destination has a plane of the region's size for each band of the request.
                let line = unsafe destination.row(row, band: place)
                for column in 0..<request.region.width {
                    if type == .uint8 {
                        let sample = unsafe line.load(fromByteOffset: column, as: UInt8.self)
                        unsafe line.storeBytes(
                            of: UInt8(truncatingIfNeeded: table[Int(sample)]), toByteOffset: column, as: UInt8.self)
                    } else {
                        let sample = unsafe line.load(fromByteOffset: 2 * column, as: UInt16.self)
                        unsafe line.storeBytes(
                            of: UInt16(truncatingIfNeeded: table[Int(sample)]), toByteOffset: 2 * column, as: UInt16.self)
                    }
                }
            }
        }
    }
}
