// Arithmetic on numbers that came from a file. A nil result means that the value does not fit; nothing here can trap (S90).

/// `a + b`, or nil when it overflows.
@inlinable public func checkedSum(_ a: Int, _ b: Int) -> Int? {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? nil : sum
}

/// `a * b`, or nil when it overflows.
@inlinable public func checkedProduct(_ a: Int, _ b: Int) -> Int? {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? nil : product
}

/// The product of all factors, or nil when it overflows.
public func checkedProduct(_ factors: Int...) -> Int? {
    var product = 1
    for factor in factors {
        guard let next = checkedProduct(product, factor) else { return nil }
        product = next
    }
    return product
}

/// `ceil(a / b)` for `a >= 0`, `b > 0`.
@inlinable public func ceilDivide(_ a: Int, _ b: Int) -> Int {
    a == 0 ? 0 : (a - 1) / b + 1
}

/// `ceil(a / 2^level)` for `a >= 0`; levels of 63 and more give 1 for any positive `a`.
@inlinable public func ceilShift(_ a: Int, _ level: Int) -> Int {
    a == 0 ? 0 : (level >= 63 ? 1 : ((a - 1) >> level) + 1)
}
