import ImageryBase
import ImageryPlumbing

/// Files of GDAL's that stand beside an image: its overviews, its mask.
enum AttachedImages {
    case overviews, masks

    /// What the name of a path says; nil for names of other files.
    init?(name: String) {
        let name = name.lowercased()
        if name.hasSuffix(".ovr") {
            self = .overviews
        } else if name.hasSuffix(".msk") {
            self = .masks
        } else {
            return nil
        }
    }

    /// The images of a file as overviews or masks of the image `image:0`, whose assets, and those attached to it, are `known`.
    ///
    /// Throws kind malformed for a file without an image, and for a mask that has the size of none.
    func entries(of container: any Container, beside known: [AssetEntry], name: String) throws(ImageryError) -> [AssetEntry] {
        let images = container.assets.filter { $0.imageSize != nil }
        guard !images.isEmpty else { throw ImageryError(.malformed, name, "the file holds no image") }
        return self == .overviews ? overviews(images, known) : try masks(images, known, name)
    }

    /// By falling size, behind those that the image has.
    private func overviews(_ images: [AssetEntry], _ known: [AssetEntry]) -> [AssetEntry] {
        let taken = known.compactMap { $0.key.imagePlace }.filter { $0.page == 0 }.map(\.level).max() ?? 0
        let sorted = images.filter { !$0.roles.contains(.mask) }.enumerated().sorted { a, b in
            let (first, second) = (a.element.area, b.element.area)
            return (second, a.offset) < (first, b.offset)
        }
        return sorted.enumerated().map { level, image in
            var entry = image.element
            entry.key = .overview(taken + level + 1)
            entry.roles = [.overview]
            return entry
        }
    }

    /// Each for the image of its size.
    private func masks(_ images: [AssetEntry], _ known: [AssetEntry], _ name: String) throws(ImageryError) -> [AssetEntry] {
        var result: [AssetEntry] = []
        for image in images {
            let owner = known.first { other in
                guard let place = other.key.imagePlace, place.page == 0, !place.isMask else { return false }
                return other.imageSize == image.imageSize && !result.contains { $0.key == other.key.mask }
            }
            guard let owner else {
                // A mask may have more overviews than the image.
                if !result.isEmpty { continue }
                throw ImageryError(.malformed, name, "the mask has not the size of its image")
            }
            var entry = image
            entry.key = owner.key.mask
            entry.roles = [.mask]
            result.append(entry)
        }
        return result
    }
}

extension AssetEntry {
    fileprivate var area: Int {
        guard let imageSize else { return 0 }
        return checkedProduct(imageSize.columns, imageSize.rows) ?? .max
    }
}
