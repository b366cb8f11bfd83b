// What the data of an image have to be beyond what reading needs (BIIF profile BPJ2K01.10; MIL-STD-2500C Table A-3).

import ImageryBase
import ImageryPlumbing

extension NITFImage: ValidatedSource {
    func validate(report: (Diagnostic) -> Void) {
        guard case .whole(let whole) = coding, let codestream = whole as? JPEG2000Image else { return }
        if header.compressionRate.isEmpty {
            report(
                Diagnostic(
                    context, "COMRAT is blank", at: record.place("COMRAT").map { record.offset + $0.lowerBound },
                    clause: "MIL-STD-2500C Table A-3, COMRAT"))
        }
        codestream.validate(report: report)
    }
}

extension DividedImage: ValidatedSource {
    func validate(report: (Diagnostic) -> Void) {
        for image in images { image.validate(report: report) }
    }
}

extension JPEG2000Image: ValidatedSource {
    /// The rules of the codestream, and of its place in a segment.
    func validate(report: (Diagnostic) -> Void) {
        // The signature box of JP2.
        if let head = try? data.source.copy(start..<start + 8, of: data.context), head == [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20] {
            report(
                Diagnostic(
                    data.context, "the data are a JP2 file, where only its codestream belongs", at: start, clause: "BPJ2K01.10")
            )
        }
        if !hasBlocksOfTiles {
            report(
                Diagnostic(
                    data.context, "NBPR, NBPC, NPPBH and NPPBV do not describe the tiles of the codestream", at: start,
                    severity: .warning, clause: "MIL-STD-2500C Table A-3, NPPBH"))
        }
        (stored as? any ValidatedSource)?.validate { report($0.placed(in: data.context, at: start)) }
    }
}
