import FuzzSupport
import Imagery
import ImageryNITF

/// A user's layouts and the data that they describe, both from the input: the text up to the first NUL, data behind it. A layout means
/// something or is refused with an ImageryError; data keep their bytes, have no more fields than they can pay for, and what is written of
/// their fields has bytes that any record may have. Then a file with the data in it is opened with the layouts.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLayouts(_ input: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = FuzzSupport.input(input, size)
    let end = bytes.firstIndex(of: 0) ?? bytes.count
    let data = Array(bytes[min(bytes.count, end + 1)...])
    let text = String(decoding: bytes[..<end], as: UTF8.self)
    let layouts: ExtensionLayouts
    do {
        layouts = try ExtensionLayouts(parsing: text, name: "input")
    } catch {
        require(error.kind == .misuse, "\(error)")
        return 0
    }
    for tag in layouts.tags.prefix(4) {
        guard let layout = layouts.layout(tag) else { fail("\(tag) has no layout") }
        // Subheaders of data extensions have no such form.
        let value = layouts.value(tag, data)
        require(value.bytes == data, "\(tag) has other bytes than were read")
        // A field or an entry for each byte twice, those of the table, and some that take no bytes.
        let most = 2 * data.count + layout.fields.count + 1_026
        require(count(value) <= most, "\(tag) has \(count(value)) values for \(data.count) bytes")
        _ = Metadata(schema: .nitf, entries: [.init(tag, value)]).json
        write(tag, Metadata(schema: .nitf), layouts)
        if let fields = value.group { write(tag, fields, layouts) }
        if tag.utf8.count <= 6 { open(tag, data, layouts) }
    }
    return 0
}

/// Fields and entries of groups.
private func count(_ value: Value) -> Int {
    switch value.content {
    case .field: 1
    case .list(let values): 1 + values.reduce(0) { $0 + count($1) }
    case .group(let entries): entries.reduce(1) { $0 + count($1.value) }
    case .record(let record): record.entries.reduce(0) { $0 + count($1.value) }
    }
}

private func write(_ tag: String, _ fields: Metadata, _ layouts: ExtensionLayouts) {
    for strict in [false, true] {
        do {
            let written = try layouts.bytes(tag, fields, strict: strict)
            require(written.count <= 8 << 20, "\(tag) is written as \(written.count) bytes")
            require(layouts.value(tag, written).bytes == written, "\(tag) has other bytes than were written")
        } catch {
            require(error.kind == .misuse, "\(error)")
        }
    }
}

/// All that a program may ask about a file that has the extension.
private func open(_ tag: String, _ data: [UInt8], _ layouts: ExtensionLayouts) {
    var options = fuzzOptions
    options.layouts = layouts
    guard var editor = try? NITFEditor(MemorySource(nitf), options: options) else { fail("the file cannot be edited") }
    guard (try? editor.set("image:0/\(tag)", to: Value(bytes: data))) != nil else { return }
    let sink = MemorySink()
    guard (try? editor.write(into: sink)) != nil, let dataset = try? Dataset(bytes: sink.bytes, format: .nitf, options: options)
    else { return }
    _ = (dataset.json, dataset.dump(), dataset.validate())
    require(dataset.images.first?.metadata[tag]?.bytes == data, "\(tag) has other bytes in a file")
}

/// A NITF file of one pixel.
private let nitf: [UInt8] = {
    var options = WriteOptions()
    options.date = 0
    options.compression = Compression.uncompressed
    return (try? Raster([0] as [UInt8], rows: 1, columns: 1).encoded(as: .nitf, options: options)) ?? []
}()
