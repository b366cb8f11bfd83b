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


def nitf(images=(), texts=(), data=(), length=None, counts=None):
    """An NITF 2.1 file of segments that are pairs of subheader and data; `counts` has lists of the file header repeat their last entry."""
    lists, body = b"", b""
    for name, segments, widths in (("NUMI", images, (6, 10)), ("NUMS", (), ()), ("NUMX", (), ()), ("NUMT", texts, (4, 5)),
                                   ("NUMDES", data, (4, 9)), ("NUMRES", (), ())):
        entries = [b"%0*d%0*d" % (widths[0], len(header), widths[1], len(content)) for header, content in segments]
        entries += entries[-1:] * ((counts or {}).get(name, 0) - len(entries))
        lists += b"%03d" % len(entries) + b"".join(entries)
        body += b"".join(header + content for header, content in segments)
    start = b"NITF02.1003BF01".ljust(25) + b"20261123120000" + b"A case".ljust(80) + SECURITY + b"0" * 11 + bytes(3) + b" " * 42
    size = len(start) + 12 + 6 + len(lists) + 10
    return start + b"%012d%06d" % (size + len(body) if length is None else length, size) + lists + b"0" * 10 + body


SECURITY = b"U".ljust(167)


def image(rows=4, columns=4, coding=b"NC", bands=1, grid=(1, 1), block=(4, 4), lut=b"0", mode=b"B", udid=b"00000", xbands=b"", repeat=None):
    band = b"M ".ljust(8) + b"N   " + lut
    return (b"IMcase".ljust(12) + b"20261123120000" + b" " * 97 + SECURITY + b"0" + b" " * 42 + b"%08d%08d" % (rows, columns) + b"INT"
            + b"MONO".ljust(8) + b"VIS".ljust(8) + b"08R 0" + coding + b"%d" % bands + xbands + band * (bands if repeat is None else repeat)
            + b"0" + mode + b"%04d%04d%04d%04d" % (*grid, *block) + b"08001000" + b"0" * 10 + b"1.0 " + udid + b"00000")


def text(kind, content):
    return b"TEcase".ljust(9) + b"000" + b"20261123120000" + b" " * 80 + SECURITY + b"0" + kind + b"00000", content


def extension(identifier, content, fields=b""):
    return b"DE" + identifier.ljust(25) + b"01" + SECURITY + fields + b"0000", content


def area(content, overflow=0):
    return b"%05d%03d" % (len(content) + 3, overflow) + content


def mask(offset=10, block_record=4, pad_record=0, pad_bits=8, offsets=(), pad=b"\x07"):
    return struct.pack(">IHHH", offset, block_record, pad_record, pad_bits) + pad + b"".join(struct.pack(">I", place) for place in offsets)


pixels = bytes(16)
save("nitf-999-images-one-subheader", nitf([(image(), pixels)], counts={"NUMI": 999}))
save("nitf-length-of-nines-no-replacement", nitf([(image(), pixels)], length=999999999999))
save("nitf-bands-99999", nitf([(image(bands=0, xbands=b"99999", repeat=3), pixels)]))
save("nitf-table-beyond-the-subheader", nitf([(image(lut=b"365535" + bytes(99)), pixels)]))
save("nitf-huge-dimensions-tiny-data", nitf([(image(99999999, 99999999, block=(0, 0)), pixels)]))
save("nitf-grid-of-9999-by-9999", nitf([(image(grid=(9999, 9999)), pixels)]))
save("nitf-grid-too-small-for-the-image", nitf([(image(400, 400), pixels)]))
save("nitf-mask-data-beyond-the-segment", nitf([(image(coding=b"NM"), mask(offset=0xFFFFFFF0, offsets=(0,)) + pixels)]))
save("nitf-mask-record-of-three-bytes", nitf([(image(coding=b"NM"), mask(offset=15, block_record=3, offsets=(0,)) + pixels)]))
save("nitf-mask-block-beyond-the-data", nitf([(image(coding=b"NM"), mask(offset=15, offsets=(0xFFFFFFF0,)) + pixels)]))
save("nitf-mask-pad-code-of-65535-bits", nitf([(image(coding=b"NM"), mask(offset=15, pad_bits=65535, offsets=(0,)) + pixels)]))
save("nitf-mask-table-of-9999-by-9999", nitf([(image(coding=b"NM", grid=(9999, 9999)), mask(offset=15, offsets=(0,)) + pixels)]))
save("nitf-extension-area-of-two-bytes", nitf([(image(udid=b"00002"), pixels)]))
save("nitf-extension-length-beyond-the-area", nitf([(image(udid=area(b"BLOCKA99999" + bytes(20))), pixels)]))
save("nitf-9000-empty-extensions", nitf([(image(udid=area(b"EMPTY 00000" * 9000)), pixels)]))
save("nitf-overflow-names-itself", nitf([(image(udid=area(b"", 1)), pixels)], data=[extension(b"TRE_OVERFLOW", b"EMPTY 00000", b"UDID  001")] * 2))
save("nitf-text-that-is-no-utf-8", nitf(texts=[text(b"U8S", b"\xff\xc0\x80\xf8" * 1000)]))
