"""Heat maps that make_golden.py does not have: of earlier layers, and of a picture on which the model is sure.

Where the probability of the top class is 1 in float32 (tiny_efficientnetv2, picture 4), TensorFlow's gradient of that
probability has lost the term of the class itself, 1 - P, so its map is no oracle there. This computes the gradient of
log(P / (1 - P)) = z_c - logsumexp of the other logits, in float64.
Python 3.11, tensorflow 2.21.0 (CPU), keras 3.15.1.
Usage: python make_heat_maps.py RESOURCES/golden      (reads keras-vision/, writes heat-maps/)
"""
import json, os, sys, zipfile
import keras, numpy as np, tensorflow as tf

source, target = os.path.join(sys.argv[1], "keras-vision"), os.path.join(sys.argv[1], "heat-maps")
os.makedirs(target, exist_ok=True)
golden = json.load(open(f"{source}/golden.json"))["models"]

def read(path):
    """The model in float64, with logits in place of probabilities."""
    with zipfile.ZipFile(path) as archive:
        config = archive.read("config.json").decode().replace('"float32"', '"float64"')
    model = keras.saving.deserialize_keras_object(json.loads(config))
    model.set_weights([w.astype("float64") if w.dtype == np.float32 else w for w in keras.models.load_model(path).get_weights()])
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.Normalization): layer.finalize_state()
    model.get_layer("predictions").activation = keras.activations.linear
    return model

def heat_map(model, inputs, name):
    layer = next(l for l in model._flatten_layers() if l.name == name)
    kept, call = [], layer.call
    def spy(*args, **kwargs):
        kept.append(call(*args, **kwargs))
        return kept[-1]
    layer.call = spy
    try:
        with tf.GradientTape() as tape:
            inputs = [tf.constant(v) for v in inputs]
            for v in inputs: tape.watch(v)
            logits = model(inputs if len(inputs) > 1 else inputs[0], training=False)[0]
            top = int(tf.argmax(logits))
            score = logits[top] - tf.reduce_logsumexp(tf.concat([logits[:top], logits[top + 1:]], 0))
        gradient = tape.gradient(score, kept[-1])
    finally:
        layer.call = call
    raw = np.maximum((kept[-1][0].numpy() * tf.reduce_mean(gradient, axis=(0, 1, 2)).numpy()).sum(-1), 0)
    return raw, float(score)

rows = []
for name, case, layers in [("tiny_efficientnetv2", 4, ["top_conv"]),
                           ("tiny_efficientnetv2", 0, ["stem_conv", "block2a_expand_conv", "block4a_dwconv2", "block5a_project_conv"]),
                           ("two_inputs", 0, ["c1", "skip", "s1"])]:
    model, row = read(f"{source}/{name}.keras"), golden[name]["cases"][case]
    inputs = [np.load(f"{source}/{row['input']}")[None].astype("float64")]
    if row["meta"]: inputs.append(np.asarray([row["meta"]], "float64"))
    for layer in layers:
        raw, score = heat_map(model, inputs, layer)
        file = f"{name}_{case}_{layer}.npy"
        np.save(f"{target}/{file}", (raw / raw.max()).astype(np.float32))
        rows.append({"model": name, "case": case, "layer": layer, "file": file, "raw_max": float(raw.max()), "log_odds": score})
        print(rows[-1], raw.shape)
json.dump({"maps": rows}, open(f"{target}/index.json", "w"), indent=1)
