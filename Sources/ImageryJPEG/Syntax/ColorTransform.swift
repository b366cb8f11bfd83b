// Which colors the components are (JFIF 1.02; Adobe Technical Note 5116, 18; what the field's reference decoder makes of them).

/// What is done with the components to get samples (S58).
enum ColorTransform: String, Sendable {
    /// Nothing.
    case none
    /// YCbCr becomes RGB.
    case rgb
    /// YCCK becomes CMYK.
    case cmyk
}

/// The marker segments that tell the colors.
struct ColorMarkers {
    private var hasJFIF = false
    private var adobe: UInt8?
    /// The colours of the stream as NITF's APP6 has them: 0 gray, 1 RGB, 2 YCbCr601 (MIL-STD-188-198A, APP6).
    private var military: UInt8?

    /// True for a file with Adobe's segment, whose inks count from full ink to none.
    var hasAdobe: Bool { adobe != nil }

    /// Looks at the first bytes of an APP0, APP6 or APP14 segment.
    mutating func take(_ marker: UInt8, _ data: [UInt8]) {
        if marker == 0xe0 {
            if data.starts(with: [0x4a, 0x46, 0x49, 0x46, 0]) { hasJFIF = true }
        } else if marker == 0xe6 {
            if data.starts(with: "NITF\0".utf8), data.count >= 18 { military = data[17] }
        } else if data.starts(with: "Adobe".utf8), data.count >= 12 {
            adobe = data[11]
        }
    }

    /// What a stream inside a container becomes (S58): its own word decides, Adobe's before JFIF's before APP6's; where it is silent,
    /// `isYCbCr` does.
    func transform(_ frame: Frame, else isYCbCr: Bool) -> ColorTransform {
        guard frame.process != .lossless else { return .none }
        switch frame.components.count {
        case 3:
            if let adobe { return adobe == 0 ? .none : .rgb }
            if hasJFIF { return .rgb }
            if let military { return military == 2 ? .rgb : .none }
            return isYCbCr ? .rgb : .none
        case 4: return adobe == 2 ? .cmyk : .none
        default: return .none
        }
    }

    func transform(_ frame: Frame) -> ColorTransform {
        switch frame.components.count {
        case 3:
            if frame.process == .lossless { return .none }
            if hasJFIF { return .rgb }
            if let adobe { return adobe == 0 ? .none : .rgb }
            return frame.components.map(\.identifier).elementsEqual("RGB".utf8) ? .none : .rgb
        case 4: return adobe.map { $0 != 0 } ?? false ? .cmyk : .none
        default: return .none
        }
    }
}
