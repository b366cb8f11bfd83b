#!/usr/bin/env python3
"""old_compressions.py TOOL: does the tool read NeXT's, ThunderScan's and SGI's compression in TIFF as libtiff does?

No program writes these any more: streams are drawn at random by the rules of each, put into TIFFs of one strip, and read by GDAL (libtiff) and by the tool. Absent
software is skipped, unless the environment variable IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import random
import struct
import sys
import warnings

from common import Checks, attempt, by_gdal, packages

with packages():
    import numpy
    import rasterio

LUMINANCE, LUMINANCE_AND_CHROMATICITIES = 32844, 32845


def some_bytes(draw, count):
    return bytes(draw.randrange(256) for _ in range(count))


def next_row(draw, columns):
    """A row of two bits a pixel: literal, literal in part, or runs of a grey (two bits) and a length (six)."""
    row_bytes, kind = (columns + 3) // 4, draw.random()
    if kind < 0.3:
        return b"\x00" + some_bytes(draw, row_bytes)
    if kind < 0.5:
        start = draw.randrange(row_bytes)
        count = draw.randrange(row_bytes - start + 1)
        return b"\x40" + struct.pack(">HH", start, count) + some_bytes(draw, count)
    row, column = b"", 0
    while column < columns:
        grey, count = draw.randrange(4), draw.randrange(1, 64)
        # Most end with the row; the last run of a row may be longer.
        count = min(count, columns - column) if draw.random() < 0.8 else count
        row += bytes([grey << 6 | count])
        column += count
    return row


def thunderscan_row(draw, columns):
    """A row of four bits a pixel: runs, differences of two and of three bits, pixels as they are."""
    row, column = b"", 0
    while column < columns:
        kind, low = draw.randrange(4), draw.randrange(64)
        if kind == 0:
            low = min(low, columns - column)
            count = low
        elif kind == 1:
            count = sum(low >> shift & 3 != 2 for shift in (4, 2, 0))
        elif kind == 2:
            count = sum(low >> shift & 7 != 4 for shift in (3, 0))
        else:
            count = 1
        if 0 < count <= columns - column:
            row += bytes([kind << 6 | low])
            column += count
    return row


def byte_plane(draw, columns):
    """A byte of each pixel of a row: runs of 2 to 129, and up to 127 as they are."""
    row, column = b"", 0
    while column < columns:
        left = columns - column
        if left >= 2 and draw.random() < 0.5:
            count = draw.randrange(2, min(129, left) + 1)
            row += bytes([126 + count, draw.randrange(256)])
        else:
            count = draw.randrange(1, min(127, left) + 1)
            row += bytes([count]) + some_bytes(draw, count)
        column += count
    return row


def tiff(data, columns, rows, bits, compression, photometric=1, samples=1, sample_format=1, order="<"):
    """A classic TIFF of one strip."""
    def short(*values):
        return 3, len(values), struct.pack(f"{order}{len(values)}H", *values)

    def long(value):
        return 4, 1, struct.pack(order + "I", value)

    tags = {
        256: short(columns), 257: short(rows), 258: short(*[bits] * samples), 259: short(compression), 262: short(photometric), 273: long(0),
        277: short(samples), 278: short(rows), 279: long(len(data)), 339: short(*[sample_format] * samples)}
    end = 8 + 2 + 12 * len(tags) + 4
    tags[273] = long(end + sum(len(value) for _, _, value in tags.values() if len(value) > 4))
    entries, behind = b"", b""
    for tag, (kind, count, value) in sorted(tags.items()):
        if len(value) > 4:
            behind, value = behind + value, struct.pack(order + "I", end + len(behind))
        entries += struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\0")
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "IH", 8, len(tags)) + entries + bytes(4) + behind + data


def main():
    warnings.filterwarnings("ignore")
    checks, draw = Checks("Old compressions of TIFF", sys.argv[1]), random.Random(41)
    path, target = checks.path("made.tif"), checks.path("read.npy")

    def by_tool(_):
        trouble = checks.convert(path, target)
        if trouble:
            raise RuntimeError(trouble)
        return numpy.load(target)

    for number in range(40):
        columns, rows, order = draw.randrange(1, 300), draw.randrange(1, 6), draw.choice("<>")
        for name, row, options in (
                ("NeXT", next_row, (2, 32766)), ("ThunderScan", thunderscan_row, (4, 32809)),
                ("LogL", lambda *what: b"".join(byte_plane(*what) for _ in range(2)), (16, 34676, LUMINANCE, 1, 2)),
                ("LogLuv24", lambda draw, columns: some_bytes(draw, 3 * columns), (16, 34677, LUMINANCE_AND_CHROMATICITIES, 3, 2)),
                ("LogLuv", lambda *what: b"".join(byte_plane(*what) for _ in range(4)), (16, 34676, LUMINANCE_AND_CHROMATICITIES, 3, 2))):
            data = b"".join(row(draw, columns) for _ in range(rows))
            with open(path, "wb") as file:
                file.write(tiff(data, columns, rows, *options, order=order))
            checks.note(name, f"{number}: {columns} x {rows} {order}", attempt(by_tool, path, by_gdal(path)))
    checks.finish()


if __name__ == "__main__":
    main()
