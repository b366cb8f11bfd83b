// Markers and marker segments (T.800 A.1, A.2).

import ImageryBase
import ImageryPlumbing

/// Marker codes (Table A.2).
enum Marker {
    static let soc: UInt16 = 0xff4f
    static let cap: UInt16 = 0xff50
    static let siz: UInt16 = 0xff51
    static let cod: UInt16 = 0xff52
    static let coc: UInt16 = 0xff53
    static let tlm: UInt16 = 0xff55
    static let prf: UInt16 = 0xff56
    static let plm: UInt16 = 0xff57
    static let plt: UInt16 = 0xff58
    static let cpf: UInt16 = 0xff59
    static let qcd: UInt16 = 0xff5c
    static let qcc: UInt16 = 0xff5d
    static let rgn: UInt16 = 0xff5e
    static let poc: UInt16 = 0xff5f
    static let ppm: UInt16 = 0xff60
    static let ppt: UInt16 = 0xff61
    static let crg: UInt16 = 0xff63
    static let com: UInt16 = 0xff64
    static let sot: UInt16 = 0xff90
    static let sop: UInt16 = 0xff91
    static let eph: UInt16 = 0xff92
    static let sod: UInt16 = 0xff93
    static let eoc: UInt16 = 0xffd9
    /// Marker segments of Part 2 that change what samples mean: DCO, VMS, DFS, ADS, MCT, MCC, NLT, MCO, CBD, ATK.
    static let part2: ClosedRange<UInt16> = 0xff70...0xff79

    static let names: [UInt16: String] = [
        soc: "SOC", cap: "CAP", siz: "SIZ", cod: "COD", coc: "COC", tlm: "TLM", prf: "PRF", plm: "PLM", plt: "PLT", cpf: "CPF",
        qcd: "QCD", qcc: "QCC", rgn: "RGN", poc: "POC", ppm: "PPM", ppt: "PPT", crg: "CRG", com: "COM", sot: "SOT", sop: "SOP",
        eph: "EPH", sod: "SOD", eoc: "EOC",
    ]

    static func name(_ code: UInt16) -> String { names[code] ?? "marker " + String(code, radix: 16) }

    /// True for markers that stand without a segment (A.1.1).
    static func standsAlone(_ code: UInt16) -> Bool {
        (0xff30...0xff3f).contains(code) || code == soc || code == eph || code == sod || code == eoc
    }
}

/// A marker segment: the marker's offset in the source, and the bytes after the length field.
struct MarkerSegment: Sendable {
    var code: UInt16
    var offset: Int
    var body: Range<Int>
}

/// Steps over the marker segments of a header.
struct MarkerWalk {
    let source: any ByteSource
    /// Offset of the next marker.
    var position: Int
    /// The codestream ends here.
    let end: Int

    /// The marker segment at ``position``, which moves behind it. Throws kind malformed when there is none.
    mutating func next() throws(ImageryError) -> MarkerSegment {
        let start = position
        let available = min(4, end - start)
        guard available >= 2 else { throw Self.truncated(at: start) }
        let head = try source.lend(start..<start + available, of: "JPEG 2000 header") { (span) throws(ImageryError) -> UInt32 in
            var value: UInt32 = 0
            for index in 0..<4 {
                value = value << 8 | (index < available ? unsafe UInt32(span.unsafeLoad(fromByteOffset: index, as: UInt8.self)) : 0)
            }
            return value
        }
        let code = UInt16(truncatingIfNeeded: head >> 16)
        guard code >= 0xff00 else {
            throw ImageryError(.malformed, "JPEG 2000 header", "there is no marker, but \(String(code, radix: 16))", at: start)
        }
        if Marker.standsAlone(code) {
            position = start + 2
            return MarkerSegment(code: code, offset: start, body: start + 2..<start + 2)
        }
        let length = Int(head & 0xffff)
        guard available == 4, length >= 2 else {
            throw ImageryError(.malformed, "JPEG 2000 " + Marker.name(code), "the length \(length) is below 2", at: start)
        }
        guard start + 2 + length <= end else { throw Self.truncated(at: start) }
        position = start + 2 + length
        return MarkerSegment(code: code, offset: start, body: start + 4..<position)
    }

    static func truncated(at offset: Int) -> ImageryError {
        ImageryError(.malformed, "JPEG 2000 header", "the codestream ends inside a header: it is truncated", at: offset)
    }
}
