// Directories that name the same strips or tiles (TIFF 6.0 section 2 forbids none).

import ImageryBase
import ImageryTags

extension TIFFImage: SharedSource {
    /// The tags from which samples follow.
    private static let tags: [UInt16] = [
        Tag.imageWidth, Tag.imageLength, Tag.bitsPerSample, Tag.compression, Tag.photometricInterpretation, Tag.fillOrder,
        Tag.stripOffsets, Tag.samplesPerPixel, Tag.rowsPerStrip, Tag.stripByteCounts, Tag.planarConfiguration, Tag.t4Options,
        Tag.predictor, Tag.tileWidth, Tag.tileLength, Tag.tileOffsets, Tag.tileByteCounts, Tag.extraSamples, Tag.sampleFormat,
        Tag.jpegTables, Tag.jpegInterchangeFormat, Tag.jpegInterchangeFormatLength, Tag.jpegRestartInterval, Tag.jpegQTables,
        Tag.jpegDCTables, Tag.jpegACTables, Tag.yCbCrCoefficients, Tag.yCbCrSubSampling, Tag.referenceBlackWhite, Tag.dataType,
        Tag.lercParameters,
    ]
    /// Longer arrays are the same when they lie at one place: reading them for each of many directories would be the work that is shared.
    private static let mostBytes = 1 << 12

    func hashStorage(into hasher: inout Hasher) throws(ImageryError) {
        let (file, directory) = (colorTags.file, colorTags.directory)
        for tag in Self.tags {
            guard let entry = directory.entry(tag) else { continue }
            hasher.combine(tag)
            hasher.combine(entry.typeCode)
            hasher.combine(entry.count)
            if entry.byteCount <= Self.mostBytes {
                hasher.combine(try file.value(entry).bytes)
            } else {
                hasher.combine(entry.valueOffset)
            }
        }
    }
}
