// Made by Tests/Vectors/jpeg_containers.py: files of GDAL 3.10.3 and others, and the CRC-32 of their samples. Do not edit.

import TestSupport

let jpegVectors: [CodedVector] = [
    CodedVector(
        "nitf/jpeg-gdal-IC=C3-gray-blocks-of-32.ntf",
        name: "gdal IC=C3, gray, blocks of 32", bands: 1, rows: 40, columns: 50, crc: 0x1ac4b106),
    CodedVector(
        "nitf/jpeg-gdal-IC=C3-YCbCr601-blocks-of-32-imagecodecs-reads.ntf",
        name: "gdal IC=C3, YCbCr601, blocks of 32, imagecodecs reads", bands: 3, rows: 40, columns: 50, crc: 0xfcdf07f2),
    CodedVector(
        "nitf/jpeg-own-NITF-IC=M3-gray-blocks-of-16-one-masked.ntf",
        name: "own NITF IC=M3, gray, blocks of 16, one masked", bands: 1, rows: 24, columns: 40, crc: 0x65529d3f),
    CodedVector(
        "nitf/jpeg-own-NITF-IC=C3-IMODE-S-imagecodecs-reads.ntf",
        name: "own NITF IC=C3, IMODE S, imagecodecs reads", bands: 3, rows: 20, columns: 24, crc: 0x085ca665),
    CodedVector(
        "nitf/jpeg-own-NITF-IC=C3-IMODE-B-a-stream-for-each-band-imagecodecs-reads.ntf",
        name: "own NITF IC=C3, IMODE B, a stream for each band, imagecodecs reads", bands: 3, rows: 20, columns: 24, crc: 0x085ca665
    ),
    CodedVector(
        "nitf/jpeg-own-NITF-IC=C3-IMODE-P-RGB-imagecodecs-reads.ntf",
        name: "own NITF IC=C3, IMODE P, RGB, imagecodecs reads", bands: 3, rows: 20, columns: 24, crc: 0x085ca665),
    CodedVector(
        "nitf/jpeg-own-NITF-IC=C3-12-bits-imagecodecs-reads.ntf",
        name: "own NITF IC=C3, 12 bits, imagecodecs reads", bands: 1, rows: 20, columns: 24, isWide: true, crc: 0x1dd9b608),
    CodedVector(
        "nitf/jpeg-own-NITF-IC=C5-16-bits-lossless.ntf",
        name: "own NITF IC=C5, 16 bits, lossless", bands: 1, rows: 20, columns: 24, isWide: true, crc: 0xf50f660f),
]
