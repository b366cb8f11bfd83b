public import ImageryBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension WriteOptions {
    /// The date of a file whose format demands one: ``date``, else the environment's SOURCE_DATE_EPOCH, else now (S71).
    public var dateOrNow: Int {
        if let date { return date }
        if let text = unsafe getenv("SOURCE_DATE_EPOCH"), let seconds = unsafe Int(String(cString: text)) { return seconds }
        return time(nil)
    }
}
