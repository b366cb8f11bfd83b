public import ImageryBase
import ImageryPrimitives

extension Metadata {
    /// When the picture was taken, where the metadata say so to the second, else when the file was made: `2008-01-27T05:17:45`, in the time that the
    /// format uses (UTC in NITF; TIFF, EXIF and PNG mostly leave it open).
    public var recordedTime: String? {
        switch schema {
        case .nitf: return [self["IDATIM"], self["FDT"]].compactMap { $0?.trimmed.flatMap(Self.time(digits:)) }.first
        case .tiff: return self["306"]?.trimmed.flatMap(Self.time(exif:))
        case .jpeg:
            let exif = self["EXIF"]
            return (exif?["ExifIFD"]?["DateTimeOriginal"] ?? exif?["DateTime"])?.trimmed.flatMap(Self.time(exif:))
        case .png:
            guard let time = self["tIME"]?.group else { return nil }
            let parts = ["Year", "Month", "Day", "Hour", "Minute", "Second"].compactMap { time[$0]?.int }
            guard parts.count == 6, parts.allSatisfy({ $0 >= 0 }) else { return nil }
            let texts = parts.enumerated().map { place, number in
                String(repeating: "0", count: max(0, (place == 0 ? 4 : 2) - "\(number)".count)) + "\(number)"
            }
            return Self.time(digits: texts.joined())
        case .jpeg2000, .dted, nil: return nil
        }
    }

    /// CCYYMMDDhhmmss (MIL-STD-2500C Table A-1); nil for what no clock and no calendar has.
    private static func time(digits: String) -> String? {
        guard digits.utf8.count == 14, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let d = digits.map(String.init)
        func part(_ range: Range<Int>) -> String { d[range].joined() }
        func number(_ range: Range<Int>) -> Int { Int(part(range)) ?? 0 }
        guard CalendarTime.isDay(number(6..<8), month: number(4..<6), year: number(0..<4)), number(8..<10) < 24,
            number(10..<12) < 60, number(12..<14) <= 60
        else { return nil }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))"
    }

    /// YYYY:MM:DD HH:MM:SS (TIFF 6.0, DateTime; EXIF alike).
    private static func time(exif text: String) -> String? {
        let parts = text.split(whereSeparator: { ": -".contains($0) })
        guard parts.count == 6, zip(parts, [4, 2, 2, 2, 2, 2]).allSatisfy({ $0.utf8.count == $1 }) else { return nil }
        return time(digits: parts.joined())
    }
}
