import ImageryBase
import ImageryPlumbing
import ImageryTags

/// A small file that stands beside an image and says where that lies: a world file, GDAL's `.aux.xml`, a vendor's `.RPB` or `_RPC.TXT`.
enum SideFile {
    case world, auxiliary, block, list

    private static let worldExtensions: Set<String> = [
        "wld", "tfw", "tifw", "tiffw", "jgw", "jpgw", "jpegw", "pgw", "pngw", "j2w", "jp2w", "ntw", "ntfw", "nitfw",
    ]
    /// Larger ones are none.
    private static let maxBytes = 1 << 20

    /// What the name of a path says; nil for names of other files.
    init?(name: String) {
        let name = name.lowercased()
        if name.hasSuffix(".aux.xml") {
            self = .auxiliary
        } else if name.hasSuffix(".rpb") {
            self = .block
        } else if name.hasSuffix("_rpc.txt") {
            self = .list
        } else if let dot = name.lastIndex(of: "."), Self.worldExtensions.contains(String(name[name.index(after: dot)...])) {
            self = .world
        } else {
            return nil
        }
    }

    /// What the file says in the place of what the image says itself.
    ///
    /// Throws kind malformed when it does not hold what its name says.
    func apply(_ source: any ByteSource, name: String, to place: inout Georeference) throws(ImageryError) {
        let count = source.byteCount
        guard count > 0, count <= Self.maxBytes else {
            throw ImageryError(.malformed, name, "a side file has 1 to \(Self.maxBytes) bytes, this one has \(count)")
        }
        let text = String(decoding: try source.copy(0..<count, of: name), as: UTF8.self)
        func broken(_ what: String) -> ImageryError { ImageryError(.malformed, name, "the file is no \(what)") }
        switch self {
        case .world:
            let numbers = text.split(whereSeparator: \.isWhitespace).map { Double($0) }
            let terms = numbers.prefix(6).compactMap(\.self).filter(\.isFinite)
            guard terms.count == 6 else { throw broken("world file of six numbers") }
            // The last two are the centre of the first pixel.
            place.affine = Georeference.Affine(
                originX: terms[4] - (terms[0] + terms[2]) / 2, originY: terms[5] - (terms[1] + terms[3]) / 2, xPerColumn: terms[0],
                xPerRow: terms[2], yPerColumn: terms[1], yPerRow: terms[3])
            (place.corners, place.controlPoints) = (nil, [])
        case .auxiliary:
            guard let root = XMLReader.parse(Array(text.utf8)), root.name == "PAMDataset" else {
                throw broken("PAMDataset of GDAL")
            }
            Self.apply(root, to: &place)
        case .block:
            guard let camera = Georeference.RationalPolynomial(named: Self.assignments(text), Self.blockNames) else {
                throw broken("RPB with all numbers of a camera")
            }
            place.rationalPolynomial = camera
        case .list:
            guard let camera = Georeference.RationalPolynomial(named: Self.lines(text), Self.listNames) else {
                throw broken("list of all numbers of a camera")
            }
            place.rationalPolynomial = camera
        }
    }

    // MARK: Auxiliary files

    private static func apply(_ root: XMLElement, to place: inout Georeference) {
        for child in root.children {
            switch child.name {
            case "SRS": place.crs = code(child.text) ?? place.crs
            case "GeoTransform":
                let terms = numbers(child.text)
                guard terms.count == 6 else { continue }
                place.affine = Georeference.Affine(
                    originX: terms[0], originY: terms[3], xPerColumn: terms[1], xPerRow: terms[2], yPerColumn: terms[4],
                    yPerRow: terms[5])
                (place.corners, place.controlPoints) = (nil, [])
            case "GCPList":
                let points = child.children.compactMap { point -> Georeference.ControlPoint? in
                    func number(_ name: String) -> Double? { point.attribute(name).flatMap { Double($0) } }
                    guard let column = number("Pixel"), let row = number("Line"), let x = number("X"), let y = number("Y") else {
                        return nil
                    }
                    return .init(column: column, row: row, x: x, y: y, z: number("Z") ?? 0)
                }
                guard !points.isEmpty else { continue }
                place.controlPoints = points
                place.crs = child.attribute("Projection").flatMap(code) ?? place.crs
            case "Metadata" where child.attribute("domain") == "RPC":
                let items = child.children.compactMap { item in item.attribute("key").map { ($0, numbers(item.text)) } }
                let named = Dictionary(items, uniquingKeysWith: { first, _ in first })
                place.rationalPolynomial = .init(named: named, listNames) ?? place.rationalPolynomial
            default: break
            }
        }
    }

    /// `EPSG:n` of the last authority of a well-known text: that of the whole system.
    private static func code(_ text: String) -> String? {
        let marks = ["AUTHORITY[\"EPSG\",\"", "ID[\"EPSG\","]
        let trimmed = text.filter { !$0.isWhitespace }
        for mark in marks {
            guard let start = trimmed.lastRange(of: mark) else { continue }
            let digits = trimmed[start...].prefix { $0.isASCII && $0.isNumber }
            let rest = trimmed[start...].dropFirst(digits.count).filter { $0 != "\"" && $0 != "]" }
            if !digits.isEmpty, rest.isEmpty { return "EPSG:\(digits)" }
        }
        return nil
    }

    // MARK: Cameras

    /// The names of a camera's numbers: offsets and scales of line, sample, latitude, longitude, height; coefficients; errors.
    struct Names {
        var offsets, scales, coefficients, errors: [String]
    }

    private static let blockNames = Names(
        offsets: ["lineOffset", "sampOffset", "latOffset", "longOffset", "heightOffset"],
        scales: ["lineScale", "sampScale", "latScale", "longScale", "heightScale"],
        coefficients: ["lineNumCoef", "lineDenCoef", "sampNumCoef", "sampDenCoef"], errors: ["errBias", "errRand"])
    private static let listNames = Names(
        offsets: ["LINE_OFF", "SAMP_OFF", "LAT_OFF", "LONG_OFF", "HEIGHT_OFF"],
        scales: ["LINE_SCALE", "SAMP_SCALE", "LAT_SCALE", "LONG_SCALE", "HEIGHT_SCALE"],
        coefficients: ["LINE_NUM_COEFF", "LINE_DEN_COEFF", "SAMP_NUM_COEFF", "SAMP_DEN_COEFF"], errors: ["ERR_BIAS", "ERR_RAND"])

    private static func numbers(_ text: some StringProtocol) -> [Double] {
        text.split { $0.isWhitespace || "(),;".contains($0) }.compactMap { Double($0) }.filter(\.isFinite)
    }

    /// `name = value;`, values also lists in brackets over many lines.
    private static func assignments(_ text: String) -> [String: [Double]] {
        var found: [String: [Double]] = [:]
        for statement in text.split(separator: ";") {
            let sides = statement.split(separator: "=")
            guard sides.count >= 2, let name = sides[sides.count - 2].split(whereSeparator: \.isWhitespace).last else { continue }
            found[String(name)] = numbers(sides[sides.count - 1])
        }
        return found
    }

    /// `NAME: value unit`; coefficients have `_n` behind their names.
    private static func lines(_ text: String) -> [String: [Double]] {
        var found: [String: [Double]] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let sides = line.split(separator: ":")
            guard sides.count == 2, let value = numbers(sides[1]).first else { continue }
            var name = String(sides[0].filter { !$0.isWhitespace })
            if name.contains("_COEFF_"), let bar = name.lastIndex(of: "_") { name = String(name[..<bar]) }
            found[name, default: []].append(value)
        }
        return found
    }
}

extension Georeference.RationalPolynomial {
    /// Nil unless every number but the errors is there.
    fileprivate init?(named found: [String: [Double]], _ names: SideFile.Names) {
        let offsets = names.offsets.compactMap { found[$0]?.first }
        let scales = names.scales.compactMap { found[$0]?.first }.filter { $0 != 0 }
        let polynomials = names.coefficients.compactMap { found[$0] }.filter { $0.count == 20 }
        guard offsets.count == 5, scales.count == 5, polynomials.count == 4 else { return nil }
        let errors = names.errors.map { found[$0]?.first }
        self.init(
            errorBias: errors[0], errorRandom: errors[1], offsets: offsets, scales: scales, lineNumerator: polynomials[0],
            lineDenominator: polynomials[1], sampleNumerator: polynomials[2], sampleDenominator: polynomials[3])
    }
}

extension String {
    /// Where the text behind the last occurrence of `mark` begins.
    fileprivate func lastRange(of mark: String) -> Index? {
        let (text, mark) = (utf8, Array(mark.utf8))
        var start = text.endIndex
        while start != text.startIndex {
            start = text.index(before: start)
            if text[start...].starts(with: mark) { return text.index(start, offsetBy: mark.count) }
        }
        return nil
    }
}
