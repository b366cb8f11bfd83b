// What a file breaks although it can be read (MIL-STD-2500C; NITF 2.0: MIL-STD-2500A; STDI-0002 for extensions).

public import ImageryBase
import ImageryPlumbing

extension NITFFile {
    /// Findings of one header, and of one file: what is wrong so often is not told on.
    private static let mostOfHeader = 100
    private static let mostOfFile = 1_000

    public func validate(report: (Diagnostic) -> Void) {
        var count = 0
        func limited(_ finding: Diagnostic) {
            count += 1
            if count == Self.mostOfFile {
                report(
                    Diagnostic(FileHeader.context, "further findings in headers and extensions are left out", severity: .warning))
            } else if count < Self.mostOfFile {
                report(finding)
            }
        }
        let version = header.version
        check(segments.file, .rules(version), context: FileHeader.context, report: limited)
        for segment in segments.segments {
            let context = segment.context
            check(segment.header, .rules(segment.kind, version), context: context, report: limited)
            ContentRules(segment: segment, source: source, context: context).check(report: limited)
        }
        checkLinks(report: limited)
        let display = DisplayRules(segments.segments)
        display.check(report: limited)
        if version == .v21 { checkComplexity(lastCoordinate: display.lastCoordinate, report: limited) }
    }

    private func check(_ header: Header, _ rules: FieldRules, context: String, report: (Diagnostic) -> Void) {
        // NITF 2.0 leaves blank what is not known, also where a number could stand.
        let allowsBlanks = self.header.version == .v20
        rules.findings(header.record, context: context, limit: Self.mostOfHeader, allowsBlanks: allowsBlanks).forEach(report)
        header.extensionFindings(context: context, limit: Self.mostOfFile).forEach(report)
    }

    /// UDHOFL, UDOFL and their like name an extension segment that holds the rest of their area (Table A-8(A)).
    private func checkLinks(report: (Diagnostic) -> Void) {
        var owners: [(header: Header, context: String, areas: [(area: String, overflow: String)])] = [
            (segments.file, FileHeader.context, FileHeader.areas)
        ]
        for segment in segments.segments where !segment.kind.areas.isEmpty {
            owners.append((segment.header, segment.context, segment.kind.areas))
        }
        let continued = Dictionary(
            segments.segments.lazy.filter { $0.kind == .dataExtension }.map { ($0.index + 1, $0.header.record.text("DESOFLW")) },
            uniquingKeysWith: { first, _ in first })
        for owner in owners {
            let record = owner.header.record
            for (area, name) in owner.areas {
                guard let link = record.number(name), link != 0, continued[link] != area else { continue }
                report(
                    Diagnostic(
                        owner.context, "\(name) is \(link), where no extension segment continues \(area)",
                        at: record.place(name).map { record.offset + $0.lowerBound }, clause: record.clause(of: name)))
            }
        }
    }

    /// CLEVEL is the highest level that any feature needs (JBP-2025.1 Table G-1).
    private func checkComplexity(lastCoordinate: Int, report: (Diagnostic) -> Void) {
        let record = header.record
        guard let stated = record.number("CLEVEL"), [3, 5, 6, 7, 9].contains(stated) else { return }
        var level = ComplexityLevel()
        level.extent(lastCoordinate)
        level.fileLength(source.byteCount)
        var bands = 0
        for image in images {
            bands += image.header.bands
            level.image(
                image.header, representation: image.header.representation,
                hasUnlimitedBlocks: image.record.number("NPPBH") == 0 || image.record.number("NPPBV") == 0)
        }
        func list(_ kind: SegmentKind) -> [Segment] { segments.segments.filter { $0.kind == kind } }
        level.counts(
            images: list(.image).count, bands: bands, graphics: list(.graphic).count,
            graphicBytes: list(.graphic).reduce(0) { $0 + $1.data.count }, texts: list(.text).count,
            dataExtensions: list(.dataExtension).count)
        guard level.value != stated else { return }
        report(
            Diagnostic(
                FileHeader.context,
                "CLEVEL is \(record.text("CLEVEL") ?? ""), its content needs \(level.text)",
                at: record.place("CLEVEL").map { record.offset + $0.lowerBound },
                severity: stated < level.value ? .error : .remark, clause: "MIL-STD-2500C Table A-10"))
    }

    /// The segments that are images, also those that are parts of one.
    private var images: [NITFImage] {
        assets.flatMap { asset -> [NITFImage] in
            guard case .image(let image) = asset.content else { return [] }
            return (image as? NITFImage).map { [$0] } ?? (image as? DividedImage)?.images ?? []
        }
    }
}
