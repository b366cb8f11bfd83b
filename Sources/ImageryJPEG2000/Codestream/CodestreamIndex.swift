// What is known of a codestream before a tile is read: its main header, and where its tile-parts lie (T.800 Annex A).

import ImageryBase

/// A codestream at the bottom of everything that reads it: it knows neither tiles nor samples.
struct CodestreamIndex: Sendable {
    let source: any ByteSource
    let header: MainHeader
    let tileParts: TileParts

    /// Reads the main header of the codestream at `range`.
    init(_ source: any ByteSource, _ range: Range<Int>) throws(ImageryError) {
        self.source = source
        header = try MainHeader(source, range)
        tileParts = TileParts(header, source)
    }

    private init(_ other: CodestreamIndex, _ tileParts: TileParts) {
        source = other.source
        header = other.header
        self.tileParts = tileParts
    }

    /// The same codestream for those who salvage (S92).
    var salvaged: CodestreamIndex { CodestreamIndex(self, tileParts.salvaged) }

    /// False for a tile of which a codestream that is whole has no part.
    func hasTile(_ tile: Int) -> Bool {
        if let parts = try? tileParts.parts(of: tile), !parts.isEmpty { return true }
        return tileParts.all.failure != nil
    }
}
