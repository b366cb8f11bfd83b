#!/usr/bin/env python3
"""make-scene.py [FOLDER]: makes the sample scene, a landscape that never was.

scene.tif  512 x 512, three bands of 8 bits, 128 x 128 tiles, Deflate with predictor 2, two overviews, GeoTIFF tags (UTM zone 32N)
scene.png  256 x 256 of its middle, RGB

Needs numpy and tifffile (versions: Conformance/interop/requirements.txt). The seed is fixed: the same pixels every time.
"""
import os
import struct
import sys
import zlib

import numpy as np
import tifffile

SIZE = 512


def fractal(size, slope, seed):
    """Noise with a 1/f^slope spectrum, mean 0, deviation 1."""
    random = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(random.standard_normal((size, size)))
    fy = np.fft.fftfreq(size)[:, None] * size
    fx = np.fft.rfftfreq(size)[None, :] * size
    radius = np.hypot(fy, fx)
    radius[0, 0] = 1
    field = np.fft.irfft2(spectrum * radius ** -slope, s=(size, size))
    field -= field.mean()
    return field / field.std()


def smooth(edge0, edge1, x):
    t = np.clip((x - edge0) / (edge1 - edge0), 0, 1)
    return t * t * (3 - 2 * t)


def mix(a, b, t):
    return a * (1 - t[..., None]) + b * t[..., None]


def landscape():
    height = fractal(2 * SIZE, 2.1, 7)[100 : 100 + SIZE, 300 : 300 + SIZE]
    height = (height - height.min()) / (height.max() - height.min())
    detail = fractal(SIZE, 1.1, 11)
    woods = fractal(SIZE, 1.5, 23)
    sea = 0.36
    land = np.clip((height - sea) / (1 - sea), 0, 1)
    relief = land ** 1.25 * 95 + 0.25 * detail * smooth(0.02, 0.3, land)
    dy, dx = np.gradient(relief)
    normal = np.dstack([-dx, -dy, np.ones_like(dx)])
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    sun = np.array([-0.62, -0.55, 0.56])
    light = np.clip(normal @ (sun / np.linalg.norm(sun)), 0, 1)
    steep = np.hypot(dx, dy)

    colour = mix(np.array([214, 196, 146.0]), np.array([136, 160, 84.0]), smooth(0.015, 0.05, land))
    colour = mix(colour, np.array([62, 100, 58.0]), smooth(0.0, 0.7, woods + 0.3) * smooth(0.03, 0.1, land) * (1 - smooth(0.45, 0.62, land)))
    colour = mix(colour, np.array([142, 126, 110.0]), np.clip(smooth(0.48, 0.68, land) + 0.8 * smooth(1.0, 1.9, steep), 0, 1))
    colour = mix(colour, np.array([246, 248, 252.0]), smooth(0.74, 0.84, land + 0.015 * detail))
    shade = 0.34 + 1.02 * light
    colour = colour * shade[..., None] * np.array([1.02, 1.0, 0.95]) + 14 * (1 - light)[..., None] * np.array([0.2, 0.4, 1.0])

    depth = smooth(0, 0.30, sea - height)
    water = mix(np.array([96, 168, 176.0]), np.array([20, 58, 104.0]), depth) + 1.2 * detail[..., None]
    colour = mix(colour, water, smooth(0.0015, -0.0015, height - sea))
    return np.clip(colour, 0, 255).round().astype(np.uint8)


def halved(image):
    quads = image.astype(np.uint16).reshape(image.shape[0] // 2, 2, image.shape[1] // 2, 2, 3)
    return ((quads.sum(axis=(1, 3)) + 2) // 4).astype(np.uint8)


def write_tiff(path, image):
    geokeys = [1, 1, 1, 5, 1024, 0, 1, 1, 1025, 0, 1, 1, 1026, 34737, 24, 0, 3072, 0, 1, 32632, 3076, 0, 1, 9001]
    tags = [
        (33550, "d", 3, (30.0, 30.0, 0.0), True),
        (33922, "d", 6, (0.0, 0.0, 0.0, 399960.0, 5300040.0, 0.0), True),
        (34735, "H", len(geokeys), geokeys, True),
        (34737, "s", 0, "WGS 84 / UTM zone 32N|", True),
        (42113, "s", 0, "0", True),
    ]
    common = dict(tile=(128, 128), compression="adobe_deflate", compressionargs={"level": 9}, predictor=2, photometric="rgb", metadata=None)
    with tifffile.TiffWriter(path) as writer:
        writer.write(image, description="A landscape that never was", software=False, extratags=tags, **common)
        for _ in range(2):
            image = halved(image)
            writer.write(image, subfiletype=1, software=False, **common)


def write_png(path, image):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows, columns, _ = image.shape
    previous = np.zeros((columns, 3), np.int16)
    lines = b""
    for row in image.astype(np.int16):
        # PNG (third edition) 9.4, filter 4: the neighbour nearest to left + above - upper left.
        left = np.vstack([np.zeros((1, 3), np.int16), row[:-1]])
        corner = np.vstack([np.zeros((1, 3), np.int16), previous[:-1]])
        guess = left + previous - corner
        to_left, to_above, to_corner = abs(guess - left), abs(guess - previous), abs(guess - corner)
        nearest = np.where((to_left <= to_above) & (to_left <= to_corner), left, np.where(to_above <= to_corner, previous, corner))
        lines += b"\x04" + ((row - nearest) & 255).astype(np.uint8).tobytes()
        previous = row
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
    title = b"Title\0A landscape that never was"
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"tEXt", title) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    image = landscape()
    write_tiff(os.path.join(folder, "scene.tif"), image)
    write_png(os.path.join(folder, "scene.png"), image[128:384, 128:384])


main()
