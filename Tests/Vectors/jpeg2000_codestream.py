"""Takes code-blocks out of simple JPEG 2000 codestreams: one tile, LRCP, largest precincts. Used by jpeg2000-blocks.py.

Only the syntax is read here (T.800 Annexes A and B, T.814 Annex B); no coefficient is decoded.
"""
import struct

LL, HL, LH, HH = range(4)
BYPASS, RESET, TERMALL, CAUSAL, PREDICTABLE, SEGSYM, HT, MIXED = (1 << i for i in range(8))


class Bits:
    """Bits of a packet header (B.10.1)."""

    def __init__(self, data, place):
        self.data, self.place, self.left, self.byte = data, place, 0, 0

    def bit(self):
        if self.left == 0:
            self.left = 7 if self.byte == 0xFF else 8
            self.byte = self.data[self.place]
            self.place += 1
        self.left -= 1
        return self.byte >> self.left & 1

    def bits(self, n):
        value = 0
        for _ in range(n):
            value = value << 1 | self.bit()
        return value

    def end(self):
        if self.byte == 0xFF:
            self.place += 1
        return self.place


class TagTree:
    """B.10.2."""

    def __init__(self, w, h):
        self.levels = []
        while True:
            self.levels.append((w, h, [0] * (w * h), [False] * (w * h)))
            if w * h <= 1:
                break
            w, h = (w + 1) // 2, (h + 1) // 2

    def read(self, bits, x, y, limit):
        """The value at (x, y) if it is below limit, else None."""
        low = 0
        for k in reversed(range(len(self.levels))):
            w, _, values, known = self.levels[k]
            i = (y >> k) * w + (x >> k)
            values[i] = max(values[i], low)
            while values[i] < limit and not known[i]:
                if bits.bit():
                    known[i] = True
                else:
                    values[i] += 1
            low = values[i]
        return low if known[i] and low < limit else None


class Block:
    def __init__(self, band, x0, y0, x1, y1):
        self.band, self.x0, self.y0, self.x1, self.y1 = band, x0, y0, x1, y1
        self.included, self.zero, self.lblock, self.passes = False, 0, 3, 0
        self.segments = []  # [passes, bytes]
        self.style, self.bits, self.orientation = 0, 0, LL


def segment_room(block):
    """Passes that the codeword segment which holds the next pass can still take (B.10.7, D.6, Table D.9)."""
    i, style = block.passes, block.style
    if style & TERMALL:
        return 1
    if style & BYPASS:
        return 10 - i if i < 10 else 2 - (i - 10) % 3 if (i - 10) % 3 < 2 else 1
    return 1 << 30


def is_open(block):
    """Whether the last segment goes on."""
    if not block.segments or block.style & TERMALL:
        return False
    i = block.passes
    return i < 10 or (i - 10) % 3 == 1 if block.style & BYPASS else True


def passes_code(bits):
    """Table B.4."""
    if not bits.bit():
        return 1
    if not bits.bit():
        return 2
    v = bits.bits(2)
    if v < 3:
        return 3 + v
    v = bits.bits(5)
    if v < 31:
        return 6 + v
    return 37 + bits.bits(7)


def ceil_div(a, b):
    return -(-a // b)


def blocks(data):
    """All code-blocks of a codestream (or of a file that has one), and the header."""
    at = data.index(b"\xff\x4f\xff\x51")
    end = len(data)
    place = at + 2
    head = {}
    body = b""
    while place < end:
        marker, = struct.unpack_from(">H", data, place)
        if marker == 0xFFD9:
            break
        length, = struct.unpack_from(">H", data, place + 2)
        seg = data[place + 4:place + 2 + length]
        if marker == 0xFF51:
            head["size"] = struct.unpack_from(">IIIIIIII", seg, 2)
            n, = struct.unpack_from(">H", seg, 34)
            head["components"] = [struct.unpack_from("BBB", seg, 36 + 3 * i) for i in range(n)]
        elif marker == 0xFF52:
            scod, head["progression"], head["layers"], head["mct"], head["levels"], xcb, ycb, head["style"], head["wavelet"] = struct.unpack_from(">BBHBBBBBB", seg)
            head["xcb"], head["ycb"], head["scod"] = xcb + 2, ycb + 2, scod
            assert scod & 1 == 0 or set(seg[10:]) == {0xFF}, "precincts"
        elif marker == 0xFF5C:
            head["guard"] = seg[0] >> 5
            assert seg[0] & 31 in (0, 2), "derived quantiser"
            head["exponents"] = [b >> 3 for b in seg[1:]] if seg[0] & 31 == 0 else [b >> 3 for b in seg[1::2]]
        elif marker == 0xFF90:
            _, psot, _, _ = struct.unpack_from(">HIBB", seg)
            stop = place + psot if psot else end - 2
            place += 2 + length
            while data[place:place + 2] != b"\xff\x93":
                place += 2 + struct.unpack_from(">H", data, place + 2)[0]
            body += data[place + 2:stop]
            place = stop
            continue
        place += 2 + length
    return head, packets(head, body)


def packets(head, body):
    x1, y1, x0, y0 = head["size"][:4]
    assert head["progression"] == 0 or head["layers"] == 1 and len(head["components"]) == 1
    resolutions = {}
    for c, (_, dx, dy) in enumerate(head["components"]):
        for r in range(head["levels"] + 1):
            bands = []
            for o in [LL] if r == 0 else [HL, LH, HH]:
                n = head["levels"] if r == 0 else head["levels"] - r + 1
                xo, yo = o & 1, o >> 1
                half = (1 << n) >> 1
                edge = lambda v, off, d: ceil_div(ceil_div(v, d) - half * off, 1 << n)
                bx0, bx1, by0, by1 = edge(x0, xo, dx), edge(x1, xo, dx), edge(y0, yo, dy), edge(y1, yo, dy)
                index = 0 if r == 0 else 3 * (r - 1) + o
                mb = head["guard"] + head["exponents"][index] - 1
                w, h = 1 << head["xcb"], 1 << head["ycb"]
                grid = []
                if bx1 > bx0 and by1 > by0:
                    for j in range(by0 // h, ceil_div(by1, h)):
                        for i in range(bx0 // w, ceil_div(bx1, w)):
                            b = Block((c, r, o), max(bx0, i * w) - bx0, max(by0, j * h) - by0, min(bx1, i * w + w) - bx0, min(by1, j * h + h) - by0)
                            b.style, b.bits, b.orientation = head["style"], mb, o
                            b.ij = (i - bx0 // w, j - by0 // h)
                            grid.append(b)
                    nw, nh = ceil_div(bx1, w) - bx0 // w, ceil_div(by1, h) - by0 // h
                    bands.append((grid, TagTree(nw, nh), TagTree(nw, nh)))
            resolutions[c, r] = bands
    place = 0
    for layer in range(head["layers"]):
        for r in range(head["levels"] + 1):
            for c in range(len(head["components"])):
                if body[place:place + 2] == b"\xff\x91":
                    place += 6
                place = packet(head, body, place, layer, resolutions[c, r])
    return [b for bands in resolutions.values() for grid, _, _ in bands for b in grid]


def packet(head, body, place, layer, bands):
    bits = Bits(body, place)
    todo = []
    if bits.bit():
        for grid, inclusion, zeros in bands:
            for b in grid:
                if b.included:
                    if not bits.bit():
                        continue
                else:
                    if inclusion.read(bits, *b.ij, layer + 1) is None:
                        continue
                    b.included = True
                    limit = 1
                    while (value := zeros.read(bits, *b.ij, limit)) is None:
                        limit += 1
                    b.zero = value
                n = passes_code(bits)
                while bits.bit():
                    b.lblock += 1
                if b.style & HT:
                    ht_lengths(bits, b, n, todo)
                    continue
                while n:
                    room = segment_room(b)
                    take = min(n, room)
                    if not is_open(b):
                        b.segments.append([0, b""])
                    length = bits.bits(b.lblock + take.bit_length() - 1)
                    b.segments[-1][0] += take
                    todo.append((b, len(b.segments) - 1, length))
                    b.passes += take
                    n -= take
    place = bits.end()
    if body[place:place + 2] == b"\xff\x92":
        place += 2
    for b, s, length in todo:
        b.segments[s][1] += body[place:place + length]
        place += length
    return place


def ht_lengths(bits, b, n, todo):
    """One HT set (T.814 B): placeholders, then the cleanup segment, then one for SigProp and MagRef."""
    assert not b.segments, "several HT sets"
    placeholders = (n - 1) // 3
    b.zero += placeholders
    n -= 3 * placeholders
    length = bits.bits(b.lblock + (1 + 3 * placeholders).bit_length() - 1)
    b.segments.append([1, b""])
    todo.append((b, 0, length))
    if n > 1:
        length = bits.bits(b.lblock + (n - 1).bit_length() - 1)
        b.segments.append([n - 1, b""])
        todo.append((b, 1, length))
    b.passes = n
