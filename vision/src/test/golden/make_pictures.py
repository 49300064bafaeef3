"""Pictures with their expected pixels: resizing (Pillow LANCZOS, tf.image.resize bilinear), decoding, colour maps.

Python 3.11, pillow 13.0.0, tensorflow 2.21.0, matplotlib 3.11.2, numpy: see requirements.txt. Own code, synthetic
pictures, seeded. The colour maps viridis and inferno are CC0 data; jet is a formula, here as matplotlib tabulates it.
Usage: python make_pictures.py OUT_DIR      (writes OUT_DIR/pictures and OUT_DIR/colormaps, some seconds)

Decoded expectation: uint8 [h,w,3] RGB, orientation applied, alpha over white, colour profile ignored (sRGB assumed).
PNG values are computed from the samples written here, not by a decoder, and then compared with Pillow where it can read
them without loss: v 16 bit -> round(v / 257); n bit gray -> v * 255 / (2^n - 1); alpha: round(a*v + (1-a)*white).
"""
import os, sys, io, json, struct, zlib
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np, tensorflow as tf, matplotlib, PIL
from PIL import Image, ImageDraw, ImageOps, ImageCms
OUT = os.path.join(sys.argv[1], "pictures"); MAPS = os.path.join(sys.argv[1], "colormaps")
os.makedirs(OUT, exist_ok=True); os.makedirs(MAPS, exist_ok=True)
index = {"versions": {"pillow": PIL.__version__, "tensorflow": tf.__version__, "matplotlib": matplotlib.__version__, "numpy": np.__version__}, "resize": [], "decode": []}

# --- resizing -------------------------------------------------------------------------------------------------------
def shapes(seed, w, h):
    """Flat colours with sharp edges and some noise blocks: small as PNG, hard on a resampling filter."""
    r = np.random.default_rng(seed); im = Image.new("RGB", (w, h), tuple(int(v) for v in r.integers(120, 230, 3))); d = ImageDraw.Draw(im)
    for k in range(10):
        x, y = r.uniform(-.1, 1, 2) * (w, h); a, b = r.uniform(.05, .5, 2) * (w, h); c = tuple(int(v) for v in r.integers(0, 256, 3))
        (d.ellipse if k % 3 == 0 else d.rectangle if k % 3 == 1 else d.line)([x, y, x + a, y + b], fill=c)
    n = r.integers(0, 256, (min(h, 12), min(w, 12), 3)).astype(np.uint8); im.paste(Image.fromarray(n), (w // 3, h // 3)); return im
RESIZE = [((97, 61), (96, 96), (24, 20)), ((640, 480), (300, 300), (32, 24)), ((31, 17), (224, 224), (40, 30)), ((1, 40), (16, 16), None), ((40, 1), (9, 7), None),
          ((64, 64), (64, 64), None), ((50, 75), (25, 30), (25, 30)), ((300, 200), (96, 96), None), ((13, 29), (26, 58), (26, 58)), ((200, 7), (32, 32), None),
          ((2, 2), (33, 31), None), ((129, 255), (64, 33), None)]
for k, ((w, h), (lw, lh), bi) in enumerate(RESIZE):
    im = shapes(50 + k, w, h); name = f"resize_{k:02d}_{w}x{h}"; im.save(f"{OUT}/{name}.png", optimize=True); row = {"file": f"{name}.png", "width": w, "height": h}
    f = f"{name}.lanczos_{lw}x{lh}.npy"; np.save(f"{OUT}/{f}", np.asarray(im.resize((lw, lh), Image.LANCZOS))); row["lanczos"] = {"file": f, "width": lw, "height": lh, "tolerance": 1}
    if bi:
        f = f"{name}.bilinear_{bi[0]}x{bi[1]}.npy"; v = tf.image.resize(np.asarray(im), (bi[1], bi[0]), method="bilinear", antialias=False).numpy()
        np.save(f"{OUT}/{f}", v.astype(np.float32)); row["bilinear"] = {"file": f, "width": bi[0], "height": bi[1], "tolerance": 1e-3}
    index["resize"].append(row)

# --- PNG decoding ---------------------------------------------------------------------------------------------------
W, H = 48, 32
def smooth(channels, w=W, h=H, top=255, seed=1):
    """Smooth test samples 0..top, [h,w,channels]."""
    y, x = np.mgrid[:h, :w]; r = np.random.default_rng(seed); out = []
    for _ in range(channels):
        a, b, c, d = r.uniform(-.12, .12, 2).tolist() + r.uniform(0, 6, 2).tolist(); out.append((np.sin(a * x + c) * np.cos(b * y + d) + 1) / 2 * top)
    return np.rint(np.stack(out, -1)).astype(np.int64)
def png(a, depth, kind, interlaced=False, palette=None, trns=None, extra=b""):
    """PNG bytes of samples [h,w,channels]; kind is the PNG colour type; filters 0..4 in turn; Adam7 if asked."""
    chunk = lambda t, b: struct.pack(">I", len(b)) + t + b + struct.pack(">I", zlib.crc32(t + b))
    def rows(p):
        h, w, c = p.shape; step = max(1, c * depth // 8); last = None; out = b""
        for y in range(h):
            if depth == 16: line = p[y].astype(">u2").tobytes()
            elif depth == 8: line = p[y].astype(np.uint8).tobytes()
            else: bits = np.unpackbits(p[y].astype(np.uint8)[..., None], axis=-1)[..., 8 - depth:].reshape(-1); line = np.packbits(bits).tobytes()
            cur = np.frombuffer(line, np.uint8).astype(int); up = np.zeros_like(cur) if last is None else last
            left = np.r_[np.zeros(step, int), cur][:len(cur)]; corner = np.r_[np.zeros(step, int), up][:len(cur)]; f = y % 5
            pa, pb, pc = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
            paeth = np.where((pa <= pb) & (pa <= pc), left, np.where(pb <= pc, up, corner))
            out += bytes([f]) + ((cur - [0, left, up, (left + up) // 2, paeth][f]) % 256).astype(np.uint8).tobytes(); last = cur
        return out
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)] if interlaced else [(0, 0, 1, 1)]
    data = b"".join(rows(q) for y, x, dy, dx in passes if (q := a[y::dy, x::dx]).size)
    head = struct.pack(">IIBBBBB", a.shape[1], a.shape[0], depth, kind, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + (chunk(b"PLTE", np.asarray(palette, np.uint8).tobytes()) if palette is not None else b"")
            + (chunk(b"tRNS", trns) if trns else b"") + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))
def over_white(rgb, alpha, top=255):
    """rgb and alpha 0..top -> uint8."""
    a = np.asarray(alpha, float)[..., None] / top; return np.floor((a * rgb / top + 1 - a) * 255 + .5).astype(np.uint8)
def deliver(name, data, want, what, tolerance, mean=None, pillow=True):
    open(f"{OUT}/{name}", "wb").write(data); f = os.path.splitext(name)[0] + ".npy"; want = np.ascontiguousarray(want); assert want.dtype == np.uint8 and want.ndim == 3 and not any(q["expected"] == f for q in index["decode"])
    if pillow:  # our expectation against Pillow's reading
        im = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        if im.mode in ("P", "PA", "LA", "RGBA") or "transparency" in im.info: q = np.asarray(im.convert("RGBA")).astype(int); got = over_white(q[..., :3], q[..., 3])
        else: got = np.asarray(im.convert("RGB"))
        d = np.abs(got.astype(int) - want).max(); assert d <= min(tolerance, 1), (name, im.mode, d)
    np.save(f"{OUT}/{f}", want); row = {"file": name, "expected": f, "what": what, "height": want.shape[0], "width": want.shape[1], "tolerance": tolerance}
    if mean: row["mean_tolerance"] = mean
    index["decode"].append(row)
gray3 = lambda g: np.repeat(g.reshape(*g.shape[:2], 1), 3, -1).astype(np.uint8)
palette = np.random.default_rng(5).integers(0, 256, (256, 3)); tab = lambda n: smooth(1, top=n - 1, seed=9)
for inter in (False, True):
    s, t = ("_adam7", ", interlaced (Adam7)") if inter else ("", "")
    v = smooth(3); deliver(f"decode_rgb8{s}.png", png(v, 8, 2, inter), v.astype(np.uint8), "8 bit RGB, all five filters" + t, 0)
    v = smooth(4); v[4:9, 5:12, 3] = 0; v[9:14, 5:12, 3] = 255; deliver(f"decode_rgba8{s}.png", png(v, 8, 6, inter), over_white(v[..., :3], v[..., 3]), "8 bit RGBA over white" + t, 1)
    v = smooth(3, top=65535); deliver(f"decode_rgb16{s}.png", png(v, 16, 2, inter), np.rint(v / 257).astype(np.uint8), "16 bit RGB, round(v / 257); a decoder that takes the high byte is off by one" + t, 0, pillow=False)
    v = smooth(4, top=65535); deliver(f"decode_rgba16{s}.png", png(v, 16, 6, inter), over_white(v[..., :3], v[..., 3], 65535), "16 bit RGBA over white" + t, 1, pillow=False)
    for b in (1, 2, 4): v = smooth(1, top=2 ** b - 1); deliver(f"decode_gray{b}{s}.png", png(v, b, 0, inter), gray3(v * 255 // (2 ** b - 1)), f"{b} bit gray" + t, 0)
    for n, b in ((2, 1), (4, 2), (16, 4), (256, 8)): v = tab(n); deliver(f"decode_palette{b}{s}.png", png(v, b, 3, inter, palette[:n]), palette[v[..., 0]].astype(np.uint8), f"{b} bit palette" + t, 0)
v = smooth(1); deliver("decode_gray8.png", png(v, 8, 0), gray3(v), "8 bit gray: no gamma change", 0)
v = smooth(1, top=65535); deliver("decode_gray16.png", png(v, 16, 0), gray3(np.rint(v / 257)), "16 bit gray, round(v / 257)", 0, pillow=False)
v = smooth(2); deliver("decode_gray_alpha8.png", png(v, 8, 4), over_white(np.repeat(v[..., :1], 3, -1), v[..., 1]), "8 bit gray and alpha over white", 1)
v = smooth(2, top=65535); deliver("decode_gray_alpha16.png", png(v, 16, 4), over_white(np.repeat(v[..., :1], 3, -1), v[..., 1], 65535), "16 bit gray and alpha over white", 1, pillow=False)
v = tab(16); a = np.r_[[0, 64, 128, 200], np.full(12, 255)]; deliver("decode_palette4_trns.png", png(v, 4, 3, False, palette[:16], bytes(int(e) for e in a[:4])), over_white(palette[v[..., 0]], a[v[..., 0]]), "4 bit palette, tRNS for the first four entries, over white", 1)
v = tab(256); a = np.random.default_rng(6).integers(0, 256, 256); deliver("decode_palette8_trns.png", png(v, 8, 3, False, palette, bytes(int(e) for e in a)), over_white(palette[v[..., 0]], a[v[..., 0]]), "8 bit palette with tRNS over white", 1)
v = smooth(3) // 64 * 60; key = v[10, 10]; m = (v == key).all(-1); deliver("decode_rgb8_key.png", png(v, 8, 2, trns=struct.pack(">3H", *key)), np.where(m[..., None], 255, v).astype(np.uint8), "8 bit RGB, tRNS colour key: that colour becomes white", 0)
v = smooth(1) // 32 * 30; key = int(v[5, 5, 0]); deliver("decode_gray8_key.png", png(v, 8, 0, trns=struct.pack(">H", key)), gray3(np.where(v == key, 255, v)), "8 bit gray, tRNS key: that value becomes white", 0)
v = smooth(3, top=7) * 9000; key = v[3, 3]; v[4, 4] = key + [1, 0, 0]; m = (v == key).all(-1); deliver("decode_rgb16_key.png", png(v, 16, 2, trns=struct.pack(">3H", *key)), np.where(m[..., None], 255, np.rint(v / 257)).astype(np.uint8), "16 bit RGB, tRNS key compared at 16 bits (one pixel differs in the last bit only)", 0, pillow=False)
for w, h in ((1, 1), (3, 2), (5, 5)): v = smooth(3, w, h, seed=w); deliver(f"decode_rgb8_adam7_{w}x{h}.png", png(v, 8, 2, True), v.astype(np.uint8), f"interlaced {w}x{h}: some passes are empty", 0)
gama = b"\x00\x00\x00\x04gAMA" + struct.pack(">I", 100000); gama += struct.pack(">I", zlib.crc32(gama[4:])); v = smooth(3, seed=3)
deliver("decode_rgb8_gama.png", png(v, 8, 2, extra=gama), v.astype(np.uint8), "gAMA 1.0: ignored", 0)

# --- orientation, JPEG ----------------------------------------------------------------------------------------------
def exif(o):
    """The smallest EXIF block with an orientation; even ones little, odd ones big endian."""
    e = "<" if o % 2 == 0 else ">"; return (b"II" if e == "<" else b"MM") + struct.pack(e + "HIHHHIHHI", 42, 8, 1, 0x112, 3, 1, o, 0, 0)
def app1(jpeg, o): b = b"Exif\0\0" + exif(o); return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(b) + 2) + b + jpeg[2:]
def jpeg(im, **kw): f = io.BytesIO(); im.save(f, "JPEG", **({"quality": 92, "subsampling": 0} | kw)); return f.getvalue()
def read(data): return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
scene = Image.fromarray(smooth(3, seed=4).astype(np.uint8)); ImageDraw.Draw(scene).rectangle([2, 2, 13, 9], fill=(200, 30, 40)); ImageDraw.Draw(scene).ellipse([30, 18, 45, 30], fill=(20, 60, 30))
for o in range(1, 9): d = app1(jpeg(scene), o); deliver(f"decode_exif_{o}.jpg", d, read(d), f"EXIF orientation {o}, {'little' if o % 2 == 0 else 'big'} endian", 8, 2)
d = app1(jpeg(scene), 9); deliver("decode_exif_9.jpg", d, read(d), "EXIF orientation 9: not valid, ignored", 8, 2)
e = exif(6); e = struct.pack(">I", len(e)) + b"eXIf" + e + struct.pack(">I", zlib.crc32(b"eXIf" + e)); v = np.asarray(scene).astype(int); d = png(v, 8, 2, extra=e)
deliver("decode_png_exif_6.png", d, np.rot90(v, -1).astype(np.uint8), "PNG with eXIf orientation 6 (turn clockwise)", 0)
soft = Image.fromarray(smooth(3, seed=8).astype(np.uint8)); odd = soft.crop((0, 0, 45, 27))
for name, im, kw, what in (("baseline_444", soft, {}, "baseline 4:4:4"), ("baseline_422", soft, {"subsampling": 1}, "baseline 4:2:2"), ("baseline_420", soft, {"subsampling": 2}, "baseline 4:2:0, smooth chroma upsampling"),
        ("baseline_420_odd", odd, {"subsampling": 2}, "4:2:0, 45x27: cut blocks"), ("progressive_444", soft, {"progressive": True}, "progressive 4:4:4"), ("progressive_420_odd", odd, {"progressive": True, "subsampling": 2}, "progressive 4:2:0, 45x27"),
        ("restart", soft, {"restart_marker_rows": 1}, "restart markers"), ("gray", soft.convert("L"), {}, "gray"), ("gray_progressive", odd.convert("L"), {"progressive": True}, "gray, progressive"),
        ("rgb_adobe0", soft, {"keep_rgb": True}, "RGB samples, Adobe transform 0, component ids R G B")):
    if im.mode == "L": kw = {"subsampling": -1} | kw
    d = jpeg(im, **kw); deliver(f"decode_jpeg_{name}.jpg", d, read(d), "JPEG " + what, 8, 2)
d = bytearray(jpeg(soft, keep_rgb=True))  # the same with component ids 1 2 3, so that only the Adobe marker tells
for at in (d.index(b"\xff\xc0") + 10, d.index(b"\xff\xda") + 5):
    for k in range(3): d[at + k * (3 if d[at - 10:at - 8] == b"\xff\xc0" else 2)] = k + 1
assert b"Adobe" in d; deliver("decode_jpeg_rgb_adobe0_ids123.jpg", bytes(d), read(bytes(d)), "JPEG RGB samples, Adobe transform 0, component ids 1 2 3", 8, 2)
v = smooth(4, seed=6); v[..., 3] //= 2; ink = Image.fromarray(v.astype(np.uint8), "CMYK")
naive = "as Pillow: Adobe files hold inverted inks; R = (255-C)(255-K)/255 and so on, no profile"
d = jpeg(ink); assert b"Adobe" in d; deliver("decode_jpeg_cmyk_adobe.jpg", d, read(d), "CMYK JPEG with Adobe marker, transform 0; " + naive, 8, 2)
# YCCK: the file holds Y Cb Cr of the inks and 255 - K; write that as if it were CMYK (Pillow inverts), then set the marker's transform to 2
c = np.asarray(ink).astype(float); m = np.array([[.299, .587, .114], [-.168736, -.331264, .5], [.5, -.418688, -.081312]])
ycc = c[..., :3] @ m.T + [0, 128, 128]; stored = np.rint(np.clip(np.concatenate([255 - ycc, c[..., 3:]], -1), 0, 255)).astype(np.uint8)
d = bytearray(jpeg(Image.fromarray(stored, "CMYK"))); d[d.index(b"Adobe") + 11] = 2; d = bytes(d)
got, direct = read(d), np.asarray(ink.convert("RGB")); print("YCCK against its source, largest difference:", np.abs(got.astype(int) - direct).max())
deliver("decode_jpeg_ycck_adobe.jpg", d, got, "YCCK JPEG (Adobe transform 2); " + naive, 8, 2)
d = jpeg(ink); k = d.index(b"\xff\xee"); plain = d[:k] + d[k + 2 + struct.unpack(">H", d[k + 2:k + 4])[0]:]
deliver("decode_jpeg_cmyk_plain.jpg", plain, read(plain), "CMYK JPEG without Adobe marker: Pillow takes the inks as inverted here too (other decoders may not: a rare file)", 8, 2)
icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()); icc[24:36] = struct.pack(">6H", 2020, 1, 1, 0, 0, 0)
r, g = icc.index(b"rXYZ"), icc.index(b"gXYZ"); icc[r:r + 4], icc[g:g + 4] = b"gXYZ", b"rXYZ"  # red and green swapped: who applies it will be far off
d = jpeg(scene, icc_profile=bytes(icc)); deliver("decode_jpeg_icc.jpg", d, read(d), "JPEG with an odd ICC profile (red and green swapped): ignored, sRGB assumed", 8, 2)

# --- GIF and BMP: first frame -----------------------------------------------------------------------------------------
g = [Image.fromarray(np.roll(tab(16)[..., 0], s).astype(np.uint8), "P") for s in (0, 9)]
for im in g: im.putpalette(palette[:16].astype(np.uint8).tobytes())
f = io.BytesIO(); g[0].save(f, "GIF", save_all=True, append_images=g[1:], duration=100); deliver("decode_animation.gif", f.getvalue(), np.asarray(g[0].convert("RGB")), "animated GIF: first frame", 0)
f = io.BytesIO(); scene.save(f, "BMP"); deliver("decode_bmp_rgb8.bmp", f.getvalue(), np.asarray(scene), "24 bit BMP", 0)

for name in ("viridis", "inferno", "jet"):
    np.save(f"{MAPS}/{name}.npy", np.floor(matplotlib.colormaps[name](np.arange(256))[:, :3] * 255 + .5).astype(np.uint8))
json.dump(index, open(f"{OUT}/index.json", "w"), indent=1)
print(len(index["resize"]), "resize,", len(index["decode"]), "decode")
