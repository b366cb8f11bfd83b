// Display levels, attachment and places in the common coordinate system (MIL-STD-2500C 5.3.3 and 5.3.4, Tables ).

import ImageryBase

/// Which image or graphic lies over which, and where: IDLVL, IALVL, ILOC and their like of graphics.
enum DisplayOrder {
    /// Gives every image and graphic a display level of its own: the one that was copied where it is free, else the next one.
    /// What is attached to a level that is not there is attached to none.
    ///
    /// Throws kind misuse for levels and places that do not fit their fields.
    static func assign(_ plans: inout [SegmentPlan]) throws(ImageryError) {
        var used: Set<Int> = []
        var waiting: [Int] = []
        for index in plans.indices {
            guard let names = DisplayLevel.names(plans[index].kind) else { continue }
            if plans[index].continuesAfter == nil, let level = plans[index].header.number(names.level), (1...999).contains(level),
                used.insert(level).inserted
            {
                continue
            }
            waiting.append(index)
        }
        for index in waiting {
            guard let names = DisplayLevel.names(plans[index].kind) else { continue }
            // What goes on with an image lies over the part above, to which it is attached.
            let above = plans[index].continuesAfter == nil ? 0 : plans[index - 1].header.number(names.level) ?? 0
            guard above < 999, let free = (above + 1...999).first(where: { !used.contains($0) }) else {
                throw ImageryError(unsupported: .size, "NITF", "images and graphics are more than the 999 display levels")
            }
            used.insert(free)
            plans[index].header.set(names.level, free)
            if let rows = plans[index].continuesAfter {
                plans[index].header.set(names.attachment, above)
                plans[index].header.set(names.place, String(repeating: "0", count: 5 - String(rows).count) + "\(rows)00000")
            }
        }
        for index in plans.indices {
            guard let names = DisplayLevel.names(plans[index].kind) else { continue }
            let attachment = plans[index].header.number(names.attachment) ?? 0
            let own = plans[index].header.number(names.level) ?? 0
            plans[index].header.set(names.attachment, used.contains(attachment) && attachment < own ? attachment : 0)
            for name in [names.place] + (plans[index].kind == .graphic ? ["SBND1", "SBND2"] : []) {
                let text = plans[index].header.text(name) ?? "0000000000"
                guard place(text) != nil else {
                    throw ImageryError(
                        .misuse, plans[index].header.table.name,
                        "\(name) is '\(text)', which is no row and column of five characters each")
                }
                plans[index].header.set(name, text)
            }
        }
    }

    /// RRRRRCCCCC.
    private static func place(_ text: String) -> (row: Int, column: Int)? {
        guard text.utf8.count == 10, let row = Int(text.prefix(5)), let column = Int(text.suffix(5)) else { return nil }
        return (row, column)
    }

    /// What numbers of segments, places and graphics need.
    static func complexity(_ plans: [SegmentPlan]) -> ComplexityLevel {
        var level = ComplexityLevel()
        func count(_ kind: SegmentKind) -> Int { plans.count { $0.kind == kind } }
        var bands = 0
        var graphicBytes = 0
        let origins = origins(plans)
        for plan in plans {
            switch plan.content {
            case .image(let image):
                let shape = image.source.layout.shape
                bands += shape.bands
                let origin = origins[plan.header.number("IDLVL") ?? 0] ?? (0, 0)
                level.extent(max(origin.row + shape.rows, origin.column + shape.columns) - 1)
            case .bytes where plan.kind == .graphic:
                graphicBytes += plan.byteCount
                let parent = origins[plan.header.number("SALVL") ?? 0] ?? (0, 0)
                if let corner = plan.header.text("SBND2").flatMap(place) {
                    level.extent(max(parent.row + corner.row, parent.column + corner.column))
                }
            default: break
            }
        }
        level.counts(
            images: count(.image), bands: bands, graphics: count(.graphic), graphicBytes: graphicBytes, texts: count(.text),
            dataExtensions: count(.dataExtension))
        return level
    }

    /// Upper left corners by display level.
    private static func origins(_ plans: [SegmentPlan]) -> [Int: (row: Int, column: Int)] {
        let levels = plans.map { plan -> DisplayLevel? in
            guard let names = DisplayLevel.names(plan.kind), let level = plan.header.number(names.level),
                let place = plan.header.text(names.place).flatMap(place)
            else { return nil }
            return DisplayLevel(
                level: level, attachment: plan.header.number(names.attachment) ?? 0, row: place.row, column: place.column)
        }
        var result: [Int: (row: Int, column: Int)] = [0: (0, 0)]
        for (level, origin) in zip(levels, DisplayLevel.origins(levels)) {
            if let level, let origin { result[level.level] = origin }
        }
        return result
    }
}
