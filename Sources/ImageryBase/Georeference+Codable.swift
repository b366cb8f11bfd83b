// The coded form is the JSON of the tool (S96): lists of numbers, and nothing for what is unknown.

extension Georeference: Codable {
    private enum Key: String, CodingKey {
        case affine, corners, controlPoints, rpc, crs, definition
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encodeIfPresent(affine?.terms, forKey: .affine)
        try values.encodeIfPresent(corners.map { $0.map { [$0.x, $0.y] } }, forKey: .corners)
        if !controlPoints.isEmpty { try values.encode(controlPoints.map(\.numbers), forKey: .controlPoints) }
        try values.encodeIfPresent(rationalPolynomial, forKey: .rpc)
        try values.encodeIfPresent(crs, forKey: .crs)
        try values.encodeIfPresent(definition, forKey: .definition)
    }

    /// Throws `DecodingError` for lists of another length.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func list(_ numbers: [Double], _ count: Int, _ key: Key) throws -> [Double] {
            guard numbers.count == count else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: values, debugDescription: "there are \(numbers.count) numbers, not \(count)")
            }
            return numbers
        }
        let terms = try values.decodeIfPresent([Double].self, forKey: .affine).map { try list($0, 6, .affine) }
        let corners = try values.decodeIfPresent([[Double]].self, forKey: .corners)?.map { corner in
            let numbers = try list(corner, 2, .corners)
            return Point(x: numbers[0], y: numbers[1])
        }
        let points = try values.decodeIfPresent([[Double]].self, forKey: .controlPoints)?.map { point in
            let numbers = try list(point, 5, .controlPoints)
            return ControlPoint(column: numbers[0], row: numbers[1], x: numbers[2], y: numbers[3], z: numbers[4])
        }
        self.init(
            affine: terms.map {
                Affine(
                    originX: $0[0], originY: $0[3], xPerColumn: $0[1], xPerRow: $0[2], yPerColumn: $0[4], yPerRow: $0[5])
            }, corners: corners, controlPoints: points ?? [],
            rationalPolynomial: try values.decodeIfPresent(RationalPolynomial.self, forKey: .rpc),
            crs: try values.decodeIfPresent(String.self, forKey: .crs),
            definition: try values.decodeIfPresent(Definition.self, forKey: .definition))
    }
}

extension Georeference.Affine {
    /// The six numbers in the order of GDAL's geotransform: x of the origin, per column, per row; y alike.
    var terms: [Double] { [originX, xPerColumn, xPerRow, originY, yPerColumn, yPerRow] }
}

extension Georeference.ControlPoint {
    /// Column, row, x, y, z.
    var numbers: [Double] { [column, row, x, y, z] }
}
