#!/usr/bin/env python3
"""mosaic_dask.py TOOL: statistics of a mosaic whose tiles lie on a server, by dask.distributed, in three steps that a program can copy.

1. `imagery index --into` writes, for each tile at its address, where its blocks lie, and with --stac where on the ground.
2. The STAC items tell where each tile belongs; every block of the mosaic is one chunk of a dask array that is read when it is needed.
3. Workers read ranges of the tiles from the server, without GDAL and without this tool, and compute.

The result is held against NumPy on the pixels that the tiles were made of, and against what `imagery mosaic` and `imagery stats` say. Needs nginx, and dask,
distributed, aiohttp and pystac beside the packages of requirements.txt; without them nothing is checked.
"""
import argparse
import glob
import json
import os

from common import Checks, has_tools, packages
from nginx import Server
with packages():
    import aiohttp
    import dask.array
    import dask.distributed
    import jsonschema
    import numpy
    import pystac
    import pystac.validation.local_validator
    import rasterio
    import rasterio.transform
    import referencing.jsonschema
    import zarr
    from fsspec.implementations.asyn_wrapper import AsyncFileSystemWrapper
    from fsspec.implementations.reference import ReferenceFileSystem
    from zarr.storage import FsspecStore

ORIGIN, PIXEL, TILE = (691000, 5335000), 10, 256


def make_tiles(folder, draw, across=4, down=3):
    """Tiles on one grid, written by GDAL; returns the pixels of the whole."""
    os.makedirs(folder, exist_ok=True)
    whole = draw.integers(1, 4096, (down * TILE, across * TILE), "uint16")
    for row in range(down):
        for column in range(across):
            part = whole[row * TILE:(row + 1) * TILE, column * TILE:(column + 1) * TILE]
            transform = rasterio.transform.from_origin(ORIGIN[0] + column * TILE * PIXEL, ORIGIN[1] - row * TILE * PIXEL, PIXEL, PIXEL)
            with rasterio.open(
                    os.path.join(folder, f"tile_{row}_{column}.tif"), "w", driver="GTiff", count=1, height=TILE, width=TILE, dtype="uint16", crs="EPSG:32632",
                    transform=transform, tiled=True, blockxsize=128, blockysize=128, compress="deflate") as file:
                file.write(part, 1)
    return whole


def read_block(path, rows, columns):
    """Pixels of one tile through its index: runs in a worker."""
    with open(path) as file:
        index = json.load(file)
    system = AsyncFileSystemWrapper(ReferenceFileSystem(fo=index, asynchronous=False, skip_instance_cache=True, remote_protocol="http"))
    return zarr.open_group(FsspecStore(fs=system, read_only=True, path=""), mode="r", zarr_format=2)["0/data"][0, rows, columns]


def invalid(item):
    """What the schema of STAC 1.1.0 that pystac carries says against an item; those of extensions are on the network."""
    schemas = pystac.validation.local_validator.get_local_schema_cache()
    registry = referencing.Registry().with_resources(
        (address, referencing.Resource.from_contents(schema, referencing.jsonschema.DRAFT7)) for address, schema in schemas.items())
    name = next(address for address in schemas if address.endswith("/item.json"))
    problems = list(jsonschema.Draft7Validator(schemas[name], registry=registry).iter_errors(item))
    return "; ".join(problem.message for problem in problems)[:200]


def mosaic(items):
    """The tiles as one dask array, each at the place that its item tells."""
    places = {}
    for item in items:
        a, _, x, _, e, y = item.properties["proj:transform"]
        height, width = item.properties["proj:shape"]
        places[(y, x)] = (item.assets["index"].get_absolute_href(), height, width, item.assets["image"].extra_fields["bands"][0]["data_type"])
    rows = []
    for y in sorted({y for y, _ in places}, reverse=True):
        row = []
        for x in sorted(x for other, x in places if other == y):
            path, height, width, kind = places[(y, x)]
            read = dask.delayed(read_block)(path, slice(0, height), slice(0, width))
            row.append(dask.array.from_delayed(read, (height, width), kind))
        rows.append(row)
    return dask.array.block(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    checks = Checks("A mosaic by dask.distributed", parser.parse_args().tool)
    if not has_tools("nginx"):
        print("interop: skipped, no nginx")
        return
    whole = make_tiles(os.path.join(checks.folder, "files"), numpy.random.default_rng(7))
    server = Server(checks.folder)
    index = checks.path("index")
    os.makedirs(index)
    try:
        names = sorted(os.listdir(os.path.join(checks.folder, "files")))
        addresses = [server.address(name) for name in names if name.endswith(".tif")]
        done, requests, count = server.cost(
            lambda: checks.imagery("index", *addresses, "--into", index, "--stac", "--datetime", "2024-02-29T10:30:45Z", "--json"))
        checks.note("index", "written", done.stderr)
        checks.note("index", "files", "" if len(json.loads(done.stdout)["files"]) == 2 * len(addresses) else done.stdout)
        print(f"{len(addresses)} indexes: {requests} requests, {count} bytes")
        paths = sorted(glob.glob(os.path.join(index, "*.stac.json")))
        items = [pystac.Item.from_file(path) for path in paths]
        for path in paths:
            with open(path) as file:
                checks.note("STAC", f"schema of {os.path.basename(path)}", invalid(json.load(file)))
        for item in items:
            checks.note("STAC", item.id, "" if item.datetime and item.properties["proj:code"] == "EPSG:32632" else "no time or reference system")
        with dask.distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, dask.distributed.Client(cluster):
            pixels = mosaic(items)
            checks.note("mosaic", "shape", "" if pixels.shape == whole.shape else f"{pixels.shape}")
            low, high, mean, deviation, bright = dask.compute(pixels.min(), pixels.max(), pixels.mean(), pixels.std(), (pixels > 4000).sum())
        got = [float(number) for number in (low, high, mean, deviation, bright)]
        want = [float(number) for number in (whole.min(), whole.max(), whole.mean(), whole.std(), (whole > 4000).sum())]
        checks.note("mosaic", "statistics against NumPy", "" if numpy.allclose(got, want, rtol=1e-12) else f"{got}, expected {want}")
        target = checks.path("mosaic.tif")
        checks.note("mosaic", "by the tool", checks.trouble(checks.tool, "mosaic", *addresses, "-o", target))
        band = json.loads(checks.imagery("stats", target, "--json").stdout)["bands"][0]
        checks.note("mosaic", "statistics of the tool", "" if numpy.allclose([band[name] for name in ("min", "max", "mean", "sigma")], want[:4], rtol=1e-9) else f"{band}")
    finally:
        server.stop()
    checks.finish()


if __name__ == "__main__":
    main()
