import FuzzSupport
import Imagery
import ImageryNITF

/// NITF's products, each chosen by the first byte: files as they are (frames of CADRG and CIB, tables of contents), and the documents of SICD and
/// SIDD, as a file has them and as a program writes a product with them. All that the library tells of them is asked for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProducts(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = input(data, size)
    guard let first = bytes.first else { return 0 }
    let rest = Array(bytes.dropFirst())
    switch first % 3 {
    case 0:
        useEverything(rest, as: .nitf)
        ask(rest)
    case 1:
        let file = try? Dataset.encoded(as: .nitf, options: WriteOptions(date: 0)) { writer in
            try writer.add(image: raster(bands: 2, as: Int16.self))
            try writer.add(data: rest, title: "XML_DATA_CONTENT")
        }
        if let file { ask(file) }
    default: write(rest)
    }
    return 0
}

/// Pixels of 3 x 2.
private func raster<T: Sample & FixedWidthInteger>(bands: Int, as _: T.Type) throws -> Raster {
    try Raster((0..<6 * bands).map { T($0) }, shape: Shape(bands: bands, rows: 3, columns: 2))
}

/// What a file says of its products.
private func ask(_ file: [UInt8]) {
    guard let dataset = try? Dataset(bytes: file, format: .nitf, options: fuzzOptions) else { return }
    if let document = dataset.complexProduct {
        _ = (document.rows, document.columns, document.firstRow, document.firstColumn, document.pixelType, document.amplitudes)
        _ = (document.imagePlane, document.gridType, document.rowSpacing, document.columnSpacing, document.sceneCenter)
        _ = (
            document.sceneCenterHeight, document.sceneCenterPixel, document.corners, document.collectStart, document.collectDuration
        )
        _ = (document.collectorName, document.coreName, document.mode, document.polarization, document.version)
    }
    for document in dataset.derivedProducts {
        _ = (
            document.productName, document.productClass, document.pixelType, document.bandCount, document.defaultBand, document.rows
        )
        _ = (document.columns, document.projection, document.productPlane, document.corners, document.collectStart, document.mode)
    }
    for image in dataset.images.prefix(4) {
        _ = image.georeference
        for part in [ComplexPart.magnitude, .phase, .decibel] where image.isComplex { _ = try? image.showing(part).read() }
    }
    _ = dataset.json
}

/// A product of the pixels with the input as its document: written as one that can be read, or refused.
private func write(_ document: [UInt8]) {
    for hasTwoBands in [true, false] {
        do {
            let source = try hasTwoBands ? raster(bands: 2, as: Int16.self) : raster(bands: 1, as: UInt8.self)
            let image = try Dataset(bytes: source.encoded(as: .tiff), format: .tiff).image()
            let sink = MemorySink()
            try Dataset.write(into: sink, format: .nitf, options: WriteOptions(date: 0)) { writer in
                try writer.add(product: document, image: image)
            }
            let written = try Dataset(bytes: sink.bytes, format: .nitf, options: fuzzOptions).image()
            require(written.height == 3 && written.width == 2, "the product has \(written.height) x \(written.width) pixels")
        } catch {
            require(error is ImageryError, "\(error)")
        }
    }
}
