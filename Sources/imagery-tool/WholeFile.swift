import Imagery

/// All assets of a file, on their way into another of its kind.
struct WholeFile {
    let dataset: Dataset
    /// The image that a call without a key means.
    let main: ImageAsset?
    /// Metadata of all assets instead of their own.
    let metadata: Metadata?
    /// A title of the main image instead of its own.
    let title: String?
    /// Overviews of the first image are made anew.
    let remakesOverviews: Bool

    init(_ dataset: Dataset, main: ImageAsset?, metadata: Metadata?, title: String?, remakesOverviews: Bool) {
        self.dataset = dataset
        self.main = main
        self.metadata = metadata
        self.title = title
        self.remakesOverviews = remakesOverviews
    }

    /// Adds what can be written, and notes what cannot.
    func add(to writer: DatasetWriter, progress: @escaping (_ rows: Int, _ of: Int) -> Void) throws {
        try addImages(to: writer, progress)
        var counts: [AssetType: Int] = [:]
        for asset in dataset.assets where asset.type != .image {
            if let reason = reasonAgainst(asset) {
                writer.note(WriteNote(asset.key, asset.type.rawValue, .dropped, reason))
                continue
            }
            let number = counts[asset.type, default: 0]
            counts[asset.type] = number + 1
            let key: AssetKey =
                switch asset.type {
                case .text: .text(number)
                case .graphics: .graphic(number)
                default: .data(number)
                }
            var options = WriteOptions()
            options.metadata = metadata
            try writer.add(copyOf: asset, as: key, options: options)
        }
    }

    /// Why an asset cannot be in a file of this library's; nil when it can.
    private func reasonAgainst(_ asset: Asset) -> String? {
        switch asset.type {
        case .graphics: asset.mediaType == "image/cgm" ? nil : "labels, bitmaps and objects of NITF 2.0 do not exist in 2.1"
        case .data: asset.title.isEmpty ? "an extension segment without a name is not written" : nil
        default: nil
        }
    }

    /// Images with masks and overviews, numbered without the gaps of those that cannot be read.
    private func addImages(to writer: DatasetWriter, _ progress: @escaping (Int, Int) -> Void) throws {
        var page = 0
        for image in dataset.images {
            guard let place = image.key.imagePlace, place.level == 0, !place.isMask else { continue }
            let isMain = image.key == main?.key
            if !isMain, let failure = failure(of: image) {
                writer.note(WriteNote(image.key, "image", .dropped, failure))
                continue
            }
            try writer.add(
                image: image, as: .image(page), title: isMain ? title : nil, roles: image.roles, metadata: metadata,
                progress: isMain ? progress : nil)
            try addMask(of: image.key, as: .image(page), to: writer)
            if !(remakesOverviews && isMain) { try addOverviews(of: image, page, to: writer) }
            page += 1
        }
    }

    private func addMask(of key: AssetKey, as target: AssetKey, to writer: DatasetWriter) throws {
        guard let mask = try? dataset.image(key.mask) else { return }
        if let failure = failure(of: mask) { return writer.note(WriteNote(mask.key, "mask", .dropped, failure)) }
        try writer.add(image: mask, as: target.mask, metadata: metadata)
    }

    private func addOverviews(of image: ImageAsset, _ page: Int, to writer: DatasetWriter) throws {
        var level = 0
        var size = (image.width, image.height)
        for overview in dataset.images {
            guard let place = overview.key.imagePlace, place.page == image.key.imagePlace?.page, place.level > 0, !place.isMask
            else { continue }
            let own = (overview.width, overview.height)
            guard own.0 <= size.0, own.1 <= size.1, own != size else {
                writer.note(WriteNote(overview.key, "overview", .dropped, "it is not smaller than the one before"))
                continue
            }
            if let failure = failure(of: overview) {
                writer.note(WriteNote(overview.key, "overview", .dropped, failure))
                continue
            }
            level += 1
            size = own
            try writer.add(image: overview, as: .overview(level, of: page), metadata: metadata)
            try addMask(of: overview.key, as: .overview(level, of: page), to: writer)
        }
    }

    /// Why an image beside the main one cannot be read; nil when its first pixel can.
    private func failure(of image: ImageAsset) -> String? {
        do throws(ImageryError) {
            _ = try image.read(window: Window(x: 0, y: 0, width: 1, height: 1), bands: [0])
            return nil
        } catch {
            return error.message
        }
    }
}

/// What of a file does not go along when one image of it is written.
struct LeftOut {
    private let dataset: Dataset
    private let image: ImageAsset
    private let keepsLevels: Bool
    private let keepsMask: Bool

    init(_ dataset: Dataset, _ image: ImageAsset, keepsLevels: Bool, keepsMask: Bool) {
        self.dataset = dataset
        self.image = image
        self.keepsLevels = keepsLevels
        self.keepsMask = keepsMask
    }

    /// One note for each asset.
    func note(on writer: DatasetWriter) {
        let overviews = image.key.description + ":overview:"
        for asset in dataset.assets where asset.key != image.key {
            if asset.key == image.key.mask {
                if !keepsMask {
                    writer.note(WriteNote(asset.key, "mask", .dropped, "it has not the resolution level that is written"))
                }
            } else if asset.key.description.hasPrefix(overviews) {
                guard !keepsLevels, asset.key.imagePlace?.isMask == false else { continue }
                writer.note(WriteNote(asset.key, "overview", .dropped, "the file gets none: --overviews makes some"))
            } else {
                let field = asset.type == .image && asset.roles.contains(.mask) ? "mask" : asset.type.rawValue
                writer.note(WriteNote(asset.key, field, .dropped, "one image is written, and this is another part of the file"))
            }
        }
    }
}
