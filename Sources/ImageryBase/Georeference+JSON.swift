package import ImageryPrimitives

extension Georeference {
    /// The value as JSON text: what encoding it gives.
    public var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.text
    }

    /// The value as a JSON object; unknown parts are left out.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            if let affine {
                json.key("affine")
                Self.write(affine.terms, to: &json)
            }
            if let corners {
                json.key("corners")
                json.array { json in for corner in corners { Self.write([corner.x, corner.y], to: &json) } }
            }
            if !controlPoints.isEmpty {
                json.key("controlPoints")
                json.array { json in for point in controlPoints { Self.write(point.numbers, to: &json) } }
            }
            if let rationalPolynomial {
                json.key("rpc")
                rationalPolynomial.write(to: &json)
            }
            if let crs {
                json.key("crs")
                json.string(crs)
            }
            if let definition {
                json.key("definition")
                definition.write(to: &json)
            }
        }
    }

    fileprivate static func write(_ numbers: [Double], to json: inout JSONWriter) {
        json.array { json in numbers.forEach { json.number($0) } }
    }
}

extension Georeference.RationalPolynomial {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            for (name, number) in [("errorBias", errorBias), ("errorRandom", errorRandom)] {
                guard let number else { continue }
                json.key(name)
                json.number(number)
            }
            let parts = [
                ("offsets", offsets), ("scales", scales), ("lineNumerator", lineNumerator), ("lineDenominator", lineDenominator),
                ("sampleNumerator", sampleNumerator), ("sampleDenominator", sampleDenominator),
            ]
            for (name, numbers) in parts {
                json.key(name)
                Georeference.write(numbers, to: &json)
            }
        }
    }
}

extension Georeference.Definition {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("directory")
            json.array { json in directory.forEach { json.integer(Int($0)) } }
            json.key("doubles")
            Georeference.write(doubles, to: &json)
            json.key("texts")
            json.array { json in texts.forEach { json.integer(Int($0)) } }
        }
    }
}
