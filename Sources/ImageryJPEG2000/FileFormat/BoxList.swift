// Boxes of JP2, JPX and JPH files (T.800 Annex I; T.801 Annex M).

import ImageryBase
import ImageryPlumbing

/// A box: its type, where it begins, and its contents.
struct Box: Sendable {
    var type: String
    var offset: Int
    var body: Range<Int>
    /// Superboxes around it.
    var depth: Int
}

/// The boxes of a file.
struct BoxList: Sendable {
    /// In file order, the contents of superboxes after each.
    let boxes: [Box]
    let diagnostics: [Diagnostic]
    /// Contiguous codestreams in file order.
    let codestreams: [Range<Int>]
    let mediaType: String

    private static let signature: [UInt8] = [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]
    private static let superboxes: Set<String> = ["jp2h", "res ", "uinf", "asoc", "jpch", "jplh", "cgrp", "ftbl", "comp"]
    /// Superboxes inside superboxes are opened this far.
    private static let maxDepth = 8

    /// True for the bytes with which a box file begins (I.5.1).
    static func isHead(_ bytes: [UInt8]) -> Bool { bytes.starts(with: signature) }

    init(_ source: any ByteSource, limits: Limits) throws(ImageryError) {
        let head = try source.copy(0..<min(12, source.byteCount), of: "JP2 file")
        guard Self.isHead(head) else {
            boxes = []
            diagnostics = []
            codestreams = [0..<source.byteCount]
            mediaType = "image/j2c"
            return
        }
        var walk = BoxWalk(source: source, limit: limits.maxAssets)
        try walk.read(0..<source.byteCount, depth: 0, superboxes: Self.superboxes, maxDepth: Self.maxDepth)
        boxes = walk.boxes
        diagnostics = walk.diagnostics
        codestreams = walk.boxes.filter { $0.type == "jp2c" && $0.depth == 0 }.map(\.body)
        var brand = ""
        if let box = walk.boxes.first(where: { $0.type == "ftyp" && $0.body.count >= 4 }) {
            let bytes = try source.copy(box.body.prefix(4), of: "JP2 ftyp")
            brand = String(decoding: bytes, as: UTF8.self)
        }
        mediaType = brand == "jpx " ? "image/jpx" : brand == "jph " ? "image/jph" : "image/jp2"
    }
}

/// Steps through boxes (I.4).
struct BoxWalk {
    let source: any ByteSource
    let limit: Int
    var boxes: [Box] = []
    var diagnostics: [Diagnostic] = []

    /// Reads the boxes that fill `range`. What is broken ends it.
    mutating func read(_ range: Range<Int>, depth: Int, superboxes: Set<String>, maxDepth: Int) throws(ImageryError) {
        var position = range.lowerBound
        while range.upperBound - position >= 8 {
            guard boxes.count < limit else {
                return report("there are more than \(limit) boxes (limits.maxAssets)", at: position)
            }
            let available = min(16, range.upperBound - position)
            let head = try source.copy(position..<position + available, of: "JP2 box")
            let type = String(String.UnicodeScalarView(head[4..<8].map { Unicode.Scalar($0) }))
            var length = head[0..<4].reduce(0) { $0 << 8 | UInt64($1) }
            var headerSize = 8
            if length == 1 {
                guard available == 16 else { return report("a box ends inside its header", at: position) }
                length = head[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
                headerSize = 16
            } else if length == 0 {
                // To the end of the file; in a superbox, to the end of that.
                length = UInt64(range.upperBound - position)
            }
            guard length >= UInt64(headerSize) else {
                return report("box \(type) has an impossible length of \(length)", at: position)
            }
            let room = range.upperBound - position
            if length > UInt64(room) {
                report("box \(type) of \(length) bytes ends after what holds it: it is truncated", at: position)
            }
            let end = position + Int(min(length, UInt64(room)))
            let body = position + headerSize..<max(position + headerSize, end)
            boxes.append(Box(type: type, offset: position, body: body, depth: depth))
            if superboxes.contains(type) {
                if depth < maxDepth {
                    try read(body, depth: depth + 1, superboxes: superboxes, maxDepth: maxDepth)
                } else {
                    report("boxes are nested deeper than \(maxDepth)", at: position)
                }
            }
            position = end
        }
    }

    private mutating func report(_ message: String, at offset: Int) {
        if diagnostics.count < 1_000 { diagnostics.append(Diagnostic("JP2 box", message, at: offset)) }
    }
}
