#!/usr/bin/env python3
"""rpf.py TOOL [--corpus DIR]: are frames of raster products (CADRG, CIB) what GDAL makes of them?

Of every vector quantised image of the corpus (default: IMAGERY_CORPUS): the indices, the value of transparent pixels, the place (an affine
one, or the centres of the corner pixels of polar frames) and the dates of its attributes. Files that GDAL cannot read are passed over.

Needs rasterio and pyproj. Without them, or without a corpus, nothing is checked and the exit status is 0, unless the environment variable
IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import argparse
import json
import os
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


def place(image, ours):
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
    for name, path, image, want in frames(options.corpus):
        problem = checks.convert(path, target)
        checks.note("indices", name, problem or difference(numpy.load(target), want))
        told = json.loads(checks.imagery("info", path, "--json").stdout)["assets"][0]
        checks.note("transparent pixel", name, "" if told["padValue"] == image.nodata else f"{told['padValue']}, expected {image.nodata}")
        checks.note("place", name, place(image, told["georeference"]))
        checks.note("dates", name, dates(image, told["metadata"]))
    checks.finish()


if __name__ == "__main__":
    main()
