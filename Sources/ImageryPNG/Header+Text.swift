// Text, ICC profiles and suggested palettes: chunks of variable layout (PNG 3rd edition, clauses 11.3.2.3, 11.3.3 and 11.3.4.4).

import ImageryBase
import ImageryDeflate

/// Why the data of a chunk gives no value.
enum TextFailure: Error {
    /// It does not follow its clause.
    case syntax(String)
    /// It expands to more than one item may.
    case itemLimit
    /// It expands to more than is left for the file.
    case budget
}

/// Inflates compressed text under the limits of a file (S91).
struct Expander {
    let itemLimit: Int
    private(set) var budget: Int
    /// False when only what is wrong is wanted: then texts come out empty and cost no memory.
    let keepsText: Bool

    init(itemLimit: Int, budget: Int, keepsText: Bool) {
        self.itemLimit = itemLimit
        self.budget = budget
        self.keepsText = keepsText
    }

    /// `isLatin` for text whose characters beyond ASCII will take two bytes each: they count.
    mutating func expand(_ data: ArraySlice<UInt8>, isLatin: Bool = false) throws(TextFailure) -> [UInt8] {
        guard keepsText else {
            try check(Array(data), isLatin)
            return []
        }
        let allowed = min(itemLimit, budget)
        var inflater = Inflater(.zlib)
        var output: [UInt8] = []
        var position = 0
        let input = Array(data)
        while true {
            // Doubles, so that a small text costs little and a bomb stops at the limit.
            let room = min(max(output.count, 4096), allowed - output.count)
            guard room > 0 else {
                // Paid for all the same: many bombs must not cost more than one file may.
                defer { budget -= output.count }
                throw itemLimit <= budget ? .itemLimit : .budget
            }
            let start = output.count
            output.append(contentsOf: repeatElement(0, count: room))
            var progress: Inflater.Progress?
            do throws(InflateFailure) {
                var target = output.mutableSpan
                var bytes = unsafe target.mutableBytes
                progress = try unsafe inflater.inflate(input.span.bytes.extracting(position..<input.count), into: &bytes, at: start)
            } catch {
                throw .syntax("the compressed text is damaged: \(describe(error))")
            }
            guard let progress else { throw .syntax("the compressed text is damaged") }
            position += progress.consumed
            output.removeLast(room - progress.produced)
            switch progress.status {
            case .finished:
                try pay(output.count, isLatin ? Self.growth(output[...]) : 0)
                return output
            case .needsInput: throw .syntax("the compressed text ends early")
            case .outputFull: continue
            }
        }
    }

    /// By how much Latin-1 is longer as UTF-8.
    private static func growth(_ text: ArraySlice<UInt8>) -> Int { text.reduce(0) { $0 + Int($1 >> 7) } }

    /// Takes what an item costs from what is left for the file.
    private mutating func pay(_ count: Int, _ growth: Int) throws(TextFailure) {
        guard growth <= budget - count else {
            budget = 0
            throw .budget
        }
        budget -= count + growth
    }

    /// Inflates piece by piece, each over the one before.
    private mutating func check(_ input: [UInt8], _ isLatin: Bool) throws(TextFailure) {
        var growth = 0
        let allowed = min(itemLimit, budget)
        var inflater = Inflater(.zlib)
        var piece = [UInt8](repeating: 0, count: 1 << 15)
        var position = 0
        while true {
            let room = min(piece.count, allowed - inflater.totalProduced)
            guard room > 0 else {
                defer { budget -= inflater.totalProduced }
                throw itemLimit <= budget ? .itemLimit : .budget
            }
            if room < piece.count { piece.removeLast(piece.count - room) }
            let progress: Inflater.Progress
            do throws(InflateFailure) {
                var target = piece.mutableSpan
                var bytes = unsafe target.mutableBytes
                progress = try unsafe inflater.inflate(input.span.bytes.extracting(position..<input.count), into: &bytes, at: 0)
            } catch {
                throw .syntax("the compressed text is damaged: \(describe(error))")
            }
            position += progress.consumed
            if isLatin { growth += Self.growth(piece[..<progress.produced]) }
            switch progress.status {
            case .finished: return try pay(inflater.totalProduced, growth)
            case .needsInput: throw .syntax("the compressed text ends early")
            case .outputFull: continue
            }
        }
    }
}

/// The bytes of a chunk from front to back.
private struct TextCursor {
    private var rest: ArraySlice<UInt8>

    init(_ data: [UInt8]) { rest = data[...] }

    /// Bytes up to the next NUL, which is stepped over.
    mutating func untilNull(_ name: String) throws(TextFailure) -> ArraySlice<UInt8> {
        guard let end = rest.firstIndex(of: 0) else { throw .syntax("the \(name) has no end") }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }

    mutating func byte(_ name: String) throws(TextFailure) -> UInt8 {
        guard let first = rest.popFirst() else { throw .syntax("the \(name) is missing") }
        return first
    }

    mutating func remaining() -> ArraySlice<UInt8> {
        defer { rest = [] }
        return rest
    }

    /// A keyword: 1 to 79 bytes of Latin-1 (11.3.3.2).
    mutating func keyword() throws(TextFailure) -> Metadata.Entry {
        let bytes = try untilNull("keyword")
        guard (1...79).contains(bytes.count) else { throw .syntax("a keyword of \(bytes.count) bytes is not 1 to 79 long") }
        return Metadata.Entry("Keyword", latin(bytes))
    }

    /// The compression method, of which there is one (10.1).
    mutating func compressionMethod() throws(TextFailure) -> Metadata.Entry {
        let method = try byte("compression method")
        guard method == 0 else { throw .syntax("\(method) is no compression method") }
        return Metadata.Entry("CompressionMethod", Value(Int(method), .byte))
    }
}

/// Latin-1 as the text it spells.
private func latin(_ bytes: some Sequence<UInt8>) -> Value {
    Value(text: String(latin1: Array(bytes)))
}

/// The Latin-1 bytes of a text; nil when it has other characters or a NUL.
func latinBytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
        guard scalar.value > 0, scalar.value < 256 else { return nil }
        bytes.append(UInt8(scalar.value))
    }
    return bytes
}

/// tEXt and zTXt (11.3.3.2, 11.3.3.3).
enum LatinText {
    static func tEXt(_ data: [UInt8]) throws(TextFailure) -> Value {
        var cursor = TextCursor(data)
        let keyword = try cursor.keyword()
        return Value(group: [keyword, Metadata.Entry("Text", latin(cursor.remaining()))])
    }

    static func zTXt(_ data: [UInt8], _ expander: inout Expander) throws(TextFailure) -> Value {
        var cursor = TextCursor(data)
        let keyword = try cursor.keyword()
        let method = try cursor.compressionMethod()
        let text = try expander.expand(cursor.remaining(), isLatin: true)
        return Value(group: [keyword, method, Metadata.Entry("Text", latin(text))])
    }
}

/// iTXt (11.3.3.4).
enum InternationalText {
    static func value(_ data: [UInt8], _ expander: inout Expander) throws(TextFailure) -> Value {
        var cursor = TextCursor(data)
        let keyword = try cursor.keyword()
        let flag = try cursor.byte("compression flag")
        guard flag <= 1 else { throw .syntax("\(flag) is no compression flag") }
        let method = try cursor.byte("compression method")
        guard flag == 0 || method == 0 else { throw .syntax("\(method) is no compression method") }
        let language = latin(try cursor.untilNull("language tag"))
        let translated = Array(try cursor.untilNull("translated keyword"))
        let stored = cursor.remaining()
        let text = flag == 1 ? try expander.expand(stored) : Array(stored)
        return Value(group: [
            keyword, Metadata.Entry("CompressionFlag", Value(Int(flag), .byte)),
            Metadata.Entry("CompressionMethod", Value(Int(method), .byte)), Metadata.Entry("LanguageTag", language),
            Metadata.Entry("TranslatedKeyword", Value(.utf8, littleEndian: translated)),
            Metadata.Entry("Text", Value(.utf8, littleEndian: text)),
        ])
    }
}

/// iCCP (11.3.2.3).
enum ColorProfile {
    static func value(_ data: [UInt8], _ expander: inout Expander) throws(TextFailure) -> Value {
        var cursor = TextCursor(data)
        let name = latin(try cursor.untilNull("profile name"))
        let method = try cursor.compressionMethod()
        let profile = try expander.expand(cursor.remaining())
        return Value(group: [Metadata.Entry("ProfileName", name), method, Metadata.Entry("Profile", Value(bytes: profile))])
    }
}

/// sPLT (11.3.4.4): red, green, blue, alpha and frequency of each entry.
enum SuggestedPalette {
    static func value(_ data: [UInt8]) throws(TextFailure) -> Value {
        var cursor = TextCursor(data)
        let name = latin(try cursor.untilNull("palette name"))
        let depth = try cursor.byte("sample depth")
        guard depth == 8 || depth == 16 else { throw .syntax("\(depth) is no sample depth") }
        let entries = Array(cursor.remaining())
        let size = depth == 8 ? 6 : 10
        guard entries.count % size == 0 else { throw .syntax("\(entries.count) bytes are not entries of \(size)") }
        var numbers: [UInt8] = []
        numbers.reserveCapacity(entries.count / size * 10)
        for start in stride(from: 0, to: entries.count, by: size) {
            if depth == 8 {
                for index in 0..<4 { numbers += [entries[start + index], 0] }
                numbers += [entries[start + 5], entries[start + 4]]
            } else {
                numbers += swapped(Array(entries[start..<start + 10]))
            }
        }
        return Value(group: [
            Metadata.Entry("PaletteName", name), Metadata.Entry("SampleDepth", Value(Int(depth), .byte)),
            Metadata.Entry("Entries", Value(.short, littleEndian: numbers)),
        ])
    }
}
