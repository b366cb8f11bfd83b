// The order of the chunks: what must be there, where, and how often (PNG 3rd edition, clauses 5.6 and 13.2).

import ImageryBase
import ImageryPlumbing

/// The chunks of a file, found by their headers; only IHDR and PLTE are read.
struct ChunkList: Sendable {
    private(set) var header = ImageHeader(width: 1, height: 1, bitDepth: 8, colorType: .gray)
    /// All chunks up to IEND, in file order.
    private(set) var chunks: [Chunk] = []
    /// Red, green and blue of each entry of PLTE; nil when there is none.
    private(set) var palette: [UInt8]?
    /// Indexes of the IDAT chunks; between the first and the last there may be others in a damaged file that is salvaged.
    private(set) var imageData: Range<Int> = 0..<0
    /// True when the file ends inside the last IDAT or its CRC.
    private(set) var isTruncated = false
    private(set) var diagnostics: [Diagnostic] = []
    private let salvage: Bool

    /// Walks over the chunk headers. Damage before the image data is an error, behind it a diagnostic.
    init(_ source: any ByteSource, salvage: Bool) throws(ImageryError) {
        self.salvage = salvage
        let size = source.byteCount
        guard PNGFile.format(of: try source.copy(0..<min(size, pngSignature.count), of: "PNG")) != nil else {
            throw ImageryError(.malformed, "PNG", "the file does not begin with the PNG signature", at: 0)
        }
        var position = pngSignature.count
        var isFinished = false
        while !isFinished && position < size {
            guard size - position >= Chunk.headerBytes else {
                try damage("the file ends inside a chunk header", at: position)
                break
            }
            // Without a result: a file may have a chunk for every few kilobytes, and a type made at run time for each would be felt.
            var fields: UInt64 = 0
            try source.lend(position..<position + Chunk.headerBytes, of: "PNG chunk") { (span) throws(ImageryError) in
                fields = unsafe UInt64(bigEndian: span.unsafeLoadUnaligned(as: UInt64.self))
            }
            let length = Int(fields >> 32)
            let type = ChunkType(code: UInt32(truncatingIfNeeded: fields))
            guard type.isWellFormed, length <= Chunk.maximumLength else {
                let what =
                    type.isWellFormed ? "\(type.name) has a length of \(length), over 2^31 - 1" : "a chunk type is not four letters"
                try damage(what, at: position)
                break
            }
            let room = size - position - Chunk.headerBytes
            guard length + Chunk.crcBytes <= room else {
                if type == .idat, !chunks.isEmpty {
                    try add(Chunk(type: type, length: UInt32(min(length, room)), offset: position), source)
                    isTruncated = true
                    diagnose("PNG IDAT", "the file ends inside the image data", at: size)
                } else {
                    try damage("\(type.name) claims \(length) bytes, the file ends after \(room)", at: position)
                }
                break
            }
            let chunk = Chunk(type: type, length: UInt32(length), offset: position)
            try add(chunk, source)
            position = chunk.end
            isFinished = type == .iend
        }
        try finish(isFinished: isFinished, position: position, size: size)
    }

    private mutating func finish(isFinished: Bool, position: Int, size: Int) throws(ImageryError) {
        guard !chunks.isEmpty else { throw ImageryError(.malformed, "PNG", "there is no chunk", at: position) }
        guard !imageData.isEmpty else {
            throw ImageryError(.malformed, "PNG", "there is no image data (IDAT)", at: position)
        }
        if !isFinished {
            diagnose("PNG", "the file does not end with IEND", at: size)
        } else if position < size {
            diagnose("PNG", "\(size - position) bytes follow IEND", at: position)
        }
    }

    private mutating func diagnose(_ context: String, _ message: String, at offset: Int) {
        diagnostics.append(Diagnostic(context, message, at: offset))
    }

    /// The chunk structure is lost: the pixels found so far can still be read.
    private mutating func damage(_ message: String, at offset: Int) throws(ImageryError) {
        if imageData.isEmpty { throw ImageryError(.malformed, "PNG chunk", message, at: offset) }
        diagnose("PNG chunk", message, at: offset)
    }

    private mutating func add(_ chunk: Chunk, _ source: any ByteSource) throws(ImageryError) {
        if chunks.isEmpty {
            guard chunk.type == .ihdr else { throw ImageHeader.missing(first: chunk) }
            guard Int(chunk.length) == ImageHeader.byteCount else {
                throw ImageryError(.malformed, chunk.context, "has \(chunk.length) bytes instead of 13", at: chunk.offset)
            }
            let bytes = try checkedData(chunk, source)
            header = try unsafe ImageHeader(parsing: bytes.span.bytes, at: chunk.data.lowerBound)
            chunks.append(chunk)
            return
        }
        switch chunk.type {
        case .ihdr: throw ImageryError(.malformed, chunk.context, "occurs a second time", at: chunk.offset)
        case .plte: try addPalette(chunk, source)
        case .idat: try addImageData(chunk)
        case .iend: break
        default:
            guard !chunk.type.isCritical else {
                throw ImageryError(
                    unsupported: .standardPart, chunk.context, "the critical chunk \(chunk.type.name) is not known",
                    at: chunk.offset)
            }
        }
        chunks.append(chunk)
    }

    private mutating func addImageData(_ chunk: Chunk) throws(ImageryError) {
        let index = chunks.count
        if imageData.isEmpty {
            guard header.colorType != .palette || palette != nil else {
                throw ImageryError(
                    .malformed, chunk.context, "color type 3 needs a palette (PLTE) before the image data", at: chunk.offset)
            }
            imageData = index..<index + 1
        } else {
            if imageData.upperBound != index {
                let message = "the image data is not consecutive"
                guard salvage else { throw ImageryError(.malformed, chunk.context, message, at: chunk.offset) }
                diagnose(chunk.context, message, at: chunk.offset)
            }
            imageData = imageData.lowerBound..<index + 1
        }
    }

    /// PLTE (11.2.2). Only color type 3 depends on it: elsewhere a bad one is left out.
    private mutating func addPalette(_ chunk: Chunk, _ source: any ByteSource) throws(ImageryError) {
        let isNeeded = header.colorType == .palette
        func refuse(_ message: String) throws(ImageryError) -> Diagnostic {
            let error = ImageryError(.malformed, chunk.context, message, at: chunk.offset)
            if isNeeded { throw error }
            return Diagnostic(error)
        }
        guard palette == nil else {
            diagnostics.append(try refuse("occurs a second time"))
            return
        }
        guard imageData.isEmpty else {
            diagnostics.append(try refuse("comes after the image data"))
            return
        }
        guard header.colorType != .gray, header.colorType != .grayAlpha else {
            diagnostics.append(try refuse("is not allowed in a grayscale image"))
            return
        }
        let length = Int(chunk.length)
        guard length > 0, length <= 768, length % 3 == 0 else {
            diagnostics.append(try refuse("\(length) bytes are not 1 to 256 entries of 3 bytes"))
            return
        }
        if isNeeded, length / 3 > 1 << header.bitDepth {
            diagnose(chunk.context, "\(length / 3) entries are more than \(header.bitDepth) bits can tell apart", at: chunk.offset)
        }
        palette = try checkedData(chunk, source)
    }

    /// The data of a small critical chunk whose CRC is right (5.5, 13.2).
    private mutating func checkedData(_ chunk: Chunk, _ source: any ByteSource) throws(ImageryError) -> [UInt8] {
        let (data, isRight) = try chunk.read(from: source)
        if !isRight {
            let error = chunk.crcError
            guard salvage else { throw error }
            diagnostics.append(Diagnostic(error))
        }
        return data
    }
}

extension Chunk {
    var crcError: ImageryError { ImageryError(.malformed, context, "the CRC is wrong", at: offset) }

    /// The data, and whether the CRC fits. The caller has bounded the length.
    func read(from source: any ByteSource) throws(ImageryError) -> (data: [UInt8], isRight: Bool) {
        let chunk = self
        return try source.lend(dataAndCRC, of: context) { (span) throws(ImageryError) -> ([UInt8], Bool) in
            let count = Int(chunk.length)
            let data = span.extracting(0..<count)
            let stored = unsafe UInt32(bigEndian: span.unsafeLoadUnaligned(fromByteOffset: count, as: UInt32.self))
            return (Array(copying: data), stored == Chunk.crc(chunk.type, data))
        }
    }
}

extension ImageHeader {
    /// Why a file cannot begin with this chunk.
    static func missing(first chunk: Chunk) -> ImageryError {
        if chunk.type == .cgbi {
            return ImageryError(
                unsupported: .standardPart, "PNG CgBI",
                "this is Apple's CgBI variant of PNG (raw deflate, premultiplied BGRA), which the standard does not describe",
                at: chunk.offset)
        }
        return ImageryError(
            .malformed, chunk.context, "the first chunk is \(chunk.type.name) instead of IHDR", at: chunk.offset)
    }
}
