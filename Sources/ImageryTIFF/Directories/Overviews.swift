// What each directory is for (TIFF 6.0 section 8 "NewSubfileType", "SubfileType"; TIFF Technical Note 1), and its key.

import ImageryBase
import ImageryTags

/// The directories of a file as named images.
///
/// A page of the main chain is `image:N`, counted in the order of the file. A directory marked as a reduced-resolution version that
/// follows a page, in the chain or as one of its SubIFDs, is an overview of it; overviews count from 1 in the order of falling
/// size. One marked as a transparency mask belongs to the overview of its own size, if it is marked as reduced too, and else to the
/// page. SubIFDs without a mark are images of their own, counted after the pages of the chain. A reduced version that has no page
/// before it (DNG's thumbnail) is a page with the role of an overview.
struct ImageCatalogue {
    struct Item {
        /// Index of the directory in the file.
        var directory: Int
        var image: TIFFImage
        var key: AssetKey
        var role: AssetRole
        /// The page's number that it belongs to.
        var page: Int
    }

    /// The images: those of the main chain in the order of the file, then those of SubIFDs.
    private(set) var items: [Item] = []

    private enum Kind {
        case page
        case reduced
        case mask(reduced: Bool)
    }

    private struct Candidate {
        var directory: Int
        var image: TIFFImage
        var kind: Kind
        var isInChain: Bool
        /// Index of the page it belongs to, among the candidates; nil for pages.
        var base: Int?
    }

    init(_ images: [(directory: Int, image: TIFFImage)], in file: TagFile) {
        var candidates: [Candidate] = []
        var lastPage: Int?
        var pageOfDirectory: [Int: Int] = [:]
        for (directory, image) in images {
            let entry = file.directories[directory]
            var kind = Self.kind(entry, file)
            var base = lastPage
            var isInChain = true
            if case .child(_, let parent) = entry.link {
                isInChain = false
                base = pageOfDirectory[parent]
            }
            if base == nil, case .reduced = kind {
                // Nothing to be reduced from: a page, whose role says what it is.
                pageOfDirectory[directory] = candidates.count
            } else if base == nil {
                kind = .page
            }
            if case .page = kind {
                pageOfDirectory[directory] = candidates.count
                if isInChain { lastPage = candidates.count }
                base = nil
            }
            candidates.append(Candidate(directory: directory, image: image, kind: kind, isInChain: isInChain, base: base))
        }
        name(candidates)
    }

    private static func kind(_ directory: TagDirectory, _ file: TagFile) -> Kind {
        if let type = file.int(Tag.newSubfileType, in: directory) {
            if type & 4 != 0 { return .mask(reduced: type & 1 != 0) }
            return type & 1 != 0 ? .reduced : .page
        }
        // The old field: 2 is a reduced-resolution version.
        return file.int(Tag.subfileType, in: directory) == 2 ? .reduced : .page
    }

    private mutating func name(_ candidates: [Candidate]) {
        var keys = [AssetKey?](repeating: nil, count: candidates.count)
        var roles = [AssetRole](repeating: .data, count: candidates.count)
        var pages = [Int](repeating: 0, count: candidates.count)
        var next = 0
        var overviews: [Int: [Int]] = [:]
        var masks: [Int: [Int]] = [:]
        for chain in [true, false] {
            for (index, candidate) in candidates.enumerated() where candidate.base == nil && candidate.isInChain == chain {
                keys[index] = .image(next)
                pages[index] = next
                if case .reduced = candidate.kind { roles[index] = .overview }
                next += 1
            }
        }
        for (index, candidate) in candidates.enumerated() {
            guard let base = candidate.base else { continue }
            pages[index] = pages[base]
            switch candidate.kind {
            case .reduced: overviews[base, default: []].append(index)
            case .mask: masks[base, default: []].append(index)
            case .page: break
            }
        }
        for (base, list) in overviews {
            func size(_ index: Int) -> (Int, Int) {
                (candidates[index].image.header.width, candidates[index].image.header.height)
            }
            // Stable: equal sizes stay in the order of the file.
            let sorted = list.sorted { a, b in
                let (first, second) = (size(a), size(b))
                return (second.0, second.1, a) < (first.0, first.1, b)
            }
            for (level, index) in sorted.enumerated() {
                keys[index] = .overview(level + 1, of: pages[base])
                roles[index] = .overview
            }
        }
        var taken = Set(keys.compactMap { $0 })
        for (base, list) in masks.sorted(by: { $0.key < $1.key }) {
            for index in list {
                roles[index] = .mask
                var owner = base
                if case .mask(reduced: true) = candidates[index].kind {
                    let header = candidates[index].image.header
                    owner =
                        overviews[base]?.first {
                            candidates[$0].image.header.width == header.width && candidates[$0].image.header.height == header.height
                        } ?? base
                }
                let key = keys[owner]?.mask
                if let key, taken.insert(key).inserted { keys[index] = key }
            }
        }
        // A second mask of one image is reachable too.
        for index in candidates.indices where keys[index] == nil {
            keys[index] = .image(next)
            next += 1
        }
        for isInChain in [true, false] {
            for (index, candidate) in candidates.enumerated() where candidate.isInChain == isInChain {
                guard let key = keys[index] else { continue }
                items.append(
                    Item(directory: candidate.directory, image: candidate.image, key: key, role: roles[index], page: pages[index]))
            }
        }
    }
}
