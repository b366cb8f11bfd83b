// Writing a file (MIL-STD-2500C 5.1.2): subheaders, data, and the file header that lists their lengths.

public import ImageryBase
import ImageryPlumbing

/// Writes NITF 2.1 and NSIF 1.0 files: every kind of segment, uncompressed images in all modes, with masks and look-up tables.
public enum NITFEncoder {
    /// Appends a file with these assets to an empty sink. `options` are those of the file, with the metadata of its header.
    ///
    /// Throws kind unsupported for samples, assets and sizes that NITF does not have; kind misuse for options, fields and texts
    /// that it cannot express; and what sources and the sink throw.
    public static func write(
        _ entries: [WriteEntry], format: Format, options: WriteOptions, notes: WriteNotes = WriteNotes(), into sink: any ByteSink
    ) throws {
        try write(
            entries, format: format, options: options, notes: notes, memory: ImageWriter.Memory(), limits: SegmentPlan.Limits(),
            into: sink)
    }

    /// The same with another bound of memory, on which the way of reading depends, but no byte of the file; and other limits of
    /// a segment.
    static func write(
        _ entries: [WriteEntry], format: Format, options: WriteOptions, notes: WriteNotes = WriteNotes(),
        memory: ImageWriter.Memory, limits: SegmentPlan.Limits, into sink: any ByteSink
    ) throws {
        let plan = try FilePlan(entries, format, options, notes, memory, limits)
        if plan.isLengthKnown {
            try write(plan, into: sink)
        } else {
            try withPatching(sink) { try write(plan, into: $0) }
        }
    }

    private static func write(_ plan: FilePlan, into sink: any ByteSink) throws {
        let out = CountingSink(sink)
        var lengths = plan.segments.map(\.knownLength)
        try out.append(try plan.header(lengths.map { $0 ?? 0 }))
        for (index, segment) in plan.segments.enumerated() {
            try out.append(segment.subheader)
            let start = out.position
            switch segment.content {
            case .bytes(let source): try copy(source, to: out, of: segment.kind.table(.v21).name)
            case .image(let image):
                try image.write(into: out)
                if lengths[index] == nil, let mask = image.maskBytes { try unsafe out.patch(mask.span.bytes, at: start) }
                if let rate = image.writtenRate, let place = image.ratePlace {
                    let bytes = Array(rate.utf8)
                    try unsafe out.patch(bytes.span.bytes, at: start - segment.subheader.count + place.lowerBound)
                }
            }
            lengths[index] = out.position - start
        }
        if !plan.isLengthKnown {
            let header = try plan.header(lengths.map { $0 ?? 0 })
            try unsafe out.patch(header.span.bytes, at: 0)
        }
    }

    private static let pieceBytes = 1 << 20

    private static func copy(_ source: any ByteSource, to sink: CountingSink, of context: String) throws {
        for start in stride(from: 0, to: source.byteCount, by: pieceBytes) {
            try sink.append(try source.copy(start..<min(source.byteCount, start + pieceBytes), of: context))
        }
    }
}

/// The segments of a file in their order, and its header.
private struct FilePlan {
    /// A segment whose subheader is finished.
    struct Segment {
        enum Content {
            case image(ImageWriter)
            case bytes(any ByteSource)
        }

        var kind: SegmentKind
        var draft: HeaderDraft
        var subheader: [UInt8]
        var content: Content

        var knownLength: Int? {
            switch content {
            case .image(let writer): writer.knownLength
            case .bytes(let source): source.byteCount
            }
        }
    }

    let segments: [Segment]
    private var draft: HeaderDraft
    private let isStrict: Bool
    private var level = ComplexityLevel()

    /// True when all lengths are known before the pixels are.
    var isLengthKnown: Bool { segments.allSatisfy { $0.knownLength != nil } }

    init(
        _ entries: [WriteEntry], _ format: Format, _ options: WriteOptions, _ notes: WriteNotes, _ memory: ImageWriter.Memory,
        _ limits: SegmentPlan.Limits
    ) throws(ImageryError) {
        guard format == .nitf || format == .nsif else {
            throw ImageryError(
                unsupported: .format, format.rawValue, "files of this format cannot be written; NITF 2.1 and NSIF 1.0 can")
        }
        isStrict = options.strict
        let date = try Self.date(options)
        var plans: [SegmentPlan] = []
        for entry in try Self.applyingMasks(entries, notes) where !SegmentPlan.isStructural(entry) {
            plans += try SegmentPlan(entry, date: date, notes).divided(entry, date: date, limits, notes)
        }
        try DisplayOrder.assign(&plans)
        draft = try Self.fileDraft(options, plans, notes)
        draft.set("FHDR", format == .nsif ? "NSIF" : "NITF")
        draft.set("FVER", format == .nsif ? "01.00" : "02.10")
        draft.set("FDT", date)
        Self.addOverflow(&plans, &draft)
        var segments: [Segment] = []
        for kind in SegmentKind.allCases {
            for plan in plans where plan.kind == kind {
                let subheader = try plan.header.serialise(strict: plan.isStrict)
                let content: Segment.Content
                switch plan.content {
                case .bytes(let source): content = .bytes(source)
                case .image(let image):
                    content = .image(try ImageWriter(image, FieldRecord(.image21, parsing: subheader, at: 0), memory))
                }
                segments.append(Segment(kind: kind, draft: plan.header, subheader: subheader, content: content))
            }
        }
        self.segments = segments
        level = DisplayOrder.complexity(plans)
        for segment in segments {
            if case .image(let writer) = segment.content {
                level.image(
                    writer.header, representation: segment.draft.text("IREP") ?? "",
                    hasUnlimitedBlocks: segment.draft.number("NPPBH") == 0 || segment.draft.number("NPPBV") == 0)
            }
        }
    }

    /// The assets without masks: where a pad value is asked for it stands for the pixels that are hidden.
    private static func applyingMasks(_ entries: [WriteEntry], _ notes: WriteNotes) throws(ImageryError) -> [WriteEntry] {
        var masks: [AssetKey: PixelSource] = [:]
        for entry in entries {
            if case .image(let source) = entry.content, entry.key.imagePlace?.isMask == true { masks[entry.key] = source }
        }
        guard !masks.isEmpty else { return entries }
        var result: [WriteEntry] = []
        for var entry in entries where masks[entry.key] == nil {
            if let mask = masks[entry.key.mask], case .image(let source) = entry.content {
                if let pad = entry.options.padValue {
                    entry.content = .image(try source.filling(where: mask, of: entry.key, with: pad))
                    try notes.add(WriteNote(entry.key.mask, "mask", .changed, "hidden pixels have the pad value \(pad)"))
                } else {
                    try notes.add(
                        WriteNote(entry.key.mask, "mask", .dropped, "NITF has pad values instead: --pad-value writes one"))
                }
            }
            result.append(entry)
        }
        return result
    }

    private static func date(_ options: WriteOptions) throws(ImageryError) -> String {
        guard let time = CalendarTime(secondsSince1970: options.dateOrNow) else {
            throw ImageryError(
                .misuse, FileHeader.context, "a date of \(options.dateOrNow) s after 1970 is not in the years 0 to 9999")
        }
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: count - text.count) + text
        }
        return digits(time.year, 4) + [time.month, time.day, time.hour, time.minute, time.second].map { digits($0, 2) }.joined()
    }

    /// The free fields of the file header; its classification is at least that of its segments unless it is given.
    private static func fileDraft(
        _ options: WriteOptions, _ plans: [SegmentPlan], _ notes: WriteNotes
    ) throws(ImageryError) -> HeaderDraft {
        var draft = HeaderDraft(.fileHeader21, areas: FileHeader.areas)
        try draft.copy(options.metadata, old: .fileHeader20, strict: options.strict)
        try draft.dropProduct(of: nil, notes)
        let order = ["U", "R", "C", "S", "T"]
        let highest = plans.compactMap { plan in plan.header.text(plan.kind.classification).flatMap { order.firstIndex(of: $0) } }
            .max()
        draft.setDefault("FSCLAS", order[highest ?? 0])
        draft.set("STYPE", "BF01")
        draft.setDefault("OSTAID", "Imagery")
        draft.set("ENCRYP", 0)
        draft.set("NUMX", 0)
        return draft
    }

    /// Moves the extensions that do not fit their areas to extension segments behind the others.
    private static func addOverflow(_ plans: inout [SegmentPlan], _ file: inout HeaderDraft) {
        var number = plans.count { $0.kind == .dataExtension }
        var added: [SegmentPlan] = []
        for (area, rest) in file.removeOverflow(numbersFrom: &number) {
            added.append(SegmentPlan(overflow: rest, of: area, item: 0, parent: file, prefix: "FS"))
        }
        for kind in SegmentKind.allCases {
            var item = 0
            for index in plans.indices where plans[index].kind == kind {
                item += 1
                for (area, rest) in plans[index].header.removeOverflow(numbersFrom: &number) {
                    let prefix = String(kind.classification.dropLast(4))
                    added.append(SegmentPlan(overflow: rest, of: area, item: item, parent: plans[index].header, prefix: prefix))
                }
            }
        }
        plans += added
    }

    /// The file header for data of these lengths.
    ///
    /// Throws kind unsupported when the file or its header exceed what their fields can say.
    func header(_ lengths: [Int]) throws(ImageryError) -> [UInt8] {
        var draft = draft
        for (kind, count, group) in [
            (SegmentKind.image, "NUMI", "IMAGES"), (.graphic, "NUMS", "GRAPHICS"), (.text, "NUMT", "TEXTS"),
            (.dataExtension, "NUMDES", "DES"), (.reservedExtension, "NUMRES", "RES"),
        ] {
            let names = kind.lengthFields(.v21)
            var list: [Value] = []
            for (segment, length) in zip(segments, lengths) where segment.kind == kind {
                guard length <= kind.largestData else {
                    throw ImageryError(
                        unsupported: .size, FileHeader.context,
                        "\(length) bytes of data are more than the \(kind.largestData) that \(names.data) counts")
                }
                list.append(
                    Value(group: [
                        .init(names.subheader, Value(text: "\(segment.subheader.count)")),
                        .init(names.data, Value(text: "\(length)")),
                    ]))
            }
            guard list.count <= 999 else {
                throw ImageryError(
                    unsupported: .size, FileHeader.context, "\(list.count) segments of one kind are more than 999 (\(count))")
            }
            draft.set(count, list.count)
            draft.set(group, Value(list: list))
        }
        // HL and FL have a fixed width: the length of the header does not depend on them.
        draft.set("CLEVEL", level.text)
        let size = try draft.serialise(strict: false).count
        let total = zip(segments, lengths).reduce(size) { $0 + $1.0.subheader.count + $1.1 }
        guard total < FileHeader.unknownLength else {
            throw ImageryError(unsupported: .size, FileHeader.context, "\(total) bytes are more than FL counts")
        }
        var level = level
        level.fileLength(total)
        draft.set("CLEVEL", level.text)
        draft.set("HL", size)
        draft.set("FL", total)
        return try draft.serialise(strict: isStrict)
    }
}

extension HeaderDraft {
    /// Takes the extensions that do not fit out of each area, and links the area to the extension segment after `number`.
    fileprivate mutating func removeOverflow(numbersFrom number: inout Int) -> [(area: String, rest: [UInt8])] {
        var result: [(area: String, rest: [UInt8])] = []
        for index in areas.indices {
            let rest = removeOverflow(area: index)
            if rest.isEmpty { continue }
            number += 1
            link(area: index, to: number)
            result.append((areas[index].name, rest))
        }
        return result
    }
}
