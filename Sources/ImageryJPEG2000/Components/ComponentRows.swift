// Rows of one tile-component as the wavelet gives them, and their way to samples.

import ImageryBase

/// The wavelet's rows for a strip of columns of one component.
enum ComponentRows {
    case reversible(Synthesis<Reversible>)
    case irreversible(Synthesis<Irreversible>)
    case wideReversible(Synthesis<WideReversible>)
    case wideIrreversible(Synthesis<WideIrreversible>)

    /// `columns` of the geometry's region.
    init(
        _ component: TileComponent, precision: Int, isWide: Bool, _ geometry: SynthesisGeometry, source: Coefficients
    ) throws(ImageryError) {
        func step(_ level: Int, _ orientation: SubbandOrientation) -> Double {
            component.quantiser.stepSize(level: level, orientation: orientation, precision: precision)
        }
        switch (component.style.isReversible, isWide) {
        case (true, false): self = .reversible(try Synthesis(geometry, source: source, step: step))
        case (false, false): self = .irreversible(try Synthesis(geometry, source: source, step: step))
        case (true, true): self = .wideReversible(try Synthesis(geometry, source: source, step: step))
        case (false, true): self = .wideIrreversible(try Synthesis(geometry, source: source, step: step))
        }
    }

    /// The next row of `count` columns as samples.
    func store(_ count: Int, _ format: SampleFormat, into target: UnsafeMutableRawPointer) throws(ImageryError) {
        switch self {
        case .reversible(let rows):
            unsafe ComponentTransform.store(try rows.nextRow(), count: count, format: format, into: target)
        case .irreversible(let rows):
            unsafe ComponentTransform.store(try rows.nextRow(), count: count, format: format, into: target)
        case .wideReversible(let rows):
            let row = unsafe try rows.nextRow()
            for index in 0..<count { unsafe WideSamples.store(row[index], format, target, index) }
        case .wideIrreversible(let rows):
            let row = unsafe try rows.nextRow()
            for index in 0..<count { unsafe WideSamples.store(WideSamples.rounded(row[index]), format, target, index) }
        }
    }

    /// The next row of three components with their transform undone (Annex G); all three are of one kind.
    static func store(
        _ rows: [ComponentRows], _ count: Int, _ formats: ComponentTransform.Formats, into targets: ComponentTransform.Targets
    ) throws(ImageryError) {
        switch (rows[0], rows[1], rows[2]) {
        case (.reversible(let a), .reversible(let b), .reversible(let c)):
            let lines = unsafe (try a.nextRow(), try b.nextRow(), try c.nextRow())
            unsafe ComponentTransform.storeReversible(lines, count: count, formats: formats, into: targets)
        case (.irreversible(let a), .irreversible(let b), .irreversible(let c)):
            let lines = unsafe (try a.nextRow(), try b.nextRow(), try c.nextRow())
            unsafe ComponentTransform.storeIrreversible(lines, count: count, formats: formats, into: targets)
        case (.wideReversible(let a), .wideReversible(let b), .wideReversible(let c)):
            let lines = unsafe (try a.nextRow(), try b.nextRow(), try c.nextRow())
            for index in 0..<count {
                let color = unsafe WideSamples.reversible(lines.0[index], lines.1[index], lines.2[index])
                unsafe WideSamples.store(color, formats, targets, index)
            }
        case (.wideIrreversible(let a), .wideIrreversible(let b), .wideIrreversible(let c)):
            let lines = unsafe (try a.nextRow(), try b.nextRow(), try c.nextRow())
            for index in 0..<count {
                let color = unsafe WideSamples.irreversible(lines.0[index], lines.1[index], lines.2[index])
                unsafe WideSamples.store(color, formats, targets, index)
            }
        default: break
        }
    }
}

/// Component transform and level shift of samples that 32 bits do not hold (Annex G).
enum WideSamples {
    typealias Color = (red: Int64, green: Int64, blue: Int64)

    /// The inverse RCT (G.2.2).
    static func reversible(_ y: Int64, _ b: Int64, _ r: Int64) -> Color {
        let green = y &- ((b &+ r) >> 2)
        return (r &+ green, green, b &+ green)
    }

    /// The inverse ICT (G.3.2).
    static func irreversible(_ y: Double, _ b: Double, _ r: Double) -> Color {
        (rounded(y + 1.402 * r), rounded(y - 0.344136 * b - 0.714136 * r), rounded(y + 1.772 * b))
    }

    /// The nearest integer; what no sample can be becomes the largest number that is kept.
    static func rounded(_ value: Double) -> Int64 {
        let limit = 0x1p60
        guard value > -limit, value < limit else { return value > 0 ? 1 << 60 : -1 << 60 }
        return Int64(value.rounded())
    }

    /// Level shift (G.1.2), clamping, and the sample in the type of the format.
    @inline(__always)
    static func store(_ value: Int64, _ format: SampleFormat, _ target: UnsafeMutableRawPointer, _ index: Int) {
        let half = Int64(1) << Int64(format.precision - 1)
        let sample: Int64
        if format.isSigned {
            sample = min(max(value, -half), half - 1)
        } else {
            sample = min(max(value &+ half, 0), 2 * half - 1)
        }
        switch format.type.byteCount {
        case 1: unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: sample), toByteOffset: index, as: UInt8.self)
        case 2: unsafe target.storeBytes(of: UInt16(truncatingIfNeeded: sample), toByteOffset: 2 * index, as: UInt16.self)
        case 4: unsafe target.storeBytes(of: UInt32(truncatingIfNeeded: sample), toByteOffset: 4 * index, as: UInt32.self)
        default: unsafe target.storeBytes(of: sample, toByteOffset: 8 * index, as: Int64.self)
        }
    }

    static func store(_ color: Color, _ formats: ComponentTransform.Formats, _ targets: ComponentTransform.Targets, _ index: Int) {
        if let target = unsafe targets.0 { unsafe store(color.red, formats.0, target, index) }
        if let target = unsafe targets.1 { unsafe store(color.green, formats.1, target, index) }
        if let target = unsafe targets.2 { unsafe store(color.blue, formats.2, target, index) }
    }
}
