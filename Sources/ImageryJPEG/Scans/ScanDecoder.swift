// Images whose data is spread over several scans (T.81 A.2.3, B.2.1).

import ImageryBase

/// More scans than these are made by no encoder: 64 coefficients and 14 bits for each component are fewer.
private let maxScans = 500
/// Blocks that may be visited for each byte and block there is.
private let visitsPerUnit = 64

/// Decodes scan after scan into memory for the whole image.
protocol ScanDecoder: AnyObject {
    /// Before a scan, with the tables in force.
    func begin(_ scan: Scan, _ tables: DecodingTables)
    /// Decodes a scan; `entropy` is left behind its data.
    func decode(_ scan: Scan, _ tables: DecodingTables, _ entropy: EntropyState) throws(ImageryError)
}

extension ScanDecoder {
    /// Decodes every scan of the image, whose first one and whose tables are in its header.
    func decodeScans(_ image: CodedFrame, _ context: ReadContext) throws(ImageryError) {
        let header = image.header
        let layout = image.layoutOfFrame
        var tables = try image.tables()
        var scan = header.scan
        let entropy = try EntropyState(image.source, context)
        var visits = visitsPerUnit * (image.dataByteCount + layout.blockCount)
        var progress = Progression(header.frame, context)
        for _ in 0..<maxScans {
            let visited = scan.parts.reduce(0) { sum, part in
                let component = layout.components[part.component]
                return sum + layout.mcusWide * component.horizontal * layout.mcusHigh * component.vertical
            }
            visits -= visited
            guard visits >= 0 else { break }
            begin(scan, tables)
            let position: Int
            do throws(ImageryError) {
                try progress.note(scan)
                try entropy.start(scan, restartInterval: tables.restartInterval)
                try decode(scan, tables, entropy)
                position = entropy.endOfScan()
            } catch {
                guard context.salvage, error.kind == .malformed else { throw error }
                context.findings.add(Diagnostic(error))
                position = scan.dataOffset
            }
            guard let next = try nextScan(image, from: position, &tables, context) else {
                return try progress.finish(image.source.byteCount)
            }
            scan = next
        }
        throw ImageryError(
            .malformed, "JPEG SOS", "the image has more scans than its data is worth (\(maxScans) at most)", at: scan.offset)
    }

    /// Takes over the tables up to the next scan header; nil at the end of the image.
    private func nextScan(
        _ image: CodedFrame, from position: Int, _ tables: inout DecodingTables, _ context: ReadContext
    ) throws(ImageryError) -> Scan? {
        var reader = SegmentReader(source: image.source, position: position)
        do throws(ImageryError) {
            while let segment = try reader.next() {
                switch segment.marker {
                case Marker.eoi: return nil
                case Marker.sos: return try Scan(segment, segment.read(from: image.source), image.header.frame)
                case let code where Marker.isFrame(code):
                    throw ImageryError(.malformed, segment.context, "a second frame header in one image", at: segment.offset)
                case Marker.dqt, Marker.dht, Marker.dac, Marker.dri:
                    try tables.apply(segment.marker, segment.read(from: image.source), at: segment.offset)
                default: continue
                }
            }
        } catch {
            guard context.salvage, error.kind == .malformed else { throw error }
            context.findings.add(Diagnostic(error))
            return nil
        }
        let message = "the image ends without EOI: scans may be missing"
        context.findings.add(Diagnostic("JPEG", message, at: image.source.byteCount))
        return nil
    }
}

/// What has been sent of each component, for what must not come twice or not before (T.81 G.1.1.1).
struct Progression {
    private let isProgressive: Bool
    private var seen: [Bool]
    private let context: ReadContext

    init(_ frame: Frame, _ context: ReadContext) {
        isProgressive = frame.process == .progressive
        seen = frame.components.map { _ in false }
        self.context = context
    }

    mutating func note(_ scan: Scan) throws(ImageryError) {
        for part in scan.parts {
            // A second scan of a sequential component replaces nothing: it is not part of the image (T.81 A.2.3).
            if seen[part.component] && !isProgressive {
                throw ImageryError(.malformed, "JPEG SOS", "a second scan of component \(part.component)", at: scan.offset)
            }
            if isProgressive && scan.start > 0 && !seen[part.component] {
                context.findings.add(Diagnostic("JPEG SOS", "AC coefficients before the DC ones (T.81 G.1.1.1.1)", at: scan.offset))
            }
            seen[part.component] = true
        }
    }

    func finish(_ offset: Int) throws(ImageryError) {
        for index in seen.indices where !seen[index] {
            let error = ImageryError(.malformed, "JPEG", "component \(index) has no scan", at: offset)
            guard context.salvage else { throw error }
            context.findings.add(Diagnostic(error))
        }
    }
}
