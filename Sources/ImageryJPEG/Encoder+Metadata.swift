// Metadata entries back to marker segments (T.81 B.2.4; JFIF 1.02; S64).

import ImageryBase

extension FramePlan {
    /// The segments before the tables.
    func leadingSegments() throws(ImageryError) -> [UInt8] {
        switch options.markers {
        case .none: return []
        case .nitf(let segment): return try segment.serialised(frame, isColorConverted: isColorConverted)
        case .file: return []
        }
    }
}
