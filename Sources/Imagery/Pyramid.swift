public import ImageryBase
import ImageryNITF
import ImageryPlumbing

/// What one of several sources is for (S43).
public enum SourceRole: Hashable, Sendable {
    /// The full resolution file, whose assets keep their keys.
    case data
    /// The file whose image is `image:0:overview:level`; levels count from 1.
    case overview(Int)
}

extension Dataset {
    /// Opens several files as one pyramid (S42, S43): a base, and files with lower resolutions of its first image, each in a format of its
    /// own. There is no search for files that are not listed.
    ///
    /// Without `roles` the first path is the base and each other one ends in `.rN`, whose number is the level, whatever the order. `roles`
    /// has one role for each path and overrides the names; without a `.data` in it the first path is the base.
    ///
    /// GDAL's side files may stand in a list without roles too: all images of one ending in `.ovr` are overviews, from the largest to the smallest, those of
    /// one in `.msk` the mask of the image and of its overviews, told apart by their sizes.
    ///
    /// Side files in a list without roles say where the base's first image lies, the later before the earlier, and before what its file says: a
    /// world file (`.tfw`, `.wld`, ...), GDAL's `.aux.xml`, a camera as `.RPB` or `_RPC.TXT`.
    ///
    /// The table of contents of raster products (A.TOC) has an image for each boundary rectangle. Its frames are looked for below its folder, and
    /// those that are not there are masked blocks.
    ///
    /// Throws kind misuse for an empty list, a level below 1, a level twice, two bases, a name without a level, and a list of roles of another length;
    /// and what opening a single file throws.
    public convenience init(
        _ paths: [String], format: Format? = nil, roles: [SourceRole]? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        // The first path is the base, whatever its name.
        let others = roles == nil ? Array(paths.indices.dropFirst()) : []
        let sides = others.filter { SideFile(name: paths[$0]) != nil }
        let attached = others.filter { AttachedImages(name: paths[$0]) != nil }
        let images = paths.indices.filter { !sides.contains($0) && !attached.contains($0) }
        let known: [SourceRole]
        if let roles { known = roles } else { known = try PyramidOrder.roles(ofNames: images.map { paths[$0] }) }
        let order = try PyramidOrder(known, count: images.count)
        func open(path: String) throws(ImageryError) -> Member {
            let source = try FileSource(path, access: options.access)
            if let format { return try Member(source, format, options) }
            return try Member(source, Format(detecting: source, name: path), options)
        }
        let base = try open(path: paths[images[order.base]])
        var further: [Further] = []
        for (level, index) in order.overviews {
            let member = try open(path: paths[images[index]])
            further.append(Further(member: member, entries: try member.container.overviewEntries(level: level)))
        }
        // Masks belong to images that were attached before them.
        for kind in [AttachedImages.overviews, .masks] {
            for index in attached where AttachedImages(name: paths[index]) == kind {
                let member = try open(path: paths[index])
                let known = base.container.assets + further.flatMap(\.entries)
                further.append(
                    Further(member: member, entries: try kind.entries(of: member.container, beside: known, name: paths[index])))
            }
        }
        var place: Georeference?
        for index in sides {
            var changed = place ?? base.container.assets.first { $0.key == .image(0) }?.georeference ?? Georeference()
            try SideFile(name: paths[index])?.apply(
                FileSource(paths[index], access: options.access), name: paths[index], to: &changed)
            place = changed
        }
        let numbers =
            order.numbers.map { images[$0] } + attached.filter { AttachedImages(name: paths[$0]) == .overviews }
            + attached.filter { AttachedImages(name: paths[$0]) == .masks }
        try self.init(
            base: base, further: further, numbers: numbers, georeference: place,
            rectangles: Self.rectangles(base, paths[images[order.base]], options), options: options)
    }

    private static func rectangles(
        _ base: Member, _ path: String, _ options: ReadOptions
    ) throws(ImageryError) -> (entries: [AssetEntry], findings: [Diagnostic]) {
        guard let file = base.container as? NITFFile else { return ([], []) }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return try file.rectangles(in: folder, options: options)
    }

    /// The same for files in memory, all of `format`; several need `roles`, for they have no names.
    public convenience init(
        bytes: [some RandomAccessCollection<UInt8>], format: Format, roles: [SourceRole]? = nil,
        options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        try self.init(sources: bytes.map { MemorySource($0) }, format: format, roles: roles, options: options)
    }

    /// The same for sources of the caller's, all of `format`; several need `roles`, for they have no names.
    public convenience init(
        sources: [any ByteSource], format: Format, roles: [SourceRole]? = nil, options: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        guard sources.count < 2 || roles != nil else {
            throw ImageryError(.misuse, "dataset", "several sources have no names to tell their roles: give roles")
        }
        let order = try PyramidOrder(roles ?? [.data], count: sources.count)
        func open(_ index: Int) throws(ImageryError) -> Member {
            try Member(CheckedSource(sources[index], format.rawValue), format, options)
        }
        let base = try open(order.base)
        var further: [Further] = []
        for (level, index) in order.overviews {
            let member = try open(index)
            further.append(Further(member: member, entries: try member.container.overviewEntries(level: level)))
        }
        try self.init(base: base, further: further, numbers: order.numbers, options: options)
    }
}

/// Which source is the base and which are the overviews, by rising level.
private struct PyramidOrder {
    var base = 0
    var overviews: [(level: Int, index: Int)] = []

    /// The numbers of the sources, the base first.
    var numbers: [Int] { [base] + overviews.map(\.index) }

    init(_ roles: [SourceRole], count: Int) throws(ImageryError) {
        guard count > 0 else { throw ImageryError(.misuse, "dataset", "there is no source") }
        guard roles.count == count else {
            throw ImageryError(.misuse, "dataset", "\(roles.count) roles are given for \(count) sources")
        }
        let bases = roles.indices.filter { roles[$0] == .data }
        guard bases.count < 2 else { throw ImageryError(.misuse, "dataset", "two sources have the role data") }
        base = bases.first ?? 0
        for (index, role) in roles.enumerated() where index != base {
            guard case .overview(let level) = role, level >= 1 else {
                throw ImageryError(.misuse, "dataset", "an overview has a level of 1 or more, source \(index) has \(role)")
            }
            guard !overviews.contains(where: { $0.level == level }) else {
                throw ImageryError(.misuse, "dataset", "two sources have the overview level \(level)")
            }
            overviews.append((level, index))
        }
        overviews.sort { $0.level < $1.level }
    }

    /// The roles that names give: the first path is the base, the others end in `.rN`.
    static func roles(ofNames paths: [String]) throws(ImageryError) -> [SourceRole] {
        var roles: [SourceRole] = []
        for (index, path) in paths.enumerated() {
            if index == 0 {
                roles.append(.data)
            } else if let level = Format.reducedResolutionLevel(ofName: path) {
                roles.append(.overview(level))
            } else {
                throw ImageryError(
                    .misuse, path, "the name of a pyramid's overview ends in .r1, .r2, ...; give roles for other names")
            }
        }
        return roles
    }
}

extension AssetEntry {
    /// Columns and rows of an image.
    var imageSize: ImagePart.Size? {
        guard case .image(let source) = content else { return nil }
        return ImagePart.Size(columns: source.layout.shape.columns, rows: source.layout.shape.rows)
    }

    /// Where an image lies, and its size.
    var ground: (place: Georeference, size: ImagePart.Size)? {
        guard let georeference, let imageSize else { return nil }
        return (georeference, imageSize)
    }
}

extension Container {
    /// The file's image, and its mask, as overview `level` of another file's first image.
    func overviewEntries(level: Int) throws(ImageryError) -> [AssetEntry] {
        let images = assets.filter { $0.type == .image }
        guard var image = images.first(where: { $0.roles.contains(.data) }) ?? images.first else {
            throw ImageryError(.malformed, format.rawValue, "the file holds no image")
        }
        var mask = images.first { $0.key == image.key.mask }
        image.key = .overview(level)
        image.roles = [.overview]
        mask?.key = image.key.mask
        return [image] + (mask.map { [$0] } ?? [])
    }
}
