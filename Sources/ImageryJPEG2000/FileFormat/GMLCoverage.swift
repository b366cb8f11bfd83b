// Where an image lies as a coverage of GML in boxes of a JP2 file (OGC 05-047r3 GMLJP2 1.0, clauses 7 and 8; GML 3.1.1, 19.2 and 19.3).

import ImageryBase
import ImageryTags

/// A rectified grid of GML, which ``Georeference/init(gml:)`` reads.
enum GMLCoverage {
    /// The document for an image of that size; nil for a place that is no grid with north up in a reference system whose order of axes is known.
    static func document(_ georeference: Georeference, columns: Int, rows: Int) -> [UInt8]? {
        guard let affine = georeference.affine, affine.xPerRow == 0, affine.yPerColumn == 0, let code = georeference.epsgCode,
            let axes = Axes(epsg: code)
        else { return nil }
        // The origin is the centre of the first pixel.
        let x = affine.originX + affine.xPerColumn / 2
        let y = affine.originY + affine.yPerRow / 2
        let system = "urn:ogc:def:crs:EPSG::\(code)"
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml"><gml:boundedBy><gml:Null>withheld</gml:Null></gml:boundedBy>
            <gml:featureMember><gml:FeatureCollection><gml:featureMember><gml:RectifiedGridCoverage dimension="2" gml:id="RGC0001">
            <gml:rectifiedGridDomain><gml:RectifiedGrid dimension="2" srsName="\(system)"><gml:limits><gml:GridEnvelope>
            <gml:low>0 0</gml:low><gml:high>\(columns - 1) \(rows - 1)</gml:high></gml:GridEnvelope></gml:limits>
            <gml:axisName>x</gml:axisName><gml:axisName>y</gml:axisName>
            <gml:origin><gml:Point gml:id="P0001" srsName="\(system)"><gml:pos>\(axes.text(x, y))</gml:pos></gml:Point></gml:origin>
            <gml:offsetVector srsName="\(system)">\(axes.text(affine.xPerColumn, 0))</gml:offsetVector>
            <gml:offsetVector srsName="\(system)">\(axes.text(0, affine.yPerRow))</gml:offsetVector>
            </gml:RectifiedGrid></gml:rectifiedGridDomain><gml:rangeSet><gml:File><gml:rangeParameters/>
            <gml:fileName>gmljp2://codestream/0</gml:fileName><gml:fileStructure>Record Interleaved</gml:fileStructure></gml:File></gml:rangeSet>
            </gml:RectifiedGridCoverage></gml:featureMember></gml:FeatureCollection></gml:featureMember></gml:FeatureCollection>

            """
        return Array(text.utf8)
    }

    /// The boxes of a document: an association of the label gml.data with that of the label gml.root-instance with the XML.
    static func append(_ document: [UInt8], to writer: inout BoxWriter) {
        var instance = BoxWriter()
        instance.append("lbl ", Array("gml.root-instance".utf8))
        instance.append("xml ", document)
        var data = BoxWriter()
        data.append("lbl ", Array("gml.data".utf8))
        data.append("asoc", instance.bytes)
        writer.append("asoc", data.bytes)
    }

    /// In which order a reference system has its axes.
    private enum Axes {
        case eastNorth
        case northEast

        /// Geographic systems have latitude first; of projected ones those that are known to begin with the easting: UTM on WGS 84, NAD 83, NAD 27
        /// and ETRS89, Mercator's, and the polar ones by their (E,N) forms.
        init?(epsg code: Int) {
            if ReferenceSystemKind.isGeographic(epsg: code) {
                self = .northEast
                return
            }
            let known = [32_601...32_660, 32_701...32_760, 26_901...26_923, 26_701...26_722, 25_828...25_838, 5_041...5_042]
            guard known.contains(where: { $0.contains(code) }) || code == 3_857 || code == 3_395 else { return nil }
            self = .eastNorth
        }

        func text(_ x: Double, _ y: Double) -> String { self == .eastNorth ? "\(x) \(y)" : "\(y) \(x)" }
    }
}

extension Georeference {
    /// The number of `EPSG:n`.
    fileprivate var epsgCode: Int? {
        guard let crs, crs.uppercased().hasPrefix("EPSG:") else { return nil }
        return Int(crs.dropFirst(5))
    }
}
