// What a record says, as named values and as lines of a dump.

import ImageryBase
import ImageryPlumbing

extension FieldRecord {
    /// The fields as named values (S61): exact text, groups as lists (of plain values when they have one field).
    /// `extensions` gives what stands in place of an area of tagged record extensions, whose name it gets; such an area
    /// is bytes when it is nil.
    func entries(extensions: ((String) -> [Metadata.Entry])? = nil) -> [Metadata.Entry] {
        var next = 0
        return entries(0..<table.specs.count, &next, extensions)
    }

    private func entries(
        _ lines: Range<Int>, _ next: inout Int, _ extensions: ((String) -> [Metadata.Entry])?
    ) -> [Metadata.Entry] {
        var result: [Metadata.Entry] = []
        result.reserveCapacity(lines.count)
        var index = lines.lowerBound
        while index < lines.upperBound {
            let spec = table.specs[index]
            // The fields of a block stand among the others.
            defer { index = spec.kind == .block ? index + 1 : Int(spec.end) }
            let isRead = next < fields.count && fields[next].spec == index
            if spec.kind == .extensions, let extensions {
                if isRead { next += 1 }
                result.append(contentsOf: extensions(table.names[index]))
                continue
            }
            guard isRead else { continue }
            let field = fields[next]
            next += 1
            guard spec.kind == .group else {
                result.append(.init(table.names[index], value(of: field)))
                continue
            }
            if field.size == 0 { continue }
            var list: [Value] = []
            list.reserveCapacity(Int(field.size))
            for _ in 0..<field.size {
                if spec.isMarked { next += 1 }
                let entry = entries(index + 1..<Int(spec.end), &next, extensions)
                list.append(Int(spec.end) == index + 2 && entry.count == 1 ? entry[0].value : Value(group: entry))
            }
            result.append(.init(table.names[index], Value(list: list)))
        }
        return result
    }

    /// The value of a field: binary numbers as such, else characters or bytes.
    private func value(of field: Field) -> Value {
        let content = Array(bytes[range(field)])
        switch table.specs[Int(field.spec)].kind {
        case .bytes, .extensions: return Value(bytes: content)
        case .unicode: return Value(.utf8, littleEndian: content)
        case .extended, .basic, .number, .digits, .group, .block: return Value(.ascii, littleEndian: content)
        case .float:
            guard content.count == 4 || content.count == 8 else { return Value(bytes: content) }
            return Value(content.count == 4 ? .float : .double, littleEndian: content.reversed())
        case .unsigned: return integer(content, [.byte, .short, .long, .long8])
        case .signed: return integer(content, [.sbyte, .sshort, .slong, .slong8])
        }
    }

    /// A big-endian number as an element of the smallest of `types` that has as many bytes.
    private func integer(_ content: [UInt8], _ types: [FieldType]) -> Value {
        guard let type = types.first(where: { $0.byteCount >= content.count }), !content.isEmpty else {
            return Value(bytes: content)
        }
        let isNegative = types[0] == .sbyte && content[0] >= 0x80
        let fill = [UInt8](repeating: isNegative ? 0xff : 0, count: type.byteCount - content.count)
        return Value(type, littleEndian: content.reversed() + fill)
    }

    /// Every field in file order; `extensions` gives the lines below an area of tagged record extensions or bytes.
    func dump(depth: Int, extensions: (String) -> [DumpLine] = { _ in [] }) -> [DumpLine] {
        var lines: [DumpLine] = []
        var next = 0
        dump(0..<table.specs.count, &next, depth, extensions, into: &lines)
        return lines
    }

    private func dump(
        _ range: Range<Int>, _ next: inout Int, _ depth: Int, _ extensions: (String) -> [DumpLine], into lines: inout [DumpLine]
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let spec = table.specs[index]
            defer { index = spec.kind == .block ? index + 1 : Int(spec.end) }
            guard next < fields.count, fields[next].spec == index else { continue }
            let field = fields[next]
            next += 1
            if spec.kind == .group {
                let line = lines.count
                lines.append(DumpLine(depth: depth, name: table.names[index], offset: offset + Int(field.position), size: 0))
                for _ in 0..<field.size {
                    if spec.isMarked { next += 1 }
                    dump(index + 1..<Int(spec.end), &next, depth + 1, extensions, into: &lines)
                }
                let end = next < fields.count ? Int(fields[next].position) : self.end
                lines[line].size = end - Int(field.position)
                continue
            }
            lines.append(
                DumpLine(
                    depth: depth, name: table.names[index], offset: offset + Int(field.position), size: Int(field.size),
                    value: printable(field)))
            if spec.kind == .extensions || spec.kind == .bytes { lines.append(contentsOf: extensions(table.names[index])) }
        }
    }

    private func printable(_ field: Field) -> String {
        let content = bytes[range(field)]
        switch table.specs[Int(field.spec)].kind {
        case .extended, .basic, .number, .digits, .group, .block: return trimmedText(bytes, range(field))
        case .unicode: return String(decoding: content, as: UTF8.self).trimmedText
        case .unsigned, .signed, .float:
            let value = value(of: field)
            return value.int.map { "\($0)" } ?? value.double.map { "\($0)" } ?? ""
        case .bytes where content.count <= 16:
            return content.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        case .bytes, .extensions: return ""
        }
    }
}
