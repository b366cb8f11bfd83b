public import ImageryBase

extension [WriteEntry] {
    /// The image of a format that holds one and nothing else, and its mask.
    ///
    /// Throws kind unsupported for other assets.
    public func singleImage(
        in format: String
    ) throws(ImageryError) -> (entry: WriteEntry, source: PixelSource, mask: PixelSource?) {
        var image: (entry: WriteEntry, source: PixelSource)?
        var mask: PixelSource?
        var others = 0
        for entry in self {
            switch (entry.content, entry.key.imagePlace?.isMask) {
            case (.image(let source), true?) where mask == nil: mask = source
            case (.image(let source), false?) where image == nil: image = (entry, source)
            default: others += 1
            }
        }
        guard let image, others == 0 else {
            throw ImageryError(
                unsupported: .asset, format, "a file of this format holds one image and nothing else; \(count) assets are given")
        }
        return (image.entry, image.source, mask)
    }
}

extension PixelSource {
    /// Notes what a format without words for them leaves out: names of bands, wavelengths, scales and units.
    public func noteDetails(of asset: AssetKey, in format: String, _ notes: WriteNotes) throws(ImageryError) {
        for (band, details) in colorModel.details.sorted(by: { $0.key < $1.key }) {
            var said: [String] = []
            if let name = details.name { said.append("the name \"\(name)\"") }
            if let wavelength = details.wavelength { said.append("the wavelength of \(wavelength) nm") }
            if details.scale != nil || details.offset != nil { said.append("scale and offset") }
            if let unit = details.unit { said.append("the unit \"\(unit)\"") }
            if said.isEmpty { continue }
            try notes.add(
                WriteNote(asset, "band \(band)", .dropped, "\(format) has no place for \(said.joined(separator: ", "))"))
        }
    }

    /// Notes that a format which has no word for it leaves out how many bits samples had before they were scaled up.
    public func noteOriginalBits(of asset: AssetKey, in format: String, _ notes: WriteNotes) throws(ImageryError) {
        let list = colorModel.details.values.compactMap(\.originalBits)
        guard let least = list.min(), let most = list.max() else { return }
        let bits = least == most ? "\(least)" : "\(least) to \(most)"
        try notes.add(
            WriteNote(asset, "significant bits", .dropped, "\(format) cannot say that samples were scaled up from \(bits) bits"))
    }
}
