public import ImageryBase
import ImageryPlumbing

extension Dataset {
    /// All that is wrong with the file (S92): what opening found, the rules of its format that it breaks, then asset by asset what its
    /// samples, characters and bytes show. Damage does not hide what stands behind it. A file without findings of severity error is right.
    ///
    /// Images are read piece by piece, so that memory is that of some rows of blocks; time is that of reading everything once. `progress` is
    /// called with the number of pieces that were read, and that there are. An image whose samples would cost more than the limits
    /// allow for its bytes is not read, nor are those behind the first that `Limits.maxValidatedBytes` has no room for. Images of the same
    /// bytes are read once.
    public func validate(progress: ((_ done: Int, _ total: Int) -> Void)? = nil) -> [Diagnostic] {
        var found = diagnostics
        for container in containers { container.validate { found.append($0) } }
        let assets = assets
        let pieces = assets.map { $0.image.map { PieceList($0.layout) } }
        let total = pieces.reduce(0) { checkedSum($0, $1?.count ?? 1) ?? .max }
        var done = 0
        let bytes = members.reduce(0) { checkedSum($0, $1.source.byteCount) ?? .max }
        var budget = options.limits.validationBudget(fileBytes: bytes)
        var isExhausted = false
        var known: [Int: (key: AssetKey, isRight: Bool)] = [:]
        for (asset, pieces) in zip(assets, pieces) {
            if let image = asset.image, let pieces {
                (image.stored as? any ValidatedSource)?.validate { found.append($0) }
                let storage = image.storage
                if let storage, let same = known[storage] {
                    // Its bytes were read: they are not read for every image that names them.
                    if !same.isRight {
                        found.append(
                            Diagnostic(
                                image.key.description, "its blocks are those of \(same.key), and what is wrong with them too"))
                    }
                    done = checkedSum(done, pieces.count) ?? .max
                    progress?(done, total)
                    continue
                }
                let size = image.layout.shape.sampleCount.flatMap { checkedProduct($0, image.layout.pixelType.byteCount) } ?? .max
                if size <= budget {
                    budget -= size
                    let faults = image.validate(pieces) { progress?(done + $0, total) }
                    found += faults
                    if let storage { known[storage] = (image.key, faults.isEmpty) }
                } else if !isExhausted {
                    isExhausted = true
                    found.append(
                        Diagnostic(
                            image.key.description,
                            "is not read, nor others that are too large for it: raise limits.maxPixelBytes (--limit) to validate more of this file",
                            severity: .warning))
                }
                done = checkedSum(done, pieces.count) ?? .max
                continue
            }
            do throws(ImageryError) {
                if let text = asset.text { _ = try text.read() } else { try asset.touch() }
            } catch {
                found.append(Diagnostic(error))
            }
            done += 1
            progress?(done, total)
        }
        var seen: Set<Diagnostic> = []
        return found.filter { seen.insert($0).inserted }
    }
}

/// Windows that cover an image, row by row, each of whole blocks where those are not too large.
private struct PieceList {
    private let layout: ImageLayout
    private let width: Int
    private let height: Int

    /// Pieces of up to this many bytes hold several blocks.
    private static let bytes = 1 << 24

    init(_ layout: ImageLayout) {
        self.layout = layout
        let shape = layout.shape
        func size(_ width: Int, _ height: Int) -> Int {
            checkedProduct(width, height, shape.bands, layout.pixelType.byteCount) ?? .max
        }
        // Formats with one block give it row by row to a session.
        height = size(layout.blockWidth, layout.blockHeight) <= Self.bytes ? layout.blockHeight : min(256, layout.blockHeight)
        let across = max(1, Self.bytes / max(1, size(layout.blockWidth, height)))
        width = across >= layout.gridColumns ? shape.columns + layout.blockOffsetX : across * layout.blockWidth
    }

    private var columns: Int { ceilDivide(layout.shape.columns + layout.blockOffsetX, width) }
    private var rows: Int { ceilDivide(layout.shape.rows + layout.blockOffsetY, height) }

    /// Pixels of a piece at most: one that the image's edge does not cut.
    var largest: (width: Int, height: Int) { (min(width, layout.shape.columns), min(height, layout.shape.rows)) }

    var count: Int { checkedProduct(rows, columns) ?? .max }

    subscript(index: Int) -> Window {
        let x = index % columns * width - layout.blockOffsetX
        let y = index / columns * height - layout.blockOffsetY
        return Window(x: x, y: y, width: width, height: height).intersection(layout.bounds)
    }
}

extension ImageAsset {
    /// An image that fails so often is not read on.
    private static let mostErrors = 16

    /// What its samples follow from, as a number; nil where that is nothing that others may share, or cannot be read.
    fileprivate var storage: Int? {
        guard let source = stored as? any SharedSource else { return nil }
        var hasher = Hasher()
        guard (try? source.hashStorage(into: &hasher)) != nil else { return nil }
        return hasher.finalize()
    }

    fileprivate func validate(_ pieces: PieceList, progress: (_ done: Int) -> Void) -> [Diagnostic] {
        var context = ReadContext(asset.dataset.options, isSession: true)
        context.salvage = true
        let reader = source.makeReader(context)
        let bands = Array(0..<layout.shape.bands)
        // A few bytes that claim to be a huge image would keep it busy without end (S91).
        do throws(ImageryError) {
            try source.checkCost(ReadRequest(region: layout.bounds, bands: bands), context.limits)
        } catch {
            return [Diagnostic(error)]
        }
        var errors: [Diagnostic] = []
        var memory: Scratch?
        for index in 0..<pieces.count {
            let window = pieces[index]
            do throws(ImageryError) {
                let request = ReadRequest(region: window, bands: bands)
                let target: Scratch
                if let memory {
                    target = memory
                } else {
                    let (width, height) = pieces.largest
                    guard let size = checkedProduct(width, height, bands.count, layout.pixelType.byteCount) else {
                        throw ImageryError(limit: .memory, key.description, "\(height) rows exceed any memory")
                    }
                    target = try Scratch(byteCount: size)
                    memory = target
                }
                // In bounds: no piece has more rows or columns than the largest.
                let rowBytes = window.width * layout.pixelType.byteCount
                try unsafe reader.read(
                    request, into: Destination(base: target.base, bandStride: rowBytes * window.height, rowStride: rowBytes))
            } catch {
                let finding = Diagnostic(error)
                // What stands in the way of one piece without a place stands in the way of all.
                let isSame = errors.last == finding
                errors.append(finding)
                if isSame || error.kind == .io || error.kind == .unsupported || errors.count >= Self.mostErrors { break }
            }
            progress(index + 1)
        }
        return context.findings.all + errors
    }
}

extension Asset {
    /// Reads all stored bytes, a part at a time. Throws what stands in the way.
    fileprivate func touch() throws(ImageryError) {
        for range in entry.byteRanges {
            for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
                _ = try source.copy(start..<min(start + (1 << 20), range.upperBound), of: key.description)
            }
        }
    }
}
