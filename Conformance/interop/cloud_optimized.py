#!/usr/bin/env python3
"""cloud_optimized.py TOOL: are cloud-optimized files of every layout and compression taken by rio-cogeo's validator, and read by other software?

Bands together, band by band, and tile by tile; with and without a mask; all compressions that TIFF gets; from a folder of one to one of many tiles. Samples are compared with
what was written, by GDAL, and by tifffile where GDAL does not know the compression. Without the packages of requirements.txt nothing is checked and the exit status
is 0, unless the environment variable IMAGERY_INTEROP is `required`.
"""
import itertools
import sys
import warnings

from common import Checks, by_gdal, by_tifffile, packages, waves

with packages():
    import numpy
    import rasterio
    import rasterio.errors
    import rio_cogeo
    import tifffile

# Each with its largest difference.
COMPRESSIONS = {
    ("deflate",): 0, ("lzw",): 0, ("zstd",): 0, ("packbits",): 0, ("lerc",): 0, ("lerc-zstd",): 0, ("none",): 0, ("jpeg", "--quality", "95"): 24, ("jpeg2000",): 0, ("htj2k",): 0,
}
# Compressions that GDAL has no word for.
NOT_IN_GDAL = ("jpeg2000", "htj2k")


def invalid(path):
    """What rio-cogeo says against a file."""
    valid, errors, remarks = rio_cogeo.cog_validate(path, quiet=True)
    # Small files need no overviews; that is the remark that it has.
    return "" if valid and not errors else "; ".join(errors + remarks)


def wrong_order(path, bands, interleave):
    """Where the tiles of the full resolution lie: all of a band together, or those of a place."""
    with tifffile.TiffFile(path) as file:
        places = numpy.array(file.pages[0].dataoffsets).reshape(bands, -1)
    order = (places if interleave == "band" else places.T).ravel()
    return "" if (numpy.diff(order) > 0).all() else f"{places.tolist()}"


def check(checks, array, mask, interleave, words, most):
    source, target = checks.path("in.tif"), checks.path("out.tif")
    with tifffile.TiffWriter(source) as file:
        file.write(array, photometric="minisblack", planarconfig="separate" if len(array) > 1 else None, metadata=None)
        if mask is not None:
            file.write(mask.astype(bool), photometric="mask", subfiletype=4, metadata=None)
    name = f"{len(array)} x {array.dtype} by {interleave}, {words[0]}{'' if mask is None else ' with a mask'}"
    problem = checks.convert(source, target, "--cog", "--block-size", "128", "--interleave", interleave, "--no-metadata", "--quiet", "--compression", *words)
    checks.note("written", name, problem)
    if problem:
        return
    if words[0] not in NOT_IN_GDAL:
        checks.note("rio-cogeo", name, invalid(target))
        got = by_gdal(target)
        with rasterio.open(target) as dataset:
            planar = dataset.interleaving
            levels = dataset.overviews(1)
            seen = dataset.read_masks(1)
        # Read by GDAL's name; one band has no order.
        if len(array) > 1:
            checks.note("order of bands", name, "" if (planar.value.lower() == "pixel") == (interleave == "pixel") else f"{planar}")
        checks.note("overviews", name, "" if levels == [2, 4] else f"{levels}")
        if mask is not None:
            checks.note("masks", name, "" if numpy.array_equal(seen > 0, mask > 0) else "another mask")
    else:
        got = by_tifffile(target)
        with tifffile.TiffFile(target) as file:
            sizes = [page.shape[-2:] if page.planarconfig == 2 or page.samplesperpixel == 1 else page.shape[:2] for page in file.pages if page.subfiletype & 4 == 0]
        wanted = [array.shape[1:], tuple(-(-side // 2) for side in array.shape[1:]), tuple(-(-side // 4) for side in array.shape[1:])]
        checks.note("overviews", name, "" if sizes == wanted else f"{sizes}, not {wanted}")
    if interleave != "pixel":
        checks.note("order of tiles", name, wrong_order(target, len(array), interleave))
    shown = numpy.ones(array.shape[1:], bool) if mask is None else mask > 0
    worst = numpy.abs(got.astype(float) - array)[:, shown].max() if got.shape == array.shape else f"shape {got.shape}"
    checks.note("samples", name, "" if not isinstance(worst, str) and worst <= most else f"off by {worst}")


def main():
    warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
    checks, draw = Checks("Cloud-optimized files", sys.argv[1]), numpy.random.default_rng(51)
    shape = (413, 391)
    mask = (numpy.add.outer(numpy.arange(shape[0]) // 70, numpy.arange(shape[1]) // 50) % 3 > 0).astype("uint8")
    for (words, most), (bands, interleave), masked in itertools.product(
            COMPRESSIONS.items(), ((1, "pixel"), (3, "pixel"), (3, "band"), (3, "block")), (False, True)):
        check(checks, waves(draw, "uint8", (bands, *shape)), mask if masked else None, interleave, words, most)
    for dtype, interleave in itertools.product(("int16", "uint16", "float32"), ("pixel", "band", "block")):
        check(checks, waves(draw, dtype, (5, *shape)), None, interleave, ("zstd",), 0)
    check(checks, waves(draw, "uint16", (1, *shape)) >> 4, None, "pixel", ("jpeg2000",), 0)
    checks.finish()


if __name__ == "__main__":
    main()
