// What a copied header says of the raster product that its file was (MIL-STD-2411).

import ImageryBase

extension HeaderDraft {
    /// Leaves out the components of a raster product: they lead to places in the file that they were read from, and its codes and tables
    /// are not copied.
    mutating func dropProduct(of asset: AssetKey?, _ notes: WriteNotes) throws(ImageryError) {
        let tags = ["RPFHDR", "RPFIMG", "RPFDES"].filter { !extensions($0).isEmpty }
        guard !tags.isEmpty else { return }
        for tag in tags { removeExtensions(tag: tag) }
        let names = tags.joined(separator: " and ")
        try notes.add(WriteNote(asset, names, .dropped, "the places in it are those of the file that it was read from"))
    }
}
