// Title and description of an image: text chunks with registered keywords (PNG 3rd edition, clause 11.3.3.1).

import ImageryBase
import ImageryPlumbing

extension ChunkList {
    /// A title is no book: longer texts are found in the metadata.
    private static let longestTitle = 1 << 12

    /// The text of the first chunk of that keyword that is not compressed; empty when there is none. Damage is told with the metadata.
    func text(of keyword: String, in source: any ByteSource) -> String {
        let name = Array(keyword.utf8)
        for chunk in chunks where ["tEXt", "iTXt"].contains(chunk.type.name) && Int(chunk.length) <= Self.longestTitle {
            guard let (data, isRight) = try? chunk.read(from: source), isRight, data.starts(with: name + [0]) else { continue }
            let rest = data.dropFirst(name.count + 1)
            if chunk.type.name == "tEXt" { return TextEncoding.latin1.decode(Array(rest)) }
            // Compression flag and method, language and translated keyword, each ended by 0 (11.3.3.4).
            guard rest.first == 0 else { continue }
            let texts = rest.dropFirst(2).split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
            if texts.count == 3 { return TextEncoding.utf8.decode(Array(texts[2])) }
        }
        return ""
    }
}
