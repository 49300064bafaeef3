"""The heat map of tiny_efficientnetv2 for picture 4, where the probability of the top class is 1 in float32.

TensorFlow's gradient of that probability has lost the term of the class itself (1 - P is 0), so its map is of no use as
an oracle there. This computes the gradient of log(P / (1 - P)) = z_c - logsumexp of the other logits, in float64.
Python 3.11, tensorflow 2.21.0 (CPU), keras 3.15.1. Prints the 9 values that GoldenHeatMapTest holds.
Usage: python make_saturated_map.py tiny_efficientnetv2.keras input_96_4.npy
"""
import json, sys, zipfile
import keras, numpy as np, tensorflow as tf

with zipfile.ZipFile(sys.argv[1]) as archive:
    config = archive.read("config.json").decode().replace('"float32"', '"float64"')
model = keras.saving.deserialize_keras_object(json.loads(config))
model.set_weights([w.astype("float64") for w in keras.models.load_model(sys.argv[1]).get_weights()])
model.get_layer("predictions").activation = keras.activations.linear

layer, kept = model.get_layer("top_conv"), []
call = layer.call
def spy(*args, **kwargs):
    kept.append(call(*args, **kwargs))
    return kept[-1]
layer.call = spy

picture = tf.constant(np.load(sys.argv[2])[None].astype("float64"))
with tf.GradientTape() as tape:
    tape.watch(picture)
    logits = model(picture, training=False)[0]
    top = int(tf.argmax(logits))
    score = logits[top] - tf.reduce_logsumexp(tf.concat([logits[:top], logits[top + 1:]], 0))
gradient = tape.gradient(score, kept[-1])
raw = np.maximum((kept[-1][0].numpy() * tf.reduce_mean(gradient, axis=(0, 1, 2)).numpy()).sum(-1), 0)
print("class", top, "log-odds", float(score), "raw maximum", raw.max())
print((raw / raw.max()).ravel().tolist())
