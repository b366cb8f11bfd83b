/// L*, a* and b* of CIE 1976 (ISO/CIE 11664-4) to sRGB (IEC 61966-2-1).
struct LabTransform: Sendable {
    private let offset, range, white: SIMD3<Double>
    /// Of the samples that are counted from the middle: by how much they are in two's complement.
    private let isSigned: Bool
    private let top: Double
    private let half, steps: Int32
    /// From XYZ under the white of the samples to linear sRGB: what X, Y and Z each give.
    private let ofX, ofY, ofZ: SIMD3<Double>

    /// XYZ under D65 to linear sRGB (IEC 61966-2-1, 5.2), row by row.
    private static let linear = [3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570]
    private static let d65 = [0.9505, 1.0, 1.0890]
    /// The cone responses of Bradford (ISO 15076-1 Annex E), row by row, and their inverse.
    private static let bradford = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296]
    private static let inverse = [
        0.9869929, -0.1470543, 0.1599627, 0.4323053, 0.5183603, 0.0492912, -0.0085287, 0.0400428, 0.9684867,
    ]

    init(_ coding: LabCoding, bits: Int) {
        isSigned = coding.isSigned
        top = Double(1 << bits) - 1
        half = Int32(1) << Int32(bits - 1)
        steps = Int32(1) << Int32(bits)
        func vector(_ list: [Double], _ other: Double) -> SIMD3<Double> {
            list.count == 3 ? SIMD3(list[0], list[1], list[2]) : SIMD3(repeating: other)
        }
        offset = coding.isSigned ? SIMD3(vector(coding.offsets, 0).x, 0, 0) : vector(coding.offsets, 0)
        range = vector(coding.ranges, 100)
        white = vector(coding.white, 1)
        let from = Self.product(Self.bradford, coding.white.count == 3 ? coding.white : LabCoding.d50)
        let to = Self.product(Self.bradford, Self.d65)
        // Responses scaled from one white to the other.
        var scaled = Self.bradford
        for row in 0..<3 {
            let factor = from[row] > 0 ? to[row] / from[row] : 1
            for column in 0..<3 { scaled[3 * row + column] *= factor }
        }
        let matrix = Self.product(Self.linear, Self.product(Self.inverse, scaled, columns: 3), columns: 3)
        ofX = SIMD3(matrix[0], matrix[3], matrix[6])
        ofY = SIMD3(matrix[1], matrix[4], matrix[7])
        ofZ = SIMD3(matrix[2], matrix[5], matrix[8])
    }

    /// A 3 × 3 matrix times one of so many columns.
    private static func product(_ a: [Double], _ b: [Double], columns: Int = 1) -> [Double] {
        (0..<3 * columns).map { index in
            (0..<3).reduce(0) { $0 + a[index / columns * 3 + $1] * b[$1 * columns + index % columns] }
        }
    }

    /// The sRGB samples, of the same depth, of one pixel.
    func rgb(_ lightness: Int32, _ a: Int32, _ b: Int32) -> (Int32, Int32, Int32) {
        func signed(_ sample: Int32) -> Double { Double(isSigned && sample >= half ? sample - steps : sample) }
        let value = (SIMD3(Double(lightness), signed(a), signed(b)) / top - offset) * range
        let y = (value.x + 16) / 116
        func light(_ t: Double) -> Double { t > 6.0 / 29 ? t * t * t : 108.0 / 841 * (t - 4.0 / 29) }
        let xyz = white * SIMD3(light(y + value.y / 500), light(y), light(y - value.z / 200))
        let linear = ofX * xyz.x + ofY * xyz.y + ofZ * xyz.z
        return (coded(linear.x), coded(linear.y), coded(linear.z))
    }

    /// The transfer of sRGB (5.2): the power of 5/12 by roots, so that it is the same on every machine.
    private func coded(_ light: Double) -> Int32 {
        guard light > 0.0031308 else { return Int32((max(light, 0) * 12.92 * top).rounded()) }
        let root = Self.cubeRoot(min(light, 1).squareRoot().squareRoot())
        let square = root * root
        return Int32(((1.055 * square * square * root - 0.055) * top).rounded())
    }

    /// Of a number between 0.2 and 1, by Newton's rule.
    private static func cubeRoot(_ x: Double) -> Double {
        var root = 0.6 + 0.4 * x
        for _ in 0..<6 { root = (2 * root + x / (root * root)) / 3 }
        return root
    }
}
