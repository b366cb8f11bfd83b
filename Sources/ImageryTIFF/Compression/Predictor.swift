// Predictors (TIFF 6.0 section 14; TIFF Technical Note 3): which combinations mean something, and undoing them row by row.

import ImageryBase
import ImageryKernels

/// How the rows of a decompressed block are turned back into samples.
enum Predictor: Sendable {
    case none
    /// Differences of samples, modulo the sample's size.
    case horizontal
    /// Bytes in planes, most significant first, and their differences.
    case floatingPoint

    /// Throws kind unsupported for a predictor without a meaning for these samples.
    init(_ header: ImageHeader, context: String) throws(ImageryError) {
        func fail(_ reason: String) -> ImageryError {
            ImageryError(unsupported: .compression, context, "predictor \(header.predictor) \(reason)")
        }
        switch header.predictor {
        case 0, 1: self = .none
        case 2:
            // Section 14 speaks of integers; writers use it for floats too, by their bits.
            guard [8, 16, 32, 64].contains(header.bits), !header.pixelType.isComplex else {
                throw fail("is not defined for \(header.bits)-bit \(header.pixelType.rawValue) samples (section 14)")
            }
            guard header.subsampling == (1, 1) else { throw fail("is not defined for subsampled YCbCr (section 21)") }
            self = .horizontal
        case 3:
            guard header.format == .float else { throw fail("needs floating-point samples (Technical Note 3)") }
            self = .floatingPoint
        default: throw fail("is not known")
        }
    }
}
