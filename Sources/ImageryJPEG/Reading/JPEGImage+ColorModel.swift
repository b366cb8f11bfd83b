// What the samples mean (JFIF 1.02; Adobe Technical Note 5116, 18; EXIF 2.32; ICC.1 B.4): marker segments to a color model.

import ImageryBase
import ImageryTags

extension JPEGImage {
    /// YCbCr has become RGB, and YCCK CMYK (S58).
    var colorModel: ColorModel {
        var model: ColorModel
        switch (header.frame.components.count, colors) {
        case (1, _): model = .gray
        case (_, .asStored): model = .undefined(header.frame.components.count)
        case (3, _): model = .rgb
        case (4, _):
            model = .cmyk
            // Photoshop's files count from full ink to none, as all others with its marker do.
            model.inksAreInverted = header.hasAdobeMarker
        default: model = .undefined(header.frame.components.count)
        }
        guard colors == .asMarked else { return model }
        let reader = MetadataReader(source: source, header: header, limits: limits)
        if header.segments.contains(where: { $0.marker == 0xe2 }) {
            model.profile = ICCProfile { reader.profile }
        }
        if let exif = reader.exifBytes, let found = Orientation(exif: exif, limits) { model.orientation = found }
        return model
    }

    /// What component `index` is before colors are made of it.
    func storedMeaning(of index: Int) -> ColorModel.Meaning {
        let stored: [ColorModel.Meaning]
        switch header.transform {
        case .rgb: stored = ColorModel.yCbCr.bands
        // YCCK: luma and color differences of the inverted inks, and black.
        case .cmyk: stored = [.undefined, .undefined, .undefined, .black]
        default: stored = colorModel.bands
        }
        return index < stored.count ? stored[index] : .undefined
    }
}

extension MetadataReader {
    /// The tags of EXIF as they are stored; nil when there are none.
    var exifBytes: [UInt8]? {
        for segment in header.segments where segment.marker == 0xe1 && segment.data.count <= limits.maxMetadataItemBytes {
            guard let data = try? segment.read(from: source), data.starts(with: exifName) else { continue }
            return Array(data[exifName.count...])
        }
        return nil
    }

    /// The ICC profile; nil when there is none, or parts of it are missing.
    var profile: [UInt8]? { read().metadata["ICCProfile"]?.bytes }
}
