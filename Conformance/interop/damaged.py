#!/usr/bin/env python3
"""damaged.py TOOL: does the tool show of damaged streams what other software shows of them?

JPEG that is cut, or has a wrong bit, as djpeg (libjpeg-turbo) shows it: alone, in TIFF, and in NITF (C3), with --salvage. Lines of T.4 and T.6
with a wrong bit as tiffcp (libtiff) shows them. Without the programs and packages nothing is checked, unless the environment variable
IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import argparse
import io
import random
import re
import struct

from common import Checks, difference, has_tools, packages, planar

with packages():
    import numpy
    import tifffile
    from PIL import Image

SIZE = (90, 120)


def scene(rows, columns):
    """Ramps, edges and a little noise."""
    draw = numpy.random.default_rng(7)
    y, x = numpy.indices((rows, columns))
    picture = numpy.stack([(x * (5 + band) + y * (9 - 2 * band)) % 97 / 96 for band in range(3)], axis=2)
    picture[rows // 3 :, columns // 2 :] *= 0.3
    return (numpy.clip(picture + draw.normal(0, 0.02, picture.shape), 0, 1) * 255).round().astype(numpy.uint8)


def netpbm(path):
    """The samples of a PPM or PGM file, or nothing."""
    with open(path, "rb") as file:
        data = file.read()
    head = re.match(rb"P([56])\s+(\d+)\s+(\d+)\s+\d+\s", data)
    if not head:
        return None
    bands = 3 if head[1] == b"6" else 1
    samples = numpy.frombuffer(data[head.end() :], numpy.uint8)
    return planar(samples.reshape(int(head[3]), int(head[2]), bands))


def tiff(size, tags, data):
    """A little-endian TIFF of one strip; tags are (code, type, values)."""
    tags = sorted([(256, 4, [size[1]]), (257, 4, [size[0]]), (273, 4, [256]), (278, 4, [size[0]]), (279, 4, [len(data)])] + tags)
    file = b"II*\0" + struct.pack("<IH", 8, len(tags))
    for code, kind, values in tags:
        packed = b"".join(struct.pack("<H" if kind == 3 else "<I", value) for value in values)
        file += struct.pack("<HHI", code, kind, len(values)) + packed.ljust(4, b"\0")
    return (file + struct.pack("<I", 0)).ljust(256, b"\0") + data


def salvaged(checks, name):
    """What the tool reads when salvaging, or what it says."""
    target = checks.path("read.npy")
    if problem := checks.convert(checks.path(name), target, "--salvage"):
        return problem
    samples = numpy.load(target)
    return samples if samples.ndim == 3 else samples[None]


def compare(checks, group, name, file, want):
    with open(checks.path(name), "wb") as target:
        target.write(file)
    got = salvaged(checks, name)
    where = f"{name} of {len(file)} bytes"
    checks.note(group, where, got if isinstance(got, str) else difference(got, want))


def shown_by_djpeg(checks, stream):
    with open(checks.path("stream.jpg"), "wb") as file:
        file.write(stream)
    target = checks.path("shown.ppm")
    # It exits with 2 when it had something to say of the data.
    if checks.run("djpeg", "-outfile", target, checks.path("stream.jpg")).returncode not in (0, 2):
        return None
    return netpbm(target)


def jpeg(checks, draw):
    settings = {
        "4:2:0": {"subsampling": 2}, "4:2:2": {"subsampling": 1}, "4:4:4": {"subsampling": 0}, "gray": {}, "own codes": {"optimize": True},
        "restart intervals": {"restart_marker_rows": 1},
    }
    picture = scene(*SIZE)
    for name, how in settings.items():
        buffer = io.BytesIO()
        image = Image.fromarray(picture)
        (image.convert("L") if name == "gray" else image).save(buffer, "JPEG", quality=80, **how)
        whole = buffer.getvalue()
        data = whole.index(b"\xff\xda") + 14
        for turn in range(6):
            place = draw.randrange(data, len(whole) - 2)
            stream = bytearray(whole)
            if turn % 3 == 2:
                stream[place] ^= 1 << draw.randrange(8)
            else:
                del stream[place:]
            want = shown_by_djpeg(checks, bytes(stream))
            if want is None:
                continue
            what = "a wrong bit" if turn % 3 == 2 else "cut"
            compare(checks, f"JPEG, {what}", f"{name.replace(':', '')}-{turn}.jpg", bytes(stream), want)
            if turn % 3 == 2:
                continue
            bands = want.shape[0]
            tags = [(258, 3, [8]), (259, 3, [7]), (262, 3, [6 if bands == 3 else 1]), (277, 3, [bands])]
            if bands == 3:
                tags.append((530, 3, {"4:4:4": [1, 1], "4:2:2": [2, 1]}.get(name, [2, 2])))
            compare(checks, "JPEG in TIFF, cut", f"{name.replace(':', '')}-{turn}.tif", tiff(SIZE, tags, bytes(stream)), want)


def jpeg_in_nitf(checks, draw):
    source, target = checks.path("scene.png"), checks.path("whole.ntf")
    Image.fromarray(scene(*SIZE)).save(source)
    if problem := checks.convert(source, target, "--compression", "jpeg", "--block-size", f"{SIZE[1]}x{SIZE[0]}"):
        return checks.note("JPEG in NITF, cut", "whole.ntf", problem)
    with open(target, "rb") as file:
        whole = file.read()
    start = whole.index(b"\xff\xd8\xff")
    for turn in range(6):
        place = draw.randrange(whole.index(b"\xff\xda", start) + 20, len(whole) - 2)
        want = shown_by_djpeg(checks, whole[start:place])
        if want is not None:
            compare(checks, "JPEG in NITF, cut", f"cut-{turn}.ntf", whole[:place], want)


def fax(checks, draw):
    picture = scene(*SIZE)[:, :, 0] > 90
    codes = {"g4": 4, "g3": 3, "g3:2d": 3}
    tifffile.imwrite(checks.path("lines.tif"), picture, photometric="miniswhite", rowsperstrip=SIZE[0], compression=None)
    for name, code in codes.items():
        coded = checks.path("coded.tif")
        checks.run("tiffcp", "-c", name, "-r", str(SIZE[0]), checks.path("lines.tif"), coded)
        with tifffile.TiffFile(coded) as file:
            page = file.pages[0]
            data = bytearray(file.filehandle.read_array(numpy.uint8, page.databytecounts[0], page.dataoffsets[0]))
            fill = page.tags[266].value if 266 in page.tags else 1
            options = [(292, 4, [page.tags[292].value])] if 292 in page.tags else []
        for turn in range(10):
            damaged = bytearray(data)
            damaged[draw.randrange(len(data) // 8, len(data) - 8)] ^= 1 << draw.randrange(8)
            tags = [(258, 3, [1]), (259, 3, [code]), (262, 3, [0]), (266, 3, [fill]), (277, 3, [1])] + options
            file = tiff(SIZE, tags, bytes(damaged))
            with open(checks.path("damaged.tif"), "wb") as target:
                target.write(file)
            checks.run("tiffcp", "-i", "-c", "none", checks.path("damaged.tif"), checks.path("shown.tif"))
            want = planar(tifffile.TiffFile(checks.path("shown.tif")).pages[0].asarray().astype(numpy.uint8))
            compare(checks, f"{name}, a wrong bit", f"{name.replace(':', '-')}-{turn}.tif", file, want)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    options = parser.parse_args()
    checks = Checks("as others show it", options.tool)
    draw = random.Random(11)
    if has_tools("djpeg"):
        jpeg(checks, draw)
        jpeg_in_nitf(checks, draw)
    if has_tools("tiffcp"):
        fax(checks, draw)
    checks.finish()


if __name__ == "__main__":
    main()
