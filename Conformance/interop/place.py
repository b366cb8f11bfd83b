#!/usr/bin/env python3
"""place.py TOOL [--table FILE]: does GDAL find what the tool writes where the source lies?

Every kind of georeference is written as TIFF, COG, JP2 and NITF; GDAL's position of the four corner pixels and of the centre is compared with that of
the source, in pixels. What is not kept has to be told by a note. Windows and levels are compared with the whole. --table writes the errors as a page of
Markdown.

Ground and back: PROJ for the projections, GDAL's transformer for the cameras of cameras.json, which public files give.
"""
import argparse
import itertools
import json
import math
import os
import random
import re
import warnings

from common import Checks, packages

with packages():
    import numpy
    import pyproj
    import rasterio
    import rasterio.errors
    from rasterio.control import GroundControlPoint
    from rasterio.crs import CRS
    from rasterio.rpc import RPC
    from rasterio.transform import Affine, GCPTransformer, RPCTransformer

warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
COLUMNS, ROWS = 80, 76
FORMATS = {"TIFF": ("out.tif",), "COG": ("cog.tif", "--cog"), "JP2": ("out.jp2",), "NITF": ("out.ntf", "--compression", "none")}
LAEA = "+proj=laea +lat_0=47 +lon_0=11 +x_0=1000 +y_0=2000 +ellps=WGS84 +units=m"
# More than this is no longer the same pixel; a tenth of it has to be told.
SAME, TOLD = 0.01, 0.1


def camera():
    """A camera over 10 E, 50 N with a pixel of 0.00005 degree, and a little of every term."""
    draw = numpy.random.default_rng(7)
    line, sample = (draw.standard_normal(20) * 1e-4 for _ in range(2))
    line[:4], sample[:4] = (0.001, 0.02, -0.99, 0.003), (0.002, 0.98, 0.03, -0.004)
    denominator = draw.standard_normal(20) * 1e-5
    denominator[0] = 1
    return RPC(height_off=300, height_scale=500, lat_off=50, lat_scale=0.002, long_off=10, long_scale=0.002, line_off=37.5, line_scale=40, samp_off=39.5,
               samp_scale=40, line_num_coeff=list(line), line_den_coeff=list(denominator), samp_num_coeff=list(sample), samp_den_coeff=list(denominator))


def north_up(x, y, step):
    return Affine(step, 0, x, 0, -step, y)


SOURCES = {
    "geographic": dict(crs="EPSG:4326", transform=north_up(20.123456, 11.2345, 0.0001)),
    "geographic, pixels of 0.1 m": dict(crs="EPSG:4326", transform=north_up(20.123456789, 11.2345678912, 1 / 1080000)),
    "UTM N of WGS 84": dict(crs="EPSG:32632", transform=north_up(399960, 5300040, 10)),
    "UTM S of WGS 84": dict(crs="EPSG:32731", transform=north_up(399960, 9999000, 10)),
    "UTM, pixels of 0.5 m": dict(crs="EPSG:32632", transform=north_up(399960.3, 5300040.7, 0.5)),
    "UTM N, below the equator": dict(crs="EPSG:32631", transform=north_up(399960, -100, 10)),
    "NAD83": dict(crs="EPSG:26917", transform=north_up(500000, 5000000, 10)),
    "ETRS89": dict(crs="EPSG:25832", transform=north_up(399960, 5300040, 10)),
    "web mercator": dict(crs="EPSG:3857", transform=north_up(1000000, 6000000, 10)),
    "polar stereographic": dict(crs="EPSG:3413", transform=north_up(100000, -1000000, 100)),
    "user LAEA": dict(crs=LAEA, transform=north_up(399960, 300040, 10)),
    "none": dict(transform=north_up(399960, 5300040, 10)),
    "rotated": dict(crs="EPSG:32632", transform=Affine(8, 3, 399960, 3, -8, 5300040)),
    "south-up": dict(crs="EPSG:32632", transform=Affine(10, 0, 399960, 0, 10, 5300040)),
    "antimeridian": dict(crs="EPSG:4326", transform=north_up(179.996, 11, 0.0001)),
    "GCP": dict(crs="EPSG:4326", gcps=[GroundControlPoint(row=r, col=c, x=9 + c * 1e-3 + r * 1e-4, y=48 - r * 1e-3 + c * 2e-4)
                                      for r, c in itertools.product((0, ROWS), (0, COLUMNS))]),
    "RPC": dict(rpcs=camera()),
}


def write(path, source, shape=(ROWS, COLUMNS)):
    values = numpy.random.default_rng(3).integers(0, 255, (1, *shape), "uint8")
    kept = {name: value for name, value in source.items() if name != "gcps"}
    with rasterio.open(path, "w", driver="GTiff", width=shape[1], height=shape[0], count=1, dtype="uint8", **kept) as file:
        if "gcps" in source:
            file.gcps = (source["gcps"], CRS.from_user_input(source["crs"]))
        file.write(values)


class Place:
    """GDAL's position of pixels, as longitude and latitude on the datum of the file; None where the file has none."""

    def __init__(self, path):
        with rasterio.open(path) as file:
            self.rpcs, (self.gcps, gcp_crs) = file.rpcs, file.gcps
            self.crs = gcp_crs if self.gcps else file.crs
            self.transform = file.transform
            self.size = file.width, file.height
            if self.transform != Affine.identity() and abs(self.transform.a) * file.width > 180:
                self.unwrap()
        self.is_known = bool(self.rpcs or self.gcps or self.transform != Affine.identity())

    def unwrap(self):
        """GDAL reads corners on both sides of 180 degrees as an image round the Earth: the affine map of the same corners, counted on."""
        places = spots(*self.size)[:4]
        ground = [self.transform * place for place in places]
        tied = numpy.array([(1, *place) for place in places])
        (x0, a, b), (y0, d, e) = (numpy.linalg.lstsq(tied, numpy.array(values), rcond=None)[0]
                                  for values in ([x + 360 * (x < 0) for x, _ in ground], [y for _, y in ground]))
        self.transform = Affine(a, b, x0, d, e, y0)

    def ground(self, x, y, height=300):
        if self.transform != Affine.identity():
            point = self.transform * (x, y)
        elif self.gcps:
            # The plane of best fit.
            tied = numpy.array([(1, p.col, p.row) for p in self.gcps])
            plane = [numpy.linalg.lstsq(tied, numpy.array([value(p) for p in self.gcps]), rcond=None)[0] for value in (lambda p: p.x, lambda p: p.y)]
            point = tuple(float(p @ (1, x, y)) for p in plane)
        else:
            with RPCTransformer(self.rpcs, rpc_height=height, rpc_pixel_error_threshold=1e-4, rpc_max_iterations=50) as way:
                return tuple(float(v) for v in way.xy(y, x, offset="ul"))
        if self.crs is None:
            return point
        system = pyproj.CRS.from_user_input(self.crs.to_wkt())
        lon_lat = pyproj.Transformer.from_crs(system, system.geodetic_crs, always_xy=True)
        return lon_lat.transform(*point)

    def distance(self, other, pairs, height=300):
        """How many pixels of this image the other is away at most; `pairs` are positions of the same ground in both."""
        worst = 0
        for (x, y), (u, v) in pairs:
            here, there = self.ground(x, y, height), other.ground(u, v, height)
            right, below = self.ground(x + 1, y, height), self.ground(x, y + 1, height)
            matrix = numpy.array([[turn(right[0] - here[0]), turn(below[0] - here[0])], [right[1] - here[1], below[1] - here[1]]])
            off = numpy.linalg.solve(matrix, [turn(there[0] - here[0]), there[1] - here[1]])
            worst = max(worst, *map(abs, off))
        return float(worst)


def turn(degrees):
    return (degrees + 180) % 360 - 180 if abs(degrees) < 1000 else degrees


def spots(columns, rows):
    return [(0.5, 0.5), (columns - 0.5, 0.5), (columns - 0.5, rows - 0.5), (0.5, rows - 0.5), (columns / 2, rows / 2)]


def notes_of(done):
    return [line for line in done.stderr.splitlines() if "note:" in line]


def check_formats(checks):
    """The table: rows of sources, columns of formats."""
    table = {}
    for name, source in SOURCES.items():
        path = checks.path("in.tif")
        write(path, source)
        whole = Place(path)
        cells = []
        for title, (target, *arguments) in FORMATS.items():
            target = checks.path(target)
            done = checks.imagery("convert", path, target, "--overwrite", *arguments)
            group = f"GDAL's position of {title}"
            if done.returncode:
                checks.note(group, name, done.stderr.strip())
                cells.append("fails")
                continue
            notes = notes_of(done)
            made = Place(target)
            if not made.is_known:
                checks.note(group, name, "" if notes else "no place and no note")
                cells.append("noted")
                continue
            if (whole.crs is None) != (made.crs is None) and not (whole.rpcs and made.crs is None):
                lost = made.crs is None
                checks.note(group, name, "" if lost and notes else "a system is lost" if lost else "a system is invented")
                cells.append("noted" if lost else "invented")
                continue
            error = whole.distance(made, [(p, p) for p in spots(COLUMNS, ROWS)])
            told = [float(m) for note in notes for m in re.findall(r"up to ([0-9.]+) pixels", note)]
            # What is told is the worst of corners and centre; GDAL fits one affine map to the corners.
            fine = error <= TOLD or told and error <= 2 * max(told)
            checks.note(group, name, "" if fine else f"{error:.3f} pixels off, notes {notes}")
            cells.append(("< 0.001" if error < 0.001 else f"{error:.3f}") + (" noted" if notes else ""))
        table[name] = cells
    return table


def check_parts(checks):
    """Random windows and levels: the ground of a part's pixels is that of the whole."""
    draw = random.Random(40)
    shape = (512, 640)
    scaled = camera()
    for name in ("line_off", "line_scale"):
        setattr(scaled, name, getattr(scaled, name) * shape[0] / ROWS)
    for name in ("samp_off", "samp_scale"):
        setattr(scaled, name, getattr(scaled, name) * shape[1] / COLUMNS)
    sources = {name: SOURCES[name] for name in ("geographic", "UTM N of WGS 84", "rotated", "GCP")} | {"RPC": dict(rpcs=scaled)}
    for number in range(40):
        name = list(sources)[number % len(sources)]
        tif, jp2 = checks.path("whole.tif"), checks.path("whole.jp2")
        write(tif, sources[name], shape)
        checks.convert(tif, jp2)
        level = draw.choice((0, 0, 1, 2))
        step = 1 << level
        x, y = draw.randrange(0, 300), draw.randrange(0, 250)
        width, height = draw.randrange(16, 300), draw.randrange(16, 250)
        target = checks.path("part.tif")
        arguments = ["--window", f"{x},{y},{width},{height}", "--resolution-level", str(level)]
        title = f"{name} {' '.join(arguments)}"
        if problem := checks.convert(jp2, target, *arguments):
            checks.note("parts of JP2 as TIFF", title, problem)
            continue
        whole, part = Place(tif), Place(target)
        left, top = math.ceil(x / step) * step, math.ceil(y / step) * step
        pairs = [((left + u * step, top + v * step), (u, v)) for u, v in spots(*part.size)]
        error = whole.distance(part, pairs)
        checks.note("parts of JP2 as TIFF", title, "" if error <= (0.05 if name == "RPC" else 0.01) else f"{error:.4f} pixels off")


def chip_of(path):
    """The numbers of ICHIPB, as GDAL reports it: positions in the full image of positions in the chip."""
    with rasterio.open(path) as file:
        data = file.tags(ns="TRE").get("ICHIPB", "")
    if not data:
        return lambda x, y: (x, y)
    values = [float(data[16 + 12 * n:28 + 12 * n]) for n in range(16)]
    (r11, c11), (r12, c12), (r21, c21) = ((values[2 * n], values[2 * n + 1]) for n in range(3))
    (f11, g11), (f12, g12), (f21, g21) = ((values[8 + 2 * n], values[9 + 2 * n]) for n in range(3))
    return lambda x, y: (g11 + (x - c11) * (g12 - g11) / (c12 - c11), f11 + (y - r11) * (f21 - f11) / (r21 - r11))


def check_chips(checks):
    """Windows and levels of NITF: the camera of RPC00B and ICHIPB leads to the ground of the whole, and so do the chips of chips."""
    draw = random.Random(41)
    shape = (256, 320)
    source = checks.path("rpc.tif")
    scaled = camera()
    scaled.line_off, scaled.line_scale, scaled.samp_off, scaled.samp_scale = 128, 130, 160, 165
    write(source, dict(rpcs=scaled), shape)
    whole = checks.path("whole.ntf")
    checks.convert(source, whole, "--compression", "jpeg2000")
    for number in range(20):
        path, left, top, step, size = whole, 0, 0, 1, (shape[1], shape[0])
        title = ""
        for turn_number in range(1 + number % 2):
            level = draw.choice((0, 1))
            x, y = draw.randrange(0, size[0] // 2), draw.randrange(0, size[1] // 2)
            target = checks.path(f"chip{turn_number}.ntf")
            arguments = ["--window", f"{x},{y},{size[0] // 2},{size[1] // 2}", "--resolution-level", str(level), "--compression", "jpeg2000"]
            title += " " + " ".join(arguments[1:4])
            if problem := checks.convert(path, target, *arguments):
                checks.note("chips of NITF", title, problem)
                break
            scale = 1 << level
            left, top, step = left + math.ceil(x / scale) * scale * step, top + math.ceil(y / scale) * scale * step, step * scale
            path = target
            with rasterio.open(path) as file:
                size = file.width, file.height
        else:
            full = chip_of(path)
            a, b = Place(whole), Place(path)
            b.transform = Affine.identity()
            pairs = [((left + u * step, top + v * step), full(u, v)) for u, v in spots(*size)]
            error = a.distance(b, pairs)
            checks.note("chips of NITF", title, "" if error <= 0.05 else f"{error:.4f} pixels off")


SYSTEMS = {
    "UTM 32 N": (32632, 399960, 5300040), "UTM 33 N, 15 degrees off": (32633, -560000, 5300040), "UTM 31 S": (32731, 399960, 8000040),
    "UTM 17 N of NAD83": (26917, 250000, 4500000), "UTM 32 N of ETRS89": (25832, 399960, 6600040), "UPS north": (32661, 2150000, 1850000),
    "UPS south": (32761, 1650000, 2350000), "web mercator": (3857, 1000000, 6000000), "mercator": (3395, -8000000, -5000000),
    "Arctic": (3413, 100000, -1000000), "Antarctic": (3031, -1500000, 700000),
}


def locate(checks, path, pixel=None, ground=None, height=0):
    """x, y, longitude, latitude, height as `imagery locate` gives them."""
    asked = ["--at", ground] if ground else []
    done = checks.imagery("locate", *asked, "--height", repr(height), "--json", "--", path, *([pixel] if pixel else []))
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return json.loads(done.stdout)


def check_systems(checks):
    """Longitude and latitude of pixels of 10 m, and pixels of them, within 1 mm of PROJ."""
    for name, (code, x, y) in SYSTEMS.items():
        path = checks.path("system.tif")
        write(path, dict(crs=f"EPSG:{code}", transform=north_up(x, y, 10)))
        system = pyproj.CRS.from_epsg(code)
        way = pyproj.Transformer.from_crs(system.geodetic_crs, system, always_xy=True)
        try:
            for column, row in spots(COLUMNS, ROWS) + [(-200.25, 300.75), (3000.5, -2000.5)]:
                here = locate(checks, path, f"{column},{row}")
                easting, northing = way.transform(here["longitude"], here["latitude"])
                off = math.hypot(easting - (x + 10 * column), northing - (y - 10 * row))
                checks.note("ground by PROJ, 1 mm", f"{name} {column},{row}", "" if off < 1e-3 else f"{off * 1000:.3f} mm off")
                longitude, latitude = way.transform(x + 10 * column, y - 10 * row, direction="INVERSE")
                back = locate(checks, path, ground=f"{longitude!r},{latitude!r}")
                off = 10 * math.hypot(back["x"] - column, back["y"] - row)
                checks.note("pixels by PROJ, 1 mm", f"{name} {column},{row}", "" if off < 1e-3 else f"{off * 1000:.3f} mm off")
        except RuntimeError as error:
            checks.note("ground by PROJ, 1 mm", name, str(error))


def check_gml(checks):
    """GMLJP2 alone, without the GeoJP2 box beside it, which GDAL asks first."""
    for code, x, y, step in ((32633, 400_000, 5_000_000, 10), (4326, 10, 50, 0.01), (3857, -400_000, 5_000_000, 2.5), (26711, 440_720, 3_751_320, 60)):
        source, path = checks.path("grid.tif"), checks.path("grid.jp2")
        write(source, dict(crs=f"EPSG:{code}", transform=north_up(x, y, step)))
        problem = checks.trouble(checks.tool, "convert", source, path, "--gml", "--overwrite")
        if not problem:
            with rasterio.open(path, GEOREF_SOURCES="GMLJP2") as file:
                got, want = (file.crs.to_epsg(), tuple(file.transform)[:6]), (code, tuple(north_up(x, y, step))[:6])
            problem = "" if got[0] == code and numpy.allclose(got[1], want[1], rtol=0, atol=1e-9) else f"{got}, not {want}"
        checks.note("GMLJP2 by GDAL", f"EPSG:{code}", problem)


def public_cameras():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cameras.json")) as file:
        for entry in json.load(file):
            (line, sample, latitude, longitude, height), scales, (a, b, c, d) = entry["offsets"], entry["scales"], entry["coefficients"]
            yield entry["name"], RPC(
                height_off=height, height_scale=scales[4], lat_off=latitude, lat_scale=scales[2], long_off=longitude, long_scale=scales[3], line_off=line,
                line_scale=scales[0], samp_off=sample, samp_scale=scales[1], line_num_coeff=a, line_den_coeff=b, samp_num_coeff=c, samp_den_coeff=d)


def check_cameras(checks):
    """Pixels of ground as GDAL's transformer has them, ground of pixels as leads back there, and round trips."""
    for name, camera in public_cameras():
        path = checks.path("camera.tif")
        columns, rows = (round(off + scale) for off, scale in ((camera.samp_off, camera.samp_scale), (camera.line_off, camera.line_scale)))
        # No block is stored.
        with rasterio.open(path, "w", driver="GTiff", width=columns, height=rows, count=1, dtype="uint8", tiled=True, sparse_ok=True, rpcs=camera):
            pass
        for u, v, h in itertools.product((0.1, 0.5, 0.9), (0.1, 0.5, 0.9), (-0.5, 0, 0.5)):
            x, y, height = u * columns, v * rows, camera.height_off + h * camera.height_scale
            title = f"{name} {x:.1f},{y:.1f} at {height:.0f} m"
            try:
                ground = locate(checks, path, f"{x!r},{y!r}", height=height)
                place = f"{ground['longitude']!r},{ground['latitude']!r}"
                back = locate(checks, path, ground=place, height=height)
            except RuntimeError as error:
                checks.note("cameras by GDAL", title, str(error))
                continue
            with RPCTransformer(camera, rpc_height=height) as way:
                row, column = way.rowcol(ground["longitude"], ground["latitude"], zs=0, op=lambda value: value)
            off = max(abs(column - x), abs(row - y))
            checks.note("cameras by GDAL, 0.01 pixel", title, "" if off < 0.01 else f"{off:.5f} pixels off")
            off = max(abs(back["x"] - x), abs(back["y"] - y))
            checks.note("cameras there and back, 1e-6 pixel", title, "" if off < 1e-6 else f"{off:.9f} pixels off")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool")
    parser.add_argument("--table")
    arguments = parser.parse_args()
    checks = Checks("Place", arguments.tool)
    table = check_formats(checks)
    check_parts(checks)
    check_chips(checks)
    check_systems(checks)
    check_gml(checks)
    check_cameras(checks)
    if arguments.table:
        with open(arguments.table, "w") as file:
            file.write("# Where written files lie\n\nGDAL's position of the corner pixels and the centre of what `imagery convert` writes, against that of the source, in pixels of the\n"
                       "source. *noted*: the tool says what is left out or changed. Made by `Conformance/interop/place.py --table`.\n\n")
            file.write("| source | " + " | ".join(FORMATS) + " |\n|---|" + "---|" * len(FORMATS) + "\n")
            for name, cells in table.items():
                file.write(f"| {name} | " + " | ".join(cells) + " |\n")
            file.write("\nThe same script holds `locate` to PROJ (UTM, UPS, Mercator, polar stereographic: 1 mm each way) and to GDAL's transformer on six public cameras "
                       "(`cameras.json`: SkySat, IKONOS, PlanetScope, WorldView-1 to 3; 0.01 pixel, and 1e-6 pixel there and back).\n")
    checks.finish()


if __name__ == "__main__":
    main()
