import Foundation
import Imagery
import ImageryBase

/// How one entry ended.
enum Status: String, CaseIterable, Sendable, Codable {
    /// Equal to the record (or a malformed file that ended in a typed way).
    case pass
    /// Lossy, within the recorded tolerance.
    case tolerance
    /// Refused as a feature that the library does not have.
    case unsupported
    /// Read, but other than the record; or refused as broken though it is not.
    case fail
    /// The run could not judge it: the file is absent or not the recorded one.
    case error
}

/// The judgement of one entry.
struct Outcome: Codable, Sendable {
    var path: String
    var status: Status
    var detail: String
    var seconds: Double
}

/// Judges one entry against its record.
struct Checker {
    let corpus: URL
    /// Formats that the library does not read at all: refusing their malformed files is no achievement.
    let unreadFormats: Set<String>

    /// Malformed files may be refused, but not slowly.
    static let malformedSeconds = 20.0

    func check(_ entry: Entry) -> Outcome {
        let url = corpus.appendingPathComponent(entry.path)
        var clock = ContinuousClock.now
        var (status, detail) = (Status.error, "the file is absent")
        if let data = try? Data(contentsOf: url) {
            if SHA256.digest(Array(data)) == entry.sha256 {
                clock = .now
                (status, detail) = entry.isMalformed ? survive(entry, url.path) : judge(entry, url.path)
            } else {
                detail = "the file differs from the recorded one"
            }
        }
        let took = clock.duration(to: .now)
        let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) * 1e-18
        if entry.isMalformed, status == .pass, seconds > Self.malformedSeconds {
            (status, detail) = (.fail, "no end in \(Int(Self.malformedSeconds)) s")
        }
        return Outcome(path: entry.path, status: status, detail: detail, seconds: seconds)
    }

    /// Opens a broken file and reads all it offers: any typed ending will do (S90).
    private func survive(_ entry: Entry, _ path: String) -> (Status, String) {
        do throws(ImageryError) {
            let dataset = try Dataset(path, options: options(entry))
            for key in dataset.keys(ofType: .image) {
                _ = try dataset.image(key).read()
            }
            return (.pass, "read")
        } catch {
            return (error.kind == .unsupported && unreadFormats.contains(entry.format) ? .unsupported : .pass, error.kind.rawValue)
        }
    }

    private func judge(_ entry: Entry, _ path: String) -> (Status, String) {
        guard let expect = entry.expect else { return (.error, "the manifest has no expectation") }
        do {
            let dataset = try Dataset(path, options: options(entry))
            guard expect.decodable == "yes" else {
                // No record to compare with: the file has to be opened, and its images read or refused by name.
                for key in dataset.keys(ofType: .image) { _ = try dataset.image(key).read() }
                return (.pass, "no record")
            }
            let first = try Raster(contentsOf: path, options: options(entry))
            var (status, detail) = entry.components == nil ? compare(first, expect) : (.pass, "")
            for component in entry.components ?? [] {
                let image = try dataset.image().component(component.index ?? 0)
                (status, detail) = merge(status, detail, compare(try image.read(), component), "component \(component.index ?? 0)")
            }
            guard status == .pass || status == .tolerance else { return (status, detail) }
            let keys = dataset.keys(ofType: .image)
            for page in entry.pages ?? [] {
                guard let index = page.index, index < keys.count else {
                    return (.fail, "page \(page.index ?? -1) has no image: there are \(keys.count)")
                }
                (status, detail) = merge(status, detail, compare(try dataset.image(keys[index]).read(), page), "\(keys[index])")
            }
            for segment in entry.segments ?? [] {
                let key = AssetKey.image(segment.index ?? 0)
                (status, detail) = merge(status, detail, compare(try dataset.image(key).read(), segment), "\(key)")
            }
            guard status == .pass || status == .tolerance else { return (status, detail) }
            if let reason = try part(of: first, path, lossy: status == .tolerance, entry) { return (.fail, reason) }
            return (status, detail)
        } catch let error as ImageryError {
            switch (error.kind, expect.decodable) {
            case (.unsupported, _): return (.unsupported, error.description)
            case (_, "yes"): return (.fail, error.description)
            default: return (.pass, error.description)
            }
        } catch {
            return (.fail, "not an ImageryError: \(error)")
        }
    }

    private func merge(
        _ status: Status, _ detail: String, _ next: (status: Status, detail: String), _ name: String
    ) -> (Status, String) {
        if status != .pass, status != .tolerance { return (status, detail) }
        switch next.status {
        case .pass: return (status, detail)
        case .tolerance: return (.tolerance, detail)
        default: return (next.status, "\(name): \(next.detail)")
        }
    }

    /// S57 on one window and a turned list of bands, both drawn from the file's hash: nil, or what is wrong.
    private func part(of whole: Raster, _ path: String, lossy: Bool, _ entry: Entry) throws -> String? {
        var random = UInt64(entry.sha256.prefix(15), radix: 16) ?? 1
        func draw(_ limit: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % limit
        }
        let (x, y) = (draw(whole.width), draw(whole.height))
        let window = Window(x: x, y: y, width: 1 + draw(whole.width - x), height: 1 + draw(whole.height - y))
        let bands = Array((0..<whole.bands).reversed().prefix(1 + draw(min(4, whole.bands))))
        let read = try Raster(contentsOf: path, window: window, bands: bands, options: options(entry))
        // A lossy window may differ by one step (S57); only its shape is held here.
        let wanted = try whole.crop(window, bands: bands)
        guard read.shape == wanted.shape, lossy || read == wanted else {
            return "window \(window) of bands \(bands) is not the crop of the whole image"
        }
        return nil
    }

    /// Files are judged side by side; each is read on one thread.
    private func options(_ entry: Entry) -> ReadOptions {
        var options = ReadOptions()
        options.threads = 1
        options.salvage = entry.salvage == true
        return options
    }
}

/// Holds an image against its record: shape, type, hash, and for lossy data the statistics.
func compare(_ raster: Raster, _ expect: Expectation) -> (status: Status, detail: String) {
    let shape = Shape(bands: expect.bands ?? 0, rows: expect.height ?? 0, columns: expect.width ?? 0)
    guard raster.shape == shape else { return (.fail, "shape \(raster.shape), expected \(shape)") }
    if let dtype = expect.dtype, numpyName(raster.pixelType) != dtype {
        return (.fail, "type \(raster.pixelType.rawValue), expected \(dtype)")
    }
    do {
        if let pixels = expect.pixels, try hash(raster) == pixels { return (.pass, "") }
        guard expect.lossy == true, expect.exact != true else {
            return expect.pixels == nil ? (.pass, "no record of the pixels") : (.fail, "pixels differ")
        }
        guard let stats = expect.stats else { return (.pass, "lossy, no statistics") }
        return try compareStatistics(raster, expect, stats)
    } catch {
        return (.fail, "\(error)")
    }
}

/// The name that NumPy has for the type of an exported array (S51).
func numpyName(_ type: PixelType) -> String {
    switch type {
    case .complexInt16, .complexFloat32: "complex64"
    case .complexInt32, .complexFloat64: "complex128"
    default: type.rawValue
    }
}

/// The hash of the samples as an .npy file holds them (the first piece written is its header).
private func hash(_ raster: Raster) throws -> String {
    var digest = SHA256()
    var isHeader = true
    try raster.writeNPY { bytes in
        if isHeader { isHeader = false } else { digest.update(bytes) }
    }
    return digest.finish()
}

private func compareStatistics(_ raster: Raster, _ expect: Expectation, _ stats: [[Double]]) throws -> (Status, String) {
    let margin = max(expect.maxError ?? 0, expect.meanError ?? 0, 1)
    let plane = raster.width * raster.height
    let samples = try doubles(raster)
    for (band, want) in stats.enumerated() where want.count == 4 && band < raster.bands {
        var (low, high, sum, squares) = (Double.infinity, -Double.infinity, 0.0, 0.0)
        for value in samples[band * plane..<(band + 1) * plane] {
            low = min(low, value)
            high = max(high, value)
            sum += value
            squares += value * value
        }
        let mean = sum / Double(plane)
        if abs(mean - want[2]) > min(margin, expect.maxError != nil ? 0.5 : margin) {
            return (.fail, "band \(band): mean \(mean), expected \(want[2])")
        }
        if abs((squares / Double(plane)).squareRoot() - (want[3] / Double(plane)).squareRoot()) > margin {
            return (.fail, "band \(band): root mean square differs")
        }
        if expect.maxError != nil, abs(low - want[0]) > margin || abs(high - want[1]) > margin {
            return (.fail, "band \(band): range \(low) to \(high), expected \(want[0]) to \(want[1])")
        }
    }
    return (.tolerance, "")
}

private func doubles(_ raster: Raster) throws -> [Double] {
    switch raster.pixelType {
    case .uint8: try raster.samples(as: UInt8.self).map(Double.init)
    case .uint16: try raster.samples(as: UInt16.self).map(Double.init)
    case .uint32: try raster.samples(as: UInt32.self).map(Double.init)
    case .int8: try raster.samples(as: Int8.self).map(Double.init)
    case .int16: try raster.samples(as: Int16.self).map(Double.init)
    case .int32: try raster.samples(as: Int32.self).map(Double.init)
    case .float32: try raster.samples(as: Float.self).map(Double.init)
    case .float64: try raster.samples(as: Double.self)
    default: throw Complaint("no statistics for \(raster.pixelType.rawValue) samples")
    }
}
