/// What the samples of an image stand for (S65): what each band is, and what a program needs to show the picture as it was meant.
///
/// Readers fill it from the format's own words; nothing in it is concluded from the number of bands. The samples of a read are not
/// changed by it (S58): ``ImageSource/converted(to:)`` does that.
public struct ColorModel: Sendable {
    /// What a band is.
    public enum Meaning: String, Hashable, Sendable, CaseIterable {
        /// The file does not say.
        case undefined
        /// Brightness: 0 is black.
        case gray
        /// Darkness: 0 is white.
        case inverseGray
        /// A primary of an additive color, 0 for none of it: which red, green and blue, ``ColorModel/profile`` or ``ColorModel/codePoints`` say.
        case red
        /// See ``red``.
        case green
        /// See ``red``.
        case blue
        /// Amounts of ink: 0 is none of it, unless ``ColorModel/inksAreInverted``.
        case cyan, magenta, yellow, black
        /// Y: the weighted sum of red, green and blue.
        case luma
        /// Cb: blue less luma, around the middle of the range.
        case blueDifference
        /// Cr: red less luma, around the middle of the range.
        case redDifference
        /// L*, a* and b* of CIE 1976.
        case lightness, greenToRed, blueToYellow
        /// The number of an entry of ``ColorModel/lookupTable``.
        case paletteIndex
        /// Opacity; the colors are not multiplied with it.
        case alpha
        /// Opacity that the colors are already multiplied with.
        case premultipliedAlpha

        /// True for opacity, straight or premultiplied.
        public var isAlpha: Bool { self == .alpha || self == .premultipliedAlpha }
    }

    /// More about one band, where the file says it.
    public struct Details: Hashable, Sendable {
        /// What the file calls the band.
        public var name: String?
        /// Nanometres.
        public var wavelength: Double?
        /// What a sample is multiplied with to become a quantity.
        public var scale: Double?
        /// What is added to it afterwards.
        public var offset: Double?
        /// The unit of that quantity: `m`.
        public var unit: String?
        /// How many bits of a sample carry its value, where bands differ; else the layout's `actualBitsPerPixel` says it.
        public var significantBits: Int?
        /// How many bits the samples had before they were scaled up to those they have now (PNG sBIT).
        public var originalBits: Int?

        /// Nothing said.
        public init() {}
    }

    /// What each band is, in the order of the bands.
    public var bands: [Meaning]
    /// What is said of single bands beyond that, by band.
    public var details: [Int: Details] = [:]
    /// What the numbers of palette entries stand for; look-up tables of other bands too (NITF).
    public var lookupTable: LookupTable?
    /// The profile that makes colors of the samples.
    public var profile: ICCProfile?
    /// Color space, transfer and matrix by number.
    public var codePoints: CodePoints?
    /// How luma and color differences are coded.
    public var differences = ColorDifferences()
    /// How L*, a* and b* are coded.
    public var lab = LabCoding()
    /// Inks count from full ink to none (Adobe's JPEG files).
    public var inksAreInverted = false
    /// Pixels of exactly these samples, one for each band, are transparent (PNG tRNS).
    public var transparentColor: [Int]?
    /// How the picture is to be turned.
    public var orientation = Orientation.upright

    /// An image of these bands.
    public init(_ bands: [Meaning]) { self.bands = bands }

    /// Bands of which nothing is known.
    public static func undefined(_ count: Int) -> ColorModel {
        ColorModel([Meaning](repeating: .undefined, count: count))
    }

    /// One band of brightness.
    public static let gray = ColorModel([.gray])
    /// Brightness and opacity.
    public static let grayAlpha = ColorModel([.gray, .alpha])
    /// Red, green and blue.
    public static let rgb = ColorModel([.red, .green, .blue])
    /// Red, green, blue and opacity.
    public static let rgba = ColorModel([.red, .green, .blue, .alpha])
    /// Inks.
    public static let cmyk = ColorModel([.cyan, .magenta, .yellow, .black])
    /// Luma and color differences.
    public static let yCbCr = ColorModel([.luma, .blueDifference, .redDifference])

    /// The model of an image of these bands of this one, in the order given, with repeats (S3); of bands that it has not nothing is known.
    public func selecting(_ list: [Int]) -> ColorModel {
        if list == Array(bands.indices) { return self }
        var result = self
        result.bands = list.map { bands.indices.contains($0) ? bands[$0] : .undefined }
        result.details = [:]
        for (place, band) in list.enumerated() { result.details[place] = details[band] }
        result.lookupTable = lookupTable?.selecting(list)
        // A profile and a transparent color are about all colors together.
        let colors = Set(bands.indices.filter { !bands[$0].isAlpha && bands[$0] != .undefined })
        if !colors.isSubset(of: list) { result.profile = nil }
        if let color = transparentColor {
            result.transparentColor = colors.isSubset(of: list) ? list.map { color.indices.contains($0) ? color[$0] : 0 } : nil
        }
        return result
    }

    /// The details of a band, for changing them.
    public subscript(detailsOf band: Int) -> Details {
        get { details[band] ?? Details() }
        set { details[band] = newValue == Details() ? nil : newValue }
    }
}

/// An ICC profile (ISO 15076-1) beside an image. It is read when it is asked for.
public struct ICCProfile: Sendable {
    private let read: @Sendable () -> [UInt8]?

    /// A profile in memory.
    public init(_ bytes: [UInt8]) { read = { bytes } }
    /// A profile that `read` gives; nil when it cannot be read, or is more than the limits allow.
    public init(reading read: @escaping @Sendable () -> [UInt8]?) { self.read = read }

    /// The profile; nil when it cannot be read, is more than the limits allow, or has not the header of a profile (7.2: 128 bytes with
    /// "acsp" at byte 36).
    public var bytes: [UInt8]? {
        guard let bytes = read(), bytes.count >= 128, bytes[36..<40].elementsEqual("acsp".utf8) else { return nil }
        return bytes
    }

    /// The color space of the samples (7.2.6), such as `"RGB "`, `"GRAY"`, `"CMYK"`; nil when there is no such profile.
    public static func colorSpace(of bytes: [UInt8]) -> String? {
        bytes.count >= 128 ? String(decoding: bytes[16..<20], as: UTF8.self) : nil
    }
}

/// Coding-independent code points (Rec. ITU-T H.273).
public struct CodePoints: Hashable, Sendable {
    /// ColourPrimaries (Table 2).
    public var primaries: Int
    /// TransferCharacteristics (Table 3).
    public var transfer: Int
    /// MatrixCoefficients (Table 4); 0 is RGB.
    public var matrix: Int
    /// VideoFullRangeFlag.
    public var isFullRange: Bool

    /// Code points.
    public init(primaries: Int, transfer: Int, matrix: Int, isFullRange: Bool) {
        self.primaries = primaries
        self.transfer = transfer
        self.matrix = matrix
        self.isFullRange = isFullRange
    }

    /// IEC 61966-2-1: primaries of BT.709, the sRGB transfer, RGB in full range.
    public static let sRGB = CodePoints(primaries: 1, transfer: 13, matrix: 0, isFullRange: true)
}

/// How luma and color differences are made of red, green and blue.
public struct ColorDifferences: Hashable, Sendable {
    /// The weights of red and blue in luma.
    public var red, blue: Double
    /// Luma and differences take the whole range of a sample; else those of BT.601 (16 to 235, 16 to 240 of 8 bits).
    public var isFullRange: Bool

    /// The weights of BT.601 in full range, as in JFIF and sYCC, unless others are given.
    public init(red: Double = 0.299, blue: Double = 0.114, isFullRange: Bool = true) {
        self.red = red
        self.blue = blue
        self.isFullRange = isFullRange
    }
}

/// How L*, a* and b* become samples.
public struct LabCoding: Hashable, Sendable {
    /// a* and b* are signed numbers in two's complement (TIFF's CIELab); else their zero lies in the range.
    public var isSigned: Bool
    /// Range of L*, a* and b*, and the sample that stands for 0 of each, as T.801 M.11.7.4.1 codes them: fractions of the largest sample.
    public var ranges: [Double]
    /// The samples that stand for 0 as fractions of the largest sample.
    public var offsets: [Double]
    /// White point in XYZ with Y = 1.
    public var white: [Double]

    /// D50 (ISO 15076-1 7.2.16).
    public static let d50 = [0.9642, 1.0, 0.8249]

    /// The coding of ICC: L* from 0 to 100, a* and b* from -128 to 127 (8 bits), D50.
    public init(
        isSigned: Bool = false, ranges: [Double] = [100, 255, 255], offsets: [Double] = [0, 128.0 / 255, 128.0 / 255],
        white: [Double] = d50
    ) {
        self.isSigned = isSigned
        self.ranges = ranges
        self.offsets = offsets
        self.white = white
    }
}

/// Where the first row and column of an image belong when it is shown (TIFF 6.0, Orientation; EXIF 2.32, 4.6.5.A).
public enum Orientation: Int, Hashable, Sendable, CaseIterable {
    /// The first row is the top, the first column the left.
    case upright = 1
    /// The first row is the top, the first column the right.
    case mirrored
    /// The first row is the bottom, the first column the right.
    case turned180
    /// The first row is the bottom, the first column the left.
    case flipped
    /// The first row is the left side, the first column the top.
    case transposed
    /// The first row is the right side, the first column the top: to be turned clockwise by 90 degrees.
    case turned90
    /// The first row is the right side, the first column the bottom.
    case transversed
    /// The first row is the left side, the first column the bottom: to be turned clockwise by 270 degrees.
    case turned270

    /// True when rows of the image are columns of the picture.
    public var swapsAxes: Bool { rawValue >= 5 }
}
