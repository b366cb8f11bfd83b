import ImageryBase
import TestSupport
import Testing

@testable import ImageryJPEG2000

/// Rewrites the marker segments of a codestream whose tile-parts give their lengths.
struct MarkerEditor {
    var bytes: [UInt8]

    /// `edit` gets every marker segment of main and tile-part headers (marker, length and contents) and gives what stands there instead.
    func rewritten(_ edit: (UInt16, [UInt8]) -> [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var position = 0
        func number(_ at: Int, _ count: Int) -> Int { bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) } }
        while position + 2 <= bytes.count {
            let marker = UInt16(number(position, 2))
            if marker == Marker.soc || marker == Marker.eoc {
                out += bytes[position..<position + 2]
                position += 2
            } else if marker == Marker.sot {
                let end = position + number(position + 6, 4)
                let start = out.count
                out += bytes[position..<position + 12]
                position += 12
                while number(position, 2) != Int(Marker.sod) {
                    let length = number(position + 2, 2)
                    out += edit(UInt16(number(position, 2)), Array(bytes[position..<position + 2 + length]))
                    position += 2 + length
                }
                out += bytes[position..<end]
                position = end
                let size = out.count - start
                for index in 0..<4 { out[start + 6 + index] = UInt8(truncatingIfNeeded: size >> (24 - 8 * index)) }
            } else {
                let length = number(position + 2, 2)
                out += edit(marker, Array(bytes[position..<position + 2 + length]))
                position += 2 + length
            }
        }
        return out
    }
}

@Suite("TLM and PLT are hints (B12)") struct MarkerTests {
    private let vector = codestreamVectors.first { $0.name == "tileParts" }!

    private func samples(_ bytes: [UInt8]) throws -> [Int] {
        let image = try JPEG2000Streams().open(MemorySource(bytes))
        let whole = try integers(image.read())
        let part = Window(x: 17, y: 9, width: 12, height: 15)
        #expect(try integers(image.read(part)) == integers(image.read().crop(part)))
        return whole
    }

    @Test("Without them, with wrong, with repeated and with empty ones the pixels are the same")
    func falsified() throws {
        let editor = MarkerEditor(bytes: vector.bytes)
        let wanted = try samples(vector.bytes)
        var seen: Set<UInt16> = []
        let hints: Set<UInt16> = [Marker.tlm, Marker.plt]
        let edits: [(UInt16, [UInt8]) -> [UInt8]] = [
            { marker, segment in
                seen.insert(marker)
                return hints.contains(marker) ? [] : segment
            },
            { marker, segment in
                hints.contains(marker) ? segment.prefix(5) + segment.dropFirst(5).map { $0 ^ 0x15 } : segment
            },
            { marker, segment in hints.contains(marker) ? segment + segment : segment },
            { marker, segment in hints.contains(marker) ? segment.prefix(2) + [0, 3, 0] : segment },
            { marker, segment in hints.contains(marker) ? segment.prefix(2) + [0, 2] : segment },
            { marker, segment in
                // Two neighbouring lengths change places.
                guard marker == Marker.plt, segment.count > 7 else { return segment }
                var changed = segment
                changed.swapAt(5, 6)
                return changed
            },
        ]
        for (number, edit) in edits.enumerated() {
            #expect(try samples(editor.rewritten(edit)) == wanted, "edit \(number)")
        }
        #expect(seen.isSuperset(of: hints))
    }

    @Test("Psot = 0 on the last tile-part, and no EOC")
    func lastTilePart() throws {
        let plain = try #require(codestreamVectors.first { $0.name == "plain" })
        var bytes = plain.bytes
        let sot = try #require(bytes.indices.first { bytes[$0] == 0xff && bytes[$0 + 1] == 0x90 })
        for index in 0..<4 { bytes[sot + 6 + index] = 0 }
        let wanted = try integers(plain.image.read())
        #expect(try integers(JPEG2000Streams().open(MemorySource(bytes)).read()) == wanted)
        #expect(try integers(JPEG2000Streams().open(MemorySource(bytes.dropLast(2))).read()) == wanted)
    }
}
