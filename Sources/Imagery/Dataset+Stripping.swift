public import ImageryBase
import ImageryNITF
import ImageryPlumbing
import ImageryTIFF

extension Dataset {
    /// Appends the file (the base of a pyramid) to a sink without what only describes it: texts, dates, authors, EXIF, XMP, comments. All else goes
    /// byte for byte: pixels, colors and profile, no-data, place on the ground.
    ///
    /// In TIFF tags are taken out where they stand, and the sink has to be one that can patch. In NITF `NITFEditor.strip()` says what goes and what stays: classification among it.
    /// Returns the names of what was left out.
    /// Throws kind unsupported for DTED, whose headers are made of descriptive fields, for frames of raster products and for JPX files with fragment tables,
    /// in which places are stored; io.
    @discardableResult
    public func writeStripped(into sink: any ByteSink) throws -> [String] {
        switch format {
        case .png, .jpeg, .jpeg2000: return try copy(leavingOut: descriptiveParts(), into: sink)
        case .tiff: return try patch(into: sink)
        case .nitf, .nitf20, .nsif:
            var editor = try NITFEditor(baseSource, options: options)
            let names = editor.strip()
            try editor.write(into: sink)
            return names
        case .dted:
            throw ImageryError(
                unsupported: .editing, format.rawValue,
                "headers of this format are descriptive fields, which cannot be left out: convert with --no-metadata")
        }
    }

    /// Parts of the file that describe it, in order: chunks, marker segments, boxes.
    private func descriptiveParts() throws(ImageryError) -> [DumpLine] {
        let chunks: Set<String> = ["tEXt", "zTXt", "iTXt", "tIME", "eXIf", "hIST", "sPLT"]
        var parts: [DumpLine] = []
        for line in dump() where line.depth == 0 {
            let isDescriptive: Bool
            switch format {
            case .png: isDescriptive = chunks.contains(line.name)
            case .jpeg:
                let isNeeded = line.name.hasPrefix("APP") ? try isNeeded(segment: line) : true
                isDescriptive = line.name == "COM" || !isNeeded
            default:
                if line.name == "ftbl" || line.name == "mdat" {
                    throw ImageryError(
                        unsupported: .editing, "JPX \(line.name)", "the file has parts whose places are stored: they must not move",
                        at: line.offset)
                }
                let isPlace = line.name == "uuid" ? try isPlace(box: line) : true
                isDescriptive = ["xml ", "uinf", "COM"].contains(line.name) || !isPlace
            }
            if isDescriptive { parts.append(line) }
        }
        return parts
    }

    /// True for an application segment of JPEG that decoders go by: JFIF, Adobe, ICC, and NITF's own.
    private func isNeeded(segment line: DumpLine) throws(ImageryError) -> Bool {
        let start = try bytes(of: line, from: 4, count: 12)
        return ["JFIF\0", "Adobe", "ICC_PROFILE\0", "NITF"].contains { start.starts(with: Array($0.utf8)) }
    }

    /// True for the `uuid` box of GeoJP2.
    private func isPlace(box line: DumpLine) throws(ImageryError) -> Bool {
        try bytes(of: line, from: 8, count: 16) == [
            0xb1, 0x4b, 0xf8, 0xbd, 0x08, 0x3d, 0x4b, 0x43, 0xa5, 0xae, 0x8c, 0xd7, 0xd5, 0xa6, 0xce, 0x03,
        ]
    }

    /// At most `count` bytes of a part from its byte `first` on.
    private func bytes(of line: DumpLine, from first: Int, count: Int) throws(ImageryError) -> [UInt8] {
        let end = min(line.size, first + count)
        guard first < end, let start = checkedSum(line.offset, first), let stop = checkedSum(line.offset, end) else { return [] }
        return try baseSource.copy(start..<stop, of: line.name)
    }

    private func copy(leavingOut parts: [DumpLine], into sink: any ByteSink) throws -> [String] {
        var position = 0
        var names: [String] = []
        for part in parts {
            guard part.offset >= position, let end = checkedSum(part.offset, part.size) else { continue }
            try append(position..<part.offset, to: sink)
            position = end
            let name = part.name.trimmedText
            if !names.contains(name) { names.append(name) }
        }
        try append(position..<max(position, baseSource.byteCount), to: sink)
        return names
    }

    private func append(_ range: Range<Int>, to sink: any ByteSink) throws {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
            try sink.append(baseSource.copy(start..<min(start + 1 << 20, range.upperBound), of: format.rawValue))
        }
    }

    private func patch(into sink: any ByteSink) throws -> [String] {
        guard sink.canPatch else {
            throw ImageryError(.misuse, "TIFF", "tags are taken out where they stand: the output must be a file, not a stream")
        }
        let (patches, names) = try TIFFStripping.patches(for: baseSource, limits: options.limits)
        try append(0..<baseSource.byteCount, to: sink)
        for patch in patches { try unsafe sink.patch(patch.bytes.span.bytes, at: patch.offset) }
        return names
    }
}
