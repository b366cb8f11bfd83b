// Made by Tests/Vectors/jpeg_containers.py: files of GDAL 3.10.3 and tifffile 2026.3.3 and the CRC-32 of their samples. Do not edit.

import TestSupport

let jpegVectors: [CodedVector] = [
    CodedVector(
        "tiff/jpeg-gdal-gray-tiles-of-16-JPEG-QUALITY=40.tif",
        name: "gdal gray, tiles of 16, JPEG_QUALITY=40", bands: 1, rows: 29, columns: 35, crc: 0x7d8bfded),
    CodedVector(
        "tiff/jpeg-gdal-gray-strips-of-8-JPEGTABLESMODE=0.tif",
        name: "gdal gray, strips of 8, JPEGTABLESMODE=0", bands: 1, rows: 29, columns: 35, crc: 0x7d8bfded),
    CodedVector(
        "tiff/jpeg-gdal-gray-strips-of-16-JPEGTABLESMODE=2.tif",
        name: "gdal gray, strips of 16, JPEGTABLESMODE=2", bands: 1, rows: 29, columns: 35, crc: 0x7d8bfded),
    CodedVector(
        "tiff/jpeg-gdal-RGB-strips-of-8.tif",
        name: "gdal RGB, strips of 8", bands: 3, rows: 37, columns: 41, crc: 0x6523ca05),
    CodedVector(
        "tiff/jpeg-gdal-YCBCR-tiles-of-32.tif",
        name: "gdal YCBCR, tiles of 32", bands: 3, rows: 37, columns: 41, crc: 0x5a4f18a1),
    CodedVector(
        "tiff/jpeg-gdal-YCBCR-strips-of-16.tif",
        name: "gdal YCBCR, strips of 16", bands: 3, rows: 37, columns: 41, crc: 0x2de7513e),
    CodedVector(
        "tiff/jpeg-gdal-INTERLEAVE=BAND-tiles-of-32.tif",
        name: "gdal INTERLEAVE=BAND, tiles of 32", bands: 3, rows: 37, columns: 41, crc: 0x6523ca05),
    CodedVector(
        "tiff/jpeg-tifffile-ycbcr-subsampling-1-1.tif",
        name: "tifffile ycbcr, subsampling (1, 1)", bands: 3, rows: 37, columns: 41, crc: 0xe7ab51f0),
    CodedVector(
        "tiff/jpeg-tifffile-ycbcr-subsampling-2-1.tif",
        name: "tifffile ycbcr, subsampling (2, 1)", bands: 3, rows: 37, columns: 41, crc: 0x3ad2ee7a),
    CodedVector(
        "tiff/jpeg-tifffile-ycbcr-subsampling-2-2.tif",
        name: "tifffile ycbcr, subsampling (2, 2)", bands: 3, rows: 37, columns: 41, crc: 0xd260b375),
    CodedVector(
        "tiff/jpeg-tifffile-12-bits-tiles-of-16-imagecodecs-reads.tif",
        name: "tifffile 12 bits, tiles of 16, imagecodecs reads", bands: 1, rows: 23, columns: 27, isWide: true, crc: 0xb9831c61),
    CodedVector(
        "tiff/jpeg-tifffile-lossless-16-bits-tiles-of-16-lossless.tif",
        name: "tifffile lossless 16 bits, tiles of 16, lossless", bands: 1, rows: 23, columns: 27, isWide: true, crc: 0xcffe4592),
]
