// What a JP2, JPX or JPH file has to hold, and in which order (T.800 Annex I; T.801 Annex M; T.814 Annex D).

import ImageryBase
import ImageryPlumbing

/// The rules of boxes that hold for the file as a whole.
struct BoxRules {
    let source: any ByteSource
    let boxes: BoxList
    let images: [Codestream]
    let limits: Limits

    /// The families of files, by their brand.
    enum Family {
        case jp2, jph, jpx, other
    }

    func check(report: (Diagnostic) -> Void) {
        func breach(_ box: Box?, _ message: String, _ clause: String, _ severity: Diagnostic.Severity = .error) {
            report(
                Diagnostic(
                    "JP2 \(box?.type.trimmedText ?? "file")", message, at: box?.offset ?? 0, severity: severity, clause: clause))
        }
        let top = boxes.boxes.filter { $0.depth == 0 }
        guard let first = top.first else { return }
        if bytes(of: first) != [0x0d, 0x0a, 0x87, 0x0a] {
            breach(first, "the signature box does not hold 0D 0A 87 0A", "T.800 I.5.1")
        }
        let family = checkFileType(top, breach)
        guard family != .other else { return }
        let headers = top.filter { $0.type == "jp2h" }
        if headers.isEmpty, family != .jpx { breach(nil, "there is no header box (jp2h)", "T.800 I.5.3") }
        if let second = headers.dropFirst().first { breach(second, "there is more than one header box", "T.800 I.5.3") }
        let codestreams = top.filter { $0.type == "jp2c" }
        if codestreams.isEmpty, family != .jpx { breach(nil, "there is no codestream box (jp2c)", "T.800 I.5.4") }
        if let header = headers.first, let codestream = codestreams.first, codestream.offset < header.offset {
            breach(codestream, "the codestream stands before the header box", "T.800 I.5.3")
        }
        if family == .jp2, codestreams.count > 1 {
            breach(codestreams[1], "readers of JP2 pass over all codestreams but the first", "T.800 I.5.4", .warning)
        }
        if let header = headers.first {
            let children = boxes.boxes.filter { $0.depth == 1 && header.body.contains($0.offset) }
            HeaderBoxRules(
                header: header, boxes: children,
                grandchildren: boxes.boxes.filter { $0.depth == 2 && header.body.contains($0.offset) },
                family: family, size: images.first?.size, hasRights: top.contains { $0.type == "jp2i" }, bytes: bytes(of:)
            ).check(breach)
        }
        for box in boxes.boxes { checkContent(box, breach) }
        if let last = top.last, last.body.upperBound < source.byteCount {
            breach(
                last, "\(source.byteCount - last.body.upperBound) bytes follow the last box, which are none", "T.800 I.4", .error)
        }
        // A box without a type is padding.
        if let padding = top.first(where: { $0.type == "\0\0\0\0" }) {
            report(
                Diagnostic(
                    "JP2 file", "zeros follow the last box, which are none", at: padding.offset, severity: .warning,
                    clause: "T.800 I.4"))
        }
    }

    private typealias Breach = (_ box: Box?, _ message: String, _ clause: String, _ severity: Diagnostic.Severity) -> Void

    private func checkFileType(_ top: [Box], _ breach: Breach) -> Family {
        guard let box = top.first(where: { $0.type == "ftyp" }) else {
            breach(nil, "there is no file type box (ftyp)", "T.800 I.5.2", .error)
            return .jp2
        }
        if top.count > 1, top[1].type != "ftyp" {
            breach(box, "the file type box does not follow the signature box", "T.800 I.5.2", .error)
        }
        if top.count(where: { $0.type == "ftyp" }) > 1 {
            breach(box, "there is more than one file type box", "T.800 I.5.2", .error)
        }
        let content = bytes(of: box)
        guard content.count >= 8, content.count % 4 == 0 else {
            breach(box, "it has \(content.count) bytes, which are no list of brands", "T.800 I.5.2", .error)
            return .jp2
        }
        func word(_ start: Int) -> String {
            String(String.UnicodeScalarView(content[start..<start + 4].map { Unicode.Scalar($0) }))
        }
        let brand = word(0)
        let list = stride(from: 8, to: content.count, by: 4).map(word)
        if list.isEmpty { breach(box, "the compatibility list is empty", "T.800 I.5.2", .error) }
        if content[4..<8].contains(where: { $0 != 0 }) { breach(box, "the minor version is not 0", "T.800 I.5.2", .warning) }
        switch brand {
        case "jp2 ":
            if !list.isEmpty, !list.contains("jp2 ") {
                breach(box, "the compatibility list lacks 'jp2 '", "T.800 I.5.2", .error)
            }
            return .jp2
        case "jph ":
            if !list.isEmpty, !list.contains("jph ") {
                breach(box, "the compatibility list lacks 'jph '", "T.814 Annex D", .error)
            }
            return .jph
        case "jpx ":
            if !list.isEmpty, !list.contains("jpx "), !list.contains("jpxb"), !list.contains("jp2 ") {
                breach(box, "the compatibility list names no member of the JPX family", "T.801 Annex M", .error)
            } else if !list.isEmpty, !list.contains("jp2 ") {
                breach(box, "the compatibility list lacks 'jp2 ': readers of JP2 will not open it", "T.800 I.5.2", .remark)
            }
            return .jpx
        default:
            breach(
                box, "the brand is '\(brand.trimmedText)', which is not that of JP2, JPX or JPH",
                "T.800 I.5.2", list.contains("jp2 ") || list.contains("jph ") ? .warning : .error)
            return list.contains("jp2 ") ? .jp2 : list.contains("jph ") ? .jph : list.contains("jpx ") ? .jpx : .other
        }
    }

    /// Boxes that may stand anywhere.
    private func checkContent(_ box: Box, _ breach: Breach) {
        switch box.type {
        case "uuid" where box.body.count < 16:
            breach(box, "it has \(box.body.count) bytes, no room for its identifier", "T.800 I.7.2", .error)
        case "xml ":
            guard box.body.count <= limits.maxMetadataItemBytes else { return }
            var document = bytes(of: box)
            if document.last == 0 {
                breach(box, "NULs follow the document", "T.800 I.7.1", .warning)
                while document.last == 0 { document.removeLast() }
            }
            if let problem = XMLRules.problem(document) { breach(box, problem, "T.800 I.7.1", .error) }
        case "uinf":
            let parts = boxes.boxes.filter { $0.depth == box.depth + 1 && box.body.contains($0.offset) }.map(\.type)
            if parts.count(where: { $0 == "ulst" }) != 1 || parts.count(where: { $0 == "url " }) != 1 {
                breach(box, "it does not hold one list of UUIDs and one address", "T.800 I.7.3", .error)
            }
        case "ulst":
            let content = bytes(of: box)
            let count = content.count >= 2 ? Int(content[0]) << 8 | Int(content[1]) : -1
            if box.body.count != 2 + 16 * count {
                breach(box, "its \(box.body.count) bytes are not a count and that many UUIDs", "T.800 I.7.3.1", .error)
            }
        case "url ":
            let content = bytes(of: box)
            if content.count < 5 || content.prefix(4).contains(where: { $0 != 0 }) {
                breach(box, "version or flags are not 0, or the address is missing", "T.800 I.7.3.2", .error)
            } else if content.last != 0 {
                breach(box, "the address does not end with a NUL", "T.800 I.7.3.2", .error)
            }
        default: break
        }
    }

    /// The contents of a box, as far as rules look at them; empty when they cannot be read.
    private func bytes(of box: Box) -> [UInt8] {
        let end = min(box.body.upperBound, box.body.lowerBound + limits.maxMetadataItemBytes, source.byteCount)
        guard box.body.lowerBound <= end else { return [] }
        return (try? source.copy(box.body.lowerBound..<end, of: "JP2 box")) ?? []
    }
}
