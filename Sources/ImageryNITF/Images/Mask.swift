// The image data mask (MIL-STD-2500C 5.4.3.2, Table A-3(A)).

import ImageryBase
import ImageryPlumbing
import Synchronization

/// The table before the blocks of a masked image: where its blocks lie, and which sample value is padding.
final class ImageDataMask: Sendable {
    /// Where the blocks begin that the offsets count from, in the file.
    let dataStart: Int
    /// Where the mask ends, in the file.
    let end: Int
    /// The offset of every block, in the file; nil when none is masked.
    private let blockTable: Range<Int>?
    /// The order of the bytes of an offset.
    private let isBigEndian: Bool
    /// TPXCD, as stored.
    let padCode: [UInt8]
    private let source: any ByteSource
    private let context: String
    private let loaded = Mutex<[UInt8]?>(nil)

    /// The offset of a block that is not recorded.
    private static let absent: UInt32 = 0xFFFF_FFFF
    /// Tables up to that size are loaded at once; of longer ones each entry is read when it is asked for.
    private static let shortTable = 1 << 20

    /// Reads the fixed part of the mask at the start of `data`, for an image of `blocks` blocks (those of every band,
    /// if sequential).
    ///
    /// Throws kind malformed when the lengths mean nothing or the tables do not fit.
    init(_ source: any ByteSource, data: Range<Int>, blocks: Int, context: String) throws(ImageryError) {
        self.source = source
        self.context = context
        func malformed(_ message: String) -> ImageryError {
            ImageryError(.malformed, context, message, at: data.lowerBound)
        }
        guard data.count >= 10 else { throw malformed("the data have \(data.count) bytes, no room for their mask") }
        let (imageOffset, blockLength, padLength, codeBits) = try source.lend(
            data.lowerBound..<data.lowerBound + 10, of: context
        ) { (span) throws(ImageryError) in
            var cursor = ByteCursor(span, base: data.lowerBound, bigEndian: true, context: context)
            return (Int(try cursor.u32()), Int(try cursor.u16()), Int(try cursor.u16()), Int(try cursor.u16()))
        }
        guard blockLength == 0 || blockLength == 4, padLength == 0 || padLength == 4 else {
            throw malformed("BMRLNTH is \(blockLength) and TMRLNTH \(padLength); 0 and 4 have a meaning")
        }
        let codeBytes = ceilDivide(codeBits, 8)
        let table = 10 + codeBytes
        guard let tableBytes = checkedProduct(blocks, blockLength + padLength), let end = checkedSum(table, tableBytes),
            end <= data.count
        else { throw malformed("\(blocks) blocks with a mask need more than the \(data.count) bytes of the data") }
        guard imageOffset >= end, imageOffset <= data.count else {
            throw malformed("IMDATOFF is \(imageOffset), the mask ends at \(end), the data at \(data.count)")
        }
        padCode = try source.copy(data.lowerBound + 10..<data.lowerBound + table, of: context)
        dataStart = data.lowerBound + imageOffset
        self.end = data.lowerBound + end
        isBigEndian = true
        // In bounds: the tables end inside the data.
        blockTable = blockLength == 0 ? nil : data.lowerBound + table..<data.lowerBound + table + blocks * 4
    }

    /// The mask of a frame of a raster product, whose parts lie where its location section says: `blockTable`, inside the source, has an
    /// offset for every block from `dataStart`; nil when all are recorded.
    init(
        _ source: any ByteSource, dataStart: Int, blockTable: Range<Int>?, padCode: [UInt8], isBigEndian: Bool, context: String
    ) {
        self.source = source
        self.context = context
        self.isBigEndian = isBigEndian
        self.dataStart = dataStart
        self.blockTable = blockTable
        self.padCode = padCode
        end = dataStart
    }

    /// The same mask, whose offsets count from `count` bytes further on.
    func shifted(by count: Int) -> ImageDataMask {
        ImageDataMask(
            source, dataStart: dataStart + count, blockTable: blockTable, padCode: padCode, isBigEndian: isBigEndian,
            context: context)
    }

    /// Offset of block `index` from ``dataStart``; nil when it is not recorded. `stride` is the size of a block, by
    /// which blocks follow each other when none is masked.
    func offset(of index: Int, stride: Int) throws(ImageryError) -> Int? {
        guard let blockTable else { return index * stride }
        let place = 4 * index
        let value: UInt32
        if blockTable.count > Self.shortTable {
            let start = blockTable.lowerBound + place
            value = try source.lend(start..<start + 4, of: context) { (span) throws(ImageryError) in
                var cursor = ByteCursor(span, base: start, bigEndian: isBigEndian, context: context)
                return try cursor.u32()
            }
        } else {
            value = entry(try table(blockTable), place)
        }
        return value == Self.absent ? nil : Int(value)
    }

    /// True for a block that is not recorded; false when its entry cannot be read.
    func isAbsent(_ index: Int) -> Bool {
        do throws(ImageryError) {
            return try offset(of: index, stride: 0) == nil
        } catch {
            return false
        }
    }

    /// False when no block is masked and blocks follow each other.
    var hasBlockTable: Bool { blockTable != nil }

    /// The offset of every block from ``dataStart``, nil for one that is not recorded; nil when there is no table of them.
    func starts() throws(ImageryError) -> [Int?]? {
        guard let blockTable else { return nil }
        let bytes = try table(blockTable)
        return stride(from: 0, to: bytes.count, by: 4).map { place in
            let value = entry(bytes, place)
            return value == Self.absent ? nil : Int(value)
        }
    }

    private func entry(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        let value =
            UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8 | UInt32(bytes[place + 3])
        return isBigEndian ? value : value.byteSwapped
    }

    private func table(_ range: Range<Int>) throws(ImageryError) -> [UInt8] {
        if let found = loaded.withLock({ $0 }) { return found }
        let made = try source.copy(range, of: context)
        loaded.withLock { $0 = made }
        return made
    }

    /// The pad value as a sample: right-justified in TPXCD, bits beyond those of a sample ignored.
    func padValue(bits: Int, type: PixelType) -> SampleValue? {
        guard !padCode.isEmpty else { return nil }
        var code = padCode.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if bits < 64 { code &= (1 << UInt64(bits)) - 1 }
        switch type {
        case .float32: return .real(Double(Float(bitPattern: UInt32(code))))
        case .float64: return .real(Double(bitPattern: code))
        case .complexFloat32: return .real(Double(Float(bitPattern: UInt32(code >> 32))))
        case _ where type.isSigned:
            let shift = UInt64(64 - bits)
            return .integer(Int64(bitPattern: code << shift) >> Int64(shift))
        default: return Int64(exactly: code).map { .integer($0) } ?? .unsigned(code)
        }
    }
}
