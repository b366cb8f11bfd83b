#!/usr/bin/env python3
"""tasks.py TOOL: does each task of a day's work take one command, with the result that GDAL, NumPy, pyproj, Pillow and jbpy expect?

Inputs are written by rasterio (GDAL) and jbpy. Expected values come from the arrays that were written and from other software, never from the tool.
The last line counts the checks. Without the packages of requirements.txt nothing is checked and the exit status is 0, unless the environment
variable IMAGERY_INTEROP is `required`.
"""
import argparse
import io
import json
import os
import re
import warnings

from common import Checks, has_tools, planar, packages
from nginx import Server
with packages():
    import jbpy
    import numpy
    import PIL.Image
    import pyproj
    import rasterio
    import rasterio.rpc
    import rasterio.transform
    import rasterio.windows

warnings.filterwarnings("ignore")
XML = b'<?xml version="1.0"?><SICD xmlns="urn:SICD:1.2.1"><CollectionInfo/></SICD>'
TEXT = b"What was seen.\r\n"


def write(path, array, driver="GTiff", **options):
    """Bands x rows x columns through GDAL."""
    rpcs, masks = options.pop("rpcs", None), options.pop("mask", None)
    with rasterio.open(path, "w", driver=driver, count=array.shape[0], height=array.shape[1], width=array.shape[2], dtype=array.dtype, **options) as file:
        file.write(array)
        if rpcs is not None:
            file.rpcs = rpcs
        if masks is not None:
            file.write_mask(masks)
    return path


def write_nitf(path, array):
    """One image with an extension, a text and a DES with XML, written by jbpy."""
    file = jbpy.Jbp()
    header = file["FileHeader"]
    for name, value in (("NUMI", 1), ("NUMT", 1), ("NUMDES", 1), ("OSTAID", "jbpy"), ("FTITLE", "Harbour"), ("FSCLAS", "U"), ("FBKGC", (0, 0, 0))):
        header[name].value = value
    bands, rows, columns = array.shape
    image = file["ImageSegments"][0]["subheader"]
    values = dict(
        IID1="harbour", IDATIM="20240229103045", NROWS=rows, NCOLS=columns, PVTYPE="INT", IREP="MONO", ICAT="VIS", ABPP=8, ICORDS="G", ISCLAS="U",
        IGEOLO="480000N0110000E480000N0120000E470000N0120000E470000N0110000E", IC="NC", NBANDS=1, IMODE="B", NBPR=1, NBPC=1, NPPBH=columns, NPPBV=rows,
        NBPP=8, IDLVL=1, IMAG="1.0")
    for name, value in values.items():
        image[name].value = value
    image["UDIDL"].value = 0
    image["IXSHDL"].value = 3 + 11 + 123
    blocka = jbpy.tre_factory("BLOCKA")
    for name, value in (("BLOCK_INSTANCE", 1), ("L_LINES", rows)):
        blocka[name].value = value
    image["IXSOFL"].value = 0
    image["IXSHD"].append(blocka)
    file["ImageSegments"][0]["Data"].size = array.size
    text = file["TextSegments"][0]
    text["subheader"]["TEXTID"].value, text["subheader"]["TXTITL"].value, text["subheader"]["TXTFMT"].value = "text", "Note", "STA"
    text["Data"].size = len(TEXT)
    des = file["DataExtensionSegments"][0]
    des["subheader"]["DESID"].value, des["subheader"]["DESVER"].value, des["subheader"]["DESSHL"].value = "A DES", 1, 0
    des["DESDATA"].size = len(XML)
    file.finalize()
    with open(path, "wb") as output:
        file.dump(output)
        for part, content in ((file["ImageSegments"][0]["Data"], array.tobytes()), (text["Data"], TEXT), (des["DESDATA"], XML)):
            output.seek(part.get_offset())
            output.write(content)
    return path


def same(got, want):
    return "" if got == want else f"{str(got)[:150]!r}, expected {str(want)[:150]!r}"


def close(got, want, tolerance):
    got, want = numpy.asarray(got, float), numpy.asarray(want, float)
    return "" if got.shape == want.shape and numpy.allclose(got, want, rtol=tolerance, atol=tolerance) else f"{got}, expected {want}"


def array_of(checks, *arguments):
    """What convert makes of its arguments as NumPy's array."""
    done = checks.imagery("convert", *arguments[:1], "-", "--to", "npy", *arguments[1:], text=False)
    return numpy.load(io.BytesIO(done.stdout)) if done.returncode == 0 else done.stderr.decode()


def equal(got, want):
    if isinstance(got, str):
        return got
    return "" if got.shape == want.shape and got.dtype == want.dtype and numpy.array_equal(got, want) else f"{got.dtype} {got.shape} {got.ravel()[:5]}, expected {want.dtype} {want.shape} {want.ravel()[:5]}"


def look(checks, draw):
    """Tasks 1 to 4, 8, 12, 13."""
    array = draw.integers(0, 256, (1, 24, 32), "uint8")
    nitf = write_nitf(checks.path("harbour.ntf"), array)
    text = checks.imagery("info", nitf).stdout
    for word in ("NITF 2.1", "Harbour", "32 × 24", "uint8", "none (NC)", "2024-02-29 10:30:45", "unclassified", "48.021739°N 10.983871°E", "BLOCKA", "text:0", "data:0"):
        checks.note("1 what is this file", word, "" if word in text else f"not in {text}")
    renamed = checks.path("renamed.ntf")
    checks.note("21 header", "edit", checks.trouble(checks.tool, "edit", nitf, "--set", "FTITLE=Pier", "-o", renamed))
    file = jbpy.Jbp()
    with open(renamed, "rb") as source:
        file.load(source)
        checks.note("21 header", "title", same(file["FileHeader"]["FTITLE"].value.strip(), "Pier"))
        source.seek(file["ImageSegments"][0]["Data"].get_offset())
        checks.note("21 header", "pixels", same(source.read(array.size), array.tobytes()))
    text = checks.imagery("info", nitf, "--tres").stdout
    checks.note("2 extensions", "BLOCKA.L_LINES", "" if "BLOCKA" in text and "L_LINES: 00024" in text else text)
    for key, want in (("data:0", XML), ("text:0", TEXT), ("image:0", array.tobytes())):
        checks.note("4 extract", key, same(checks.imagery("extract", nitf, key, text=False).stdout, want))
    folder = checks.path("parts")
    os.mkdir(folder)
    checks.imagery("extract", nitf, "--all", "--into", folder)
    found = {name: open(os.path.join(folder, name), "rb").read() for name in sorted(os.listdir(folder))}
    checks.note("4 extract", "--all", same(sorted(found.values()), sorted([XML, TEXT])))

    numbers = [round(float(value), 6) for value in draw.standard_normal(80)]
    rpc = rasterio.rpc.RPC(
        err_bias=1.5, err_rand=0.5, line_off=100, line_scale=200, samp_off=50, samp_scale=60, lat_off=48, lat_scale=0.1, long_off=11, long_scale=0.2,
        height_off=500, height_scale=600, line_num_coeff=numbers[:20], line_den_coeff=[1] + numbers[21:40], samp_num_coeff=numbers[40:60],
        samp_den_coeff=[1] + numbers[61:])
    tiff = write(checks.path("rpc.tif"), array, rpcs=rpc)
    lines = dict(line.split(": ") for line in checks.imagery("info", tiff, "--rpc").stdout.splitlines())
    want = {"ERR_BIAS": 1.5, "LINE_OFF": 100, "LONG_OFF": 11, "HEIGHT_SCALE": 600, "LINE_NUM_COEFF_3": numbers[2], "SAMP_DEN_COEFF_20": numbers[79]}
    checks.note("3 RPC", "text", close([float(lines.get(name, "nan")) for name in want], list(want.values()), 1e-12))
    model = json.loads(checks.imagery("info", tiff, "--rpc", "--json").stdout)["rpc"]
    checks.note("3 RPC", "JSON", close(model["sampleNumerator"], numbers[40:60], 1e-12))

    for dtype in ("uint8", "int16", "uint16", "float32", "float64", "complex64"):
        samples = (draw.standard_normal((3, 70, 50)) * 90 + 120).astype(dtype)
        if dtype == "complex64":
            samples = (samples + 1j * samples[::-1]).astype(dtype)
        path = write(checks.path(f"{dtype}.tif"), samples, tiled=True, blockxsize=16, blockysize=16, nodata=None if "c" in dtype else 120)
        value = checks.imagery("value", path, "13,7", "--json")
        got = [complex(*value) if isinstance(value, list) else value for value in json.loads(value.stdout)["samples"]]
        checks.note("8 value", dtype, same(got, [sample.item() for sample in samples[:, 7, 13]]))
        with rasterio.open(path) as file:
            want = [file.checksum(band + 1) for band in range(3)]
        checks.note("13 checksum", dtype, same(json.loads(checks.imagery("checksum", path, "--json").stdout)[0]["gdal"], want))
        found = json.loads(checks.imagery("stats", path, "--json", "--percentiles", "1,50,98", "--bins", "32").stdout)["bands"]
        for band, entry in zip(samples, found):
            valid = numpy.abs(band).astype(float) if "c" in dtype else band[band != 120].astype(float)
            want = [valid.size, valid.min(), valid.max(), valid.mean(), valid.std(), *numpy.percentile(valid, (1, 50, 98))]
            got = [entry[name] for name in ("valid", "min", "max", "mean", "sigma")] + [item["value"] for item in entry["percentiles"]]
            checks.note("12 statistics", dtype, close(got, want, 1e-6))
            bars = entry["histogram"]
            counts = numpy.histogram(valid, len(bars["counts"]), (bars["from"], bars["to"]))[0]
            checks.note("12 statistics", f"{dtype} histogram", same(bars["counts"], counts.tolist()))
    mask = numpy.full((70, 50), 255, "uint8")
    mask[:20] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        path = write(checks.path("masked.tif"), samples.real.astype("uint8"), mask=mask)
    found = json.loads(checks.imagery("stats", path, "--json").stdout)["bands"]
    checks.note("12 statistics", "mask", same([entry["valid"] for entry in found], [2500] * 3))


def place(checks, draw):
    """Tasks 5 to 8: windows and places."""
    array = draw.integers(0, 4096, (2, 200, 300), "uint16")
    transform = rasterio.transform.from_origin(691000, 5335000, 10, 10)
    path = write(checks.path("utm.tif"), array, crs="EPSG:32632", transform=transform, nodata=0)
    checks.note("5 window", "pixels", equal(array_of(checks, path, "--window", "30,40,50,60"), array[:, 40:100, 30:80]))
    to_degrees = pyproj.Transformer.from_crs(32632, 4326, always_xy=True)
    longitude, latitude = to_degrees.transform(691000 + 125, 5335000 - 455)
    got = checks.imagery("locate", path, "12.5,45.5").stdout.split()
    checks.note("7 locate", "pixel to ground", close([float(word) for word in got], [longitude, latitude], 1e-8))
    got = checks.imagery("locate", path, f"--at={longitude},{latitude}").stdout.split()
    checks.note("7 locate", "ground to pixel", close([float(word) for word in got], [12.5, 45.5], 1e-4))
    got = checks.imagery("value", path, f"--at={longitude},{latitude}").stdout.split()
    checks.note("8 value", "--at", same(got, [str(value) for value in array[:, 45, 12]]))
    degrees = write(checks.path("degrees.tif"), array, crs="EPSG:4326", transform=rasterio.transform.from_origin(11, 48, 0.01, 0.01))
    cut = checks.path("cut.tif")
    checks.note("6 rectangle", "convert", checks.convert(degrees, cut, "--bounds", "11.5,47.2,12.0,47.5"))
    with rasterio.open(cut) as file:
        checks.note("6 rectangle", "place", close(file.bounds, [11.5, 47.2, 12.0, 47.5], 1e-9))
        checks.note("6 rectangle", "samples", equal(file.read(), array[:, 50:80, 50:100]))


    cut = checks.path("cut_utm.tif")
    checks.note("6 rectangle", "in a reference system", checks.convert(
        degrees, cut, "--bounds", "691000,5235000,720000,5260000", "--bounds-crs", "EPSG:32632"))
    # The rectangle's edges in degrees, point by point by pyproj; what it touches are these pixels of 0.01 degrees.
    steps = numpy.linspace(0, 1, 2001)
    east, north = 691000 + 29000 * steps, 5235000 + 25000 * steps
    ring = [(east, 5235000 + 0 * steps), (east, 5260000 + 0 * steps), (691000 + 0 * steps, north), (720000 + 0 * steps, north)]
    longitudes, latitudes = (numpy.concatenate(numbers) for numbers in zip(*(to_degrees.transform(*edge) for edge in ring)))
    left, right = int((longitudes.min() - 11) // 0.01), int(-(-(longitudes.max() - 11) // 0.01))
    top, bottom = int((48 - latitudes.max()) // 0.01), int(-(-(48 - latitudes.min()) // 0.01))
    with rasterio.open(cut) as file:
        checks.note("6 rectangle", "samples in a reference system", equal(file.read(), array[:, top:bottom, left:right]))


def change(checks, draw):
    """Tasks 9 to 11, 14, 15: types, pictures, comparison."""
    array = (draw.standard_normal((1, 120, 160)) * 500 + 3000).astype("uint16")
    array[0, :10] = 0
    path = write(checks.path("sixteen.tif"), array, nodata=0)
    low, high = numpy.percentile(array[array != 0], (2, 98))
    picture = checks.path("picture.png")
    checks.note("9 picture", "preview", checks.trouble(checks.tool, "preview", path, "-o", picture))
    shown = numpy.asarray(PIL.Image.open(picture))
    want = numpy.clip((array[0] - low) / (high - low) * 255, 0, 255)
    checks.note("9 picture", "brightness", "" if numpy.abs(shown[10:, :, 0] - want[10:]).max() <= 0.5001 else f"{shown[50, :5, 0]}, expected {want[50, :5]}")
    checks.note("9 picture", "no data is transparent", same((shown[:10, :, 1].max(), shown[10:, :, 1].min()), (0, 255)))
    bytes_of = array_of(checks, path, "--type", "uint8", "--scale", "2000,4000")
    want = numpy.floor(numpy.clip((array.astype(float) - 2000) / 2000 * 255, 0, 255) + 0.5).astype("uint8")
    # The no-data value stays, and nothing else becomes it.
    want[(want == 0) & (array != 0)] = 1
    checks.note("10 type", "16 to 8 bits", equal(bytes_of, want))
    floats = draw.standard_normal((2, 20, 30)).astype("float32")
    source = write(checks.path("floats.tif"), floats)
    got = array_of(checks, source, "--type", "uint16", "--scale", "-3,3,0,60000")
    want = numpy.floor(numpy.clip((floats.astype(float) + 3) * 10000, 0, 65535) + 0.5).astype("uint16")
    checks.note("10 type", "float to 16 bits", "" if not isinstance(got, str) and got.dtype == want.dtype and numpy.abs(got.astype(int) - want).max() <= 1 else str(got))
    complex_samples = (floats + 1j * floats[:, ::-1]).astype("complex64")
    source = write(checks.path("complex.tif"), complex_samples)
    got = array_of(checks, source, "--type", "float32")
    checks.note("11 magnitude", "float32", close(got, numpy.abs(complex_samples), 1e-6))
    got = array_of(checks, source, "--stretch", "db", "--type", "uint8")
    decibel = 20 * numpy.log10(numpy.abs(complex_samples).astype(float))
    limits = numpy.percentile(decibel.reshape(2, -1), (2, 98), axis=1)
    want = numpy.clip((decibel - limits[0][:, None, None]) / (limits[1] - limits[0])[:, None, None] * 255, 0, 255)
    checks.note("11 magnitude", "decibel", "" if not isinstance(got, str) and numpy.abs(got - want).max() < 0.51 else str(got))

    other = array.copy()
    other[0, 50, 60] += 7
    changed = write(checks.path("changed.tif"), other)
    done = checks.imagery("compare", path, path)
    checks.note("14 compare", "equal", same((done.returncode, done.stdout), (0, "equal\n")))
    done = checks.imagery("compare", path, changed, "--json")
    found = json.loads(done.stdout)
    checks.note("14 compare", "different", same((done.returncode, found["equal"], found["bands"][0]["max"], found["bands"][0]["differing"]), (1, False, 7, 1)))
    noise = 10 * numpy.log10(65535**2 / (49 / array.size))
    checks.note("14 compare", "PSNR", close(found["bands"][0]["psnr"], noise, 1e-9))

    large = draw.integers(0, 256, (3, 512, 512), "uint8")
    source = write(checks.path("large.tif"), large)
    thumbnail = checks.path("thumbnail.png")
    checks.note("15 thumbnail", "preview", checks.trouble(checks.tool, "preview", source, "-o", thumbnail, "--size", "64", "--bands", "0,1,2", "--stretch", "none"))
    means = large.reshape(3, 64, 8, 64, 8).mean((2, 4))
    got = planar(numpy.asarray(PIL.Image.open(thumbnail)))
    checks.note("15 thumbnail", "means", "" if got.shape == means.shape and numpy.abs(got - means).max() <= 0.5 else f"{got.shape}")


def make(checks, draw):
    """Tasks 16 to 20 and 22 to 24: files."""
    array = draw.integers(0, 256, (3, 300, 400), "uint8")
    source = write(checks.path("scene.tif"), array, crs="EPSG:32632", transform=rasterio.transform.from_origin(691000, 5335000, 10, 10))
    cog = checks.path("cog.tif")
    checks.note("16 COG", "convert", checks.convert(source, cog, "--cog"))
    with rasterio.open(cog) as file:
        checks.note("16 COG", "layout", same(file.tags(ns="IMAGE_STRUCTURE").get("LAYOUT"), "COG"))
        checks.note("16 COG", "samples", equal(file.read(), array))
    checks.note("17 valid", "COG", same(checks.imagery("validate", cog).returncode, 0))
    single = [write(checks.path(f"band{band}.tif"), array[band:band + 1]) for band in range(3)]
    merged = checks.path("merged.tif")
    checks.note("19 merge", "bands", checks.trouble(checks.tool, "merge", *single, "-o", merged))
    with rasterio.open(merged) as file:
        checks.note("19 merge", "bands", equal(file.read(), array))
    pages = checks.path("pages.tif")
    checks.note("19 merge", "pages", checks.trouble(checks.tool, "merge", *single, "-o", pages, "--pages"))
    for number in range(3):
        with rasterio.open(f"GTIFF_DIR:{number + 1}:{pages}") as file:
            checks.note("19 merge", "pages", equal(file.read(), array[number:number + 1]))
    checks.note("19 split", "a band", equal(array_of(checks, merged, "--bands", "2"), array[2:]))

    tiles = []
    for row in range(2):
        for column in range(2):
            window = rasterio.windows.Window(200 * column, 150 * row, 200, 150)
            place = rasterio.windows.transform(window, rasterio.transform.from_origin(691000, 5335000, 10, 10))
            part = array[:, 150 * row:150 * row + 150, 200 * column:200 * column + 200]
            tiles.append(write(checks.path(f"tile{row}{column}.tif"), part, crs="EPSG:32632", transform=place))
    for target, arguments in (("mosaic.tif", ["--cog"]), ("mosaic.ntf", [])):
        whole = checks.path(target)
        checks.note("18 mosaic", target, checks.trouble(checks.tool, "mosaic", *tiles[::-1], "-o", whole, *arguments))
        with rasterio.open(whole) as file:
            checks.note("18 mosaic", f"{target} samples", equal(file.read(), array))
            if target.endswith("tif"):
                checks.note("18 mosaic", f"{target} place", close(file.transform[:6], (10, 0, 691000, 0, -10, 5335000), 1e-9))

    folder = checks.path("converted")
    os.mkdir(folder)
    broken = checks.path("broken.tif")
    with open(broken, "wb") as file:
        file.write(b"II*\0 and no more")
    done = checks.imagery("convert", single[0], broken, *single[1:], "--into", folder, "--to", "png", "--continue")
    checks.note("20 folder", "goes on", same((done.returncode, sorted(os.listdir(folder))), (1, ["band0.png", "band1.png", "band2.png"])))
    checks.note("20 folder", "summary", "" if "3 converted" in done.stdout and "1 failed" in done.stdout else done.stdout)
    got = planar(numpy.asarray(PIL.Image.open(os.path.join(folder, "band1.png"))))
    checks.note("20 folder", "samples", equal(got, array[1:2]))

    photo = checks.path("photo.jpg")
    exif = PIL.Image.Exif()
    exif[271], exif[305] = "Maker", "Program"
    PIL.Image.fromarray(numpy.moveaxis(array, 0, 2)).save(photo, quality=90, exif=exif, comment=b"secret")
    clean = checks.path("clean.jpg")
    checks.note("22 strip", "JPEG", checks.trouble(checks.tool, "strip", photo, "-o", clean))
    with PIL.Image.open(clean) as image, PIL.Image.open(photo) as before:
        checks.note("22 strip", "JPEG metadata", same((dict(image.getexif()), image.info.get("comment")), ({}, None)))
        checks.note("22 strip", "JPEG pixels", equal(numpy.asarray(image), numpy.asarray(before)))
    tagged = checks.path("tagged.tif")
    with rasterio.open(source) as file, rasterio.open(tagged, "w", **file.profile) as target:
        target.write(array)
        target.update_tags(TIFFTAG_ARTIST="somebody", TIFFTAG_DATETIME="2024:02:29 10:30:45", note="a note")
    clean = checks.path("clean.tif")
    checks.note("22 strip", "TIFF", checks.trouble(checks.tool, "strip", tagged, "-o", clean))
    with rasterio.open(clean) as file:
        checks.note("22 strip", "TIFF metadata", same({name: value for name, value in file.tags().items() if name != "AREA_OR_POINT"}, {}))
        checks.note("22 strip", "TIFF pixels", equal(file.read(), array))
        checks.note("22 strip", "TIFF place", same(file.crs.to_epsg(), 32632))
    with open(clean, "rb") as file:
        checks.note("22 strip", "TIFF bytes", "the text is still there" if b"somebody" in file.read() else "")

    harbour = write_nitf(checks.path("described.ntf"), array[:1])
    clean = checks.path("clean.ntf")
    done = checks.imagery("strip", harbour, "-o", clean, "--json")
    checks.note("22 strip", "NITF", done.stderr)
    with rasterio.open(clean) as image:
        checks.note("22 strip", "NITF pixels", equal(image.read(), array[:1]))
        tags = image.tags()
        checks.note("22 strip", "NITF fields", same(
            [tags.get(name, "").strip() for name in ("NITF_FTITLE", "NITF_IDATIM", "NITF_FSCLAS", "NITF_IID1")], ["", "--------------", "U", "harbour"]))
    with open(clean, "rb") as file:
        stripped = jbpy.Jbp()
        stripped.load(file)
    numbers = [stripped["FileHeader"][name].value for name in ("NUMI", "NUMT", "NUMDES", "FL")]
    checks.note("22 strip", "NITF segments by jbpy", same(numbers, [1, 0, 1, os.path.getsize(clean)]))
    checks.note("22 strip", "NITF BLOCKA places, and stays", same("BLOCKA" in checks.imagery("info", clean, "--tres").stdout, True))
    checks.note("22 strip", "NITF valid", same(checks.imagery("validate", clean).returncode, 0))
    checks.note("22 strip", "NITF JSON", same(set(json.loads(done.stdout)["leftOut"]) >= {"FTITLE", "IDATIM", "TEXTS"}, True))

    plain = write(checks.path("plain.tif"), array[:1])
    given = checks.path("given.tif")
    corners = "11,48,11.399,48,11.399,47.701,11,47.701"
    checks.note("23 give", "convert", checks.convert(plain, given, "--crs", "EPSG:4326", "--corners", corners, "--nodata", "7"))
    with rasterio.open(given) as file:
        checks.note("23 give", "reference system", same(file.crs.to_epsg(), 4326))
        checks.note("23 give", "corners", close(file.transform * (0.5, 0.5), (11, 48), 1e-9))
        checks.note("23 give", "no data", same(file.nodata, 7.0))
    coded = checks.path("coded.jp2")
    checks.note("24 JPEG 2000", "convert", checks.convert(source, coded, "--rate", "3", "--layers", "1,2,3", "--block-size", "128", "--order", "rpcl"))
    with rasterio.open(coded) as file:
        checks.note("24 JPEG 2000", "rate", "" if os.path.getsize(coded) * 8 / (300 * 400) < 3.3 else f"{os.path.getsize(coded)} bytes")
        checks.note("24 JPEG 2000", "GDAL reads it", same((file.width, file.height, file.count), (400, 300, 3)))
    problem = checks.trouble(checks.tool, "rset", source, "--overviews", "2")
    checks.note("R-set", "rset", problem)
    if problem:
        return
    halves = array.reshape(3, 150, 2, 200, 2).mean((2, 4))
    with rasterio.open(source + ".r1") as file:
        checks.note("R-set", "means", "" if numpy.abs(file.read() - halves).max() <= 0.5 else "samples differ")
        checks.note("R-set", "place", close(file.transform[:6], (20, 0, 691000, 0, -20, 5335000), 1e-9))


def remote(checks, draw):
    """Task 25: the others at an address."""
    if not has_tools("nginx"):
        return
    files = os.path.join(checks.folder, "files")
    os.makedirs(files)
    array = draw.integers(0, 256, (3, 300, 400), "uint8")
    place = dict(crs="EPSG:32632", transform=rasterio.transform.from_origin(691000, 5335000, 10, 10))
    path = write(os.path.join(files, "scene.tif"), array, tiled=True, blockxsize=64, blockysize=64, **place)
    harbour = write_nitf(os.path.join(files, "harbour.ntf"), array[:1])
    server, group = Server(checks.folder), "25 address"
    try:
        scene, nitf, out = server.address("scene.tif"), server.address("harbour.ntf"), checks.path("remote")
        for arguments in (
                ["info", "FILE"], ["info", "FILE", "--json"], ["stats", "FILE", "--json"], ["value", "FILE", "13,7"], ["locate", "FILE", "12.5,45.5"],
                ["checksum", "FILE"], ["dump", "FILE"], ["validate", "FILE"], ["tiles", "FILE"], ["extract", "FILE"], ["info", "FILE", "--metadata"]):
            for local, address in ((path, scene), (harbour, nitf)):
                if local == harbour and arguments[0] == "locate":
                    continue
                here, there = (checks.imagery(*(name if word == "FILE" else word for word in arguments)) for name in (local, address))
                same_text = re.sub(r"\S*(scene.tif|harbour.ntf)", r"\1", there.stdout) == re.sub(r"\S*(scene.tif|harbour.ntf)", r"\1", here.stdout)
                checks.note(group, " ".join(arguments[:1]), "" if same_text and there.returncode == here.returncode else there.stderr or there.stdout[:200])
        checks.note(group, "window", equal(array_of(checks, scene, "--window", "30,40,50,60"), array[:, 40:100, 30:80]))
        checks.note(group, "compare", same(checks.imagery("compare", scene, path).stdout, "equal\n"))
        for name, arguments in (
                ("preview", ["preview", scene, "-o", out + ".png"]), ("strip", ["strip", nitf, "-o", out + ".ntf"]),
                ("edit", ["edit", nitf, "--set", "FTITLE=Other", "-o", out + "2.ntf"]), ("mosaic", ["mosaic", scene, "-o", out + ".tif"]),
                ("merge", ["merge", scene, scene, "-o", out + "2.tif"]), ("extract", ["extract", nitf, "data:0", "-o", out + ".xml"]),
                ("index", ["index", scene, "-o", out + ".json"]), ("convert", ["convert", scene, out + "3.tif", "--cog"]),
                ("tiles", ["tiles", scene, "--output", checks.folder])):
            checks.note(group, name, checks.trouble(checks.tool, *arguments))
        with open(out + ".xml", "rb") as file:
            checks.note(group, "extracted", same(file.read(), XML))
        for arguments in (["rset", scene, "--overviews", "1"], ["overviews", scene], ["convert", path, server.address("new.tif")]):
            done = checks.imagery(*arguments)
            checks.note(group, f"{arguments[0]} does not write there", same(done.returncode, 2))
        secrets(checks, server)
    finally:
        server.stop()


def secrets(checks, server):
    """A password and what follows a question mark are asked with, and nowhere told."""
    words = ("hunter2", "squeamish")
    address = server.address("scene.tif").replace("//", "//someone:hunter2@") + "?signature=squeamish"
    missing = address.replace("scene", "none")
    out = os.path.join(checks.folder, "secret")
    os.mkdir(out)
    for arguments in (
            ["info", "FILE"], ["info", "FILE", "FILE"], ["info", "FILE", "--json"], ["checksum", "FILE"], ["checksum", "FILE", "--json"], ["validate", "FILE"],
            ["validate", "FILE", "--json"], ["tiles", "FILE"], ["stats", "FILE", "--asset", "image:9"], ["info", missing], ["info", missing, "FILE"],
            ["validate", missing], ["rset", "FILE"], ["overviews", "FILE"], ["extract", "FILE", "image:0/none"], ["value", "FILE", "1,2", "FILE"],
            ["mosaic", "FILE", "FILE", "-o", out + "/mosaic.tif", "--json"], ["convert", "FILE", missing, "--into", out, "--to", "png", "--continue"],
            ["convert", "FILE", "FILE", "--into", out, "--to", "png"], ["convert", "FILE", "FILE"],
            ["index", "FILE", "--into", out, "--stac", "--datetime", "2024-02-29T10:30:45Z", "--json"]):
        done = checks.imagery(*(address if word == "FILE" else word for word in arguments))
        told = [word for word in words if word in done.stdout + done.stderr]
        checks.note("25 secrets of an address", " ".join(arguments[:1]), f"{arguments} tells {told}" if told else "")
        checks.note("25 secrets of an address", "something is told", "" if done.stdout + done.stderr else f"{arguments} tells nothing")
    for name in sorted(os.listdir(out)):
        with open(os.path.join(out, name), "rb") as file:
            content = file.read()
        checks.note("25 secrets of an address", name, "it is in the file" if any(word.encode() in content for word in words) else "")
        checks.note("25 secrets of an address", name, "it is in the name" if any(word in name for word in words) else "")
    checks.note("25 secrets of an address", "the index", same({"scene.json", "scene.stac.json", "scene.png"} <= set(os.listdir(out)), True))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    checks = Checks("Tasks of a day", parser.parse_args().tool)
    draw = numpy.random.default_rng(20)
    for part in (look, place, change, make, remote):
        part(checks, draw)
    checks.finish()


if __name__ == "__main__":
    main()
