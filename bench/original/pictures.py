"""What Snug's warm pictures are compared with: the same graph in Python ONNX Runtime.

    python pictures.py GRAPH.onnx --runs 20 --threads 1

Loads the graph from its file with every optimisation, arena and prepacking on, runs it on random
levels, and prints one JSON object: CPU seconds of each run after two that warm up. Reading and
resizing a picture is not part of it, so Snug's figure, which has both, bears that too.
"""

import argparse
import json
import time

import numpy as np
import onnxruntime as ort

WARM_UP = 2


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    options = ort.SessionOptions()
    options.intra_op_num_threads = arguments.threads
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = ort.InferenceSession(arguments.graph, options, providers=["CPUExecutionProvider"])
    generator = np.random.default_rng(1)
    inputs = {}
    for port in session.get_inputs():
        if port.type == "tensor(int64)":
            inputs[port.name] = np.full(port.shape, -1, np.int64)
        else:
            inputs[port.name] = (generator.random(port.shape) * 255).astype(np.float32)
    seconds = []
    for _ in range(WARM_UP + arguments.runs):
        began = time.process_time()
        session.run(None, inputs)
        seconds.append(time.process_time() - began)
    print(json.dumps({"cpu_seconds_each_run": seconds[WARM_UP:]}))


if __name__ == "__main__":
    main()
