import FuzzSupport
import Imagery

/// Any bytes as the only strip of a TIFF image whose size, samples and compression eight bytes choose: the codes of fax machines, LERC, LZW,
/// PackBits and others that have no file of their own. A window is the crop of the whole, and salvage gives at least what a read without it
/// gives.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzStrips(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = input(data, size)
    guard bytes.count > 8 else { return 0 }
    let file = strip(choices: bytes.prefix(8).map { Int($0) }, Array(bytes.dropFirst(8)))
    var draw = Draw(seed: bytes)
    var options = fuzzOptions
    guard let image = try? Dataset(bytes: file, format: .tiff, options: options).image() else { return 0 }
    let whole = try? image.read()
    if let whole {
        for _ in 0..<2 {
            let window = draw.window(whole)
            require((try? image.read(window: window)) == (try? whole.crop(window)), "window \(window) is not the crop")
        }
    }
    options.salvage = true
    guard let salvaged = try? Dataset(bytes: file, format: .tiff, options: options).image().read() else {
        require(whole == nil, "what can be read cannot be salvaged")
        return 0
    }
    require(whole == nil || whole == salvaged, "salvage changes what can be read")
    return 0
}

/// A TIFF file of one strip (TIFF 6.0 section 2), little-endian.
private func strip(choices: [Int], _ data: [UInt8]) -> [UInt8] {
    let compressions = [2, 3, 4, 32771, 34887, 5, 32773, 50000, 8, 1]
    let compression = compressions[choices[0] % compressions.count]
    let isFax = [2, 3, 4, 32771].contains(compression)
    let bits = isFax ? 1 : [8, 16, 32, 64, 1, 4][choices[1] % 6]
    let samples = isFax ? 1 : 1 + choices[1] / 8 % 4
    let columns = 1 + choices[2] + (choices[3] & 1) * 300
    let rows = 1 + choices[4] % 96
    var tags: [(code: Int, value: Int)] = [
        (256, columns), (257, rows), (258, bits), (259, compression), (262, choices[3] >> 1 & 1), (266, 1 + (choices[3] >> 2 & 1)),
        (273, 512), (277, samples), (278, rows), (279, data.count), (317, 1 + choices[5] % 3), (339, 1 + choices[6] % 3),
    ]
    if compression == 3 { tags.append((292, choices[7] & 7)) }
    if compression == 34887 { tags.append((50674, choices[7] & 3)) }
    tags.sort { $0.code < $1.code }
    func number(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    var file = Array("II*\0".utf8) + number(8, 4) + number(tags.count, 2)
    for tag in tags {
        let isEach = tag.code == 258 || tag.code == 339
        // The value stands for all samples where it does not fit.
        let values = isEach && samples > 2 ? 1 : isEach ? samples : 1
        file += number(tag.code, 2) + number(isEach ? 3 : 4, 2) + number(values, 4)
        file += isEach ? number(tag.value, 2) + number(values > 1 ? tag.value : 0, 2) : number(tag.value, 4)
    }
    file += number(0, 4)
    return file + [UInt8](repeating: 0, count: 512 - file.count) + data
}
