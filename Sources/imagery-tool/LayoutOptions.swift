import ArgumentParser
import Imagery
import ImageryNITF
import ImageryPlumbing

/// Layouts of NITF extensions that a user brings.
struct LayoutOptions: ParsableArguments {
    @Option(
        name: .customLong("layouts"),
        help:
            "A file with layouts of NITF extensions: in this library's table language, or GDAL's nitf_spec.xml form. As often as wanted."
    )
    var files: [String] = []

    /// The layouts of the files, a later one before an earlier one; nil without files.
    func read() throws -> ExtensionLayouts? {
        guard !files.isEmpty else { return nil }
        var layouts = ExtensionLayouts()
        for file in files {
            let source = try openFile(file, access: .read)
            let bytes = try source.copy(0..<source.byteCount, of: file)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ImageryError(.misuse, file, "layouts are text in UTF-8")
            }
            try layouts.add(text, name: file)
        }
        return layouts
    }
}
