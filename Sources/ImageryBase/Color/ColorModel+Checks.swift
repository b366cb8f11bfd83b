extension ColorModel {
    /// Throws kind misuse for a model that an image of these samples cannot have: what a caller says of the samples is judged here, once, for all
    /// writers and conversions.
    package func check(_ layout: ImageLayout, _ context: String) throws(ImageryError) {
        func misfit(_ message: String) -> ImageryError { ImageryError(.misuse, context, "the color model \(message)") }
        let count = layout.shape.bands
        guard bands.count == count else { throw misfit("has \(bands.count) bands, the image \(count)") }
        for (band, details) in details {
            guard (0..<count).contains(band) else { throw misfit("has details of band \(band), which does not exist") }
            let bits = 1...(8 * layout.pixelType.byteCount)
            for number in [details.significantBits, details.originalBits] {
                guard number.map(bits.contains) ?? true else {
                    throw misfit("gives band \(band) \(number ?? 0) significant bits of \(bits.upperBound)")
                }
            }
        }
        if let lookupTable {
            guard lookupTable.channels.allSatisfy({ (0..<count).contains($0.band) }) else {
                throw misfit("has a table of a band that does not exist")
            }
        }
        guard transparentColor.map({ $0.count == count }) ?? true else {
            throw misfit("names a transparent color of \(transparentColor?.count ?? 0) samples for \(count) bands")
        }
        if let points = codePoints {
            guard [points.primaries, points.transfer, points.matrix].allSatisfy((0...255).contains) else {
                throw misfit("has code points beyond a byte")
            }
        }
        let weights = [differences.red, differences.blue]
        guard weights.allSatisfy({ $0.magnitude <= 0x1p32 }) else {
            throw misfit("weighs red and blue in luma by \(differences.red) and \(differences.blue)")
        }
        let triples = [lab.ranges, lab.offsets, lab.white]
        guard triples.allSatisfy({ $0.count == 3 && $0.allSatisfy { $0.magnitude <= 0x1p32 } }), lab.white.allSatisfy({ $0 > 0 })
        else {
            throw misfit("codes CIELab by other than three numbers each")
        }
    }
}
