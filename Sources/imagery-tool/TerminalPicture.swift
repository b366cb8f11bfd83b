import Imagery
import ImageryPlumbing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How a terminal shows pictures.
enum TerminalProtocol: String, CaseIterable, Sendable {
    case kitty, iterm, sixel, blocks

    /// What the terminal announces: by its name in the environment, for sixel also in its answer to a question for its attributes.
    static func announced() -> TerminalProtocol {
        func variable(_ name: String) -> String { unsafe getenv(name).map { unsafe String(cString: $0) } ?? "" }
        let (term, program) = (variable("TERM"), variable("TERM_PROGRAM"))
        if term.contains("kitty") || !variable("KITTY_WINDOW_ID").isEmpty || program == "ghostty" { return .kitty }
        if program == "iTerm.app" || program == "WezTerm" || variable("LC_TERMINAL") == "iTerm2" { return .iterm }
        if term.contains("sixel") || Terminal.attributes().contains(4) { return .sixel }
        return .blocks
    }
}

/// The terminal at standard output.
enum Terminal {
    static var isThere: Bool { isatty(1) == 1 }

    /// Columns and rows of characters, and the pixels of all of them where the terminal says so.
    static var size: (columns: Int, rows: Int, width: Int, height: Int) {
        var size = winsize()
        guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24, 0, 0) }
        return (Int(size.ws_col), Int(size.ws_row), Int(size.ws_xpixel), Int(size.ws_ypixel))
    }

    /// The numbers of the answer to the primary device attributes (ECMA-48 DA): 4 is sixel. Empty when none comes within 0.2 s.
    static func attributes() -> [Int] {
        guard isatty(0) == 1, isatty(1) == 1 else { return [] }
        var old = termios()
        guard unsafe tcgetattr(0, &old) == 0 else { return [] }
        var raw = old
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        unsafe withUnsafeMutableBytes(of: &raw.c_cc) { codes in
            unsafe codes[Int(VMIN)] = 0
            unsafe codes[Int(VTIME)] = 2
        }
        _ = unsafe tcsetattr(0, TCSANOW, &raw)
        defer { _ = unsafe tcsetattr(0, TCSANOW, &old) }
        put("\u{1b}[c")
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while answer.count < 64, unsafe read(0, &byte, 1) == 1 {
            answer.append(byte)
            if byte == UInt8(ascii: "c") { break }
        }
        let text = String(decoding: answer, as: UTF8.self)
        guard let start = text.firstIndex(of: "?") else { return [] }
        return text[text.index(after: start)...].split { $0 == ";" || $0 == "c" }.compactMap { Int($0) }
    }

    /// Writes text to standard output.
    static func put(_ text: String) {
        let bytes = Array(text.utf8)
        var done = 0
        unsafe bytes.withUnsafeBytes { buffer in
            while done < buffer.count {
                // In bounds: `done < buffer.count`.
                let count = unsafe write(1, buffer.baseAddress! + done, buffer.count - done)
                if count > 0 { done += count } else if errno != EINTR { return }
            }
        }
    }
}

/// A picture as characters for a terminal.
struct TerminalPicture {
    private let picture: Picture

    init(_ picture: Picture) { self.picture = picture }

    /// The characters that show it.
    func text(_ way: TerminalProtocol) throws -> String {
        switch way {
        case .kitty: try kitty()
        case .iterm: try iterm()
        case .sixel: sixel()
        case .blocks: blocks()
        }
    }

    /// Kitty's graphics protocol: PNG in base 64, at most 4096 characters a piece.
    private func kitty() throws -> String {
        let data = Array(base64(try picture.png()).utf8)
        var text = ""
        for start in stride(from: 0, to: data.count, by: 4096) {
            let piece = String(decoding: data[start..<min(start + 4096, data.count)], as: UTF8.self)
            let more = start + 4096 < data.count ? 1 : 0
            text += "\u{1b}_G\(start == 0 ? "a=T,f=100,q=2," : "")m=\(more);\(piece)\u{1b}\\"
        }
        return text + "\n"
    }

    /// iTerm2's inline images.
    private func iterm() throws -> String {
        let png = try picture.png()
        return "\u{1b}]1337;File=inline=1;size=\(png.count):\(base64(png))\u{07}\n"
    }

    /// Sixels (VT3xx): bands of six rows in 216 colors, six steps each way.
    private func sixel() -> String {
        let (width, height) = (picture.width, picture.height)
        let pixels = picture.rgba
        var text = "\u{1b}P0;1;0q\"1;1;\(width);\(height)"
        for color in 0..<216 {
            text += "#\(color);2;\(color / 36 * 20);\(color / 6 % 6 * 20);\(color % 6 * 20)"
        }
        for top in stride(from: 0, to: height, by: 6) {
            var rows: [Int: [UInt8]] = [:]
            for row in top..<min(top + 6, height) {
                for column in 0..<width {
                    let place = 4 * (row * width + column)
                    guard pixels[place + 3] >= 128 else { continue }
                    // The thresholds of a 2 × 2 pattern soften the steps.
                    let threshold = [13, 38, 51, 25][(row & 1) * 2 + (column & 1)] - 32
                    func step(_ value: UInt8) -> Int { max(0, min(5, (Int(value) + threshold / 2 + 25) / 51)) }
                    let color = step(pixels[place]) * 36 + step(pixels[place + 1]) * 6 + step(pixels[place + 2])
                    rows[color, default: [UInt8](repeating: 0, count: width)][column] |= 1 << UInt8(row - top)
                }
            }
            for (color, bits) in rows.sorted(by: { $0.key < $1.key }) {
                text += "#\(color)"
                var column = 0
                while column < width {
                    var end = column
                    while end < width, bits[end] == bits[column] { end += 1 }
                    let character = String(Unicode.Scalar(63 + bits[column]))
                    text += end - column > 3 ? "!\(end - column)\(character)" : String(repeating: character, count: end - column)
                    column = end
                }
                text += "$"
            }
            text += "-"
        }
        return text + "\u{1b}\\\n"
    }

    /// Half blocks: the upper pixel is the foreground, the lower one the background.
    private func blocks() -> String {
        let (width, height) = (picture.width, picture.height)
        let pixels = picture.rgba
        func color(_ row: Int, _ column: Int) -> String? {
            guard row < height else { return nil }
            let place = 4 * (row * width + column)
            return pixels[place + 3] < 128 ? nil : "\(pixels[place]);\(pixels[place + 1]);\(pixels[place + 2])"
        }
        var text = ""
        for row in stride(from: 0, to: height, by: 2) {
            for column in 0..<width {
                switch (color(row, column), color(row + 1, column)) {
                case (nil, nil): text += "\u{1b}[0m "
                case (let upper?, nil): text += "\u{1b}[0;38;2;\(upper)m▀"
                case (nil, let lower?): text += "\u{1b}[0;38;2;\(lower)m▄"
                case (let upper?, let lower?): text += "\u{1b}[38;2;\(upper);48;2;\(lower)m▀"
                }
            }
            text += "\u{1b}[0m\n"
        }
        return text
    }
}
