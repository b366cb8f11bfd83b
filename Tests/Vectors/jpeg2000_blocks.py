"""Writes BlockVectors.swift: code-blocks that other software coded, and the coefficients that they must give.

    python3 Tests/Vectors/jpeg2000_blocks.py > Tests/ImageryJPEG2000Tests/BlockVectors.swift; swift format -i Tests/ImageryJPEG2000Tests/BlockVectors.swift

Part 1 blocks are made by opj_compress 2.5.0 and grk_compress 10.0.5 (Debian) with `-i image.pgm -o image.j2k -n 2 -b BLOCK -M STYLE`, HT blocks by
imagecodecs 2026.3.6 (OpenJPH 0.26.3) with `htj2k_encode(image)`, all lossless. The coefficients are those of the image after the forward 5/3
transform of T.800 F.4; no decoder takes part.
"""
import base64, subprocess, tempfile
import numpy as np, imagecodecs
import jpeg2000_codestream as codestream


def image(width, height, depth, smooth):
    y, x = np.mgrid[:height, :width].astype(np.int64)
    v = 37 * x * x + 91 * y + 5 * x * y * y + ((x * 7919 + y * 104729) % 97) * (1 if smooth else 40)
    v = np.where((x // 5 + y // 3) % 3 == 0, v, (v % 11) + (1 << depth) // 2 if smooth else v)
    return v % (1 << depth)


def forward(x):
    """5/3 down the columns, from an even coordinate on (F-9, F-10): low, high."""
    n = x.shape[0]
    if n == 1:
        return x, x[:0]
    mirror = lambda i: np.where(np.abs(i) >= n, 2 * (n - 1) - np.abs(i), np.abs(i))
    odd, even = np.arange(1, n, 2), np.arange(0, n, 2)
    high = x[odd] - ((x[mirror(odd - 1)] + x[mirror(odd + 1)]) >> 1)
    around = high[mirror(even - 1) // 2] + high[mirror(even + 1) // 2]
    return x[even] + ((around + 2) >> 2), high


def bands(a, levels):
    """(resolution, orientation): coefficients."""
    out = {}
    for n in range(levels):
        low, high = forward(a)
        (ll, hl), (lh, hh) = ([part.T for part in forward(half.T)] for half in (low, high))
        r = levels - n
        out[r, codestream.HL], out[r, codestream.LH], out[r, codestream.HH] = hl, lh, hh
        a = ll
    out[0, codestream.LL] = a
    return out


def pgm(a, depth):
    return b"P5\n%d %d\n%d\n" % (a.shape[1], a.shape[0], (1 << depth) - 1) + a.astype(">u2" if depth > 8 else "u1").tobytes()


def encode(tool, a, depth, block, style):
    with tempfile.TemporaryDirectory() as d:
        open(d + "/i.pgm", "wb").write(pgm(a, depth))
        command = [tool, "-i", d + "/i.pgm", "-o", d + "/o.j2k", "-n", "2", "-b", block, "-M", str(style)]
        subprocess.run(command, check=True, capture_output=True)
        return open(d + "/o.j2k", "rb").read()


def vectors(name, data, a, keep=lambda b: True):
    head, blocks = codestream.blocks(data)
    want = bands(a - (1 << head["components"][0][0]), head["levels"])
    for b in blocks:
        if b.segments and keep(b):
            c = want[b.band[1], b.orientation][b.y0:b.y1, b.x0:b.x1]
            yield name, b, c


def text(raw):
    coded = base64.b64encode(raw).decode()
    lines = [coded[i:i + 116] for i in range(0, len(coded), 116)]
    return '"""\n' + "".join("            " + line + "\n" for line in lines) + '            """'


def swift(name, b, c):
    segments = ", ".join(f"({p}, {len(d)})" for p, d in b.segments)
    kind = "<i2" if np.abs(c).max() < 1 << 15 else "<i8"
    return f"""    BlockVector(
        name: "{name}", width: {c.shape[1]}, height: {c.shape[0]}, orientation: {b.orientation}, style: {b.style}, magnitudeBits: {b.bits}, zeroBitPlanes: {b.zero},
        segments: [{segments}],
        data: {text(b"".join(d for _, d in b.segments))},
        bytesEach: {kind[2]},
        coefficients: {text(np.ascontiguousarray(c).astype(kind).tobytes())}),"""


def main():
    all = []
    part = image(15, 11, 12, True)
    for tool, styles in (("opj_compress", (0, 1, 2, 4, 8, 16, 32, 5, 13, 63)), ("grk_compress", (0, 1, 8, 63))):
        for style in styles:
            # One band of each orientation in all, so that the file stays small.
            orientation = len(all) % 3 + 1
            all += vectors(f"{tool[:3]} {style}", encode(tool, part, 12, "64,64", style), part, lambda b: b.orientation == orientation)
    tall, flat = image(9, 70, 8, False), image(70, 9, 8, False)
    all += vectors("opj tall", encode("opj_compress", tall, 8, "4,1024", 8), tall, lambda b: b.orientation == 3 and b.x0 == 0)
    all += vectors("opj flat", encode("opj_compress", flat, 8, "1024,4", 8), flat, lambda b: b.orientation == 1 and b.y0 == 4)
    for depth, smooth in ((8, True), (16, False)):
        a = image(30, 21, depth, smooth)
        data = imagecodecs.htj2k_encode(a.astype(np.uint8 if depth == 8 else np.uint16))
        all += vectors(f"ht {depth}", data, a, lambda b: b.band[1] == 5)
    a = image(13, 10, 8, False) << 22
    all += vectors("ht wide", imagecodecs.htj2k_encode(a.astype(np.uint32)), a, lambda b: b.band[1] == 5 and b.orientation == 3)
    print("// Written by Tests/Vectors/jpeg2000_blocks.py; do not edit.\n\nlet blockVectors: [BlockVector] = [")
    for v in all:
        print(swift(*v))
    print("]")


main()
