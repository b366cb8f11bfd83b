// What the data of a segment have to be: characters of texts, commands of graphics (MIL-STD-2500C 5.5 and 5.6; MIL-STD-2301).

import ImageryBase
import ImageryPlumbing

/// The rules of the data of graphics and texts, which have at most 999,999 bytes.
struct ContentRules {
    let segment: Segment
    let source: any ByteSource
    let context: String

    func check(report: (Diagnostic) -> Void) {
        let record = segment.header.record
        let format = record.text("TXTFMT") ?? record.text("SFMT") ?? record.text("STYPE") ?? ""
        guard segment.kind == .text || segment.kind == .graphic && format == "C",
            let bytes = try? source.copy(segment.data, of: context)
        else { return }
        let start = segment.data.lowerBound
        if segment.kind == .graphic {
            guard let problem = GraphicsMetafile.problem(in: bytes) else { return }
            report(
                Diagnostic(
                    context, problem.message, at: start + problem.position, severity: problem.severity, clause: "ISO/IEC 8632-3"))
        } else if let position = Self.foreignCharacter(bytes, format) {
            report(
                Diagnostic(
                    context, "the text has the byte \(bytes[position]), which TXTFMT \(format) does not have", at: start + position,
                    severity: .warning, clause: record.clause(of: "TXTFMT")))
        }
    }

    /// BCS has 20 to 7E and the ends of lines and pages; ECS also A0 to FF.
    private static func foreignCharacter(_ bytes: [UInt8], _ format: String) -> Int? {
        func isBasic(_ byte: UInt8) -> Bool { byte.isBasicCharacter || byte == 0x0a || byte == 0x0c || byte == 0x0d }
        switch format {
        case "STA", "MTF": return bytes.firstIndex { !isBasic($0) }
        case "UT1": return bytes.firstIndex { !isBasic($0) && $0 < 0xa0 }
        case "U8S": return bytes[...].firstForeignToUTF8
        default: return nil
        }
    }
}

extension GraphicsMetafile {
    /// The first thing that is wrong with the commands of a metafile: it begins and ends, and each command ends inside it (8632-3 5.4).
    static func problem(in bytes: [UInt8]) -> (message: String, position: Int, severity: Diagnostic.Severity)? {
        var position = 0
        var last = (class: -1, id: -1)
        while position < bytes.count {
            // One NUL may fill the last place.
            if position == bytes.count - 1 { break }
            guard let command = command(bytes, at: position) else {
                return ("the parameters of a command go beyond the end of the metafile", position, .error)
            }
            if position == 0, command.class != 0 || command.id != 1 {
                return ("the metafile does not begin with BEGIN METAFILE", 0, .error)
            }
            last = (command.class, command.id)
            position = command.end
            if last == (0, 2) { break }
        }
        if bytes.isEmpty { return ("there is no metafile", 0, .error) }
        return last == (0, 2) ? nil : ("the metafile does not end with END METAFILE", position, .warning)
    }
}
