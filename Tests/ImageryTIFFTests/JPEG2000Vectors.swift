// Made by Tests/Vectors/tiff.py: files of tifffile 2026.3.3 and the CRC-32 of their samples. Do not edit.

import TestSupport

let jpeg2000Vectors: [CodedVector] = [
    CodedVector(
        "tiff/jpeg2000-tifffile-33003-of-YCbCr.tif",
        name: "tifffile 33003 of YCbCr", bands: 3, rows: 6, columns: 19, crc: 0xb787c5dc)
]
