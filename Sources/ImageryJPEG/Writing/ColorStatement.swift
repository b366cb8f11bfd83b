// What the samples mean, in the words of JPEG (JFIF 1.02; Adobe Technical Note 5116, 18; EXIF 2.32; ICC.1 B.4).

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// An image as JPEG can hold it: gray, RGB (stored as YCbCr), or inks as Adobe's marker says them.
struct ColorStatement {
    /// The pixels that are written.
    let source: PixelSource
    /// The entries of the file's metadata, with the profile and the orientation of the pixels.
    private(set) var metadata: Metadata?

    /// `metadata` are of the schema JPEG.
    init(_ source: PixelSource, _ metadata: Metadata?, _ asset: AssetKey, _ notes: WriteNotes) throws(ImageryError) {
        self.metadata = metadata
        let source = source.fillingBytes()
        let plan = source.colorModel.arrangement
        if plan.space == .cmyk {
            if plan.alpha != nil { try notes.add(WriteNote(asset, "alpha", .dropped, "JPEG has no opacity")) }
            for band in plan.others {
                let name = source.name(of: band)
                try notes.add(WriteNote(asset, "band \(band)", .dropped, "\(name) is no ink, and JPEG has no place for others"))
            }
            // All software takes four components for inks, and for inverted ones with the marker that is written.
            self.source = try source.inks(inverted: true)
        } else {
            self.source = try source.picture(for: asset, in: "JPEG", hasAlpha: false, notes: notes)
        }
        if source.layout.padValue != nil, plan.space != .palette, self.source.layout.padValue != nil {
            try notes.add(WriteNote(asset, "no-data value", .dropped, "JPEG has no place for one"))
        }
        if source.colorModel.transparentColor != nil {
            try notes.add(WriteNote(asset, "transparent color", .dropped, "JPEG has no opacity"))
        }
        setProfile()
        setOrientation()
    }

    private mutating func set(_ name: String, _ value: Value?) {
        var changed = metadata ?? Metadata(schema: .jpeg)
        changed[name] = value
        metadata = changed
    }

    private mutating func setProfile() {
        let profile = source.colorModel.profile?.bytes
        if profile != metadata?["ICCProfile"]?.bytes { set("ICCProfile", profile.map { Value(bytes: $0) }) }
    }

    /// The tag Orientation of EXIF.
    private mutating func setOrientation() {
        var tags = metadata?["EXIF"]?.group ?? Metadata(schema: nil)
        let code = source.colorModel.orientation.rawValue
        guard tags["274"]?.int ?? 1 != code else { return }
        tags.entries.removeAll { $0.code == 274 || $0.name == "Orientation" }
        tags.entries.append(Metadata.Entry("Orientation", code: 274, Value(code, .short)))
        set("EXIF", Value(group: tags.entries))
    }
}
