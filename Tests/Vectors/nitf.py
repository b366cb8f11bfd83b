"""Writes Vectors.swift: small NITF files whose samples follow one formula.

    python3 Tests/Vectors/nitf.py > Tests/ImageryNITFTests/Vectors.swift

Sample (band b, row y, column x) is (5 + 7 x + 13 y + 29 b) modulo `modulus`, minus `offset`, over `divisor`. Files called "gdal" are written by GDAL 3.10.3
(rasterio 1.4.4) with the options given here. GDAL writes IMODE B without masks only: the others are put together here, field by field, and read
back by GDAL; "unchecked" ones are those that this GDAL cannot read. Samples in `masked` blocks (plane, row, column of the grid) are the pad value.
"""
import base64, os, sys, tempfile, warnings
import numpy as np, rasterio

warnings.simplefilter("ignore")
W, H, BW, BH = 11, 6, 8, 4
entries = []


def pixels(dtype, bands, modulus, offset=0, divisor=1, w=W, h=H):
    b, y, x = np.ogrid[:bands, :h, :w]
    v = (5 + 7 * x + 13 * y + 29 * b) % modulus - offset
    if np.dtype(dtype).kind == "c":
        return (v / divisor - 1j * v / divisor).astype(dtype)
    return (v / divisor).astype(dtype) if divisor != 1 else v.astype(dtype)


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


def text(v, n): return str(v).ljust(n)[:n].encode()
def number(v, n): return str(v).zfill(n).encode()


def file(a, pvtype, bits, imode, bw, bh, masked=None, pad=None, abpp=None, zero=False):
    n, h, w = a.shape
    rows, columns = -(-h // bh), -(-w // bw)
    data = blocks(a, bits, imode, bw, bh)
    ic = "NC"
    if masked is not None:
        ic = "NM"
        per = rows * columns
        at, table, kept = 0, b"", []
        for i, block in enumerate(data):
            if (i // per, i % per // columns, i % columns) in masked:
                table += b"\xff" * 4
            else:
                table += at.to_bytes(4, "big"); at += len(block); kept.append(block)
        code = b"" if pad is None else (int(pad) & (1 << bits) - 1).to_bytes((bits + 7) // 8, "big")
        head = 10 + len(code) + len(table)
        data = [head.to_bytes(4, "big") + b"\0\4\0\0" + (bits if code else 0).to_bytes(2, "big") + code + table] + kept
    data = b"".join(data)
    security = b"U" + b" " * 166
    s = b"IM" + text("VECTOR", 10) + text("20200102030405", 14) + text("", 17) + text("A vector", 80) + security + b"0" + text("", 42)
    s += number(h, 8) + number(w, 8) + text(pvtype, 3) + text("MULTI" if n > 1 else "MONO", 8) + text("VIS", 8) + number(abpp or bits, 2) + b"R"
    s += b" " + b"0" + ic.encode() + (number(n, 1) if n < 10 else b"0" + number(n, 5))
    s += (b"M " + text("", 6) + b"N" + b"   " + b"0") * n
    s += b"0" + imode.encode() + number(columns, 4) + number(rows, 4) + (b"00000000" if zero else number(bw, 4) + number(bh, 4)) + number(bits, 2)
    s += b"001" + b"000" + b"0" * 10 + b"1.0 " + b"00000" + b"00000"
    hl = 404
    f = b"NITF02.10" + b"03" + b"BF01" + text("TEST", 10) + text("20200102030405", 14) + text("A file", 80) + security + b"0" * 10 + b"0" + b"\0\0\0" + text("", 24) + text("", 18)
    f += number(hl + len(s) + len(data), 12) + number(hl, 6) + b"001" + number(len(s), 6) + number(len(data), 10) + b"000" * 5 + b"00000" * 2
    assert len(f) == hl, len(f)
    return f + s + data


def read(data):
    with tempfile.TemporaryDirectory() as d:
        p = os.path.join(d, "v.ntf"); open(p, "wb").write(data)
        with rasterio.open(p) as i: return i.read()


def add(name, data, dtype, bands, modulus, offset, divisor, w, h, masked, pad):
    swift = {"float32": "float32", "float64": "float64", "complex64": "complexFloat32"}
    kind = swift.get(np.dtype(dtype).name, np.dtype(dtype).name)
    text = base64.b64encode(data).decode()
    places = ", ".join(f"[{p}, {r}, {c}]" for p, r, c in sorted(masked or []))
    entries.append(f'    Vector(name: "{name}", type: .{kind}, bands: {bands}, rows: {h}, columns: {w}, modulus: {modulus}, offset: {offset}, divisor: {divisor},\n'
                   f'        masked: [{places}], pad: {pad or 0},\n        base64: """\n' + "\n".join("            " + text[i:i + 110] for i in range(0, len(text), 110)) + '\n            """),')


def hand(name, pvtype, bits, imode, dtype, bands=3, modulus=251, offset=0, divisor=1, masked=None, pad=None, check=True, w=W, h=H, bw=BW, bh=BH, abpp=None, zero=False):
    a = pixels(dtype, bands, modulus, offset, divisor, w, h)
    data = file(a, pvtype, bits, imode, bw, bh, masked, pad, abpp, zero)
    want = a.copy()
    for plane, r, c in masked or []:
        for b in ([plane] if imode == "S" else range(bands)):
            want[b, r * bh:(r + 1) * bh, c * bw:(c + 1) * bw] = pad or 0
    if check:
        got = read(data)
        if pvtype == "SI" and bits == 8: got = got.view("i1")
        assert np.array_equal(got, want), (name, got.dtype, got.ravel()[:8], want.ravel()[:8])
    if not check: name = "unchecked " + name
    add(name, data, dtype, bands, modulus, offset, divisor, w, h, masked, pad)


def gdal(name, dtype, bands=1, modulus=251, offset=0, divisor=1, w=W, h=H, **options):
    a = pixels(dtype, bands, modulus, offset, divisor, w, h)
    with tempfile.TemporaryDirectory() as d:
        p = os.path.join(d, "v.ntf")
        with rasterio.open(p, "w", driver="NITF", width=w, height=h, count=bands, dtype=np.dtype(dtype).name, FDT="20200102030405", IDATIM="20200102030405", **options) as o: o.write(a)
        data = open(p, "rb").read()
    assert np.array_equal(read(data), a), name
    add("gdal " + name, data, dtype, bands, modulus, offset, divisor, w, h, None, None)


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

print("// Made by Tests/Vectors/nitf.py: files of GDAL 3.10.3, or put together there and read by it, and the formula of their samples. Do not edit.\n\nimport ImageryBase\n")
print("let vectors: [Vector] = [")
print("\n".join(entries))
print("]")
print(len(entries), "vectors", file=sys.stderr)
