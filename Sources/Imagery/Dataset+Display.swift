public import ImageryBase

extension Dataset {
    /// The image that is shown of a file when nobody names one: the first with the role `data`.
    ///
    /// Of NITF files the one that lies below the others, by the display level (IDLVL), legends (ICAT) and what is not meant for display (IREP)
    /// counting only when there is nothing else (MIL-STD-2500C, Table A-3).
    ///
    /// Throws kind misuse for a file without an image.
    public func imageToShow() throws(ImageryError) -> ImageAsset {
        let first = try image()
        guard first.metadata.schema == .nitf else { return first }
        let candidates = images.filter { $0.roles.contains(.data) }
        func rank(_ image: ImageAsset) -> [Int] {
            let fields = image.metadata
            let isPicture = fields["IREP"]?.trimmed != "NODISPLY" && fields["ICAT"]?.trimmed != "LEG"
            return [isPicture ? 0 : 1, fields["IDLVL"]?.int ?? .max]
        }
        return candidates.map { (rank: rank($0), image: $0) }.min { $0.rank.lexicographicallyPrecedes($1.rank) }?.image ?? first
    }
}
