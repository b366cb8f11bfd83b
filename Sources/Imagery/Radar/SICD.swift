public import ImageryBase
import ImageryPlumbing
public import ImageryTags

/// Sensor independent complex data (NGA.STND.0024-1): what the XML of a SICD file says of its image, in every version. What is missing or
/// unreadable is nil.
public struct SICD: Sendable {
    /// The whole document.
    public let xml: XMLElement
    /// The version of the schema, from its namespace: `"1.2.1"`.
    public let version: String

    /// The document, if its root is a SICD's.
    init?(_ xml: XMLElement) {
        guard xml.localName == "SICD" else { return nil }
        self.xml = xml
        version = xml.schemaVersion
    }

    /// Rows of the image.
    public var rows: Int? { xml.integer("ImageData", "NumRows") }
    /// Columns of the image.
    public var columns: Int? { xml.integer("ImageData", "NumCols") }
    /// The first row in the full image, of which a chip is a part.
    public var firstRow: Int? { xml.integer("ImageData", "FirstRow") }
    /// The first column in the full image.
    public var firstColumn: Int? { xml.integer("ImageData", "FirstCol") }
    /// RE32F_IM32F, RE16I_IM16I or AMP8I_PHS8I.
    public var pixelType: String? { xml.text("ImageData", "PixelType") }
    /// The amplitudes of AMP8I_PHS8I by number, 256 of them; nil when the numbers are the amplitudes.
    public var amplitudes: [Double]? {
        guard let table = xml.element("ImageData", "AmpTable") else { return nil }
        var values = [Double?](repeating: nil, count: 256)
        for entry in table.children where entry.localName == "Amplitude" {
            guard let index = entry.attribute("index").flatMap({ Int($0) }), values.indices.contains(index) else { return nil }
            values[index] = Double(entry.text.trimmedText)
        }
        let known = values.compactMap { $0 }
        return known.count == values.count ? known : nil
    }

    /// The plane of the image: SLANT, GROUND or OTHER.
    public var imagePlane: String? { xml.text("Grid", "ImagePlane") }
    /// The type of its grid: RGAZIM, RGZERO, XRGYCR, XCTYAT or PLANE.
    public var gridType: String? { xml.text("Grid", "Type") }
    /// Metres between rows.
    public var rowSpacing: Double? { xml.number("Grid", "Row", "SS") }
    /// Metres between columns.
    public var columnSpacing: Double? { xml.number("Grid", "Col", "SS") }
    /// The scene center point: x longitude, y latitude in degrees.
    public var sceneCenter: Georeference.Point? {
        xml.element("GeoData", "SCP", "LLH")?.position
    }
    /// Its height above the ellipsoid in metres.
    public var sceneCenterHeight: Double? { xml.number("GeoData", "SCP", "LLH", "HAE") }
    /// The row and column of the scene center point in the full image.
    public var sceneCenterPixel: (row: Double, column: Double)? { xml.element("ImageData", "SCPPixel")?.pixel }
    /// The ground under first row first column, first row last column, last row last column, last row first column.
    public var corners: [Georeference.Point]? { xml.element("GeoData", "ImageCorners")?.positions(of: "ICP") }

    /// When the collection began, as text of ISO 8601.
    public var collectStart: String? { xml.text("Timeline", "CollectStart") }
    /// How many seconds the collection took.
    public var collectDuration: Double? { xml.number("Timeline", "CollectDuration") }
    /// When the document was made, in the same form.
    var creationTime: String? { xml.text("ImageCreation", "DateTime") }
    /// As words: `"UNCLASSIFIED"`.
    var classification: String? { xml.text("CollectionInfo", "Classification") }
    /// The platform that collected.
    public var collectorName: String? { xml.text("CollectionInfo", "CollectorName") }
    /// The name of the collection and image.
    public var coreName: String? { xml.text("CollectionInfo", "CoreName") }
    /// SPOTLIGHT, STRIPMAP or DYNAMIC STRIPMAP.
    public var mode: String? { xml.text("CollectionInfo", "RadarMode", "ModeType") }
    /// Transmitted and received polarisation that the image was made of, as `"V:H"`.
    public var polarization: String? { xml.text("ImageFormation", "TxRcvPolarizationProc") }
}

/// Sensor independent derived data (NGA.STND.0025-1): what the XML of a product says of its image, in every version.
public struct SIDD: Sendable {
    /// The whole document.
    public let xml: XMLElement
    /// The version of the schema, from its namespace: `"2.0.0"`.
    public let version: String

    /// The document, if its root is a SIDD's.
    init?(_ xml: XMLElement) {
        guard xml.localName == "SIDD" else { return nil }
        self.xml = xml
        version = xml.schemaVersion
    }

    /// The name of the product.
    public var productName: String? { xml.text("ProductCreation", "ProductName") }
    /// The kind of product, such as `"Dynamic Image"`.
    public var productClass: String? { xml.text("ProductCreation", "ProductClass") }
    /// MONO8I, MONO8LU, MONO16I, RGB8LU or RGB24I: how samples are displayed.
    public var pixelType: String? { xml.text("Display", "PixelType") }
    /// Bands of the image; from version 2 on.
    public var bandCount: Int? { xml.integer("Display", "NumBands") }
    /// The band to display first, from 1; from version 2 on.
    public var defaultBand: Int? { xml.integer("Display", "DefaultBandDisplay") }
    /// Rows and columns of the image.
    public var rows: Int? { xml.integer("Measurement", "PixelFootprint", "Row") }
    /// Columns of the image.
    public var columns: Int? { xml.integer("Measurement", "PixelFootprint", "Col") }
    /// How pixels lie on the ground: PlaneProjection, GeographicProjection, CylindricalProjection or PolynomialProjection.
    public var projection: String? {
        xml.element("Measurement")?.children.map { String($0.localName) }.first { $0.hasSuffix("Projection") }
    }
    /// Unit vectors of the product plane along rows and along columns, in earth-centred coordinates.
    public var productPlane: (row: [Double], column: [Double])? {
        guard let plane = xml.element("Measurement", "PlaneProjection", "ProductPlane"),
            let row = plane.element("RowUnitVector")?.vector, let column = plane.element("ColUnitVector")?.vector
        else { return nil }
        return (row, column)
    }
    /// The ground under the corners, in the order of ``SICD/corners``.
    public var corners: [Georeference.Point]? {
        xml.element("GeoData", "ImageCorners")?.positions(of: "ICP")
            ?? xml.element("GeographicAndTarget", "GeographicCoverage", "Footprint")?.positions(of: "Vertex")
    }
    /// When the first collection began, as text of ISO 8601.
    public var collectStart: String? {
        xml.text("ExploitationFeatures", "Collection", "Information", "CollectionDateTime")
    }
    /// When the document was made, in the same form.
    var creationTime: String? { xml.text("ProductCreation", "ProcessorInformation", "ProcessingDateTime") }
    /// As letters, of the attributes that ISM names.
    var classification: String? {
        xml.element("ProductCreation", "Classification")?.attributes
            .first { $0.name.split(separator: ":").last == "classification" }?.value
    }
    /// The sensor of the first collection.
    var sensorName: String? { xml.text("ExploitationFeatures", "Collection", "Information", "SensorName") }
    /// SPOTLIGHT, STRIPMAP or DYNAMIC STRIPMAP.
    public var mode: String? { xml.text("ExploitationFeatures", "Collection", "Information", "RadarMode", "ModeType") }
}

extension Dataset {
    /// What a SICD file says of its image; nil for other files. Read from the data extensions whenever it is asked for.
    public var complexProduct: SICD? { radarDocuments.lazy.compactMap { SICD($0) }.first }

    /// What a SIDD file says of its products, in their order; empty for other files.
    public var derivedProducts: [SIDD] { radarDocuments.compactMap { SIDD($0) } }

    /// The documents of extensions whose content is XML.
    private var radarDocuments: [XMLElement] {
        data.filter { $0.mediaType == "application/xml" }.compactMap { asset in
            guard asset.entry.byteRanges.allSatisfy({ $0.count <= Self.longestDocument }) else { return nil }
            do throws(ImageryError) {
                return XMLReader.parse(try asset.rawBytes())
            } catch {
                return nil
            }
        }
    }

    /// Longer documents are not read.
    private static var longestDocument: Int { 8 << 20 }
}

extension XMLElement {
    /// The name without its prefix.
    var localName: Substring { name.split(separator: ":").last ?? "" }

    /// The namespace of the root: urn:SICD:1.2.1.
    var ownNamespace: String {
        let namespaces = attributes.filter { $0.name == "xmlns" || $0.name.hasPrefix("xmlns:") }.map(\.value)
        return namespaces.first { $0.hasPrefix("urn:\(localName):") } ?? ""
    }

    /// The end of the namespace.
    fileprivate var schemaVersion: String { ownNamespace.split(separator: ":").last.map(String.init) ?? "" }

    /// The first element on a path of names below this one.
    func element(_ path: String...) -> XMLElement? { element(path[...]) }

    private func element(_ path: ArraySlice<String>) -> XMLElement? {
        guard let name = path.first else { return self }
        return children.first { $0.localName == name }?.element(path.dropFirst())
    }

    fileprivate func text(_ path: String...) -> String? { element(path[...])?.text.trimmedText }
    fileprivate func integer(_ path: String...) -> Int? { element(path[...]).flatMap { Int($0.text.trimmedText) } }
    fileprivate func number(_ path: String...) -> Double? { element(path[...]).flatMap { Double($0.text.trimmedText) } }

    /// Lat and Lon.
    fileprivate var position: Georeference.Point? {
        guard let latitude = number("Lat"), let longitude = number("Lon") else { return nil }
        return .init(x: longitude, y: latitude)
    }

    /// Row and Col.
    fileprivate var pixel: (row: Double, column: Double)? {
        guard let row = number("Row"), let column = number("Col") else { return nil }
        return (row, column)
    }

    /// X, Y and Z.
    fileprivate var vector: [Double]? {
        guard let x = number("X"), let y = number("Y"), let z = number("Z") else { return nil }
        return [x, y, z]
    }

    /// The four positions of the elements of that name; nil when there are not four.
    fileprivate func positions(of name: String) -> [Georeference.Point]? {
        let found = children.filter { $0.localName == name }.compactMap(\.position)
        return found.count == 4 ? found : nil
    }
}
