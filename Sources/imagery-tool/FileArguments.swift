import Imagery

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files as they are named on the command line: paths, addresses, folders and patterns.
enum FileArguments {
    /// The files, each folder as the images in it by their extensions, each pattern that a shell left alone (`'tiles/*.tif'`) as what it matches, in order of
    /// their names.
    ///
    /// Throws kind io for a folder that cannot be read, misuse for a folder without images and a pattern without matches.
    static func expanded(_ arguments: [String]) throws(ImageryError) -> [String] {
        var files: [String] = []
        for argument in arguments {
            var status = stat()
            let isThere = unsafe stat(argument, &status) == 0
            if isThere, status.st_mode & S_IFMT == S_IFDIR {
                files += try images(in: argument)
            } else if !isThere, !RemoteFiles.isAddress(argument), argument.contains(where: { "*?[".contains($0) }) {
                files += try matches(of: argument)
            } else {
                files.append(argument)
            }
        }
        return files
    }

    private static func images(in folder: String) throws(ImageryError) -> [String] {
        guard let stream = unsafe opendir(folder) else {
            throw ImageryError(.io, folder, "the folder cannot be read (error \(errno))")
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if Format(extensionOf: name) != nil { names.append(name) }
        }
        guard !names.isEmpty else { throw ImageryError(.misuse, folder, "there are no images in the folder") }
        return names.sorted().map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
    }

    private static func matches(of pattern: String) throws(ImageryError) -> [String] {
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        guard unsafe glob(pattern, 0, nil, &found) == 0 else {
            throw ImageryError(.misuse, pattern, "no file matches the pattern")
        }
        let count = unsafe Int(found.gl_pathc)
        return (0..<count).compactMap { index in
            // In bounds: glob gives as many paths as it counts.
            unsafe found.gl_pathv[index].map { unsafe String(cString: $0) }
        }
    }
}

/// A base and the files of its lower resolutions, in the order in which they were named.
struct PyramidFiles {
    var files: [String]
    var base: String { files[0] }

    /// Each file that is no lower resolution of another one in the list, with those that are its own.
    static func grouped(_ files: [String]) -> [PyramidFiles] {
        let bases = Dictionary(files.map { (RemoteFiles.shown($0), $0) }) { first, _ in first }
        func owner(_ file: String) -> String? {
            let name = RemoteFiles.shown(file)
            guard Format.reducedResolutionLevel(ofName: name) != nil, let dot = name.lastIndex(of: ".") else { return nil }
            return bases[String(name[..<dot])]
        }
        let owned = Dictionary(grouping: files.filter { owner($0) != nil }) { owner($0) ?? "" }
        return files.filter { owner($0) == nil }.map { PyramidFiles(files: [$0] + (owned[$0] ?? [])) }
    }

    /// The files as one dataset; of several addresses all have the format of the base.
    func open(_ input: InputOptions) throws -> Dataset {
        guard files.contains(where: RemoteFiles.isAddress) else {
            return try Dataset(files, format: input.from, options: input.readOptions)
        }
        let sources = try files.map { try openSource($0, access: .map) }
        let roles = try files.enumerated().map { index, file -> SourceRole in
            if index == 0 { return .data }
            let name = RemoteFiles.shown(file)
            guard let level = Format.reducedResolutionLevel(ofName: name) else {
                throw ImageryError(
                    .misuse, name, "the name of a pyramid's overview ends in .r1, .r2, ...; with --into each file has its own index"
                )
            }
            return .overview(level)
        }
        let format = try input.from ?? Format(detecting: sources[0], name: RemoteFiles.shown(base))
        return try Dataset(sources: sources, format: format, roles: roles, options: input.readOptions)
    }
}
