"""Writes the JPEGVectors.swift of the TIFF and NITF tests: small files with JPEG blocks and the CRC-32 of the samples that GDAL reads.

    python3 Tests/Vectors/jpeg_containers.py

Pictures are sums of sines with noise. Files are written by GDAL 3.10.3 (rasterio 1.4.4), tifffile 2026.3.3 (imagecodecs 2026.3.6, libjpeg-turbo
3.1.3); the name says which and with what options. "own NITF": a header put together field by field around streams of imagecodecs.
Samples are what GDAL reads from the file, for YCbCr what imagecodecs does (libjpeg-turbo's accurate integer path, which this GDAL does not take);
where GDAL cannot ("imagecodecs reads"), those of imagecodecs for each stream.
Files lie in the folders tiff and nitf. The CRC-32 is that of all samples, band by band, 16-bit ones little-endian.
"""
import io, os, tempfile, warnings, zlib
import imagecodecs, numpy as np, rasterio, rasterio.shutil, tifffile
from vectors import coded, mask, nitf as nitf_file, table

warnings.simplefilter("ignore")
rng = np.random.default_rng(6)


def picture(bands, h, w, top=255, noise=12):
    y, x = np.mgrid[:h, :w]
    planes = [np.sin(x / (3 + b) + b) + np.cos(y / (4 + b)) for b in range(bands)]
    a = (np.stack(planes) + 2) / 4 * top + rng.normal(0, noise * top / 255, (bands, h, w))
    return np.clip(a, 0, top).astype("uint8" if top < 256 else "uint16")


def gdal_read(data, suffix):
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "a" + suffix)
        open(path, "wb").write(data)
        with rasterio.open(path) as s: return s.read()


def gdal_write(a, driver, suffix, **options):
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "a" + suffix)
        with rasterio.open(path, "w", driver=driver, width=a.shape[2], height=a.shape[1], count=a.shape[0], dtype=a.dtype, **options) as s:
            s.write(a)
        return open(path, "rb").read()


def gdal_copy(a, **options):
    with tempfile.TemporaryDirectory() as d:
        source, target = os.path.join(d, "a.tif"), os.path.join(d, "a.ntf")
        open(source, "wb").write(gdal_write(a, "GTiff", ".tif", **({"photometric": "RGB"} if a.shape[0] == 3 else {})))
        rasterio.shutil.copy(source, target, driver="NITF", **options)
        return open(target, "rb").read()


def entry(name, data, a):
    folder, suffix = ("tiff", ".tif") if data[:2] in (b"II", b"MM") else ("nitf", ".ntf")
    return coded(folder, "jpeg", name, suffix, data, a)


# TIFF
tiff = []
rgb, gray = picture(3, 37, 41), picture(1, 29, 35)
for label, a, options in [
    ("gray, tiles of 16, JPEG_QUALITY=40", gray, dict(tiled=True, blockxsize=16, blockysize=16)),
    ("gray, strips of 8, JPEGTABLESMODE=0", gray, dict(blockysize=8, JPEGTABLESMODE=0)),
    ("gray, strips of 16, JPEGTABLESMODE=2", gray, dict(blockysize=16, JPEGTABLESMODE=2)),
    ("RGB, strips of 8", rgb, dict(photometric="RGB", interleave="pixel", blockysize=8)),
    ("YCBCR, tiles of 32", rgb, dict(photometric="YCBCR", interleave="pixel", tiled=True, blockxsize=32, blockysize=32)),
    ("YCBCR, strips of 16", rgb, dict(photometric="YCBCR", interleave="pixel", blockysize=16)),
    ("INTERLEAVE=BAND, tiles of 32", rgb, dict(photometric="RGB", interleave="band", tiled=True, blockxsize=32, blockysize=32)),
]:
    data = gdal_write(a, "GTiff", ".tif", compress="JPEG", JPEG_QUALITY=40, **options)
    got = np.moveaxis(tifffile.imread(io.BytesIO(data)), 2, 0) if "YCBCR" in label else gdal_read(data, ".tif")
    tiff.append(entry(f"gdal {label}", data, got))
chunky = np.moveaxis(rgb, 0, 2)
for sampling in [(1, 1), (2, 1), (2, 2)]:
    out = io.BytesIO()
    tifffile.imwrite(out, chunky, photometric="ycbcr", compression="jpeg", compressionargs=dict(level=40), subsampling=sampling, rowsperstrip=16,
                     byteorder=">" if sampling == (2, 1) else "<", metadata=None)
    out.seek(0)
    tiff.append(entry(f"tifffile ycbcr, subsampling {sampling}", out.getvalue(), np.moveaxis(tifffile.imread(out), 2, 0)))
out = io.BytesIO()
wide = picture(1, 23, 27, top=4095)
tifffile.imwrite(out, wide[0], compression="jpeg", compressionargs=dict(level=40, bitspersample=12), tile=(16, 16), metadata=None)
out.seek(0)
tiff.append(entry("tifffile 12 bits, tiles of 16, imagecodecs reads", out.getvalue(), tifffile.imread(out)[None]))
out = io.BytesIO()
deep = picture(1, 23, 27, top=65535)
tifffile.imwrite(out, deep[0], compression="jpeg", compressionargs=dict(lossless=True, bitspersample=16), tile=(16, 16), metadata=None)
tiff.append(entry("tifffile lossless 16 bits, tiles of 16, lossless", out.getvalue(), deep))
table("ImageryTIFFTests/JPEGVectors.swift", "jpeg_containers.py", "files of GDAL 3.10.3 and tifffile 2026.3.3 and the CRC-32 of their samples",
      {"jpegVectors": tiff}, "CodedVector")

# NITF
nitf = []


def own(streams, shape, bits, mode, bw, bh, ic, irep="MULTI", masked=False):
    """An NITF file of streams in file order, None for a masked one."""
    offsets, body = [], b""
    for s in streams:
        offsets.append(None if s is None else len(body))
        body += s or b""
    return nitf_file((mask(offsets) if masked else b"") + body, shape, "INT", bits, mode, bw, bh, ic, irep, "00.0")


def encoded(a, **options):
    """JPEG of a CHW array."""
    b = a[0] if a.shape[0] == 1 else np.ascontiguousarray(np.moveaxis(a, 0, 2))
    return imagecodecs.jpeg8_encode(b, **options)


def decoded(stream, **options):
    b = imagecodecs.jpeg8_decode(stream, **options)
    return b[None] if b.ndim == 2 else np.moveaxis(b, 2, 0)


def cut(a, bw, bh):
    """Blocks of a padded CHW array, row by row."""
    n, h, w = a.shape
    full = np.pad(a, ((0, 0), (0, -h % bh), (0, -w % bw)), mode="edge")
    return [full[:, y:y + bh, x:x + bw] for y in range(0, h, bh) for x in range(0, w, bw)]


def joined(blocks, h, w, bw, bh):
    columns = -(-w // bw)
    rows = [np.concatenate(blocks[i:i + columns], 2) for i in range(0, len(blocks), columns)]
    return np.concatenate(rows, 1)[:, :h, :w]


data = gdal_copy(picture(1, 40, 50), IC="C3", BLOCKXSIZE=32, BLOCKYSIZE=32, QUALITY=40)
nitf.append(entry("gdal IC=C3, gray, blocks of 32", data, gdal_read(data, ".ntf")))
data = gdal_copy(picture(3, 40, 50), IC="C3", BLOCKXSIZE=32, BLOCKYSIZE=32, QUALITY=40)
places = [i for i in range(len(data) - 2) if data[i:i + 3] == b"\xff\xd8\xff"]
streams = [data[i:j] for i, j in zip(places, places[1:] + [len(data)])]
nitf.append(entry("gdal IC=C3, YCbCr601, blocks of 32, imagecodecs reads", data, joined([decoded(s) for s in streams], 40, 50, 32, 32)))
a = picture(1, 24, 40)
streams = [encoded(b, level=40) for b in cut(a, 16, 16)]
streams[1] = None
data = own(streams, a.shape, 8, "B", 16, 16, "M3", "MONO", masked=True)
expected = joined([np.zeros((1, 16, 16), "uint8") if s is None else decoded(s) for s in streams], 24, 40, 16, 16)
assert np.array_equal(gdal_read(data, ".ntf"), expected)
nitf.append(entry("own NITF IC=M3, gray, blocks of 16, one masked", data, expected))
a = picture(3, 20, 24)
planes = [[encoded(b[i:i + 1], level=40) for b in cut(a, 16, 16)] for i in range(3)]
expected = np.concatenate([joined([decoded(s) for s in plane], 20, 24, 16, 16) for plane in planes])
nitf.append(entry("own NITF IC=C3, IMODE S, imagecodecs reads", own(sum(planes, []), a.shape, 8, "S", 16, 16, "C3"), expected))
mixed = [s for i in range(len(planes[0])) for s in (planes[0][i], planes[1][i], planes[2][i])]
nitf.append(entry("own NITF IC=C3, IMODE B, a stream for each band, imagecodecs reads", own(mixed, a.shape, 8, "B", 16, 16, "C3"), expected))
streams = [encoded(b, level=40, colorspace="RGB", outcolorspace="RGB") for b in cut(a, 16, 16)]
expected = joined([decoded(s) for s in streams], 20, 24, 16, 16)
nitf.append(entry("own NITF IC=C3, IMODE P, RGB, imagecodecs reads", own(streams, a.shape, 8, "P", 16, 16, "C3", "RGB"), expected))
a = picture(1, 20, 24, top=4095)
streams = [encoded(b, level=40, bitspersample=12) for b in cut(a, 16, 16)]
expected = joined([decoded(s) for s in streams], 20, 24, 16, 16)
nitf.append(entry("own NITF IC=C3, 12 bits, imagecodecs reads", own(streams, a.shape, 12, "B", 16, 16, "C3", "MONO"), expected))
a = picture(1, 20, 24, top=65535)
streams = [encoded(b, lossless=True, predictor=4, bitspersample=16) for b in cut(a, 16, 16)]
nitf.append(entry("own NITF IC=C5, 16 bits, lossless", own(streams, a.shape, 16, "B", 16, 16, "C5", "MONO"), a))
table("ImageryNITFTests/JPEGVectors.swift", "jpeg_containers.py", "files of GDAL 3.10.3 and others, and the CRC-32 of their samples",
      {"jpegVectors": nitf}, "CodedVector")
