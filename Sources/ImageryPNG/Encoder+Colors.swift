// What the samples mean, in the words of PNG (3rd edition, clauses 6.1, 11.2.2, 11.3.1, 11.3.2, 11.3.4.7).

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// An image as PNG can hold it: a gray, RGB or palette image with the chunks that describe its colors.
struct ColorStatement {
    /// The pixels that are written.
    private(set) var source: PixelSource
    /// The entries of the file's metadata: those of the image it was read from, and the chunks of the colors.
    private(set) var metadata: Metadata?

    private let asset: AssetKey
    private let notes: WriteNotes

    /// Chunks that say what the samples mean: made anew of what is known, wherever that is known.
    private static let colorChunks: Set<String> = ["PLTE", "tRNS", "sBIT", "cICP", "sRGB", "iCCP"]

    /// `metadata` are of the schema PNG. Nothing is changed where neither the image nor the file says what the bands are: then the metadata's
    /// chunks count.
    init(_ source: PixelSource, _ metadata: Metadata?, _ asset: AssetKey, _ notes: WriteNotes) throws(ImageryError) {
        let source = source.fillingOpacity().fillingBytes(unlessGrayOf: [1, 2, 4])
        self.source = source
        self.metadata = metadata
        self.asset = asset
        self.notes = notes
        if source.colorModel.isUndefined, metadata?["PLTE"] != nil || source.layout.shape.bands == 1 {
            try setBits()
            return
        }
        let stated = metadata
        if let entries = metadata?.entries {
            self.metadata?.entries = entries.filter { !Self.colorChunks.contains($0.name) }
        }
        if let palette = try palette() {
            set("PLTE", Value(.byte, littleEndian: palette.colors))
            if let alpha = palette.alpha { set("tRNS", Value(.byte, littleEndian: alpha)) }
        } else {
            // Gray and RGB stay as they are: PNG has a transparent color, too.
            let bands = source.colorModel.bands
            if bands != ColorModel.gray.bands, bands != ColorModel.rgb.bands {
                self.source = try source.picture(for: asset, in: "PNG", hasAlpha: true, notes: notes)
            }
            setTransparentColor()
            try setBits()
        }
        setProfile(stated)
        setOrientation()
    }

    private mutating func set(_ name: String, _ value: Value) {
        var changed = metadata ?? Metadata(schema: .png)
        changed[name] = value
        metadata = changed
    }

    private func number(_ name: String, _ value: Int, _ type: FieldType = .byte) -> Metadata.Entry {
        Metadata.Entry(name, Value(value, type))
    }

    /// PLTE and tRNS of numbers of up to eight bits; nil for what is no palette that PNG has.
    private func palette() throws(ImageryError) -> (colors: [UInt8], alpha: [UInt8]?)? {
        let plan = source.colorModel.arrangement
        guard plan.space == .palette, source.layout.shape.bands == 1, source.layout.pixelType == .uint8,
            let table = source.colorModel.lookupTable, var colors = table.palette, !colors.isEmpty
        else { return nil }
        let room = 1 << [1, 2, 4, 8].first { $0 >= min(8, source.layout.bitsPerPixel) }!
        if !table.isEightBit {
            try notes.add(WriteNote(asset, "palette", .changed, "its colors have 16 bits, in PNG eight"))
        }
        colors = Array(colors.prefix(room))
        var alpha = table.alpha
        if let channel = table.channels.first(where: { $0.meaning.isAlpha }) {
            alpha = channel.values?.map { UInt8(truncatingIfNeeded: table.pixelType == .uint16 ? $0 >> 8 : $0) }
        }
        if table.repeatsLastValue, let last = colors.last { while colors.count < room { colors.append(last) } }
        // The number of pixels that mean nothing is transparent: GDAL says no-data so, too.
        if let pad = source.layout.padValue.flatMap({ Int(exactly: $0.double) }), (0..<room).contains(pad) {
            while colors.count <= pad { colors.append((0, 0, 0)) }
            var list = alpha ?? []
            while list.count <= pad { list.append(255) }
            list[pad] = 0
            alpha = list
        }
        if let list = alpha {
            alpha = Array(list.prefix(colors.count))
            while alpha?.last == 255 { alpha?.removeLast() }
            if alpha?.isEmpty == true { alpha = nil }
        }
        return (colors.flatMap { [$0.red, $0.green, $0.blue] }, alpha)
    }

    /// tRNS of gray and RGB: the transparent color, else the samples that mean nothing.
    private mutating func setTransparentColor() {
        let bands = source.colorModel.bands
        guard bands == ColorModel.gray.bands || bands == ColorModel.rgb.bands else { return }
        var color = source.colorModel.transparentColor
        if color == nil, let pad = source.layout.padValue.flatMap({ Int(exactly: $0.double) }) {
            color = bands.map { _ in pad }
        }
        let largest = 1 << min(source.layout.bitsPerPixel, 8 * source.layout.pixelType.byteCount)
        guard let color, color.count == bands.count, color.allSatisfy({ (0..<largest).contains($0) }) else { return }
        let names = color.count == 1 ? ["Gray"] : ["Red", "Green", "Blue"]
        set("tRNS", Value(group: zip(names, color).map { number($0, $1, .short) }))
    }

    /// sBIT, where fewer bits of a sample are significant than are stored.
    private mutating func setBits() throws(ImageryError) {
        let layout = source.layout
        let whole = 8 * layout.pixelType.byteCount
        let packs = layout.shape.bands == 1 && [1, 2, 4].contains(layout.bitsPerPixel)
        let stored = packs ? layout.bitsPerPixel : whole
        let list = (0..<layout.shape.bands).map { band in
            min(stored, source.colorModel.details[band]?.originalBits ?? source.significantBits(of: band))
        }
        guard list.contains(where: { $0 < stored }), metadata?["PLTE"] == nil else { return }
        let names: [String]
        switch list.count {
        case 1: names = ["Gray"]
        case 2: names = ["Gray", "Alpha"]
        case 3: names = ["Red", "Green", "Blue"]
        default: names = ["Red", "Green", "Blue", "Alpha"]
        }
        set("sBIT", Value(group: zip(names, list).map { number($0, max(1, $1)) }))
    }

    /// iCCP, cICP, sRGB (clause 4.3).
    private mutating func setProfile(_ stated: Metadata?) {
        if let code = source.colorModel.codePoints, code != .sRGB {
            set(
                "cICP",
                Value(group: [
                    number("ColorPrimaries", code.primaries), number("TransferFunction", code.transfer),
                    number("MatrixCoefficients", code.matrix), number("VideoFullRangeFlag", code.isFullRange ? 1 : 0),
                ]))
        }
        if let profile = source.colorModel.profile?.bytes {
            let name = stated?["iCCP"]?["ProfileName"]?.text ?? "ICC profile"
            set(
                "iCCP",
                Value(group: [Metadata.Entry("ProfileName", Value(text: name)), Metadata.Entry("Profile", Value(bytes: profile))]))
        } else if source.colorModel.codePoints == .sRGB {
            set("sRGB", stated?["sRGB"] ?? Value(group: [number("RenderingIntent", 0)]))
        }
    }

    /// eXIf with the tag Orientation.
    private mutating func setOrientation() {
        let orientation = source.colorModel.orientation
        let said = metadata?["eXIf"].flatMap { Orientation(exif: $0.bytes, Limits()) }
        guard orientation != said ?? .upright else { return }
        var tags = metadata?["EXIF"]?.group ?? Metadata(schema: nil)
        tags.entries.removeAll { $0.code == 274 || $0.name == "Orientation" }
        tags.entries.append(Metadata.Entry("Orientation", code: 274, Value(orientation.rawValue, .short)))
        set("eXIf", Value(bytes: DirectoryWriter.exif(tags) ?? orientation.exif))
    }
}
