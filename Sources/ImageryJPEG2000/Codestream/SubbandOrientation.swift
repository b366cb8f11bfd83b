/// The orientation of a sub-band (B.5), in the order of Table D.1's contexts.
enum SubbandOrientation: UInt8, Sendable {
    case ll, hl, lh, hh
}
