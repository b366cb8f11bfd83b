package import ImageryPrimitives

extension Georeference {
    /// The value as a JSON object; unknown parts are left out.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            if let affine {
                json.key("affine")
                json.array { json in
                    for term in [
                        affine.originX, affine.xPerColumn, affine.xPerRow, affine.originY, affine.yPerColumn, affine.yPerRow,
                    ] {
                        json.number(term)
                    }
                }
            }
            if let corners {
                json.key("corners")
                json.array { json in for corner in corners { Self.write([corner.x, corner.y], to: &json) } }
            }
            if !controlPoints.isEmpty {
                json.key("controlPoints")
                json.array { json in for p in controlPoints { Self.write([p.column, p.row, p.x, p.y, p.z], to: &json) } }
            }
            if let rpc = rationalPolynomial {
                json.key("rpc")
                json.object { json in
                    let parts = [
                        ("offsets", rpc.offsets), ("scales", rpc.scales), ("lineNumerator", rpc.lineNumerator),
                        ("lineDenominator", rpc.lineDenominator), ("sampleNumerator", rpc.sampleNumerator),
                        ("sampleDenominator", rpc.sampleDenominator),
                    ]
                    for (name, numbers) in parts {
                        json.key(name)
                        Self.write(numbers, to: &json)
                    }
                }
            }
            if let crs {
                json.key("crs")
                json.string(crs)
            }
        }
    }

    private static func write(_ numbers: [Double], to json: inout JSONWriter) {
        json.array { json in numbers.forEach { json.number($0) } }
    }
}
