"""What pixels mean: kinds of colour written in every format, read by GDAL and Pillow, with the notes that have to be given and no others.

    python Conformance/interop/colour.py path/to/imagery

The table of Documentation/colour.md, held to other software. The inputs are made by tifffile and Pillow.
"""
import json
import sys

from common import Checks, has_tools, packages

with packages():
    import numpy
    import tifffile
    from PIL import Image

TARGETS = ("tif", "cog", "png", "jpg", "jp2", "ntf")
SHAPE = (40, 48)
GRAY, RGB = ["Gray"], ["Red", "Green", "Blue"]
NONE = "Undefined"


def noise(bands, depth="uint8", top=256):
    values = numpy.random.default_rng(bands).integers(0, top, SHAPE + (bands,)).astype(depth)
    return values[..., 0] if bands == 1 else values


def sources(checks):
    """Name, file, and for each target the colour interpretations that GDAL gives and the fields that are noted; None for a refusal."""
    def tiff(name, data, **how):
        path = checks.path(name + ".tif")
        tifffile.imwrite(path, data, metadata=None, **how)
        return path

    def row(all_targets, **others):
        return {target: others.get(target, all_targets) for target in TARGETS}

    yield "gray", tiff("gray", noise(1)), row((GRAY, []))
    yield "inverse gray", tiff("wiz", noise(1), photometric="miniswhite"), row((GRAY, []), tif=(None, []), cog=(None, []))
    alpha = GRAY + ["Alpha"]
    yield "gray, alpha", tiff("la", noise(2), photometric="minisblack", extrasamples=["unassalpha"]), row(
        (alpha, []), jpg=(GRAY, ["alpha"]), ntf=(GRAY + [NONE], ["alpha"]))
    yield "RGB", tiff("rgb", noise(3), photometric="rgb"), row((RGB, []))
    rgba = RGB + ["Alpha"]
    yield "RGBA", tiff("rgba", noise(4), photometric="rgb", extrasamples=["unassalpha"]), row(
        (rgba, []), jpg=(RGB, ["alpha"]), ntf=(RGB + [NONE], ["alpha"]))
    # GDAL does not read premultiplied opacity of JP2 as such.
    yield "RGBA, premultiplied", tiff("assoc", noise(4), photometric="rgb", extrasamples=["assocalpha"]), row(
        (rgba, []), png=(rgba, ["colors"]), jpg=(RGB, ["alpha"]), jp2=(None, []), ntf=(RGB + [NONE], ["alpha"]))
    yield "RGB, one band more", tiff("rgbn", noise(4), photometric="rgb", extrasamples=["unspecified"]), row(
        (RGB + [NONE], []), png=(RGB, ["band 3"]), jpg=(RGB, ["band 3"]))
    # GDAL shows the inks of a TIFF as RGBA.
    yield "CMYK", tiff("cmyk", noise(4), photometric="separated"), row(
        (RGB, ["inks"]), tif=(None, []), cog=(None, []), jpg=(RGB, []))
    for count in (4, 8):
        plain = tiff(f"plain{count}", noise(count), photometric="minisblack", planarconfig="contig")
        yield f"{count} plain bands", plain, row(
            (GRAY + [NONE] * (count - 1), []), png=None, jpg=None, jp2=([NONE] * count, []), ntf=([NONE] * count, []))
    yield "12 of 16 bits", tiff("u12", noise(1, "uint16", 4096), extratags=[(281, "H", 1, 4095)]), row((GRAY, []))
    yield "float", tiff("float", noise(1, "float32")), row((GRAY, []), png=None, jpg=None, jp2=None)
    palette = Image.fromarray(noise(1, top=16), "P")
    palette.putpalette(list(range(255, 255 - 48, -1)))
    palette.save(checks.path("palette.png"))
    yield "palette", checks.path("palette.png"), row((["Palette"], []), jpg=(RGB, ["palette"]))
    palette.save(checks.path("clear.png"), transparency=3)
    yield "palette, opacity", checks.path("clear.png"), row(
        (["Palette"], []), tif=(["Palette"], ["alpha"]), cog=(["Palette"], ["alpha"]), jpg=(RGB, ["alpha", "palette"]),
        ntf=(["Palette"], ["alpha"]))


def interpretations(checks, path):
    done = checks.run("gdalinfo", "-json", path)
    return [band.get("colorInterpretation") for band in json.loads(done.stdout)["bands"]]


def check_colours(checks):
    for name, source, wanted in sources(checks):
        for target, expectation in wanted.items():
            path = checks.path(f"out.{'tif' if target == 'cog' else target}")
            done = checks.imagery("convert", source, path, "--overwrite", *(["--cog"] if target == "cog" else []))
            if expectation is None:
                checks.note("colours", f"{name} as {target}", "" if done.returncode in (2, 3) else f"exit {done.returncode}, to be refused")
                continue
            colours, fields = expectation
            if done.returncode:
                checks.note("colours", f"{name} as {target}", done.stderr.strip())
                continue
            notes = [line.split(": ")[3].rsplit(" ", 1)[0] for line in done.stderr.splitlines() if " note: image:0" in line]
            seen = interpretations(checks, path)
            problem = "" if colours is None or seen == colours else f"GDAL sees {seen}"
            if sorted(notes) != sorted(fields):
                problem = f"notes on {notes}, expected {fields}"
            checks.note("colours", f"{name} as {target}", problem)


def check_pixels(checks):
    """Formulas, in NumPy, against what Pillow reads."""
    inks = noise(4).astype(int)
    tifffile.imwrite(checks.path("inks.tif"), inks.astype("uint8"), photometric="separated", metadata=None)
    want = 255 - numpy.minimum(255, inks[..., :3] + inks[..., 3:])
    dark = noise(1)
    tifffile.imwrite(checks.path("dark.tif"), dark, photometric="miniswhite", metadata=None)
    for kind in ("png", "jp2"):
        for name, expected in (("inks", want), ("dark", 255 - dark.astype(int))):
            problem = checks.convert(checks.path(f"{name}.tif"), checks.path(f"{name}.{kind}"))
            if not problem and not numpy.array_equal(numpy.asarray(Image.open(checks.path(f"{name}.{kind}"))), expected):
                problem = "samples differ"
            checks.note("formulas", f"{name} as {kind}", problem)
    problem = checks.convert(checks.path("inks.tif"), checks.path("inks.jpg"), "--quality", "100")
    if not problem:
        with Image.open(checks.path("inks.jpg")) as image:
            off = numpy.abs(numpy.asarray(image).astype(int) - inks).max()
            problem = "" if image.mode == "CMYK" and off < 8 and "adobe" in image.info else f"{image.mode}, off by {off}"
    checks.note("formulas", "inks as JPEG with Adobe's marker", problem)


if __name__ == "__main__":
    checks = Checks("What pixels mean", sys.argv[1])
    if has_tools("gdalinfo"):
        check_colours(checks)
    check_pixels(checks)
    checks.finish()
