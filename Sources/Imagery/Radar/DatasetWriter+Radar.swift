public import ImageryBase
import ImageryNITF
import ImageryPrimitives
import ImageryTags

extension DatasetWriter {
    /// Adds an image of another dataset with its SICD or SIDD document: see `add(product:image:georeference:options:reading:)`.
    public func add(
        product document: some RandomAccessCollection<UInt8>, image: ImageAsset, options: WriteOptions = WriteOptions()
    ) throws(ImageryError) {
        try add(product: document, image: image.source, options: options, reading: image.asset.dataset.options)
    }

    /// Adds a SICD or SIDD product: an image and the XML document about it, with the names and fields that NGA.STND.0024-2 and NGA.STND.0025-2 ask
    /// for in an NITF file. Segments are one block of whole rows, as many as it takes; bands of complex samples are I and Q.
    ///
    /// - Parameters:
    ///   - document: XML whose root is SICD or SIDD. It is stored as it is. Documents without an image, as a SIDD has them of the SICD that it was made
    ///     of, are added with ``add(document:)``.
    ///   - source: the pixels that the document tells of: its rows and columns, and its pixel type (RE32F_IM32F, RE16I_IM16I, AMP8I_PHS8I; MONO8I, MONO8LU,
    ///     MONO16I, RGB8LU, RGB24I). Complex samples may be bands of real and imaginary parts, or of a complex type.
    ///   - options: how to write the image.
    ///   - reading: how to read the source.
    /// - Throws: kind misuse for another format than NITF, for what is no such document, and for pixels that are not those of the document.
    public func add(
        product document: some RandomAccessCollection<UInt8>, image source: any ImageSource, options: WriteOptions = WriteOptions(),
        reading: ReadOptions = ReadOptions()
    ) throws(ImageryError) {
        let bytes = Array(document)
        let product = try RadarDocument(bytes)
        guard format == .nitf || format == .nsif else {
            throw ImageryError(.misuse, Self.context, "\(product.fields.kind) files are NITF, not \(format.rawValue)")
        }
        let pixels: any ImageSource
        if product.isComplex { pixels = ComplexParts(source) ?? UncoloredImage(of: source) } else { pixels = source }
        try product.check(pixels.layout)
        var fields = product.fields
        fields.number = productCount + 1
        var own = options
        let block = pixels.layout.shape
        if own.blockWidth == nil, own.blockHeight == nil { (own.blockWidth, own.blockHeight) = (block.columns, block.rows) }
        own.compression = own.compression ?? .uncompressed
        if own.compression == .uncompressed, block.bands > 1 { own.interleave = .pixel }
        try add(image: pixels, metadata: fields.image(bands: product.bandNames), options: own, reading: reading)
        try add(data: bytes, metadata: fields.document)
        if metadata?.schema != .nitf {
            metadata = Metadata(schema: .nitf, entries: [Metadata.Entry("FTITLE", Value(text: fields.title))])
        }
        productCount += 1
    }

    /// Adds a SICD or SIDD document without an image. Throws kind misuse for what is none.
    public func add(document: some RandomAccessCollection<UInt8>) throws(ImageryError) {
        let bytes = Array(document)
        try add(data: bytes, metadata: try RadarDocument(bytes).fields.document)
    }

    fileprivate static let context = "radar product"
}

/// An image whose bands are no colors: I and Q, or M and P.
private struct UncoloredImage: ImageSource {
    private let stored: any ImageSource

    init(of stored: any ImageSource) { self.stored = stored }

    var layout: ImageLayout { stored.layout }
    var colorModel: ColorModel { .undefined(layout.shape.bands) }

    func hasBlock(row: Int, column: Int) -> Bool { stored.hasBlock(row: row, column: column) }
    func byteRanges(_ request: ReadRequest) throws(ImageryError) -> [Range<Int>] { try stored.byteRanges(request) }
    func makeReader(_ context: ReadContext) -> any ImageReader { stored.makeReader(context) }
}

/// A SICD or SIDD document that is written.
private struct RadarDocument {
    let fields: RadarFields
    private let pixelType: String?
    private let size: (rows: Int?, columns: Int?)

    init(_ bytes: [UInt8]) throws(ImageryError) {
        guard let xml = XMLReader.parse(bytes) else {
            throw ImageryError(.misuse, DatasetWriter.context, "the document is no XML that can be read")
        }
        let corners: [Georeference.Point]?
        let classification: String?
        var fields: RadarFields
        if let document = SICD(xml) {
            fields = RadarFields(kind: "SICD", version: document.version, namespace: xml.ownNamespace, number: 1)
            fields.name = document.coreName ?? ""
            fields.sensor = document.collectorName ?? ""
            fields.collected = document.collectStart ?? ""
            fields.made = document.creationTime ?? ""
            classification = document.classification
            corners = document.corners
            (pixelType, size) = (document.pixelType, (document.rows, document.columns))
        } else if let document = SIDD(xml) {
            fields = RadarFields(kind: "SIDD", version: document.version, namespace: xml.ownNamespace, number: 1)
            fields.name = document.productName ?? ""
            fields.sensor = document.sensorName ?? ""
            fields.collected = document.collectStart ?? ""
            fields.made = document.creationTime ?? ""
            classification = document.classification
            corners = document.corners
            (pixelType, size) = (document.pixelType, (document.rows, document.columns))
        } else {
            throw ImageryError(.misuse, DatasetWriter.context, "the root of the document is \(xml.localName), not SICD or SIDD")
        }
        fields.corners = corners ?? []
        if let classification { fields.classification = try Self.letter(of: classification) }
        self.fields = fields
    }

    /// ISCLAS and DESCLAS of a classification in words or by its letters, the first that is known of "SECRET//NOFORN" or of two languages.
    private static func letter(of classification: String) throws(ImageryError) -> String {
        let letters = [
            "UNCLASSIFIED": "U", "U": "U", "RESTRICTED": "R", "R": "R", "CONFIDENTIAL": "C", "C": "C", "SECRET": "S", "S": "S",
            "TOP SECRET": "T", "TS": "T",
        ]
        let words = classification.uppercased().split(separator: "/").map { String($0).trimmedText }
        guard let letter = words.lazy.compactMap({ letters[$0] }).first else {
            throw ImageryError(
                .misuse, DatasetWriter.context, "the document's classification \(classification) is none that NITF has a letter for"
            )
        }
        return letter
    }

    var isComplex: Bool { fields.kind == "SICD" }

    /// ISUBCAT of the bands of complex images.
    var bandNames: [String] {
        switch pixelType {
        case _ where !isComplex: []
        case "AMP8I_PHS8I": ["M", "P"]
        default: ["I", "Q"]
        }
    }

    /// Throws when the document tells of other pixels.
    func check(_ layout: ImageLayout) throws(ImageryError) {
        func wrong(_ message: String) -> ImageryError { ImageryError(.misuse, DatasetWriter.context, message) }
        guard size.rows == layout.shape.rows, size.columns == layout.shape.columns else {
            let told = "\(size.rows.map { "\($0)" } ?? "no") rows and \(size.columns.map { "\($0)" } ?? "no") columns"
            throw wrong("the document tells of \(told), the image has \(layout.shape.rows) and \(layout.shape.columns)")
        }
        let types: [String: (bands: Int, type: PixelType)] = [
            "RE32F_IM32F": (2, .float32), "RE16I_IM16I": (2, .int16), "AMP8I_PHS8I": (2, .uint8), "MONO8I": (1, .uint8),
            "MONO8LU": (1, .uint8), "MONO16I": (1, .uint16), "RGB8LU": (1, .uint8), "RGB24I": (3, .uint8),
        ]
        guard let name = pixelType, let (bands, type) = types[name] else {
            throw wrong(
                "the document's pixel type is \(pixelType ?? "not told"), none of \(types.keys.sorted().joined(separator: ", "))")
        }
        guard bands == layout.shape.bands, type == layout.pixelType else {
            let asked = "\(bands) \(bands == 1 ? "band" : "bands") of \(type.rawValue)"
            throw wrong("\(name) is \(asked), the image has \(layout.shape.bands) of \(layout.pixelType.rawValue)")
        }
    }
}
