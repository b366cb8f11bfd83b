public import ImageryBase

extension ImageryError {
    /// `error` itself if it is an ``ImageryError``, else an `io` error that carries it.
    public static func wrapping(_ error: any Error, _ context: String, at offset: Int? = nil) -> ImageryError {
        if let own = error as? ImageryError { return own }
        return ImageryError(.io, context, "the byte source failed: \(error)", at: offset, underlying: error)
    }

    /// The same error met in `part` of a file, which begins at byte `start`.
    public func placed(in part: String, at start: Int) -> ImageryError {
        ImageryError(
            kind, context == part ? part : "\(part): \(context)", message, at: offset.map { $0 + start }, reason: reason,
            underlying: underlying)
    }
}
