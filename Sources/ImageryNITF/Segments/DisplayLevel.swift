// Display levels, attachment and the common coordinate system (MIL-STD-2500C 5.3.3 and 5.3.4; MIL-STD-2500A 5.3.4).

/// Over what an image, graphic or label lies, and where.
struct DisplayLevel {
    /// IDLVL and its like.
    var level: Int
    /// IALVL and its like: the level from whose place its own counts; 0 for none.
    var attachment: Int
    /// ILOC and its like.
    var row: Int
    var column: Int

    /// The fields of a kind that is displayed; nil for others.
    static func names(_ kind: SegmentKind) -> (level: String, attachment: String, place: String)? {
        switch kind {
        case .image: ("IDLVL", "IALVL", "ILOC")
        case .graphic: ("SDLVL", "SALVL", "SLOC")
        case .label: ("LDLVL", "LALVL", "LLOC")
        case .text, .dataExtension, .reservedExtension: nil
        }
    }

    /// The upper left corner of each in the common coordinate system; nil for what has no level, and for what is attached to one that is not
    /// there, or not below. Of several of one level the first is what others are attached to.
    static func origins(_ items: [DisplayLevel?]) -> [(row: Int, column: Int)?] {
        var origins: [(row: Int, column: Int)?] = items.map { _ in nil }
        var known: [Int: (row: Int, column: Int)] = [0: (0, 0)]
        // From the lowest up.
        for (index, item) in items.enumerated().sorted(by: { $0.element?.level ?? 0 < $1.element?.level ?? 0 }) {
            guard let item, let parent = known[item.attachment] else { continue }
            // Five characters each, and at most 999 levels: the sums are small.
            let origin = (row: parent.row + item.row, column: parent.column + item.column)
            origins[index] = origin
            if known[item.level] == nil { known[item.level] = origin }
        }
        return origins
    }
}
