"""A classifier with its heat map in ONNX Runtime for Python, plain settings.

    python ort_pictures.py explain-300.onnx --levels levels.npy --pictures 1 -o answer.npy

The graph is the one that Snug made of the Keras file, heat map as nodes; one thread, every
optimisation, arena and prepacking, as a session has them when nobody asks for less.
"""

from figures import Figures, write_answer

figures = Figures()

import argparse

import numpy as np
import onnxruntime as ort

figures.mark("start")

TOP_CLASS = -1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph")
    parser.add_argument("--levels", required=True, help=".npy, float32 [1, 300, 300, 3], 0 to 255")
    parser.add_argument("--pictures", type=int, default=1, help="how many times to answer it")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help=".npy for probabilities and map")
    arguments = parser.parse_args()

    options = ort.SessionOptions()
    options.intra_op_num_threads = arguments.threads
    session = ort.InferenceSession(arguments.graph, options, providers=["CPUExecutionProvider"])
    figures.mark("load")
    levels = np.load(arguments.levels)
    for _ in range(arguments.pictures):
        picture, top = [port.name for port in session.get_inputs()]
        asked = {picture: levels, top: np.array([TOP_CLASS], np.int64)}
        probabilities, heat_map = session.run(None, asked)
    write_answer(arguments.output, probabilities, heat_map)
    figures.mark("job")
    figures.print(pictures=arguments.pictures, onnxruntime=ort.__version__)


if __name__ == "__main__":
    main()
