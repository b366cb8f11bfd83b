extension [UInt8] {
    /// The bytes of a text in which `{5}` stands for five blanks, `{5x30}` for five bytes 30 hexadecimal, and `{x0102}` for these two bytes.
    init(packed text: String) {
        self = []
        for (place, part) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard place > 0 else {
                append(contentsOf: part.utf8)
                continue
            }
            let pieces = part.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            let run = pieces[0].split(separator: "x", omittingEmptySubsequences: false)
            if let count = Int(run[0]) {
                append(contentsOf: [UInt8](repeating: run.count > 1 ? UInt8(run[1], radix: 16) ?? 0 : 0x20, count: count))
            } else {
                let digits = Array<Character>(run[1])
                append(
                    contentsOf: stride(from: 0, to: digits.count, by: 2).compactMap {
                        UInt8(String(digits[$0..<$0 + 2]), radix: 16)
                    })
            }
            append(contentsOf: pieces[1].utf8)
        }
    }
}
