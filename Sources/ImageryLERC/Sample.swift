/// A type of values.
protocol LERCSample: BitwiseCopyable, Comparable {
    static var lercType: LERCType { get }
    /// The number without its fraction, or the nearest one that there is.
    init(lerc number: Double)
    var lercNumber: Double { get }
}

extension LERCSample where Self: FixedWidthInteger {
    init(lerc number: Double) {
        // Values of broken streams lie anywhere.
        guard number >= Double(Self.min) else {
            self = Self.min
            return
        }
        self = number >= Double(Self.max) ? Self.max : Self(number)
    }
    var lercNumber: Double { Double(self) }
}

extension Int8: LERCSample { static var lercType: LERCType { .int8 } }
extension UInt8: LERCSample { static var lercType: LERCType { .uint8 } }
extension Int16: LERCSample { static var lercType: LERCType { .int16 } }
extension UInt16: LERCSample { static var lercType: LERCType { .uint16 } }
extension Int32: LERCSample { static var lercType: LERCType { .int32 } }
extension UInt32: LERCSample { static var lercType: LERCType { .uint32 } }

extension Float: LERCSample {
    static var lercType: LERCType { .float32 }
    init(lerc number: Double) { self = Float(number) }
    var lercNumber: Double { Double(self) }
}

extension Double: LERCSample {
    static var lercType: LERCType { .float64 }
    init(lerc number: Double) { self = number }
    var lercNumber: Double { self }
}
