#!/usr/bin/env python3
"""rpf.py TOOL [--corpus DIR]: are frames of raster products (CADRG, CIB) what GDAL makes of them?

Of every vector quantised image of the corpus (default: IMAGERY_CORPUS): the indices, the value of transparent pixels, the place (an affine
one, or the centres of the corner pixels of polar frames) and the dates of its attributes. Files that GDAL cannot read are passed over.

Also a table of contents (A.TOC) that is made here of two frames of the corpus and one that is not there: its rectangle as GDAL's subdataset.

Needs rasterio and pyproj. Without them, or without a corpus, nothing is checked and the exit status is 0, unless the environment variable
IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import argparse
import json
import os
import shutil
import struct
import warnings

from common import Checks, difference, packages
with packages():
    import numpy
    import pyproj
    import rasterio


def frames(corpus):
    """The vector quantised images of a corpus, opened by GDAL."""
    with open(os.path.join(corpus, "manifest.json")) as file:
        entries = json.load(file)
    for entry in entries:
        if entry["format"] != "nitf":
            continue
        path = os.path.join(corpus, entry["path"])
        with open(path, "rb") as file:
            if b"RPFIMG" not in file.read(1 << 16):
                continue
        try:
            with rasterio.open(path) as image:
                yield entry["path"], path, image, image.read()
        except rasterio.errors.RasterioError:
            continue


def place_problem(image, ours):
    """What is wrong with the place that the tool gives."""
    if not ours:
        return "there is none"
    if "affine" in ours:
        theirs = image.transform.to_gdal()
        return "" if numpy.allclose(theirs, ours["affine"], rtol=0, atol=1e-9) else f"{ours['affine']}, expected {theirs}"
    # GDAL has polar frames in metres on a sphere, whose latitudes are those of the product.
    sphere = pyproj.CRS.from_user_input(image.crs.to_wkt())
    to_degrees = pyproj.Transformer.from_crs(sphere, sphere.geodetic_crs, always_xy=True)
    columns, rows = image.width, image.height
    centres = [(0.5, 0.5), (columns - 0.5, 0.5), (columns - 0.5, rows - 0.5), (0.5, rows - 0.5)]
    theirs = [to_degrees.transform(*(image.transform * centre)) for centre in centres]
    return "" if numpy.allclose(theirs, ours["corners"], rtol=0, atol=1e-6) else f"{ours['corners']}, expected {theirs}"


def dates(image, metadata):
    """What is wrong with the dates of the attributes that GDAL knows."""
    frame = {entry["name"]: entry["value"] for entry in metadata}.get("RPF:frame", [])
    attributes = {entry["name"]: entry["value"] for entry in frame}.get("ATTRIBUTES", [])
    found = {}
    for attribute in attributes:
        fields = {entry["name"]: entry["value"] for entry in attribute}
        found.setdefault(fields["ATTRIBUTE_ID"], fields.get("VALUE"))
    names = {1: "NITF_RPF_CurrencyDate", 2: "NITF_RPF_ProductionDate", 3: "NITF_RPF_SignificantDate"}
    for number, name in names.items():
        theirs = image.tags().get(name)
        if theirs and str(found.get(number)) != theirs.strip():
            return f"attribute {number} is {found.get(number)}, expected {theirs}"
    return ""


def contents(folder, frames, rectangle):
    """Writes an A.TOC (MIL-STD-2411, components 148 to 151) of one rectangle: rows and columns of frames, and its corners and intervals."""
    rows, columns, numbers = rectangle
    record = b"CADRG55:1 1:1M        11    " + struct.pack(">12d", *numbers) + struct.pack(">II", rows, columns)
    path = b"./ZONE1/"
    index = b"".join(
        struct.pack(">HHHI", 0, row, column, 33 * len(frames)) + name.encode().ljust(12) + b"AAAA00U    " for row, column, name in frames)
    components = [
        (148, struct.pack(">IHH", 0, 1, 132)), (149, record),
        (150, b"U" + struct.pack(">IIHH", 0, len(frames), 1, 33)), (151, index + struct.pack(">H", len(path)) + path)]

    def section(start):
        place, records = start + 14 + 10 * len(components), b""
        for number, data in components:
            records += struct.pack(">HII", number, len(data), place)
            place += len(data)
        return struct.pack(">HIHHI", 14 + len(records), 14, len(components), 10, 0) + records + b"".join(data for _, data in components)

    def file(start):
        data = b"RPFDES%05d" % len(section(0)) + section(start)
        sub = b"DE" + b"Registered Extensions".ljust(25) + b"01U" + b" " * 166 + b"UDHD  0000000"
        product = b"\0\0\x30" + b"A.TOC".rjust(12) + b"\0" + b"MIL-C-89038".ljust(15) + b"19941006U    " + struct.pack(">I", start)
        area = b"RPFHDR%05d" % len(product) + product

        def head(size, total):
            return (
                b"NITF02.0003    " + b"TEST".ljust(10) + b"01000000ZJAN00" + b"A.TOC".ljust(80) + b"U" + b" " * 166 + b"00000000000"
                + b" " * 45 + b"%012d%06d" % (total, size) + b"000000000000001%04d%09d" % (len(sub), len(data)) + b"000%05d001" % (len(area) + 3)
                + area + b"00000")

        size = len(head(0, 0))
        return head(size, size + len(sub) + len(data)) + sub + data, size + len(sub) + 11

    _, start = file(0)
    with open(os.path.join(folder, "A.TOC"), "wb") as stream:
        stream.write(file(start)[0])


def check_contents(checks, source):
    """The rectangle of a table of contents, whose frames are copies of one frame."""
    folder = checks.path("contents")
    os.makedirs(os.path.join(folder, "ZONE1"))
    # As they are named, and in lower case.
    for name in ("001ZC013.ON1", "001zc014.on1"):
        shutil.copyfile(source, os.path.join(folder, "ZONE1", name))
    with rasterio.open(source) as frame:
        place, side = frame.transform, frame.width
    west, north, dx, dy = place.c, place.f, place.a, -place.e
    south, east = north - 2 * side * dy, west + 3 * side * dx
    numbers = [north, west, south, west, north, east, south, east, 150, 150, dy, dx]
    contents(folder, [(1, 0, "001ZC013.ON1"), (0, 1, "001ZC014.ON1"), (0, 2, "001ZC015.ON1")], (2, 3, numbers))
    path, target = os.path.join(folder, "A.TOC"), checks.path("rectangle.npy")
    with rasterio.open(path) as table:
        names = table.subdatasets
    told = json.loads(checks.imagery("info", path, "--json").stdout)["assets"]
    images = [asset for asset in told if asset["type"] == "image"]
    checks.note("table of contents", "rectangles", "" if len(images) == len(names) == 1 else f"{len(images)}, expected {len(names)}")
    with rasterio.open(names[0]) as theirs:
        problem = checks.convert(path, target)
        checks.note("table of contents", "indices", problem or difference(numpy.load(target), theirs.read()))
        checks.note("table of contents", "place", place_problem(theirs, images[0]["georeference"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    options = parser.parse_args()
    if not options.corpus:
        print("interop: skipped, there is no corpus")
        return
    warnings.simplefilter("ignore")
    checks = Checks("raster products", options.tool)
    target = checks.path("frame.npy")
    chart = None
    for name, path, image, want in frames(options.corpus):
        if image.shape == (1536, 1536) and image.count == 1 and not image.transform.is_identity and image.crs.is_geographic:
            chart = chart or path
        problem = checks.convert(path, target)
        checks.note("indices", name, problem or difference(numpy.load(target), want))
        told = json.loads(checks.imagery("info", path, "--json").stdout)["assets"][0]
        checks.note("transparent pixel", name, "" if told["padValue"] == image.nodata else f"{told['padValue']}, expected {image.nodata}")
        checks.note("place", name, place_problem(image, told["georeference"]))
        checks.note("dates", name, dates(image, told["metadata"]))
    if chart:
        check_contents(checks, chart)
    checks.finish()


if __name__ == "__main__":
    main()
