"""50 small Keras models with random weights, their inputs, outputs and Grad-CAM maps; and files that must be refused.

For tests of a Keras importer. Python 3.11, tensorflow 2.21.0 (CPU), keras 3.15.1, numpy, h5py: see requirements.txt.
Own code, weights and pictures are random and seeded: the data checks arithmetic, not medicine.
Usage: python make_random_models.py OUT_DIR      (writes OUT_DIR/random-models, about two minutes)

How a model comes about: layer variants (lists PICTURE, VECTOR) are dealt in turn, so that every one is used; topologies
(residual, gate, branches, shared layers, nesting), input stages and heads go round too. Biases and batch norms are
random, batch-norm statistics come from synthetic pictures, the last layer is scaled so that outputs are not saturated.
`expected` is computed from the saved file after reading it back; the map in float64 from the same file.
"""
import os, sys, io, json, zipfile
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np, tensorflow as tf, keras, h5py
tf.config.threading.set_intra_op_parallelism_threads(1)
L = keras.layers
OUT = os.path.join(sys.argv[1], "random-models"); REFUSED = os.path.join(OUT, "refused"); os.makedirs(REFUSED, exist_ok=True)
COUNT = 50

# --- layer variants: (least height and width, make a layer for c channels) -----------------------------------------
def conv(f, k, least=1, **kw): return least, lambda c: L.Conv2D(f, k, **kw)
def dw(k, least=1, **kw): return least, lambda c: L.DepthwiseConv2D(k, **kw)
def sep(f, k, least=1, **kw): return least, lambda c: L.SeparableConv2D(f, k, **kw)
def lay(cls, least=1, **kw): return least, lambda c: cls(**kw)
PICTURE = [
    conv(8, 3, padding="same", strides=2, use_bias=False), conv(12, 3, 3, activation="relu"), conv(8, 1, activation="silu"),
    conv(12, (1, 5), padding="same", activation="tanh"), conv(8, (5, 2), 5, strides=(2, 1)), conv(16, 2, padding="same", strides=2),
    conv(8, 4, padding="same", activation="swish"), conv(12, 5, padding="same", strides=(1, 2), activation="elu"),
    conv(8, 7, padding="same", strides=2, activation="relu6"), conv(8, 6, 6, activation="gelu"), conv(12, 3, padding="same", dilation_rate=2),
    conv(8, 3, 7, dilation_rate=(3, 2), activation="sigmoid"), conv(8, 3, padding="same", groups=2, use_bias=False),
    conv(16, (3, 2), padding="same", groups=4, activation="leaky_relu"), conv(12, (2, 3), padding="same", activation="softmax"),
    conv(16, 1, strides=2, use_bias=False), conv(8, (3, 4), 4, strides=(2, 3), padding="same", activation="linear"),
    conv(8, 1, strides=(1, 2), padding="same", activation="relu"), conv(8, 2, padding="same", dilation_rate=(2, 3)),
    dw(3, padding="same", use_bias=False), dw(3, 3, depth_multiplier=2, strides=2), dw(5, padding="same", strides=2, activation="silu"),
    dw((3, 5), padding="same", activation="relu6"), dw(2, padding="same", strides=2, depth_multiplier=2, activation="tanh"),
    dw(7, 7, use_bias=False), dw(4, padding="same", strides=2), dw(3, padding="same", dilation_rate=2, activation="elu"),
    sep(12, 3, padding="same", use_bias=False), sep(8, 3, 3, depth_multiplier=2), sep(16, 5, padding="same", strides=2, activation="relu"),
    sep(8, (2, 3), padding="same", depth_multiplier=2, strides=2, use_bias=False, activation="silu"), sep(12, 4, 4, activation="gelu"),
    sep(8, 3, padding="same", dilation_rate=2, activation="leaky_relu"),
    lay(L.BatchNormalization), lay(L.BatchNormalization, scale=False), lay(L.BatchNormalization, center=False, epsilon=1e-5),
    lay(L.BatchNormalization, scale=False, center=False, epsilon=.01),
    lay(L.Activation, activation="swish"), lay(L.Activation, activation="softmax"), lay(L.Activation, activation="leaky_relu"),
    lay(L.Activation, activation="gelu"), lay(L.Activation, activation="relu6"), lay(L.Activation, activation="sigmoid"),
    lay(L.Activation, activation="linear"), lay(L.ReLU), lay(L.ReLU, max_value=1.5), lay(L.ReLU, negative_slope=.1),
    lay(L.ReLU, threshold=.3), lay(L.ReLU, max_value=2., negative_slope=.2, threshold=.1), lay(L.LeakyReLU), lay(L.LeakyReLU, negative_slope=.05),
    lay(L.Softmax), lay(L.MaxPooling2D, 2), lay(L.MaxPooling2D, pool_size=3, strides=2, padding="same"),
    lay(L.MaxPooling2D, pool_size=(2, 3), padding="same"), lay(L.MaxPooling2D, 3, pool_size=3, strides=1), lay(L.MaxPooling2D, 4, pool_size=(4, 2), strides=(1, 3)),
    lay(L.AveragePooling2D, 2, pool_size=2), lay(L.AveragePooling2D, pool_size=3, strides=2, padding="same"), lay(L.AveragePooling2D, pool_size=(3, 4), strides=1, padding="same"),
    lay(L.AveragePooling2D, 3, pool_size=(3, 2), strides=(2, 1)), lay(L.AveragePooling2D, pool_size=2, padding="same"),
    lay(L.ZeroPadding2D, padding=1), lay(L.ZeroPadding2D, padding=(0, 2)), lay(L.ZeroPadding2D, padding=((0, 1), (2, 0))),
    lay(L.Dropout, rate=.2), lay(L.SpatialDropout2D, rate=.2), lay(L.GaussianNoise, stddev=.1)]
VECTOR = [lambda: L.Dense(16, activation="relu"), lambda: L.BatchNormalization(), lambda: L.Dense(12, activation="swish"), lambda: L.LeakyReLU(negative_slope=.2),
    lambda: L.Dense(16, use_bias=False), lambda: L.Dropout(.3), lambda: L.Dense(12, activation="gelu"), lambda: L.BatchNormalization(scale=False, epsilon=1e-4),
    lambda: L.Dense(12, activation="tanh"), lambda: L.ReLU(max_value=3.), lambda: L.Dense(12, activation="elu"), lambda: L.BatchNormalization(center=False),
    lambda: L.Dense(16, activation="leaky_relu"), lambda: L.Activation("sigmoid"), lambda: L.Dense(12, activation="softmax"), lambda: L.Softmax()]
START = [lambda c: L.Rescaling(1 / 128, -1.), lambda c: L.Rescaling([.01, .02, .008][:c], [-1., -.5, .25][:c]), lambda c: L.Rescaling(1 / 255),
    lambda c: L.Normalization(mean=[194., 139., 144.][:c], variance=[1288., 1515., 1880.][:c]), lambda c: L.Normalization(),
    lambda c: L.Normalization(mean=150., variance=1600.), lambda c: L.BatchNormalization(epsilon=1e-3)]
WEIGHTED = (L.Conv2D, L.DepthwiseConv2D, L.SeparableConv2D, L.Dense)
CONVS = WEIGHTED[:3]

class Deal:
    """Hands out the items of a list in shuffled order, round and round; next_fit skips (and keeps) what does not fit."""
    def __init__(self, items, seed): self.q = list(np.random.default_rng(seed).permutation(len(items))); self.items = items; self.used = set()
    def next(self, fits=lambda v: True):
        for k, i in enumerate(self.q):
            if fits(self.items[i]): self.q.append(self.q.pop(k)); self.used.add(i); return self.items[i]
pic, vec, start = Deal(PICTURE, 1), Deal(VECTOR, 2), Deal(START, 3)

# --- topologies -----------------------------------------------------------------------------------------------------
def any_layer(x):
    """The next picture layer that fits the size of x and does not grow small maps too far."""
    least = min(x.shape[1:3])
    def fits(v):
        l = v[1](x.shape[-1]); groups = getattr(l, "groups", 1) if isinstance(l, L.Conv2D) else 1
        return v[0] <= least and x.shape[-1] % groups == 0 and not (x.shape[-1] > 16 and getattr(l, "depth_multiplier", 1) > 1)
    return pic.next(fits)[1](x.shape[-1])
def some(x, n):
    for _ in range(n): x = any_layer(x)(x)
    return x
def shrink(x):
    """Halves big maps, so that the models stay small and quick."""
    return L.MaxPooling2D(2)(x) if min(x.shape[1:3]) > 24 else x
def residual(x, n=2):
    c = x.shape[-1]; parts = [x]
    for k in range(1, n):
        y = L.Conv2D(c, 2 * k + 1, padding="same", use_bias=False)(x); parts.append(L.BatchNormalization()(y))
    return L.Activation("relu")(L.Add()(parts))
def gate(x, way):
    """Squeeze and excite: the (1,1,C) gate is made in three ways."""
    c = x.shape[-1]
    g = L.GlobalAveragePooling2D(keepdims=True)(x) if way == 0 else L.Reshape((1, 1, c) if way == 1 else (1, 1, -1))(L.GlobalAveragePooling2D()(x))
    g = L.Conv2D(4, 1, activation="silu")(g); g = L.Conv2D(c, 1, activation="sigmoid")(g)
    return L.Multiply()([x, g] if way != 1 else [g, x])
def spatial_gate(x): return L.Multiply()([x, L.Conv2D(1, 3, padding="same", activation="sigmoid")(x)])
def branches(x, axis):
    a = L.Conv2D(8, 3, padding="same", activation="relu")(x)
    b = L.AveragePooling2D(3, strides=1, padding="same")(x)
    b = L.Conv2D(8 if axis in (1, 2) else 4, 1)(b); parts = [a, b] + ([x] if axis == 3 else [])
    return L.Concatenate(axis=axis)(parts)
def used_twice(x):
    """The batch norm cannot be folded into the convolution: its raw output is used too."""
    y = L.Conv2D(x.shape[-1], 3, padding="same")(x); return L.Add()([L.BatchNormalization()(y), y])
def bn_before_conv(x):
    """A batch norm in front of a padded convolution: folding forward would be wrong at the borders."""
    return L.Conv2D(8, 3, padding="same", activation="relu")(L.BatchNormalization()(x))
def shared(x):
    """One convolution and one batch norm, each called twice (two inbound nodes)."""
    c, b = L.Conv2D(x.shape[-1], 3, padding="same", activation="tanh"), L.BatchNormalization()
    y = b(c(x)); return L.Add()([b(c(y)), x])
def odd_reshape(x):
    """Only right if the data is read in the order height, width, channel."""
    h, w, c = x.shape[1:]; y = L.Reshape((w, h, c))(x); y = L.Conv2D(8, 3, padding="same", activation="relu")(y)
    return L.Reshape((-1, w * 2, 4))(y) if h * 8 % 8 == 0 else y
def minmax(x): return L.Add()([x, L.GlobalMaxPooling2D(keepdims=True)(x)])
TOPOLOGY = [lambda x: some(x, 2), residual, lambda x: gate(x, 0), lambda x: branches(x, -1), used_twice, lambda x: residual(x, 3), lambda x: gate(x, 1),
    lambda x: branches(x, 1), bn_before_conv, shared, lambda x: some(x, 2), lambda x: gate(x, 2), lambda x: branches(x, 2), odd_reshape, minmax,
    lambda x: branches(x, 3), spatial_gate]
topology = Deal(TOPOLOGY, 4)

def small(x, side):
    while x.shape[1] > side or x.shape[2] > side: x = L.AveragePooling2D(2, padding="same")(x)
    return x
def head(x, kind, n, ending):
    """From a picture to a vector of n scores; the last layer with weights is scaled later."""
    if kind == 0: x = L.GlobalAveragePooling2D()(x)
    elif kind == 1: x = vec.next()()(L.Flatten()(L.GlobalAveragePooling2D(keepdims=True)(x)))
    elif kind == 2: x = vec.next()()(vec.next()()(L.GlobalMaxPooling2D()(x)))
    elif kind == 3: x = L.Flatten()(small(x, 6))
    elif kind == 4: x = vec.next()()(L.Reshape((-1,))(small(x, 5)))
    elif kind == 5: x = L.Concatenate(axis=1)([L.GlobalAveragePooling2D()(x), L.GlobalMaxPooling2D()(x)])
    elif kind == 6: x = small(x, 4); h, w, c = x.shape[1:]; x = L.Dropout(.25)(L.Reshape((h * w * c,))(x))
    elif kind == 7:  # no dense layer: a convolution gives the scores
        x = L.GlobalAveragePooling2D()(L.Conv2D(n, 1)(x)); return L.Softmax()(x) if ending == "softmax" else L.Activation(ending)(x)
    elif kind == 8: x = L.BatchNormalization()(L.Dense(12)(L.GlobalAveragePooling2D()(x))); x = L.Activation("swish")(x)
    if kind % 3 == 1: return L.Activation(ending)(L.Dense(n)(x))
    return L.Dense(n, activation=ending)(x)

def body(x, n):
    for _ in range(n):
        x = some(shrink(x), 1); x = topology.next()(shrink(x))
    return x

def build(i, r):
    """Model number i: the kind of graph, the size, the head and the ending go round with different periods."""
    h, w = [(33, 47), (32, 32), (40, 25), (29, 29), (48, 36), (24, 50), (27, 32)][i % 7]; c = 1 if i % 6 == 5 else 3
    n, ending = [(7, "softmax"), (4, "softmax"), (1, "sigmoid"), (5, "sigmoid"), (7, "softmax"), (3, "linear")][i % 6]
    kind = ["flat", "nested", "sequence", "two", "inner_sequence", "double", "flat", "two_last", "siamese", "nested_all"][i % 10]; hd = i % 9
    image = keras.Input((h, w, c)); first = start.next()
    if kind == "sequence":  # top-level Sequential, every second one with a Sequential in it
        s = keras.Sequential([image, first(c)]); s.add(L.Conv2D(8, 3, padding="same", strides=2))
        for k in range(6): s.add(any_layer(s.layers[-1].output) if k != 3 or i % 20 < 10 else keras.Sequential([L.Conv2D(8, 3, padding="same"), L.BatchNormalization(), L.ReLU()]))
        s.add([L.GlobalAveragePooling2D, L.GlobalMaxPooling2D, L.Flatten][i // 10 % 3]()); s.add(vec.next()()); s.add(L.Dense(n, activation=ending))
        return s
    def inner(shape, n_blocks, pooled=False):
        a = keras.Input(shape); b = body(a, n_blocks); return keras.Model(a, L.GlobalAveragePooling2D()(b) if pooled else b)
    x = first(c)(image); x = L.Conv2D(8, 3, padding="same", strides=1 + i % 2, use_bias=i % 3 == 0)(x)
    x = L.BatchNormalization()(x) if i % 4 else x
    if kind == "flat": return keras.Model(image, head(body(x, 3), hd, n, ending))
    if kind == "nested":  # weights before, in and after the nested model
        x = inner(x.shape[1:], 2)(x); return keras.Model(image, head(some(x, 1), hd, n, ending))
    if kind == "inner_sequence":
        x = keras.Sequential([L.Conv2D(12, 3, padding="same", activation="relu"), L.BatchNormalization(), L.MaxPooling2D(2, padding="same")])(x)
        x = body(x, 1); x = keras.Sequential([L.SeparableConv2D(8, 3, padding="same"), L.BatchNormalization(scale=False), L.Activation("silu")])(x)
        return keras.Model(image, head(x, hd, n, ending))
    if kind == "double":  # a functional model in a Sequential in a functional model, every second time called twice
        core = inner(x.shape[1:], 1); s = keras.Sequential([keras.Input(x.shape[1:]), core, L.Conv2D(8, 1), L.BatchNormalization()])
        a = keras.Input(x.shape[1:]); mid = keras.Model(a, L.Add()([s(a), s(L.ReLU()(a))]) if i % 20 > 9 else s(a))
        return keras.Model(image, head(L.ReLU()(mid(x)), hd, n, ending))
    if kind == "nested_all":  # everything but the last dense layer is in the nested model, as in transfer learning
        a = keras.Input((h, w, c)); b = L.Conv2D(8, 3, strides=2, padding="same")(start.next()(c)(a)); m = keras.Model(a, L.GlobalAveragePooling2D()(body(b, 2)))
        return keras.Model(image, L.Dense(n, activation=ending)(L.Dropout(.2)(m(image))))
    if kind == "siamese":  # one nested model called on two pictures
        other = keras.Input((h, w, c)); m = inner((h, w, c), 2, True); p, q = m(image), m(other)
        return keras.Model([image, other], L.Dense(n, activation=ending)(L.Multiply()([p, q]) if i % 20 < 10 else L.Concatenate()([p, q])))
    meta = keras.Input((10,)); x = head(body(x, 2), hd, 12, "relu")  # picture and patient values
    y = L.Dense(8, activation="relu")([L.Normalization, L.BatchNormalization, lambda: L.Normalization(mean=[.4] * 9 + [.5], variance=[.25] * 10)][i // 10 % 3]()(meta)); y = vec.next()()(y)
    z = L.Dense(n, activation=ending)(vec.next()()(L.Concatenate()([x, y])))
    return keras.Model([image, meta] if kind == "two" else [meta, image], z)

# --- weights and inputs ---------------------------------------------------------------------------------------------
def pictures(r, n, shape):
    """Skin-toned fields with blotches, 0..255."""
    h, w, c = shape; y, x = np.mgrid[:h, :w]; out = []
    for _ in range(n):
        a = np.ones((h, w, 3)) * r.uniform([190, 130, 110], [235, 180, 160])
        for _ in range(r.integers(1, 5)):
            m = np.exp(-(((y - r.uniform(0, h)) / r.uniform(3, 12)) ** 2 + ((x - r.uniform(0, w)) / r.uniform(3, 12)) ** 2))[..., None]
            a = a * (1 - .8 * m) + .8 * m * r.uniform([40, 20, 15], [200, 90, 90])
        out.append(np.clip(a + r.normal(0, 8, a.shape), 0, 255)[..., :c])
    return np.stack(out).astype(np.float32)
def inputs(model, r, n):
    def one(t):
        if len(t.shape) == 4: return pictures(r, n, t.shape[1:])
        v = r.integers(0, 2, (n, 10)).astype(np.float32); v[:, 8] = r.random(n); return v
    return [one(t) for t in model.inputs]
def call(model, xs, **kw): return model([tf.convert_to_tensor(v) for v in xs] if len(xs) > 1 else tf.convert_to_tensor(xs[0]), **kw)
def layers(model, prefix=""):
    """All layers with their path outer/inner."""
    for l in model.layers:
        if isinstance(l, keras.Model): yield from layers(l, prefix + l.name + "/")
        else: yield prefix + l.name, l
def watch(model, xs, which):
    """Calls the model and keeps what goes in and out of the layers: [(path, layer, input, output)] in order of calls."""
    seen, saved = [], []
    for path, l in layers(model):
        if isinstance(l, which) and not any(l is s[0] for s in saved):
            def spy(x, *a, _p=path, _l=l, _c=l.call, **k):
                y = _c(x, *a, **k); seen.append((_p, _l, x, y)); return y
            saved.append((l, l.call)); l.call = spy
    try: out = call(model, xs, training=False)
    finally:
        for l, c in saved: l.call = c
    return out, seen
def settle(model, r):
    cal = inputs(model, r, 24)
    for _, l, x, _ in watch(model, cal, L.Normalization)[1]:
        if l.input_mean is None: l.adapt(np.asarray(x)); l.finalize_state()
    bns = [l for _, l in layers(model) if isinstance(l, L.BatchNormalization)]
    for _, l in layers(model):
        if isinstance(l, WEIGHTED) and l.bias is not None: l.bias.assign(r.normal(0, .15, l.bias.shape))
    for b in bns:
        if b.scale: b.gamma.assign(r.uniform(.6, 1.4, b.gamma.shape))
        if b.center: b.beta.assign(r.normal(0, .2, b.beta.shape))
        b.momentum = .5
    for _ in range(8): call(model, cal, training=True)
    for b in bns: b.momentum = .9
    last = watch(model, cal, WEIGHTED)[1][-1][1]; kept, last.activation = last.activation, keras.activations.linear
    o = watch(model, cal, type(last))[1][-1][3].numpy(); o = o.mean((1, 2)) if o.ndim == 4 else o  # scale the scores
    last.activation = kept; s = 1.5 / (o.std(0) + 1e-6); last.kernel.assign(last.kernel * s)
    last.bias.assign((last.bias - o.mean(0)) * s + r.normal(0, .3, o.shape[1]))

# --- files ----------------------------------------------------------------------------------------------------------
def repack(path, method, edit={}):
    """Rewrites the zip with another compression and, for the entries named in edit, other bytes."""
    with zipfile.ZipFile(path) as z: parts = [(n, z.read(n)) for n in z.namelist()]
    with zipfile.ZipFile(path, "w", method) as z:
        for n, b in parts: z.writestr(n, edit.get(n, bytes)(b))
def without_names(b):
    """Older files have no `name` attributes in the weights."""
    f = io.BytesIO(b)
    with h5py.File(f, "r+") as h: h.visititems(lambda _, o: o.attrs.pop("name", None) and None); h["vars"].attrs.pop("name", None)
    return f.getvalue()
def older(text):
    """Spelling of older Keras 3 files: dtype as a string, "swish", an optional list around the input and output layers."""
    def walk(v):
        if isinstance(v, list): return [walk(e) for e in v]
        if not isinstance(v, dict): return v
        if v.get("class_name") == "DTypePolicy": return v["config"]["name"]
        v = {k: walk(e) for k, e in v.items() if k != "shared_object_id"}
        for k in ("input_layers", "output_layers"):
            if k in v and v[k] and isinstance(v[k][0], str): v[k] = [v[k]]
        if v.get("activation") == "silu": v["activation"] = "swish"
        return v
    return json.dumps(walk(json.loads(text))).encode()
def rename(text, r):
    """Misleading names: a convolution may be called dense_3; never the order of the classes, never alphabetical."""
    doc = json.loads(text); names = []
    def collect(c):
        for l in c["config"].get("layers", []): names.append(l["config"]["name"]); collect(l)
    collect(doc); names = sorted(set(names))
    words = ["dense", "conv2d", "batch_normalization", "functional", "block", "Zeta", "alpha", "layers.vars", "top conv", "input_layer"]
    new = [f"{words[k % len(words)]}_{k // len(words)}" if k >= len(words) else words[k] for k in range(len(names))]
    to = dict(zip(names, r.permutation(new)))
    def walk(v):
        if isinstance(v, list):
            if len(v) == 3 and isinstance(v[0], str) and v[1:] == [v[1], v[2]] and all(type(e) is int for e in v[1:]) and v[0] in to: return [to[v[0]], *v[1:]]
            return [walk(e) for e in v]
        if isinstance(v, dict): return {k: (to[e] if k == "name" and isinstance(e, str) and e in to else walk(e)) for k, e in v.items()}
        return v
    return json.dumps(walk(doc)).encode()

def grad_cam(model, xs):
    """Oracle as in make_golden.py: gradient of the top class's output value with respect to the output (after a built-in
    activation) of the last convolution that has more than 1x1 pixels, is called once and reaches the score."""
    with tf.GradientTape(persistent=True) as tape:
        xs = [tf.convert_to_tensor(v) for v in xs]
        for v in xs: tape.watch(v)
        p, seen = watch(model, xs, CONVS); c = int(tf.argmax(p[0])); s = p[0, c]
    for path, l, _, y in reversed(seen):
        if sum(l is q[1] for q in seen) > 1 or y.shape[1] * y.shape[2] == 1: continue
        g = tape.gradient(s, y)
        if g is None: continue
        terms = y[0].numpy() * tf.reduce_mean(g, axis=(0, 1, 2)).numpy()
        raw = np.maximum(terms.sum(-1), 0); top = float(raw.max())
        return path, c, raw / top if top > 1e-10 else np.zeros_like(raw), top, float(np.abs(terms).sum(-1).max())
    return None
def in_float64(path):
    """The same file, computed in float64."""
    with zipfile.ZipFile(path) as z: text = z.read("config.json").decode()
    a = keras.models.load_model(path); b = keras.saving.deserialize_keras_object(json.loads(text.replace('"float32"', '"float64"')))
    b.set_weights([w.astype("float64") if w.dtype == np.float32 else w for w in a.get_weights()])
    for _, l in layers(b):
        if isinstance(l, L.Normalization): l.finalize_state()
    return b

rows, classes = [], {}
for i in range(COUNT):
    keras.backend.clear_session(); keras.utils.set_random_seed(1000 + i); r = np.random.default_rng(1000 + i)
    name = f"model_{i:02d}"; path = f"{OUT}/{name}.keras"; model = build(i, r); settle(model, r); model.save(path)
    probe = inputs(model, np.random.default_rng(1), 1); want = call(model, probe, training=False).numpy()
    misleading, deflated, old = i % 2 == 1, i % 8 in (3, 4), i % 5 == 2
    if misleading: repack(path, zipfile.ZIP_STORED, {"config.json": lambda b: rename(b, r)}); keras.models.load_model(path).save(path)
    if deflated or old: repack(path, zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED, {"config.json": older, "model.weights.h5": without_names} if old else {})
    keras.backend.clear_session(); model = keras.models.load_model(path); wide = in_float64(path)
    assert np.allclose(call(model, probe, training=False), want, atol=1e-5, rtol=1e-5), name
    for t in range(12):  # a picture whose map is not nearly empty; models 15 and 22 keep their empty ones
        direct = inputs(model, np.random.default_rng(7000 + i + 100 * t), 1); x64 = [v.astype("float64") for v in direct]; cam = grad_cam(wide, x64)
        if cam is None or i in (15, 22) or (cam[2] > .05).mean() > .15: break
    p = call(model, direct, training=False).numpy(); p64 = call(wide, x64, training=False).numpy(); cam32 = grad_cam(model, direct)
    for k, v in enumerate(direct): np.save(f"{OUT}/{name}.input_{k}.npy", v)
    np.save(f"{OUT}/{name}.expected.npy", p.astype(np.float32))
    used = sorted({type(l).__name__ for _, l in layers(model)} | {type(l).__name__ for l in model._flatten_layers() if isinstance(l, keras.Model)})
    for u in used: classes[u] = classes.get(u, 0) + 1
    row = {"name": name, "file": f"{name}.keras", "top_level": type(model).__name__,
           "inputs": [{"file": f"{name}.input_{k}.npy", "layer": t.name, "shape": [1, *t.shape[1:]]} for k, t in enumerate(model.inputs)],
           "expected": f"{name}.expected.npy", "output_shape": list(p.shape), "top": int(p[0].argmax()), "float64_difference": float(np.abs(p - p64).max()),
           "layers": used, "misleading_names": misleading, "deflated": deflated, "older_spelling": old, "cam": None}
    if cam:
        np.save(f"{OUT}/{name}.cam.npy", cam[2].astype(np.float32)); degenerate = cam[3] <= 1e-10
        row.update({"cam": f"{name}.cam.npy", "target_layer": cam[0], "target_class": cam[1], "cam_shape": list(cam[2].shape), "cam_raw_max": cam[3], "cam_degenerate": degenerate,
                    "cam_cancellation": cam[3] / max(cam[4], 1e-300), "cam_float32_difference": None if degenerate or cam32[0] != cam[0] else float(np.abs(cam32[2] - cam[2]).max())})
    rows.append(row); print(name, row["top_level"], np.round(p[0], 3), cam and (cam[0], cam[2].shape, cam[3], row["cam_float32_difference"]), os.path.getsize(path), flush=True)

# --- files that must be refused -----------------------------------------------------------------------------------
@keras.saving.register_keras_serializable(package="golden")
class Doubler(L.Layer):
    def call(self, x): return x * 2
def refused(name, make, why):
    keras.backend.clear_session(); keras.utils.set_random_seed(1); make().save(f"{REFUSED}/{name}"); bad.append({"file": f"refused/{name}", "why": why})
def chain(*ls): x = a = keras.Input((8, 8, 3)); [x := l(x) for l in ls]; return keras.Model(a, x)
bad, tail = [], lambda: (L.GlobalAveragePooling2D(), L.Dense(2, activation="softmax"))
refused("lambda.keras", lambda: chain(L.Conv2D(4, 3), L.Lambda(lambda t: t * 2, name="twice"), *tail()), "Lambda layer 'twice': holds Python code")
refused("custom_layer.keras", lambda: chain(L.Conv2D(4, 3), Doubler(name="my_doubler"), *tail()), "custom layer golden>Doubler 'my_doubler'")
refused("lstm.keras", lambda: chain(L.Reshape((8, 24)), L.LSTM(4, name="memory"), L.Dense(2)), "unsupported layer LSTM 'memory'")
refused("multi_head_attention.keras", lambda: (lambda a: keras.Model(a, L.Dense(2)(L.Flatten()(L.MultiHeadAttention(1, 4, name="attention")(a, a)))))(keras.Input((4, 6))), "unsupported layer MultiHeadAttention 'attention'")
refused("legacy.h5", lambda: chain(L.Conv2D(4, 3), *tail()), "old HDF5 whole-model file, not a .keras zip (or read it, where that is supported)")
refused("channels_first.keras", lambda: chain(L.Conv2D(4, 3, data_format="channels_first", name="nchw"), L.Flatten(), L.Dense(2)), "Conv2D 'nchw' with data_format channels_first")
refused("operator.keras", lambda: (lambda a: keras.Model(a, L.Dense(2)(L.Flatten()(a * 2. + 1.))))(keras.Input((8, 8, 3))), "operators on tensors are saved as classes Multiply/Add of keras.src.ops.numpy with constants: not the layers of that name")
unused = {n: sorted(set(range(len(d.items))) - d.used) for n, d in (("picture", pic), ("vector", vec), ("start", start), ("topology", topology)) if len(d.used) < len(d.items)}
print("variants not used:", unused, "\n", classes)
notes = ["expected: model(x, training=False) in float32, of the file as it lies here; float64_difference: largest difference to the same in float64",
    "cam: float64 oracle, map = ReLU(sum over channels of activation x spatial mean of d score / d activation), divided by its maximum where cam_raw_max > 1e-10, else zeros; score = value of output target_class itself (not its logarithm), the layer's output is taken after a built-in activation",
    "target_layer: last convolution in order of calls with more than 1x1 pixels, called once, that the score depends on; path outer/inner for nested models; cam null: every convolution is called twice",
    "cam_cancellation: cam_raw_max over the largest sum of absolute terms: small means rounding errors are magnified; cam_float32_difference: TensorFlow's own float32 map against the float64 one"]
json.dump({"notes": notes, "versions": {"tensorflow": tf.__version__, "keras": keras.__version__, "numpy": np.__version__}, "models_with_layer": classes, "models": rows, "refused": bad}, open(f"{OUT}/index.json", "w"), indent=1)
