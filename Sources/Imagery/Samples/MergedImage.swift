public import ImageryBase
import ImageryPlumbing

/// The bands of several images of one size and sample type as one image.
public struct MergedImage: ImageSource {
    public let layout: ImageLayout
    /// What the first bands are instead of what their images say.
    private let colors: [ColorModel.Meaning]
    private let parts: [any ImageSource]
    /// Of each band the image that has it, and its number there.
    private let places: [(part: Int, band: Int)]

    /// All bands of `images` in order; `colors` says what the first ones are instead of their images. Throws kind misuse for no image, for images of
    /// other sizes or types than the first, and for more colors than bands.
    public init(of images: [ImageAsset], colors: [ColorModel.Meaning] = []) throws(ImageryError) {
        guard let first = images.first else { throw ImageryError(.misuse, "merge", "there is no image to merge") }
        for image in images.dropFirst() {
            guard image.layout.shape.rows == first.layout.shape.rows, image.layout.shape.columns == first.layout.shape.columns,
                image.layout.pixelType == first.layout.pixelType
            else {
                func words(_ layout: ImageLayout) -> String {
                    "\(layout.shape.columns) × \(layout.shape.rows) pixels of \(layout.pixelType.rawValue)"
                }
                throw ImageryError(
                    .misuse, "merge",
                    "one image has \(words(first.layout)), another \(words(image.layout)); --type and --size of convert make them alike"
                )
            }
        }
        parts = images.map(\.source)
        places = images.enumerated().flatMap { part, image in (0..<image.layout.shape.bands).map { (part, $0) } }
        guard colors.count <= places.count else {
            throw ImageryError(
                .misuse, "merge", "\(places.count) bands cannot be \(colors.map(\.rawValue).joined(separator: ", "))")
        }
        self.colors = colors
        var layout = first.layout
        layout.shape.bands = places.count
        layout.bitsPerPixel = images.map(\.layout.bitsPerPixel).max() ?? layout.bitsPerPixel
        layout.actualBitsPerPixel = images.map(\.layout.actualBitsPerPixel).max() ?? layout.actualBitsPerPixel
        self.layout = layout
    }

    /// The meanings and details of all bands, unless ``init(of:colors:)`` said otherwise; what is about the colors of one image is not about those of all.
    public var colorModel: ColorModel {
        let models = parts.map(\.colorModel)
        var merged = ColorModel.undefined(places.count)
        for (band, place) in places.enumerated() {
            let meaning = models[place.part].bands[place.band]
            merged.bands[band] = meaning == .paletteIndex ? .undefined : meaning
            merged.details[band] = models[place.part].details[place.band]
            let bits = parts[place.part].layout.actualBitsPerPixel
            if bits < layout.actualBitsPerPixel, merged.details[band]?.significantBits == nil {
                merged[detailsOf: band].significantBits = bits
            }
        }
        merged.bands.replaceSubrange(0..<colors.count, with: colors)
        return merged
    }

    public func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (part, bands) in grouped(request.bands) {
            ranges += try parts[part].byteRanges(
                ReadRequest(region: request.region, level: request.level, bands: bands.map(\.band)))
        }
        return ranges
    }

    /// The bands of each image that has any, with their places in the list.
    fileprivate func grouped(_ bands: [Int]) -> [(part: Int, bands: [(place: Int, band: Int)])] {
        var groups: [(part: Int, bands: [(place: Int, band: Int)])] = []
        for (place, band) in bands.enumerated() {
            // Neighbours only: places of a group stand one after the other in the destination.
            if let last = groups.last, last.part == places[band].part {
                groups[groups.count - 1].bands.append((place, places[band].band))
            } else {
                groups.append((places[band].part, [(place, places[band].band)]))
            }
        }
        return groups
    }

    public func makeReader(_ context: ReadContext) -> any ImageReader { Reader(self, context) }

    private final class Reader: ImageReader {
        private let image: MergedImage
        private let readers: [any ImageReader]

        init(_ image: MergedImage, _ context: ReadContext) {
            self.image = image
            readers = image.parts.map { $0.makeReader(context) }
        }

        func read(_ request: ReadRequest, into destination: Destination) throws(ImageryError) {
            for (part, bands) in image.grouped(request.bands) {
                guard let first = bands.first else { continue }
                let inner = ReadRequest(region: request.region, level: request.level, bands: bands.map(\.band))
                let target = unsafe Destination(
                    base: destination.row(0, band: first.place), bandStride: destination.bandStride,
                    rowStride: destination.rowStride)
                try unsafe readers[part].read(inner, into: target)
            }
        }
    }
}
