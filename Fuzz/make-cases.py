#!/usr/bin/env python3
"""make-cases.py: writes the hand-made inputs of Fuzz/FailCases, each named after what is wrong with it.

They stand for classes of damage that other decoders failed on. Inputs that a fuzzer found are added beside them by hand.
"""
import os
import struct
import zlib

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "FailCases")
os.makedirs(folder, exist_ok=True)


def save(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, data, depth=8, colour=0, interlace=0, extra=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


save("png-huge-dimensions-tiny-data", png(50000, 50000, zlib.compress(bytes(100)), depth=16, colour=6))
save("png-data-ends-before-the-last-row", png(4, 4, zlib.compress(bytes(15))))
save("png-zero-width", png(0, 4, zlib.compress(bytes(4))))
save("png-unknown-filter", png(1, 1, zlib.compress(b"\x05\x00")))
save("png-distance-before-the-first-byte", png(4, 4, b"\x78\x01" + bytes([0x63, 0x00, 0x42, 0x00]) + b"\0\0\0\1"))
save("png-profile-bomb", png(1, 1, zlib.compress(b"\0\0"), extra=chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(24 << 20), 9))))
save("png-chunk-length-beyond-the-file", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0x7FFFFFFF) + b"IHDR" + bytes(13))
save("png-more-data-than-rows", png(1, 1, zlib.compress(bytes(1 << 20), 9)))


def tiff(tags, data=b"", next_ifd=0, count=None):
    """A classic little-endian TIFF of one IFD; values of up to four bytes, `data` from offset 256."""
    body = b"II*\0" + struct.pack("<IH", 8, len(tags) if count is None else count)
    for tag, kind, number, value in sorted(tags):
        body += struct.pack("<HHI", tag, kind, number) + (struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value))
    body += struct.pack("<I", next_ifd)
    return body.ljust(256, b"\0") + data


def base(width, height, compression=1, bits=8, rows=None, length=16, samples=1):
    return [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, bits), (259, 3, 1, compression), (262, 3, 1, 1), (273, 4, 1, 256),
            (277, 3, 1, samples), (278, 4, 1, height if rows is None else rows), (279, 4, 1, length)]


save("tiff-directory-chain-loops", tiff(base(16, 1), bytes(16), next_ifd=8))
save("tiff-huge-dimensions-tiny-data", tiff(base(60000, 60000), bytes(16)))
save("tiff-value-count-beyond-the-file", tiff(base(16, 1) + [(65000, 4, 0xFFFFFFF0, 64)], bytes(16)))
save("tiff-directory-of-65535-entries", tiff(base(16, 1), bytes(16), count=65535))
save("tiff-strip-beyond-the-file", tiff(base(16, 1, length=4000), bytes(4)))
save("tiff-zero-width", tiff(base(0, 1), bytes(16)))
save("tiff-rows-per-strip-zero", tiff(base(16, 1, rows=0), bytes(16)))
save("tiff-zero-bits", tiff(base(16, 1, bits=0), bytes(16)))
save("tiff-samples-65535", tiff(base(16, 1, samples=65535), bytes(16)))
save("tiff-lzw-code-beyond-the-table", tiff(base(16, 1, compression=5, length=4), bytes([0x80, 0x1F, 0xFF, 0xFF])))
save("tiff-packbits-run-beyond-the-row", tiff(base(16, 1, compression=32773, length=2), bytes([0x81, 7])))
save("tiff-deflate-bomb", tiff(base(16, 1, compression=8, length=len(zlib.compress(bytes(16 << 20), 9))), zlib.compress(bytes(16 << 20), 9)))
