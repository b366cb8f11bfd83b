import ImageryBase
import ImageryPlumbing
import ImageryPrimitives
import Testing

@Suite struct Latin1Tests {
    @Test func everyByteIsTheScalarOfItsNumber() {
        let all = (0...255).map { UInt8($0) }
        #expect(Array(String(latin1: all).unicodeScalars.map(\.value)) == (0...255).map { UInt32($0) })
        #expect(String(latin1: [UInt8]()) == "")
        #expect(String(latin1: Array("plain".utf8)) == "plain")
        #expect(TextEncoding.latin1.decode([0x46, 0xfc, 0x72]) == "F\u{fc}r")
    }

    @Test func jsonTextsAreCopiedInPieces() {
        var json = JSONWriter()
        json.string("a\"b\\c\n\r\t\u{1}\u{1f}d\u{fc}\u{1f600}")
        #expect(json.text == "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001fd\u{fc}\u{1f600}\"")
        var pieces: [String] = []
        var flushing = JSONWriter(flushing: { pieces.append($0) })
        flushing.array { json in for _ in 0..<5 { json.string(String(repeating: "x", count: 40_000)) } }
        #expect(pieces.count >= 2)
        var whole = JSONWriter()
        whole.array { json in for _ in 0..<5 { json.string(String(repeating: "x", count: 40_000)) } }
        #expect(pieces.joined() + flushing.text == whole.text)
    }
}
