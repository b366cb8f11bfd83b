// The decoders of compressed blocks (TIFF 6.0 sections 9 and 13, Technical Note 2).

/// Undoes one kind of compression, block after block, for one thread.
protocol BlockCodec: AnyObject {
    /// Fills `output` with the first `count` bytes of the block; it has room for `count + blockSlack`.
    ///
    /// Returns how many bytes were decoded, and what is wrong: always something when they are fewer than `count`.
    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, count: Int) -> (
        produced: Int, fault: String?
    )
}

/// Bytes behind the wanted ones that a codec may overwrite: with less room the loops that are fast end before the block does.
let blockSlack = 512
