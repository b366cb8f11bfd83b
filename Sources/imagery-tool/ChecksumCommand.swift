import ArgumentParser
import Imagery
import ImageryPlumbing

/// `checksum`: numbers that tell pixels apart, whatever the format.
struct ChecksumCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checksum", abstract: "Checksums of the pixels: CRC-32, and GDAL's of each band.",
        discussion: """
            The CRC-32 is that of the samples in order of row, column, band, little endian; GDAL's are those of gdalinfo -checksum.
            Example: imagery checksum a.tif b.jp2
            """)

    @Argument(help: "Files; '-' is standard input.")
    var files: [String]
    @Flag(help: "An array of JSON objects instead of text.")
    var json = false
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var input: InputOptions

    func run() throws {
        var results: [(file: String, checksum: ImageChecksum)] = []
        for file in files {
            let image = try selection.image(in: input.open(file, access: .read))
            var progress = Progress(quiet: input.quiet)
            let checksum = try image.checksum(
                window: selection.window(in: image), bands: selection.chosenBands, resolutionLevel: selection.resolutionLevel
            ) { progress.update($0, of: $1) }
            progress.finish()
            results.append((RemoteFiles.shown(file), checksum))
            if !json {
                print(
                    "\(hex(checksum.crc32))  \(checksum.gdal.map(String.init).joined(separator: ","))  \(RemoteFiles.shown(file))")
            }
        }
        guard json else { return }
        var writer = JSONWriter()
        writer.array { json in
            for (file, checksum) in results {
                json.object { json in
                    json.key("file")
                    json.string(file)
                    json.key("crc32")
                    json.string(hex(checksum.crc32))
                    json.key("gdal")
                    json.array { json in checksum.gdal.forEach { json.integer($0) } }
                }
            }
        }
        print(writer.text)
    }

    private func hex(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
