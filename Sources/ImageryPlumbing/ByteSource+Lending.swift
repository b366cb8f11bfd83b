public import ImageryBase

extension ByteSource {
    /// Copies the bytes of `range` to `target`, which has room for them; errors as `lend(_:of:_:)`.
    @unsafe
    public func fetch(
        _ range: Range<Int>, of context: @autoclosure () -> String, into target: UnsafeMutableRawPointer
    ) throws(ImageryError) {
        guard range.lowerBound >= 0, range.upperBound <= byteCount else { throw truncated(range, context()) }
        do {
            try unsafe read(range, into: target)
        } catch {
            throw ImageryError.wrapping(error, context(), at: range.lowerBound)
        }
    }

    /// Lends the bytes of `range` to `body` and returns its result.
    ///
    /// Throws kind malformed when the range ends after the source ("truncated"), what `body` throws, and kind io (with `underlying`)
    /// for a failure of the source: also when it lends other than the bytes that it was asked for, or none (S98).
    public func lend<R>(
        _ range: Range<Int>, of context: @autoclosure () -> String, _ body: (RawSpan) throws(ImageryError) -> R
    ) throws(ImageryError) -> R {
        guard range.lowerBound >= 0, range.upperBound <= byteCount else { throw truncated(range, context()) }
        var result: Result<R, ImageryError>?
        do {
            try withBytes(range) { span in
                do throws(ImageryError) {
                    guard span.byteCount == range.count, result == nil else { throw wrongCount(span.byteCount, range, context()) }
                    result = .success(try body(span))
                } catch {
                    result = .failure(error)
                }
            }
        } catch {
            throw ImageryError.wrapping(error, context(), at: range.lowerBound)
        }
        guard let result else { throw notLent(range, context()) }
        return try result.get()
    }

    /// As the same for a body without a result: called for every code-block, where types made at run time would be felt.
    public func lend(
        _ range: Range<Int>, of context: @autoclosure () -> String, _ body: (RawSpan) throws(ImageryError) -> Void
    ) throws(ImageryError) {
        guard range.lowerBound >= 0, range.upperBound <= byteCount else { throw truncated(range, context()) }
        var isLent = false
        var failure: ImageryError?
        do {
            try withBytes(range) { span in
                do throws(ImageryError) {
                    guard span.byteCount == range.count, !isLent else { throw wrongCount(span.byteCount, range, context()) }
                    isLent = true
                    try body(span)
                } catch {
                    isLent = true
                    failure = error
                }
            }
        } catch {
            throw ImageryError.wrapping(error, context(), at: range.lowerBound)
        }
        guard isLent else { throw notLent(range, context()) }
        if let failure { throw failure }
    }

    /// A copy of the bytes of `range`; errors as `lend(_:of:_:)`. The caller has bounded the count.
    public func copy(_ range: Range<Int>, of context: @autoclosure () -> String) throws(ImageryError) -> [UInt8] {
        try lend(range, of: context()) { (span) throws(ImageryError) -> [UInt8] in Array(copying: span) }
    }

    private func notLent(_ range: Range<Int>, _ context: String) -> ImageryError {
        ImageryError(.io, context, "the byte source returned without lending its bytes", at: range.lowerBound)
    }

    private func wrongCount(_ count: Int, _ range: Range<Int>, _ context: String) -> ImageryError {
        ImageryError(
            .io, context, "the byte source lent \(count) bytes at a time where it was asked for \(range.count), once",
            at: range.lowerBound)
    }

    private func truncated(_ range: Range<Int>, _ context: String) -> ImageryError {
        ImageryError(
            .malformed, context,
            "needs bytes \(range.lowerBound) to \(range.upperBound), but the file has \(byteCount): it is truncated",
            at: range.lowerBound)
    }
}

extension [UInt8] {
    /// A copy of the bytes that `span` lends.
    public init(copying span: RawSpan) {
        self = unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}
