"""A classifier with its heat map in OpenVINO.

    python openvino_pictures.py explain-300.onnx --levels levels.npy --pictures 1 -o answer.npy

The graph is the one that Snug made of the Keras file, heat map as nodes; one thread, float32 as
in the other rows (on this kind of processor OpenVINO would choose bfloat16 by itself).
"""

from figures import Figures, write_answer

figures = Figures()

import argparse

import numpy as np
import openvino

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

    settings = {
        "INFERENCE_NUM_THREADS": arguments.threads,
        "NUM_STREAMS": 1,
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32",
    }
    compiled = openvino.Core().compile_model(arguments.graph, "CPU", settings)
    figures.mark("load")
    levels = np.load(arguments.levels)
    for _ in range(arguments.pictures):
        answer = compiled([levels, np.array([TOP_CLASS], np.int64)])
    write_answer(arguments.output, answer[0], answer[1])
    figures.mark("job")
    figures.print(pictures=arguments.pictures, openvino=openvino.__version__)


if __name__ == "__main__":
    main()
