// Regions of interest by max-shift (T.800 Annex H).

/// Undoes the shift of a region's coefficients.
enum RegionOfInterest {
    /// Brings coefficients of the region (H.1), which a magnitude of at least 2^(shift + 1) half steps shows, back down by `shift`.
    /// Numbers are as ``CodeBlockDecoder`` makes them.
    static func unshift(_ row: UnsafeMutablePointer<Int32>, count: Int, shift: Int) {
        guard shift > 0, shift < 30 else { return }
        let limit = UInt32(1) << UInt32(shift + 1)
        for index in 0..<count {
            let value = unsafe row[index]
            let magnitude = value.magnitude
            guard magnitude >= limit else { continue }
            let low: UInt32 = magnitude & (limit - 1) != 0 ? 1 : 0
            let own = Int32(truncatingIfNeeded: (magnitude >> UInt32(shift)) & ~1 | low)
            unsafe row[index] = value < 0 ? -own : own
        }
    }

    /// The same for wide coefficients.
    static func unshift(_ row: UnsafeMutablePointer<Int64>, count: Int, shift: Int) {
        guard shift > 0, shift < 62 else { return }
        let limit = UInt64(1) << UInt64(shift + 1)
        for index in 0..<count {
            let value = unsafe row[index]
            let magnitude = value.magnitude
            guard magnitude >= limit else { continue }
            let low: UInt64 = magnitude & (limit - 1) != 0 ? 1 : 0
            let own = Int64(truncatingIfNeeded: (magnitude >> UInt64(shift)) & ~1 | low)
            unsafe row[index] = value < 0 ? -own : own
        }
    }
}
