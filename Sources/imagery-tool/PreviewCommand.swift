import ArgumentParser
import Imagery
import ImageryPlumbing

/// `preview`: a picture of an image, whatever its samples are.
struct PreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "A picture of an image as PNG or JPEG, or in the terminal.",
        discussion: """
            Palettes and colors are applied, no-data is transparent, complex samples are shown as magnitudes in decibel, the best level or
            overview is read. Without -o the picture is shown in the terminal, by the protocols of kitty, iTerm2 or sixel where the terminal
            announces one, else with half blocks in color.
            Example: imagery preview slc.ntf -o slc.png --size 1200 --stretch db
            """)

    @Argument(help: "The file; '-' is standard input.")
    var file: String
    @Option(name: .shortAndLong, help: "The picture to write: .png or .jpg; '-' is PNG on standard output.")
    var output: String?
    @Option(help: "The most columns and rows: n or widthxheight; 1024 for a file, what fits in the terminal.")
    var size: SizeChoice?
    @Option(help: "How samples become brightness: percentiles such as 2,98, minmax, db or none.")
    var stretch: StretchChoice?
    @Option(help: "What shows it in the terminal: kitty, iterm, sixel or blocks.")
    var `protocol`: TerminalProtocol?
    @Flag(help: "Replace the picture if it exists.")
    var overwrite = false
    @OptionGroup var report: ReportOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var input: InputOptions

    func validate() throws {
        if output == nil, `protocol` == nil, !Terminal.isThere {
            throw ValidationError("standard output is no terminal: name a file with -o, or -o - for PNG")
        }
        if selection.resolutionLevel != 0 { throw ValidationError("preview finds the level itself: --size says how large") }
    }

    func run() throws {
        let image = try selection.image(in: input.open(file, access: .read))
        let way = output == nil ? `protocol` ?? .announced() : .blocks
        let picture = try image.picture(
            window: selection.window(in: image), bands: selection.chosenBands, fitting: limit(way),
            stretch: stretch?.picture ?? .automatic)
        guard let output else { return Terminal.put(try TerminalPicture(picture).text(way)) }
        let format: Format = output == "-" ? .png : Format(extensionOf: output) ?? .png
        let sink = try Output(output, overwrite: overwrite)
        try sink.append(picture.encoded(as: format))
        try sink.finish()
        let (columns, rows) = (picture.width, picture.height)
        report.tell([output], by: input) { json in
            for (name, number) in [("width", columns), ("height", rows)] {
                json.key(name)
                json.integer(number)
            }
        }
    }

    /// The most pixels of the picture.
    private func limit(_ way: TerminalProtocol) -> PixelSize {
        if let size { return size.limit }
        guard output == nil else { return PixelSize(width: 1024, height: 1024) }
        let terminal = Terminal.size
        let rows = max(1, terminal.rows - 2)
        if way == .blocks { return PixelSize(width: terminal.columns, height: 2 * rows) }
        // Cells of unknown size are taken for 8 × 16 pixels.
        let width = terminal.width > 0 ? terminal.width : 8 * terminal.columns
        let height = (terminal.height > 0 ? terminal.height : 16 * terminal.rows) * rows / terminal.rows
        return PixelSize(width: width, height: max(1, height))
    }
}

extension StretchChoice {
    fileprivate var picture: PictureStretch {
        switch self {
        case .percentiles(let low, let high): .percentiles(low, high)
        case .extremes: .extremes
        case .decibel: .decibel
        case .none: .none
        }
    }
}

extension TerminalProtocol: ExpressibleByArgument {}
