// Boxes as metadata, in file order (T.800 Annex I; T.801 Annex M; GeoJP2; OGC 08-085 GMLJP2; S62).

import ImageryBase
import ImageryPlumbing
import ImageryTags

/// Reads the metadata of a file: what its boxes say, then the parameters of a codestream.
struct MetadataReader: Sendable {
    let source: any ByteSource
    let boxes: [Box]
    let limits: Limits

    /// 16 bytes that say what a UUID box holds.
    enum Identifier {
        static let geoJP2: [UInt8] = [
            0xb1, 0x4b, 0xf8, 0xbd, 0x08, 0x3d, 0x4b, 0x43, 0xa5, 0xae, 0x8c, 0xd7, 0xd5, 0xa6, 0xce, 0x03,
        ]
        /// What digital cameras' EXIF is stored under.
        static let exif = Array("JpgTiffExif->JP2".utf8)
        static let xmp: [UInt8] = [
            0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac,
        ]
    }

    /// What an entry costs beside its data, about: many tiny boxes must not cost more than a large one.
    private static let entryCost = 256
    /// Boxes that are told by others: superboxes by what is in them, the signature and the codestreams by being there.
    private static let passedOver: Set<String> = ["jP  ", "jp2h", "jp2c", "jpch", "jplh", "res ", "asoc", "uinf", "lbl ", "free"]

    /// One entry for each box that says something.
    func read() -> (entries: [Metadata.Entry], diagnostics: [Diagnostic]) {
        var entries: [Metadata.Entry] = []
        var diagnostics: [Diagnostic] = []
        var budget = limits.maxMetadataBytes
        var labels: [Metadata.Entry] = []
        for (index, box) in boxes.enumerated() where !Self.passedOver.contains(box.type) {
            guard box.body.count <= limits.maxMetadataItemBytes, budget >= Self.entryCost + box.body.count else {
                let message = "the box is left out: it is more than the limits of metadata allow"
                diagnostics.append(Diagnostic("JP2 \(box.type)", message, at: box.offset))
                continue
            }
            budget -= Self.entryCost + box.body.count
            do throws(ImageryError) {
                let data = try source.copy(box.body, of: "JP2 \(box.type)")
                if box.type == "xml ", let label = try label(before: index) {
                    labels.append(Metadata.Entry(label, Value(.utf8, littleEndian: data)))
                } else {
                    entries.append(entry(box, data, &diagnostics))
                }
            } catch {
                diagnostics.append(Diagnostic(error))
            }
        }
        // GMLJP2: associations of a label and an XML document (OGC 08-085, 8.2).
        if !labels.isEmpty { entries.append(Metadata.Entry("GMLJP2", Value(group: labels))) }
        return (entries, diagnostics)
    }

    /// The label of the association whose second box is at `index`.
    private func label(before index: Int) throws(ImageryError) -> String? {
        guard index >= 2, boxes[index - 1].type == "lbl ", boxes[index - 2].type == "asoc",
            boxes[index - 1].depth == boxes[index].depth, boxes[index - 1].body.count <= 1_024
        else { return nil }
        let text = try source.copy(boxes[index - 1].body, of: "JP2 lbl")
        return Value(.utf8, littleEndian: text).text
    }

    private func entry(_ box: Box, _ data: [UInt8], _ diagnostics: inout [Diagnostic]) -> Metadata.Entry {
        let name = box.type.trimmedText
        switch box.type {
        case "ftyp" where data.count >= 8:
            let brands = stride(from: 8, to: data.count - 3, by: 4).map { Value(text: text(data, $0, 4)) }
            return Metadata.Entry(
                name,
                Value(group: [
                    Metadata.Entry("BR", Value(text: text(data, 0, 4))), Metadata.Entry("MinV", number(data, 4, 4)),
                    Metadata.Entry("CL", Value(list: brands)),
                ]))
        case "ihdr" where data.count >= 14:
            return fields(name, data, [("HEIGHT", 4), ("WIDTH", 4), ("NC", 2), ("BPC", 1), ("C", 1), ("UnkC", 1), ("IPR", 1)])
        case "colr" where data.count >= 3: return color(data)
        case "pclr" where data.count >= 3: return palette(data)
        case "cmap":
            let channels = stride(from: 0, to: data.count - 3, by: 4).map { start in
                Value(group: [
                    Metadata.Entry("CMP", number(data, start, 2)), Metadata.Entry("MTYP", number(data, start + 2, 1)),
                    Metadata.Entry("PCOL", number(data, start + 3, 1)),
                ])
            }
            return Metadata.Entry(name, Value(list: channels))
        case "cdef":
            let channels = stride(from: 2, to: data.count - 5, by: 6).map { start in
                Value(group: [
                    Metadata.Entry("Cn", number(data, start, 2)), Metadata.Entry("Typ", number(data, start + 2, 2)),
                    Metadata.Entry("Asoc", number(data, start + 4, 2)),
                ])
            }
            return Metadata.Entry(name, Value(list: channels))
        case "resc" where data.count >= 10, "resd" where data.count >= 10: return resolution(name, data)
        case "xml ": return Metadata.Entry(name, Value(.utf8, littleEndian: data))
        case "uuid" where data.count >= 16: return identified(box, data, &diagnostics)
        case "url " where data.count > 4: return Metadata.Entry(name, Value(.utf8, littleEndian: Array(data[4...])))
        default: return Metadata.Entry(name, Value(bytes: data))
        }
    }

    /// I.5.3.3.
    private func color(_ data: [UInt8]) -> Metadata.Entry {
        var group = [
            Metadata.Entry("METH", number(data, 0, 1)), Metadata.Entry("PREC", Value(Int(Int8(bitPattern: data[1])), .sbyte)),
            Metadata.Entry("APPROX", number(data, 2, 1)),
        ]
        if data[0] == 1, data.count >= 7 {
            group.append(Metadata.Entry("EnumCS", number(data, 3, 4)))
        } else if data[0] == 2 || data[0] == 3 {
            group.append(Metadata.Entry("ICCProfile", Value(bytes: Array(data[3...]))))
        }
        return Metadata.Entry("colr", Value(group: group))
    }

    /// I.5.3.4: the columns' depths, and all values, entry by entry.
    private func palette(_ data: [UInt8]) -> Metadata.Entry {
        let columns = Int(data[2])
        let depths = data.dropFirst(3).prefix(columns)
        return Metadata.Entry(
            "pclr",
            Value(group: [
                Metadata.Entry("NE", number(data, 0, 2)), Metadata.Entry("NPC", number(data, 2, 1)),
                Metadata.Entry("B", Value(.byte, littleEndian: Array(depths))),
                Metadata.Entry("C", Value(bytes: Array(data.dropFirst(3 + columns)))),
            ]))
    }

    /// I.5.3.7: numerators, denominators and exponents, and the points a metre that they make.
    private func resolution(_ name: String, _ data: [UInt8]) -> Metadata.Entry {
        let fieldSizes = [("VRN", 2), ("VRD", 2), ("HRN", 2), ("HRD", 2)]
        var group = fields(name, data, fieldSizes).value.group?.entries ?? []
        let exponents = [Int(Int8(bitPattern: data[8])), Int(Int8(bitPattern: data[9]))]
        group.append(Metadata.Entry("VRE", Value(exponents[0], .sbyte)))
        group.append(Metadata.Entry("HRE", Value(exponents[1], .sbyte)))
        return Metadata.Entry(name, Value(group: group))
    }

    private func identified(_ box: Box, _ data: [UInt8], _ diagnostics: inout [Diagnostic]) -> Metadata.Entry {
        let content = Array(data[16...])
        if data.starts(with: Identifier.xmp) { return Metadata.Entry("XMP", Value(.utf8, littleEndian: content)) }
        if data.starts(with: Identifier.exif), let file = try? TagFile(MemorySource(content), limits: limits),
            !file.directories.isEmpty
        {
            return Metadata.Entry("EXIF", Value(group: file.metadata(of: 0).entries))
        }
        if data.starts(with: Identifier.geoJP2) {
            do throws(ImageryError) {
                let file = try TagFile(MemorySource(content), limits: limits)
                return Metadata.Entry("GeoJP2", Value(group: file.metadata(of: 0).entries))
            } catch {
                diagnostics.append(Diagnostic("JP2 GeoJP2", error.message, at: box.offset))
            }
        }
        return Metadata.Entry(
            "uuid",
            Value(group: [
                Metadata.Entry("ID", Value(bytes: Array(data[..<16]))), Metadata.Entry("DATA", Value(bytes: content)),
            ]))
    }

    private func fields(_ name: String, _ data: [UInt8], _ layout: [(name: String, size: Int)]) -> Metadata.Entry {
        var offset = 0
        var group: [Metadata.Entry] = []
        for field in layout where offset + field.size <= data.count {
            group.append(Metadata.Entry(field.name, number(data, offset, field.size)))
            offset += field.size
        }
        return Metadata.Entry(name, Value(group: group))
    }

    private func text(_ data: [UInt8], _ start: Int, _ count: Int) -> String {
        String(decoding: data[start..<start + count], as: UTF8.self)
    }

    /// A big-endian number of 1, 2 or 4 bytes.
    private func number(_ data: [UInt8], _ start: Int, _ size: Int) -> Value {
        let value = data[start..<start + size].reduce(0) { $0 << 8 | Int($1) }
        return Value(value, size == 1 ? .byte : size == 2 ? .short : .long)
    }

    // MARK: Georeference

    /// What the GeoJP2 box says, else what GMLJP2 says; nil when neither is there.
    func georeference() -> Georeference? {
        for box in boxes where box.type == "uuid" && box.body.count > 16 && box.body.count <= limits.maxMetadataItemBytes {
            guard let data = try? source.copy(box.body, of: "JP2 uuid"), data.starts(with: Identifier.geoJP2),
                let file = try? TagFile(MemorySource(Array(data[16...])), limits: limits), let directory = file.directories.first,
                let found = file.georeference(of: directory)
            else { continue }
            return found
        }
        for (index, box) in boxes.enumerated() where box.type == "xml " && box.body.count <= limits.maxMetadataItemBytes {
            guard let label = try? label(before: index), label == "gml.root-instance",
                let data = try? source.copy(box.body, of: "JP2 xml"),
                // Streams exist whose document ends with NUL bytes.
                let root = XMLReader.parse(Array(data.prefix { $0 != 0 })), let found = Georeference(gml: root)
            else { continue }
            return found
        }
        return nil
    }
}
