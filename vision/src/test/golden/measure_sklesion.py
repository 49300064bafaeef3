"""Baseline: one sklesion answer with TensorFlow in a fresh process; wall and CPU seconds, peak memory (VmHWM).

Usage: python measure_sklesion.py OUT_DIR WHEEL     (runs predict and predict + Grad-CAM in turn, three times each)
Wall: from starting the process to its end; CPU: user + system of the child; default threads, TensorFlow on the CPU.
"""
import os, sys, json, time, tempfile, zipfile, resource, subprocess
def child(mode, path, picture):
    t = [time.time()]; mark = lambda: t.append(time.time())
    import numpy as np, tensorflow as tf; from PIL import Image; mark()
    model = tf.keras.models.load_model(path); mark()
    x = tf.image.resize(np.asarray(Image.open(picture)), (254, 254)).numpy()[None]; v = np.asarray([[1, 0, 0, 0, 0, 0, 1, 0, 35 / 90, 0]], np.float32)
    p = model.predict((x, v), verbose=0); mark()
    if mode == "cam":
        layer = model.get_layer("xception").get_layer("block14_sepconv2"); kept, call = [None], layer.call
        def spy(i, *a, **k): kept[0] = call(i, *a, **k); return kept[0]
        layer.call = spy
        with tf.GradientTape() as tape:
            xs = [tf.convert_to_tensor(x), tf.convert_to_tensor(v)]; tape.watch(xs[0]); s = model(xs, training=False)[0, int(p[0].argmax())]
        g = tape.gradient(s, kept[0]); layer.call = call
        raw = np.maximum((kept[0][0].numpy() * tf.reduce_mean(g, axis=(0, 1, 2)).numpy()).sum(-1), 0); raw / raw.max(); mark()
    status = {l.split(":")[0]: l.split()[1] for l in open("/proc/self/status") if l.startswith(("VmHWM", "RssAnon", "VmRSS"))}
    print(json.dumps({"steps_s": [round(b - a, 2) for a, b in zip(t, t[1:])], "peak_rss_mb": round(int(status["VmHWM"]) / 1024), "end_anon_mb": round(int(status["RssAnon"]) / 1024)}))
if sys.argv[1] == "child": child(*sys.argv[2:]); sys.exit()
with zipfile.ZipFile(sys.argv[2]) as z: path = z.extract("sklesion/model.keras", tempfile.mkdtemp())
rows = []
for k in range(3):
    for mode in ("predict", "cam"):
        before, t = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
        out = subprocess.run([sys.executable, os.path.abspath(__file__), "child", mode, path, f"{sys.argv[1]}/sklesion/dark_mole.png"], capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN); cpu = sum(getattr(after, f) - getattr(before, f) for f in ("ru_utime", "ru_stime"))
        rows.append({"mode": mode, "wall_s": round(time.time() - t, 2), "cpu_s": round(cpu, 2)} | json.loads(out.stdout.splitlines()[-1])); print(rows[-1], "load", os.getloadavg()[0], flush=True)
json.dump(rows, open(f"{sys.argv[1]}/sklesion/baseline.json", "w"), indent=1)
