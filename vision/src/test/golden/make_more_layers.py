"""One small Keras model of what the random models leave out, with inputs and outputs, for tests of the Keras importer.

Python 3.11, tensorflow 2.21.0 (CPU), keras 3.15.1, numpy: see requirements.txt. Weights and input are random and seeded.
Usage: python make_more_layers.py OUT_DIR      (writes more_layers.keras, .input_0.npy, .input_1.npy, .expected.npy)
"""
import os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np, keras
L = keras.layers
out = sys.argv[1]; os.makedirs(out, exist_ok=True); keras.utils.set_random_seed(5); r = np.random.default_rng(5)
image, meta = keras.Input((9, 7, 3)), keras.Input((6,))
x = image
for layer in (L.RandomFlip(), L.RandomRotation(.2), L.RandomZoom(.2), L.RandomTranslation(.1, .1), L.RandomContrast(.2), L.RandomBrightness(.2)):
    x = layer(x)
x = L.Rescaling([.01, .02, .03], [-1., 0., .5])(x)
x = L.Dense(6, activation="mish")(x)  # a dense layer on a picture
parts = [L.Conv2D(6, 3, padding="same", activation=a)(x) for a in
    ("selu", "softsign", "hard_sigmoid", "hard_silu", "softplus", "tanh", "exponential", "log_softmax")]
x = L.Average()(parts[:3]); x = L.Subtract()([x, parts[3]]); x = L.Maximum()([x, parts[4], parts[5]]); x = L.Minimum()([x, parts[6]])
x = L.Add()([x, parts[7]]); x = L.ELU(.7)(x)
x = L.Multiply()([x, L.Dense(6, activation="hard_sigmoid")(meta)])  # ranks 4 and 2
x = L.GaussianDropout(.1)(L.AlphaDropout(.1)(L.ActivityRegularization(.1)(x)))
rows = L.Reshape((9, 42))(x)  # rank 3: dense layers and batch norm work on the last axis
rows = L.Dense(5, activation="softmax")(L.BatchNormalization()(L.Dense(8)(rows)))
rows = L.Softmax(axis=1)(rows); rows = L.Concatenate(axis=2)([rows, rows])
y = L.Normalization(axis=None, mean=.4, variance=.09)(meta); y = L.Normalization(axis=-1, mean=[.1] * 6, variance=[2.] * 6, invert=True)(y)
x = L.Softmax(axis=2)(L.Reshape((7, 9, 6))(x))
x = L.Concatenate()([L.Flatten()(rows), L.Flatten()(x), y])
model = keras.Model([image, meta], L.Dense(4, activation="softmax")(x))
for w in model.weights:
    v = r.normal(0, .4, w.shape)
    w.assign(np.abs(v) + .5 if "variance" in w.path else v)
model.save(f"{out}/more_layers.keras")
xs = [r.uniform(0, 255, (1, 9, 7, 3)).astype(np.float32), r.uniform(0, 1, (1, 6)).astype(np.float32)]
p = keras.models.load_model(f"{out}/more_layers.keras")(xs, training=False).numpy(); print(p, model.count_params())
for k, v in enumerate(xs): np.save(f"{out}/more_layers.input_{k}.npy", v)
np.save(f"{out}/more_layers.expected.npy", p.astype(np.float32))
