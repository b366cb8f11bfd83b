// Numbers in fields of fixed width (MIL-STD-2500C 5.1.7).

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A number with leading zeros; its width is at least `digits`.
func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// A number rounded to `decimals` places with `digits` before the point, the sign first; nil when it does not fit, or needs a
/// sign that it may not have.
func fixed(_ value: Double, digits: Int, decimals: Int = 0, isSigned: Bool = false) -> String? {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled.isFinite, scaled < 1e15, value >= 0 || isSigned || scaled == 0 else { return nil }
    let whole = Int(scaled)
    let unit = Int(scale)
    let before = padded(whole / unit, digits)
    guard before.count == digits else { return nil }
    let sign = isSigned ? (value < 0 ? "-" : "+") : ""
    return sign + before + (decimals > 0 ? "." + padded(whole % unit, decimals) : "")
}

/// ±d.ddddddE±d; nil when the exponent needs more than one digit. What is too small is 0.
func coefficient(_ value: Double) -> String? {
    guard value.isFinite else { return nil }
    if abs(value) < 1e-9 { return "+0.000000E+0" }
    var exponent = Int(floor(log10(abs(value))))
    var digits = (abs(value) * pow(10, Double(6 - exponent))).rounded()
    if digits >= 1e7 {
        digits /= 10
        exponent += 1
    }
    guard (-9...9).contains(exponent) else { return nil }
    let whole = Int(digits)
    return (value < 0 ? "-" : "+") + "\(whole / 1_000_000)." + padded(whole % 1_000_000, 6) + (exponent < 0 ? "E-" : "E+")
        + "\(abs(exponent))"
}
