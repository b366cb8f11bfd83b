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
    from PIL import Image, ImageOps

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
    # Signed a* and b* of TIFF's CIELab; GDAL has no name for the bands.
    yield "CIELab", tiff("lab", noise(3), photometric="cielab"), row((RGB, ["L*a*b*"]), tif=(None, []), cog=(None, []))
    # Read as RGB (S58).
    whole = Image.fromarray(noise(3))
    whole.save(checks.path("ycc.tif"), compression="jpeg", quality=90)
    whole.save(checks.path("ycc.jpg"), quality=90, subsampling="4:2:0")
    yield "YCbCr 4:2:0 of TIFF", checks.path("ycc.tif"), row((RGB, []))
    yield "YCbCr 4:2:0 of JPEG", checks.path("ycc.jpg"), row((RGB, []))
    yield "2 bits", tiff("two", noise(1, top=4), bitspersample=2), row((GRAY, []))
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


def structure(checks, path, domain="IMAGE_STRUCTURE"):
    """What GDAL says of the first band: the metadata of a domain and the no-data value."""
    band = json.loads(checks.run("gdalinfo", "-json", path).stdout)["bands"][0]
    return band.get("metadata", {}).get(domain, {}), band.get("noDataValue")


def chunk(path, name):
    """The data of a PNG chunk; None without one."""
    with open(path, "rb") as file:
        data = file.read()
    place = data.find(name)
    return None if place < 0 else data[place + 4:place + 4 + int.from_bytes(data[place - 4:place], "big")]


def check_bits(checks):
    """Significant bits where a format has a place for them, and bits that pictures have to fill."""
    values = noise(1, "uint16", 4096)
    tifffile.imwrite(checks.path("twelve.tif"), values, metadata=None, extratags=[(281, "H", 1, 4095)])
    for kind in ("tif", "png", "jp2", "ntf"):
        target = checks.path(f"twelve.{kind}" if kind != "tif" else "again.tif")
        problem = checks.convert(checks.path("twelve.tif"), target)
        if not problem and kind == "png":
            problem = "" if chunk(target, b"sBIT") == b"\x0c" else "no sBIT of 12"
        elif not problem and kind == "tif":
            with tifffile.TiffFile(target) as file:
                problem = "" if file.pages[0].tags[281].value == 4095 else "no MaxSampleValue of 4095"
        elif not problem:
            bits = structure(checks, target)[0].get("NBITS")
            problem = "" if bits == "12" else f"NBITS is {bits}"
        checks.note("12 of 16 bits", kind, problem)
    few = noise(1, top=4)
    tifffile.imwrite(checks.path("few.tif"), few, bitspersample=2, photometric="minisblack", metadata=None)
    Image.fromarray(noise(1, top=2) * 255).convert("1").save(checks.path("one.png"))
    for name, top, stored in (("few.tif", 3, few), ("one.png", 1, numpy.asarray(Image.open(checks.path("one.png"))).astype("uint8"))):
        for kind in ("png", "jpg"):
            target = checks.path(f"few.{kind}")
            problem = checks.convert(checks.path(name), target, *(["--quality", "100"] if kind == "jpg" else []))
            if not problem:
                off = numpy.abs(numpy.asarray(Image.open(target).convert("L")).astype(int) - stored.astype(int) * 255 // top).max()
                problem = "" if off <= (0 if kind == "png" else 8) else f"off by {off}"
            checks.note("few bits fill the picture", f"{name} as {kind}", problem)


def check_no_data(checks):
    values = noise(1)
    tifffile.imwrite(checks.path("void.tif"), values, metadata=None, extratags=[(42113, "s", 2, "7", True)])
    for kind, wanted in (("tif", 7), ("cog", 7), ("png", 7), ("ntf", None), ("jp2", None)):
        target = checks.path(f"void_out.{'tif' if kind == 'cog' else kind}")
        done = checks.imagery("convert", checks.path("void.tif"), target, "--overwrite", *(["--cog"] if kind == "cog" else []))
        found = structure(checks, target)[1] if done.returncode == 0 else "nothing"
        told = "no-data value" in done.stderr
        problem = "" if found == wanted and told == (wanted is None) else f"no-data {found}, {'noted' if told else 'not noted'}"
        checks.note("no-data", kind, problem)
    # Opacity is where Pillow has it.
    rgba = noise(4)
    tifffile.imwrite(checks.path("clear.tif"), rgba, photometric="rgb", extrasamples=["unassalpha"], metadata=None)
    for kind in ("png", "jp2", "tif"):
        target = checks.path(f"clear_out.{kind}")
        problem = checks.convert(checks.path("clear.tif"), target)
        if not problem:
            with Image.open(target) as image:
                problem = "" if image.mode == "RGBA" and numpy.array_equal(numpy.asarray(image), rgba) else f"{image.mode} with other samples"
        checks.note("opacity by Pillow", kind, problem)


def check_tifffile(checks):
    """Photometric interpretation, extra samples and palette of written TIFF files as tifffile names them."""
    wanted = {"gray": ("MINISBLACK", ()), "wiz": ("MINISWHITE", ()), "la": ("MINISBLACK", ("UNASSALPHA",)), "rgba": ("RGB", ("UNASSALPHA",)),
              "assoc": ("RGB", ("ASSOCALPHA",)), "rgbn": ("RGB", ("UNSPECIFIED",)), "cmyk": ("SEPARATED", ()), "lab": ("CIELAB", ())}
    for name, (photometric, extra) in wanted.items():
        target = checks.path("seen.tif")
        problem = checks.convert(checks.path(f"{name}.tif"), target)
        if not problem:
            with tifffile.TiffFile(target) as file, tifffile.TiffFile(checks.path(f"{name}.tif")) as source:
                page = file.pages[0]
                seen = page.photometric.name, tuple(sample.name for sample in page.extrasamples)
                same = numpy.array_equal(page.asarray(), source.pages[0].asarray())
                problem = "" if seen == (photometric, extra) and same else f"{seen}, samples {'equal' if same else 'differ'}"
        checks.note("TIFF by tifffile", name, problem)


def check_metadata(checks):
    """EXIF, XMP and resolution from each of TIFF, PNG and JPEG to the others, by Pillow."""
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>'
    image, exif = Image.fromarray(noise(3)), Image.Exif()
    exif[271], exif[315], exif[274] = "Maker", "Someone", 6
    exif.get_ifd(0x8769)[34855] = 400
    image.save(checks.path("told.jpg"), exif=exif, xmp=packet, dpi=(200, 100))
    for kind in ("png", "tif"):
        problem = checks.convert(checks.path("told.jpg"), checks.path(f"told.{kind}"))
        checks.note("metadata", f"jpg as {kind}", problem)
    for source in ("jpg", "png", "tif"):
        for kind in ("jpg", "png", "tif"):
            target = checks.path(f"retold.{kind}")
            done = checks.imagery("convert", checks.path(f"told.{source}"), target, "--overwrite")
            problem = done.stderr.strip()
            if not problem:
                with Image.open(target) as made:
                    seen = made.getexif()
                    dpi = tuple(round(float(value)) for value in made.info.get("dpi", (0, 0)))
                    xmp = made.info.get("xmp") or made.tag_v2.get(700)
                    told = (seen.get(271), seen.get(315), seen.get(274), seen.get_ifd(0x8769).get(34855), dpi, bytes(xmp or b"").strip(b"\0"))
                problem = "" if told == ("Maker", "Someone", 6, 400, (200, 100), packet) else str(told)
            checks.note("metadata", f"{source} as {kind}", problem)


def check_upright(checks):
    """Pictures of every orientation, turned as Pillow turns them."""
    samples = noise(3)[:40]
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        Image.fromarray(samples).save(checks.path("turned.png"), exif=exif)
        right = numpy.asarray(ImageOps.exif_transpose(Image.open(checks.path("turned.png"))))
        for kind in ("png", "tif", "jp2", "ntf"):
            problem = checks.convert(checks.path("turned.png"), checks.path(f"upright.{kind}"), "--upright")
            problem = problem or checks.convert(checks.path(f"upright.{kind}"), checks.path("upright.npy"))
            if not problem:
                if not numpy.array_equal(numpy.load(checks.path("upright.npy")).transpose(1, 2, 0), right):
                    problem = "other pixels"
                elif kind in ("png", "tif") and Image.open(checks.path(f"upright.{kind}")).getexif().get(274, 1) != 1:
                    problem = "still says that it is turned"
            checks.note("upright", f"{orientation} as {kind}", problem)


if __name__ == "__main__":
    checks = Checks("What pixels mean", sys.argv[1])
    if has_tools("gdalinfo"):
        check_colours(checks)
        check_bits(checks)
        check_no_data(checks)
        check_tifffile(checks)
    check_pixels(checks)
    check_metadata(checks)
    check_upright(checks)
    checks.finish()
