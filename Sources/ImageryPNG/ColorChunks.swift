// What the samples mean (PNG 3rd edition, clauses 4.4, 6.1, 11.2, 11.3.1, 11.3.2, 11.3.4.7): chunks to a color model.

import ImageryBase
import ImageryTags

extension PNGImage {
    var colorModel: ColorModel {
        let reader = ColorChunks(source: source, chunks: chunks, limits: limits)
        var model: ColorModel
        switch header.colorType {
        case .gray: model = .gray
        case .rgb: model = .rgb
        case .palette:
            model = ColorModel([.paletteIndex])
            model.lookupTable = reader.palette
        case .grayAlpha: model = .grayAlpha
        case .rgba: model = .rgba
        }
        reader.complete(&model)
        return model
    }
}

/// The chunks that describe colors, read when they are asked for.
private struct ColorChunks: Sendable {
    let source: any ByteSource
    let chunks: ChunkList
    let limits: Limits

    /// The data of the first chunk of a type; nil when there is none, its CRC is wrong, or it is longer than `limit`.
    private func data(_ type: ChunkType, limit: Int) -> [UInt8]? {
        guard let chunk = chunks.chunks.first(where: { $0.type == type }), Int(chunk.length) <= limit,
            let (data, isRight) = try? chunk.read(from: source), isRight
        else { return nil }
        return data
    }

    private func numbers(_ type: ChunkType) -> [Int]? {
        guard let fields = type.fields(chunks.header.colorType), let data = data(type, limit: 64) else { return nil }
        return ChunkType.numbers(fields, data)?.map { Int($0) }
    }

    /// PLTE with tRNS.
    var palette: LookupTable? {
        guard let entries = chunks.palette else { return nil }
        let meanings: [ColorModel.Meaning] = [.red, .green, .blue]
        return LookupTable(
            channels: meanings.enumerated().map { color, meaning in
                LookupTable.Channel(
                    band: 0, values: (0..<entries.count / 3).map { UInt16(entries[3 * $0 + color]) }, meaning: meaning)
            }, pixelType: .uint8, alpha: data(.trns, limit: 256))
    }

    /// What stands beside the color type.
    func complete(_ model: inout ColorModel) {
        let color = chunks.header.colorType
        if color == .gray || color == .rgb { model.transparentColor = numbers(.trns) }
        if let bits = numbers(.sbit), color != .palette {
            for (band, count) in bits.enumerated() where band < model.bands.count && (1..<chunks.header.bitDepth).contains(count) {
                model[detailsOf: band].originalBits = count
            }
        }
        // Clause 4.3: cICP before iCCP before sRGB.
        if let code = numbers(.cicp), code.count == 4 {
            model.codePoints = CodePoints(primaries: code[0], transfer: code[1], matrix: code[2], isFullRange: code[3] != 0)
        } else if chunks.chunks.contains(where: { $0.type == .srgb }), !chunks.chunks.contains(where: { $0.type == .iccp }) {
            model.codePoints = .sRGB
        }
        if chunks.chunks.contains(where: { $0.type == .iccp }) {
            let reader = self
            model.profile = ICCProfile { reader.profile }
        }
        if let exif = data(.exif, limit: limits.maxMetadataItemBytes), let found = Orientation(exif: exif, limits) {
            model.orientation = found
        }
    }

    private var profile: [UInt8]? {
        guard let data = data(.iccp, limit: limits.maxMetadataItemBytes) else { return nil }
        var expander = Expander(itemLimit: limits.maxMetadataItemBytes, budget: limits.maxMetadataBytes, keepsText: true)
        return (try? ColorProfile.value(data, &expander))?["Profile"]?.bytes
    }
}
