// Which image segments are parts of one image (MIL-STD-2500C 5.3.3 and 5.3.4: display levels, attachment, common coordinate system; SICD and
// SIDD, NGA.STND.0024-2 and 0025-2, divide larger images so).

import ImageryBase

/// An image segment that could be opened.
typealias ImageSegment = (segment: Segment, image: NITFImage)

/// Image segments in groups, each of which is one image.
struct ImageParts {
    /// The images in the order of their earliest segments, their parts from the top down, each with the number of the image.
    private(set) var images: [(number: Int, parts: [ImageSegment])] = []

    /// Groups the image segments of a file, given in its order. Levels that are used twice or attached in a circle, and parts that do not fit
    /// their names, leave their segments alone and are reported.
    init(_ segments: [ImageSegment], report: (Diagnostic) -> Void) {
        let places = DisplayPlaces(segments.map(\.image), report: report)
        // The segment below each one; nil where several claim to be.
        var below: [Int: Int?] = [:]
        for (index, segment) in segments.enumerated() {
            guard let above = places.above(index, report: report) else { continue }
            if below[above] != nil {
                report(
                    Diagnostic(
                        segment.image.context, "it is not the only one that goes on with image \(segments[above].segment.index)",
                        at: segment.image.record.offset, severity: .warning, clause: segment.image.record.clause(of: "IALVL")))
            }
            below[above] = below[above] == nil ? .some(index) : .some(nil)
        }
        let continuations = Set(below.values.compactMap { $0 })
        var chains: [[Int]] = []
        for first in segments.indices where !continuations.contains(first) {
            var chain = [first]
            // A part lies below one above it, so that a chain comes to an end.
            while let last = chain.last, let next = below[last] ?? nil { chain.append(next) }
            chains.append(chain)
        }
        chains.sort { ($0.min() ?? 0) < ($1.min() ?? 0) }
        // Segments that are no image of their own do not count.
        let others = Set(chains.flatMap { chain in chain.filter { $0 != chain.min() }.map { segments[$0].segment.index } })
        images = chains.map { chain in
            let number = segments[chain.min() ?? 0].segment.index
            return (number - others.count { $0 < number }, chain.map { segments[$0] })
        }
    }
}

/// Where images begin in the common coordinate system.
private struct DisplayPlaces {
    /// Of each image the upper left corner; nil where levels do not tell.
    private let origins: [(row: Int, column: Int)?]
    private var levels: [Int?]
    private let images: [NITFImage]
    private let kinds: [PartKind]
    /// The images of each family.
    private let relatives: [PartKind.Family: [Int]]

    init(_ images: [NITFImage], report: (Diagnostic) -> Void) {
        self.images = images
        let kinds = images.map { PartKind($0) }
        self.kinds = kinds
        relatives = Dictionary(grouping: images.indices, by: { kinds[$0].family })
        levels = images.map { $0.record.number("IDLVL") }
        let counts = Dictionary(grouping: levels.compactMap { $0 }, by: { $0 }).mapValues(\.count)
        for (index, image) in images.enumerated() {
            guard let level = levels[index], level > 0 else {
                levels[index] = nil
                continue
            }
            if counts[level, default: 0] > 1 {
                report(
                    Diagnostic(
                        image.context, "display level \(level) is that of several images",
                        at: image.record.place("IDLVL").map { image.record.offset + $0.lowerBound },
                        clause: image.record.clause(of: "IDLVL")))
                levels[index] = nil
            } else if let attachment = image.record.number("IALVL"), attachment >= level {
                report(
                    Diagnostic(
                        image.context, "it is attached to level \(attachment), which is not below its own level \(level)",
                        at: image.record.place("IALVL").map { image.record.offset + $0.lowerBound },
                        clause: image.record.clause(of: "IALVL")))
                levels[index] = nil
            }
        }
        let sound = levels
        origins = DisplayLevel.origins(
            images.indices.map { index in
                guard let level = sound[index], let own = images[index].record.location("ILOC") else { return nil }
                return DisplayLevel(
                    level: level, attachment: images[index].record.number("IALVL") ?? 0, row: own.row, column: own.column)
            })
    }

    /// The image whose rows go on with those of image `index`: it ends where that one begins, and has its columns, bands and samples and
    /// an earlier number in its name. An image that is attached to one of that kind and lies elsewhere is reported.
    func above(_ index: Int, report: (Diagnostic) -> Void) -> Int? {
        guard let level = levels[index], let origin = origins[index] else { return nil }
        let kind = kinds[index]
        let image = images[index]
        let attachment = image.record.number("IALVL") ?? 0
        // An equal name tells only of images that are attached to each other.
        let kin = (relatives[kind.family] ?? []).filter { other in
            guard let below = levels[other], below < level, origins[other] != nil else { return false }
            return attachment == below && kinds[other].name == kind.name || kinds[other].number < kind.number
        }
        let above = kin.filter { other in
            guard let place = origins[other] else { return false }
            return place.column == origin.column && place.row + images[other].header.rows == origin.row
        }
        if let attached = above.first(where: { levels[$0] == attachment }) ?? above.last { return attached }
        if let attached = kin.first(where: { levels[$0] == attachment }), kinds[attached].name != kind.name {
            report(
                Diagnostic(
                    image.context, "it is named and attached as a part of image \(attached), but does not begin below its last row",
                    at: image.record.place("ILOC").map { image.record.offset + $0.lowerBound }, severity: .warning,
                    clause: image.record.clause(of: "ILOC")))
        }
        return nil
    }
}

/// What parts of one image have in common, and their numbers.
private struct PartKind {
    struct Family: Hashable {
        var columns, bands, bits: Int
        var pixelTypes: [PixelType]
        var representation, category: String
        /// The name without the number at its end.
        var stem: Substring
        var nameLength: Int
    }

    let family: Family
    let name: String
    /// The number of up to three digits at the end of the name (SICD001, SIDD001002); -1 without one.
    let number: Int

    init(_ image: NITFImage) {
        name = image.record.text("IID1") ?? image.record.text("IID") ?? ""
        let digits = name.reversed().prefix(3).prefix { $0.isASCII && $0.isNumber }.count
        number = Int(name.suffix(digits)) ?? -1
        let header = image.header
        family = Family(
            columns: header.columns, bands: header.bands, bits: header.bits,
            pixelTypes: [header.pixelType, image.layout.pixelType],
            representation: header.representation, category: image.record.text("ICAT") ?? "", stem: name.dropLast(digits),
            nameLength: name.utf8.count)
    }
}
