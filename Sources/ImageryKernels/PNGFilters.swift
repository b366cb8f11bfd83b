/// The five filters of PNG (PNG 3rd edition, clause 9), one row at a time, undone and applied.
///
/// Rows come without their filter byte. `prior` is the reconstructed row above, nil for the first row of an image or pass (clause
/// 9.2: it counts as zeros). Exactly `rowBytes` bytes are read and written.
public enum PNGFilters {
    /// Undoes filter `type` (0...4: None, Sub, Up, Average, Paeth); false for any other type, with nothing written.
    ///
    /// `bytesPerPixel` is 1...8, rounded up to 1 (clause 9.2), and `rowBytes` a multiple of it. `destination` may be `source`; otherwise the rows
    /// must not overlap.
    public static func unfilter(
        _ type: UInt8, _ source: UnsafeRawPointer, prior: UnsafeRawPointer?, into destination: UnsafeMutableRawPointer,
        rowBytes: Int, bytesPerPixel: Int
    ) -> Bool {
        switch (type, unsafe prior) {
        case (0, _), (2, nil):
            if unsafe source != UnsafeRawPointer(destination) {
                unsafe destination.copyMemory(from: source, byteCount: rowBytes)
            }
        case (1, _), (4, nil): unsafe sub(source, into: destination, rowBytes: rowBytes, bytesPerPixel: bytesPerPixel)
        case (2, let above?): unsafe up(source, above, into: destination, rowBytes: rowBytes)
        case (3, let above):
            unsafe average(source, above, into: destination, rowBytes: rowBytes, bytesPerPixel: bytesPerPixel)
        case (4, let above?): unsafe paeth(source, above, into: destination, rowBytes: rowBytes, bytesPerPixel: bytesPerPixel)
        default: return false
        }
        return true
    }

    private static func sub(
        _ source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, rowBytes: Int, bytesPerPixel: Int
    ) {
        for i in 0..<rowBytes {
            let a = i < bytesPerPixel ? 0 : unsafe destination.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
            let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
            unsafe destination.storeBytes(of: x &+ a, toByteOffset: i, as: UInt8.self)
        }
    }

    private static func up(
        _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, rowBytes: Int
    ) {
        for i in 0..<rowBytes {
            let b = unsafe prior.load(fromByteOffset: i, as: UInt8.self)
            let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
            unsafe destination.storeBytes(of: x &+ b, toByteOffset: i, as: UInt8.self)
        }
    }

    private static func average(
        _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer?, into destination: UnsafeMutableRawPointer, rowBytes: Int,
        bytesPerPixel: Int
    ) {
        for i in 0..<rowBytes {
            let a = i < bytesPerPixel ? 0 : unsafe destination.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
            let b = unsafe prior.map { unsafe $0.load(fromByteOffset: i, as: UInt8.self) } ?? 0
            let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
            let mean = UInt8(truncatingIfNeeded: (UInt32(a) &+ UInt32(b)) &>> 1)
            unsafe destination.storeBytes(of: x &+ mean, toByteOffset: i, as: UInt8.self)
        }
    }

    private static func paeth(
        _ source: UnsafeRawPointer, _ prior: UnsafeRawPointer, into destination: UnsafeMutableRawPointer, rowBytes: Int,
        bytesPerPixel: Int
    ) {
        for i in 0..<rowBytes {
            let first = i < bytesPerPixel
            let a = first ? 0 : unsafe destination.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
            let b = unsafe prior.load(fromByteOffset: i, as: UInt8.self)
            let c = first ? 0 : unsafe prior.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
            let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
            unsafe destination.storeBytes(of: x &+ predict(a, b, c), toByteOffset: i, as: UInt8.self)
        }
    }

    /// The Paeth predictor (clause 9.4).
    @inline(__always) private static func predict(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt8 {
        let toB = Int32(b) &- Int32(c)
        let toA = Int32(a) &- Int32(c)
        let pa = toB < 0 ? 0 &- toB : toB
        let pb = toA < 0 ? 0 &- toA : toA
        let sum = toA &+ toB
        let pc = sum < 0 ? 0 &- sum : sum
        if pa <= pb && pa <= pc { return a }
        return pb <= pc ? b : c
    }

    /// Applies filter `type` (0...4) and returns the sum of the absolute values of its output taken as signed bytes (clause
    /// 12.7's heuristic: the filter with the smallest sum).
    ///
    /// The rows must not overlap.
    public static func filter(
        _ type: UInt8, _ source: UnsafeRawPointer, prior: UnsafeRawPointer?, into destination: UnsafeMutableRawPointer,
        rowBytes: Int, bytesPerPixel: Int
    ) -> Int {
        for i in 0..<rowBytes {
            let first = i < bytesPerPixel
            let a = first ? 0 : unsafe source.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self)
            let b = unsafe prior.map { unsafe $0.load(fromByteOffset: i, as: UInt8.self) } ?? 0
            let c = first ? 0 : unsafe prior.map { unsafe $0.load(fromByteOffset: i &- bytesPerPixel, as: UInt8.self) } ?? 0
            let x = unsafe source.load(fromByteOffset: i, as: UInt8.self)
            let predicted: UInt8
            switch type {
            case 1: predicted = a
            case 2: predicted = b
            case 3: predicted = UInt8(truncatingIfNeeded: (UInt32(a) &+ UInt32(b)) &>> 1)
            case 4: predicted = predict(a, b, c)
            default: predicted = 0
            }
            unsafe destination.storeBytes(of: x &- predicted, toByteOffset: i, as: UInt8.self)
        }
        var sum = 0
        for i in 0..<rowBytes {
            let value = unsafe Int32(destination.load(fromByteOffset: i, as: Int8.self))
            sum &+= Int(value < 0 ? 0 &- value : value)
        }
        return sum
    }
}
