import ImageryBase
import ImageryPlumbing

/// The files of the frames that a table of contents names (MIL-STD-2411), below its own folder.
struct FrameFiles: Sendable {
    let folder: String
    let options: ReadOptions

    /// The file that has a frame's name: as it is, in lower or in upper case, its folder and itself. Nil when there is none.
    ///
    /// Throws kind io when the system does not say.
    func find(_ path: ProductContents.FramePath) throws(ImageryError) -> String? {
        let names = Self.spellings(path.name)
        for folder in Self.spellings(path.folder) {
            for name in names {
                let file = self.folder + folder + name
                if try FileSource.exists(file) { return file }
            }
        }
        return nil
    }

    /// A name as it is, in lower and in upper case, each once.
    private static func spellings(_ name: String) -> [String] {
        var found: [String] = []
        for spelling in [name, name.lowercased(), name.uppercased()] where !found.contains(spelling) { found.append(spelling) }
        return found
    }

    /// The image of a frame's file. Throws kind malformed when the file has none.
    func image(_ file: String) throws(ImageryError) -> NITFImage {
        for asset in try NITFFile(FileSource(file, access: options.access), options: options).assets {
            if case .image(let image) = asset.content, let own = image as? NITFImage { return own }
        }
        throw ImageryError(.malformed, file, "the frame holds no image")
    }

    /// The image of a frame; nil when no file has its name.
    func open(_ path: ProductContents.FramePath) throws(ImageryError) -> NITFImage? {
        guard let file = try find(path) else { return nil }
        return try image(file)
    }
}
