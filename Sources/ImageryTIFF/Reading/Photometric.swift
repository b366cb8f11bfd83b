// YCbCr stored as samples (TIFF 6.0 section 21), to RGB with the integer arithmetic of libtiff's RGBA reader.

import ImageryBase
import ImageryTags

/// Converts rows of YCbCr units to RGB: ReferenceBlackWhite and YCbCrCoefficients honoured, chroma replicated.
struct YCbCrConverter: Sendable {
    private let luma: [Int32]
    private let redOfCr: [Int32]
    private let blueOfCb: [Int32]
    private let greenOfCr: [Int32]
    private let greenOfCb: [Int32]

    /// The tables for one image's coefficients and reference values (section 20 and 21).
    init(coefficients: [Double]?, reference: [Double]?) {
        let k = (coefficients?.count == 3 ? coefficients : nil)?.map { Float($0) } ?? [0.299, 0.587, 0.114]
        let range = (reference?.count == 6 ? reference : nil)?.map { Float($0) } ?? [0, 255, 128, 255, 128, 255]
        func fixed(_ value: Float) -> Int32 { Int32((min(max(value, 0), 2) * 65_536 + 0.5)) }
        let red: Float = 2 - 2 * k[0]
        let blue: Float = 2 - 2 * k[2]
        let green: Float = k[1] == 0 ? 1 : k[1]
        let d1 = fixed(Self.finite(red))
        let d2 = -fixed(Self.finite(k[0] * red / green))
        let d3 = fixed(Self.finite(blue))
        let d4 = -fixed(Self.finite(k[2] * blue / green))
        let half: Int32 = 1 << 15
        var luma: [Int32] = []
        var redOfCr: [Int32] = []
        var blueOfCb: [Int32] = []
        var greenOfCr: [Int32] = []
        var greenOfCb: [Int32] = []
        for code in 0..<256 {
            let cr = Self.expand(code - 128, black: range[4] - 128, white: range[5] - 128, top: 127)
            let cb = Self.expand(code - 128, black: range[2] - 128, white: range[3] - 128, top: 127)
            luma.append(Self.expand(code, black: range[0], white: range[1], top: 255))
            // The products stay below 2^31: factors are at most 2^17, chroma at most 2^12.
            redOfCr.append((d1 &* cr &+ half) >> 16)
            blueOfCb.append((d3 &* cb &+ half) >> 16)
            greenOfCr.append(d2 &* cr)
            greenOfCb.append(d4 &* cb &+ half)
        }
        self.luma = luma
        self.redOfCr = redOfCr
        self.blueOfCb = blueOfCb
        self.greenOfCr = greenOfCr
        self.greenOfCb = greenOfCb
    }

    private static func finite(_ value: Float) -> Float { value.isFinite ? value : 0 }

    /// Section 20: the value of a code between reference black and white, kept within 32 times the range.
    private static func expand(_ code: Int, black: Float, white: Float, top: Float) -> Int32 {
        let offset = finite(min(max(black, -1e6), 1e6)).rounded(.towardZero)
        let span = white - black
        let value = (Float(code) - offset) * top / (span.isFinite && span != 0 ? span : 1)
        return Int32(min(max(finite(value), -4096), 4096))
    }

    /// The RGB value of one pixel.
    @inline(__always) func rgb(_ y: UInt8, _ cb: UInt8, _ cr: UInt8) -> (UInt8, UInt8, UInt8) {
        let base = luma[Int(y)]
        let r = base &+ redOfCr[Int(cr)]
        let g = base &+ ((greenOfCb[Int(cb)] &+ greenOfCr[Int(cr)]) >> 16)
        let b = base &+ blueOfCb[Int(cb)]
        return (UInt8(min(max(r, 0), 255)), UInt8(min(max(g, 0), 255)), UInt8(min(max(b, 0), 255)))
    }

    /// Converts columns `columns` of luma row `line` in a row of units (section 21: the luma samples of a unit row by row, then Cb,
    /// then Cr) to three rows of bytes.
    ///
    /// `units` holds every unit that the columns touch; the outputs have room for all columns.
    func convert(
        _ units: UnsafeRawPointer, line: Int, columns: Range<Int>, horizontal: Int, vertical: Int,
        red: UnsafeMutableRawPointer, green: UnsafeMutableRawPointer, blue: UnsafeMutableRawPointer
    ) {
        let lumaCount = horizontal &* vertical
        for column in columns {
            let unit = unsafe units + (column / horizontal) &* (lumaCount &+ 2)
            let y = unsafe unit.load(fromByteOffset: line &* horizontal &+ column % horizontal, as: UInt8.self)
            let cb = unsafe unit.load(fromByteOffset: lumaCount, as: UInt8.self)
            let cr = unsafe unit.load(fromByteOffset: lumaCount &+ 1, as: UInt8.self)
            let (r, g, b) = rgb(y, cb, cr)
            let place = column &- columns.lowerBound
            unsafe red.storeBytes(of: r, toByteOffset: place, as: UInt8.self)
            unsafe green.storeBytes(of: g, toByteOffset: place, as: UInt8.self)
            unsafe blue.storeBytes(of: b, toByteOffset: place, as: UInt8.self)
        }
    }
}
