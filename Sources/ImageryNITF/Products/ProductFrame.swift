// A frame of a raster product in NITF: CADRG and CIB (MIL-STD-2411, MIL-STD-2411-2, MIL-C-89038, MIL-PRF-89041).

import ImageryBase
import ImageryPlumbing

/// What the components of a frame say. They are reached through the location section at the start of the extension RPFIMG.
struct ProductFrame: Sendable {
    private let source: any ByteSource
    private let locations: LocationSection
    private let isBigEndian: Bool
    private let context: String
    /// The name of the frame in the header section (RPFHDR); empty when there is none.
    let name: String
    /// GOVERNING_STANDARD_NUMBER and its date.
    let standard: (number: String, date: String)

    /// Nil when the image has no RPFIMG, or no location section lies there, which is reported.
    init?(_ image: Header, file: Header, in source: any ByteSource, context: String, report: (Diagnostic) -> Void) {
        guard let located = image.extension("RPFIMG") else { return nil }
        let header = file.extension("RPFHDR")?.bytes ?? []
        isBigEndian = header.first != 0xff
        guard let locations = LocationSection(ComponentBytes(bytes: located.bytes, isBigEndian: isBigEndian)) else {
            report(
                Diagnostic(
                    context, "RPFIMG holds no location section", at: located.offset, clause: "MIL-STD-2411, location section"))
            return nil
        }
        self.locations = locations
        self.source = source
        self.context = context
        let section = ComponentBytes(bytes: header, isBigEndian: isBigEndian)
        name = section.text(3, 12) ?? ""
        standard = (section.text(16, 15) ?? "", section.text(31, 8) ?? "")
    }

    /// `count` bytes of a component from `offset`, fewer where the file ends; nil when the component is not listed or begins behind the file.
    func bytes(_ component: ProductComponent, at offset: Int = 0, count: Int) throws(ImageryError) -> ComponentBytes? {
        guard let place = locations.place(component), let start = checkedSum(place, offset), start < source.byteCount else {
            return nil
        }
        let range = start..<min(source.byteCount, checkedSum(start, count) ?? .max)
        return ComponentBytes(bytes: try source.copy(range, of: context), isBigEndian: isBigEndian)
    }

    // MARK: Vector quantisation

    /// Where the mask, the tables and the codes lie; nil when the location section does not list codes and tables.
    ///
    /// Throws kind malformed when what is listed does not lie in the file or contradicts the subheader.
    func vectors(_ subheader: ImageSubheader, data: Range<Int>) throws(ImageryError) -> (header: VectorHeader, mask: ImageDataMask)?
    {
        guard let display = locations.place(.displayParameters), let compression = locations.place(.compression),
            let lookup = locations.place(.lookup), let codes = locations.place(.spatialData)
        else { return nil }
        let header = try VectorHeader(
            source, .init(display: display, compression: compression, lookup: lookup), end: source.byteCount, subheader,
            isBigEndian: isBigEndian, context: context)
        guard data.contains(codes) || codes == data.upperBound else {
            throw ImageryError(.malformed, context, "the location section puts the codes outside of the image's data", at: codes)
        }
        let (table, padCode) = try maskTable(blocks: subheader.blockCount ?? .max)
        return (
            header,
            ImageDataMask(source, dataStart: codes, blockTable: table, padCode: padCode, isBigEndian: isBigEndian, context: context)
        )
    }

    /// The mask subsection (138): where the table of subframes lies, nil when all are recorded, and the code of transparent pixels.
    private func maskTable(blocks: Int) throws(ImageryError) -> (table: Range<Int>?, padCode: [UInt8]) {
        guard let start = locations.place(.mask) else { return (nil, []) }
        guard let head = try bytes(.mask, count: 6 + 8), let recordLength = head.number(0, 2), let codeBits = head.number(4, 2)
        else {
            throw ImageryError(.malformed, context, "the mask subsection lies outside of the file", at: start)
        }
        let codeBytes = ceilDivide(codeBits, 8)
        guard codeBytes <= 8, head.bytes.count >= 6 + codeBytes else {
            throw ImageryError(.malformed, context, "a transparent pixel has \(codeBits) bits", at: start)
        }
        let padCode = Array(head.bytes[6..<6 + codeBytes])
        // Its offset stands in the image description; without one it follows the code when its records have a length.
        let stated = try bytes(.imageDescription, count: 28)?.number(20, 4)
        let isStated = stated != nil && stated != 0 && stated != Self.none
        guard isStated || recordLength == 4 else { return (nil, padCode) }
        let offset = isStated ? stated ?? 0 : 6 + codeBytes
        guard let first = checkedSum(start, offset), let size = checkedProduct(blocks, 4), let end = checkedSum(first, size),
            end <= source.byteCount
        else { throw ImageryError(.malformed, context, "the table of \(blocks) subframes lies outside of the file", at: start) }
        return (first..<end, padCode)
    }

    /// An offset that says that there is no table, or no subframe.
    private static let none = 0xFFFF_FFFF

    // MARK: Place

    /// The coverage section (130): the outer edges of the frame, and its resolution; nil when it is missing or means nothing.
    func coverage() throws(ImageryError) -> ProductCoverage? {
        guard let section = try bytes(.coverage, count: ProductCoverage.size) else { return nil }
        return ProductCoverage(section, at: 0)
    }

    /// Where the frame of `columns` x `rows` pixels lies: from its coverage section, else from its name.
    func georeference(columns: Int, rows: Int) throws(ImageryError) -> Georeference? {
        let name = FrameName(name)
        if let place = try coverage()?.georeference(columns: columns, rows: rows, polarCorners: name?.polarCorners) { return place }
        return name?.coverage?.georeference(columns: columns, rows: rows, polarCorners: name?.polarCorners)
    }
}

extension Header {
    /// The data of the first extension of that tag in any of the header's areas.
    func `extension`(_ tag: String) -> (bytes: [UInt8], offset: Int)? {
        for area in areas.sorted(by: { $0.key < $1.key }) {
            for part in area.value { if let found = part.data(of: tag) { return found } }
        }
        return nil
    }
}
