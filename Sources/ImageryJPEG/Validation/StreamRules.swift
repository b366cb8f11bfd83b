// The order of marker segments and the tables that scans need (T.81 B.2).

import ImageryBase
import ImageryPlumbing

extension JPEGImage: ValidatedSource {
    func validate(report: (Diagnostic) -> Void) {
        var rules = StreamRules(image: self)
        do throws(ImageryError) {
            try rules.check(report: report)
        } catch {
            report(Diagnostic(error))
        }
    }
}

/// A walk over all markers of a stream.
struct StreamRules {
    private let image: JPEGImage
    /// Destinations of Huffman tables that were defined: class (0 DC, 1 AC) and number.
    private var huffman: Set<[Int]> = []
    private var quantisers: Set<Int> = []

    init(image: JPEGImage) { self.image = image }

    mutating func check(report: (Diagnostic) -> Void) throws(ImageryError) {
        let source = image.source
        var reader = SegmentReader(source: source, position: 2)
        var isInScan = false
        while let segment = try reader.next(passingOverData: true) {
            // What stands between the segments of the header is found when it is read, and data of scans have no gaps.
            if Marker.rst.contains(segment.marker), isInScan { continue }
            isInScan = false
            switch segment.marker {
            case Marker.soi:
                report(Diagnostic("JPEG SOI", "there is a second start of the image", at: segment.offset, clause: "T.81 B.2.1"))
            case Marker.eoi:
                let rest = source.byteCount - segment.data.upperBound
                if rest > 0 {
                    report(
                        Diagnostic(
                            "JPEG EOI", "\(rest) bytes follow the end of the image", at: segment.data.upperBound, severity: .remark,
                            clause: "T.81 B.2.1"))
                }
                return
            case Marker.dht: define(try segment.read(from: source))
            case Marker.dqt: quantise(try segment.read(from: source))
            case Marker.sos:
                isInScan = true
                checkScan(try Scan(segment, segment.read(from: source), image.header.frame), report: report)
            case let code where Marker.rst.contains(code):
                report(
                    Diagnostic(
                        "JPEG \(Marker.name(code))", "a restart marker stands outside of a scan", at: segment.offset,
                        clause: "T.81 B.2.1"))
            default: break
            }
        }
        report(Diagnostic("JPEG EOI", "the image ends without EOI", at: source.byteCount, clause: "T.81 B.2.1"))
    }

    /// Tables of DHT: class and destination, then the numbers of codes of each length (B.2.4.2).
    private mutating func define(_ data: [UInt8]) {
        var position = 0
        while position + 17 <= data.count {
            huffman.insert([Int(data[position] >> 4), Int(data[position] & 15)])
            position += 17 + data[position + 1..<position + 17].reduce(0) { $0 + Int($1) }
        }
    }

    /// Tables of DQT: precision and destination, then 64 values (B.2.4.1).
    private mutating func quantise(_ data: [UInt8]) {
        var position = 0
        while position < data.count {
            quantisers.insert(Int(data[position] & 15))
            position += 1 + (data[position] >> 4 == 0 ? 64 : 128)
        }
    }

    private func checkScan(_ scan: Scan, report: (Diagnostic) -> Void) {
        let frame = image.header.frame
        var missing: Set<String> = []
        for part in scan.parts {
            if !frame.isArithmetic {
                // Refinement of DC coefficients is bits without codes (G.1.2.1).
                if scan.start == 0 || frame.process == .lossless, scan.high == 0, !huffman.contains([0, part.dc]) {
                    missing.insert("the DC table \(part.dc)")
                }
                if scan.end > 0, frame.process != .lossless, !huffman.contains([1, part.ac]) {
                    missing.insert("the AC table \(part.ac)")
                }
            }
            let quantiser = frame.components[part.component].table
            if frame.process != .lossless, !quantisers.contains(quantiser) { missing.insert("the quantisers \(quantiser)") }
        }
        for table in missing.sorted() {
            report(
                Diagnostic(
                    "JPEG SOS", "the scan needs \(table), which no segment before it defines", at: scan.offset, clause: "T.81 B.2.4"
                ))
        }
    }
}
