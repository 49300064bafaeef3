"""A Keras classifier with Grad-CAM in TensorFlow, as the original app runs it or as one graph.

    python keras_pictures.py MODEL.keras --levels levels.npy --pictures 1 -o answer.npy [--graph]

As the app: model.predict for the probabilities, then GradientTape over a second model that also
gives the last convolution, picture by picture. --graph: both in one tf.function. TensorFlow takes
the threads that it likes, as in the app.
"""

from figures import Figures, write_answer

figures = Figures()

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

figures.mark("start")

TARGET = "top_conv"
ALMOST_NOTHING = 1e-10


def explaining(model):
    return tf.keras.Model(model.inputs, [model.get_layer(TARGET).output, model.output])


def heat_map(model, levels):
    """Probabilities and Grad-CAM of the likeliest class, the map divided by its largest value."""
    with tf.GradientTape() as tape:
        activations, probabilities = model(levels, training=False)
        score = tf.reduce_max(probabilities, axis=1)
    gradient = tape.gradient(score, activations)
    weights = tf.reduce_mean(gradient, axis=(1, 2))
    found = tf.nn.relu(tf.reduce_sum(activations * weights[:, None, None, :], axis=-1))
    return probabilities, found / tf.maximum(tf.reduce_max(found), ALMOST_NOTHING)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--levels", required=True, help=".npy, float32 [1, 300, 300, 3], 0 to 255")
    parser.add_argument("--pictures", type=int, default=1, help="how many times to answer it")
    parser.add_argument("--graph", action="store_true", help="everything as one tf.function")
    parser.add_argument("-o", "--output", required=True, help=".npy for probabilities and map")
    arguments = parser.parse_args()

    model = tf.keras.models.load_model(arguments.model, compile=False)
    explainer = explaining(model)
    figures.mark("load")
    levels = np.load(arguments.levels)
    answer = tf.function(lambda picture: heat_map(explainer, picture))
    for _ in range(arguments.pictures):
        if arguments.graph:
            probabilities, found = answer(tf.constant(levels))
        else:
            probabilities = model.predict(levels, verbose=0)
            _, found = heat_map(explainer, tf.constant(levels))
    write_answer(arguments.output, probabilities, found)
    figures.mark("job")
    figures.print(pictures=arguments.pictures, tensorflow=tf.__version__)


if __name__ == "__main__":
    main()
