"""Writes FaxVectors.swift: lines in fax codes and the CRC-32 of their pixels.

    python3 Tests/Vectors/fax.py

A picture of 0 and 1 with long and short runs is written by GDAL 3.10.3 (rasterio 1.4.4) as a bi-level TIFF of one strip and recoded with tiffcp 4.5.0
and the options that the name says. The coded data are the bytes of the strip; pixels are those that tifffile 2026.3.3 reads from the file
(imagecodecs' own decoders), compared with the picture. The CRC-32 is that of one byte a pixel, 1 for black.
"""
import base64, os, subprocess, tempfile, warnings, zlib
import numpy as np, rasterio, tifffile

warnings.simplefilter("ignore")
rng = np.random.default_rng(4)


def picture(h, w):
    a = np.zeros((h, w), "uint8")
    for y in range(h):
        x, color = 0, 0
        while x < w:
            run = int(rng.choice([1, 2, 3, 5, 9, 17, 40, 63, 64, 65, 130]))
            a[y, x:x + run] = color
            x, color = x + run, 1 - color
    a[3] = 0
    a[4] = 1
    a[5:9] = a[2]
    a[6, 7:12] ^= 1
    a[9] = np.roll(a[2], 2)
    return a


entries = []
for name, scheme, options in [
    ("tiffcp -c g3:1d", ".group3(isTwoDimensional: false)", ["-c", "g3:1d"]),
    ("tiffcp -c g3:1d:fill", ".group3(isTwoDimensional: false)", ["-c", "g3:1d:fill"]),
    ("tiffcp -c g3:2d", ".group3(isTwoDimensional: true)", ["-c", "g3:2d"]),
    ("tiffcp -c g3:2d:fill", ".group3(isTwoDimensional: true)", ["-c", "g3:2d:fill"]),
    ("tiffcp -c g4", ".group4", ["-c", "g4"]),
    ("tiffcp -c g4 -f lsb2msb", ".group4", ["-c", "g4", "-f", "lsb2msb"]),
    ("gdal COMPRESS=CCITTRLE", ".modifiedHuffman(alignment: 8)", None),
]:
    for h, w in [(21, 300)] if options else [(21, 300), (5, 2600)]:
        a = picture(h, w) if h > 5 else np.repeat([[0], [1], [0], [1], [0]], w, 1).astype("uint8")
        with tempfile.TemporaryDirectory() as d:
            source, target = os.path.join(d, "a.tif"), os.path.join(d, "b.tif")
            extra = dict(compress="CCITTRLE") if options is None else {}
            with rasterio.open(source, "w", driver="GTiff", width=w, height=h, count=1, dtype="uint8", nbits=1, blockysize=h, photometric="MINISWHITE", **extra) as s:
                s.write(a[None])
            if options is None: target = source
            else: subprocess.run(["tiffcp", "-s", "-r", str(h), *options, source, target], check=True)
            with tifffile.TiffFile(target) as t:
                page = t.pages[0]
                got = np.asarray(page.asarray()).astype("uint8")
                start, count = page.dataoffsets[0], page.databytecounts[0]
                assert len(page.dataoffsets) == 1
            assert np.array_equal(got, a), name
            data = open(target, "rb").read()[start:start + count]
        text = base64.b64encode(data).decode()
        lines = "\n".join("            " + text[i:i + 114] for i in range(0, len(text), 114))
        entries.append(f'    FaxVector(\n        name: "{name}, {w} columns", scheme: {scheme}, columns: {w}, rows: {h}, isBitReversed: {str("lsb2msb" in name).lower()}, crc: 0x{zlib.crc32(a.tobytes()):08x},\n'
                       f'        base64: """\n{lines}\n            """),\n')
here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
with open(os.path.join(here, "ImageryFaxTests/FaxVectors.swift"), "w") as f:
    f.write("// Made by Tests/Vectors/fax.py: strips of tiffcp 4.5.0 and GDAL 3.10.3 and the CRC-32 of their pixels. Do not edit.\n\nimport ImageryFax\n\nlet vectors: [FaxVector] = [\n")
    f.write("".join(entries) + "]\n")
