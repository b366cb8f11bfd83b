#!/usr/bin/env python3
"""Writes CodestreamVectors.swift: codestreams of foreign encoders, each with the command line that made it.

    python3 Tests/Vectors/jpeg2000.py > Tests/ImageryJPEG2000Tests/CodestreamVectors.swift; swift format -i Tests/ImageryJPEG2000Tests/CodestreamVectors.swift

Needs opj_compress and opj_decompress (OpenJPEG 2.5), numpy and imagecodecs (OpenJPH). Sample (x, y) of band b of an image is a formula
that the tests repeat: what an encoder without loss made of it must decode to it. Lossy streams carry what opj_decompress makes of them.
"""
import base64, os, subprocess, tempfile
import numpy as np

W, H = 37, 29


def image(bands, bits, signed=False, sizes=None, width=W, height=H):
    """Planar samples; `sizes` are the components' separations, which divide width and height."""
    planes = []
    for b in range(bands):
        dx, dy = sizes[b] if sizes else (1, 1)
        y, x = np.mgrid[0:height // dy, 0:width // dx]
        v = (7 * x + 13 * y + 40 * b + x * y // 3) % (1 << min(bits, 8)) << max(0, bits - 8)
        if bits > 16:
            v += (977 * x + 331 * y) % (1 << 20)
        planes.append(v - (1 << (bits - 1)) if signed else v)
    return planes


def opj(*options, bands=1, bits=8, signed=False, sizes=None, lossy=False, extension="j2k", width=W, height=H):
    with tempfile.TemporaryDirectory() as d:
        raw, out = os.path.join(d, "in.raw"), os.path.join(d, "out." + extension)
        kind = ("i" if signed else "u") + ("1" if bits <= 8 else "2")
        with open(raw, "wb") as f:
            for p in image(bands, bits, signed, sizes, width, height):
                f.write(p.astype(">" + kind).tobytes())
        form = f"{width},{height},{bands},{bits},{'s' if signed else 'u'}"
        if sizes:
            form += "@" + ":".join(f"{a}x{b}" for a, b in sizes)
        command = ["opj_compress", "-i", raw, "-o", out, "-F", form, *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        data = open(out, "rb").read()
        samples = b""
        if lossy:
            back = os.path.join(d, "back.raw")
            subprocess.run(["opj_decompress", "-i", out, "-o", back], check=True, stdout=subprocess.DEVNULL)
            samples = open(back, "rb").read()
        return " ".join(["opj_compress", "-F", form, *options]), data, bands, bits, signed, sizes, samples


def ojph(bands=1, bits=8, signed=False, **options):
    import imagecodecs
    planes = np.stack(image(bands, bits, signed)).astype(("i" if signed else "u") + str(1 if bits <= 8 else 2 if bits <= 16 else 4))
    pixels = planes[0] if bands == 1 else np.ascontiguousarray(planes.transpose(1, 2, 0))
    words = ", ".join(f"{k}={v!r}" for k, v in options.items())
    data = imagecodecs.htj2k_encode(pixels, reversible=True, **options)
    return f"imagecodecs.htj2k_encode(pixels, reversible=True, {words})", data, bands, bits, signed, None, b""


VECTORS = {
    "plain": opj("-n", "3"),
    "oneResolution": opj("-n", "1"),
    "manyResolutions": opj("-n", "5"),
    "layers": opj("-n", "3", "-r", "20,5,1"),
    "resolutionFirst": opj("-n", "3", "-p", "RLCP", "-c", "[16,16],[8,8]", "-b", "8,8", "-r", "10,1"),
    "resolutionThenPosition": opj("-n", "3", "-p", "RPCL", "-c", "[16,16],[8,8]", "-b", "8,8", "-r", "10,1", bands=2),
    "positionFirst": opj("-n", "3", "-p", "PCRL", "-c", "[16,16],[8,8]", "-b", "8,8", bands=2),
    "componentFirst": opj("-n", "3", "-p", "CPRL", "-c", "[8,16],[8,8]", "-b", "4,8", bands=2),
    "markers": opj("-n", "3", "-SOP", "-EPH", "-t", "16,16"),
    "tiles": opj("-n", "2", "-t", "16,12", bands=3),
    "offsets": opj("-n", "3", "-d", "5,3", "-t", "16,16", "-T", "2,1"),
    "tileParts": opj("-n", "3", "-t", "20,20", "-TP", "R", "-TLM", "-PLT", bands=3),
    "packetLengths": opj(
        "-n", "3", "-p", "LRCP", "-c", "[16,16],[16,16],[16,16]", "-b", "8,8", "-r", "40,10,1", "-PLT", "-TLM"),
    "progressionChanges": opj("-n", "3", "-r", "20,5,1", "-POC", "T1=0,0,3,1,3,LRCP/T1=1,0,3,3,3,CPRL", bands=3),
    "regionOfInterest": opj("-n", "3", "-ROI", "c=0,U=7"),
    "everyStyle": opj("-n", "2", "-M", "63"),
    "color": opj("-n", "3", "-mct", "1", bands=3),
    "sixteenBits": opj("-n", "3", bits=16),
    "signed": opj("-n", "3", bits=12, signed=True),
    "subsampled": opj("-n", "3", bands=3, sizes=[(1, 1), (2, 2), (2, 1)], width=36, height=28),
    "lossy": opj("-n", "3", "-I", "-r", "4", lossy=True),
    "lossyColor": opj("-n", "3", "-I", "-r", "6", "-t", "20,20", "-mct", "1", bands=3, lossy=True),
    "boxes": opj("-n", "3", bands=3, extension="jp2"),
    "highThroughput": ojph(resolutions=2),
    "highThroughputColor": ojph(bands=3, bits=8, resolutions=3, rgb=True),
    "highThroughput16": ojph(bits=16, resolutions=2),
    "sixteenBitsOneResolution": opj("-n", "1", bits=16),
    # OpenJPH writes unsigned samples from 2^31 on as negative ones: 31 bits of 32 are used.
    "highThroughput32": ojph(bits=31, resolutions=3),
    "highThroughput32Signed": ojph(bits=32, signed=True, resolutions=3),
    "highThroughput32Color": ojph(bands=3, bits=31, resolutions=2, rgb=True),
}

print('''// Written by Tests/Vectors/jpeg2000.py; do not edit.

/// A codestream of a foreign encoder and the image that it was made of.
struct CodestreamVector {
    var name: String
    /// How it was made.
    var command: String
    var bands: Int
    var bits: Int
    var isSigned: Bool = false
    /// Separations of the components.
    var sizes: [(Int, Int)] = []
    var codestream: String
    /// What opj_decompress gives, band by band; empty where nothing was lost.
    var samples: String = ""
}

let codestreamVectors: [CodestreamVector] = [''')
for name, (command, data, bands, bits, signed, sizes, samples) in VECTORS.items():
    words = [f'name: "{name}", command: "{command}", bands: {bands}, bits: {bits}']
    if signed:
        words.append("isSigned: true")
    if sizes:
        words.append("sizes: [" + ", ".join(f"({a}, {b})" for a, b in sizes) + "]")

    def text(label, content):
        code = base64.b64encode(content).decode()
        lines = [code[i:i + 110] for i in range(0, len(code), 110)]
        words.append(f'{label}: """\n' + "\\\n".join("        " + line for line in lines) + '\n        """')

    text("codestream", data)
    if samples:
        text("samples", samples)
    print("    CodestreamVector(\n        " + ", ".join(words) + "),")
print("]")
