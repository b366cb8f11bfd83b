"""Writes Vectors.swift of the NITF tests and the small files that it lists, whose samples follow the formula of vectors.py.

    python3 Tests/Vectors/nitf.py

Files called "gdal" are written by GDAL 3.10.3
(rasterio 1.4.4) with the options given here. GDAL writes IMODE B without masks only: the others are put together here, field by field, and read
back by GDAL; "unchecked" ones are those that this GDAL cannot read. Codestreams are of OpenJPEG 2.5
(opj_compress) and of OpenJPH (imagecodecs 2026.3.6), with the options given here. Samples in `masked` blocks (plane, row, column of the grid) are the pad value.
"""
import os, struct, subprocess, tempfile, warnings
import imagecodecs, numpy as np, rasterio
from vectors import line, mask, nitf, pixels, table

warnings.simplefilter("ignore")
W, H, BW, BH = 11, 6, 8, 4
samples, jpeg2000 = [], []


def bits_of(a, bits):
    """The samples of an array as a string of bits, most significant first."""
    if a.dtype.kind in "fc":
        return "".join(f"{v:08b}" for v in a.astype(a.dtype.newbyteorder(">")).tobytes())
    return "".join(format(int(v) & (1 << bits) - 1, f"0{bits}b") for v in a.ravel())


def packed(text):
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big") if text else b""


def blocks(a, bits, imode, bw, bh):
    """The bytes of every block in file order; of every band for IMODE S."""
    n, h, w = a.shape
    rows, columns = -(-h // bh), -(-w // bw)
    full = np.zeros((n, rows * bh, columns * bw), a.dtype)
    full[:, :h, :w] = a
    result = []
    for plane in range(n if imode == "S" else 1):
        for r in range(rows):
            for c in range(columns):
                k = full[:, r * bh:(r + 1) * bh, c * bw:(c + 1) * bw]
                if imode == "S": result.append(packed(bits_of(k[plane], bits)))
                elif imode == "B": result.append(b"".join(packed(bits_of(k[i], bits)) for i in range(n)))
                elif imode == "P": result.append(packed(bits_of(np.ascontiguousarray(np.moveaxis(k, 0, 2)), bits)))
                else: result.append(packed(bits_of(np.ascontiguousarray(np.moveaxis(k, 0, 1)), bits)))
    return result


def masked_blocks(blocks, shape, bw, bh, masked, pad, bits):
    """Uncompressed blocks without those in `masked`, behind their mask."""
    _, h, w = shape
    rows, columns = -(-h // bh), -(-w // bw)
    at, offsets, kept = 0, [], b""
    for i, block in enumerate(blocks):
        absent = (i // (rows * columns), i % (rows * columns) // columns, i % columns) in masked
        offsets.append(None if absent else len(kept))
        kept += b"" if absent else block
    return mask(offsets, pad, bits) + kept


def read(data):
    with tempfile.TemporaryDirectory() as d:
        p = os.path.join(d, "v.ntf"); open(p, "wb").write(data)
        with rasterio.open(p) as i: return i.read()


def holed(a, masked, bw, bh, pad, is_sequential=False):
    """The samples that a reader gives: the pad value in masked blocks."""
    a = a.copy()
    for plane, r, c in masked or []:
        for b in ([plane] if is_sequential else range(len(a))):
            a[b, r * bh:(r + 1) * bh, c * bw:(c + 1) * bw] = pad or 0
    return a


def hand(name, pvtype, bits, imode, dtype, bands=3, modulus=251, offset=0, divisor=1, masked=None, pad=None, check=True, w=W, h=H, bw=BW, bh=BH, abpp=None, zero=False):
    a = pixels(dtype, bands, modulus, offset, divisor, w, h)
    stored = blocks(a, bits, imode, bw, bh)
    stored = b"".join(stored) if masked is None else masked_blocks(stored, a.shape, bw, bh, masked, pad, bits)
    data = nitf(stored, a.shape, pvtype, bits, imode, bw, bh, "NC" if masked is None else "NM", abpp=abpp, zero=zero)
    if check:
        want = holed(a, masked, bw, bh, pad, imode == "S")
        got = read(data)
        if pvtype == "SI" and bits == 8: got = got.view("i1")
        assert np.array_equal(got, want), (name, got.dtype, got.ravel()[:8], want.ravel()[:8])
    if not check: name = "unchecked " + name
    samples.append(line("nitf", name, ".ntf", data, dtype, bands, modulus, offset, divisor, w, h, masked, pad))


def gdal(name, dtype, bands=1, modulus=251, offset=0, divisor=1, w=W, h=H, **options):
    a = pixels(dtype, bands, modulus, offset, divisor, w, h)
    with tempfile.TemporaryDirectory() as d:
        p = os.path.join(d, "v.ntf")
        with rasterio.open(p, "w", driver="NITF", width=w, height=h, count=bands, dtype=np.dtype(dtype).name, FDT="20200102030405", IDATIM="20200102030405", **options) as o: o.write(a)
        data = open(p, "rb").read()
    assert np.array_equal(read(data), a), name
    samples.append(line("nitf", "gdal " + name, ".ntf", data, dtype, bands, modulus, offset, divisor, w, h))


for imode in "BPRS":
    hand(f"{imode} INT 8", "INT", 8, imode, "u1")
    hand(f"{imode} INT 16", "INT", 16, imode, "u2", 2, 65521)
    hand(f"{imode} SI 16", "SI", 16, imode, "i2", 2, 251, 100)
    hand(f"{imode} R 32", "R", 32, imode, "f4", 2, 251, 100, 8)
    holes = {(0, 0, 1), (1, 1, 0), (2, 0, 1), (0, 1, 1), (1, 1, 1), (2, 1, 1)} if imode == "S" else {(0, 0, 1), (0, 1, 0)}
    # GDAL looks for an offset for every band in IMODE B and R, where the standard has one for a block.
    hand(f"{imode} NM INT 8 pad", "INT", 8, imode, "u1", 3, 251, masked=holes, pad=7, check=imode in "PS")
    hand(f"{imode} NM INT 8", "INT", 8, imode, "u1", 2, 251, masked={(0, 1, 1)}, check=imode in "PS")
    hand(f"{imode} INT 12", "INT", 12, imode, "u2", 2, 4093, check=False)
# GDAL takes the low 8 bits of a 12-bit sample first; the standard has the most significant bit first throughout.
hand("B one band INT 12", "INT", 12, "B", "u2", 1, 4093, check=False)
hand("B one band NM INT 12 pad", "INT", 12, "B", "u2", 1, 4093, masked={(0, 1, 1)}, pad=4095, check=False)
hand("B one band NM SI 16 pad", "SI", 16, "B", "i2", 1, 251, 100, masked={(0, 0, 0)}, pad=-5, check=False)
hand("B B 1", "B", 1, "B", "u1", 1, 2, bw=16, bh=16)
# GDAL reads one block only of these.
hand("B B 1, blocks", "B", 1, "B", "u1", 1, 2, check=False)
hand("B INT 1, odd rows", "INT", 1, "B", "u1", 1, 2, bw=11, bh=6)
hand("B INT 4", "INT", 4, "B", "u1", 1, 16)
hand("B INT 2", "INT", 2, "B", "u1", 1, 4)
hand("B SI 12", "SI", 12, "B", "i2", 1, 251, 100, check=False)
hand("B INT 20", "INT", 20, "B", "u4", 1, 251, check=False)
hand("B SI 8", "SI", 8, "B", "i1", 1, 251, 100)
hand("B INT 32", "INT", 32, "B", "u4", 1, 251)
hand("B SI 32", "SI", 32, "B", "i4", 1, 251, 100)
hand("B INT 64", "INT", 64, "B", "u8", 1, 251, check=False)
hand("B SI 64", "SI", 64, "B", "i8", 1, 251, 100, check=False)
hand("B R 64", "R", 64, "B", "f8", 1, 251, 100, 8)
hand("B C 64", "C", 64, "B", "c8", 1, 251, 100, 8)
hand("P C 64", "C", 64, "P", "c8", 2, 251, 100, 8)
hand("B INT 16 of 11 bits", "INT", 16, "B", "u2", 1, 2039, abpp=11)
hand("B twelve bands", "INT", 8, "B", "u1", 12, 251)
hand("P twelve bands", "INT", 8, "P", "u1", 12, 251)
hand("B one block of size 0000", "INT", 8, "B", "u1", 1, 251, bw=W, bh=H, zero=True)
hand("P four bands", "INT", 8, "P", "u1", 4, 251)

for dtype, args in (("u1", {}), ("u2", {}), ("i2", dict(offset=100)), ("u4", {}), ("i4", dict(offset=100)), ("f4", dict(offset=100, divisor=8)), ("c8", dict(offset=100, divisor=8))):
    gdal(np.dtype(dtype).name, dtype, **args)
gdal("uint8 three bands blocks", "u1", 3, blockxsize=8, blockysize=4)



def tile_parts(stream):
    """Main header, tile-parts with their tiles, end of a codestream (T.800 A.4.2)."""
    at = first = stream.index(b"\xff\x90")
    parts = []
    while stream[at:at + 2] == b"\xff\x90":
        tile, length = struct.unpack_from(">HI", stream, at + 4)
        parts.append((tile, stream[at:at + length]))
        at += length
    return stream[:first], parts, stream[at:]


def openjpeg(a, bits, *options):
    """opj_compress -F w,h,bands,bits,u|s OPTIONS of raw samples."""
    n, h, w = a.shape
    with tempfile.TemporaryDirectory() as d:
        raw, out = os.path.join(d, "in.raw"), os.path.join(d, "out.j2k")
        with open(raw, "wb") as f:
            f.write(a.astype(a.dtype.newbyteorder(">")).tobytes())
        form = f"{w},{h},{n},{bits},{'s' if a.dtype.kind == 'i' else 'u'}"
        subprocess.run(["opj_compress", "-i", raw, "-o", out, "-F", form, *options], check=True, stdout=subprocess.DEVNULL)
        return open(out, "rb").read()


def openjph(a, **options):
    """imagecodecs.htj2k_encode(samples, reversible=True, OPTIONS)."""
    return imagecodecs.htj2k_encode(np.ascontiguousarray(np.moveaxis(a, 0, 2)) if len(a) > 1 else a[0], reversible=True, **options)


def whole(name, ic, encode, dtype="u1", bits=8, bands=1, modulus=251, offset=0, masked=None, pad=None, left_out=False, tile=16, w=40, h=28, **header):
    """One codestream as all blocks; of masked ones it has a tile all the same, or nothing."""
    a = pixels(dtype, bands, modulus, offset, 1, w, h)
    stream = encode(a)
    bw, bh = (tile, tile) if tile else (w, h)
    columns = -(-w // bw)
    masked = masked or []
    head, parts, end = tile_parts(stream)
    if left_out: parts = [p for p in parts if (0, p[0] // columns, p[0] % columns) not in masked]
    offsets, body = [None] * (columns * -(-h // bh)), head
    for index, part in parts:
        if (0, index // columns, index % columns) not in masked and offsets[index] is None: offsets[index] = len(body)
        body += part
    body += end
    data = nitf((mask(offsets, pad, bits) if ic[0] == "M" else b"") + body, a.shape, "SI" if offset else "INT", header.pop("nbpp", bits), "B", bw, bh, ic,
                comrat="N040", **header)
    # GDAL reads none of M8, CD, MD, and OpenJPEG no codestream that lacks tiles: then what the tiles hold was checked by its twin with all of them.
    if not left_out:
        got, want = read(data) if ic == "C8" else np.moveaxis(np.atleast_3d(imagecodecs.jpeg2k_decode(body)), 2, 0), a
        assert np.array_equal(got, want), name
    jpeg2000.append(line("nitf", name, ".ntf", data, dtype, bands, modulus, offset, 1, w, h, masked, pad))


holes = [(0, 0, 1), (0, 1, 2)]
tiled = ("-t", "16,16", "-n", "3")
whole("jpeg2000 C8", "C8", lambda a: openjpeg(a, 8, *tiled))
whole("jpeg2000 C8 one block of size 0000", "C8", lambda a: openjpeg(a, 8, "-n", "3"), tile=None, zero=True)
whole("jpeg2000 C8 INT 11", "C8", lambda a: openjpeg(a, 11, *tiled), "u2", 11, modulus=2039)
whole("jpeg2000 C8 INT 16 of 11 bits", "C8", lambda a: openjpeg(a, 11, *tiled), "u2", 11, modulus=2039, nbpp=16, abpp=11)
whole("jpeg2000 C8 SI 12", "C8", lambda a: openjpeg(a, 12, *tiled), "i2", 12, offset=100)
whole("jpeg2000 M8 none masked", "M8", lambda a: openjpeg(a, 8, *tiled))
whole("jpeg2000 M8 pad", "M8", lambda a: openjpeg(a, 8, *tiled), masked=holes, pad=7)
whole("jpeg2000 M8 three bands in tile-parts", "M8", lambda a: openjpeg(a, 8, *tiled, "-TP", "R", "-mct", "0"), bands=3, masked=holes)
whole("jpeg2000 M8 pad, tiles left out", "M8", lambda a: openjpeg(a, 8, *tiled), masked=holes, pad=7, left_out=True)
whole("htj2k CD three bands", "CD", lambda a: openjph(a, tile=(16, 16), resolutions=2, rgb=False), bands=3)
whole("htj2k MD INT 16 pad", "MD", lambda a: openjph(a, tile=(16, 16), resolutions=2), "u2", 16, modulus=65521, masked=holes, pad=1000)

table("ImageryNITFTests/Vectors.swift", "nitf.py", "small files whose samples follow a formula",
      {"vectors": samples, "jpeg2000Vectors": jpeg2000})
