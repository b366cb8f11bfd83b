"""What the scripts here share: the formula of samples, files with a table of them for the tests, and an NITF file put together field by field."""
import os, re, zlib
import numpy as np

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def pixels(dtype, bands, modulus, offset, divisor, w, h):
    """Sample (band b, row y, column x) is (5 + 7 x + 13 y + 29 b) modulo `modulus`, minus `offset`, over `divisor`; the imaginary part is its negative."""
    b, y, x = np.ogrid[:bands, :h, :w]
    v = (5 + 7 * x + 13 * y + 29 * b) % modulus - offset
    if np.dtype(dtype).kind == "c":
        return (v / divisor - 1j * v / divisor).astype(dtype)
    return (v / divisor).astype(dtype) if divisor != 1 else v.astype(dtype)


def store(folder, name, data, suffix):
    """Writes a file to a folder beside this script; its path for Swift."""
    path = f"{folder}/{re.sub('[^A-Za-z0-9=]+', '-', name).strip('-')}{suffix}"
    full = os.path.join(TESTS, "Vectors", path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    assert not os.path.exists(full) or open(full, "rb").read() == data, f"{path} is another file: remove it first"
    with open(full, "wb") as f:
        f.write(data)
    return path


def line(folder, name, suffix, data, dtype, bands=1, modulus=251, offset=0, divisor=1, w=11, h=6, masked=(), pad=None):
    """Stores a file whose samples follow the formula; its line in the table, without what is usual."""
    swift = {"float16": "float16", "float32": "float32", "float64": "float64", "complex64": "complexFloat32", "complex128": "complexFloat64"}
    kind = np.dtype(dtype).name
    words = [f'"{store(folder, name, data, suffix)}"', "." + swift.get(kind, kind)]
    usual = dict(bands=1, rows=6, columns=11, modulus=251, offset=0, divisor=1, pad=0)
    for key, value in dict(bands=bands, rows=h, columns=w, modulus=modulus, offset=offset, divisor=divisor, pad=pad or 0).items():
        if value != usual[key]:
            words.append(f"{key}: {value}")
    if masked:
        words.append("masked: [" + ", ".join(f"[{p}, {r}, {c}]" for p, r, c in sorted(masked)) + "]")
    return "    Vector(" + ", ".join(words) + "),\n"


def coded(folder, codec, name, suffix, data, a):
    """Stores a file; its line in a table of coded files, with the CRC-32 of the samples `a`, band by band, little-endian."""
    crc = zlib.crc32(np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<")).tobytes())
    wide = ", isWide: true" if a.dtype.itemsize == 2 else ""
    n, h, w = a.shape
    return (f'    CodedVector(\n        "{store(folder, f"{codec} {name}", data, suffix)}",\n'
            f'        name: "{name}", bands: {n}, rows: {h}, columns: {w}{wide}, crc: 0x{crc:08x}),\n')


def table(path, script, what, lists, type="Vector"):
    """Writes the Swift file of lists: their names and lines."""
    with open(os.path.join(TESTS, path), "w") as f:
        f.write(f"// Made by Tests/Vectors/{script}: {what}. Do not edit.\n\n" + ("import ImageryBase\n" if type == "Vector" else "") + "import TestSupport\n")
        for name, lines in lists.items():
            f.write(f"\nlet {name}: [{type}] = [\n" + "".join(lines) + "]\n")


def text(v, n): return str(v).ljust(n)[:n].encode()
def number(v, n): return str(v).zfill(n).encode()


def mask(offsets, pad=None, bits=8):
    """The table before masked data (Table A-3(A)): the offset of every block, None for one that is not recorded, and the pad value."""
    code = b"" if pad is None else (int(pad) & (1 << bits) - 1).to_bytes((bits + 7) // 8, "big")
    entries = b"".join((0xFFFFFFFF if o is None else o).to_bytes(4, "big") for o in offsets)
    head = 10 + len(code) + len(entries)
    return head.to_bytes(4, "big") + b"\0\4\0\0" + (bits if code else 0).to_bytes(2, "big") + code + entries


def nitf(data, shape, pvtype, bits, imode, bw, bh, ic="NC", irep=None, comrat="", abpp=None, zero=False):
    """An NITF 2.1 file of one image (MIL-STD-2500C tables A-1 and A-3): `data` as they are stored, the mask before them included."""
    n, h, w = shape
    irep = irep or ("MULTI" if n > 1 else "MONO")
    bands = {"YCbCr601": ["Y", "Cb", "Cr"], "RGB": ["R", "G", "B"]}.get(irep, ["M"] * n)
    security = b"U" + b" " * 166
    s = b"IM" + text("VECTOR", 10) + text("20200102030405", 14) + text("", 17) + text("A vector", 80) + security + b"0" + text("", 42)
    s += number(h, 8) + number(w, 8) + text(pvtype, 3) + text(irep, 8) + text("VIS", 8) + number(abpp or bits, 2) + b"R"
    s += b" " + b"0" + ic.encode() + (text(comrat, 4) if ic not in ("NC", "NM") else b"") + (number(n, 1) if n < 10 else b"0" + number(n, 5))
    for band in bands: s += text(band, 2) + text("", 6) + b"N" + b"   " + b"0"
    s += b"0" + imode.encode() + number(-(-w // bw), 4) + number(-(-h // bh), 4) + (b"00000000" if zero else number(bw, 4) + number(bh, 4))
    s += number(bits, 2) + b"001" + b"000" + b"0" * 10 + b"1.0 " + b"00000" + b"00000"
    hl = 404
    f = b"NITF02.10" + b"03" + b"BF01" + text("TEST", 10) + text("20200102030405", 14) + text("A file", 80) + security + b"0" * 10 + b"0" + b"\0\0\0" + text("", 24) + text("", 18)
    f += number(hl + len(s) + len(data), 12) + number(hl, 6) + b"001" + number(len(s), 6) + number(len(data), 10) + b"000" * 5 + b"00000" * 2
    assert len(f) == hl, len(f)
    return f + s + data
