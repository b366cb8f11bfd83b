#!/usr/bin/env python3
"""defaults.py TOOL --corpus DIR: do files that are written without any option open everywhere?

About 90 files of the corpus, of all formats, become NITF, TIFF and JP2 by `imagery convert IN OUT`. GDAL reads all of them, OpenJPEG the JP2 files, and
osml-imagery-io the NITF and TIFF files: each has to give the samples that were written (S71). Those are the source's, but where a note or the source's
own words (white is zero) say that they are converted.

What other software cannot read is named in EXCEPTIONS with the reason; a name that reads after all fails as well.
"""
import argparse
import concurrent.futures
import json
import os
import warnings

from common import Checks, difference, packages, planar

with packages():
    import imagecodecs
    import numpy
    import rasterio
    import rasterio.errors
    import tifffile
    from aws.osml.io import imread

warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
# How many of each format.
WANTED = {"dted": 3, "jp2": 17, "jpeg": 12, "nitf": 24, "png": 14, "tiff": 22}
TARGETS = ("ntf", "tif", "jp2")
LARGEST = 900_000
# (file, target, reader): why this reader does not give the samples.
EXCEPTIONS = {}


def chosen(corpus):
    """So many files of each format, spread over the list, none of them broken or large."""
    with open(os.path.join(corpus, "manifest.json")) as file:
        entries = json.load(file)
    for kind, count in WANTED.items():
        known = [entry for entry in entries if entry["format"] == kind and not entry.get("malformed") and entry["bytes"] <= LARGEST
                 and entry["expect"].get("decodable") is True and entry["expect"].get("width", 0) * entry["expect"].get("height", 0) <= 1_500_000]
        for number in range(min(count, len(known))):
            yield known[number * len(known) // count]["path"]


def by_gdal(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


def by_openjpeg(path):
    with open(path, "rb") as file:
        return planar(imagecodecs.jpeg2k_decode(file.read()))


READERS = {"ntf": {"GDAL": by_gdal, "osml-imagery-io": imread}, "tif": {"GDAL": by_gdal, "osml-imagery-io": imread, "tifffile": None},
           "jp2": {"GDAL": by_gdal, "OpenJPEG": by_openjpeg}}


def by_tifffile(path):
    with tifffile.TiffFile(path) as file:
        image = file.pages[0]
        array = image.asarray()
        return array[None] if array.ndim == 2 else array if image.planarconfig == 2 else numpy.moveaxis(array, -1, 0)


READERS["tif"]["tifffile"] = by_tifffile


def same(got, want):
    """Nothing is wrong with samples of another type that hold the same numbers: software has fewer types than files."""
    got = numpy.asarray(got)
    if got.dtype != want.dtype and got.shape == want.shape:
        return "" if numpy.array_equal(got.astype(want.dtype), want, equal_nan=want.dtype.kind in "fc") else "samples differ"
    return difference(got, want)


def samples(checks, path, name):
    target = checks.path(f"{name}.npy")
    if problem := checks.convert(path, target):
        raise RuntimeError(problem)
    return numpy.load(target)


def check_file(checks, corpus, path, number):
    """Findings as (group, name, problem)."""
    source = os.path.join(corpus, path)
    found = []
    want = samples(checks, source, number)
    for kind in TARGETS:
        target = checks.path(f"{number}.{kind}")
        done = checks.imagery("convert", source, target, "--overwrite")
        name = f"{path} as {kind}"
        if done.returncode in (2, 3):
            # JP2 holds no floating-point numbers, NITF no 16-bit ones: an answer of its own.
            continue
        if done.returncode:
            found.append(("converted", name, done.stderr.strip()))
            continue
        written = samples(checks, target, number)
        isConverted = " changed: " in done.stderr or any(word in done.stderr for word in (" dropped: ",))
        if not isConverted:
            top = int(numpy.iinfo(want.dtype).max) if want.dtype.kind == "u" else 0
            problem = difference(written, want)
            if problem and (written.shape != want.shape or not any(numpy.array_equal(want.astype(int) + written, numpy.full(want.shape, (1 << bits) - 1))
                                                                  for bits in range(1, top.bit_length() + 1))):
                found.append(("written as they are", name, problem))
        for reader, read in READERS[kind].items():
            try:
                problem = same(read(target), written)
            except Exception as error:
                problem = f"{type(error).__name__}: {str(error)[:100]}"
            reason = EXCEPTIONS.get((path, kind, reader))
            if reason:
                problem = "" if problem else "is an exception, and reads"
            found.append((f"{kind} by {reader}", name, problem))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    arguments = parser.parse_args()
    checks = Checks("Defaults", arguments.tool)
    if not arguments.corpus or not os.path.isdir(arguments.corpus):
        print("interop: skipped, there is no corpus")
        return
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        jobs = [workers.submit(check_file, checks, arguments.corpus, path, number) for number, path in enumerate(chosen(arguments.corpus))]
        for job in jobs:
            for group, name, problem in job.result():
                checks.note(group, name, problem)
    checks.finish()


if __name__ == "__main__":
    main()
