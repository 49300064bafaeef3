"""A converted classifier with its heat map in TensorFlow Lite (LiteRT).

    python litert_pictures.py MODEL.tflite --levels levels.npy --pictures 1 -o answer.npy

MODEL.tflite is what litert_convert.py made of the Keras file; one thread, XNNPACK as it comes.
"""

from figures import Figures, write_answer

figures = Figures()

import argparse

import numpy as np
from ai_edge_litert.interpreter import Interpreter

figures.mark("start")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--levels", required=True, help=".npy, float32 [1, 300, 300, 3], 0 to 255")
    parser.add_argument("--pictures", type=int, default=1, help="how many times to answer it")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help=".npy for probabilities and map")
    arguments = parser.parse_args()

    interpreter = Interpreter(model_path=arguments.model, num_threads=arguments.threads)
    interpreter.allocate_tensors()
    figures.mark("load")
    levels = np.load(arguments.levels)
    for _ in range(arguments.pictures):
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], levels)
        interpreter.invoke()
        outputs = [interpreter.get_tensor(port["index"]) for port in interpreter.get_output_details()]
    probabilities, found = sorted(outputs, key=lambda output: output.ndim)
    write_answer(arguments.output, probabilities, found)
    figures.mark("job")
    figures.print(pictures=arguments.pictures)


if __name__ == "__main__":
    main()
