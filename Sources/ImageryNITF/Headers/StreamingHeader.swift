// The header that a streamed file carries at its end (MIL-STD-2500C 5.8.3.2, Table A-8(B): STREAMING_FILE_HEADER).

import ImageryBase
import ImageryPlumbing

/// A file header that was written before its lengths were known, and is replaced by one behind the data.
///
/// The data of the extension segment, the last of the file, are SFH_L1 (7 digits), SFH_DELIM1, SFH_DR (the
/// replacement), SFH_DELIM2 and SFH_L2, which repeats SFH_L1.
enum StreamingHeader {
    private static let digits = 7
    private static let delimiter1: [UInt8] = [0x0a, 0x6e, 0x1d, 0x97]
    private static let delimiter2: [UInt8] = [0x0e, 0xca, 0x14, 0xbf]

    /// The replacement of `header`, when the file ends with one. It may cover the first part of the header only.
    static func find(in source: any ByteSource, for header: FieldRecord) throws(ImageryError) -> FieldRecord? {
        let context = FileHeader.context
        let size = source.byteCount
        let trailer = delimiter2.count + digits
        guard size > 2 * trailer else { return nil }
        let tail = try source.copy(size - trailer..<size, of: context)
        guard tail.starts(with: delimiter2), let length = number(tail.suffix(digits)) else { return nil }
        let start = size - trailer - length
        guard length > 0, start > trailer, length <= FileHeader.longest else { return nil }
        let head = try source.copy(start - trailer..<start, of: context)
        guard head.suffix(delimiter1.count).elementsEqual(delimiter1), number(head.prefix(digits)) == length else { return nil }
        let replacement = try source.copy(start..<start + length, of: context)
        let record = FieldRecord(header.table, parsing: replacement + header.bytes.dropFirst(length), at: start)
        return record.fault == nil ? record : nil
    }

    private static func number(_ text: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = 10 * value + Int(byte - 0x30)
        }
        return value
    }
}
