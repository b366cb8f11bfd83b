#!/usr/bin/env python3
"""packet_lengths.py TOOL [--corpus DIR]: are TLM and PLT (T.800 A.7.1, A.7.3) used without being trusted?

OpenJPEG writes codestreams with both. Each is rewritten without them, and with wrong ones: windows of all variants must be the same
pixels, those of the original must be those that OpenJPEG decodes. The same with the codestreams of the corpus, where wrong ones are added to
those that have none.

Needs the packages of requirements.txt and opj_compress. Without them nothing is checked and the exit status is 0, unless the environment
variable IMAGERY_INTEROP is `required`. The last line counts the checks.
"""
import argparse
import os
import random
import struct
import sys

from common import Checks, difference, has_tools, packages, planar
with packages():
    import imagecodecs
    import numpy

SOC, SIZ, TLM, PLT, SOT, SOD, EOC = 0xFF4F, 0xFF51, 0xFF55, 0xFF58, 0xFF90, 0xFF93, 0xFFD9

# What opj_compress is told, for each kind of image.
OPTIONS = [
    "-p RPCL -c [128,128],[128,128]", "-p PCRL -c [64,64],[64,64]", "-p CPRL -c [128,128]", "-p LRCP -r 40,20,10,1 -c [128,128]",
    "-p RLCP -r 30,10,1", "-p RPCL -c [128,128] -SOP", "-p RPCL -c [128,128] -EPH", "-p RPCL -c [64,64] -SOP -EPH -r 20,5",
    "-p RPCL -I -r 8 -c [128,128]", "-p LRCP -t 256,256 -TP R", "-p RPCL -t 300,200 -TP R -c [64,64]", "-p RPCL -t 200,256 -TP L -r 20,10,1",
    "-p PCRL -t 128,128 -n 3", "-p RLCP -d 17,33 -T 5,9 -t 250,170 -c [64,64]", "-p CPRL -b 32,32 -n 5 -c [64,64]", "-p RPCL -b 16,64 -c [256,32]",
]


def images(numbers):
    """Scenes with flat parts (empty packets) and noisy ones."""
    y, x = numpy.mgrid[0:520, 0:610]
    wave = 90 + 60 * numpy.sin(x / 31) * numpy.cos(y / 23) + 20 * ((x // 40 + y // 56) % 2)
    noise = numbers.normal(0, 9, (520, 610, 3)) * (x > 300)[..., None]
    scene = (wave[..., None] * [1, 0.8, 0.6] + noise).clip(0, 255).astype(numpy.uint8)
    scene[:150, :250] = 40
    yield "rgb", scene
    gray = (wave * 9 + numbers.normal(0, 30, (520, 610)) * (y < 260)).clip(0, 4095).astype(numpy.uint16)
    yield "gray", gray


def encode(checks, image, options):
    """A codestream with TLM and PLT."""
    raw, target = checks.path("in.raw"), checks.path("out.j2k")
    rows, columns = image.shape[:2]
    bands, bits = (1 if image.ndim == 2 else image.shape[2]), (8 if image.dtype == numpy.uint8 else 12)
    planar(image).astype(image.dtype.newbyteorder(">")).tofile(raw)
    words = ["opj_compress", "-i", raw, "-o", target, "-F", f"{columns},{rows},{bands},{bits},u", "-PLT", "-TLM", *options.split()]
    if problem := checks.trouble(*words):
        sys.exit(f"interop: {' '.join(words)}: {problem}")
    with open(target, "rb") as file:
        return file.read()


class Codestream:
    """A codestream taken apart: the main header's segments, and tile-parts as (SOT fields, segments, packets)."""

    def __init__(self, data):
        self.segments, self.parts = [], []
        position = 2
        while True:
            code, length = struct.unpack_from(">HH", data, position)
            if code == SOT:
                break
            self.segments.append((code, data[position + 4:position + 2 + length]))
            position += 2 + length
        while data[position:position + 2] == b"\xff\x90":
            tile, size, number, count = struct.unpack_from(">HIBB", data, position + 4)
            end = position + size if size else len(data) - 2 * (data[-2:] == b"\xff\xd9")
            position += 12
            segments = []
            while data[position:position + 2] != b"\xff\x93":
                code, length = struct.unpack_from(">HH", data, position)
                segments.append((code, data[position + 4:position + 2 + length]))
                position += 2 + length
            self.parts.append(((tile, number, count), segments, data[position + 2:end]))
            position = end

    def bytes(self, lengths=None, tile_parts=None):
        """The codestream with other packet lengths (a function of a part's list) and other TLM entries (a function of the list)."""
        made, entries = [], []
        for (tile, number, count), segments, packets in self.parts:
            kept = [segment for segment in segments if segment[0] != PLT]
            own = [value for code, body in segments if code == PLT for value in decoded(body[1:])] or invented(len(packets))
            if lengths and own:
                kept += [(PLT, bytes([index]) + body) for index, body in enumerate(encoded(lengths(own)))]
            head = b"".join(struct.pack(">HH", code, len(body) + 2) + body for code, body in kept) + b"\xff\x93"
            size = 12 + len(head) + len(packets)
            entries.append((tile, size))
            made.append(struct.pack(">HHHIBB", SOT, 10, tile, size, number, count) + head + packets)
        kept = [segment for segment in self.segments if segment[0] != TLM]
        if tile_parts:
            wanted = tile_parts(entries)
            for index in range(0, len(wanted), 9000):
                body = b"".join(struct.pack(">HI", *entry) for entry in wanted[index:index + 9000])
                kept.append((TLM, bytes([index // 9000, 0x60]) + body))
        header = b"".join(struct.pack(">HH", code, len(body) + 2) + body for code, body in kept)
        return struct.pack(">H", SOC) + header + b"".join(made) + struct.pack(">H", EOC)


def decoded(body):
    values, value = [], 0
    for byte in body:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            values.append(value)
            value = 0
    return values


def invented(size):
    """Lengths that nothing but their sum speaks for."""
    values = []
    while size > 0:
        values.append(min(size, 1 + (size * 7919) % 2003))
        size -= values[-1]
    return values


def encoded(values):
    """Bodies of PLT segments: a length is not divided between two."""
    bodies, body = [], b""
    for value in values:
        digits = [value & 0x7F]
        while value := value >> 7:
            digits.append(0x80 | value & 0x7F)
        if len(body) + len(digits) > 65000:
            bodies.append(body)
            body = b""
        body += bytes(reversed(digits))
    return bodies + [body]


def falsified(chance):
    """Ways to be wrong: (name, packet lengths, TLM entries)."""

    def shuffled(values):
        return chance.sample(values, len(values))

    def exchanged(values):
        values = list(values)
        for _ in range(3):
            first, second = chance.randrange(len(values)), chance.randrange(len(values))
            values[first], values[second] = values[second], values[first]
        return values

    def moved(values):
        values = list(values)
        first, second = chance.randrange(len(values)), chance.randrange(len(values))
        if values[first] > 1:
            values[first] -= 1
            values[second] += 1
        return values

    def guessed(values):
        return [chance.randrange(1, 9000) for _ in values]

    def other_tiles(entries):
        return list(zip(shuffled([tile for tile, _ in entries]), [size for _, size in entries]))

    def other_sizes(entries):
        return list(zip([tile for tile, _ in entries], shuffled([size for _, size in entries])))

    def merged(entries):
        return [(entries[0][0], entries[0][1] + entries[1][1])] + entries[2:] if len(entries) > 1 else [(0, entries[0][1] + 7)]

    same = list  # Of a codestream without PLT the lengths are invented, and not right.
    yield "right", same, same
    yield "lengths shuffled", shuffled, same
    yield "lengths rotated", lambda values: values[1:] + values[:1], same
    yield "lengths reversed", lambda values: values[::-1], same
    yield "some lengths exchanged", exchanged, None
    yield "one byte moved", moved, None
    yield "lengths invented", lambda values: invented(sum(values)), None
    yield "lengths guessed", guessed, None
    yield "lengths missing", lambda values: values[:-1], None
    yield "parts of other tiles", None, other_tiles
    yield "sizes exchanged", same, other_sizes
    yield "a part passed over", same, merged
    yield "too few parts", None, lambda entries: entries[:-1]


class Variants(Checks):
    def read(self, data, arguments):
        """The pixels, or the error."""
        source, target = self.path("a.j2k"), self.path("a.npy")
        with open(source, "wb") as file:
            file.write(data)
        return self.convert(source, target, *arguments) or numpy.load(target)

    def variants(self, name, data, chance, windows, kinds=99):
        """Windows of the variants, or of some of them, against those of the codestream without TLM and PLT."""
        stream = Codestream(data)
        height, width = struct.unpack_from(">II", stream.segments[0][1], 6)[0], struct.unpack_from(">I", stream.segments[0][1], 2)[0]
        plain = stream.bytes()
        requests = []
        for _ in range(windows):
            level = chance.choice([0, 0, 1, 2, 3])
            side = chance.choice([1, 20, 130]) << level
            requests.append(["--window", f"{chance.randrange(width)},{chance.randrange(height)},{side},{side}", "--resolution-level", str(level)])
        for request in requests:
            want = self.read(plain, request)
            wrong = list(falsified(chance))
            for kind, lengths, tile_parts in [("as it is", None, None), *chance.sample(wrong, min(kinds, len(wrong)))]:
                got = self.read(data if kind == "as it is" else stream.bytes(lengths, tile_parts), request)
                errors = [answer for answer in (got, want) if isinstance(answer, str)]
                problem = difference(got, want) if not errors else "" if len(errors) == 2 else errors[0]
                self.note(kind, f"{name}, {' '.join(request)}", problem)


def codestreams(folder):
    """Bare codestreams of the corpus' files, and whether they have TLM or PLT."""
    for parent, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if not name.endswith((".j2k", ".j2c", ".jp2", ".jpx")):
                continue
            with open(os.path.join(parent, name), "rb") as file:
                data = file.read()
            start = data.find(b"\xff\x4f\xff\x51")
            try:
                stream = Codestream(data[start:])
            except (struct.error, IndexError):
                continue
            codes = {code for code, _ in stream.segments} | {code for _, segments, _ in stream.parts for code, _ in segments}
            if start >= 0 and stream.parts:
                yield name, data[start:], bool(codes & {TLM, PLT})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("--corpus", default=os.environ.get("IMAGERY_CORPUS"))
    parser.add_argument("--windows", type=int, default=3)
    options = parser.parse_args()
    if not has_tools("opj_compress"):
        print("interop: skipped, opj_compress not found")
        return
    chance, numbers = random.Random(20), numpy.random.default_rng(20)
    checks = Variants("TLM and PLT", options.tool)
    for kind, image in images(numbers):
        for words in OPTIONS:
            data = encode(checks, image, words)
            want = planar(imagecodecs.jpeg2k_decode(data))
            got = checks.read(data, [])
            limit = 1 if "-I" in words else 0
            wrong = isinstance(got, str) or got.shape != want.shape or abs(got.astype(int) - want.astype(int)).max() > limit
            checks.note("as OpenJPEG decodes it", f"{kind} {words}", "samples differ" if wrong else "")
            checks.variants(f"{kind} {words}", data, chance, options.windows)
    if options.corpus:
        for name, data, has_lengths in codestreams(os.path.join(options.corpus, "jp2")):
            checks.variants(name, data, chance, options.windows, 99 if has_lengths else 4)
    checks.finish()


if __name__ == "__main__":
    main()
