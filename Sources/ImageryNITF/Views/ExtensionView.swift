// Extensions as values with units, for programs that know which one they want.

public import ImageryBase

/// The values of one extension under plain names, in the units that its standard gives them. What is blank in the file is nil.
public protocol ExtensionView: Sendable {
    /// CETAG.
    static var tag: String { get }
    /// The values of an extension's data, as metadata hold them; nil when it lacks what makes it one.
    init?(_ fields: Value)
}

extension Metadata {
    /// The first extension of that kind, `metadata.view(NITFExtension.USE00A.self)`; nil when there is none, or what is there means nothing.
    public func view<View: ExtensionView>(_ kind: View.Type) -> View? { self[View.tag].flatMap { View($0) } }

    /// All extensions of that kind in file order, without those that mean nothing.
    public func views<View: ExtensionView>(_ kind: View.Type) -> [View] { all(View.tag).compactMap { View($0) } }
}

extension Value {
    /// The characters of a field of this group; nil when it is absent or blank.
    func words(_ name: String) -> String? { self[name]?.trimmed.flatMap { $0.isEmpty ? nil : $0 } }

    /// The number that a field of this group is or spells.
    func real(_ name: String) -> Double? { self[name]?.double.flatMap { $0.isFinite ? $0 : nil } }

    /// The numbers of several fields; nil unless all of them are there.
    func reals(_ names: [String]) -> [Double]? {
        let found = names.compactMap { real($0) }
        return found.count == names.count ? found : nil
    }

    /// The whole number that a field of this group is or spells.
    func whole(_ name: String) -> Int? { self[name]?.int }

    /// CCYYMMDD with hhmmss behind it as far as it is known, as ISO 8601 writes it; nil for what is no date.
    func moment(_ name: String) -> String? { words(name).flatMap { isoTime(Array($0.utf8)) } }
}

/// `CCYYMMDD`, `CCYYMMDDhh`, `CCYYMMDDhhmm`, `CCYYMMDDhhmmss` in ISO 8601; nil for other texts.
func isoTime(_ text: [UInt8]) -> String? {
    guard [8, 10, 12, 14].contains(text.count), FieldRules.isDay(text[..<8]) else { return nil }
    func part(_ start: Int, _ count: Int) -> String { String(decoding: text[start..<start + count], as: UTF8.self) }
    for (start, most) in [(8, 23), (10, 59), (12, 59)] where start + 2 <= text.count {
        guard let number = Georeference.digits(text[start..<start + 2]), number <= most else { return nil }
    }
    var result = "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))"
    guard text.count > 8 else { return result }
    result += "T" + part(8, 2) + ":" + (text.count > 10 ? part(10, 2) : "00")
    if text.count > 12 { result += ":" + part(12, 2) }
    return result + "Z"
}
