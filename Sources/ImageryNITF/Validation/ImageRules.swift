// Fields of an image subheader that have to go with each other, and with the data (MIL-STD-2500C Table A-3; BIIF profile BPJ2K01.10).

import ImageryBase
import ImageryPlumbing

/// The rules of one image segment of NITF 2.1 or NSIF 1.0.
struct ImageRules {
    let header: ImageSubheader
    let record: FieldRecord
    /// Bytes of the data, of which a rate speaks.
    let dataBytes: Int
    /// Whether the codestream of JPEG 2000 can be without loss; nil for other images.
    let isReversible: Bool?
    let context: String

    private typealias Breach = (_ field: String, _ message: String, _ severity: Diagnostic.Severity) -> Void

    func check(report: (Diagnostic) -> Void) {
        func breach(_ field: String, _ message: String, _ severity: Diagnostic.Severity) {
            report(
                Diagnostic(
                    context, message, at: record.place(field).map { record.offset + $0.lowerBound }, severity: severity,
                    clause: record.clause(of: field)))
        }
        checkPixels(breach)
        checkBands(breach)
        checkBlocks(breach)
        checkRate(breach)
    }

    /// IC without the letter that tells of a mask.
    private var code: Substring { header.compression.dropFirst() }

    /// PVTYPE, NBPP and ABPP.
    private func checkPixels(_ breach: Breach) {
        let type = record.text("PVTYPE") ?? ""
        let sizes: Set<Int>
        switch (type, code) {
        case (_, "8"), (_, "D"): sizes = Set(1...38)
        case ("INT", "3"), ("INT", "5"),
            ("INT", "1") where header.compression == "I1":
            sizes = Set(2...16)
        case ("INT", _), ("SI", _): sizes = [8, 12, 16, 32, 64]
        case ("B", _): sizes = [1]
        case ("R", _): sizes = [32, 64]
        case ("C", _): sizes = [64]
        default: return
        }
        if !sizes.contains(header.bits) {
            breach("NBPP", "NBPP is \(header.bits), which PVTYPE \(type) does not have", .warning)
        }
        if ["B", "R", "C"].contains(type), header.actualBits != header.bits {
            breach("ABPP", "ABPP is \(header.actualBits), PVTYPE \(type) uses all \(header.bits) bits", .warning)
        }
        if code == "1", header.compression != "I1", type != "B" || header.bands != 1 {
            breach("IC", "IC \(header.compression) is for one band of PVTYPE B", .error)
        }
    }

    /// IREP with the number and the names of the bands.
    private func checkBands(_ breach: Breach) {
        let bands = record.places("IREPBAND").map { trimmedText(record.bytes, $0) }
        let tables = record.numbers("NLUTS").map { $0 ?? 0 }
        func count(_ wanted: Int) {
            if header.bands != wanted {
                breach(
                    "NBANDS", "IREP \(header.representation) has \(wanted) \(wanted == 1 ? "band" : "bands"), not \(header.bands)",
                    .error)
            }
        }
        func names(_ wanted: [String]) {
            if bands != wanted {
                breach("IREPBAND", "the bands of IREP \(header.representation) are \(wanted.joined(separator: ", "))", .warning)
            }
        }
        switch header.representation {
        case "MONO": count(1)
        case "RGB":
            count(3)
            names(["R", "G", "B"])
        case "YCbCr601":
            count(3)
            names(["Y", "Cb", "Cr"])
            if !["3", "8", "D"].contains(code) {
                breach("IREP", "YCbCr601 is for compressed images, not IC \(header.compression)", .warning)
            }
        case "RGB/LUT":
            count(1)
            if tables.first != 3 { breach("NLUTS", "IREP RGB/LUT has 3 look-up tables, not \(tables.first ?? 0)", .error) }
            names(["LU"])
        case "MULTI" where header.bands < 2: breach("NBANDS", "IREP MULTI has at least 2 bands", .warning)
        default: break
        }
        for (band, name) in bands.enumerated() where name == "LU" && band < tables.count && tables[band] == 0 {
            return breach("IREPBAND", "band \(band) is LU, but has no look-up table", .warning)
        }
    }

    /// IMODE, NBPR, NBPC, NPPBH and NPPBV.
    private func checkBlocks(_ breach: Breach) {
        let mode = record.text("IMODE") ?? ""
        let blocks = checkedProduct(header.blockColumns, header.blockRows) ?? .max
        if mode == "S", header.bands == 1 || blocks == 1 {
            breach("IMODE", "IMODE S is for several bands in several blocks", .warning)
        } else if mode != "B", header.bands == 1 {
            breach("IMODE", "IMODE is \(mode), where the image has one band", .warning)
        }
        let allowed: [Substring: String] = ["1": "B", "3": "BPS", "4": "B", "5": "BPS", "8": "B", "D": "B"]
        if let modes = allowed[code], mode.count == 1, !modes.contains(mode) {
            breach("IMODE", "IMODE is \(mode), which IC \(header.compression) does not have", .error)
        }
        if header.compression == "I1", blocks > 1 || header.rows > 2048 || header.columns > 2048 {
            breach("NBPR", "IC I1 is for one block of at most 2048 × 2048 pixels", .error)
        }
        for (size, count, name, pixels) in [
            ("NPPBH", header.blockColumns, "NBPR", header.columns), ("NPPBV", header.blockRows, "NBPC", header.rows),
        ] where record.number(size) == 0 {
            if count > 1 {
                breach(size, "\(size) is 0000, which is for one block, but \(name) is \(count)", .error)
            } else if pixels <= 8192 {
                breach(size, "\(size) is 0000, which is for more than 8192 pixels, not \(pixels)", .warning)
            }
        }
    }

    // MARK: COMRAT

    private func checkRate(_ breach: Breach) {
        guard record.place("COMRAT") != nil else { return }
        let rate = header.compressionRate
        guard !rate.isEmpty else { return breach("COMRAT", "COMRAT is blank", .error) }
        switch code {
        case "1" where header.compression != "I1":
            if !["1D", "2DS", "2DH"].contains(rate) { breach("COMRAT", "COMRAT is '\(rate)', not 1D, 2DS or 2DH", .error) }
        case "3", "5", "1":
            if digits(rate, pattern: "dd.d") == nil { breach("COMRAT", "COMRAT is '\(rate)', not of the form 00.0", .warning) }
        case "4":
            if digits(rate, pattern: "d.dd") == nil { breach("COMRAT", "COMRAT is '\(rate)', not of the form 0.75", .warning) }
        case "8", "D": checkWaveletRate(rate, breach)
        default: break
        }
    }

    /// Nxyz and Vxyz for xy.z bits a sample, wxyz for wx.yz.
    private func checkWaveletRate(_ rate: String, _ breach: Breach) {
        let stated: Double
        if let tenths = digits(rate.dropFirst(), pattern: "ddd"), rate.hasPrefix("N") || rate.hasPrefix("V") {
            stated = Double(tenths) / 10
        } else if let hundredths = digits(rate[...], pattern: "dddd") {
            stated = Double(hundredths) / 100
        } else {
            return breach("COMRAT", "COMRAT is '\(rate)', not Nxyz, Vxyz or wxyz", .warning)
        }
        if rate.hasPrefix("N"), isReversible == false {
            breach("COMRAT", "COMRAT is \(rate), without loss, but the codestream has the wavelet 9/7, which loses", .warning)
        }
        guard let samples = checkedProduct(header.rows, header.columns, header.bands), samples > 0 else { return }
        let real = Double(dataBytes) * 8 / Double(samples)
        // Rates may be those of the codestream without its headers, or of the bands before subsampling.
        if abs(real - stated) > max(0.1 * real, 0.1) {
            let shown = decimalText(real, decimals: 2) ?? ""
            breach("COMRAT", "COMRAT is \(rate), the data have \(shown) bits a sample", .remark)
        }
    }

    /// The number that `text` spells when it has digits for d, and the other characters of `pattern`.
    private func digits(_ text: some StringProtocol, pattern: String) -> Int? {
        guard text.utf8.count == pattern.utf8.count else { return nil }
        var value = 0
        for (byte, wanted) in zip(text.utf8, pattern.utf8) {
            if wanted != UInt8(ascii: "d") {
                guard byte == wanted else { return nil }
                continue
            }
            guard (0x30...0x39).contains(byte) else { return nil }
            value = 10 * value + Int(byte - 0x30)
        }
        return value
    }
}
