// Samples of one color model to those of another: as a source, row by row.

/// Colors that an image can be converted to.
public enum ColorTarget: String, Hashable, Sendable, CaseIterable {
    /// Brightness: of colors the luma of BT.601.
    case gray
    /// Brightness and straight opacity.
    case grayAlpha
    /// Red, green, blue.
    case rgb
    /// Red, green, blue and straight opacity.
    case rgba
    /// Inks, from inks only: with 0 for none of one.
    case cmyk

    /// The model of converted images.
    public var model: ColorModel {
        switch self {
        case .gray: .gray
        case .grayAlpha: .grayAlpha
        case .rgb: .rgb
        case .rgba: .rgba
        case .cmyk: .cmyk
        }
    }

    /// The same with opacity; ink has none.
    public var withAlpha: ColorTarget {
        switch self {
        case .gray, .grayAlpha: .grayAlpha
        case .rgb, .rgba: .rgba
        case .cmyk: .cmyk
        }
    }
}

/// How the samples of one image become those of another.
///
/// Formulas: BT.601 luma; YCbCr by the image's coefficients; CIE 1976 L*a*b* by XYZ, adapted from its white point to D65 (Bradford), to sRGB
/// (IEC 61966-2-1); inks without a profile as 1 - min(1, ink + black); opacity as in PNG 3rd edition 13.16.
struct ColorConversion: Sendable {
    /// The layout of the converted image.
    let layout: ImageLayout
    /// Its model.
    let model: ColorModel
    /// The bands that are read for it.
    let inputs: [Int]
    private let steps: Steps
    private let type: PixelType
    private let hasAlphaBand: Bool
    private let isPremultiplied: Bool
    private let table: Table?
    private let key: [Int]?
    private let pad: Int?

    /// What happens to the colors of a pixel, in order.
    private struct Steps: Sendable {
        var source: ColorArrangement.Space
        var target: ColorTarget
        /// The largest sample that is read, and that is made.
        var maximum: Int32
        var largest: Int32
        /// The sample of full opacity.
        var opaque: Int32
        var isInverted: Bool
        var differences: DifferenceMatrix
        var lab: LabTransform?
    }

    /// The values and the opacity of each number of a palette.
    private struct Table: Sendable {
        var red, green, blue: [Int32]
        var alpha: [Int32]?
    }

    /// Throws kind unsupported for samples and models that no formula converts, kind misuse for a model of another image.
    init(_ source: ImageLayout, _ model: ColorModel, to target: ColorTarget) throws(ImageryError) {
        try model.check(source, "color")
        let plan = model.arrangement
        func unsupported(_ message: String) -> ImageryError { ImageryError(unsupported: .color, "color", message) }
        guard plan.space != .none else {
            throw unsupported("the bands have no colors that could be converted to \(target.rawValue)")
        }
        guard target != .cmyk || plan.space == .cmyk else {
            throw unsupported("\(plan.space.rawValue) is not converted to inks: that needs a profile")
        }
        guard source.pixelType == .uint8 || source.pixelType == .uint16 else {
            throw unsupported("colors of \(source.pixelType.rawValue) samples are not converted: uint8 and uint16 are")
        }
        type = source.pixelType
        inputs = plan.colors + (plan.alpha.map { [$0] } ?? [])
        hasAlphaBand = plan.alpha != nil
        isPremultiplied = plan.isPremultiplied
        let bits = min(max(1, source.bitsPerPixel), 8 * source.pixelType.byteCount)
        var steps = Steps(
            source: plan.space, target: target, maximum: Int32(1) << Int32(bits) - 1, largest: Int32(1) << Int32(bits) - 1,
            opaque: Int32(1) << Int32(Self.bitsOfOpacity(plan, model, bits)) - 1, isInverted: model.inksAreInverted,
            differences: DifferenceMatrix(model.differences, bits: bits), lab: nil)
        if plan.space == .lab { steps.lab = LabTransform(model.lab, bits: bits) }
        var layout = source
        var padValue = plan.space == .rgb || plan.space == .gray ? source.padValue : nil
        if plan.space == .palette {
            guard let table = model.lookupTable?.applicable(to: source), let made = Self.table(table, source.pixelType) else {
                throw unsupported("the table of the palette gives no red, green and blue")
            }
            self.table = made
            layout.pixelType = .uint8
            layout.bitsPerPixel = 8
            layout.actualBitsPerPixel = 8
            steps.largest = 255
            padValue = nil
        } else {
            table = nil
            if plan.space == .inverseGray, let pad = source.padValue, case .integer(let number) = pad,
                (0...Int64(steps.maximum)).contains(number)
            {
                padValue = .integer(Int64(steps.maximum) - number)
            }
        }
        self.steps = steps
        let changesColor = plan.space != .gray && plan.space != .inverseGray && (target == .gray || target == .grayAlpha)
        layout.padValue = changesColor ? nil : padValue
        layout.shape.bands = target.model.bands.count
        self.layout = layout
        let given = model.transparentColor
        key = given.map { color in plan.colors.map { $0 < color.count ? color[$0] : -1 } }
        // The number of a pixel that means nothing is transparent where there is opacity.
        pad = plan.space == .palette ? source.padValue.flatMap { Int(exactly: $0.double) } : nil
        var result = target.model
        result.orientation = model.orientation
        // The numbers of the colors stay, so that their profile and name hold.
        let isSame = plan.space == .rgb && (target == .rgb || target == .rgba)
        let isGray = plan.space == .gray && (target == .gray || target == .grayAlpha)
        if isSame || isGray || plan.space == .cmyk && target == .cmyk {
            result.profile = model.profile
            result.codePoints = model.codePoints
        }
        self.model = result
    }

    /// Bits of opacity, where it has fewer than the colors.
    private static func bitsOfOpacity(_ plan: ColorArrangement, _ model: ColorModel, _ bits: Int) -> Int {
        guard let alpha = plan.alpha, let own = model.details[alpha]?.significantBits else { return bits }
        let isLess = plan.colors.contains { (model.details[$0]?.significantBits ?? bits) > own }
        return isLess ? max(1, min(own, bits)) : bits
    }

    private static func table(_ table: LookupTable, _ type: PixelType) -> Table? {
        guard let colors = table.palette, let last = colors.last else { return nil }
        let count = type == .uint8 ? 256 : 65_536
        func values(_ part: (((red: UInt8, green: UInt8, blue: UInt8)) -> UInt8)) -> [Int32] {
            let rest: Int32 = table.repeatsLastValue ? Int32(part(last)) : 0
            return colors.prefix(count).map { Int32(part($0)) }
                + [Int32](repeating: rest, count: max(0, count - colors.count))
        }
        var opacity = table.alpha
        if opacity == nil, let alpha = table.channels.first(where: { $0.meaning.isAlpha && $0.band == table.channels[0].band }) {
            let shift: UInt16 = table.pixelType == .uint16 ? 8 : 0
            opacity = alpha.values?.map { UInt8(truncatingIfNeeded: $0 >> shift) }
        }
        return Table(
            red: values { $0.red }, green: values { $0.green }, blue: values { $0.blue },
            alpha: opacity.map { given in
                given.prefix(count).map { Int32($0) } + [Int32](repeating: 255, count: max(0, count - given.count))
            })
    }

    /// True when opacity comes from something: a band, a table, a transparent color, a pad number of a palette.
    var makesAlpha: Bool { hasAlphaBand || table?.alpha != nil || key != nil || pad != nil }

    /// Rows of numbers on their way: the colors, at most four, and the opacity.
    final class Work {
        var colors: [[Int32]]
        var alpha: [Int32]

        init(width: Int) {
            colors = Array(repeating: [Int32](repeating: 0, count: width), count: 4)
            alpha = [Int32](repeating: 0, count: width)
        }
    }

    /// Converts a row: `rows` are those of ``inputs``, and `outputs` says which band of the converted image goes where.
    func convert(
        _ rows: [UnsafeRawPointer], width: Int, _ work: Work, into outputs: [(band: Int, row: UnsafeMutableRawPointer)]
    ) {
        let count = inputs.count - (hasAlphaBand ? 1 : 0)
        for index in 0..<count { unsafe load(rows[index], width, &work.colors[index]) }
        unsafe setAlpha(hasAlphaBand ? rows[count] : nil, width, work)
        changeColors(width, work)
        let hasColors = steps.target == .gray || steps.target == .grayAlpha ? 1 : steps.target == .cmyk ? 4 : 3
        for unsafe(band, row) in unsafe outputs {
            if band < hasColors { unsafe store(work.colors[band], width, row) } else { unsafe store(work.alpha, width, row) }
        }
    }

    private func load(_ row: UnsafeRawPointer, _ width: Int, _ numbers: inout [Int32]) {
        if type == .uint8 {
            for column in 0..<width { numbers[column] = Int32(unsafe row.load(fromByteOffset: column, as: UInt8.self)) }
        } else {
            for column in 0..<width { numbers[column] = Int32(unsafe row.load(fromByteOffset: 2 * column, as: UInt16.self)) }
        }
    }

    private func store(_ numbers: [Int32], _ width: Int, _ row: UnsafeMutableRawPointer) {
        if layout.pixelType == .uint8 {
            for column in 0..<width {
                unsafe row.storeBytes(of: UInt8(truncatingIfNeeded: numbers[column]), toByteOffset: column, as: UInt8.self)
            }
        } else {
            for column in 0..<width {
                unsafe row.storeBytes(of: UInt16(truncatingIfNeeded: numbers[column]), toByteOffset: 2 * column, as: UInt16.self)
            }
        }
    }

    /// Opacity of each pixel in the range of the converted samples.
    private func setAlpha(_ row: UnsafeRawPointer?, _ width: Int, _ work: Work) {
        if let row = unsafe row {
            unsafe load(row, width, &work.alpha)
            guard steps.largest != steps.opaque else { return }
            let (largest, opaque) = (Int64(steps.largest), Int64(max(1, steps.opaque)))
            for column in 0..<width {
                work.alpha[column] = Int32(min(largest, (Int64(work.alpha[column]) * largest + opaque / 2) / opaque))
            }
            return
        }
        for column in 0..<width {
            var opacity = steps.largest
            if let alpha = table?.alpha { opacity = alpha[Int(work.colors[0][column])] }
            if let pad, Int(work.colors[0][column]) == pad { opacity = 0 }
            if let key, key.indices.allSatisfy({ Int(work.colors[$0][column]) == key[$0] }) { opacity = 0 }
            work.alpha[column] = opacity
        }
    }

    private func changeColors(_ width: Int, _ work: Work) {
        let top = steps.maximum
        switch steps.source {
        case .inverseGray: for column in 0..<width { work.colors[0][column] = top - work.colors[0][column] }
        case .palette:
            guard let table else { return }
            for column in 0..<width {
                let number = Int(work.colors[0][column])
                work.colors[0][column] = table.red[number]
                work.colors[1][column] = table.green[number]
                work.colors[2][column] = table.blue[number]
            }
        case .cmyk:
            if steps.isInverted {
                for ink in 0..<4 { for column in 0..<width { work.colors[ink][column] = top - work.colors[ink][column] } }
            }
            guard steps.target != .cmyk else { return }
            for ink in 0..<3 {
                for column in 0..<width {
                    work.colors[ink][column] = top - min(top, work.colors[ink][column] + work.colors[3][column])
                }
            }
        case .yCbCr:
            for column in 0..<width {
                let (red, green, blue) = steps.differences.rgb(
                    work.colors[0][column], work.colors[1][column], work.colors[2][column])
                (work.colors[0][column], work.colors[1][column], work.colors[2][column]) = (red, green, blue)
            }
        case .lab:
            guard let lab = steps.lab else { return }
            for column in 0..<width {
                let (red, green, blue) = lab.rgb(work.colors[0][column], work.colors[1][column], work.colors[2][column])
                (work.colors[0][column], work.colors[1][column], work.colors[2][column]) = (red, green, blue)
            }
        case .gray, .rgb, .none: break
        }
        if isPremultiplied { divideByAlpha(width, work) }
        let isGray = steps.source == .gray || steps.source == .inverseGray
        switch steps.target {
        case .rgb, .rgba:
            if isGray {
                work.colors[1] = work.colors[0]
                work.colors[2] = work.colors[0]
            }
        case .gray, .grayAlpha:
            guard !isGray else { return }
            // BT.601: the weights in 65536ths.
            for column in 0..<width {
                let red = Int64(work.colors[0][column]) * 19_595
                let green = Int64(work.colors[1][column]) * 38_470
                let blue = Int64(work.colors[2][column]) * 7_471
                work.colors[0][column] = Int32((red + green + blue + 32_768) >> 16)
            }
        case .cmyk: break
        }
    }

    private func divideByAlpha(_ width: Int, _ work: Work) {
        let largest = Int64(steps.largest)
        for color in 0..<(steps.source == .gray || steps.source == .inverseGray ? 1 : 3) {
            for column in 0..<width {
                let opacity = Int64(work.alpha[column])
                let value = Int64(work.colors[color][column])
                work.colors[color][column] =
                    opacity == 0 ? 0 : Int32(min(largest, (value * largest + opacity / 2) / opacity))
            }
        }
    }
}

/// Luma and color differences to red, green and blue.
struct DifferenceMatrix: Sendable {
    private let scaleY, scaleC, offsetY, middle, top: Float
    private let redOfCr, greenOfCb, greenOfCr, blueOfCb: Float

    init(_ coding: ColorDifferences, bits: Int) {
        let steps = Float(1 << bits)
        top = steps - 1
        middle = steps / 2
        // BT.601: 219 and 224 steps of 8 bits, from 16 on.
        scaleY = coding.isFullRange ? 1 : top / (219 * steps / 256)
        scaleC = coding.isFullRange ? 1 : top / (224 * steps / 256)
        offsetY = coding.isFullRange ? 0 : 16 * steps / 256
        let (red, blue) = (Float(coding.red), Float(coding.blue))
        let green = max(0.001, 1 - red - blue)
        redOfCr = 2 - 2 * red
        blueOfCb = 2 - 2 * blue
        greenOfCr = red * redOfCr / green
        greenOfCb = blue * blueOfCb / green
    }

    func rgb(_ y: Int32, _ cb: Int32, _ cr: Int32) -> (Int32, Int32, Int32) {
        let luma = (Float(y) - offsetY) * scaleY
        let (b, r) = ((Float(cb) - middle) * scaleC, (Float(cr) - middle) * scaleC)
        func clamped(_ value: Float) -> Int32 { Int32(min(max(value, 0), top).rounded()) }
        return (clamped(luma + redOfCr * r), clamped(luma - greenOfCb * b - greenOfCr * r), clamped(luma + blueOfCb * b))
    }
}
