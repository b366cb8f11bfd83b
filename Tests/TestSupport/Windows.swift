public import ImageryBase

/// S57: reads random windows with random lists of bands, on one to three threads and through a session, and names those that are
/// not crops of the whole image. With a `source`, it also names windows that touch bytes which were not announced (S81).
public func windowsThatDiffer(
    _ image: any ImageSource, seed: UInt64, count: Int = 20, source: CountingSource? = nil
) throws -> [String] {
    let whole = try image.read()
    let shape = image.layout.shape
    var random = SeededGenerator(seed)
    let session = image.makeReader(ReadContext(ReadOptions(), isSession: true))
    var failures: [String] = []
    for _ in 0..<count {
        let x = Int.random(in: 0..<shape.columns, using: &random)
        let y = Int.random(in: 0..<shape.rows, using: &random)
        let window = Window(
            x: x, y: y, width: Int.random(in: 1...shape.columns - x, using: &random),
            height: Int.random(in: 1...shape.rows - y, using: &random))
        let bands = (0...Int.random(in: 0..<5, using: &random)).map { _ in Int.random(in: 0..<shape.bands, using: &random) }
        let expected = try whole.crop(window, bands: bands)
        var options = ReadOptions()
        options.threads = Int.random(in: 1...3, using: &random)
        source?.reset()
        if try image.read(window, bands: bands, options: options) != expected { failures.append("\(window) \(bands)") }
        if let source {
            let named = try image.byteRanges(ReadRequest(region: window, bands: bands))
            for range in source.touched
            where !named.contains(where: { $0.contains(range.lowerBound) && $0.upperBound >= range.upperBound }) {
                failures.append("\(window) \(bands) touches \(range)")
            }
        }
        if try image.read(window, bands: bands, through: session) != expected { failures.append("\(window) \(bands) in a session") }
    }
    return failures
}
