"""Pictures in more formats with their expected pixels: WebP, GIF, BMP, TIFF.

Python 3.11, pillow 13.0.0, numpy: see requirements.txt. Own code, synthetic pictures, seeded.
Usage: python make_formats.py OUT_DIR      (writes OUT_DIR/pictures and its formats.json, a second)

Decoded expectation: uint8 [h,w,3] RGB of the first frame or page, orientation applied, alpha over white, profiles ignored.
Files without loss are computed from the samples written here and compared with Pillow's reading where it can; lossy ones
(WebP VP8, JPEG in TIFF) are Pillow's pixels, from which other decoders differ by a few levels: the tolerance says how many.
WebP more so: libwebp interpolates colours between blocks, TwelveMonkeys does not.
"""
import os, sys, io, json, struct, zlib
import numpy as np, PIL
from PIL import Image, ImageOps
OUT = os.path.join(sys.argv[1], "pictures"); os.makedirs(OUT, exist_ok=True)
index = {"versions": {"pillow": PIL.__version__, "numpy": np.__version__}, "decode": []}
W, H = 45, 27
def smooth(channels, w=W, h=H, top=255, seed=1):
    """Smooth test samples 0..top, [h,w,channels]."""
    y, x = np.mgrid[:h, :w]; r = np.random.default_rng(seed); out = []
    for _ in range(channels):
        a, b, c, d = r.uniform(-.12, .12, 2).tolist() + r.uniform(0, 6, 2).tolist(); out.append((np.sin(a * x + c) * np.cos(b * y + d) + 1) / 2 * top)
    return np.rint(np.stack(out, -1)).astype(np.int64)
def over_white(rgb, alpha, top=255):
    a = np.asarray(alpha, float)[..., None] / top; return np.floor((a * rgb / top + 1 - a) * 255 + .5).astype(np.uint8)
gray3 = lambda g: np.repeat(g.reshape(*g.shape[:2], 1), 3, -1).astype(np.uint8)
def deliver(name, data, want, what, tolerance, mean=None, pillow=True):
    open(f"{OUT}/{name}", "wb").write(data); f = name.replace(".", "_") + ".npy"; want = np.ascontiguousarray(want); assert want.dtype == np.uint8 and want.ndim == 3
    if pillow:
        im = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        if im.mode in ("P", "PA", "LA", "RGBA") or "transparency" in im.info: q = np.asarray(im.convert("RGBA")).astype(int); got = over_white(q[..., :3], q[..., 3])
        else: got = np.asarray(im.convert("RGB"))
        d = np.abs(got.astype(int) - want).max(); assert d <= min(tolerance, 1), (name, im.mode, d)
    np.save(f"{OUT}/{f}", want); row = {"file": name, "expected": f, "what": what, "height": want.shape[0], "width": want.shape[1], "tolerance": tolerance}
    if mean: row["mean_tolerance"] = mean
    index["decode"].append(row)
def saved(im, kind, **kw): f = io.BytesIO(); im.save(f, kind, **kw); return f.getvalue()
def read(data): return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
def read_white(data): q = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")).astype(int); return over_white(q[..., :3], q[..., 3])
rgb = smooth(3, seed=4); scene = Image.fromarray(rgb.astype(np.uint8))
rgba = smooth(4, seed=5); rgba[4:9, 5:12, 3] = 0; rgba[9:14, 5:12, 3] = 255; glass = Image.fromarray(rgba.astype(np.uint8), "RGBA")
palette = np.random.default_rng(5).integers(0, 256, (256, 3)); tab = lambda n: smooth(1, top=n - 1, seed=9)
def exif(o): return b"Exif\0\0MM" + struct.pack(">HIHHHIHHI", 42, 8, 1, 0x112, 3, 1, o, 0, 0)

# --- WebP -------------------------------------------------------------------------------------------------------------
d = saved(scene, "WEBP", quality=90); deliver("format_lossy.webp", d, read(d), "WebP, lossy", 16, 4)
d = saved(scene, "WEBP", quality=90, exif=exif(6)); deliver("format_lossy_exif_6.webp", d, read(d), "WebP, lossy, EXIF orientation 6", 16, 4)
d = saved(scene, "WEBP", lossless=True); deliver("format_lossless.webp", d, rgb.astype(np.uint8), "WebP, lossless", 0)
d = saved(glass, "WEBP", lossless=True, exact=True); deliver("format_lossless_alpha.webp", d, over_white(rgba[..., :3], rgba[..., 3]), "WebP, lossless, alpha over white", 1)
d = saved(glass, "WEBP", quality=90, exact=True); deliver("format_lossy_alpha.webp", d, read_white(d), "WebP, lossy, alpha over white", 16, 4)
d = saved(scene, "WEBP", save_all=True, append_images=[scene.rotate(180)], duration=100, lossless=True); deliver("format_animation.webp", d, rgb.astype(np.uint8), "WebP, animated, lossless: first frame", 0)
d = saved(scene, "WEBP", save_all=True, append_images=[scene.rotate(180)], duration=100, quality=90); deliver("format_animation_lossy.webp", d, read(d), "WebP, animated, lossy: first frame", 16, 4)

# --- GIF --------------------------------------------------------------------------------------------------------------
v = tab(16); g = Image.fromarray(v[..., 0].astype(np.uint8), "P"); g.putpalette(palette[:16].astype(np.uint8).tobytes()); plain = palette[v[..., 0]].astype(np.uint8)
deliver("format_interlaced.gif", saved(g, "GIF", interlace=1), plain, "GIF, interlaced", 0)
deliver("format_rows.gif", saved(g, "GIF", interlace=0), plain, "GIF, row by row", 0)
deliver("format_transparent.gif", saved(g, "GIF", transparency=3, interlace=0), np.where(v == 3, 255, plain).astype(np.uint8), "GIF, one colour is transparent: white", 0)
noise = np.random.default_rng(7).integers(0, 256, (H, W)).astype(np.uint8); q = Image.fromarray(noise, "P"); q.putpalette(palette.astype(np.uint8).tobytes())
deliver("format_noise.gif", saved(q, "GIF", interlace=0, optimize=False), palette[noise].astype(np.uint8), "GIF, noise of 256 colours: codes of 12 bits", 0)
d = bytearray(saved(g, "GIF", interlace=0)); d[6:10] = struct.pack("<HH", W + 6, H + 5); k = d.index(b"\x2c\0\0\0\0" + struct.pack("<HH", W, H)); d[k + 1:k + 5] = struct.pack("<HH", 4, 2)
w = np.full((H + 5, W + 6, 3), 255, np.uint8); w[2:2 + H, 4:4 + W] = plain; deliver("format_small_frame.gif", bytes(d), w, "GIF, a frame smaller than the screen: white around it", 0, pillow=False)

# --- BMP --------------------------------------------------------------------------------------------------------------
def bmp(rows, bits, packing=0, colours=b"", masks=b"", top_down=False, core=False):
    """rows: bytes of each stored row, from the bottom, or packed data."""
    data = rows if isinstance(rows, bytes) else b"".join(r + b"\0" * (-len(r) % 4) for r in rows)
    head = struct.pack("<IHHHH", 12, W, H, 1, bits) if core else struct.pack("<IiiHHIIiiII", 40, W, -H if top_down else H, 1, bits, packing, len(data), 2835, 2835, len(colours) // 4, 0)
    at = 14 + len(head) + len(masks) + len(colours); return b"BM" + struct.pack("<IHHI", at + len(data), 0, 0, at) + head + masks + colours + data
def quads(n): return b"".join(bytes([int(b), int(g), int(r), 0]) for r, g, b in palette[:n])
def packed(v, bits): return [np.packbits(np.unpackbits(r.astype(np.uint8)[:, None], axis=-1)[:, 8 - bits:].reshape(-1)).tobytes() for r in v[::-1, :, 0]]
for n, b in ((2, 1), (16, 4), (256, 8)): v = tab(n); deliver(f"format_palette{b}.bmp", bmp(packed(v, b), b, colours=quads(n)), palette[v[..., 0]].astype(np.uint8), f"BMP, palette of {b} bits", 0)
bgr = rgb[..., ::-1].astype(np.uint8); want = rgb.astype(np.uint8)
deliver("format_core24.bmp", bmp([r.tobytes() for r in bgr[::-1]], 24, core=True), want, "BMP, 24 bits, the oldest header", 0)
deliver("format_top_down24.bmp", bmp([r.tobytes() for r in bgr], 24, top_down=True), want, "BMP, 24 bits, top row first", 0)
x = np.concatenate([bgr, np.full((H, W, 1), 77, np.uint8)], -1); deliver("format_32.bmp", bmp([r.tobytes() for r in x[::-1]], 32), want, "BMP, 32 bits, the fourth byte means nothing", 0)
v = rgb >> 3; p = (v[..., 0] << 10 | v[..., 1] << 5 | v[..., 2]).astype("<u2"); w = np.rint(v * 255 / 31).astype(np.uint8); deliver("format_555.bmp", bmp([r.tobytes() for r in p[::-1]], 16), w, "BMP, 16 bits: 5, 5, 5", 1)
v = rgb >> [3, 2, 3]; p = (v[..., 0] << 11 | v[..., 1] << 5 | v[..., 2]).astype("<u2"); w = np.rint(v * 255 / [31, 63, 31]).astype(np.uint8); deliver("format_565.bmp", bmp([r.tobytes() for r in p[::-1]], 16, 3, masks=struct.pack("<III", 0xf800, 0x7e0, 0x1f)), w, "BMP, 16 bits by masks: 5, 6, 5", 1)
def runs8(v):
    """RLE8: runs, colours as they are, a move over the first two pixels of row 3, all kinds of ends."""
    out = b""
    for k, r in enumerate(v[::-1, :, 0]):
        r = r.tolist(); i = 0
        if k == 3: out += b"\0\2\2\0"; i = 2
        while i < W:
            j = i
            while j < W and r[j] == r[i]: j += 1
            if j - i >= 2: out += bytes([j - i, r[i]]); i = j
            else:
                j = i
                while j < W and j - i < 9 and (j + 1 == W or r[j] != r[j + 1]): j += 1
                if j - i < 3: out += b"".join(bytes([1, c]) for c in r[i:j]); i = j
                else: out += bytes([0, j - i]) + bytes(r[i:j]) + b"\0" * ((j - i) % 2); i = j
        out += b"\0\0" if k < H - 1 else b"\0\1"
    return out
v = tab(16); v[H - 4, :2] = 0; deliver("format_runs8.bmp", bmp(runs8(v), 8, 1, colours=quads(16)), palette[v[..., 0]].astype(np.uint8), "BMP, runs of bytes", 0)
def runs4(v):
    out = b""
    for r in v[::-1, :, 0]:
        r = r.tolist(); i = 0
        while i < W:
            j = i
            while j < W and r[j] == r[i + (j - i) % 2 if i + 1 < W else i] and j - i < 255: j += 1
            out += bytes([j - i, r[i] << 4 | (r[i + 1] if i + 1 < W else 0)]); i = j
        out += b"\0\0"
    return out + b"\0\1"
v = tab(16); deliver("format_runs4.bmp", bmp(runs4(v), 4, 2, colours=quads(16)), palette[v[..., 0]].astype(np.uint8), "BMP, runs of half bytes", 0)

# --- TIFF -------------------------------------------------------------------------------------------------------------
def lzw(data):
    """Literal codes of 9 bits with a clear code every 200: legal and simple; long codes come with Pillow's files."""
    bits = "".join(("100000000" if k % 200 == 0 else "") + format(b, "09b") for k, b in enumerate(data)) + "100000001"; return np.packbits([int(b) for b in bits]).tobytes()
def tiff(parts, fields, end="<"):
    """fields: tag -> (type, values); parts are strips, or tiles where 322 is among the fields."""
    tiled = 322 in fields; fields = dict(fields); at = 8; places = []; body = b""
    for p in parts: places.append(at + len(body)); body += p + b"\0" * (len(p) % 2)
    fields[324 if tiled else 273] = (4, places); fields[325 if tiled else 279] = (4, [len(p) for p in parts])
    size = {1: "B", 3: "H", 4: "I", 7: "B"}; at += len(body); extra = b""; entries = b""; after = at + 2 + 12 * len(fields) + 4
    for tag in sorted(fields):
        t, values = fields[tag]; v = struct.pack(end + size[t] * len(values), *values)
        if len(v) > 4: place = after + len(extra); extra += v + b"\0" * (len(v) % 2); v = struct.pack(end + "I", place)
        entries += struct.pack(end + "HHI", tag, t, len(values)) + v.ljust(4, b"\0")
    return (b"II" if end == "<" else b"MM") + struct.pack(end + "HI", 42, at) + body + struct.pack(end + "H", len(fields)) + entries + struct.pack(end + "I", 0) + extra
def page(meaning, bits, samples, more={}, w=W, h=H, rows=None): return {256: (3, [w]), 257: (3, [h]), 258: (3, [bits] * samples), 259: (3, [1]), 262: (3, [meaning]), 277: (3, [samples])} | ({} if 322 in more else {278: (3, [rows or h])}) | more
strips = lambda a, rows, pack=lambda b: b: [pack(a[k:k + rows].tobytes()) for k in range(0, H, rows)]
for kind, what in ((None, "not packed"), ("tiff_lzw", "LZW"), ("tiff_adobe_deflate", "deflate"), ("packbits", "PackBits")):
    d = saved(scene, "TIFF", compression=kind, tiffinfo={278: 8}); deliver(f"format_rgb8_{kind or 'plain'}.tif", d, want, f"TIFF, RGB of 8 bits, {what}, strips", 0)
d = saved(q.convert("RGB"), "TIFF", compression="tiff_lzw"); deliver("format_noise_lzw.tif", d, palette[noise].astype(np.uint8), "TIFF, noise, LZW: codes of 12 bits", 0)
d = saved(scene, "TIFF", compression="tiff_lzw", tiffinfo={317: 2}); deliver("format_rgb8_lzw_predictor.tif", d, want, "TIFF, RGB of 8 bits, LZW of differences", 0)
d = saved(scene, "TIFF", compression="jpeg", quality=92); deliver("format_jpeg.tif", d, read(d), "TIFF, JPEG in strips", 8, 2)
d = saved(scene.convert("L"), "TIFF", compression="jpeg", quality=92); deliver("format_jpeg_gray.tif", d, read(d), "TIFF, gray JPEG", 8, 2)
v = smooth(1); deliver("format_gray8.tif", saved(Image.fromarray(v[..., 0].astype(np.uint8)), "TIFF"), gray3(v), "TIFF, gray of 8 bits", 0)
v = smooth(1, top=65535)[..., 0]; deliver("format_gray16.tif", tiff(strips(v.astype("<u2"), 8), page(1, 16, 1, rows=8)), gray3(np.rint(v / 257)), "TIFF, gray of 16 bits", 0, pillow=False)
v = smooth(3, top=65535); deliver("format_rgb16_big_endian.tif", tiff(strips(v.astype(">u2"), 8, lambda b: zlib.compress(b)), page(2, 16, 3, {259: (3, [8])}, rows=8), ">"), np.rint(v / 257).astype(np.uint8), "TIFF, RGB of 16 bits, big end first, deflate", 0, pillow=False)
u = v.copy(); u[:, 1:] = (v[:, 1:] - v[:, :-1]) % 65536; deliver("format_rgb16_predictor.tif", tiff(strips(u.astype("<u2"), 27, lambda b: zlib.compress(b)), page(2, 16, 3, {259: (3, [8]), 317: (3, [2])})), np.rint(v / 257).astype(np.uint8), "TIFF, RGB of 16 bits, deflate of differences", 0, pillow=False)
v = smooth(1, top=1); bit = np.packbits(v[..., 0].astype(np.uint8), axis=1); deliver("format_white_is_zero1.tif", tiff([bit.tobytes()], page(0, 1, 1)), gray3(255 - 255 * v), "TIFF, 1 bit, 0 is white", 0)
v = tab(256); cols = (palette * 257).T.reshape(-1).tolist(); deliver("format_palette8.tif", tiff(strips(v.astype(np.uint8), 27, lzw), page(3, 8, 1, {259: (3, [5]), 320: (3, cols)})), palette[v[..., 0]].astype(np.uint8), "TIFF, palette of 8 bits, LZW", 0)
v = smooth(4, seed=6); ink = np.floor((255 - v[..., :3]) * (255 - v[..., 3:]) / 255 + .5).astype(np.uint8); deliver("format_inks.tif", saved(Image.fromarray(v.astype(np.uint8), "CMYK"), "TIFF"), ink, "TIFF, CMYK, as Pillow: no profile", 1)
deliver("format_alpha.tif", saved(glass, "TIFF"), over_white(rgba[..., :3], rgba[..., 3]), "TIFF, RGBA over white", 1)
def tiles(a, tw, th, pack):
    out = []
    for y in range(0, H, th):
        for x in range(0, W, tw): t = np.zeros((th, tw) + a.shape[2:], a.dtype); p = a[y:y + th, x:x + tw]; t[:p.shape[0], :p.shape[1]] = p; out.append(pack(t))
    return out
deliver("format_tiles.tif", tiff(tiles(want, 16, 16, lambda t: zlib.compress(t.tobytes())), page(2, 8, 3, {259: (3, [8]), 322: (3, [16]), 323: (3, [16])})), want, "TIFF, tiles of 16 x 16, deflate", 0)
part = lambda t: saved(Image.fromarray(t), "JPEG", quality=95, subsampling=0)
d = tiff(tiles(want, 32, 16, part), page(6, 8, 3, {259: (3, [7]), 322: (3, [32]), 323: (3, [16])})); deliver("format_jpeg_tiles.tif", d, read(d), "TIFF, JPEG in tiles of 32 x 16", 8, 2)
d = tiff([want.tobytes()], page(2, 8, 3, {274: (3, [6])})); deliver("format_orientation_6.tif", d, np.rot90(want, -1), "TIFF, orientation 6 (turn clockwise)", 0)
d = saved(scene, "TIFF", save_all=True, append_images=[scene.rotate(180)]); deliver("format_pages.tif", d, want, "TIFF, two pages: the first", 0)

json.dump(index, open(f"{OUT}/formats.json", "w"), indent=1)
print(len(index["decode"]), "files,", sum(os.path.getsize(f"{OUT}/{r['file']}") + os.path.getsize(f"{OUT}/{r['expected']}") for r in index["decode"]), "bytes")
