// The text of an index: a Kerchunk reference file (version 1) of a Zarr hierarchy (version 2 or 3).

import ImageryBase
import ImageryPlumbing

/// Writes the reference file of an index.
struct References {
    private var json = JSONWriter()
    /// True when a chunk is put together from several ranges.
    private var hasPieces = false
    /// Codecs that neither Zarr nor numcodecs has.
    private var foreignCodecs: Set<String> = []

    /// What was written, and what it takes to be read.
    var file: TileIndex.ReferenceFile {
        var needs: [String] = []
        for name in foreignCodecs.sorted() {
            let word = name.split(separator: "/").last.map(String.init) ?? name
            needs.append(
                name.hasPrefix("imagecodecs") ? "the codec \(name) of imagecodecs" : "the codec \(word) of osml-imagery-io")
        }
        if hasPieces { needs.append("the file system of osml-imagery-io, for chunks of several ranges") }
        return TileIndex.ReferenceFile(text: json.text, needs: needs)
    }

    init(
        _ index: TileIndex, _ urls: [String], templates values: [String: String], version: Int
    ) throws(ImageryError) {
        let files = 1 + (index.levels.map(\.file).max() ?? 0)
        guard urls.count >= files else {
            throw ImageryError(.misuse, "tile index", "\(urls.count) URLs are given for \(files) files")
        }
        var arrays: [String] = []
        for level in index.levels {
            let (array, codecs) = try Self.array(level.blocks, version)
            arrays.append(array)
            foreignCodecs.formUnion(codecs.filter(\.isForeign).map(\.name))
        }
        let layout = index.pyramid(source: urls.first ?? "")
        var failure: ImageryError?
        var hasPieces = false
        json.object { json in
            json.key("version")
            json.integer(1)
            let templates = urls.flatMap(Self.templates)
            if !templates.isEmpty {
                json.key("templates")
                json.object { json in
                    for name in Set(templates).sorted() {
                        json.key(name)
                        json.string(values[name] ?? "")
                    }
                }
            }
            json.key("refs")
            json.object { json in
                for (key, text) in Self.metadata(arrays, attributes: layout, version) {
                    json.key(key)
                    json.string(text)
                }
                for (number, level) in index.levels.enumerated() {
                    do throws(ImageryError) {
                        let isInPieces = try Self.chunks(
                            level.blocks, "\(number)/data/" + (version == 2 ? "" : "c."), url: urls[level.file], to: &json)
                        hasPieces = hasPieces || isInPieces
                    } catch {
                        failure = failure ?? error
                    }
                }
            }
        }
        if let failure { throw failure }
        self.hasPieces = hasPieces
    }

    private static let dimensions = "[\"bands\", \"y\", \"x\"]"

    /// The names between double braces.
    private static func templates(_ url: String) -> [String] {
        url.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().compactMap { part -> String? in
            guard let end = part.firstRange(of: "}}") else { return nil }
            return String(part[..<end.lowerBound])
        }
    }

    /// The members of the hierarchy that are no chunks. Those of a group are in its own member once more (consolidated): file systems of
    /// references do not list folders in the way that xarray looks for arrays.
    private static func metadata(_ arrays: [String], attributes: String, _ version: Int) -> [(key: String, text: String)] {
        func object(_ members: [(key: String, text: String)]) -> String {
            "{" + members.map { "\"\($0.key)\": \($0.text)" }.joined(separator: ", ") + "}"
        }
        guard version == 2 else {
            func group(_ attributes: String, _ members: [(key: String, text: String)]) -> String {
                let consolidated = object([("kind", "\"inline\""), ("must_understand", "false"), ("metadata", object(members))])
                return object([
                    ("zarr_format", "3"), ("node_type", "\"group\""), ("attributes", attributes),
                    ("consolidated_metadata", consolidated),
                ])
            }
            var all: [(key: String, text: String)] = []
            var files: [(key: String, text: String)] = []
            for (number, array) in arrays.enumerated() {
                let level = group("{}", [("data", array)])
                all += [
                    ("\(number)", object([("zarr_format", "3"), ("node_type", "\"group\""), ("attributes", "{}")])),
                    ("\(number)/data", array),
                ]
                files += [("\(number)/zarr.json", level), ("\(number)/data/zarr.json", array)]
            }
            return [("zarr.json", group(attributes, all))] + files
        }
        func consolidated(_ members: [(key: String, text: String)]) -> (key: String, text: String) {
            (".zmetadata", object([("zarr_consolidated_format", "1"), ("metadata", object(members))]))
        }
        var root: [(key: String, text: String)] = [(".zgroup", "{\"zarr_format\": 2}"), (".zattrs", attributes)]
        var lists: [(key: String, text: String)] = []
        for (number, array) in arrays.enumerated() {
            let own: [(key: String, text: String)] = [
                (".zgroup", "{\"zarr_format\": 2}"), (".zattrs", "{}"), ("data/.zarray", array),
                ("data/.zattrs", "{\"_ARRAY_DIMENSIONS\": \(dimensions)}"),
            ]
            root += own.map { ("\(number)/\($0.key)", $0.text) }
            let list = consolidated(own)
            lists.append(("\(number)/\(list.key)", list.text))
        }
        return root + [consolidated(root)] + lists
    }

    /// The metadata of an array, and the codecs in it.
    private static func array(_ blocks: StoredBlocks, _ version: Int) throws(ImageryError) -> (String, [ChunkCodec]) {
        let type = blocks.pixelType
        guard let names = type.zarrNames else {
            throw ImageryError(unsupported: .pixelType, "tile index", "Zarr has no samples of type \(type.rawValue)")
        }
        let coding = ChunkCoding(blocks)
        let shape = [blocks.shape.bands, blocks.shape.rows, blocks.shape.columns]
        let chunk = [blocks.bandsPerBlock, blocks.blockHeight, blocks.blockWidth]
        func write(_ numbers: [Int], to json: inout JSONWriter) { json.array { json in numbers.forEach { json.integer($0) } } }
        var json = JSONWriter()
        let used: [ChunkCodec]
        if version == 2 {
            let (isBigEndian, filters, compressor) = try coding.version2()
            used = filters + (compressor.map { [$0] } ?? [])
            json.object { json in
                json.key("zarr_format")
                json.integer(2)
                json.key("shape")
                write(shape, to: &json)
                json.key("chunks")
                write(chunk, to: &json)
                json.key("dtype")
                json.string((type.byteCount == 1 ? "|" : isBigEndian ? ">" : "<") + names.version2)
                json.key("fill_value")
                blocks.writeFillValue(to: &json)
                json.key("order")
                json.string("C")
                json.key("filters")
                if filters.isEmpty {
                    json.null()
                } else {
                    json.array { json in filters.forEach { $0.writeVersion2(to: &json) } }
                }
                json.key("compressor")
                if let compressor { compressor.writeVersion2(to: &json) } else { json.null() }
                json.key("dimension_separator")
                json.string(".")
            }
        } else {
            let codecs = try coding.version3()
            used = codecs
            json.object { json in
                json.key("zarr_format")
                json.integer(3)
                json.key("node_type")
                json.string("array")
                json.key("shape")
                write(shape, to: &json)
                json.key("data_type")
                json.string(names.version3)
                json.key("chunk_grid")
                json.object { json in
                    json.key("name")
                    json.string("regular")
                    json.key("configuration")
                    json.object { json in
                        json.key("chunk_shape")
                        write(chunk, to: &json)
                    }
                }
                ChunkCodec("default", [("separator", .text("."))]).writeVersion3(as: "chunk_key_encoding", to: &json)
                json.key("fill_value")
                blocks.writeFillValue(to: &json)
                json.key("codecs")
                json.array { json in codecs.forEach { $0.writeVersion3(to: &json) } }
                json.key("attributes")
                json.object { _ in }
                json.key("dimension_names")
                json.array { json in ["bands", "y", "x"].forEach { json.string($0) } }
            }
        }
        return (json.text, used)
    }

    /// One reference for each block that is there; true when one is in several pieces.
    private static func chunks(
        _ blocks: StoredBlocks, _ path: String, url: String, to json: inout JSONWriter
    ) throws(ImageryError) -> Bool {
        var hasPieces = false
        for plane in 0..<blocks.planes {
            for row in 0..<blocks.rows {
                for column in 0..<blocks.columns {
                    let block = try blocks.find(BlockAddress(plane: plane, row: row, column: column))
                    if block == .absent { continue }
                    json.key("\(path)\(plane).\(row).\(column)")
                    write(block, url: url, to: &json)
                    if case .ranges(let ranges) = block, ranges.count > 1 { hasPieces = true }
                }
            }
        }
        return hasPieces
    }

    private static func write(_ block: StoredBlock, url: String, to json: inout JSONWriter) {
        func pair(_ range: Range<Int>, to json: inout JSONWriter) {
            json.integer(range.lowerBound)
            json.integer(range.count)
        }
        switch block {
        case .absent: json.null()
        case .bytes(let bytes): json.string("base64:" + base64(bytes))
        case .ranges(let ranges) where ranges.count == 1:
            json.array { json in
                json.string(url)
                pair(ranges[0], to: &json)
            }
        case .ranges(let ranges):
            // The form of MultiReferenceFileSystem.
            json.array { json in
                json.string(url)
                json.array { json in ranges.forEach { range in json.array { json in pair(range, to: &json) } } }
            }
        }
    }
}

extension ChunkCodec {
    fileprivate func writeVersion3(as key: String, to json: inout JSONWriter) {
        json.key(key)
        writeVersion3(to: &json)
    }
}

extension PixelType {
    /// The names of the type in Zarr version 2 (behind the byte order) and 3; nil when it has none.
    fileprivate var zarrNames: (version2: String, version3: String)? {
        switch self {
        case .uint8: ("u1", "uint8")
        case .uint16: ("u2", "uint16")
        case .uint32: ("u4", "uint32")
        case .uint64: ("u8", "uint64")
        case .int8: ("i1", "int8")
        case .int16: ("i2", "int16")
        case .int32: ("i4", "int32")
        case .int64: ("i8", "int64")
        case .float16: ("f2", "float16")
        case .float32: ("f4", "float32")
        case .float64: ("f8", "float64")
        case .complexFloat32: ("c8", "complex64")
        case .complexFloat64: ("c16", "complex128")
        case .complexInt16, .complexInt32: nil
        }
    }
}

extension StoredBlocks {
    /// The value of absent chunks.
    fileprivate func writeFillValue(to json: inout JSONWriter) {
        func number(_ value: SampleValue, to json: inout JSONWriter) {
            switch value {
            case .integer(let value): json.integer(Int(value))
            case .unsigned(let value): json.unsigned(value)
            case .real(let value) where value.isFinite: json.number(value)
            case .real(let value): json.string(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
            }
        }
        let value = padValue ?? .integer(0)
        guard pixelType.isComplex else { return number(value, to: &json) }
        json.array { json in
            number(value, to: &json)
            json.integer(0)
        }
    }
}
