"""Writes Vectors.swift of the TIFF tests and the small files that it lists, whose samples follow the formula of vectors.py.

    python3 Tests/Vectors/tiff.py

Made with tifffile 2026.3.3
(imagecodecs 2026.3.6) and GDAL 3.10.3 (rasterio 1.4.4); the file's name says which. Every file is read back here by the other one, if it can.
"""
import io, warnings
import numpy as np, tifffile, rasterio
from rasterio.io import MemoryFile
from vectors import coded, line, pixels, table

warnings.simplefilter("ignore")
W, H = 19, 6
samples = []


def add(name, data, dtype, bands, modulus, offset=0, divisor=1, w=W, h=H, check=True):
    a = pixels(dtype, bands, modulus, offset, divisor, w, h)
    if check:
        try:
            with MemoryFile(data) as m, m.open() as d:
                got = d.read()
            if name.startswith("gdal"):
                got = tifffile.imread(io.BytesIO(data)).reshape(1, h, w) if bands == 1 else got
            assert np.array_equal(got, a), name
        except rasterio.errors.RasterioIOError:
            got = tifffile.imread(io.BytesIO(data))
            if got.shape == (h, w, bands): got = np.moveaxis(got, 2, 0)
            assert np.array_equal(got.reshape(a.shape), a), name
    samples.append(line("tiff", name, ".tif", data, dtype, bands, modulus, offset, divisor, w, h))


def tf(name, dtype, bands=1, modulus=251, offset=0, divisor=1, planar=False, check=True, **o):
    a = pixels(dtype, bands, modulus, offset, divisor, W, H)
    out = a[0] if bands == 1 else a if planar else np.moveaxis(a, 0, 2)
    f = io.BytesIO()
    tifffile.imwrite(f, np.ascontiguousarray(out), metadata=None, software=False, datetime=None,
                     planarconfig=("separate" if planar else "contig") if bands > 1 else None,
                     photometric="rgb" if bands == 3 else "minisblack", **o)
    add("tifffile " + name, f.getvalue(), dtype, bands, modulus, offset, divisor, check=check)


def gd(name, dtype, bands=1, modulus=251, offset=0, divisor=1, check=True, **o):
    a = pixels(dtype, bands, modulus, offset, divisor, W, H)
    with MemoryFile() as m:
        with m.open(driver="GTiff", width=W, height=H, count=bands, dtype=dtype, **o) as d:
            d.write(a)
        data = m.read()
    add("gdal " + name, bytes(data), dtype, bands, modulus, offset, divisor, check=check)


LZW, DEF, PB = dict(compression="lzw"), dict(compression="zlib"), dict(compression="packbits")
for order, mark in (("<", "II"), (">", "MM")):
    tf(f"{mark} uint8 rgb strips", "u1", 3, byteorder=order, rowsperstrip=4)
    tf(f"{mark} uint16 lzw predictor 2", "u2", 1, 65521, byteorder=order, predictor=2, rowsperstrip=4, **LZW)
    tf(f"{mark} int32 deflate predictor 2", "i4", 1, 251, 100, byteorder=order, predictor=2, **DEF)
    tf(f"{mark} float32 deflate predictor 3", "f4", 1, 251, 100, 8, byteorder=order, predictor=3, **DEF)
    tf(f"{mark} float64 lzw predictor 3", "f8", 1, 251, 100, 8, byteorder=order, predictor=3, **LZW)
    tf(f"{mark} float16 deflate predictor 3", "f2", 1, 251, 100, 8, byteorder=order, predictor=3, **DEF)
    tf(f"{mark} uint64 predictor 2", "u8", 1, 251, byteorder=order, predictor=2, **DEF)
    tf(f"{mark} uint16 rgb planar packbits", "u2", 3, 251, byteorder=order, planar=True, **PB)
    tf(f"{mark} complex64", "c8", 1, 251, 100, 8, byteorder=order, rowsperstrip=3)
    tf(f"{mark} int16 bigtiff", "i2", 1, 251, 100, byteorder=order, bigtiff=True)
tf("uint8 rgb lzw predictor 2 tiles", "u1", 3, tile=(16, 16), predictor=2, **LZW)
tf("uint16 rgb deflate tiles", "u2", 3, tile=(16, 16), **DEF)
tf("uint8 packbits", "u1", 1, 16, **PB)
tf("complex128 deflate", "c16", 1, 251, 100, 8, **DEF)
tf("float32 rgb deflate predictor 3", "f4", 3, 251, 100, 8, predictor=3, **DEF)
tf("int8 lzw", "i1", 1, 251, 100, check=False, **LZW)
for bits in (1, 2, 4):
    gd(f"uint8 {bits} bits", "u1", 1, 2 ** bits, nbits=bits)
gd("uint16 12 bits rgb", "u2", 3, 4096, nbits=12, photometric="rgb", interleave="pixel")
gd("uint16 9 bits deflate", "u2", 1, 512, nbits=9, compress="deflate", check=False)
gd("uint32 17 bits", "u4", 1, 251, nbits=17, check=False)
gd("float32 24 bits", "f4", 1, 251, 100, 8, nbits=24, check=False)
gd("uint8 two bands planar tiles deflate", "u1", 2, interleave="band", tiled=True, blockxsize=16, blockysize=16, compress="deflate", check=False)
gd("uint16 MM tiles", "u2", 1, 251, tiled=True, blockxsize=16, blockysize=16, endianness="big", compress="lzw", predictor=2)
gd("uint8 five bands lzw", "u1", 5, interleave="pixel", compress="lzw", check=False)
gd("uint8 bigtiff tiles deflate", "u1", 1, tiled=True, blockxsize=16, blockysize=16, bigtiff="yes", compress="deflate")

# JPEG 2000: the streams are OpenJPEG's, through imagecodecs 2026.3.6. GDAL's libtiff has no codec for them; tifffile reads them.
for label, code, options in [("34712", 34712, {}), ("34712 boxes", 34712, dict(codecformat="jp2")), ("33005", 33005, {}), ("33003 with MCT", 33003, {}),
                             ("34712 lossless 16", 34712, {})]:
    wide = "16" in label
    tf(f"jpeg2000 {label}", "u2" if wide else "u1", 1 if wide else 3, 65521 if wide else 251, tile=(16, 16), compression=code, compressionargs=options)
# As Aperio's scanners write 33003: YCbCr in the components. What a reader gives are the equations of JFIF 1.02, rounded.
a = pixels("u1", 3, 251, 0, 1, W, H)
f = io.BytesIO()
tifffile.imwrite(f, np.ascontiguousarray(np.moveaxis(a, 0, 2)), metadata=None, software=False, photometric="rgb", compression=33003, tile=(16, 16),
                 compressionargs=dict(mct=False))
luma, cb, cr = a[0].astype(float), a[1] - 128.0, a[2] - 128.0
rgb = np.clip(np.round(np.stack([luma + 1.402 * cr, luma - 0.344136 * cb - 0.714136 * cr, luma + 1.772 * cb])), 0, 255).astype("u1")
ycbcr = [coded("tiff", "jpeg2000", "tifffile 33003 of YCbCr", ".tif", f.getvalue(), rgb)]

table("ImageryTIFFTests/JPEG2000Vectors.swift", "tiff.py", "files of tifffile 2026.3.3 and the CRC-32 of their samples", {"jpeg2000Vectors": ycbcr}, "CodedVector")
table("ImageryTIFFTests/Vectors.swift", "tiff.py", "small files whose samples follow a formula", {"vectors": samples})
