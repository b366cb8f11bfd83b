"""Writes BlockVectors.swift: code-blocks that other software coded, and the coefficients that they must give.

    python3 Tests/Vectors/jpeg2000_blocks.py > Tests/ImageryJPEG2000Tests/BlockVectors.swift; swift format -i Tests/ImageryJPEG2000Tests/BlockVectors.swift

Part 1 blocks are made by opj_compress 2.5.0 and grk_compress 10.0.5 (Debian) with `-i image.pgm -o image.j2k -n 2 -b BLOCK -M STYLE`, HT blocks by
imagecodecs 2026.3.6 (OpenJPH 0.26.3) with `htj2k_encode(image)`, all lossless. The coefficients are those of the image after the forward 5/3
transform of T.800 F.4; no decoder takes part. No encoder at hand makes the refinement passes of HT blocks: they are made here, and
opj_decompress has to agree.
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


def inverse_of_low(low):
    """Inverse 5/3 down the columns without high-pass coefficients: to twice as many rows."""
    out = np.repeat(low, 2, axis=0)
    out[1:-1:2] = (low[:-1] + low[1:]) >> 1
    return out


class Refinement:
    """SigProp and MagRef of one bit-plane below a cleanup pass (T.814 7.4, 7.5), as an encoder makes them."""

    def __init__(self, c, causal):
        self.c, (self.h, self.w) = c, c.shape
        self.forward, self.backward = [], []
        sure = np.abs(c) >> 1 != 0
        now = sure.copy()
        for top in range(0, self.h, 4):
            rows = range(top, min(top + 4, self.h))
            for left in range(0, self.w, 4):
                signs = []
                for x in range(left, min(left + 4, self.w)):
                    for y in rows:
                        bottom = min(rows[-1] + 1, y + 2) if causal else y + 2
                        around = now[max(0, y - 1):bottom, max(0, x - 1):x + 2]
                        if not now[y, x] and around.any():
                            found = abs(int(c[y, x])) == 1
                            self.forward.append(int(found))
                            if found:
                                now[y, x] = True
                                signs.append(int(c[y, x] < 0))
                self.forward += signs
            for x in range(self.w):
                self.backward += [int(abs(int(c[y, x])) & 1) for y in rows if sure[y, x]]
        # What neither pass reaches is not coded.
        self.coded = np.where(now, c, 0)

    def bytes(self):
        def pack(bits, is_short):
            out, bits = [], list(bits)
            while bits:
                n = 7 if is_short(out, bits) else 8
                out.append(sum(b << i for i, b in enumerate(bits[:n])))
                bits = bits[n:]
            return bytes(out)
        behind_ff = lambda out, bits: bool(out) and out[-1] == 0xFF
        all_ones = lambda out, bits: (not out or out[-1] > 0x8F) and bits[:7] == [1] * 7
        return pack(self.forward, behind_ff) + pack(self.backward, all_ones)[::-1]


def refined(name, style, w=30, h=21):
    """An HT block with all three passes. Its cleanup segment is OpenJPH's for halved coefficients, the rest is made here; a codestream around it is
    decoded by opj_decompress (OpenJPEG 2.5.0) to the coefficients."""
    y, x = np.mgrid[:h, :w]
    c = np.where((x // 4 + y // 3) % 2 == 0, (x * x * 5 + y * 29 + x * y) % 61 - 30, (x * 7 + y * y * 3) % 5 - 2) % 128
    c = np.where(c > 63, c - 128, c)
    half = np.sign(c) * (np.abs(c) >> 1)
    # OpenJPH has a wavelet level at least: an image with these coefficients in LL and none elsewhere.
    whole = inverse_of_low(inverse_of_low(half.T).T)
    head, blocks = codestream.blocks(imagecodecs.htj2k_encode((whole + 128).astype(np.uint8), resolutions=1))
    block = next(b for b in blocks if b.orientation == codestream.LL)
    assert head["levels"] == 1 and np.array_equal(bands(whole, 1)[0, codestream.LL], half)
    refinement = Refinement(c, style & codestream.CAUSAL != 0)
    tail = refinement.bytes()
    block.style, block.zero = style, block.bits - 2
    block.segments = [[1, block.segments[0][1]], [2, tail]]
    cleanup = block.segments[0][1]
    bits = "1" + "1" + "0" * block.zero + "1" + "1100"
    lblock = max(len(cleanup).bit_length(), len(tail).bit_length() - 1)
    bits += "1" * (lblock - 3) + "0" + format(len(cleanup), f"0{lblock}b") + format(len(tail), f"0{lblock + 1}b")
    header = bytearray()
    while bits:
        n = 7 if header and header[-1] == 0xFF else 8
        header.append(int(bits[:n].ljust(n, "0"), 2))
        bits = bits[n:]
    body = bytes(header) + (b"\0" if header[-1] == 0xFF else b"") + cleanup + tail
    exponent = block.bits + 1 - head["guard"]
    segment = lambda marker, data: bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data
    word = lambda *values: b"".join(v.to_bytes(4, "big") for v in values)
    stream = (b"\xff\x4f" + segment(0x51, b"\x40\0" + word(w, h, 0, 0, w, h, 0, 0) + b"\0\1\7\1\1") + segment(0x50, word(0x00020000) + b"\0\0")
              + segment(0x52, bytes([0, 0, 0, 1, 0, 0, 4, 4, style, 1])) + segment(0x5C, bytes([head["guard"] << 5, exponent << 3]))
              + segment(0x90, b"\0\0" + word(14 + len(body)) + b"\0\1") + b"\xff\x93" + body + b"\xff\xd9")
    with tempfile.TemporaryDirectory() as d:
        open(d + "/i.j2k", "wb").write(stream)
        subprocess.run(["opj_decompress", "-i", d + "/i.j2k", "-o", d + "/o.pgm"], check=True, capture_output=True)
        pixels = open(d + "/o.pgm", "rb").read()[-w * h:]
    assert np.array_equal(np.frombuffer(pixels, "u1").reshape(h, w).astype(int) - 128, refinement.coded), name
    return name, block, refinement.coded


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
    all += [refined("ht refined", 0x40), refined("ht refined, causal", 0x48)]
    print("// Written by Tests/Vectors/jpeg2000_blocks.py; do not edit.\n\nlet blockVectors: [BlockVector] = [")
    for v in all:
        print(swift(*v))
    print("]")


main()
