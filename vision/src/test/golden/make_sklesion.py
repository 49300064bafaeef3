"""Expected probabilities and Grad-CAM maps of the trained model in the Python package sklesion 0.2.2 (MIT).

Python 3.11, tensorflow 2.21.0, keras 3.15.1, pillow, numpy: see requirements.txt. The model is read from the wheel
(pip download --no-deps sklesion==0.2.2) and is not part of the data. Pictures are synthetic and seeded, nothing medical.
Usage: python make_sklesion.py OUT_DIR WHEEL      (writes OUT_DIR/sklesion, about two minutes)
"""
import os, sys, json, zipfile, tempfile
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np, tensorflow as tf, keras
from PIL import Image, ImageFilter
OUT = os.path.join(sys.argv[1], "sklesion"); os.makedirs(OUT, exist_ok=True)
CLASSES = ["akiec", "bcc", "bkl", "df", "mel", "nv", "vasc"]; TARGET = "block14_sepconv2"
SEX, PLACE, AGE_MEAN = ["female", "male", "unknown"], ["arm", "head-or-neck", "leg-or-genital", "trunk", "unknown"], 51.90180032733224

def lesion(seed, w, h, skin, marks, ragged=0., noise=5.):
    """Skin colour with a gradient of light, then marks (y, x, radius, colour, strength), edges ragged by waves."""
    r = np.random.default_rng(seed); y, x = np.mgrid[:h, :w].astype(float); s = min(w, h)
    a = np.ones((h, w, 3)) * skin * (1 - .12 * ((x / w - .5) ** 2 + (y / h - .5) ** 2)[..., None])
    for cy, cx, radius, colour, strength in marks:
        dy, dx = y - cy * h, x - cx * w; angle = np.arctan2(dy, dx); f, p = r.integers(2, 9, 4), r.uniform(0, 6, 4)
        edge = radius * s * (1 + ragged * sum(np.sin(k * angle + q) for k, q in zip(f, p)) / 2)
        m = strength / (1 + np.exp((np.hypot(dy, dx) - edge) / (.012 * s)))
        a = a * (1 - m[..., None]) + m[..., None] * np.asarray(colour)
    a += r.normal(0, noise, a.shape) + np.asarray(Image.fromarray(r.normal(0, 1, (24, 24))).resize((w, h), Image.BICUBIC))[..., None] * 6
    return Image.fromarray(np.clip(a, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(.8))
def meta(sex, place, age): return [float(sex == s) for s in SEX] + [float(place == p) for p in PLACE] + [(AGE_MEAN if age is None else age) / 90, float(age is None)]
pink, fair, dark = [224, 172, 160], [214, 160, 140], [176, 120, 100]
CASES = [("dark_mole", lesion(1, 254, 254, pink, [(.5, .5, .17, [58, 34, 30], .97)]), ("female", "trunk", 35)),
    ("irregular", lesion(2, 254, 254, fair, [(.48, .5, .27, [96, 58, 50], .9), (.42, .58, .12, [30, 22, 28], .95), (.6, .45, .08, [120, 110, 130], .7)], .22), ("male", "trunk", 70)),
    ("red_spot", lesion(3, 254, 254, pink, [(.45, .55, .14, [170, 40, 60], .9), (.52, .5, .05, [90, 10, 40], .9)], .06), ("female", "arm", 50)),
    ("pearly", lesion(4, 254, 254, pink, [(.5, .45, .2, [226, 150, 148], .8), (.55, .5, .05, [150, 60, 60], .8), (.4, .4, .03, [120, 70, 90], .7)], .1), ("male", "head-or-neck", 80)),
    ("scaly", lesion(5, 254, 254, dark, [(.5, .5, .3, [190, 140, 110], .7)] + [(y, x, .03, [230, 205, 170], .8) for y, x in np.random.default_rng(8).uniform(.3, .7, (25, 2))], .15, 9), ("unknown", "head-or-neck", None)),
    ("several_small", lesion(6, 254, 254, fair, [(y, x, r, [110, 70, 56], .85) for y, x, r in [(.3, .3, .07), (.65, .6, .09), (.4, .75, .05), (.78, .25, .04)]]), ("male", "unknown", 5)),
    ("large_600x450", lesion(7, 600, 450, pink, [(.52, .47, .25, [120, 74, 62], .9), (.48, .5, .12, [70, 42, 40], .8)], .12, 4), ("female", "leg-or-genital", 45))]

def grad_cam(model, xs, wanted=None):
    """GradientTape on the output of TARGET for each class in wanted (default: the top one): p, [(class, raw map)]."""
    layer = model.get_layer("xception").get_layer(TARGET); kept, call = [None], layer.call
    def spy(i, *a, **k): kept[0] = call(i, *a, **k); return kept[0]
    layer.call = spy
    try:
        with tf.GradientTape(persistent=True) as tape:
            xs = [tf.convert_to_tensor(v) for v in xs]; tape.watch(xs[0]); p = model(xs, training=False)
            wanted = wanted or [int(tf.argmax(p[0]))]; scores = [p[0, c] for c in wanted]
        maps = [np.maximum((kept[0][0].numpy() * tf.reduce_mean(tape.gradient(s, kept[0]), axis=(0, 1, 2)).numpy()).sum(-1), 0) for s in scores]
    finally: layer.call = call
    return p.numpy()[0], list(zip(wanted, maps))
def norm(m): return m / m.max() if m.max() > 1e-10 else np.zeros_like(m)

with zipfile.ZipFile(sys.argv[2]) as z: path = z.extract("sklesion/model.keras", tempfile.mkdtemp())
model = keras.models.load_model(path)
with zipfile.ZipFile(path) as z: text = z.read("config.json").decode()
wide = keras.saving.deserialize_keras_object(json.loads(text.replace('"float32"', '"float64"')))  # the same in float64
wide.set_weights([w.astype("float64") if w.dtype == np.float32 else w for w in model.get_weights()]); wide.get_layer("normalization").finalize_state()
rows = []
for name, im, (sex, place, age) in CASES:
    u8 = np.asarray(im); im.save(f"{OUT}/{name}.png", optimize=True); x = tf.image.resize(u8, (254, 254)).numpy()[None]  # as the package: bilinear, no antialias
    v = np.asarray([meta(sex, place, age)], np.float32); p = model([x, v], training=False).numpy()[0]; top = int(p.argmax())
    # the wrong resizes, to show what a mistake would cost
    other = model([tf.image.resize(u8, (254, 254), antialias=True).numpy()[None], v], training=False).numpy()[0] if u8.shape[0] != 254 else None
    wanted = [top, 4 if top != 4 else 5]; p32, m32 = grad_cam(model, [x, v], wanted); p64, m64 = grad_cam(wide, [x.astype("float64"), v.astype("float64")], wanted)
    row = {"picture": f"{name}.png", "width": im.width, "height": im.height, "patient": {"sex": sex, "location": place, "age": age}, "meta": [float(e) for e in v[0]],
           "probabilities": [float(e) for e in p], "probabilities_float64": [float(e) for e in p64], "top": top, "cams": []}
    if other is not None:
        f = f"{name}.resized_every_8th.npy"; np.save(f"{OUT}/{f}", x[0, ::8, ::8]); row.update({"resized_every_8th": f, "probabilities_if_antialiased": [float(e) for e in other]})
    for (c, a), (_, b) in zip(m64, m32):
        f = f"{name}.cam_{CLASSES[c]}.npy"; np.save(f"{OUT}/{f}", norm(a).astype(np.float32)); ok = b.max() > 1e-10 and a.max() > 1e-10
        row["cams"].append({"class": c, "file": f, "raw_max": float(a.max()), "raw_max_float32": float(b.max()), "degenerate_float32": not b.max() > 1e-10,
                            "degenerate": not a.max() > 1e-10, "float32_difference": float(np.abs(norm(a) - norm(b)).max()) if ok else None})
    rows.append(row); print(name, CLASSES[top], np.round(p, 4), float(np.abs(p - p64).max()), [(CLASSES[k["class"]], k["raw_max"], k["raw_max_float32"], k["float32_difference"]) for k in row["cams"]], flush=True)
json.dump({"package": "sklesion 0.2.2", "classes": CLASSES, "target_layer": f"xception/{TARGET}", "versions": {"tensorflow": tf.__version__, "keras": keras.__version__, "numpy": np.__version__},
           "notes": ["probabilities: float32; maps: gradient of the probability (not its logarithm), computed in float64, divided by the maximum where raw_max > 1e-10; float32_difference: TensorFlow's float32 map against it",
                     "meta: sex female, male, unknown; location arm, head-or-neck, leg-or-genital, trunk, unknown; age / 90; age missing"], "cases": rows}, open(f"{OUT}/expected.json", "w"), indent=1)
