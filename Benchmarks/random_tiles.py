#!/usr/bin/env python3
"""random_tiles.py FILE [--repeat N] [--cache MIB]: the peer of `imagery bench tiles`, by rasterio (GDAL with its cache of blocks).

Reads the same 1,000 tiles of 256 x 256 pixels from a dataset that stays open, and prints the same JSON: seconds of each repeat, and the CRC-32 of the
tiles (rows, columns, bands; little endian), combined by exclusive or. One thread, as `--threads 1` there.
"""
import argparse
import json
import time
import warnings
import zlib

import numpy
import rasterio
from rasterio.windows import Window

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("file")
parser.add_argument("--repeat", type=int, default=5)
parser.add_argument("--cache", type=int, default=64)
options = parser.parse_args()
warnings.simplefilter("ignore")
seconds, checksum = [], 0
for _ in range(options.repeat):
    with rasterio.Env(GDAL_NUM_THREADS="1", GDAL_CACHEMAX=options.cache, OPJ_NUM_THREADS="1"):
        start = time.perf_counter()
        with rasterio.open(options.file) as image:
            columns, rows = image.width // 256, image.height // 256
            state, checksum = 1, 0
            for _ in range(1000):
                state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
                place = (state >> 8) % (columns * rows)
                tile = image.read(window=Window(place % columns * 256, place // columns * 256, 256, 256))
                checksum ^= zlib.crc32(numpy.ascontiguousarray(numpy.moveaxis(tile, 0, -1)))
        seconds.append(time.perf_counter() - start)
print(json.dumps({"seconds": seconds, "crc": checksum}))
