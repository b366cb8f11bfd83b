// What the data of an image have to be beyond what reading needs (BIIF profile BPJ2K01.10; MIL-STD-2500C Table A-3).

import ImageryBase
import ImageryJPEG2000
import ImageryPlumbing

extension NITFImage: ValidatedSource {
    func validate(report: (Diagnostic) -> Void) {
        var codestream: JPEG2000Image?
        if case .whole(let whole) = coding { codestream = whole as? JPEG2000Image }
        // NITF 2.0 has no IID1.
        if record.place("IID1") != nil {
            ImageRules(
                header: header, record: record, dataBytes: data.count,
                isReversible: codestream.map { JPEG2000Streams.isReversible($0.stored) }, context: context
            ).check(report: report)
        }
        codestream?.validate(report: report)
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
        // The signature box of JP2. Files that the test facility of the standard gave out have it.
        if let head = try? data.source.copy(start..<start + 8, of: data.context), head == [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20] {
            report(
                Diagnostic(
                    data.context, "the data are a JP2 file, where only its codestream belongs", at: start, severity: .warning,
                    clause: "BPJ2K01.10"))
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
