"""Makes the TensorFlow Lite models of a Keras classifier, heat map in the graph. Not measured.

    python litert_convert.py MODEL.keras -o FOLDER

Writes FOLDER/fp32.tflite, dynamic.tflite (weights int8, activations float32) and static.tflite
(int8 throughout where the converter can, ranges from a few made-up pictures; inputs and outputs
stay float32).
"""

import argparse
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from keras_pictures import explaining, heat_map

CALIBRATING_PICTURES = 4


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("-o", "--output", required=True, help="folder for the three models")
    arguments = parser.parse_args()

    explainer = explaining(tf.keras.models.load_model(arguments.model, compile=False))
    shape = tf.TensorSpec((1, *explainer.inputs[0].shape[1:]), tf.float32)
    traced = tf.function(lambda picture: heat_map(explainer, picture), input_signature=[shape])
    frozen = convert_variables_to_constants_v2(traced.get_concrete_function())

    def calibrating():
        """Coarse patches of colour under fine noise."""
        random = np.random.default_rng(1)
        for _ in range(CALIBRATING_PICTURES):
            patches = np.kron(random.random((1, 10, 10, 3)), np.ones((1, 30, 30, 1)))
            mixture = 0.7 * patches + 0.3 * random.random(shape.shape)
            yield [(255 * mixture).astype(np.float32)]

    folder = pathlib.Path(arguments.output)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("fp32", "dynamic", "static"):
        if (folder / f"{name}.tflite").exists():
            continue
        converter = tf.lite.TFLiteConverter.from_concrete_functions([frozen], explainer)
        if name != "fp32":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if name == "static":
            converter.representative_dataset = calibrating
        (folder / f"{name}.tflite").write_bytes(converter.convert())


if __name__ == "__main__":
    main()
