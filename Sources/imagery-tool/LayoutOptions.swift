import ArgumentParser
import Imagery
import ImageryNITF
import ImageryPlumbing
import Synchronization

/// Layouts of NITF extensions that a user brings.
struct LayoutOptions: ParsableArguments {
    @Option(
        name: .customLong("layouts"),
        help:
            "A file with layouts of NITF extensions: in this library's table language, or GDAL's nitf_spec.xml form. As often as wanted."
    )
    var files: [String] = []

    /// What files were found to hold: each is read once, however many images are opened with it.
    private static let known = Mutex<[[String]: ExtensionLayouts]>([:])

    /// The layouts of the files, a later one before an earlier one; nil without files.
    func read() throws -> ExtensionLayouts? {
        guard !files.isEmpty else { return nil }
        return try Self.known.withLock { known in
            if let layouts = known[files] { return layouts }
            let layouts = try parsed()
            known[files] = layouts
            return layouts
        }
    }

    private func parsed() throws -> ExtensionLayouts {
        var layouts = ExtensionLayouts()
        for file in files {
            let source = try FileSource(file, access: .read)
            let bytes = try source.copy(0..<source.byteCount, of: file)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ImageryError(.misuse, file, "layouts are text in UTF-8")
            }
            try layouts.add(text, name: file)
        }
        return layouts
    }
}
