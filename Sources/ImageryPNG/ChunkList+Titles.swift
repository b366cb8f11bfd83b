// Title and description of an image: text chunks with registered keywords (PNG 3rd edition, clause 11.3.3.1).

import ImageryBase
import ImageryPlumbing

extension ChunkList {
    /// A title is no book: longer texts are found in the metadata.
    private static let longestTitle = 1 << 12

    /// The first texts with the keywords Title and Description that are not compressed; empty when there are none. Damage is told with the
    /// metadata.
    func titles(in source: any ByteSource) -> (title: String, description: String) {
        var found: (title: String?, description: String?)
        for chunk in chunks where ["tEXt", "iTXt"].contains(chunk.type.name) && Int(chunk.length) <= Self.longestTitle {
            guard let (data, isRight) = try? chunk.read(from: source), isRight else { continue }
            if found.title == nil { found.title = Self.text(of: "Title", in: data, chunk.type) }
            if found.description == nil { found.description = Self.text(of: "Description", in: data, chunk.type) }
            if found.title != nil, found.description != nil { break }
        }
        return (found.title ?? "", found.description ?? "")
    }

    /// The text of a chunk of that keyword.
    private static func text(of keyword: String, in data: [UInt8], _ type: ChunkType) -> String? {
        guard data.starts(with: Array(keyword.utf8) + [0]) else { return nil }
        let rest = data.dropFirst(keyword.utf8.count + 1)
        if type.name == "tEXt" { return TextEncoding.latin1.decode(Array(rest)) }
        // Compression flag and method, language and translated keyword, each ended by 0 (11.3.3.4).
        guard rest.first == 0 else { return nil }
        let texts = rest.dropFirst(2).split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        return texts.count == 3 ? TextEncoding.utf8.decode(Array(texts[2])) : nil
    }
}
