extension String {
    /// The text without the blanks, line ends and NULs around it.
    public var trimmedText: String {
        func blank(_ c: Unicode.Scalar) -> Bool { c == " " || c == "\0" || c == "\t" || c == "\n" || c == "\r" }
        var scalars = Substring(self).unicodeScalars
        while let first = scalars.first, blank(first) { scalars.removeFirst() }
        while let last = scalars.last, blank(last) { scalars.removeLast() }
        return String(scalars)
    }
}
