// All chunks but the pixels as metadata, in file order (PNG 3rd edition, clauses 11.2 and 11.3; S62).

import ImageryBase
import ImageryDeflate
import ImageryPlumbing
import ImageryTags

/// Reads the metadata of a file: one entry for each chunk that describes the image, named after it.
struct MetadataReader: Sendable {
    let source: any ByteSource
    let chunks: ChunkList
    let limits: Limits

    /// Chunks that hold pixels or nothing.
    private static func isSkipped(_ type: ChunkType) -> Bool { type == .idat || type == .iend || type == .fdat }
    /// What an entry costs beside its data, about: many tiny chunks must not cost more than a large one.
    private static let entryCost = 256

    /// The entries, and what is wrong with the chunks. A chunk with a wrong CRC is left out (13.2), as is one over a limit; one
    /// whose data does not follow its clause keeps its raw bytes. Unless it `keepsText`, compressed texts are only judged: they come out
    /// empty.
    func read(keepsText: Bool = true) -> (metadata: Metadata, diagnostics: [Diagnostic]) {
        var result = Metadata(schema: .png)
        var diagnostics: [Diagnostic] = []
        var budget = limits.maxMetadataBytes
        var animation = AnimationCheck(chunks.header)
        for chunk in chunks.chunks {
            if chunk.type == .fdat { animation.expectFrameData(sequenceNumber(chunk), chunk, &diagnostics) }
            guard !Self.isSkipped(chunk.type) else { continue }
            guard budget >= Self.entryCost else {
                let message = "this and all further metadata is left out: it is more than limits.maxMetadataBytes allows"
                diagnostics.append(Diagnostic(chunk.context, message, at: chunk.offset))
                return (result, diagnostics)
            }
            budget -= Self.entryCost
            do throws(ImageryError) {
                let data = try data(of: chunk, budget: &budget)
                let value = try value(chunk, data, keepsText, budget: &budget, &diagnostics)
                result.entries.append(Metadata.Entry(chunk.type.name, value))
                if chunk.type == .exif { result.entries += exif(chunk, data, &diagnostics) }
                animation.check(chunk, value, &diagnostics)
            } catch {
                diagnostics.append(Diagnostic(error))
            }
        }
        animation.finish(&diagnostics)
        return (result, diagnostics)
    }

    private func data(of chunk: Chunk, budget: inout Int) throws(ImageryError) -> [UInt8] {
        let length = Int(chunk.length)
        guard length <= limits.maxMetadataItemBytes else { throw overLimit(chunk, .maxMetadataItemBytes) }
        guard length <= budget else { throw overLimit(chunk, .maxMetadataBytes) }
        let (data, isRight) = try chunk.read(from: source)
        // Critical chunks were judged when the file was opened.
        guard isRight || chunk.type.isCritical else {
            throw ImageryError(.malformed, chunk.context, "the CRC is wrong; the chunk is left out", at: chunk.offset)
        }
        budget -= length
        return data
    }

    private func overLimit(_ chunk: Chunk, _ name: Limits.Name) -> ImageryError {
        let allowed = name == .maxMetadataItemBytes ? limits.maxMetadataItemBytes : limits.maxMetadataBytes
        return ImageryError(
            limit: name, allowed: allowed, chunk.context, "is larger than limits.\(name.rawValue) allows and is left out",
            at: chunk.offset)
    }

    private func value(
        _ chunk: Chunk, _ data: [UInt8], _ keepsText: Bool, budget: inout Int, _ diagnostics: inout [Diagnostic]
    ) throws(ImageryError) -> Value {
        let header = chunks.header
        if let fields = chunk.type.fields(header.colorType) {
            if let numbers = ChunkType.numbers(fields, data) {
                return Value(group: zip(fields, numbers).map { Metadata.Entry($0.name, $0.value($1)) })
            }
            diagnostics.append(Diagnostic(chunk.context, "\(data.count) bytes are not its size", at: chunk.offset))
            return Value(bytes: data)
        }
        var expander = Expander(itemLimit: limits.maxMetadataItemBytes, budget: budget, keepsText: keepsText)
        defer { budget = expander.budget }
        do throws(TextFailure) {
            switch chunk.type {
            case .plte: return Value(.byte, littleEndian: data)
            case .trns:
                guard header.colorType == .palette, let palette = chunks.palette, data.count * 3 <= palette.count, !data.isEmpty
                else {
                    throw .syntax(
                        "\(data.count) bytes of transparency do not fit color type \(header.colorType.rawValue) and its palette")
                }
                return Value(.byte, littleEndian: data)
            case .hist:
                guard let palette = chunks.palette, data.count * 3 == palette.count * 2 else {
                    throw .syntax("\(data.count) bytes are not two for each palette entry")
                }
                return Value(.short, littleEndian: swapped(data))
            case .text: return try LatinText.tEXt(data)
            case .ztxt: return try LatinText.zTXt(data, &expander)
            case .itxt: return try InternationalText.value(data, &expander)
            case .iccp: return try ColorProfile.value(data, &expander)
            case .splt: return try SuggestedPalette.value(data)
            default: return Value(bytes: data)
            }
        } catch {
            switch error {
            case .syntax(let message):
                diagnostics.append(Diagnostic(chunk.context, message, at: chunk.offset))
                return Value(bytes: data)
            case .itemLimit: throw overLimit(chunk, .maxMetadataItemBytes)
            case .budget: throw overLimit(chunk, .maxMetadataBytes)
            }
        }
    }

    /// The tags in eXIf (11.3.4.7), as a group of their own behind its bytes.
    private func exif(_ chunk: Chunk, _ data: [UInt8], _ diagnostics: inout [Diagnostic]) -> [Metadata.Entry] {
        do throws(ImageryError) {
            let file = try TagFile(MemorySource(data), limits: limits)
            diagnostics += file.diagnostics.map {
                Diagnostic(
                    chunk.context, $0.message, at: chunk.data.lowerBound + ($0.offset ?? 0), severity: .warning,
                    clause: "EXIF 3.0 4.6.2")
            }
            return file.directories.isEmpty ? [] : [Metadata.Entry("EXIF", Value(group: file.metadata(of: 0).entries))]
        } catch {
            diagnostics.append(Diagnostic(chunk.context, "holds no EXIF: \(error.message)", at: chunk.offset))
            return []
        }
    }

    private func sequenceNumber(_ chunk: Chunk) -> UInt32? {
        guard chunk.length >= 4 else { return nil }
        let start = chunk.data.lowerBound
        let bytes = try? source.copy(start..<start + 4, of: chunk.context)
        return bytes.map { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    /// One line for each chunk, and one for each field of those of fixed layout.
    func dump() -> [DumpLine] {
        var lines = [DumpLine(depth: 0, name: "signature", offset: 0, size: pngSignature.count)]
        for chunk in chunks.chunks {
            let total = chunk.dataAndCRC.upperBound - chunk.offset
            lines.append(
                DumpLine(depth: 0, name: chunk.type.name, offset: chunk.offset, size: min(total, source.byteCount - chunk.offset)))
            guard let fields = chunk.type.fields(chunks.header.colorType), chunk.length <= 64,
                let (data, _) = try? chunk.read(from: source), let numbers = ChunkType.numbers(fields, data)
            else { continue }
            var offset = chunk.data.lowerBound
            for (field, number) in zip(fields, numbers) {
                lines.append(
                    DumpLine(depth: 1, name: field.name, offset: offset, size: field.size, value: field.text(number)))
                offset += field.size
            }
        }
        return lines
    }
}

/// 16-bit numbers with their bytes exchanged: PNG's order is the other one than that of ``Value``.
func swapped(_ data: [UInt8]) -> [UInt8] {
    var result = data
    for index in stride(from: 0, to: data.count - 1, by: 2) { result.swapAt(index, index + 1) }
    return result
}

/// What the animation chunks must agree on (11.3.6). Frames are counted, never allocated for.
private struct AnimationCheck {
    private let header: ImageHeader
    private var frames: (promised: Int, chunk: Chunk)?
    private var frameCount = 0
    private var sequence: UInt32 = 0
    private var isBroken = false

    init(_ header: ImageHeader) { self.header = header }

    mutating func check(_ chunk: Chunk, _ value: Value, _ diagnostics: inout [Diagnostic]) {
        if chunk.type == .actl, frames == nil, let count = value["NumFrames"]?.int {
            frames = (count, chunk)
        } else if chunk.type == .fctl, let group = value.group {
            frameCount += 1
            expect(group["SequenceNumber"]?.int.map { UInt32($0) }, chunk, &diagnostics)
            guard let x = group["XOffset"]?.int, let y = group["YOffset"]?.int, let width = group["Width"]?.int,
                let height = group["Height"]?.int
            else { return }
            if width < 1 || height < 1 || x + width > header.width || y + height > header.height {
                diagnostics.append(Diagnostic(chunk.context, "the frame is not inside the image", at: chunk.offset))
            }
        }
    }

    mutating func expectFrameData(_ number: UInt32?, _ chunk: Chunk, _ diagnostics: inout [Diagnostic]) {
        expect(number, chunk, &diagnostics)
    }

    private mutating func expect(_ number: UInt32?, _ chunk: Chunk, _ diagnostics: inout [Diagnostic]) {
        if number != sequence && !isBroken {
            isBroken = true
            diagnostics.append(
                Diagnostic(
                    chunk.context, "the sequence number is \(number.map(String.init) ?? "missing") instead of \(sequence)",
                    at: chunk.offset))
        }
        sequence &+= 1
    }

    func finish(_ diagnostics: inout [Diagnostic]) {
        guard let frames, frames.promised != frameCount else { return }
        diagnostics.append(
            Diagnostic(
                frames.chunk.context, "\(frames.promised) frames are promised, \(frameCount) are there", at: frames.chunk.offset))
    }
}
